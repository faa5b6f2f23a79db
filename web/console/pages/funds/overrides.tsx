import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { dateTime, yuan } from "../../../kit/format.ts";
import { api, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";
import { useFundsRefresh } from "./enter.tsx";
import type { Funds } from "./funds.tsx";

type Override = Funds["overrides"][number];

/** What waits for money, and leave to overdraw. */
export function Overrides({ of: f }: { of: Funds }) {
  const refresh = useFundsRefresh();
  const { message } = App.useApp();
  const { account } = useSession();
  const [refusing, setRefusing] = useState<Override | null>(null);
  const taking = account.role === "finance";
  const approve = useMutation({
    mutationFn: (id: string) => api.approveFundOverride({ params: { id } }),
    onSuccess: () => {
      refresh();
      message.success("已批准垫付。");
    },
  });
  return (
    <Panel title="待资金与垫付" testId="fund-overrides">
      {f.waiting.length === 0 && f.overrides.length === 0 && (
        <Blank small mark="足" title="没有待资金的名册">
          报送的名册都已占用资金；没有垫付。
        </Blank>
      )}
      <ul className="line-list">
        {f.waiting.map((w) => (
          <li key={`${w.rosterId}${w.item}${w.month}`}>
            <Link to="/rosters/$id" params={{ id: w.rosterId }} className="line-grow">
              {w.rosterTitle} · {w.itemTitle}
            </Link>
            <State tone="warn">待资金</State>
            <span className="danger tabular line-own">
              需 {yuan(w.neededFen)} 元，差 {yuan(w.missingFen)} 元
            </span>
          </li>
        ))}
        {f.overrides.map((o) => (
          <li key={o.id}>
            <span className="line-grow">
              {o.source} {o.document} · {o.itemTitle} <b className="tabular">{yuan(o.limitFen)} 元</b>
            </span>
            <State tone={o.approvedAt ? "good" : o.refusedAt ? "neutral" : "waiting"}>
              {o.approvedAt ? "已批准" : o.takenBack ? "已撤回" : o.refusedAt ? "已退回" : "待批准"}
            </State>
            <span className="quiet small">
              {o.requestedBy} {dateTime(o.requestedAt)}：{o.reason}
              {o.approvedAt && `；${o.approvedBy} ${dateTime(o.approvedAt)} 批准`}
              {o.refusedAt &&
                `；${o.refusedBy} ${dateTime(o.refusedAt)} ${o.takenBack ? "撤回" : "退回"}：${o.refusedNote}`}
            </span>
            {o.canRefuse && (
              <Button size="small" onClick={() => setRefusing(o)} data-testid="refuse-override">
                {taking ? "撤回" : "不批准"}
              </Button>
            )}
            {o.canApprove && (
              <Button
                size="small"
                type="primary"
                loading={approve.isPending}
                onClick={() => approve.mutate(o.id)}
                data-testid="approve-override"
              >
                批准
              </Button>
            )}
          </li>
        ))}
      </ul>
      {approve.isError && (
        <p className="danger" role="alert">
          {sentence(approve.error)}
        </p>
      )}
      {refusing && (
        <DrawerForm
          title={taking ? "撤回垫付申请" : "不批准垫付"}
          verb={taking ? "撤回" : "不批准"}
          danger
          fields={[{ name: "reason", label: "理由", type: "longtext", required: true, min: 2, max: 300 }]}
          close={() => setRefusing(null)}
          send={async (v) => {
            const body = { id: newId(), reason: String(v.reason) };
            await api.refuseFundOverride({ params: { id: refusing.id }, body });
            refresh();
            message.success(taking ? "已撤回。" : "已退回给财务。");
            setRefusing(null);
          }}
        />
      )}
    </Panel>
  );
}
