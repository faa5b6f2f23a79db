import { formatDateChinese, formatYuan } from "@wuxin/kernel";
import { decimalText, multiply, type Num, toNumber } from "./exact.ts";
import type { Scalar } from "./feel/ir.ts";
import type { PlainValue, ValueType } from "./types.ts";

/** A value as people read it: "560.00 元", "3 人", "20%", "是", "2024年3月1日", "无". */
export function valueText(value: Scalar, type: ValueType, unit?: string): string {
  if (value === null) return "无";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "string") return type === "date" ? formatDateChinese(value) : value;
  if (type === "money") return `${moneyText(value)} 元`;
  if (unit === "%") return `${decimalText(multiply(value, 100))}%`;
  const digits = decimalText(value);
  return unit ? `${digits} ${unit.replace(/^月$/, "个月")}` : digits;
}

/** Whole 分 as `1,234.56`; a fraction of a 分 (before rounding) with up to six decimals. */
export function moneyText(amount: Num): string {
  return typeof amount === "number" ? formatYuan(amount) : decimalText(multiply(amount, { n: 1n, d: 100n }));
}

/** What goes into JSON. */
export function plain(value: Scalar): PlainValue {
  return typeof value === "object" && value !== null ? toNumber(value) : value;
}

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\s*(?:!=)\s*true\b/g, "为否"],
  [/\s*(?:!=)\s*false\b/g, "为是"],
  [/\s*=\s*true\b/g, "为是"],
  [/\s*=\s*false\b/g, "为否"],
  [/\s*!=\s*null\b/g, "有记录"],
  [/\s*=\s*null\b/g, "没有记录"],
  [/\s+between\s+(\S+)\s+and\s+(\S+)/g, "在 $1 到 $2 之间"],
  [/\bnot\s*\(\s*([^()\s]+)\s*\)/g, "没有“$1”的情形"],
  [/\bnot\s*\(/g, "并非("],
  [/\s*!=\s*/g, "不是"],
  [/\s*<=\s*/g, "不超过"],
  [/\s*>=\s*/g, "不低于"],
  [/\s*<\s*/g, "低于"],
  [/\s*>\s*/g, "高于"],
  [/\s*=\s*/g, "是"],
  [/\s+and\s+/g, "，并且"],
  [/\s+or\s+/g, "，或者"],
  [/\s+in\s+/g, "属于"],
  [/\s*\*\s*/g, " × "],
];

/** A condition of a rule as people read it: 家庭月人均收入低于低保标准; what it has no words for stays as written. */
export function conditionText(source: string): string {
  return source
    .trim()
    .split(/("[^"]*")/)
    .map((part) =>
      part.startsWith('"')
        ? `“${part.slice(1, -1)}”`
        : SIGNS.reduce((text, [sign, word]) => text.replace(sign, word), part),
    )
    .join("");
}
