import type { IsoDate, Month } from "@wuxin/kernel";
import { factAt } from "./columns/facts.ts";
import { compileColumns, resultAt, type TypedHouseholds, type TypedResult } from "./columns/index.ts";
import { decide } from "./decide.ts";
import type { Entity } from "./feel/names.ts";
import { parameterVersion, versionIn } from "./parameters.ts";
import type { Decision, Facts, FactValue, InputFact, PlainValue, RuleSet, Variable } from "./types.ts";
import { plain } from "./words.ts";

/** What is the same for every household: the rule of a step. */
export interface TraceRule {
  readonly variable: string;
  readonly entity: Entity;
  readonly formulaText: string;
  readonly since: IsoDate;
  readonly article?: string;
  readonly rounding?: string;
  /** Facts and variables whose values stand in `uses` of each step, in this order. */
  readonly reads: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly document?: string;
    readonly since: IsoDate;
    readonly unverified: boolean;
    /** By choice and part; money in 分. */
    readonly values: Readonly<Record<string, PlainValue>>;
  }[];
}

export interface TraceStep {
  /** Index into `rules`. */
  readonly rule: number;
  readonly member?: number;
  /** Undefined: undetermined. */
  readonly value: PlainValue | undefined;
  readonly uses: readonly (PlainValue | undefined)[];
}

/** One household's way to its results, without the words: they are made by `words` when somebody reads. */
export interface Trace {
  readonly version: string;
  readonly month: Month;
  readonly results: Readonly<Record<string, PlainValue | undefined>>;
  readonly memberResults: Readonly<Record<string, readonly (PlainValue | undefined)[]>>;
  readonly steps: readonly TraceStep[];
}

export interface Traces {
  readonly rules: readonly TraceRule[];
  /** The trace of household `h`. */
  at(h: number): Trace;
  /** The full decision of household `h`, in words, with what is missing: the same as `decide` gives. */
  words(h: number): Decision;
}

/**
 * Explained decisions of many households: every variable that the wanted ones stand on, with its value, what it read,
 * its formula, article and parameters with their documents. Values come from the columnar machine.
 * @throws DomainError as `compileColumns` does
 */
export function traceColumns(
  ruleSet: RuleSet,
  request: {
    readonly month: Month;
    readonly wanted: readonly string[];
    readonly households: TypedHouseholds;
  },
): Traces {
  const { month, wanted, households } = request;
  const order = below(ruleSet, month, wanted);
  const machine = compileColumns(ruleSet, { month, wanted: order.map((v) => v.name) });
  const columns = machine.evaluate(households);
  const inputs = new Map(ruleSet.inputs.map((i) => [i.name, i]));
  const rules = order.map((v) => ruleOf(ruleSet, v, month, inputs));
  const readers = rules.map((rule, i) =>
    rule.reads.map((name) => reader(name, order[i]!.entity === "成员", inputs, columns, households)),
  );
  const values = order.map((v) => columns[v.name]!);
  const shown = wanted.map((name) => ({ name, column: columns[name]! }));
  const { offsets } = households;
  return {
    rules,
    at(h) {
      const start = offsets[h]!;
      const end = offsets[h + 1]!;
      const steps: TraceStep[] = [];
      for (let i = 0; i < values.length; i++) {
        const column = values[i]!;
        const reads = readers[i]!;
        if (column.entity === "家庭") {
          const uses = new Array<PlainValue | undefined>(reads.length);
          for (let k = 0; k < reads.length; k++) uses[k] = reads[k]!(h, h);
          steps.push({ rule: i, value: resultAt(column, h), uses });
          continue;
        }
        for (let p = start; p < end; p++) {
          const uses = new Array<PlainValue | undefined>(reads.length);
          for (let k = 0; k < reads.length; k++) uses[k] = reads[k]!(p, h);
          steps.push({ rule: i, member: p - start, value: resultAt(column, p), uses });
        }
      }
      const results: Record<string, PlainValue | undefined> = {};
      const memberResults: Record<string, (PlainValue | undefined)[]> = {};
      for (const { name, column } of shown) {
        if (column.entity === "家庭") results[name] = resultAt(column, h);
        else {
          const list: (PlainValue | undefined)[] = [];
          for (let p = start; p < end; p++) list.push(resultAt(column, p));
          memberResults[name] = list;
        }
      }
      return { version: ruleSet.version, month, results, memberResults, steps };
    },
    words(h) {
      const facts = (entity: Entity, index: number): Facts => {
        const held: Record<string, FactValue> = {};
        for (const input of ruleSet.inputs) {
          const column = (entity === "家庭" ? households.household : households.members)[input.name];
          if (input.entity !== entity || !column) continue;
          const value = factAt(column, input, index);
          if (value !== undefined) held[input.name] = { value };
        }
        return held;
      };
      const members = Array.from({ length: offsets[h + 1]! - offsets[h]! }, (_, i) =>
        facts("成员", offsets[h]! + i),
      );
      return decide(ruleSet, { month, wanted, household: facts("家庭", h), members });
    },
  };
}

