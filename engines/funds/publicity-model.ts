/** 资金使用公示 without a database: which period, what a place may show without pointing at a household, how often. */
import { DomainError, firstDay, grouped, type IsoDate, lastDay, type Month } from "@wuxin/kernel";

const QUARTERS = "一二三四";

/** `2024`, `2024Q3`, `2024-09`: its days and its name. Errors: invalid-input. */
export function periodOf(period: string): { from: IsoDate; to: IsoDate; title: string } {
  const [, year, month, quarter] = /^(\d{4})(?:-(0[1-9]|1[0-2])|Q([1-4]))?$/.exec(period) ?? [];
  if (year === undefined)
    throw new DomainError("invalid-input", "请选择公示哪个月、季度或年。", { field: "period" });
  const nth = (n: number) => `${year}-${String(n).padStart(2, "0")}` as Month;
  const [first, last, words] = month
    ? [Number(month), Number(month), `${Number(month)}月`]
    : quarter
      ? [Number(quarter) * 3 - 2, Number(quarter) * 3, `第${QUARTERS[Number(quarter) - 1]}季度`]
      : [1, 12, ""];
  return { from: firstDay(nth(first)), to: lastDay(nth(last)), title: `${year}年${words}资金使用情况` };
}

/** How often: the months of a period that can be published, and how an officer says it. */
export const EVERY: ReadonlyMap<number, string> = new Map([
  [1, "每月一次"],
  [3, "每季度一次"],
  [12, "每年一次"],
]);

/** One 资金 of the county in a period, as it was drafted. */
export interface UseFigures {
  readonly source: string;
  readonly document: string;
  /** Empty: serves any item. */
  readonly item: string;
  readonly allocatedFen: number;
  /** What stayed paid. */
  readonly paidFen: number;
  /** What the bank sent back. */
  readonly returnedFen: number;
  readonly recoveredFen: number;
  /** What is not spent as the period ends. */
  readonly balanceFen: number;
  /** What was paid, by item; empty: by 付款单. */
  readonly uses: readonly { readonly item: string; readonly paidFen: number }[];
}
export interface FundName {
  readonly source: string;
  readonly document: string;
}
/** Of a township or village: what is meant for it, what its people were paid. */
export interface PlaceFigures {
  /** Fewer households than this are not shown by themselves. */
  readonly smallest: number;
  /** People were paid, but so few that even all together are not shown. */
  readonly hidden: boolean;
  readonly allotments: readonly (FundName & { item: string; purpose: string; amountFen: number })[];
  readonly paid: readonly (PaidShown & { readonly from: readonly FundName[] })[];
}
export const ofPlace = (figures: readonly unknown[]): figures is readonly [PlaceFigures] =>
  typeof figures[0] === "object" && figures[0] !== null && "allotments" in figures[0];

/** What one payee was paid of one item in the period. */
export interface PaidTo {
  readonly divisionCode: string;
  readonly item: string;
  readonly payeeId: string;
  readonly persons: number;
  readonly paidFen: number;
}
export interface PaidShown {
  /** Several: too small to stand alone. */
  readonly items: readonly string[];
  readonly households: number;
  readonly persons: number;
  readonly paidFen: number;
}

/** Items with fewer households than `smallest` stand in one row, with the next smallest until the row is large enough. */
export function paidShown(paid: readonly PaidTo[], smallest: number): PaidShown[] {
  const byItem = grouped(paid, (p) => p.item);
  const shown = [...byItem.values()]
    .map(together)
    .sort((a, b) => b.households - a.households || ((a.items[0] ?? "") < (b.items[0] ?? "") ? -1 : 1));
  const alone = shown.filter((s) => s.households >= smallest);
  const small = shown.filter((s) => s.households < smallest).flatMap((s) => s.items);
  if (small.length === 0) return alone;
  const joined = () => together(small.flatMap((item) => byItem.get(item) ?? []));
  while (joined().households < smallest && alone.length > 0) small.unshift(...(alone.pop()?.items ?? []));
  return joined().households < smallest ? [] : [...alone, joined()];
}

/** All of them in one row, each payee once. */
export function together(paid: readonly PaidTo[]): PaidShown {
  const households = new Map<string, number>();
  for (const { payeeId, persons } of paid)
    households.set(payeeId, Math.max(persons, households.get(payeeId) ?? 0));
  return {
    items: [...new Set(paid.map((p) => p.item))],
    households: households.size,
    persons: [...households.values()].reduce((a, b) => a + b, 0),
    paidFen: paid.reduce((sum, p) => sum + p.paidFen, 0),
  };
}
