/** The table itself: the figure, the same a year before, and beside it what was counted, corrected and explained. */
import { Button } from "antd";
import { figure } from "../../../kit/format.ts";
import { Scroll } from "../../parts/page.tsx";
import type { Asking } from "./ask-return.tsx";
import type { Return } from "./return.tsx";
import type { Tracing } from "./trace.tsx";

type Cell = Return["rows"][number]["cells"][number];

interface CellsProps {
  of: Return;
  ask: (a: Asking) => void;
  trace: (t: Tracing) => void;
}
export function Cells({ of: r, ask, trace }: CellsProps) {
  return (
    <Scroll label={`${r.title}各格`}>
      <table className="plain-table return-table">
        <thead>
          <tr>
            <th scope="col">指标</th>
            <th scope="col">单位</th>
            {r.columns.map((c) => (
              <th scope="col" className="num" key={c.code}>
                {c.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {r.rows.map((row) =>
            row.cells.length === 0 ? (
              <tr key={row.code} className="return-heading">
                <th scope="colgroup" colSpan={2 + r.columns.length}>
                  {row.label} <RowCode of={r} row={row} ask={ask} />
                </th>
              </tr>
            ) : (
              <tr key={row.code} data-testid={`row-${row.code}`}>
                <th scope="row" className={`return-level-${row.level}`}>
                  {row.label}
                  <div>
                    <RowCode of={r} row={row} ask={ask} />
                  </div>
                </th>
                <td className="quiet">{row.unit}</td>
                {r.columns.map((c) => {
                  const cell = row.cells.find((x) => x.column === c.code);
                  return (
                    <td key={c.code} className="num">
                      {cell ? (
                        <OneCell
                          of={r}
                          cell={cell}
                          decimals={row.decimals}
                          unit={row.unit}
                          label={`${row.label}${c.label}`}
                          ask={ask}
                          trace={trace}
                        />
                      ) : (
                        <span className="quiet">·</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ),
          )}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The code of a row; where nobody has seen it, it is entered from the original. */
function RowCode({ of: r, row, ask }: Pick<CellsProps, "of" | "ask"> & { row: Return["rows"][number] }) {
  const { code, label, official, entered } = row;
  return (
    <span className="quiet small" data-testid={`code-${code}`}>
      {official ?? "代码待核实"}
      {entered && `（${entered.byName}填，见${entered.source}）`}
      {r.can.code && (
        <Button
          size="small"
          type="link"
          onClick={() => ask({ kind: "code", row: code, label, code: official ?? "" })}
          aria-label={`${official ? "改" : "填"}「${label}」的代码`}
        >
          {official ? "改" : "填"}
        </Button>
      )}
    </span>
  );
}

interface OneProps {
  of: Return;
  cell: Cell;
  decimals: number;
  unit: string;
  label: string;
  ask: (a: Asking) => void;
  trace: (t: Tracing) => void;
}
function OneCell({ of: r, cell, decimals, unit, label, ask, trace }: OneProps) {
  const { earlier } = cell;
  return (
    <div className="return-cell">
      <span className="row">
        {cell.indicator ? (
          <button
            type="button"
            className="link-button"
            onClick={() => trace({ cell, label, unit, decimals })}
            aria-label={`${label} ${figure(cell.final, decimals)}，看是哪些行`}
            data-testid={`trace-${cell.row}-${cell.column}`}
          >
            <b>{figure(cell.final, decimals)}</b>
          </button>
        ) : (
          <b>{figure(cell.final, decimals)}</b>
        )}
        {r.can.edit && (
          <Button
            size="small"
            type="text"
            onClick={() => ask({ kind: "correct", cell, label })}
            aria-label={`${cell.value === null ? "填写" : "更正"}${label}`}
            data-testid={`correct-${cell.row}-${cell.column}`}
          >
            {cell.value === null ? "填写" : "更正"}
          </Button>
        )}
      </span>
      {earlier && earlier.value !== cell.final && (
        <span className="small warning tabular" data-testid={`earlier-${cell.row}-${cell.column}`}>
          第 {earlier.version} 版 {figure(earlier.value, decimals)}，本版 {figure(cell.final, decimals)}
        </span>
      )}
      {cell.last !== null && <span className="quiet small">上年 {figure(cell.last, decimals)}</span>}
      {cell.value === null && !cell.correction && (
        <span className="quiet small">{cell.byHand ?? "台账取不出数"}</span>
      )}
      {cell.correction && (
        <span className="small">
          {!cell.byHand && `取数 ${figure(cell.value, decimals)}，`}
          {cell.correction.byName}
          {cell.final === null ? "写无此项" : cell.byHand ? "填" : "改"}：{cell.correction.reason}
        </span>
      )}
      {cell.jump !== null && (
        <span className={cell.explanation ? "small" : "small warning"}>
          变动 {cell.jump}%{cell.explanation && `：${cell.explanation.text}`}
          {r.can.edit && (
            <Button
              size="small"
              type="link"
              onClick={() => ask({ kind: "explain", cell, label })}
              data-testid={`explain-${cell.row}-${cell.column}`}
            >
              {cell.explanation ? "补充" : "说明"}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
