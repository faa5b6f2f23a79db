/** What somebody has begun to type, kept in the tab until it is sent: closing a drawer or reloading loses nothing. */
import type { Values } from "@wuxin/declare/fields";

const PREFIX = "wuxin.typed.";

export function readKept(key: string): Values | null {
  const text = sessionStorage.getItem(PREFIX + key);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Values;
  } catch {
    return null;
  }
}
export function keep(key: string, values: Values): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(values));
  } catch {
    // A full store must not stop anybody from typing.
  }
}
export const forget = (key: string): void => sessionStorage.removeItem(PREFIX + key);