/** The wanted variables and all they stand on, each after what it reads. */
function below(ruleSet: RuleSet, month: Month, wanted: readonly string[]): Variable[] {
  const order: Variable[] = [];
  const seen = new Set<string>();
  const visit = (name: string) => {
    const v = ruleSet.variables.get(name);
    if (!v || seen.has(name)) return;
    seen.add(name);
    for (const used of versionIn(v.versions, month)?.uses ?? []) visit(used);
    order.push(v);
  };
  for (const name of wanted) visit(name);
  return order;
}

function ruleOf(
  ruleSet: RuleSet,
  v: Variable,
  month: Month,
  inputs: ReadonlyMap<string, InputFact>,
): TraceRule {
  const version = versionIn(v.versions, month)!;
  const entityOf = (name: string) => inputs.get(name)?.entity ?? ruleSet.variables.get(name)?.entity;
  return {
    variable: v.name,
    entity: v.entity,
    formulaText: version.text,
    since: version.since,
    ...(v.reference ? { article: v.reference } : {}),
    ...(v.round ? { rounding: v.round } : {}),
    // A household reads its members through lists: their values stand in the members' own steps.
    reads: version.uses.filter((name) => {
      const entity = entityOf(name);
      return entity !== undefined && (entity === "家庭" || v.entity === "成员");
    }),
    parameters: version.uses.flatMap((name) => {
      const p = ruleSet.parameters.get(name);
      if (!p) return [];
      const held = parameterVersion(p, month);
      const values = Object.fromEntries(
        [...held.values].map(([k, x]) => [k.replaceAll("\u0000", "·"), plain(x)]),
      );
      const { since, unverified, document } = held;
      return [{ name, since, unverified, values, ...(document ? { document } : {}) }];
    }),
  };
}

/** Reads one name's value for a row of this entity and its household. */
function reader(
  name: string,
  forMember: boolean,
  inputs: ReadonlyMap<string, InputFact>,
  columns: Readonly<Record<string, TypedResult>>,
  households: TypedHouseholds,
): (row: number, household: number) => PlainValue | undefined {
  const input = inputs.get(name);
  if (!input) {
    const column = columns[name]!;
    return forMember && column.entity === "成员"
      ? (row) => resultAt(column, row)
      : (_row, h) => resultAt(column, h);
  }
  const column = (input.entity === "家庭" ? households.household : households.members)[name];
  if (!column) return () => input.unrecorded;
  const member = forMember && input.entity === "成员";
  const { data, bit, state } = column;
  if (!state && input.type === "boolean" && bit !== undefined)
    return member ? (row) => ((data[row]! >> bit) & 1) === 1 : (_row, h) => ((data[h]! >> bit) & 1) === 1;
  if (!state && (input.type === "money" || input.type === "integer"))
    return member ? (row) => data[row]! : (_row, h) => data[h]!;
  return (row, h) => factAt(column, input, member ? row : h) ?? input.unrecorded;
}
