import { DomainError, isMonth, type Month } from "@wuxin/kernel";
import type { PlainValue, RuleSet } from "../types.ts";
import { type ArrayKind, build, newArray, type Program, rowPart, settle } from "./build.ts";
import {
  columnOf,
  dateNumber,
  dateText,
  type FactColumn,
  type Numbers,
  shapeOf,
  type TypedHouseholds,
  type TypedResult,
  typedColumn,
} from "./facts.ts";
import { type Bound, CHUNK, loopOf } from "./loop.mjs";
import { ColumnMemory } from "./memory.ts";
import { byRows } from "./rows.ts";
import { isShared } from "./webassembly.ts";

export {
  ColumnMemory,
  dateNumber,
  type FactColumn,
  type Numbers,
  type TypedHouseholds,
  type TypedResult,
  typedColumn,
};

export interface ColumnMachine {
  readonly version: string;
  readonly month: Month;
  readonly wanted: readonly string[];
  /** Why the row machine computes all of it; absent where columns do. */
  reasonForRows(households: TypedHouseholds): string | undefined;
  /** Bytes of the generated code for columns of this shape; 0 where rows do it. */
  codeBytes(households: TypedHouseholds): number;
  /** Arrays for the results of these households, if need be visible to other threads. */
  allocate(households: TypedHouseholds, where?: "shared" | ColumnMemory): Record<string, TypedResult>;
  /**
   * Computes households from `from` to before `to` (default all) into `into` (default new arrays).
   * @throws DomainError `policy-bad-fact`, `policy-no-members`, `policy-no-version`, `policy-short-column`
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

/** Households among which the one that trips a guard is no longer looked for. */
const FEW = 4;

/**
 * The rules of one month as WebAssembly over typed columns: parameters folded in, exact whole numbers with guards, the
 * same answers as `decide`. Code is generated once for each shape of columns. Households that it cannot do exactly
 * (values beyond the safe integers, more than 32 members, facts that do not fit) are computed by `evaluateBatch`, and so
 * is everything where there is no WebAssembly with vectors.
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
  const allocate = (households: TypedHouseholds, where?: "shared" | ColumnMemory) => {
    const program = programFor(households);
    const total = households.offsets[households.count] ?? 0;
    return Object.fromEntries(
      variables.map((v) => {
        const count = v.entity === "家庭" ? households.count : total;
        const make = (kind: ArrayKind) => newArray(kind, count, where);
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
    codeBytes(households) {
      const program = programFor(households);
      return typeof program === "string" ? 0 : program.code.bytes;
    },
    evaluate(households, into, from = 0, to = households.count) {
      const results = into ?? allocate(households);
      const program = programFor(households);
      checkLengths(ruleSet, households, results);
      const left: number[] = [];
      const leave = (a: number, b: number) => {
        for (let h = a; h < b; h++) left.push(h);
      };
      if (typeof program === "string") leave(from, to);
      else {
        const bound = program.bind(households, results);
        const loop = loopOf(bound);
        // Where a guard tripped, halves are tried until the few households are found that columns cannot do.
        const compute = (a: number, b: number): void => {
          if (loop(a, b) >= 0) {
            for (const [name, below] of bound.below) settle(results[name]!, below, households.offsets, a, b);
          } else if (b - a <= FEW) leave(a, b);
          else {
            const middle = a + ((b - a) >> 1);
            compute(a, middle);
            compute(middle, b);
          }
        };
        for (let h = from; h < to; h += CHUNK) compute(h, Math.min(to, h + CHUNK));
      }
      byRows(ruleSet, month, variables, households, results, left);
      return results;
    },
    shareable(households, into) {
      const program = programFor(households);
      if (typeof program === "string") return undefined;
      checkLengths(ruleSet, households, into);
      const { below, ...bound } = program.bind(households, into);
      const shared = [...bound.inputs, ...bound.outputs].every(({ array }) => isShared(array));
      return below.size === 0 && shared ? bound : undefined;
    },
  };
}

/** Every column and result has an entry for each household, or member. */
function checkLengths(
  ruleSet: RuleSet,
  households: TypedHouseholds,
  results: Readonly<Record<string, TypedResult>>,
): void {
  const { count, offsets } = households;
  const check = (name: string, array: Numbers | undefined, needed: number) => {
    if (array && array.length < needed)
      throw new DomainError(
        "policy-short-column",
        `“${name}”只有 ${array.length} 个值，应当有 ${needed} 个。请补齐这一列。`,
      );
  };
  check("offsets", offsets, count + 1);
  const rows = (entity: string) => (entity === "家庭" ? count : offsets[count]!);
  for (const input of ruleSet.inputs) {
    const column = columnOf(households, input);
    check(input.name, column?.data, rows(input.entity));
    check(input.name, column?.state, rows(input.entity));
  }
  for (const [name, result] of Object.entries(results)) {
    check(name, result.data, rows(result.entity));
    check(name, result.state, rows(result.entity));
  }
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
