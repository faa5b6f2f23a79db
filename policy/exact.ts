import { DomainError } from "@wuxin/kernel";

/**
 * Exact numbers. A law's amount is never a binary fraction: 0.1 + 0.2 is 0.3 here, and a third stays a third until
 * the rule says how to round it. Safe integers stay plain numbers (the common and fast case); everything else is a
 * fraction in lowest terms.
 */
export interface Fraction {
  readonly n: bigint;
  /** At least 2, or the numerator is beyond the safe integers. */
  readonly d: bigint;
}
export type Num = number | Fraction;

/** How a fraction becomes a whole number of its step. `half_up` rounds ties away from zero, as FEEL does. */
export type RoundingMode = "half_up" | "up" | "down" | "floor" | "ceiling" | "half_down" | "half_even";

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** No rule needs numbers of more than 1,024 bits; without a limit a chain of powers would exhaust the machine. */
const LARGEST = 1n << 1024n;

function big(a: Num): Fraction {
  return typeof a === "number" ? { n: BigInt(a), d: 1n } : a;
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** A fraction in lowest terms, as a plain number where it is a safe integer. `d` must not be zero. */
export function ratio(n: bigint, d: bigint): Num {
  if (n > LARGEST || n < -LARGEST || d > LARGEST || d < -LARGEST) {
    throw new DomainError(
      "policy-number-too-large",
      "计算中的数太大或小数位太多。请检查公式，先取整再继续算。",
    );
  }
  const sign = d < 0n ? -1n : 1n;
  const divisor = gcd(n, d * sign) || 1n;
  const top = (n * sign) / divisor;
  const bottom = (d * sign) / divisor;
  if (bottom === 1n && top <= SAFE && top >= -SAFE) return Number(top);
  return { n: top, d: bottom };
}

export function add(a: Num, b: Num): Num {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const x = big(a);
  const y = big(b);
  return ratio(x.n * y.d + y.n * x.d, x.d * y.d);
}

export function negate(a: Num): Num {
  return typeof a === "number" ? 0 - a : ratio(-a.n, a.d);
}

export function subtract(a: Num, b: Num): Num {
  return add(a, negate(b));
}

export function multiply(a: Num, b: Num): Num {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
  }
  // A whole amount times a small fraction (20%, 1.3) usually comes out whole: no big integers needed then.
  const whole = typeof a === "number" ? a : typeof b === "number" ? b : undefined;
  const part = typeof a === "number" ? b : a;
  if (
    whole !== undefined &&
    typeof part === "object" &&
    part.d < 1_000_000n &&
    part.n < SAFE &&
    part.n > -SAFE
  ) {
    const top = whole * Number(part.n);
    const bottom = Number(part.d);
    if (Number.isSafeInteger(top) && top % bottom === 0) return top / bottom === 0 ? 0 : top / bottom;
  }
  const x = big(a);
  const y = big(b);
  return ratio(x.n * y.n, x.d * y.d);
}

/** Null when the divisor is zero, as in FEEL. */
export function divide(a: Num, b: Num): Num | null {
  if (b === 0) return null;
  if (typeof a === "number" && typeof b === "number") {
    const whole = a / b;
    if (Number.isSafeInteger(whole) && whole * b === a) return whole === 0 ? 0 : whole;
  }
  const x = big(a);
  const y = big(b);
  return ratio(x.n * y.d, x.d * y.n);
}

/** Negative, zero or positive, as a − b is. */
export function compare(a: Num, b: Num): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const x = big(a);
  const y = big(b);
  const difference = x.n * y.d - y.n * x.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** `base ** exponent` for a whole exponent ≥ 0. */
export function power(base: Num, exponent: number): Num {
  let result: Num = 1;
  for (let i = 0; i < exponent; i++) result = multiply(result, base);
  return result;
}

