import { toHalfWidth } from "./text.ts";

/** Digits only, without +86, spaces or hyphens: "+86 138-0000-1234" → "13800001234". Other text comes back bare. */
export function normalizePhone(text: string): string {
  return toHalfWidth(text)
    .replace(/[\s-]/g, "")
    .replace(/^(\+86|0086)/, "");
}

/** A mainland mobile number: 11 digits beginning 13–19, as typed. */
export function isMobilePhone(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(normalizePhone(text));
}
