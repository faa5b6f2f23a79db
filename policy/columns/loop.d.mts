import type { Temp } from "./javascript.ts";

export const CHUNK: number;
export const MOST_MEMBERS: number;

export const HELPERS: {
  whole(n: number): number;
  addDays(date: number, days: number): number;
  addMonths(date: number, months: number): number;
  monthsLeft(a: number, b: number): number;
  best(
    values: ArrayLike<number>,
    keep: ArrayLike<number> | undefined,
    from: number,
    to: number,
    sign: number,
  ): number;
};

/** Generated code and the arrays it works on; can be sent to another thread when they are shared. */
export interface Bound {
  readonly source: string;
  readonly columns: readonly ArrayLike<number>[];
  readonly temps: readonly Temp[];
  readonly outputs: readonly ArrayLike<number>[];
  readonly offsets: Int32Array;
  readonly marks: boolean;
}

export function loopOf(bound: Bound): (from: number, to: number) => number;
