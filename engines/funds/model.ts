/** What money of the county is, without a database: classes, kinds, choosing accounts, the forecast, the explanation. */
import { addMonths, formatYuan, type IsoDate, type Month } from "@wuxin/kernel";

/** Where money comes from; a county may put them in another order for paying. */
export const SOURCES = ["中央", "省", "市", "县", "福彩公益金", "捐赠"] as const;
export type Source = (typeof SOURCES)[number];

export const KINDS = {
  allocation: "拨入",
  commitment: "占用",
  payment: "支付",
  outlay: "付款单支付",
  return: "退回",
  recovery: "追回",
  reversal: "冲正",
} as const;
export type Kind = keyof typeof KINDS;

export const CLASSES = {
  received: "拨入",
  available: "可用",
  committed: "占用",
  paid: "已付",
  recovered: "追回",
} as const;
export type Class = keyof typeof CLASSES;

/** Which class each kind debits and credits. */
export const SIDES: Readonly<
  Record<Exclude<Kind, "reversal">, { readonly debit: Class; readonly credit: Class }>
> = {
  allocation: { debit: "available", credit: "received" },
  commitment: { debit: "committed", credit: "available" },
  payment: { debit: "paid", credit: "committed" },
  outlay: { debit: "paid", credit: "available" },
  return: { debit: "available", credit: "committed" },
  recovery: { debit: "available", credit: "recovered" },
};

export interface Entry {
  readonly accountId: string;
  readonly class: Class;
  readonly month: Month;
  readonly debitFen: number;
  readonly creditFen: number;
}
export interface Journal {
  readonly id: string;
  readonly at: string;
  readonly kind: Kind;
  readonly rosterId: string | null;
  /** Empty: of no single item. */
  readonly item: string;
  readonly month: Month;
  readonly movedOn: IsoDate;
  readonly amountFen: number;
  readonly reference: string;
  readonly note: string;
  readonly reverses: string | null;
  readonly actorId: string | null;
  readonly actorName: string;
}

const SEPARATOR = "\u001f";
/** Everything of a journal that must never change. The same text as `fundsChain.canonicalSql`; a test holds them together. */
export function canonicalJournal(
  countyCode: string,
  j: Journal,
  entries: readonly Entry[],
  events: string,
): string {
  const lines = entries.map((e, i) =>
    [i + 1, e.accountId, e.class, e.month, e.debitFen, e.creditFen].join(":"),
  );
  return [
    ...[countyCode, j.id, j.at, j.kind, j.rosterId ?? "", j.item, j.month, j.movedOn, j.amountFen],
    ...[j.reference, j.note, j.reverses ?? "", j.actorId ?? "", j.actorName],
    ...[lines.join(";"), events],
  ].join(SEPARATOR);
}

export interface Part {
  readonly accountId: string;
  readonly amountFen: number;
}
/**
 * Takes an amount from accounts in their order, each as far as it goes.
 * @returns the parts, and what was missing (then nothing may be taken)
 */
export function take(
  amountFen: number,
  from: readonly Part[],
): { readonly parts: Part[]; readonly missingFen: number } {
  let left = amountFen;
  const parts: Part[] = [];
  for (const { accountId, amountFen: there } of from) {
    const part = Math.min(left, Math.max(0, there));
    if (part > 0) parts.push({ accountId, amountFen: part });
    left -= part;
  }
  return { parts, missingFen: left };
}

/**
 * In the order in which they pay: by the county's order of sources, an item's own before any item's; else as they come
 * (older papers first).
 */
export function inPayingOrder<A extends { readonly source: string; readonly item: string }>(
  order: readonly string[],
  accounts: readonly A[],
): A[] {
  const rank = (a: A) =>
    (order.includes(a.source) ? order.indexOf(a.source) : order.length) * 2 + (a.item === "" ? 1 : 0);
  return [...accounts].sort((a, b) => rank(a) - rank(b));
}

/** The same account named twice becomes one part. */
export function joined(parts: readonly Part[]): Part[] {
  const sums = new Map<string, number>();
  for (const p of parts) sums.set(p.accountId, (sums.get(p.accountId) ?? 0) + p.amountFen);
  return [...sums].map(([accountId, amountFen]) => ({ accountId, amountFen }));
}

/** Entries that move parts from one class to another. */
export const moving = (parts: readonly Part[], debit: Class, credit: Class, month: Month): Entry[] =>
  parts.flatMap(({ accountId, amountFen }) => [
    { accountId, class: debit, month, debitFen: amountFen, creditFen: 0 },
    { accountId, class: credit, month, debitFen: 0, creditFen: amountFen },
  ]);

// ── forecast ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Need {
  readonly month: Month;
  readonly item: string;
  readonly amountFen: number;
}
export interface Shortage {
  readonly item: string;
  readonly month: Month;
  /** Missing up to the end of the year. */
  readonly missingFen: number;
}
const FURTHEST_MONTHS = 36;

