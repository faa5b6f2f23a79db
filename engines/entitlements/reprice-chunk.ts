/** Some thousand households computed: read as columns, run through the rules of every month, planned. No writing. */
import type { Month } from "@wuxin/kernel";
import type { Database, Tx } from "@wuxin/platform";
import { type ColumnMachine, compileColumns, type RuleSet, type TypedResult } from "@wuxin/policy";
import { bringUp, inputsOf } from "./bases.ts";
import { columnsOf, fits, type Layout, layoutOf, type SituationInputs } from "./basis.ts";
import type { ItemRules, Repricing } from "./ports.ts";
import { type AmountRow, type Computed, monthText, type Plan, plan, type Window } from "./reprice-model.ts";
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
  for (let m = window.first; m <= window.last; m++)
    sets.push({ month: monthText(m), set: rules(monthText(m)).set });
  const { outcome } = rules(monthText(window.last));
  // The latest rules first: their facts are those that decisions keep.
  const layout = layoutOf(sets.toReversed().map((s) => s.set));
  const wanted = [outcome.eligible, outcome.amount];
  return {
    ...{ item, outcome, window, layout },
    months: sets.map(({ month, set }) => ({
      set,
      machine: fits(layout, set) ? compileColumns(set, { month, wanted }) : null,
    })),
  };
}

export interface Household {
  readonly id: string;
  readonly from: number;
  readonly end: number | null;
  /** Nine digits. */
  readonly township: string;
  readonly have: readonly AmountRow[];
  readonly plan: Plan;
  /** Of each row of the plan: the decision whose facts it came from. */
  readonly basisOf: (month: number) => string | undefined;
}
export interface Chunk {
  readonly households: readonly Household[];
  /** Null when there are no more. */
  readonly last: string | null;
}

interface Basis {
  readonly from: number;
  readonly frozen: boolean;
  readonly sourceId: string;
  /** Place among the columns; -1: to be decided one by one. */
  readonly row: number;
}
interface Read {
  readonly ids: string[];
  readonly heads: readonly { from: number; end: number | null; township: string }[];
  readonly amounts: readonly AmountRow[][];
  readonly bases: readonly Basis[][];
  readonly members: Int32Array;
  readonly facts: Buffer;
  readonly complete: boolean;
}

const hexAt = (b: Buffer, at: number): string => {
  const h = b.toString("hex", at, at + 16);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
};
const NOTHING = Buffer.alloc(0);
/** Bytes of a household's head: id, from, end, township. */
const HEAD = 28;

function taken(r: store.ChunkRecord, layout: string): Read {
  const heads = r.heads ?? NOTHING;
  const ids: string[] = [];
  const of: { from: number; end: number | null; township: string }[] = [];
  const amounts: AmountRow[][] = [];
  const bases: Basis[][] = [];
  for (let n = 0, at = 0; n < r.count; n++, at += HEAD) {
    ids.push(hexAt(heads, at));
    const end = heads.readInt32BE(at + 20);
    of.push({
      from: heads.readInt32BE(at + 16),
      end: end === 0 ? null : end,
      township: String(heads.readInt32BE(at + 24)),
    });
    amounts.push([]);
    bases.push([]);
  }
  const a = r.amounts ?? NOTHING;
  for (let at = 0; at < a.length; at += 24)
    amounts[a.readInt32BE(at)]?.push({
      seq: a.readInt32BE(at + 4),
      from: a.readInt32BE(at + 8),
      persons: a.readInt32BE(at + 12),
      fen: Number(a.readBigInt64BE(at + 16)),
    });
  const b = r.bases ?? NOTHING;
  const members = new Int32Array(b.length / 32);
  let rows = 0;
  for (let at = 0; at < b.length; at += 32) {
    const counted = b.readInt32BE(at + 8);
    bases[b.readInt32BE(at)]?.push({
      from: b.readInt32BE(at + 4),
      frozen: b.readInt32BE(at + 12) === 1,
      sourceId: hexAt(b, at + 16),
      row: counted === 0 ? -1 : rows,
    });
    if (counted > 0) members[rows++] = counted;
  }
  const complete = (r.layouts ?? []).every((l) => l === layout) && bases.every((x) => x.length > 0);
  return {
    ids,
    heads: of,
    amounts,
    bases,
    members: members.subarray(0, rows),
    facts: r.facts ?? NOTHING,
    complete,
  };
}

export interface Reader {
  readonly db: Database;
  readonly actor: Tx["actor"];
  readonly rules: Repricing;
  /** Households a piece. */
  readonly size: number;
}

/** The households behind an id, as they stand; `last` is null when there are none. */
export async function read(r: Reader, e: Engine, after: string) {
  const [first, last] = [monthText(e.window.first), monthText(e.window.last)];
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
    const span = { item: e.item, from: got.ids[0] as string, to: got.ids.at(-1) as string };
    await db.transact(actor, (t) => bringUp(t, rules, e.layout, span));
    got = taken((await read(r, e, standing.after)).record, e.layout.id);
  }
  const alone = e.months.some((m) => m.machine === null);
  const unfit = got.bases.flat().filter((b) => alone || b.row < 0);
  const inputs =
    unfit.length === 0
      ? new Map<string, SituationInputs>()
      : await db.read(actor, (t) =>
          inputsOf(
            t,
            rules,
            unfit.map((b) => b.sourceId),
          ),
        );
  return { households: planned(e, got, inputs), last: got.ids.at(-1) ?? null };
}

function planned(e: Engine, got: Read, inputs: ReadonlyMap<string, SituationInputs>): Household[] {
  const amounts = months(e, got);
  const first = e.window.first;
  return got.ids.map((id, n): Household => {
    const { from, end, township } = got.heads[n] as (typeof got.heads)[number];
    const have = got.amounts[n] as AmountRow[];
    const bases = got.bases[n] as Basis[];
    const basisIn = (month: number) => bases.findLast((b) => b.from <= month) ?? bases[0];
    const of: Computed = (month) => {
      const b = basisIn(month);
      if (!b) return Number.NaN;
      if (b.frozen) return undefined;
      const column = amounts[month - first];
      if (b.row >= 0 && column) return column[b.row];
      return alone(e, month, inputs.get(b.sourceId));
    };
    return {
      ...{ id, from, end, township, have },
      plan: plan(have, { from, end }, e.window, of),
      basisOf: (month) => basisIn(month)?.sourceId,
    };
  });
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
