import { DomainError, isMonth, type Month } from "@wuxin/kernel";
import { type Column, evaluateBatch } from "../batch.ts";
import { toNumber } from "../exact.ts";
import type { InputFact, PlainValue, RuleSet, ValueType, Variable } from "../types.ts";
import {
  dateNumber,
  dateText,
  type FactColumn,
  factAt,
  type Numbers,
  shapeOf,
  type TypedHouseholds,
  typedColumn,
} from "./facts.ts";
import { type Generated, generate, type Output } from "./javascript.ts";
import { type Bound, CHUNK, loopOf } from "./loop.mjs";
import { Lowering } from "./lower.ts";
import { isConst, isInt, type Node, NotColumnar } from "./nodes.ts";
import { asRatio } from "./values.ts";

export { dateNumber, type FactColumn, type Numbers, type TypedHouseholds, typedColumn };

/** One variable of every household or member. Text is a place in `words`, a date yyyymmdd, yes/no 0 or 1. */
export interface TypedResult {
  readonly entity: "家庭" | "成员";
  readonly type: ValueType;
  readonly data: Uint8Array | Int32Array | Float64Array;
  /** 0 known, 1 undetermined, 2 null. Absent where all are known. */
  readonly state?: Uint8Array;
  readonly words?: readonly string[];
}

export interface ColumnMachine {
  readonly version: string;
  readonly month: Month;
  readonly wanted: readonly string[];
  /** Why the row machine computes all of it; absent where columns do. */
  reasonForRows(households: TypedHouseholds): string | undefined;
  /** The generated loops for columns of this shape. */
  source(households: TypedHouseholds): string;
  /** Arrays for the results of these households; `shared` makes them visible to other threads. */
  allocate(households: TypedHouseholds, shared?: boolean): Record<string, TypedResult>;
  /**
   * Computes households from `from` to before `to` (default all) into `into` (default new arrays).
   * @throws DomainError `policy-bad-fact`, `policy-no-members`, `policy-no-version`
   */
  evaluate(
    households: TypedHouseholds,
    into?: Record<string, TypedResult>,
    from?: number,
    to?: number,
  ): Record<string, TypedResult>;
  /** What other threads need to share the work; undefined where they cannot (`threads.ts`). */
  shareable(households: TypedHouseholds, into: Record<string, TypedResult>): Bound | undefined;
}

/**
 * The rules of one month as loops over typed columns: parameters folded in, exact whole numbers with guards, the same
 * answers as `decide`. Code is generated once for each shape of columns. Rows that the loops cannot do exactly (values
 * beyond the safe integers, more than 32 members, facts that do not fit) are computed by `evaluateBatch`.
 * @throws DomainError `policy-bad-month`, `policy-unknown-variable`
 */
export function compileColumns(
  ruleSet: RuleSet,
  request: { readonly month: Month; readonly wanted: readonly string[] },
): ColumnMachine {
  const { month, wanted } = request;
  if (!isMonth(month)) throw new DomainError("policy-bad-month", `“${month}”不是月份。请写成 2024-03。`);
  const variables = wanted.map((name) => {
    const v = ruleSet.variables.get(name);
    if (v) return v;
    throw new DomainError("policy-unknown-variable", `规则“${ruleSet.name}”里没有“${name}”。请检查名字。`);
  });
  const programs = new Map<string, Program | string>();
  const programFor = (households: TypedHouseholds): Program | string => {
    const columns = ruleSet.inputs.map((i) => columnOf(households, i));
    const arrays = columns.map((c) => c?.data);
    const shape = columns.map((c) => `${shapeOf(c)}@${c ? arrays.indexOf(c.data) : ""}`).join(" ");
    let program = programs.get(shape);
    if (program === undefined) {
      program = build(ruleSet, month, variables, households);
      programs.set(shape, program);
    }
    return program;
  };
  const allocate = (households: TypedHouseholds, shared = false) => {
    const program = programFor(households);
    const total = households.offsets[households.count] ?? 0;
    return Object.fromEntries(
      variables.map((v) => {
        const count = v.entity === "家庭" ? households.count : total;
        const make = (kind: ArrayKind) => newArray(kind, count, shared);
        const part = typeof program === "string" ? rowPart(v) : program.parts.get(v.name)!;
        const result: TypedResult = {
          entity: v.entity,
          type: v.type,
          data: make(part.kind),
          ...(part.state ? { state: make("Uint8Array") as Uint8Array } : {}),
          ...(part.words ? { words: part.words } : {}),
        };
        return [v.name, result];
      }),
    );
  };
  return {
    version: ruleSet.version,
    month,
    wanted,
    allocate,
    reasonForRows(households) {
      const program = programFor(households);
      return typeof program === "string" ? program : undefined;
    },
    source(households) {
      const program = programFor(households);
      return typeof program === "string" ? "" : program.code.source;
    },
    evaluate(households, into, from = 0, to = households.count) {
      const results = into ?? allocate(households);
      const program = programFor(households);
      const rows = (a: number, b: number) => byRows(ruleSet, month, variables, households, results, a, b);
      if (typeof program === "string") {
        rows(from, to);
        return results;
      }
      const bound = program.bind(households, results);
      const loop = loopOf(bound);
      for (let h = from; h < to; h += CHUNK) {
        const end = Math.min(to, h + CHUNK);
        if (loop(h, end) < 0) rows(h, end);
        else
          for (const [name, below] of bound.below) settle(results[name]!, below, households.offsets, h, end);
      }
      return results;
    },
    shareable(households, into) {
      const program = programFor(households);
      if (typeof program === "string") return undefined;
      const { below, ...bound } = program.bind(households, into);
      const arrays = [...bound.columns, ...bound.outputs, bound.offsets] as { buffer?: unknown }[];
      const shared = arrays.every((a) => a.buffer instanceof SharedArrayBuffer);
      return below.size === 0 && shared ? bound : undefined;
    },
  };
}

