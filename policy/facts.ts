import { DomainError, isIsoDate } from "@wuxin/kernel";
import { fromNumber } from "./exact.ts";
import type { Scalar } from "./feel/ir.ts";
import type { FactValue, InputFact } from "./types.ts";

/**
 * A recorded fact as the machines want it; undefined when nobody recorded it. Null counts as recorded only where the
 * input is declared nullable (死亡日期: none).
 * @throws DomainError `policy-bad-fact` when the value does not fit the declaration
 */
export function checkedFact(
  input: InputFact,
  given: FactValue | undefined,
  member?: number,
): Scalar | undefined {
  const recorded = given?.value;
  const value =
    recorded === undefined || (recorded === null && !input.nullable) ? input.unrecorded : recorded;
  if (value === undefined) return undefined;
  if (value === null) return null;
  const refuse = (message: string): never => {
    const who = member === undefined ? "" : `第 ${member + 1} 位成员的`;
    throw new DomainError("policy-bad-fact", `${who}“${input.label}”${message}`, {
      field: input.name,
      details: { member },
    });
  };
  switch (input.type) {
    case "boolean":
      return typeof value === "boolean" ? value : refuse("应当填是或否。");
    case "date":
      return typeof value === "string" && isIsoDate(value)
        ? value
        : refuse("不是有效日期，请写成 2024-03-01。");
    case "text":
      if (typeof value !== "string") return refuse("应当填文字。");
      if (input.choices && !input.choices.includes(value))
        return refuse(`“${value}”不在可选值里，可选：${input.choices.join("、")}。`);
      return value;
    case "money":
    case "integer":
      if (typeof value !== "number" || !Number.isSafeInteger(value)) {
        return refuse(input.type === "money" ? "应当是整数分。" : "应当是整数。");
      }
      return inRange(input, value, refuse);
    case "number":
      if (typeof value !== "number" || !Number.isFinite(value)) return refuse("应当是数。");
      inRange(input, value, refuse);
      return fromNumber(value);
  }
}

function inRange(input: InputFact, value: number, refuse: (message: string) => never): number {
  const show = (n: number) => (input.type === "money" ? `${n / 100} 元` : String(n));
  if (input.min !== undefined && value < input.min) return refuse(`不能小于 ${show(input.min)}。`);
  if (input.max !== undefined && value > input.max) return refuse(`不能大于 ${show(input.max)}。`);
  return value === 0 ? 0 : value;
}
