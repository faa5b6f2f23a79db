import type { Month } from "@wuxin/kernel";
import { toNumber } from "../exact.ts";
import type { RuleSet, Variable } from "../types.ts";
import { columnOf, type Numbers, type TypedHouseholds, type TypedResult } from "./facts.ts";
import { arrayOver, bytesOf, kindOf } from "./forms.ts";
import type { Bound, BoundArray } from "./loop.mjs";
import { Lowering } from "./lower.ts";
import { type ColumnMemory, memoryOf, SCRATCH_BYTES } from "./memory.ts";
import { isConst, isInt, type Node, NotColumnar } from "./nodes.ts";
import { type Generated, generate, type Output } from "./program.ts";
import { asRatio } from "./values.ts";

export type ArrayKind = "Uint8Array" | "Int32Array" | "Float64Array";

export interface Part {
  readonly kind: ArrayKind;
  readonly state: boolean;
  readonly words?: readonly string[];
}

/** Where an output of the loops goes: which array of which variable. */
interface Place {
  readonly name: string;
  readonly what: "data" | "state" | "below";
}

export interface Program {
  readonly code: Generated;
  readonly parts: ReadonlyMap<string, Part>;
  bind(
    households: TypedHouseholds,
    results: Record<string, TypedResult>,
  ): Bound & { readonly below: ReadonlyMap<string, Float64Array> };
}

export function newArray(kind: ArrayKind, count: number, where: "shared" | ColumnMemory | undefined) {
  if (where !== undefined && where !== "shared") return where.array(kind, count);
  const bytes = count * bytesOf(kind);
  const visible = where === "shared" && typeof SharedArrayBuffer === "function";
  return arrayOver(kind, visible ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes), 0, count);
}

/** Program, or why columns cannot do it. */
export function build(
  ruleSet: RuleSet,
  month: Month,
  variables: readonly Variable[],
  households: TypedHouseholds,
): Program | string {
  try {
    return new Builder(ruleSet, month, variables, households).program();
  } catch (error) {
    if (error instanceof NotColumnar) return error.message;
    // Formula upon formula, deeper than the stack: the machines recurse along them.
    if (error instanceof RangeError) return new NotColumnar("公式一层套一层，太深").message;
    throw error;
  }
}

class Builder {
  private readonly lowering: Lowering;
  private readonly outputs: Output[] = [];
  private readonly variables: readonly Variable[];
  private readonly households: TypedHouseholds;

  constructor(ruleSet: RuleSet, month: Month, variables: readonly Variable[], households: TypedHouseholds) {
    this.variables = variables;
    this.households = households;
    this.lowering = new Lowering(ruleSet, month, (input) => columnOf(households, input));
  }

  program(): Program {
    const { g, words } = this.lowering;
    const parts = new Map<string, Part>();
    /** Where each output goes: variable, and which of its arrays. */
    const places: Place[] = [];
    const put = (node: Node, v: Variable, what: Place["what"], kind: ArrayKind) => {
      this.outputs.push({ node, member: v.entity === "成员", kind });
      places.push({ name: v.name, what });
    };
    for (const v of this.variables) {
      const value = this.lowering.variable(v);
      const state = g.add(value.unknown, g.add(value.none, value.none));
      const fraction = !(isConst(value.d) && value.d.lo === 1);
      if (fraction && v.type !== "number") throw new NotColumnar(`“${v.name}”没有取整`);
      const n = value.months ? undefined : value.n;
      if (!n) throw new NotColumnar(`“${v.name}”直接取一个按月记的日期`);
      const small = n.lo >= 0 && n.hi <= 255 ? "Uint8Array" : "Int32Array";
      const kind = fraction || !isInt(n) ? "Float64Array" : small;
      put(n, v, "data", kind);
      if (fraction) put(value.d, v, "below", "Float64Array");
      if (state !== g.zero) put(state, v, "state", "Uint8Array");
      parts.set(v.name, {
        kind,
        state: state !== g.zero,
        ...(v.type === "text" ? { words } : {}),
      });
    }
    const code = generate(this.outputs, g.guards, (name) => {
      const { array, member } = columnNamed(this.households, name);
      return { kind: kindOf(array), member };
    });
    // Refused here, if at all, and not in the middle of a county.
    code.module(memoryOf(this.households.offsets)?.shared ?? false);
    return { code, parts, bind: (...args) => bind(code, places, ...args) };
  }
}

function bind(
  code: Generated,
  places: readonly Place[],
  households: TypedHouseholds,
  results: Record<string, TypedResult>,
): Bound & { readonly below: ReadonlyMap<string, Float64Array> } {
  const memory = memoryOf(households.offsets);
  const inPlace = memory && code.scratchBytes <= SCRATCH_BYTES ? memory : undefined;
  const place = (array: Numbers, member: boolean, at: { place: number; entry: number }): BoundArray => ({
    array,
    ...(inPlace && array.buffer === inPlace.memory.buffer ? { at: array.byteOffset } : {}),
    bytes: array.BYTES_PER_ELEMENT,
    member,
    more: 0,
    ...at,
  });
  const below = new Map<string, Float64Array>();
  const outputs = code.outputs.map(({ member, place: at }, i) => {
    const { name, what } = places[i]!;
    const result = results[name]!;
    const entry = { place: at, entry: 1 + i };
    if (what === "data") return place(result.data, member, entry);
    if (what === "state") return place(result.state!, member, entry);
    const array = new Float64Array(result.data.length);
    below.set(name, array);
    return place(array, member, entry);
  });
  const inputs = code.inputs.map(({ name, member, place: at }, i) =>
    place(columnNamed(households, name).array, member, { place: at, entry: 1 + outputs.length + i }),
  );
  const offsets = place(households.offsets, false, { place: code.offsetsPlace, entry: 0 });
  return {
    module: code.module(inPlace?.shared ?? false),
    ...(inPlace ? { memory: inPlace.memory } : {}),
    scratch: 0,
    scratchBytes: code.scratchBytes,
    offsets: households.offsets,
    members: households.offsets[households.count] ?? 0,
    inputs: [{ ...offsets, more: 1 }, ...inputs],
    outputs,
    below,
  };
}

/** `x`, or `x?` for the state of `x`. */
function columnNamed(households: TypedHouseholds, name: string): { array: Numbers; member: boolean } {
  const state = name.endsWith("?");
  const plain = state ? name.slice(0, -1) : name;
  const own = Object.hasOwn(households.household, plain) ? households.household[plain] : undefined;
  const column = own ?? households.members[plain]!;
  return { array: state ? column.state! : column.data, member: !own };
}

/** Fractions, which only a `number` may be, as the nearest JavaScript number. */
export function settle(
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
export function rowPart(v: Variable): Part {
  if (v.type === "boolean") return { kind: "Uint8Array", state: true };
  if (v.type === "text") return { kind: "Int32Array", state: true, words: [...(v.choices ?? [])] };
  return { kind: "Float64Array", state: true };
}
