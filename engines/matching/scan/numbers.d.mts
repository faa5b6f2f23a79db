export function numberIn(
  bytes: Uint8Array,
  from: number,
  to: number,
  type: string,
  scale: number,
  decoder: TextDecoder,
): number;
export function numberOf(text: string, scale: number): number;
/** yyyymmdd, or NaN. */
export function dayOf(text: string): number;
