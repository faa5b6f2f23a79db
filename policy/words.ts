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
