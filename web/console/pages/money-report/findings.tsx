/** What a look after the payment found, and what each comes to: 正当, 追缴 or 转线索. */
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { dateTime, yuan } from "../../../kit/format.ts";
import { type Ask, api } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Go, Heads, Panel, Scroll } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";
import type { Report } from "./report.tsx";

type Recheck = Report["recheck"];
type Finding = Recheck["rows"][number];
type Outcome = Ask<"decideFinding">["body"]["outcome"];

export function Findings({ of: r }: { of: Recheck }) {
  const [deciding, setDeciding] = useState<Finding | null>(null);
  const [last] = r.runs;
  return (
    <Panel
      id="findings-list"
      title="复查发现"
      testId="findings"
      extra={
        last &&
        `${dateTime(last.at)} ${last.by}复查 ${last.lines} 笔${r.open > 0 ? `；${r.open} 条等结论` : ""}`
      }
    >
      {r.rows.length === 0 ? (
        <Blank small mark="查" title={last ? "没有发现" : "还没有复查"}>
          {last
            ? "用今天知道的事实，再问了一遍已付的每一笔，没有新的问题。"
            : "每月初自动复查上月已付的；县级经办和审计也可以按“现在复查”。"}
        </Blank>
      ) : (
        <Scroll label="复查发现">
          <table className="plain-table">
            <thead>
              <tr>
                <Heads of={["领款人", "发现", "名册"]} />
                <Heads of={["已付（元）"]} num />
                <Heads of={["结论"]} />
              </tr>
            </thead>
            <tbody>
              {r.rows.map((f) => (
                <tr key={`${f.lineId}${f.rule}`} data-testid="finding">
                  <td className="nowrap">
                    <Link to="/entitlements/$id" params={{ id: f.entitlementId }}>
                      {f.payee}
                    </Link>
                    <div className="quiet small">
                      {f.itemTitle} · {f.divisionName}
                    </div>
                  </td>
                  <td>
                    <State tone={f.severity === "block" ? "bad" : "warn"}>{f.label}</State>
                    <div className="small">{f.reason}</div>
                  </td>
                  <td className="small">
                    <Link to="/rosters/$id" params={{ id: f.rosterId }} search={{ q: f.payee }}>
                      {f.rosterTitle}
                    </Link>
                    {f.paidOn && <div className="quiet">{f.paidOn} 到账</div>}
                  </td>
                  <td className="num">{yuan(f.amountFen)}</td>
                  <td>
                    {f.outcome === null ? (
                      f.canDecide ? (
                        <Button size="small" onClick={() => setDeciding(f)} data-testid="decide-finding">
                          下结论
                        </Button>
                      ) : (
                        <State tone="waiting">等结论</State>
                      )
                    ) : (
                      <>
                        <State tone={f.outcome === "justified" ? "good" : "warn"}>{f.outcomeLabel}</State>{" "}
                        {f.recoveryId && <Go href={`/recoveries/${f.recoveryId}`}>看追缴</Go>}
                        {f.clueId && <Go href={`/clues/${f.clueId}`}>看线索</Go>}
                        <div className="quiet small">
                          {f.decidedBy} {dateTime(f.decidedAt ?? "")}
                          {f.note && `：${f.note}`}
                        </div>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {r.total > r.rows.length && (
        <p className="quiet small">
          共 {r.total} 条，这里列 {r.rows.length} 条，等结论的在前；下了结论，后面的就接上来。
        </p>
      )}
      {r.asked.length > 0 && (
        <p className="quiet small">
          复查的规则：{r.asked.map((a) => a.label).join("、")}。<Go href="/red-flags">看规则和依据</Go>
        </p>
      )}
      {deciding && <Decide of={deciding} close={() => setDeciding(null)} />}
    </Panel>
  );
}

function Decide({ of: f, close }: { of: Finding; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return (
    <DrawerForm
      title="给复查下结论"
      verb="确定"
      intro={
        <p>
          {f.payee} · {f.itemTitle} · <b className="tabular">{yuan(f.amountFen)} 元</b>：{f.reason}
        </p>
      }
      fields={[
        {
          name: "outcome",
          label: "结论",
          type: "choice",
          required: true,
          choices: [
            { value: "justified", label: "正当：该发，写明理由" },
            { value: "recovery", label: "追缴：应发的少于已付的，转追缴" },
            { value: "clue", label: "转线索：情况不明，派人核查" },
          ],
        },
        {
          name: "note",
          label: "理由",
          type: "longtext",
          max: 300,
          min: 4,
          required: { any: ["justified", "clue"].map((is) => ({ field: "outcome", is })) },
        },
      ]}
      close={close}
      send={async (v) => {
        await api.decideFinding({
          body: {
            ...{ lineId: f.lineId, rule: f.rule, outcome: v.outcome as Outcome },
            note: String(v.note ?? ""),
          },
        });
        for (const k of ["getMoneyReport", "workbench"]) void queries.invalidateQueries({ queryKey: [k] });
        message.success("已记下结论。");
        close();
      }}
    />
  );
}
