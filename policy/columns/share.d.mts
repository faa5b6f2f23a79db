import type { Bound } from "./loop.mjs";

export const STATE: Readonly<Record<"idle" | "working" | "done" | "failed" | "unneeded", number>>;

export function shareOut(bound: Bound, next: Int32Array, tripped: Uint8Array, count: number): void;
