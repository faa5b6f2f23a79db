import type { Graph, Node } from "./nodes.ts";

/**
 * Dates as whole numbers yyyymmdd, and arithmetic on them in nodes of the graph, so that every machine that prints the
 * graph has it. Total: whatever number comes in, a number comes out.
 */
interface Parts {
  readonly year: Node;
  /** 1–12 */
  readonly month: Node;
  readonly day: Node;
}

export function partsOf(g: Graph, date: Node): Parts {
  const year = g.div(date, g.constant(10_000));
  const rest = remainder(g, date, year, 10_000);
  const month = g.div(rest, g.constant(100));
  return { year, month, day: remainder(g, rest, month, 100) };
}

/** The first day of a month counted since year 0. */
export function firstOf(g: Graph, months: Node): Node {
  const year = g.div(months, g.constant(12));
  return joined(g, { year, month: g.add(remainder(g, months, year, 12), g.one), day: g.one });
}

/** Whole months left over after whole years, from a to b; negative when b is earlier. */
export function monthsLeft(g: Graph, a: Node, b: Node): Node {
  const index = ({ year, month }: Parts) => g.add(g.mul(year, g.constant(12)), month);
  const [from, to] = [partsOf(g, g.min(a, b)), partsOf(g, g.max(a, b))];
  const incomplete = g.lt(to.day, from.day);
  const months = g.max(g.sub(g.sub(index(to), index(from)), incomplete), g.zero);
  const left = remainder(g, months, g.div(months, g.constant(12)), 12);
  return g.sel(g.lt(b, a), g.negate(left), left);
}

/** The same day some months later; the month's last where there is no such day. `fits`: it has four digits for the year. */
export function addMonths(g: Graph, date: Node, months: number): { date: Node; fits: Node } {
  const { year, month, day } = partsOf(g, date);
  const index = g.add(g.add(g.mul(year, g.constant(12)), month), g.constant(months - 1));
  const { value, fits } = clamped(g, index, 12_000, 119_999);
  const newYear = g.div(value, g.constant(12));
  const newMonth = g.add(remainder(g, value, newYear, 12), g.one);
  const newDay = g.min(day, lastDay(g, newYear, newMonth));
  return { date: joined(g, { year: newYear, month: newMonth, day: newDay }), fits };
}

/** Some days later, by counting days since 0000-03-01: leap days then stand at the end of a year. */
export function addDays(g: Graph, date: Node, days: number): { date: Node; fits: Node } {
  const c = (n: number) => g.constant(n);
  const div = (n: Node, by: number) => g.div(n, c(by));
  const sum = (...list: Node[]) => list.reduce((a, b) => g.add(a, b));
  const { year, month, day } = partsOf(g, date);
  const early = g.lt(month, c(3));
  const y = g.max(g.sub(year, early), g.zero);
  const m = g.sel(early, g.add(month, c(9)), g.sub(month, c(3)));
  const leaps = (n: Node) => g.add(g.sub(div(n, 4), div(n, 100)), div(n, 400));
  const monthStart = (n: Node) => div(g.add(g.mul(n, c(153)), c(2)), 5);
  const before = sum(g.mul(y, c(365)), leaps(y), monthStart(m), day, c(days - 1));
  // 1000-01-01 to 9999-12-31.
  const { value, fits } = clamped(g, before, 365_183, 3_652_364);
  const era = div(value, 146_097);
  const inEra = remainder(g, value, era, 146_097);
  const yearInEra = div(
    g.sub(g.add(g.sub(inEra, div(inEra, 1460)), div(inEra, 36_524)), div(inEra, 146_096)),
    365,
  );
  const inYear = g.max(
    g.sub(inEra, g.sub(g.add(g.mul(yearInEra, c(365)), div(yearInEra, 4)), div(yearInEra, 100))),
    g.zero,
  );
  const newM = div(g.add(g.mul(inYear, c(5)), c(2)), 153);
  const newDay = g.add(g.sub(inYear, monthStart(newM)), g.one);
  const wraps = g.lt(c(9), newM);
  const newMonth = g.sel(wraps, g.sub(newM, c(9)), g.add(newM, c(3)));
  const newYear = sum(yearInEra, g.mul(era, c(400)), wraps);
  return { date: joined(g, { year: newYear, month: newMonth, day: newDay }), fits };
}

function joined(g: Graph, { year, month, day }: Parts): Node {
  return g.add(g.add(g.mul(year, g.constant(10_000)), g.mul(month, g.constant(100))), day);
}

function lastDay(g: Graph, year: Node, month: Node): Node {
  const multiple = (by: number) => g.eq(remainder(g, year, g.div(year, g.constant(by)), by), g.zero);
  const leap = g.and(multiple(4), g.or(g.not(multiple(100)), multiple(400)));
  // Long months are odd up to July and even from August.
  const long = g.bit(g.add(month, g.lt(g.constant(7), month)), 0);
  return g.sel(g.eq(month, g.constant(2)), g.add(g.constant(28), leap), g.add(g.constant(30), long));
}

function remainder(g: Graph, n: Node, quotient: Node, by: number): Node {
  const rest = g.sub(n, g.mul(quotient, g.constant(by)));
  // Interval arithmetic forgets that the two belong together.
  return g.min(g.max(rest, g.zero), g.constant(by - 1));
}

function clamped(g: Graph, n: Node, least: number, most: number): { value: Node; fits: Node } {
  const [lo, hi] = [g.constant(least), g.constant(most)];
  return { value: g.min(g.max(n, lo), hi), fits: g.and(g.le(lo, n), g.le(n, hi)) };
}
