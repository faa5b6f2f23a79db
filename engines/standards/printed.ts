/** Values of a standard as the documents print them. Pure. */
import { formatYuan } from "@wuxin/kernel";
import type { Parameter, ParameterVersion } from "@wuxin/policy";

type Scalar = ParameterVersion["values"] extends ReadonlyMap<string, infer V> ? V : never;

/** A whole number, or a fraction as the rules keep it. */
function amount(value: Exclude<Scalar, string | boolean | null>): number {
  return typeof value === "number" ? value : Number(value.n) / Number(value.d);
}

/** Digits in the standard's own unit: 70000 分 of 元/月 → `700`, a fifth of % → `20`. */
export function printed(p: Pick<Parameter, "unit">, value: Scalar): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return String(value);
  const factor = p.unit ? amount(p.unit.factor) : 1;
  return String(Number((amount(value) / factor).toFixed(8)));
}

/** As people read it: `700.00 元/月`, `20%`, `是`. */
export function inWords(p: Pick<Parameter, "unit" | "type">, value: Scalar): string {
  if (value === null) return "无";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "string") return value;
  if (p.type === "money") return `${formatYuan(Math.round(amount(value)))} ${p.unit?.text ?? "元"}`;
  const digits = printed(p, value);
  if (!p.unit) return digits;
  return p.unit.text === "%" ? `${digits}%` : `${digits} ${p.unit.text.replace(/^月$/, "个月")}`;
}

/** For a chart: 分 for money, the printed digits else; null where it is no number. */
export function figureOf(p: Pick<Parameter, "unit" | "type">, value: Scalar): number | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return null;
  return p.type === "money" ? Math.round(amount(value)) : Number(printed(p, value));
}
