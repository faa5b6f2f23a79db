/**
 * The facts of a decision as whole numbers in a fixed order, so that a county is computed again in seconds. Pure.
 * Each number is 4 bytes, high byte first: the household's facts, then those of each member.
 */
import { createHash } from "node:crypto";
import {
  dateNumber,
  type FactColumn,
  type Facts,
  type InputFact,
  type RuleSet,
  type TypedHouseholds,
} from "@wuxin/policy";

/** What was given to the rules when a household was decided. */
export interface SituationInputs {
  readonly household: Facts;
  readonly members: readonly Facts[];
  /** The applicant first. */
  readonly persons?: readonly { readonly personId: string; readonly name: string }[];
}

export interface Layout {
  readonly id: string;
  readonly household: readonly InputFact[];
  readonly members: readonly InputFact[];
}

const NOT_RECORDED = -(2 ** 31);
const NONE = NOT_RECORDED + 1;
const LEAST = NONE + 1;
const MOST = 2 ** 31 - 1;
/** Numbers with decimals are kept in ten-thousandths. */
const PER = 10_000;

type Inputs = Pick<RuleSet, "inputs">;
const sameInput = (a: InputFact, b: InputFact) =>
  a.type === b.type && JSON.stringify(a.choices ?? []) === JSON.stringify(b.choices ?? []);

/**
 * Which fact stands where, for rules that may ask other facts in other months: all of them. Other inputs, other choices or
 * another order make another layout.
 */
export function layoutOf(sets: readonly Inputs[]): Layout {
  const inputs: InputFact[] = [];
  for (const i of sets.flatMap((s) => s.inputs))
    if (!inputs.some((x) => x.name === i.name && x.entity === i.entity)) inputs.push(i);
  const of = (entity: "家庭" | "成员") => inputs.filter((i) => i.entity === entity);
  const [household, members] = [of("家庭"), of("成员")];
  const said = [household, members].map((list) => list.map((i) => [i.name, i.type, i.choices ?? []]));
  const id = createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 16);
  return { id, household, members };
}

/** Whether rules can be computed from a layout: a fact of the same name must mean the same. */
export const fits = (layout: Layout, set: Inputs): boolean =>
  set.inputs.every((i) =>
    (i.entity === "家庭" ? layout.household : layout.members).some(
      (x) => x.name === i.name && sameInput(x, i),
    ),
  );

export interface Encoded {
  readonly members: number;
  readonly facts: Buffer;
}
/** `members` 0: a fact does not fit the rules of today. */
export const UNFIT: Encoded = { members: 0, facts: Buffer.alloc(0) };

export function encode(layout: Layout, inputs: SituationInputs): Encoded {
  const numbers: number[] = [];
  for (const input of layout.household) numbers.push(numberOf(input, inputs.household));
  for (const member of inputs.members)
    for (const input of layout.members) numbers.push(numberOf(input, member));
  if (inputs.members.length === 0 || numbers.some(Number.isNaN)) return UNFIT;
  const facts = Buffer.alloc(numbers.length * 4);
  for (const [i, n] of numbers.entries()) facts.writeInt32BE(n, i * 4);
  return { members: inputs.members.length, facts };
}

/** NaN where the value does not fit; the same tests as the rules make (`checkedFact`). */
function numberOf(input: InputFact, facts: Facts): number {
  const value = Object.hasOwn(facts, input.name) ? facts[input.name]?.value : undefined;
  if (value === undefined || (value === null && !input.nullable)) return NOT_RECORDED;
  if (value === null) return NONE;
  switch (input.type) {
    case "boolean":
      return typeof value === "boolean" ? Number(value) : Number.NaN;
    case "text": {
      const at = typeof value === "string" ? (input.choices?.indexOf(value) ?? -1) : -1;
      return at < 0 || at > 254 ? Number.NaN : at;
    }
    case "date":
      return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? dateNumber(value) : Number.NaN;
    default: {
      if (typeof value !== "number" || value < (input.min ?? -Infinity) || value > (input.max ?? Infinity))
        return Number.NaN;
      const n = input.type === "number" ? value * PER : value;
      return Number.isInteger(n) && n >= LEAST && n <= MOST ? n : Number.NaN;
    }
  }
}

/** Many encoded situations, one after another, as the columns that `compileColumns` computes with. */
export function columnsOf(layout: Layout, members: Int32Array, facts: Buffer): TypedHouseholds {
  const count = members.length;
  const offsets = new Int32Array(count + 1);
  for (let h = 0; h < count; h++) offsets[h + 1] = (offsets[h] as number) + (members[h] as number);
  const total = offsets[count] as number;
  const [wide, narrow] = [layout.household.length, layout.members.length];
  // The place of each household's first number, and of each member's.
  const starts = new Int32Array(count);
  const memberStarts = new Int32Array(total);
  for (let h = 0, at = 0, m = 0; h < count; h++) {
    starts[h] = at;
    at += wide;
    for (let i = 0; i < (members[h] as number); i++, at += narrow) memberStarts[m++] = at;
  }
  const numbers = numbersOf(facts);
  const columns = (inputs: readonly InputFact[], from: Int32Array) =>
    Object.fromEntries(inputs.map((input, k) => [input.name, column(input, numbers, from, k)]));
  return {
    count,
    offsets,
    household: columns(layout.household, starts),
    members: columns(layout.members, memberStarts),
  };
}

/** High byte first, as the database has it, into the machine's own order. */
function numbersOf(facts: Buffer): Int32Array {
  const own = Buffer.from(facts);
  if (NATIVE_LITTLE) own.swap32();
  return new Int32Array(own.buffer, own.byteOffset, own.length / 4);
}
const NATIVE_LITTLE = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

function column(input: InputFact, numbers: Int32Array, from: Int32Array, k: number): FactColumn {
  const small = input.type === "boolean" || input.type === "text";
  const data = small ? new Uint8Array(from.length) : new Int32Array(from.length);
  const state = new Uint8Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const n = numbers[(from[i] as number) + k] as number;
    if (n >= LEAST) data[i] = n;
    else state[i] = n === NONE ? 2 : 1;
  }
  return { data, state, ...(input.type === "number" ? { per: PER } : {}) };
}
