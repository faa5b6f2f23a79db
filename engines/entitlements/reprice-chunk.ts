/**
 * Some thousand households computed: read as columns, run through the rules of every month, planned one after another. What
 * is kept of them are sums and new rows, no object a household: a million of those is what takes time. No writing.
 */
import type { Month } from "@wuxin/kernel";
import type { Database, Tx } from "@wuxin/platform";
import { type ColumnMachine, compileColumns, type RuleSet, type TypedResult } from "@wuxin/policy";
import { bringUp, inputsOf } from "./bases.ts";
import { columnsOf, fits, type Layout, layoutOf, type SituationInputs } from "./basis.ts";
import type { ItemRules, Repricing } from "./ports.ts";
import {
  type AmountRow,
  type Computed,
  count,
  emptyTotals,
  monthText,
  plan,
  type Totals,
  type Window,
} from "./reprice-model.ts";
import * as store from "./reprice-store.ts";
import { ruled } from "./ruled.ts";

/** The rules of one item for every month of a run. */
export interface Engine {
  readonly item: string;
  readonly layout: Layout;
  readonly outcome: ItemRules["outcome"];
  readonly window: Window;
  /** Of each month; no machine where a fact means something else than in the other months. */
  readonly months: readonly { readonly set: RuleSet; readonly machine: ColumnMachine | null }[];
}

export function engineOf(item: string, rules: (month: Month) => ItemRules, window: Window): Engine {
  const sets: { month: Month; set: RuleSet }[] = [];
  for (let m = window.first; m <= window.end; m++)
    sets.push({ month: monthText(m), set: rules(monthText(m)).set });
  const { outcome } = rules(monthText(window.last));
  // The latest rules first: their facts are those that decisions keep.
  const looked = sets.length - (window.end - window.last);
  const layout = layoutOf(
    sets
      .slice(0, looked)
      .toReversed()
      .map((s) => s.set),
  );
  const wanted = [outcome.eligible, outcome.amount];
  return {
    ...{ item, outcome, window, layout },
    months: sets.map(({ month, set }, i) => ({
      set,
      // Of the months after the last few households are looked at: one by one.
      machine: i < looked && fits(layout, set) ? compileColumns(set, { month, wanted }) : null,
    })),
  };
}

export interface Chunk {
  readonly households: number;
  readonly totals: Totals;
  readonly amounts: store.NewAmounts;
  /** Whom the run leaves as he is. */
  readonly left: readonly store.ExceptionRow[];
  /** Null when there are no more. */
  readonly last: string | null;
}

const hexAt = (b: Buffer, at: number): string => {
  const h = b.toString("hex", at, at + 16);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
};
const NOTHING = Buffer.alloc(0);
/** Bytes of a household's head: id, from, end, township; of an amount; of a basis (store.ts). */
const [HEAD, AMOUNT, BASIS] = [28, 24, 32];

/** What was read, and where its facts stand. */
interface Read {
  readonly count: number;
  readonly heads: Buffer;
  readonly amounts: Buffer;
  readonly bases: Buffer;
  /** Of each basis the place among the columns; -1: to be decided one by one. */
  readonly rows: Int32Array;
  readonly members: Int32Array;
  readonly facts: Buffer;
  /** Every household has facts, kept for these rules. */
  readonly complete: boolean;
}

function taken(r: store.ChunkRecord, layout: string): Read {
  const bases = r.bases ?? NOTHING;
  const n = bases.length / BASIS;
  const [rows, members] = [new Int32Array(n), new Int32Array(n)];
  let [columns, households, before] = [0, 0, -1];
  for (let i = 0; i < n; i++) {
    const household = bases.readInt32BE(i * BASIS);
    if (household !== before) households++;
    before = household;
    const counted = bases.readInt32BE(i * BASIS + 8);
    rows[i] = counted === 0 ? -1 : columns;
    if (counted > 0) members[columns++] = counted;
  }
  return {
    ...{ count: r.count, heads: r.heads ?? NOTHING, amounts: r.amounts ?? NOTHING, bases, rows },
    ...{ members: members.subarray(0, columns), facts: r.facts ?? NOTHING },
    complete: (r.layouts ?? []).every((l) => l === layout) && households === r.count,
  };
}
const idOf = (got: Read, household: number): string => hexAt(got.heads, household * HEAD);
const sourceOf = (got: Read, basis: number): string => hexAt(got.bases, basis * BASIS + 16);

export interface Reader {
  readonly db: Database;
  readonly actor: Tx["actor"];
  readonly rules: Repricing;
  /** Households a piece. */
  readonly size: number;
  /** Months before it are past. */
  readonly current: number;
}

/** The households behind an id, as they stand; `last` is null when there are none. */
export async function read(r: Reader, e: Engine, after: string) {
  const [first, last] = [monthText(e.window.first), monthText(e.window.end)];
  const record = await r.db.read(r.actor, (t) =>
    store.readChunk(t, { item: e.item, after, size: r.size, first, last }),
  );
  const { heads, count } = record;
  return { after, record, last: heads && count > 0 ? hexAt(heads, (count - 1) * HEAD) : null };
}
export type Standing = Awaited<ReturnType<typeof read>>;

