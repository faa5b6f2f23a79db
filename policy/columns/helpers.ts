/** Date arithmetic on yyyymmdd for the generated code. Total: whatever comes in, a number comes out. */
export const HELPERS = {
  whole(n: number): number {
    return Math.floor(n);
  },

  addDays(date: number, days: number): number {
    const d = new Date(0);
    d.setUTCFullYear(Math.floor(date / 10_000), Math.floor((date % 10_000) / 100) - 1, (date % 100) + days);
    return d.getUTCFullYear() * 10_000 + (d.getUTCMonth() + 1) * 100 + d.getUTCDate();
  },

  /** The last day of the month where the day does not exist there. */
  addMonths(date: number, months: number): number {
    const index = Math.floor(date / 10_000) * 12 + Math.floor((date % 10_000) / 100) - 1 + months;
    const [year, month] = [Math.floor(index / 12), index % 12];
    const last = new Date(0);
    last.setUTCFullYear(year, month + 1, 0);
    return year * 10_000 + (month + 1) * 100 + Math.min(date % 100, last.getUTCDate());
  },

  /** Whole months left over after whole years, from a to b; negative when b is earlier. */
  monthsLeft(a: number, b: number): number {
    if (b < a) return 0 - HELPERS.monthsLeft(b, a);
    const index = (d: number) => Math.floor(d / 10_000) * 12 + Math.floor((d % 10_000) / 100);
    return (index(b) - index(a) - (b % 100 < a % 100 ? 1 : 0)) % 12;
  },

  /** Least (`sign` 1) or greatest (−1) of the kept members' values; 0 of none. */
  best(
    values: ArrayLike<number>,
    keep: ArrayLike<number> | undefined,
    from: number,
    to: number,
    sign: number,
  ): number {
    let best = Number.POSITIVE_INFINITY;
    for (let i = from; i < to; i++) {
      if (keep && keep[i] === 0) continue;
      const value = values[i]! * sign;
      if (value < best) best = value;
    }
    return best === Number.POSITIVE_INFINITY ? 0 : best * sign + 0;
  },
};
