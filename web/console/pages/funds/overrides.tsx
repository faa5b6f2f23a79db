import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { dateTime, yuan } from "../../../kit/format.ts";
import { api, sentence } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";
import { useFundsRefresh } from "./enter.tsx";
import type { Funds } from "./funds.tsx";

/** What waits for money, and leave to overdraw. */
export function Overrides({ of: f }: { of: Funds }) {
  const refresh = useFundsRefresh();
  const { message } = App.useApp();
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
            <span className="danger tabular">
              需 {yuan(w.neededFen)} 元，差 {yuan(w.missingFen)} 元
            </span>
          </li>
        ))}
        {f.overrides.map((o) => (
          <li key={o.id}>
            <span className="line-grow">
              {o.source} {o.document} · {o.itemTitle} <b className="tabular">{yuan(o.limitFen)} 元</b>
            </span>
            <State tone={o.approvedAt ? "good" : "waiting"}>{o.approvedAt ? "已批准" : "待批准"}</State>
            <span className="quiet small">
              {o.requestedBy} {dateTime(o.requestedAt)}：{o.reason}
              {o.approvedAt && `；${o.approvedBy} ${dateTime(o.approvedAt)} 批准`}
            </span>
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
    </Panel>
  );
}
