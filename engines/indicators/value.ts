/** Figures → values: exact fractions, rounded once, half away from zero, to the declared decimals. */
import type { IndicatorDefinition } from "@wuxin/declare";
import { addMonths, type Month } from "@wuxin/kernel";
import type { Figure } from "./batch.ts";
import { type Atom, atomOf, isParameter, measuresOf } from "./measure.ts";

export interface Value {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
}
export const NOTHING: Value = { value: null, numerator: null, denominator: null };

interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** 0.01 → 1/100; a declaration's factor as it is written. */
export function fraction(x: number): Fraction {
  const [whole = "0", decimals = ""] = String(x).split(".");
  return { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) };
}

const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
const over = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d, d: a.d * b.n });
const minus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });

export function round(f: Fraction, decimals: number): number {
  const scale = 10n ** BigInt(decimals);
  const negative = f.n < 0n !== f.d < 0n;
  const [n, d] = [f.n < 0n ? -f.n : f.n, f.d < 0n ? -f.d : f.d];
  const rounded = (2n * n * scale + d) / (2n * d);
  const value = Number(rounded) / Number(scale);
  return negative && value !== 0 ? -value : value;
}

const asFraction = (f: Figure): Fraction => ({ n: BigInt(f.total), d: BigInt(f.divide) });
const plain = (f: Fraction): number => Number(f.n) / Number(f.d);

/** The mean of nothing is nothing. */
function measured(f: Figure): Fraction | undefined {
  const total = asFraction(f);
  if (f.count === undefined) return total;
  return f.count === 0 ? undefined : over(total, { n: BigInt(f.count), d: 1n });
}

export interface Sources {
  readonly figure: (a: Atom, month: Month) => Figure | undefined;
  readonly parameter: (name: string, month: Month) => number | null;
}

export const lastYearEnd = (month: Month): Month => `${Number(month.slice(0, 4)) - 1}-12`;

/** An indicator in a month. A ratio over nothing has no value, its two parts are still told. */
export function evaluate(d: IndicatorDefinition, month: Month, from: Sources): Value {
  const { measure } = d;
  if ("difference" in measure) {
    const m = measure.difference;
    if (isParameter(m)) return NOTHING;
    const atom = atomOf(m, d.kind);
    const [now, then] = [from.figure(atom, month), from.figure(atom, lastYearEnd(month))];
    const [a, b] = [now && measured(now), then && measured(then)];
    return a && b ? { ...NOTHING, value: round(minus(a, b), d.decimals) } : NOTHING;
  }
  if ("ratio" in measure) {
    const [a, b] = measuresOf(d).map((m) => partOf(m, d.kind, month, from));
    if (!a || !b) return NOTHING;
    const parts = { numerator: plain(a), denominator: plain(b) };
    return b.n === 0n
      ? { value: null, ...parts }
      : { value: round(over(times(a, fraction(measure.times)), b), d.decimals), ...parts };
  }
  const part = partOf(measure, d.kind, month, from);
  if (!part) return NOTHING;
  const figure = isParameter(measure) ? undefined : from.figure(atomOf(measure, d.kind), month);
  return {
    value: round(part, d.decimals),
    numerator: figure?.count === undefined ? null : plain(asFraction(figure)),
    denominator: figure?.count ?? null,
  };
}

function partOf(
  m: Parameters<typeof isParameter>[0],
  kind: Atom["kind"],
  month: Month,
  from: Sources,
): Fraction | undefined {
  if (isParameter(m)) {
    const value = from.parameter(m.latestParameter, month);
    return value === null ? undefined : over(fraction(value), fraction(m.divide ?? 1));
  }
  const figure = from.figure(atomOf(m, kind), month);
  return figure && measured(figure);
}

/** Twelve months ending with this one. */
export const yearTo = (month: Month): Month[] =>
  Array.from({ length: 12 }, (_, i) => addMonths(month, i - 11));
