import { addDays, addMonthsToDate, ageOn, monthsBetween } from "@wuxin/kernel";
import {
  add,
  compare,
  divide,
  multiply,
  type Num,
  negate,
  power,
  type RoundingMode,
  roundTo,
  subtract,
} from "../exact.ts";
import type { CompareOp } from "../feel/ast.ts";
import type { Aggregate, Scalar } from "../feel/ir.ts";

/** FEEL on known values: null in, null out, except for equality and the three-valued and/or. */

export function arithmetic(op: "+" | "-" | "*" | "/" | "modulo", a: Scalar, b: Scalar): Scalar {
  if (a === null || b === null) return null;
  const x = a as Num;
  const y = b as Num;
  switch (op) {
    case "+":
      return add(x, y);
    case "-":
      return subtract(x, y);
    case "*":
      return multiply(x, y);
    case "/":
      return divide(x, y);
    case "modulo": {
      const quotient = divide(x, y);
      return quotient === null ? null : subtract(x, multiply(roundTo(quotient, 1, "floor"), y));
    }
  }
}

export function minus(a: Scalar): Scalar {
  return a === null ? null : negate(a as Num);
}

export function absolute(a: Scalar): Scalar {
  return a === null ? null : compare(a as Num, 0) < 0 ? negate(a as Num) : a;
}

export function raised(a: Scalar, exponent: number): Scalar {
  return a === null ? null : power(a as Num, exponent);
}

export function rounded(a: Scalar, step: Num, mode: RoundingMode): Scalar {
  return a === null ? null : roundTo(a as Num, step, mode);
}

export function opposite(a: Scalar): boolean | null {
  return a === null ? null : a !== true;
}

export function compared(op: CompareOp, a: Scalar, b: Scalar): boolean | null {
  if (op === "=" || op === "!=") return same(a, b) === (op === "=");
  if (a === null || b === null) return null;
  const order =
    typeof a === "string" ? (a < (b as string) ? -1 : a === b ? 0 : 1) : compare(a as Num, b as Num);
  return op === "<" ? order < 0 : op === "<=" ? order <= 0 : op === ">" ? order > 0 : order >= 0;
}

function same(a: Scalar, b: Scalar): boolean {
  if (
    a === null ||
    b === null ||
    typeof a === "string" ||
    typeof a === "boolean" ||
    typeof b === "string" ||
    typeof b === "boolean"
  )
    return a === b;
  return compare(a, b) === 0;
}

/** An empty list has no sum, as in FEEL; a list with a null has none either. */
export function aggregated(fn: Aggregate, values: readonly Scalar[]): Scalar {
  if (fn === "count") return values.length;
  if (values.length === 0 || values.includes(null)) return null;
  const numbers = values as readonly Num[];
  if (fn === "min") return numbers.reduce((a, b) => (compare(b, a) < 0 ? b : a));
  if (fn === "max") return numbers.reduce((a, b) => (compare(b, a) > 0 ? b : a));
  const sum = numbers.reduce(add);
  return fn === "sum" ? sum : divide(sum, numbers.length);
}

export function datePart(part: "year" | "month" | "day", a: Scalar): Scalar {
  if (a === null) return null;
  const text = a as string;
  return Number(part === "year" ? text.slice(0, 4) : part === "month" ? text.slice(5, 7) : text.slice(8, 10));
}

/** Whole years, or the months left over, from one date to another; negative when the end is earlier. */
export function elapsed(part: "years" | "months", start: Scalar, end: Scalar): Scalar {
  if (start === null || end === null) return null;
  const [a, b] = [start as string, end as string];
  if (b < a) {
    const back = elapsed(part, b, a) as number;
    return back === 0 ? 0 : -back;
  }
  if (part === "years") return ageOn(a, b);
  const months = monthsBetween(a.slice(0, 7), b.slice(0, 7)) - (b.slice(8) < a.slice(8) ? 1 : 0);
  return months % 12;
}

export function shifted(a: Scalar, months: number, days: number): Scalar {
  if (a === null) return null;
  const date = a as string;
  return days !== 0 ? addDays(date, days) : addMonthsToDate(date, months);
}
