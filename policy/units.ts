import { type Num, ratio } from "./exact.ts";

/** Powers of what a number measures. 人、套、次、岁、% are counts and have none. */
export interface Dims {
  readonly yuan: number;
  readonly month: number;
  readonly year: number;
  readonly day: number;
}

/** A unit as written (元/月, %, 岁): its dimensions and how many base units one of it is. Base of money is 分. */
export interface Unit {
  readonly text: string;
  readonly dims: Dims;
  readonly factor: Num;
}

export const COUNT: Dims = { yuan: 0, month: 0, year: 0, day: 0 };

const COUNTS = ["倍", "岁", "周岁", "人", "户", "套", "辆", "次", "个", "级", "分", "平方米", "个月"];
/** A map, not an object: 元/constructor is no unit. */
const ATOMS = new Map<string, { dims: Partial<Dims>; factor: Num }>([
  ["元", { dims: { yuan: 1 }, factor: 100 }],
  ["万元", { dims: { yuan: 1 }, factor: 1_000_000 }],
  ["月", { dims: { month: 1 }, factor: 1 }],
  ["年", { dims: { year: 1 }, factor: 1 }],
  ["天", { dims: { day: 1 }, factor: 1 }],
  ["日", { dims: { day: 1 }, factor: 1 }],
  ["%", { dims: {}, factor: ratio(1n, 100n) }],
  ...COUNTS.map((word) => [word, { dims: {}, factor: 1 }] as const),
]);

/** Units that may be written, for messages. */
export const UNIT_WORDS = "元、万元、元/月、元/年、月、年、天、%、倍、岁、人、户、套、辆、次、个";

/** Null when the text is not a unit. 个月 reads as 月. */
export function parseUnit(text: string): Unit | null {
  const [head, ...divisors] = text.replaceAll("个月", "月").replace(/^每/, "").split("/");
  const dims = { ...COUNT } as { -readonly [K in keyof Dims]: number };
  let factor: Num = 1;
  for (const [i, word] of [head ?? "", ...divisors].entries()) {
    const atom = ATOMS.get(word);
    if (!atom) return null;
    for (const key of ["yuan", "month", "year", "day"] as const)
      dims[key] += (atom.dims[key] ?? 0) * (i === 0 ? 1 : -1);
    if (i === 0) factor = atom.factor;
    else if (atom.factor !== 1) return null;
  }
  return { text, dims, factor };
}

export function sameDims(a: Dims, b: Dims): boolean {
  return a.yuan === b.yuan && a.month === b.month && a.year === b.year && a.day === b.day;
}

export function combineDims(a: Dims, b: Dims, sign: 1 | -1): Dims {
  return {
    yuan: a.yuan + sign * b.yuan,
    month: a.month + sign * b.month,
    year: a.year + sign * b.year,
    day: a.day + sign * b.day,
  };
}

/** "元/月", "元", "月", or "无单位". */
export function dimsText(d: Dims): string {
  const names: [keyof Dims, string][] = [
    ["yuan", "元"],
    ["month", "月"],
    ["year", "年"],
    ["day", "天"],
  ];
  const part = (sign: 1 | -1) =>
    names.flatMap(([key, word]) => Array.from({ length: Math.max(0, d[key] * sign) }, () => word));
  const over = part(1).join("·");
  const under = part(-1).join("/");
  if (!over && !under) return "无单位";
  return under ? `${over || "1"}/${under}` : over;
}
