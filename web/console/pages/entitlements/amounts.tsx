/** What was owed from when, with the working of what a run or a change computed; and owed against paid by month. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { addMonths, monthOf } from "@wuxin/kernel";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { ExplanationView } from "../../parts/explanation.tsx";
import { Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { NoticeButton } from "./notice.tsx";

type Entitlement = Reply<"getEntitlement">;
type Amount = Entitlement["amounts"][number];

export function Amounts({ of: e }: { of: Entitlement }) {
  const [shown, setShown] = useState<Amount | null>(null);
  return (
    <Panel title="金额变动" testId="amounts">
      <table className="plain-table">
        <thead>
          <tr>
            <th>起始月份</th>
            <th className="num">月金额（元）</th>
            <th className="num">人数</th>
            <th>原因</th>
          </tr>
        </thead>
        <tbody>
          {e.amounts.map((a) => (
            <tr key={a.seq}>
              <td className="tabular">{a.fromMonth}</td>
              <td className="num">{yuan(a.amountFen)}</td>
              <td className="num">{a.persons}</td>
              <td>
                {a.reason}
                {a.explained && (
                  <Button
                    type="link"
                    size="small"
                    onClick={() => setShown(a)}
                    data-testid={`explain-${a.seq}`}
                  >
                    怎么算的
                  </Button>
                )}
                {a.notice && <NoticeButton of={e.id} seq={a.seq} label="通知书" />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown && <Working of={e} amount={shown} close={() => setShown(null)} />}
    </Panel>
  );
}

function Working({ of: e, amount: a, close }: { of: Entitlement; amount: Amount; close: () => void }) {
  const query = useQuery(ask("explainAmount", { params: { id: e.id, seq: String(a.seq) } }));
  return (
    <Drawer open size={760} title={`${a.fromMonth} 起的 ${yuan(a.amountFen)} 元是怎么算的`} onClose={close}>
      <Loaded query={query}>{(told) => <ExplanationView of={told} />}</Loaded>
    </Drawer>
  );
}

/** In force in a month: the latest start, of two with one start the later recorded. */
function owedIn(e: Entitlement, month: string): number {
  if (month < e.fromMonth || (e.endMonth !== null && month > e.endMonth)) return 0;
  const rows = e.amounts.filter((a) => a.fromMonth <= month);
  rows.sort((a, b) => (a.fromMonth < b.fromMonth ? -1 : a.fromMonth > b.fromMonth ? 1 : a.seq - b.seq));
  return rows.at(-1)?.amountFen ?? 0;
}

/** The last 24 months: owed by the rules of now, and what the rosters did about it. */
export function OwedAndPaid({ of: e }: { of: Entitlement }) {
  const last = monthOf(useToday());
  const months = Array.from({ length: 24 }, (_, n) => addMonths(last, -n)).filter(
    (m) => owedIn(e, m) > 0 || e.payments.some((p) => p.month === m),
  );
  return (
    <Panel title="近 24 个月：应发和发放" testId="payments" flush>
      {months.length === 0 ? (
        <Blank small mark="发" title="还没有发放">
          名册三方签字并报送银行后，每月的结果列在这里。
        </Blank>
      ) : (
        <Scroll label="近 24 个月">
          <table className="plain-table">
            <thead>
              <tr>
                <th>月份</th>
                <th className="num">应发（元）</th>
                <th>发放</th>
              </tr>
            </thead>
            <tbody>
              {months.map((m) => (
                <tr key={m}>
                  <td className="tabular">{m}</td>
                  <td className="num">{yuan(owedIn(e, m))}</td>
                  <td>
                    {e.payments
                      .filter((p) => p.month === m)
                      .map((p) => (
                        <div key={`${p.rosterId}${p.amountFen}${p.result}`}>
                          <span className="tabular">{yuan(p.amountFen)}</span>{" "}
                          <Link to="/rosters/$id" params={{ id: p.rosterId }}>
                            {p.result}
                          </Link>
                        </div>
                      ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Panel>
  );
}
