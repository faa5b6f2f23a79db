/** 分配: for which township or village each 资金 is meant, and what is not allotted yet. */
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { api } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Panel, Scroll } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";
import { useFundsRefresh } from "./enter.tsx";
import type { Funds } from "./funds.tsx";

type Allotment = Funds["allotments"][number];

export function Allotments({ of: f }: { of: Funds }) {
  const [doing, setDoing] = useState<"allot" | Allotment | null>(null);
  const left = f.accounts.reduce((n, a) => n + a.unallottedFen, 0);
  return (
    <Panel
      title="分配"
      testId="fund-allotments"
      extra={
        <span className="row">
          还有 {yuan(left)} 元没有分配
          {f.can.enter && f.accounts.some((a) => a.unallottedFen > 0) && (
            <Button size="small" onClick={() => setDoing("allot")} data-testid="new-allotment">
              登记分配
            </Button>
          )}
        </span>
      }
    >
      {f.allotments.length === 0 ? (
        <Blank small mark="分" title="还没有分配">
          资金到位后，分给哪个乡镇、村或留在县本级，由财务按文件登记在这里。
        </Blank>
      ) : (
        <Scroll label="分配">
          <table className="plain-table">
            <thead>
              <tr>
                <th>分配给</th>
                <th>用途</th>
                <th>文号</th>
                <th>日期</th>
                <th className="num">金额（元）</th>
                <th>
                  <span className="sr-only">办理</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {f.allotments.map((a) => (
                <tr key={a.id}>
                  <td className="nowrap">{a.divisionName}</td>
                  <td>{a.purpose}</td>
                  <td>
                    {a.document}
                    <div className="quiet small">
                      {a.source} {a.fundDocument}
                    </div>
                  </td>
                  <td className="tabular nowrap">{a.on}</td>
                  <td className="num">{yuan(a.amountFen)}</td>
                  <td>
                    {a.withdrawn ? (
                      <State tone="neutral">已收回</State>
                    ) : (
                      f.can.enter && (
                        <Button size="small" type="link" onClick={() => setDoing(a)}>
                          收回
                        </Button>
                      )
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {doing === "allot" && <AllotDrawer of={f} close={() => setDoing(null)} />}
      {doing !== null && doing !== "allot" && <WithdrawDrawer of={doing} close={() => setDoing(null)} />}
    </Panel>
  );
}

function AllotDrawer({ of: f, close }: { of: Funds; close: () => void }) {
  const refresh = useFundsRefresh();
  const today = useToday();
  const { county } = useSession();
  const { message } = App.useApp();
  const [id] = useState(newId);
  const open = f.accounts.filter((a) => a.unallottedFen > 0);
  return (
    <DrawerForm
      title="登记分配"
      verb="登记"
      intro={<p>分配只记资金打算用在哪里；发给群众的钱仍随名册记账。</p>}
      fields={[
        {
          name: "accountId",
          label: "资金",
          type: "choice",
          required: true,
          choices: open.map((a) => ({
            value: a.id,
            label: `${a.source} ${a.document}（${a.itemTitle}），未分配 ${yuan(a.unallottedFen)} 元`,
          })),
        },
        {
          name: "divisionCode",
          label: "分配给",
          type: "division",
          help: "选乡镇（街道）或村（社区）；留在县本级的不选。",
        },
        { name: "purpose", label: "用途", type: "text", required: true, max: 120 },
        { name: "document", label: "分配文号", type: "text", required: true, max: 60 },
        { name: "on", label: "日期", type: "date", required: true },
        { name: "amountFen", label: "金额（元）", type: "money", required: true },
      ]}
      initial={{ on: today, accountId: open[0]?.id ?? null }}
      close={close}
      send={async (v) => {
        await api.allotFunds({
          body: {
            ...{ id, accountId: String(v.accountId), divisionCode: String(v.divisionCode || county.code) },
            ...{ purpose: String(v.purpose), document: String(v.document) },
            ...{ on: String(v.on), amountFen: Number(v.amountFen) },
          },
        });
        refresh();
        message.success("已登记分配。");
        close();
      }}
    />
  );
}

function WithdrawDrawer({ of: a, close }: { of: Allotment; close: () => void }) {
  const refresh = useFundsRefresh();
  const [id] = useState(newId);
  return (
    <DrawerForm
      title="收回分配"
      verb="收回"
      danger
      intro={
        <p>
          {a.divisionName} {yuan(a.amountFen)} 元（{a.document}）整笔收回；原来的登记留着。
        </p>
      }
      fields={[{ name: "reason", label: "理由", type: "longtext", required: true, max: 120 }]}
      close={close}
      send={async (v) => {
        await api.withdrawAllotment({ params: { id: a.id }, body: { id, reason: String(v.reason) } });
        refresh();
        close();
      }}
    />
  );
}
