/** An aim in words. Pure. */
import { isWhole } from "@wuxin/gongwen";
import type { Aim, Comparator } from "./model.ts";

export const WORDS: Record<Comparator, string> = {
  "=": "",
  ">=": "不少于 ",
  "<=": "不超过 ",
  ">": "多于 ",
  "<": "少于 ",
  full: "全覆盖",
  rising: "稳中有升",
  falling: "持续下降",
  zero: "为零",
};

// Made once: a plan of a megabyte asks it a hundred thousand times.
const FORMAT = new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 2 });
export const number = (n: number) => FORMAT.format(n);

/** What is reckoned, not counted: whole where there is no part of one (人, 户, 张), else to two places. */
export const reckoned = (n: number, unit: string): number =>
  isWhole(unit) ? Math.round(n) : Math.round(n * 100) / 100;

export function aimText(a: Aim): string {
  if (a.value === null) return WORDS[a.comparator];
  const range = a.max === null ? "" : `—${number(a.max)}`;
  const from = a.from === null ? "" : `（由 ${number(a.from)}${a.unit}）`;
  return `${WORDS[a.comparator]}${number(a.value)}${range} ${a.unit}${from}`.trim();
}
