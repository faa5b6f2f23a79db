// Plain JavaScript, so that worker threads load it as it is.

/** Households per chunk: what one pass leaves for the next stays in the nearest cache. */
export const CHUNK = 512;

/** Larger households take the row machine: ranges of sums are computed for this many members. */
export const MOST_MEMBERS = 32;

/** Most members in a chunk, and one more for running totals. */
const MOST = CHUNK * MOST_MEMBERS + 1;

/** Date arithmetic on yyyymmdd for the generated code. Total: whatever comes in, a number comes out. */
export const HELPERS = {
  whole(n) {
    return Math.floor(n);
  },

  addDays(date, days) {
    const d = new Date(0);
    d.setUTCFullYear(Math.floor(date / 10_000), Math.floor((date % 10_000) / 100) - 1, (date % 100) + days);
    return d.getUTCFullYear() * 10_000 + (d.getUTCMonth() + 1) * 100 + d.getUTCDate();
  },

  /** The last day of the month where the day does not exist there. */
  addMonths(date, months) {
    const index = Math.floor(date / 10_000) * 12 + Math.floor((date % 10_000) / 100) - 1 + months;
    const [year, month] = [Math.floor(index / 12), index % 12];
    const last = new Date(0);
    last.setUTCFullYear(year, month + 1, 0);
    return year * 10_000 + (month + 1) * 100 + Math.min(date % 100, last.getUTCDate());
  },

  /** Whole months left over after whole years, from a to b; negative when b is earlier. */
  monthsLeft(a, b) {
    if (b < a) return 0 - HELPERS.monthsLeft(b, a);
    const index = (d) => Math.floor(d / 10_000) * 12 + Math.floor((d % 10_000) / 100);
    return (index(b) - index(a) - (b % 100 < a % 100 ? 1 : 0)) % 12;
  },

  /** Least (`sign` 1) or greatest (−1) of the kept members' values; 0 of none. */
  best(values, keep, from, to, sign) {
    let best = Number.POSITIVE_INFINITY;
    for (let i = from; i < to; i++) {
      if (keep && keep[i] === 0) continue;
      const value = values[i] * sign;
      if (value < best) best = value;
    }
    return best === Number.POSITIVE_INFINITY ? 0 : best * sign + 0;
  },
};

const ARRAYS = { Uint8Array, Int32Array, Float64Array };

/** The generated code bound to its columns: a function of a range of at most `CHUNK` households, negative where a guard tripped. */
export function loopOf(bound) {
  const temps = bound.temps.map((t) => new ARRAYS[t.kind](t.member ? MOST : CHUNK));
  const marks = new Uint8Array(bound.marks ? MOST : 0);
  const make = new Function("columns", "temps", "outputs", "offsets", "helpers", "marks", bound.source);
  const chunk = make(bound.columns, temps, bound.outputs, bound.offsets, HELPERS, marks);
  return (from, to) => {
    const members = bound.offsets[to] - bound.offsets[from];
    return members >= 0 && members < MOST ? chunk(from, to) : -1;
  };
}