/**
 * Spends what is available on the months to come, from the accounts that would pay, in their order.
 * @param accounts in paying order
 * @param needs the last month's go on after it
 * @returns what is missing by item, first month first; the month in which money runs out, also after the last month, or
 *   null when it lasts three years more; what is left after each month (below zero: missing)
 */
export function spend(
  accounts: readonly { readonly item: string; readonly availableFen: number }[],
  needs: readonly Need[],
) {
  const left = accounts.map((a) => ({ item: a.item, fen: a.availableFen }));
  const shortages = new Map<string, { month: Month; missingFen: number }>();
  const months = [...new Set(needs.map((n) => n.month))].sort();
  const last = months.at(-1);
  const leftAfter = new Map<Month, number>();
  let runsOut: Month | null = null;
  let missingFen = 0;
  const goThrough = (month: Month, list: readonly Need[], counts: boolean) => {
    for (const n of list) {
      let short = n.amountFen;
      for (const a of left) {
        if (a.item !== n.item && a.item !== "") continue;
        const part = Math.min(short, Math.max(0, a.fen));
        a.fen -= part;
        short -= part;
      }
      if (short === 0) continue;
      runsOut ??= month;
      if (!counts) continue;
      missingFen += short;
      const before = shortages.get(n.item);
      shortages.set(n.item, {
        month: before?.month ?? month,
        missingFen: (before?.missingFen ?? 0) + short,
      });
    }
    if (counts) leftAfter.set(month, left.reduce((sum, a) => sum + a.fen, 0) - missingFen);
  };
  const of = (month: Month | undefined) => needs.filter((n) => n.month === month);
  for (const m of months) goThrough(m, of(m), true);
  for (let n = 1; last !== undefined && runsOut === null && n <= FURTHEST_MONTHS; n++)
    goThrough(addMonths(last, n), of(last), false);
  return {
    shortages: [...shortages]
      .map(([item, s]): Shortage => ({ item, ...s }))
      .sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0)),
    runsOut: runsOut as Month | null,
    leftAfter,
  };
}

/** Fewer months than this are no trend. */
const TREND_MONTHS = 3;
/** Payments more or fewer a month, by item: the slope between the first and the last month there is. */
export function trendOf(
  counts: readonly { readonly month: Month; readonly item: string; readonly lines: number }[],
): ReadonlyMap<string, number> {
  const months = [...new Set(counts.map((c) => c.month))].sort();
  const trend = new Map<string, number>();
  if (months.length < TREND_MONTHS) return trend;
  for (const item of new Set(counts.map((c) => c.item))) {
    const at = (month: Month | undefined) =>
      counts.find((c) => c.item === item && c.month === month)?.lines ?? 0;
    const slope = (at(months.at(-1)) - at(months[0])) / (months.length - 1);
    if (slope !== 0) trend.set(item, slope);
  }
  return trend;
}

/** The same needs with the trend of people: the nth month from now has n times as many more, at the mean amount. */
export const withTrend = (
  needs: readonly (Need & { readonly payments: number; readonly ahead: number })[],
  trend: ReadonlyMap<string, number>,
): Need[] =>
  needs.map(({ month, item, amountFen, payments, ahead }) => {
    const more = Math.round((trend.get(item) ?? 0) * ahead);
    const mean = payments > 0 ? amountFen / payments : 0;
    return { month, item, amountFen: Math.max(0, amountFen + Math.round(more * mean)) };
  });

// ── reconciliation ───────────────────────────────────────────────────────────────────────────────────────────────────

/** One roster, item and month, from three places. */
export interface Compared {
  readonly ledgerFen: number;
  readonly rosterFen: number;
  readonly bankFen: number;
  /** Bound in the ledger, and at the bank according to the roster. */
  readonly boundFen: number;
  readonly atBankFen: number;
  /** Events of the money trail that no journal has yet. */
  readonly unpostedFen: number;
  /** Missing money that holds them up; null when nothing does. */
  readonly missingFen: number | null;
}
export const agrees = (c: Compared): boolean =>
  c.ledgerFen === c.rosterFen && c.rosterFen === c.bankFen && c.boundFen === c.atBankFen;

/** Why they differ, in a sentence with the way out. */
export function explain(c: Compared): string {
  if (c.rosterFen !== c.bankFen)
    return `名册已付 ${formatYuan(c.rosterFen)} 元，银行回盘 ${formatYuan(c.bankFen)} 元，明细与回盘不一致，请停止报送并核查。`;
  if (c.missingFen !== null)
    return `资金不足，差 ${formatYuan(c.missingFen)} 元，尚未入账；登记拨入或批准垫付后自动入账。`;
  if (c.unpostedFen > 0) return `有 ${formatYuan(c.unpostedFen)} 元流水尚未入账，系统将自动补记。`;
  return "台账与发放流水不一致，请停止报送并告知系统管理员核查。";
}