/** One value as `decide` gives it; undefined is undetermined. */
export function resultAt(column: TypedResult, index: number): PlainValue | undefined {
  const state = column.state?.[index] ?? 0;
  if (state !== 0) return state === 1 ? undefined : null;
  const n = column.data[index]!;
  if (column.type === "boolean") return n === 1;
  if (column.type === "text") return column.words![n]!;
  return column.type === "date" ? dateText(n) : n;
}

// ── inside ───────────────────────────────────────────────────────────────────

type ArrayKind = "Uint8Array" | "Int32Array" | "Float64Array";

interface Part {
  readonly kind: ArrayKind;
  readonly state: boolean;
  readonly words?: readonly string[];
}

/** Where an output of the loops goes: which array of which variable. */
interface Place {
  readonly name: string;
  readonly what: "data" | "state" | "below";
}

interface Program {
  readonly code: Generated;
  readonly parts: ReadonlyMap<string, Part>;
  bind(
    households: TypedHouseholds,
    results: Record<string, TypedResult>,
  ): Bound & { readonly below: ReadonlyMap<string, Float64Array> };
}

function columnOf(households: TypedHouseholds, input: InputFact): FactColumn | undefined {
  const columns = input.entity === "家庭" ? households.household : households.members;
  return Object.hasOwn(columns, input.name) ? columns[input.name] : undefined;
}

function newArray(kind: ArrayKind, count: number, shared: boolean): Uint8Array | Int32Array | Float64Array {
  const bytes = count * { Uint8Array: 1, Int32Array: 4, Float64Array: 8 }[kind];
  const buffer = shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  if (kind === "Uint8Array") return new Uint8Array(buffer);
  return kind === "Int32Array" ? new Int32Array(buffer) : new Float64Array(buffer);
}

/** Program, or why columns cannot do it. */
function build(
  ruleSet: RuleSet,
  month: Month,
  variables: readonly Variable[],
  households: TypedHouseholds,
): Program | string {
  try {
    return new Builder(ruleSet, month, variables, households).program();
  } catch (error) {
    if (error instanceof NotColumnar) return error.message;
    throw error;
  }
}

class Builder {
  private readonly lowering: Lowering;
  private readonly outputs: Output[] = [];
  private readonly variables: readonly Variable[];

  constructor(ruleSet: RuleSet, month: Month, variables: readonly Variable[], households: TypedHouseholds) {
    this.variables = variables;
    this.lowering = new Lowering(ruleSet, month, (input) => columnOf(households, input));
  }

