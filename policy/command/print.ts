import { divide, type Num } from "../exact.ts";
import type { Scalar } from "../feel/ir.ts";
import type { ValueType } from "../types.ts";
import type { Unit } from "../units.ts";
import { moneyText, valueText } from "../words.ts";

/** A parameter's value in its own unit: 700.00, 30, 是. */
export function printScalar(value: Scalar, type: ValueType, unit: Unit | undefined): string {
  if (type === "money") return moneyText(value as number);
  if (type === "number" && unit && value !== null)
    return valueText(divide(value as Num, unit.factor) as Scalar, "number", undefined);
  return valueText(value, type, undefined);
}
