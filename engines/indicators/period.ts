/** Months put together: what an indicator says of a span of them. */
import type { IndicatorDefinition } from "@wuxin/declare";
import type { Month } from "@wuxin/kernel";
import { NOTHING, type Value } from "./value.ts";

export interface MonthValue extends Value {
  readonly month: Month;
  /** Version of the snapshot it was read from; null: counted now, the month is not frozen. */
  readonly version: number | null;
  /** Of a figure that was corrected after it was frozen: the reason, and by whom. */
  readonly why?: string;
}

const scaled = (values: readonly number[], decimals: number): number => {
  const scale = 10 ** decimals;
  return values.reduce((sum, v) => sum + Math.round(v * scale), 0) / scale;
};
const known = (values: readonly (number | null)[]): number[] => values.filter((v) => v !== null);

/** Its months make up their span together; of what is a state at its end the last month says all. */
export const putTogether = ({ kind, measure }: IndicatorDefinition): boolean =>
  kind === "flow" && !("difference" in measure || "latestParameter" in measure);

/**
 * A stock is that of the last month. A flow is added up, a rate or a mean over the span from the sums of its two parts,
 * never as a mean of monthly rates. What is counted in rounded units (万元) is the sum of the monthly figures, as a
 * bureau adds up its monthly returns.
 */
export function overMonths(d: IndicatorDefinition, months: readonly Value[]): Value {
  const last = months.at(-1);
  if (!last) return NOTHING;
  const { measure } = d;
  if (!putTogether(d)) return last;
  if (!("ratio" in measure || "mean" in measure)) {
    const values = known(months.map((m) => m.value));
    return values.length === 0 ? NOTHING : { ...NOTHING, value: scaled(values, d.decimals) };
  }
  const numerator = scaled(known(months.map((m) => m.numerator)), 2);
  const denominator = scaled(known(months.map((m) => m.denominator)), 2);
  const times = "ratio" in measure ? measure.times : 1;
  const scale = 10 ** d.decimals;
  const value =
    denominator === 0 ? null : Math.round((numerator * times * scale) / denominator + 1e-9) / scale;
  return { value, numerator, denominator };
}

/** By how many per cent a figure moved against the month before; null where there is nothing to compare. */
export function jumpPercent(now: number | null, before: number | null | undefined): number | null {
  if (now === null || before === null || before === undefined || now === before) return null;
  if (before === 0) return 100;
  return Math.round((Math.abs(now - before) / Math.abs(before)) * 1000) / 10;
}

/**
 * What the parts add up to, where that is not the whole; null where it is, where nothing was counted by part, and of what
 * cannot be added (a rate, a mean, a published value). Rounded figures may differ by their roundings.
 */
export function unequalSum(
  d: Pick<IndicatorDefinition, "measure" | "decimals">,
  whole: number | null,
  parts: readonly (number | null)[],
): number | null {
  const { measure, decimals } = d;
  const adds = ("count" in measure && measure.count !== "townships") || "sum" in measure;
  const values = known(parts).filter((v) => v !== 0);
  if (!adds || whole === null || values.length === 0) return null;
  const sum = scaled(values, decimals);
  const roundings = "sum" in measure ? ((values.length + 1) / 2) * 10 ** -decimals : 0;
  return Math.abs(sum - whole) > roundings + 1e-9 ? sum : null;
}