function roundWhole(n: bigint, d: bigint, mode: RoundingMode): bigint {
  const quotient = n / d; // toward zero
  const rest = n % d;
  if (rest === 0n) return quotient;
  const away = n < 0n ? quotient - 1n : quotient + 1n;
  if (mode === "down") return quotient;
  if (mode === "up") return away;
  if (mode === "floor") return n < 0n ? away : quotient;
  if (mode === "ceiling") return n < 0n ? quotient : away;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice > d) return away;
  if (twice < d) return quotient;
  if (mode === "half_even") return quotient % 2n === 0n ? quotient : away;
  return mode === "half_up" ? away : quotient;
}

/** The multiple of `step` that `mode` gives: `roundTo(12345, 100, "up")` is 12400. */
export function roundTo(a: Num, step: Num, mode: RoundingMode): Num {
  if (typeof a === "number" && typeof step === "number")
    return step === 1 ? a : roundedQuotient(a, step, mode) * step;
  const x = big(a);
  const s = big(step);
  return multiply(ratio(roundWhole(x.n * s.d, x.d * s.n, mode), 1n), step);
}

/**
 * a ÷ b as a whole number, for whole a and b within the safe integers; b must not be zero. The remainder of two safe
 * integers is exact, so this needs no big integers.
 */
export function roundedQuotient(a: number, b: number, mode: RoundingMode): number {
  const rest = a % b;
  const quotient = (a - rest) / b; // toward zero
  if (rest === 0) return quotient === 0 ? 0 : quotient;
  const negative = a < 0 !== b < 0;
  const away = quotient + (negative ? -1 : 1);
  const twice = Math.abs(rest) * 2;
  const size = Math.abs(b);
  let result: number;
  if (mode === "down") result = quotient;
  else if (mode === "up") result = away;
  else if (mode === "floor") result = negative ? away : quotient;
  else if (mode === "ceiling") result = negative ? quotient : away;
  else if (twice !== size) result = twice > size ? away : quotient;
  else if (mode === "half_even") result = quotient % 2 === 0 ? quotient : away;
  else result = mode === "half_up" ? away : quotient;
  return result === 0 ? 0 : result;
}

/** Exact value of a decimal written as text (`"-12.50"`, `"1e3"`); null when it is not one. */
export function parseDecimal(text: string): Num | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text.replaceAll("_", "").trim());
  if (!match || `${match[2]}${match[3] ?? ""}` === "" || text.length > 60) return null;
  const fraction = match[3] ?? "";
  const digits = BigInt(`${match[2]}${fraction}`) * (match[1] === "-" ? -1n : 1n);
  const exponent = Number(match[4] ?? 0) - fraction.length;
  return exponent >= 0
    ? ratio(digits * 10n ** BigInt(exponent), 1n)
    : ratio(digits, 10n ** BigInt(-exponent));
}

/** Exact value of a finite JavaScript number by its shortest decimal text. */
export function fromNumber(value: number): Num {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  const parsed = parseDecimal(String(value));
  if (parsed === null) throw new RangeError(`not a finite number: ${value}`);
  return parsed;
}

/** Nearest JavaScript number: for JSON and for showing, never for further arithmetic. */
export function toNumber(a: Num): number {
  if (typeof a === "number") return a;
  const scale = 10n ** 15n;
  const whole = a.n / a.d;
  if (whole > SAFE || whole < -SAFE) return Number(a.n) / Number(a.d);
  return Number(whole) + Number(((a.n % a.d) * scale) / a.d) / 1e15;
}

export function isWhole(a: Num): boolean {
  return typeof a === "number" || a.d === 1n;
}

/** Decimal text with at most `places` decimals, trailing zeros cut; rounded half up when it does not end. */
export function decimalText(a: Num, places = 6): string {
  const scaled = big(roundTo(multiply(a, 10 ** places), 1, "half_up")).n;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const rest = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${scaled < 0n ? "-" : ""}${whole}${rest ? `.${rest}` : ""}`;
}
