/** What a change costs and whom it moves, in the contract's shape. Pure. */
import { countyOf, fen, type Month } from "@wuxin/kernel";
import type { Impact, MonthCost, Prepared, Span, TownshipCost } from "./impact.ts";
import { count, emptyTally, type Tally, type Touched } from "./preview.ts";

/** Rows in the reply at most; the counts are of all. */
const MOST_ROWS = 2_000;

/** The contract's shape: totals, townships by cost, the rows that matter most first. */
export function impactView(
  impact: Impact,
  span: Span,
  prepared: readonly Prepared[],
  names: (divisionCode: string) => string,
) {
  const nameOf = (code: string) => names(code.length === 9 ? code : countyOf(code));
  const total = emptyTally();
  const townships = new Map<string, Tally>();
  for (const t of impact.touched) {
    count(total, t);
    let tally = townships.get(t.townshipCode);
    if (!tally) {
      tally = emptyTally();
      townships.set(t.townshipCode, tally);
    }
    count(tally, t);
  }
  const moved = impact.touched.filter((t) => t.change !== "same");
  const weight = (t: Touched) => Math.abs((t.afterFen ?? 0) - (t.beforeFen ?? 0));
  const title = new Map(prepared.map((p) => [p.item.code, p.item.shortTitle]));
  const rows = moved.toSorted((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
  const withDifference = (t: Tally) => ({
    ...t,
    monthlyFen: fen(t.afterFen - t.beforeFen),
    yearlyFen: fen((t.afterFen - t.beforeFen) * 12),
  });
  const months = impact.months.map((m) => monthView(m, span, nameOf));
  /** What would be paid after for months gone by. */
  const back = months
    .filter((m) => m.past)
    .map(({ month, households, differenceFen }) => ({ month, households, amountFen: differenceFen }));
  return {
    month: span.month,
    items: prepared.map((p) => ({
      code: p.item.code,
      title: p.item.title,
      versionBefore: p.before(span.month).version,
      versionAfter: p.after(span.month).version,
    })),
    total: withDifference(total),
    /** In force now, not recomputed since an earlier change: their real step is larger or smaller than shown. */
    outOfStep: impact.touched.filter(
      (t) => t.kind === "entitlement" && t.beforeFen !== null && t.paidFen !== t.beforeFen,
    ).length,
    townships: [...townships]
      .map(([code, t]) => ({
        code,
        name: nameOf(code),
        ...withDifference(t),
      }))
      .sort((a, b) => b.monthlyFen - a.monthlyFen || (a.code < b.code ? -1 : 1)),
    months,
    back,
    backFen: fen(back.reduce((sum, b) => sum + b.amountFen, 0)),
    backUncountedMonths: span.uncounted,
    rows: rows.slice(0, MOST_ROWS).map((t) => ({
      item: t.item,
      itemTitle: title.get(t.item) ?? t.item,
      id: t.id,
      kind: t.kind,
      name: t.name,
      townshipCode: t.townshipCode,
      divisionName: names(t.divisionCode),
      change: t.change,
      beforeFen: t.beforeFen,
      afterFen: t.afterFen,
      paidFen: t.paidFen,
    })),
    rowsLeft: Math.max(0, rows.length - MOST_ROWS),
    tookMs: impact.tookMs,
  };
}

function sumOf(m: MonthCost): TownshipCost {
  const sum = { households: 0, beforeFen: 0, afterFen: 0 };
  for (const t of m.townships.values()) {
    sum.households += t.households;
    sum.beforeFen = fen(sum.beforeFen + t.beforeFen);
    sum.afterFen = fen(sum.afterFen + t.afterFen);
  }
  return sum;
}

function monthView(m: MonthCost, span: Span, nameOf: (code: string) => string) {
  const withDifference = (t: TownshipCost) => ({ ...t, differenceFen: fen(t.afterFen - t.beforeFen) });
  const month: Month = m.month;
  return {
    month,
    past: span.back.includes(month),
    ...withDifference(sumOf(m)),
    townships: [...m.townships]
      .map(([code, t]) => ({ code, name: nameOf(code), ...withDifference(t) }))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
  };
}
