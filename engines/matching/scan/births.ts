/** Days of birth that are written for one another: which days lie near one, and what went wrong, in words. */
import { addDays, type IsoDate, isIsoDate } from "@wuxin/kernel";

const compact = (d: IsoDate): string => d.replaceAll("-", "");
const iso = (d: string): IsoDate => `${d.slice(0, 4)}-${d.slice(4, 6)}-${d.slice(6)}`;

/** Digits changed round, a digit one too high or too low; of the year only the last two. */
const SLIPS: readonly [words: string, of: (d: string) => string][] = [
  ["月和日颠倒", (d) => d.slice(0, 4) + d.slice(6) + d.slice(4, 6)],
  ...[2, 4, 6].map((at): [string, (d: string) => string] => [
    "有两位数字颠倒",
    (d) => d.slice(0, at) + d[at + 1] + d[at] + d.slice(at + 2),
  ]),
  ...[2, 3, 5, 6, 7].flatMap((at) =>
    [-1, 1].map((by): [string, (d: string) => string] => [
      "有一位数字不同",
      (d) => d.slice(0, at) + (Number(d[at]) + by) + d.slice(at + 1),
    ]),
  ),
];

/** Compact days (yyyymmdd) under which a person born on `day` may stand in a list, with the reason; the day itself first. */
export function birthsNear(day: IsoDate): ReadonlyMap<string, string> {
  const near = new Map([[compact(day), ""]]);
  const add = (d: string, words: string) => {
    if (/^\d{8}$/.test(d) && isIsoDate(iso(d)) && !near.has(d)) near.set(d, words);
  };
  for (const by of [-1, 1]) add(compact(addDays(day, by)), "差一天");
  for (const [words, of] of SLIPS) add(of(compact(day)), words);
  return near;
}
