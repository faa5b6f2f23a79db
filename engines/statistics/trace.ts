/** Where a cell of a table comes from: the months it is made of, each frozen or counted, to be opened down to the rows. */
import type { StatisticalTable } from "@wuxin/declare";
import { DomainError, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { editionOf, keyOf, spanOf } from "./model.ts";
import type { StatisticsDeps } from "./ports.ts";
import type { ReturnRow } from "./store.ts";

export interface Trace {
  readonly indicator: string;
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly kind: "stock" | "flow";
  /** Over the months as they stand today; another than in the table when they were corrected or the ledgers moved since. */
  readonly now: number | null;
  readonly months: readonly {
    readonly month: Month;
    readonly value: number | null;
    /** Version of the frozen figure; null: not frozen, counted from the ledgers of today. */
    readonly version: number | null;
  }[];
}

/** A stock is the last month's, a flow every month's from the start of the period or of the year. */
export async function traceOf(
  tx: Tx,
  deps: Pick<StatisticsDeps, "indicators">,
  r: ReturnRow,
  table: StatisticalTable,
  key: string,
): Promise<Trace> {
  const cell = r.content.cells.find((c) => keyOf(c.row, c.column) === key);
  if (!cell) throw new DomainError("not-found", "表里没有这一格，请刷新页面。");
  const { indicator } = cell;
  if (indicator === null)
    throw new DomainError("not-found", "这一格没有台账，是手填的，来处写在表里，没有可以展开的行。");
  const span = spanOf(table.grain, r.period);
  const declared = editionOf(table, r.period).rows.find((x) => x.code === cell.row)?.cells[cell.column];
  const from: Month = declared && "over" in declared ? `${span.to.slice(0, 4)}-01` : span.from;
  const [f] = await deps.indicators.span(tx, [indicator], from, span.to, r.division);
  if (!f) throw new DomainError("not-found", `指标 ${indicator} 已经不在目录里，不能再展开到行。`);
  const { name, unit, decimals, kind } = f;
  const months = (kind === "stock" ? f.months.slice(-1) : f.months).map(({ month, value, version }) => ({
    ...{ month, value, version },
  }));
  return { indicator, name, unit, decimals, kind, now: f.value, months };
}
