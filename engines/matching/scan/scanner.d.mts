export const UNIT: number;
export const RECORD: number;
export type Encoding = "utf-8" | "gb18030";
export type BrokenKey = "shape" | "check" | "excel" | "empty";

/** One figure to be taken from each watched row; columns are places in the file, -1 where it has none. */
export interface FactPlan {
  readonly op: "count" | "sum" | "max" | "min";
  readonly column: number;
  readonly type: string;
  readonly scale: number;
  readonly where: readonly { readonly column: number; readonly words: readonly Uint8Array[] }[];
}
export interface Layout {
  readonly encoding: Encoding;
  readonly delimiter: number;
  readonly columns: number;
  readonly keyColumn: number;
  readonly keyKind: "resident-id" | "uscc" | "name-birth";
  readonly facts: readonly FactPlan[];
  /** The declared columns' places in the file: what is kept of a watched row. */
  readonly kept: readonly number[];
}
export interface Table {
  readonly ids: SharedArrayBuffer;
  readonly people: SharedArrayBuffer;
  readonly mask: number;
  /** Who is perhaps in it, for the fast lane: see maybe.mjs. */
  readonly maybe: SharedArrayBuffer;
}
/** What every range of a file is read by. */
export interface Plan {
  readonly path: string;
  readonly layout: Layout;
  readonly table: Table | null;
  /** Text keys (codes, days of birth) to their place in the caller's list. */
  readonly keys: ReadonlyMap<string, number> | null;
}
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly guess: boolean;
  /** The buffers of a `Found` that nobody reads any more: of persons, values, kept, keptEnds. */
  readonly room?: readonly ArrayBuffer[] | undefined;
}
export interface Found {
  readonly first: number;
  readonly next: number;
  readonly rows: number;
  readonly broken: Readonly<Record<BrokenKey, number>>;
  readonly brokenAt: readonly { readonly row: number; readonly reason: BrokenKey }[];
  readonly misshapen: readonly ({ readonly row: number; readonly columns: number } | null)[];
  readonly unreadable: number;
  readonly fatal: { readonly code: "unclosed" | "truncated"; readonly row: number } | null;
  /** The four are views of longer buffers; what they hold is only lent to whoever is told of it. */
  readonly persons: Int32Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  readonly kept: Uint8Array<ArrayBuffer>;
  readonly keptEnds: Int32Array<ArrayBuffer>;
}
export function slotOf(high: number, low: number, mask: number): number;
export function fieldEnd(bytes: Buffer, p: number, limit: number, delimiter: number, gbPipe: boolean): number;
/** The fast lane: the module of passing.ts, instantiated over this memory. */
export interface Passing {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  run(
    row: number,
    stop: number,
    limit: number,
    delimiter: number,
    keyColumn: number,
    bits: number,
    mask: number,
  ): number;
}
export function compiled(bytes: Uint8Array<ArrayBuffer>): object;
export function passingOf(module: object): Passing;
export function createScanner(passing: Passing | null): {
  open(plan: Plan): void;
  scan(range: Range): Found;
};