  program(): Program {
    const { g, words } = this.lowering;
    const parts = new Map<string, Part>();
    /** Where each output goes: variable, and which of its arrays. */
    const places: Place[] = [];
    const put = (node: Node, v: Variable, what: Place["what"]) => {
      this.outputs.push({ node, member: v.entity === "成员" });
      places.push({ name: v.name, what });
    };
    for (const v of this.variables) {
      const value = this.lowering.variable(v);
      const state = g.add(value.unknown, g.add(value.none, value.none));
      const fraction = !(isConst(value.d) && value.d.lo === 1);
      if (fraction && v.type !== "number") throw new NotColumnar(`“${v.name}”没有取整`);
      const n = value.months ? undefined : value.n;
      if (!n) throw new NotColumnar(`“${v.name}”直接取一个按月记的日期`);
      put(n, v, "data");
      if (fraction) put(value.d, v, "below");
      if (state !== g.zero) put(state, v, "state");
      parts.set(v.name, {
        kind: fraction || !isInt(n) ? "Float64Array" : n.lo >= 0 && n.hi <= 255 ? "Uint8Array" : "Int32Array",
        state: state !== g.zero,
        ...(v.type === "text" ? { words } : {}),
      });
    }
    const code = generate(this.outputs, g.guards);
    return { code, parts, bind: (...args) => bind(code, places, ...args) };
  }
}

function bind(
  code: Generated,
  places: readonly Place[],
  households: TypedHouseholds,
  results: Record<string, TypedResult>,
): Bound & { readonly below: ReadonlyMap<string, Float64Array> } {
  const columns = code.columns.map((name) => {
    const state = name.endsWith("?");
    const plain = state ? name.slice(0, -1) : name;
    const column = households.household[plain] ?? households.members[plain]!;
    return state ? column.state! : column.data;
  });
  const below = new Map<string, Float64Array>();
  const outputs = places.map(({ name, what }) => {
    const result = results[name]!;
    if (what === "data") return result.data;
    if (what === "state") return result.state!;
    const array = new Float64Array(result.data.length);
    below.set(name, array);
    return array;
  });
  const { source, temps, marks } = code;
  return { source, columns, temps, outputs, offsets: households.offsets, marks, below };
}

/** Fractions, which only a `number` may be, as the nearest JavaScript number. */
function settle(
  result: TypedResult,
  below: Float64Array,
  offsets: Int32Array,
  from: number,
  to: number,
): void {
  const [a, b] = result.entity === "家庭" ? [from, to] : [offsets[from]!, offsets[to]!];
  for (let i = a; i < b; i++) {
    if ((result.state?.[i] ?? 0) === 0) result.data[i] = toNumber(asRatio(result.data[i]!, below[i]!));
  }
}

/** How results of the row machine are kept where there is no program to say it. */
function rowPart(v: Variable): Part {
  if (v.type === "boolean") return { kind: "Uint8Array", state: true };
  if (v.type === "text") return { kind: "Int32Array", state: true, words: [...(v.choices ?? [])] };
  return { kind: "Float64Array", state: true };
}

/** The same by `evaluateBatch`, for the households from `from` to before `to`. */
function byRows(
  ruleSet: RuleSet,
  month: Month,
  variables: readonly Variable[],
  households: TypedHouseholds,
  results: Record<string, TypedResult>,
  from: number,
  to: number,
): void {
  const start = households.offsets[from]!;
  const end = households.offsets[to]!;
  const columns = (entity: "家庭" | "成员"): Record<string, Column> =>
    Object.fromEntries(
      ruleSet.inputs.flatMap((input) => {
        const column = input.entity === entity ? columnOf(households, input) : undefined;
        if (!column) return [];
        const [a, b] = entity === "家庭" ? [from, to] : [start, end];
        return [[input.name, Array.from({ length: b - a }, (_, i) => factAt(column, input, a + i))]];
      }),
    );
  const batch = evaluateBatch(ruleSet, {
    month,
    wanted: variables.map((v) => v.name),
    households: {
      count: to - from,
      offsets: households.offsets.subarray(from, to + 1).map((o) => o - start),
      household: columns("家庭"),
      members: columns("成员"),
    },
  });
  for (const v of variables) {
    const result = results[v.name]!;
    const at = v.entity === "家庭" ? from : start;
    for (const [i, value] of batch.columns[v.name]!.values.entries()) put(result, at + i, value);
  }
}

function put(result: TypedResult, index: number, value: PlainValue | undefined): void {
  const state = value === undefined ? 1 : value === null ? 2 : 0;
  if (result.state) result.state[index] = state;
  else if (state !== 0) throw new Error("a value is missing where all were known");
  let n = 0;
  if (typeof value === "boolean") n = value ? 1 : 0;
  else if (typeof value === "number") n = value;
  else if (typeof value === "string") {
    if (result.type === "date") n = dateNumber(value);
    else {
      const words = result.words as string[];
      n = words.indexOf(value);
      if (n < 0) n = words.push(value) - 1;
    }
  }
  result.data[index] = n;
  if (result.data[index] !== n) {
    throw new DomainError("policy-number-too-large", "结果超出了这一列的范围。请检查填报的数。");
  }
}
