import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { useEffect, useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { Shape, State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/funds.css";
import "../../styles/roster.css";
import { Allotments } from "./allotments.tsx";
import { AllocationDrawer, OverrideDrawer, RecoveryDrawer } from "./enter.tsx";
import { ForecastChart } from "./forecast.tsx";
import { Idle } from "./idle.tsx";
import { Journal } from "./journal.tsx";
import { Outlays } from "./outlays.tsx";
import { Overrides } from "./overrides.tsx";
import { Statement } from "./statement.tsx";

const route = getRouteApi("/funds");
export type Funds = Reply<"getFunds">;

/** What came in, is bound, was paid; whether all agree; how long it lasts; every entry. */
export default function FundsRoute() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const thisYear = Number(useToday().slice(0, 4));
  const year = Number(search.year ?? thisYear);
  const query = useQuery(ask("getFunds", { query: { year } }));
  const [entering, setEntering] = useState<"allocation" | "recovery" | "override" | null>(null);
  const close = () => setEntering(null);
  // The desk leads to a part of the page, which is there only when the figures are.
  const there = query.data !== undefined;
  useEffect(() => {
    if (there && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [there]);
  return (
    <Page
      title="资金台账"
      testId="funds"
      note="按来源、文号、事项复式记账；名册报送时占用，回盘后支付或退回，逐笔入账一次。"
      actions={
        query.data?.can.enter && (
          <>
            <Button onClick={() => setEntering("override")} data-testid="ask-override">
              申请垫付
            </Button>
            <Button onClick={() => setEntering("recovery")} data-testid="new-recovery">
              登记追回
            </Button>
            <Button type="primary" onClick={() => setEntering("allocation")} data-testid="new-allocation">
              登记拨入
            </Button>
          </>
        )
      }
    >
      <search className="filters" aria-label="筛选">
        <Select
          aria-label="年份"
          value={year}
          onChange={(y: number) => void navigate({ search: { ...search, year: String(y) } })}
          options={[0, 1, 2, 3].map((n) => ({ value: thisYear - n, label: `${thisYear - n} 年` }))}
        />
      </search>
      <Loaded query={query} rows={10}>
        {(f) => (
          <>
            <Reconciled of={f.reconciliation} />
            <Figures of={f.totals} />
            <Statement of={f.reconciliation} year={f.year} />
            <div className="columns-2">
              <div className="side-stack">
                <Balances of={f} />
                <Allotments of={f} />
                <Outlays of={f} />
                <Journal accounts={f.accounts} />
              </div>
              <div className="side-stack">
                <ForecastChart of={f.forecast} year={f.year} />
                <Idle of={f} />
                <Overrides of={f} />
              </div>
            </div>
            {entering === "allocation" && <AllocationDrawer of={f} close={close} />}
            {entering === "recovery" && <RecoveryDrawer of={f} close={close} />}
            {entering === "override" && <OverrideDrawer of={f} close={close} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Reconciled({ of: r }: { of: Funds["reconciliation"] }) {
  return (
    <div className={r.agrees ? "reconciled" : "reconciled reconciled-not"} data-testid="reconciliation">
      <b>
        <Shape tone={r.agrees ? "good" : "bad"} /> {r.agrees ? "相符" : "不相符"}
      </b>
      <span>{r.text}</span>
      {r.differences.length > 0 && (
        <ul className="fund-differences">
          {r.differences.map((d) => (
            <li key={`${d.rosterId}${d.itemTitle}${d.month}`}>
              <Link to="/rosters/$id" params={{ id: d.rosterId }}>
                {d.rosterTitle}
              </Link>{" "}
              · {d.itemTitle} · {d.month}：台账 {yuan(d.ledgerFen)}，名册 {yuan(d.rosterFen)}，回盘{" "}
              {yuan(d.bankFen)}。{d.text}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Figures({ of: t }: { of: Funds["totals"] }) {
  const rows = [
    ["可用", t.availableFen],
    ["拨入", t.receivedFen],
    ["占用", t.committedFen],
    ["已付", t.paidFen],
    ["追回", t.recoveredFen],
  ] as const;
  return (
    <div className="roster-figures">
      {rows.map(([label, amountFen], n) => (
        <div key={label}>
          <span className="quiet">{label}</span>
          <b
            className={[n === 0 ? "roster-total" : "", amountFen < 0 ? "danger" : ""].join(" ")}
            data-testid={n === 0 ? "fund-available" : undefined}
          >
            {yuan(amountFen)}
          </b>
          <span>元</span>
        </div>
      ))}
    </div>
  );
}

function Balances({ of: f }: { of: Funds }) {
  return (
    <Panel title="余额" extra={`支付次序：${f.order.join("、")}`} testId="fund-balances">
      {f.accounts.length === 0 ? (
        <Blank small mark="款" title="还没有资金">
          财务登记拨入后，按来源、文号、事项列在这里。
        </Blank>
      ) : (
        <Scroll label="余额">
          <table className="plain-table fund-wide">
            <thead>
              <tr>
                <th>来源</th>
                <th>文号</th>
                <th>事项</th>
                <th className="num">拨入</th>
                <th className="num">占用</th>
                <th className="num">已付</th>
                <th className="num">追回</th>
                <th className="num">可用（元）</th>
              </tr>
            </thead>
            <tbody>
              {f.accounts.map((a) => (
                <tr key={a.id}>
                  <td className="nowrap">{a.source}</td>
                  <td>{a.document}</td>
                  <td className="nowrap">{a.itemTitle}</td>
                  <td className="num">{yuan(a.receivedFen)}</td>
                  <td className="num">{yuan(a.committedFen)}</td>
                  <td className="num">{yuan(a.paidFen)}</td>
                  <td className="num">{yuan(a.recoveredFen)}</td>
                  <td className={a.availableFen < 0 ? "num danger" : "num"}>
                    <b>{yuan(a.availableFen)}</b>
                    {a.availableFen < 0 && (
                      <>
                        {" "}
                        <State tone="warn">垫付</State>
                      </>
                    )}
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
