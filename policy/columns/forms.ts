import type { Numbers } from "./facts.ts";
import { MOST_MEMBERS } from "./loop.mjs";
import { isInt, type Node } from "./nodes.ts";

/** How four rows of a value lie in a register: 32-bit whole numbers, all bits or none, or doubles in two registers. */
export type Form = "int" | "mask" | "wide";

export function formOf(n: Node): Form {
  if (["lt", "eq", "whole", "and", "or", "not", "bit"].includes(n.op)) return "mask";
  if (n.op === "sel" && n.lo >= 0 && n.hi <= 1) return "mask";
  if (n.op === "own" || n.op === "range") {
    const of = formOf(n.args[0]!);
    if (of === "mask") return "mask";
  }
  return isInt(n) ? "int" : "wide";
}

/** The value of each row, as a number where it must not be a mask, or the running totals. */
export type Use = "value" | "number" | "sum";

export function formFor(n: Node, use: Use): Form {
  if (use === "value") return formOf(n);
  return isInt(use === "sum" ? sumRange(n) : n) ? "int" : "wide";
}

function sumRange(n: Node): { lo: number; hi: number } {
  return { lo: Math.min(n.lo, n.lo * MOST_MEMBERS), hi: Math.max(n.hi, n.hi * MOST_MEMBERS) };
}

const ARRAYS = {
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Int32Array,
  Uint32Array,
  Float64Array,
};

export type ColumnKind = keyof typeof ARRAYS;

export function kindOf(data: Numbers): ColumnKind {
  return data.constructor.name as ColumnKind;
}

export function bytesOf(kind: ColumnKind): number {
  return ARRAYS[kind].BYTES_PER_ELEMENT;
}

export function arrayOver<K extends ColumnKind>(
  kind: K,
  buffer: ArrayBufferLike,
  at: number,
  length: number,
): InstanceType<(typeof ARRAYS)[K]> {
  return new ARRAYS[kind](buffer as ArrayBuffer, at, length) as InstanceType<(typeof ARRAYS)[K]>;
}
