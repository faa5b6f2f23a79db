/**
 * Who enters, leaves, gains or loses by a changed standard, and what it costs: the rules of a month with and without it,
 * on the inputs stored with each last decision. Pure but for the pauses between chunks, so that the server goes on serving.
 */
import { setImmediate as pause } from "node:timers/promises";
import { type Fen, fen, type Month } from "@wuxin/kernel";
import {
  type ColumnMachine,
  compileColumns,
  decide,
  type Facts,
  type InputFact,
  type PlainValue,
  type RuleSet,
  resultAt,
  type TypedHouseholds,
  typedColumn,
} from "@wuxin/policy";
import type { SituationInputs } from "./ports.ts";

export interface Outcome {
  /** What the rules read as yes or no, and as the amount a month. */
  readonly eligible: string;
  /** A recognition has none. */
  readonly amount?: string;
}
/** The variables to ask for. */
export const wantedFor = (o: Outcome, more: readonly string[] = []): string[] => [
  ...new Set([o.eligible, ...(o.amount === undefined ? [] : [o.amount]), ...more]),
];
/** 分 a month; null when facts are missing. */
export type Computed = number | null;
/** The rules that hold in a month. */
export type RulesIn = (month: Month) => RuleSet;

const CHUNK = 500;

/** Of each month one amount for each situation, in their order. */
export async function amounts(
  rules: RulesIn,
  outcome: Outcome,
  months: readonly Month[],
  situations: readonly SituationInputs[],
): Promise<ReadonlyMap<Month, readonly Computed[]>> {
  const wanted = wantedFor(outcome);
  const machines = months.map((month) => compileColumns(rules(month), { month, wanted }));
  const out = new Map(months.map((m) => [m, [] as Computed[]]));
  for (let at = 0; at < situations.length; at += CHUNK) {
    const chunk = situations.slice(at, at + CHUNK);
    // Most months have one rule set: its columns are laid out once.
    const typed = new Map<RuleSet, TypedHouseholds>();
    for (const machine of machines) {
      const set = rules(machine.month);
      let drawn: Computed[];
      try {
        const columns = typed.get(set) ?? columnsOf(set, chunk);
        typed.set(set, columns);
        drawn = together(machine, outcome, columns);
      } catch {
        // A fact of one household does not fit these rules: that one is unknown, not all of them.
        drawn = chunk.map((s) => alone(set, outcome, machine.month, s));
      }
      out.get(machine.month)?.push(...drawn);
      await pause();
    }
  }
  return out;
}

function columnsOf(set: RuleSet, situations: readonly SituationInputs[]): TypedHouseholds {
  const offsets = new Int32Array(situations.length + 1);
  situations.forEach((s, i) => {
    offsets[i + 1] = (offsets[i] ?? 0) + s.members.length;
  });
  const of = (entity: InputFact["entity"], facts: readonly Facts[]) =>
    Object.fromEntries(
      set.inputs
        .filter((i) => i.entity === entity)
        .map((i) => [
          i.name,
          typedColumn(
            i,
            facts.map((f) => f[i.name]?.value),
          ),
        ]),
    );
  return {
    count: situations.length,
    offsets,
    household: of(
      "家庭",
      situations.map((s) => s.household),
    ),
    members: of(
      "成员",
      situations.flatMap((s) => s.members),
    ),
  };
}

function together(machine: ColumnMachine, o: Outcome, households: TypedHouseholds): Computed[] {
  const results = machine.evaluate(households);
  return Array.from({ length: households.count }, (_, i) => {
    const value = (name: string | undefined): PlainValue | undefined => {
      // A recognition: nothing is drawn of it.
      if (name === undefined) return 0;
      const column = results[name];
      return column && resultAt(column, column.entity === "家庭" ? i : (households.offsets[i] ?? 0));
    };
    return drawn(value(o.eligible), value(o.amount));
  });
}

function alone(set: RuleSet, o: Outcome, month: Month, s: SituationInputs): Computed {
  try {
    const d = decide(set, {
      month,
      wanted: wantedFor(o),
      household: s.household,
      members: s.members,
    });
    const value = (name: string | undefined): PlainValue | undefined => {
      if (name === undefined) return 0;
      const r = d.results[name] ?? d.memberResults[name]?.[0];
      return r?.known ? r.value : undefined;
    };
    return drawn(value(o.eligible), value(o.amount));
  } catch {
    return null;
  }
}

/** Nothing is drawn by whom the rules refuse. */
function drawn(eligible: PlainValue | undefined, amount: PlainValue | undefined): Computed {
  if (eligible === false) return 0;
  return eligible === true && typeof amount === "number" ? amount : null;
}

export type Change = "gain" | "lose" | "leave" | "enter" | "same" | "unknown";

export function changeOf(before: Computed, after: Computed): Exclude<Change, "enter"> {
  if (before === null || after === null) return "unknown";
  if (after === before) return "same";
  if (after === 0) return "leave";
  return after > before ? "gain" : "lose";
}

/** One household or person whom the change touches. */
export interface Touched {
  readonly item: string;
  readonly id: string;
  readonly kind: "entitlement" | "case";
  readonly name: string;
  readonly townshipCode: string;
  readonly divisionCode: string;
  readonly change: Change;
  readonly beforeFen: Computed;
  readonly afterFen: Computed;
  /** What is in force; differs from `beforeFen` where a household has not been recomputed since an earlier change. */
  readonly paidFen: number | null;
}

export interface Tally {
  households: number;
  gain: number;
  lose: number;
  leave: number;
  enter: number;
  same: number;
  unknown: number;
  beforeFen: Fen;
  afterFen: Fen;
  /** A month, of those who would newly qualify. */
  enterFen: Fen;
}
export const emptyTally = (): Tally => ({
  ...{ households: 0, gain: 0, lose: 0, leave: 0, enter: 0, same: 0, unknown: 0 },
  ...{ beforeFen: fen(0), afterFen: fen(0), enterFen: fen(0) },
});

/** Whoever may newly qualify is no cost before he asks: counted apart. */
export function count(tally: Tally, t: Touched): void {
  tally[t.change]++;
  if (t.change === "enter") {
    tally.enterFen = fen(tally.enterFen + (t.afterFen ?? 0));
    return;
  }
  tally.households++;
  if (t.change === "unknown") return;
  tally.beforeFen = fen(tally.beforeFen + (t.beforeFen ?? 0));
  tally.afterFen = fen(tally.afterFen + (t.afterFen ?? 0));
}
