import type { BrokenKey } from "./scanner.mjs";
export function cleaned(text: string): string;
export function packId(typed: string): { high: number; low: number } | BrokenKey;
export function keyFromText(
  kind: string,
  bytes: Uint8Array,
  from: number,
  to: number,
  decoder: TextDecoder,
): { high: number; low: number } | { text: string } | BrokenKey;
