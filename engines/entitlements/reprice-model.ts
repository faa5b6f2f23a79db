/** Pure: what a standard does to one household's months, and the sums over all. No database, no clock. */
import type { Month } from "@wuxin/kernel";

/** Months as numbers: 2024-03 is 2024 × 12 + 2. */
export const monthNumber = (m: Month): number => Number(m.slice(0, 4)) * 12 + Number(m.slice(5)) - 1;
export const monthText = (n: number): Month =>
  `${String(Math.floor(n / 12)).padStart(4, "0")}-${String((n % 12) + 1).padStart(2, "0")}`;

export interface AmountRow {
  readonly seq: number;
  readonly from: number;
  readonly fen: number;
  readonly persons: number;
}
/** The row in force in a month: the latest start, of two with one start the later recorded. */
export function inForce(rows: readonly AmountRow[], month: number): AmountRow | undefined {
  let best: AmountRow | undefined;
  for (const r of rows)
    if (r.from <= month && (!best || r.from > best.from || (r.from === best.from && r.seq > best.seq)))
      best = r;
  return best;
}

export interface Window {
  /** First month of the standard, and the last month looked at: the next, or later when it begins later. */
  readonly first: number;
  readonly last: number;
  /** Up to here only what was entered for a month after `last` is looked at: a household divided from June on. */
  readonly end: number;
  /** The month by which a household is counted. */
  readonly now: number;
  /** From here on no roster has been made: lowered amounts begin here. */
  readonly open: number;
  readonly lowers: boolean;
}

/** What the rules give in a month: 分; 0 not eligible; NaN facts missing; undefined leave as it is (渐退). */
export type Computed = (month: number) => number | undefined;

export type Outcome = "raise" | "lower" | "leave" | "unknown" | "same";

export interface PlannedRow extends AmountRow {
  /** What the rules give; else a month that stays as it was, behind one that did not. */
  readonly ruled: boolean;
}
export interface Plan {
  readonly outcome: Outcome;
  /** Rows to add, in order of months; they make the months of the window what they should be. */
  readonly rows: readonly PlannedRow[];
  /** In force in the month counted, before and after the run; 0 when nothing is owed then. */
  readonly before: number;
  readonly after: number;
  /** What the rules give in that month, for the list of those whom the run leaves as they are. */
  readonly ruled: number;
}

const NOTHING: readonly PlannedRow[] = [];

/**
 * Raises what the rules raise. What they lower stays (57号 第三十二条: a cut needs its own reasons), unless the run was told
 * to lower, and then from the first month without a roster. Suspended months, those nobody can compute and those in
 * which somebody would fall out stay too.
 */
export function plan(
  have: readonly AmountRow[],
  of: { readonly from: number; readonly end: number | null },
  w: Window,
  computed: Computed,
): Plan {
  const first = Math.max(w.first, of.from);
  const last = of.end === null ? w.last : Math.min(w.last, of.end);
  const counted = Math.min(Math.max(w.now, first), last);
  let outcome: Outcome = "same";
  let rows: PlannedRow[] | undefined;
  let all: readonly AmountRow[] = have;
  let seq = 0;
  for (const r of have) if (r.seq > seq) seq = r.seq;
  let [before, after, ruled] = [0, 0, 0];
  const end = of.end === null ? w.end : Math.min(w.end, of.end);
  for (let m = first; m <= end; m++) {
    const standing = inForce(have, m);
    if (m > w.last && (standing?.from ?? 0) <= w.last) continue;
    const was = standing?.fen ?? 0;
    const asked = was === 0 ? undefined : computed(m);
    let want = was;
    if (asked === undefined || asked === was) {
      // As it is.
    } else if (Number.isNaN(asked)) outcome = worse(outcome, "unknown");
    else if (asked === 0) outcome = worse(outcome, "leave");
    else if (asked > was) [want, outcome] = [asked, "raise"];
    else if (w.lowers && m >= w.open) [want, outcome] = [asked, worse(outcome, "lower")];
    else outcome = worse(outcome, "lower");
    if ((inForce(all, m)?.fen ?? 0) !== want) {
      rows ??= [];
      rows.push({ seq: ++seq, from: m, fen: want, persons: standing?.persons ?? 0, ruled: asked === want });
      all = [...have, ...rows];
    }
    if (m === counted) [before, after, ruled] = [was, want, asked ?? was];
  }
  if (counted !== w.now && w.now > last) [before, after] = [0, 0];
  return { outcome, rows: rows ?? NOTHING, before, after, ruled };
}

const RANK: Record<Outcome, number> = { same: 0, unknown: 1, leave: 2, lower: 3, raise: 4 };
const worse = (a: Outcome, b: Outcome): Outcome => (RANK[a] >= RANK[b] ? a : b);

export interface Tally {
  households: number;
  raise: number;
  lower: number;
  leave: number;
  unknown: number;
  same: number;
  /** A month, of those owed something in the month counted. */
  beforeFen: number;
  afterFen: number;
  /** Of past months, together. */
  backFen: number;
}
export interface BackMonth {
  households: number;
  fen: number;
}
export interface Totals {
  total: Tally;
  /** By item and township: `item 430621101`. */
  places: Record<string, Tally>;
  /** By past month. */
  back: Record<Month, BackMonth>;
}
export const emptyTally = (): Tally => ({
  ...{ households: 0, raise: 0, lower: 0, leave: 0, unknown: 0, same: 0 },
  ...{ beforeFen: 0, afterFen: 0, backFen: 0 },
});
export const emptyTotals = (): Totals => ({ total: emptyTally(), places: {}, back: {} });

/** Adds one household. `current`: months before it are past. */
export function count(
  totals: Totals,
  place: string,
  p: Plan,
  have: readonly AmountRow[],
  of: { readonly from: number; readonly end: number | null },
  w: Window,
  current: number,
): void {
  totals.places[place] ??= emptyTally();
  const tallies = [totals.total, totals.places[place] as Tally];
  for (const t of tallies) {
    t.households++;
    t[p.outcome]++;
    t.beforeFen += p.before;
    t.afterFen += p.after;
  }
  if (p.rows.length === 0) return;
  const all = [...have, ...p.rows];
  const last = of.end === null ? current - 1 : Math.min(current - 1, of.end);
  for (let m = Math.max(w.first, of.from); m <= last; m++) {
    const more = (inForce(all, m)?.fen ?? 0) - (inForce(have, m)?.fen ?? 0);
    if (more === 0) continue;
    const name = monthText(m);
    totals.back[name] ??= { households: 0, fen: 0 };
    const back = totals.back[name] as BackMonth;
    back.households++;
    back.fen += more;
    for (const t of tallies) t.backFen += more;
  }
}

const both = <T extends Tally | BackMonth>(a: T | undefined, b: T): T =>
  a === undefined
    ? b
    : (Object.fromEntries(
        Object.entries(b).map(([k, n]) => [k, n + (a[k as keyof T] as number)]),
      ) as unknown as T);
const merged = <T extends Tally | BackMonth>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
) => ({
  ...a,
  ...Object.fromEntries(Object.entries(b).map(([k, t]) => [k, both(a[k], t)])),
});
/** The sums of two parts together; neither is changed. */
export const added = (a: Totals, b: Totals): Totals => ({
  total: both(a.total, b.total),
  places: merged(a.places, b.places),
  back: merged(a.back, b.back),
});
