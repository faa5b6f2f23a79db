/** The cells of a table for a period, from the indicators: frozen months as they were frozen, the others as they stand. */
import type { StatisticalTable, TableCell } from "@wuxin/declare";
import type { Indicators, SpanFigure } from "@wuxin/engines/indicators";
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import {
  type Content,
  type CountedCell,
  editionOf,
  keyOf,
  type Period,
  spanOf,
  yearBefore,
} from "./model.ts";
import * as store from "./store.ts";

type Counted = Extract<TableCell, { indicator: string }>;
type Figures = (cell: Counted) => SpanFigure | undefined;

export async function countTable(
  tx: Tx,
  indicators: Pick<Indicators, "span">,
  table: StatisticalTable,
  period: Period,
  division: string,
): Promise<Content> {
  const edition = editionOf(table, period);
  const yearly = edition.rows.some((r) => Object.values(r.cells).some((c) => "over" in c));
  const codes = new Set(
    edition.rows.flatMap((r) =>
      Object.values(r.cells).flatMap((c) => ("indicator" in c ? [c.indicator] : [])),
    ),
  );
  const figures = async (p: Period): Promise<Figures> => {
    const { from, to } = spanOf(table.grain, p);
    const ask = async (start: Month) =>
      new Map((await indicators.span(tx, [...codes], start, to, division)).map((f) => [f.code, f]));
    const january: Month = `${to.slice(0, 4)}-01`;
    const own = await ask(from);
    const year = yearly && from !== january ? await ask(january) : own;
    return (cell) => (cell.over === "year" ? year : own).get(cell.indicator);
  };
  const before = yearBefore(period);
  const [now, then] = [await figures(period), await figures(before)];
  const place = { table: table.code, division };
  const [signed, sealed] = [
    await store.lastSealed(tx, { ...place, period: before }),
    await store.lastSealed(tx, { ...place, period }),
  ];
  const signedAt = new Map(signed?.sealed.cells.map((c) => [keyOf(c.row, c.column), c.final]));
  const cells = edition.rows.flatMap((r) =>
    edition.columns.flatMap(({ code: column }): CountedCell[] => {
      const cell = r.cells[column];
      if (!cell) return [];
      const at = { row: r.code, column };
      const last = signedAt.get(keyOf(r.code, column));
      if ("byHand" in cell)
        return [
          { ...at, indicator: null, byHand: cell.byHand, value: null, last: last ?? null, frozen: false },
        ];
      const f = now(cell);
      return [
        {
          ...{
            ...at,
            indicator: cell.indicator,
            byHand: null,
            value: inUnit(f?.value ?? null, cell, r.decimals),
          },
          last: last !== undefined ? last : inUnit(known(then(cell)), cell, r.decimals),
          frozen: f !== undefined && isFrozen(f),
        },
      ];
    }),
  );
  return {
    ...{ number: table.number ?? null, source: edition.source, columns: edition.columns },
    rows: edition.rows.map(({ cells: of, ...r }) => ({
      ...{ ...r, level: r.level ?? 0 },
      ...(Object.values(of).some((c) => "per" in c) ? { rounded: true } : {}),
    })),
    ...{ checks: edition.checks, cells },
    ...(sealed
      ? {
          earlier: {
            version: sealed.version,
            finals: Object.fromEntries(sealed.sealed.cells.map((c) => [keyOf(c.row, c.column), c.final])),
          },
        }
      : {}),
  };
}

/** Figures are kept to hundredths, so that 0.5 of the last place is exactly that. */
const HUNDREDTHS = 100;
/** 元 in 万元, as the table writes it. */
function inUnit(value: number | null, cell: Counted, decimals: number): number | null {
  if (value === null || cell.per === undefined) return value;
  const [scale, of] = [10 ** decimals, cell.per * HUNDREDTHS];
  const whole = Math.round(Math.abs(value) * HUNDREDTHS) * scale;
  return (Math.sign(value) * Math.floor((2 * whole + of) / (2 * of))) / scale;
}

/** A stock is the last month's; of a flow every month has to be frozen. */
function isFrozen(f: SpanFigure): boolean {
  const months = f.kind === "stock" ? f.months.slice(-1) : f.months;
  return months.every((m) => m.version !== null);
}

/** A year in which no month was kept and nothing was counted is not known; noughts of it would make every figure jump. */
function known(f: SpanFigure | undefined): number | null {
  if (!f) return null;
  const nothing = f.value === 0 && f.months.every((m) => m.version === null);
  return nothing ? null : f.value;
}
