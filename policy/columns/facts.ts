import type { InputFact, PlainValue, ValueType } from "../types.ts";
import { NotColumnar } from "./nodes.ts";

/** Whole numbers in a row. Over a SharedArrayBuffer they serve several threads. */
export type Numbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Int32Array
  | Uint32Array
  | Float64Array;

/**
 * One fact of every household, or of every member. Money in 分; yes/no as 0 and 1; text as its place in `choices`;
 * a date as `yyyymmdd` (`dateNumber`), or with `monthsSince` as whole months since that month (its first day).
 */
export interface FactColumn {
  readonly data: Numbers;
  /** 0 recorded, 1 nobody recorded it, 2 known to be none (null). Without it all are recorded. */
  readonly state?: Uint8Array;
  /** A yes/no fact in this bit of `data`. */
  readonly bit?: number;
  /** A number with decimals: `data` ÷ `per`. */
  readonly per?: number;
  readonly monthsSince?: string;
}

/** Many households as typed columns: household `h` has the members from `offsets[h]` to before `offsets[h + 1]`. */
export interface TypedHouseholds {
  readonly count: number;
  /** `count + 1` entries, starting at 0. */
  readonly offsets: Int32Array;
  readonly household: Readonly<Record<string, FactColumn | undefined>>;
  readonly members: Readonly<Record<string, FactColumn | undefined>>;
}

/** One variable of every household or member. Text is a place in `words`, a date yyyymmdd, yes/no 0 or 1. */
export interface TypedResult {
  readonly entity: "家庭" | "成员";
  readonly type: ValueType;
  readonly data: Uint8Array | Int32Array | Float64Array;
  /** 0 known, 1 undetermined, 2 null. Absent where all are known. */
  readonly state?: Uint8Array;
  readonly words?: readonly string[];
}

/** `2024-03-01` → 20240301. */
export function dateNumber(date: string): number {
  return Number(date.slice(0, 4)) * 10_000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
}

/** 20240301 → `2024-03-01`. */
export function dateText(n: number): string {
  const text = String(n).padStart(8, "0");
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

export function monthIndex(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

/** Least and greatest number that the array can hold. */
export function rangeOf(data: Numbers): readonly [number, number] {
  if (data instanceof Uint8Array) return [0, 255];
  if (data instanceof Int8Array) return [-128, 127];
  if (data instanceof Uint16Array) return [0, 65_535];
  if (data instanceof Int16Array) return [-32_768, 32_767];
  if (data instanceof Int32Array) return [-(2 ** 31), 2 ** 31 - 1];
  if (data instanceof Uint32Array) return [0, 2 ** 32 - 1];
  return [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
}

/** The fact as a plain value; undefined when nobody recorded it. For the row machine. */
export function factAt(column: FactColumn, input: InputFact, index: number): PlainValue | undefined {
  const state = column.state?.[index] ?? 0;
  if (state === 1) return undefined;
  if (state === 2) return null;
  const n = column.data[index]!;
  switch (input.type) {
    case "boolean": {
      const b = column.bit === undefined ? n : (n >> column.bit) & 1;
      return b === 1 ? true : b === 0 ? false : n;
    }
    case "text":
      return input.choices?.[n] ?? String(n);
    case "date": {
      if (column.monthsSince === undefined) return dateText(n);
      const m = monthIndex(column.monthsSince) + n;
      return `${String(Math.floor(m / 12)).padStart(4, "0")}-${String((m % 12) + 1).padStart(2, "0")}-01`;
    }
    default:
      return column.per ? n / column.per : n;
  }
}

export function columnOf(households: TypedHouseholds, input: InputFact): FactColumn | undefined {
  const columns = input.entity === "家庭" ? households.household : households.members;
  return Object.hasOwn(columns, input.name) ? columns[input.name] : undefined;
}

/** What of a column decides the code: its shape, not its values. */
export function shapeOf(column: FactColumn | undefined): string {
  if (!column) return "-";
  const kind = column.data.constructor.name;
  return `${kind}${column.state ? "?" : ""}${column.bit ?? ""}/${column.per ?? ""}/${column.monthsSince ?? ""}`;
}

/** Plain values as a typed column, for callers that hold rows. */
export function typedColumn(input: InputFact, values: readonly (PlainValue | undefined)[]): FactColumn {
  const state = new Uint8Array(values.length);
  const numbers = values.map((v, i) => {
    if (v === undefined || v === null) {
      state[i] = v === null ? 2 : 1;
      return 0;
    }
    if (typeof v === "boolean") return v ? 1 : 0;
    if (typeof v === "number") return v;
    if (input.type === "date") return dateNumber(v);
    const at = input.choices?.indexOf(v) ?? -1;
    return at < 0 ? 255 : at;
  });
  const known = state.some((s) => s !== 0) ? { state } : {};
  if (input.type === "boolean" || input.type === "text") {
    if (input.type === "text" && (!input.choices || input.choices.length > 255))
      throw new NotColumnar(`“${input.name}”是没有 choices 的文字`);
    return { data: Uint8Array.from(numbers), ...known };
  }
  if (input.type === "date") return { data: Int32Array.from(numbers), ...known };
  if (input.type !== "number") {
    const small = numbers.every((n) => n >= -(2 ** 31) && n < 2 ** 31);
    return { data: small ? Int32Array.from(numbers) : Float64Array.from(numbers), ...known };
  }
  const per = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].find((p) =>
    numbers.every((n) => Number.isSafeInteger(Math.round(n * p)) && Math.round(n * p) / p === n),
  );
  if (per === undefined) throw new NotColumnar(`“${input.name}”的小数超过六位`);
  return { data: Float64Array.from(numbers, (n) => Math.round(n * per)), per, ...known };
}
