import type { Bound } from "./loop.mjs";

export function shareOut(bound: Bound, control: Int32Array, tripped: Uint8Array, count: number): void;