/** Computes what was read; facts that are missing or kept for other rules are put there first, and it is read again. */
export async function computed(r: Reader, e: Engine, standing: Standing): Promise<Chunk> {
  const { db, actor, rules } = r;
  let got = taken(standing.record, e.layout.id);
  if (!got.complete) {
    const span = { item: e.item, from: idOf(got, 0), to: idOf(got, got.count - 1) };
    await db.transact(actor, (t) => bringUp(t, rules, e.layout, span));
    got = taken((await read(r, e, standing.after)).record, e.layout.id);
  }
  const everyone = e.months.some((m, i) => m.machine === null && e.window.first + i <= e.window.last);
  const ahead = new Set<number>();
  for (let at = 0; at < got.amounts.length; at += AMOUNT)
    if (got.amounts.readInt32BE(at + 8) > e.window.last) ahead.add(got.amounts.readInt32BE(at));
  const unfit: string[] = [];
  for (const [i, row] of got.rows.entries())
    if (everyone || row < 0 || ahead.has(got.bases.readInt32BE(i * BASIS))) unfit.push(sourceOf(got, i));
  const inputs =
    unfit.length === 0
      ? new Map<string, SituationInputs>()
      : await db.read(actor, (t) => inputsOf(t, rules, unfit));
  return planned(e, got, inputs, r.current);
}

function planned(e: Engine, got: Read, inputs: ReadonlyMap<string, SituationInputs>, current: number): Chunk {
  const columns = months(e, got);
  const totals = emptyTotals();
  const amounts: store.NewAmounts = { ids: [], seqs: [], months: [], fen: [], persons: [], bases: [] };
  const left: store.ExceptionRow[] = [];
  const places = new Map<number, string>();
  // The rows of the household at hand: amounts up to here, bases from here to there.
  let [amount, first, next] = [0, 0, 0];
  const basisIn = (month: number): number => {
    for (let i = next - 1; i > first; i--) if (got.bases.readInt32BE(i * BASIS + 4) <= month) return i;
    return first;
  };
  const of: Computed = (month) => {
    const basis = basisIn(month);
    if (basis === next) return Number.NaN;
    if (got.bases.readInt32BE(basis * BASIS + 12) === 1) return undefined;
    const [row, column] = [got.rows[basis] as number, columns[month - e.window.first]];
    return row >= 0 && column ? column[row] : alone(e, month, inputs.get(sourceOf(got, basis)));
  };
  for (let n = 0; n < got.count; n++) {
    const at = n * HEAD;
    const open = got.heads.readInt32BE(at + 20);
    const span = { from: got.heads.readInt32BE(at + 16), end: open === 0 ? null : open };
    const have: AmountRow[] = [];
    for (; amount < got.amounts.length && got.amounts.readInt32BE(amount) === n; amount += AMOUNT)
      have.push({
        seq: got.amounts.readInt32BE(amount + 4),
        from: got.amounts.readInt32BE(amount + 8),
        persons: got.amounts.readInt32BE(amount + 12),
        fen: Number(got.amounts.readBigInt64BE(amount + 16)),
      });
    first = next;
    while (next < got.rows.length && got.bases.readInt32BE(next * BASIS) === n) next++;
    const p = plan(have, span, e.window, of);
    const township = got.heads.readInt32BE(at + 24);
    let place = places.get(township);
    if (place === undefined) {
      place = `${e.item} ${township}`;
      places.set(township, place);
    }
    count(totals, place, p, have, span, e.window, current);
    if (p.rows.length > 0) {
      const id = idOf(got, n);
      for (const row of p.rows) {
        amounts.ids.push(id);
        amounts.seqs.push(row.seq);
        amounts.months.push(monthText(row.from));
        amounts.fen.push(row.fen);
        amounts.persons.push(row.persons);
        // What stays as it was is not told as if the rules gave it (渐退).
        const basis = row.ruled ? basisIn(row.from) : next;
        amounts.bases.push(basis === next ? "NULL" : sourceOf(got, basis));
      }
    } else if (p.outcome !== "raise" && p.outcome !== "same") {
      const afterFen = Number.isNaN(p.ruled) ? null : p.ruled;
      left.push({ entitlementId: idOf(got, n), kind: p.outcome, beforeFen: p.before, afterFen });
    }
  }
  const last = got.count === 0 ? null : idOf(got, got.count - 1);
  return { households: got.count, totals, amounts, left, last };
}

/** By month and row: 分; 0 not eligible; NaN facts missing; null where columns cannot. */
function months(e: Engine, got: Read): (Float64Array | null)[] {
  const households = columnsOf(e.layout, got.members, got.facts);
  const { offsets, count } = households;
  return e.months.map(({ machine }) => {
    if (!machine) return null;
    const out = new Float64Array(count);
    if (count === 0) return out;
    const results = machine.evaluate(households);
    const eligible = results[e.outcome.eligible] as TypedResult;
    const amount = results[e.outcome.amount] as TypedResult;
    for (let h = 0; h < count; h++) {
      // A person's item says it of the member, and there is one.
      const y = eligible.entity === "家庭" ? h : (offsets[h] as number);
      const a = amount.entity === "家庭" ? h : (offsets[h] as number);
      if ((eligible.state?.[y] ?? 0) !== 0) out[h] = Number.NaN;
      else if (eligible.data[y] === 0) out[h] = 0;
      else out[h] = (amount.state?.[a] ?? 0) === 0 ? (amount.data[a] as number) : Number.NaN;
    }
    return out;
  });
}

/** One household by the rules themselves, where its facts fit no column. */
function alone(e: Engine, month: number, inputs: SituationInputs | undefined): number {
  if (!inputs) return Number.NaN;
  const { set } = e.months[month - e.window.first] as Engine["months"][number];
  try {
    return ruled({ set, outcome: e.outcome }, inputs, monthText(month));
  } catch {
    return Number.NaN;
  }
}
