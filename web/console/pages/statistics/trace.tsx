/** Where one cell comes from: its months, frozen or counted today, and the rows of the month that is pressed. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import { useState } from "react";
import { figure } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { CountedRows } from "../../parts/counted-rows.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { Return } from "./return.tsx";

type Cell = Return["rows"][number]["cells"][number];
type Of = Reply<"traceStatistic">;
export interface Tracing {
  readonly cell: Cell;
  readonly label: string;
  readonly unit: string;
  readonly decimals: number;
}

export function TraceDrawer({ of: r, tracing, close }: { of: Return; tracing: Tracing; close: () => void }) {
  const { cell, label, unit, decimals } = tracing;
  const query = useQuery(ask("traceStatistic", { params: { id: r.id }, query: { cell: cell.key } }));
  return (
    <Drawer open size={720} title={`${label}是怎么来的`} onClose={close}>
      <div className="stack" data-testid="trace">
        <p>
          <b className="indicator-big">{figure(cell.final, decimals)}</b> {unit}
        </p>
        {cell.correction && (
          <p>
            取数 {figure(cell.value, decimals)}，{cell.correction.byName}
            {cell.final === null ? "写无此项" : `改为 ${figure(cell.final, decimals)}`}：
            {cell.correction.reason}
          </p>
        )}
        <Loaded query={query} small>
          {(t) => <Months of={r} trace={t} />}
        </Loaded>
      </div>
    </Drawer>
  );
}

function Months({ of: r, trace: t }: { of: Return; trace: Of }) {
  const [month, setMonth] = useState(t.months.at(-1)?.month ?? r.month);
  const division = r.division.length > 6 ? r.division : undefined;
  return (
    <>
      <p className="quiet">
        指标「{t.name}」，
        {t.kind === "stock"
          ? "取期末那个月的数"
          : t.months.length > 1
            ? `${t.months.length} 个月合计`
            : "当月的数"}
        ：<b className="tabular">{figure(t.now, t.decimals)}</b> {t.unit}。
        {t.now !== null && r.state === "sealed" && "按现在的冻结数和台账；和封存的不同，说明后来更正过。"}
      </p>
      <table className="plain-table" data-testid="trace-months">
        <thead>
          <tr>
            <th scope="col">月份</th>
            <th scope="col" className="num">
              {t.unit}
            </th>
            <th scope="col">从哪里取</th>
          </tr>
        </thead>
        <tbody>
          {t.months.map((m) => (
            <tr key={m.month}>
              <td>
                <button
                  type="button"
                  className="chip tabular"
                  aria-pressed={m.month === month}
                  onClick={() => setMonth(m.month)}
                >
                  {m.month}
                </button>
              </td>
              <td className="num tabular">{figure(m.value, t.decimals)}</td>
              <td className="small">
                {m.version === null
                  ? "没有冻结，按今天的台账"
                  : m.version === 1
                    ? "月末冻结"
                    : `冻结后更正过，第 ${m.version} 版`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <CountedRows code={t.indicator} month={month} division={division} />
      <p>
        <Link to="/indicators" search={{ month, code: t.indicator, ...(division ? { division } : {}) }}>
          到指标页看口径、各版和各乡镇
        </Link>
      </p>
    </>
  );
}
