import { type Num, type RoundingMode, ratio } from "../exact.ts";
import { type Graph, isConst, type Node, NotColumnar } from "./nodes.ts";

/**
 * A FEEL value on columns. Numbers are whole over whole (`n` ÷ `d`, `d` ≥ 1), so that nothing is lost before the rule
 * rounds; text is a number of the rule set's word list; dates are yyyymmdd; yes/no is 0 or 1.
 */
export interface Val {
  readonly n: Node;
  readonly d: Node;
  /** 1 where a fact is missing: undetermined. */
  readonly unknown: Node;
  /** 1 where the value is FEEL null (and not undetermined). */
  readonly none: Node;
  /** A date kept as months since year 0 (its first day). */
  readonly months?: Node;
}

/** Arithmetic on such values. */
export class Values {
  readonly g: Graph;
  constructor(g: Graph) {
    this.g = g;
  }

  of(n: Node, d: Node = this.g.one, unknown: Node = this.g.zero, none: Node = this.g.zero): Val {
    return { n, d, unknown, none };
  }

  number(value: Num): Val {
    if (typeof value === "number") return this.of(this.g.constant(value));
    const [n, d] = [Number(value.n), Number(value.d)];
    if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) throw new NotColumnar("常数太大");
    return this.of(this.g.constant(n), this.g.constant(d));
  }

  /** Undetermined where one side is; null where one side is null. */
  both(a: Val, b: Val): Pick<Val, "unknown" | "none"> {
    const { g } = this;
    const unknown = g.or(a.unknown, b.unknown);
    return { unknown, none: g.and(g.or(a.none, b.none), g.not(unknown)) };
  }

  isTrue(a: Val): Node {
    return this.g.and(a.n, this.g.and(this.g.not(a.unknown), this.g.not(a.none)));
  }

  isFalse(a: Val): Node {
    return this.g.and(this.g.not(a.n), this.g.and(this.g.not(a.unknown), this.g.not(a.none)));
  }

  /** Both numbers over one denominator. */
  aligned(a: Val, b: Val): { x: Node; y: Node; d: Node } {
    const { g } = this;
    if (a.d === b.d) return { x: a.n, y: b.n, d: a.d };
    if (isConst(a.d) && isConst(b.d)) {
      const d = (a.d.lo / gcd(a.d.lo, b.d.lo)) * b.d.lo;
      return {
        x: g.mul(a.n, g.constant(d / a.d.lo)),
        y: g.mul(b.n, g.constant(d / b.d.lo)),
        d: g.constant(d),
      };
    }
    return { x: g.mul(a.n, b.d), y: g.mul(b.n, a.d), d: g.mul(a.d, b.d) };
  }

  add(a: Val, b: Val): Val {
    const { x, y, d } = this.aligned(a, b);
    return { n: this.g.add(x, y), d, ...this.both(a, b) };
  }

  subtract(a: Val, b: Val): Val {
    const { x, y, d } = this.aligned(a, b);
    return { n: this.g.sub(x, y), d, ...this.both(a, b) };
  }

  multiply(a: Val, b: Val): Val {
    return { ...this.lowest(this.g.mul(a.n, b.n), this.g.mul(a.d, b.d), a, b), ...this.both(a, b) };
  }

  /** Null where the divisor is zero, if `mayBeZero`. */
  divide(a: Val, b: Val, mayBeZero: boolean): Val {
    const { g } = this;
    const negative = b.n.lo < 0 ? g.lt(b.n, g.zero) : g.zero;
    const top = g.mul(a.n, b.d);
    const n = g.sel(negative, g.negate(top), top);
    const size = b.n.lo < 0 ? g.sel(negative, g.negate(b.n), b.n) : b.n;
    const both = this.both(a, b);
    const zero = mayBeZero ? g.and(g.eq(b.n, g.zero), g.not(both.unknown)) : g.zero;
    const d = size.lo < 1 ? g.max(size, g.one) : size;
    return { n, d: g.mul(a.d, d), unknown: both.unknown, none: g.or(both.none, zero) };
  }

  /** −1 … 1 comparisons of numbers or other comparable values. */
  less(a: Val, b: Val): Node {
    const { x, y } = this.aligned(a, b);
    return this.g.lt(x, y);
  }

  equal(a: Val, b: Val): Node {
    const { x, y } = this.aligned(a, b);
    return this.g.eq(x, y);
  }

  choose(c: Node, a: Val, b: Val): Val {
    const { g } = this;
    const parts =
      a.d === b.d || (isConst(a.d) && isConst(b.d))
        ? this.aligned(a, b)
        : { x: a.n, y: b.n, d: g.sel(c, a.d, b.d) };
    return {
      n: g.sel(c, parts.x, parts.y),
      d: parts.d,
      unknown: g.sel(c, a.unknown, b.unknown),
      none: g.sel(c, a.none, b.none),
    };
  }

  /** The multiple of `step` that `mode` gives. */
  round(a: Val, step: Num, mode: RoundingMode): Val {
    const { g } = this;
    const s = typeof step === "number" ? { n: step, d: 1 } : { n: Number(step.n), d: Number(step.d) };
    const q = this.quotient(g.mul(a.n, g.constant(s.d)), g.mul(a.d, g.constant(s.n)), mode);
    return {
      ...this.lowest(g.mul(q, g.constant(s.n)), g.constant(s.d), a, a),
      unknown: a.unknown,
      none: a.none,
    };
  }

  private lowest(n: Node, d: Node, a: Val, b: Val): { n: Node; d: Node } {
    const { g } = this;
    if (!isConst(d) || d.lo === 1) return { n, d };
    // A constant factor of the numerator may cancel: 70,000 × pct ÷ 100 is 700 × pct.
    for (const [constant, other] of [
      [a.n, b.n],
      [b.n, a.n],
    ] as const) {
      if (!isConst(constant)) continue;
      const common = gcd(Math.abs(constant.lo), d.lo) || 1;
      return { n: g.mul(g.constant(constant.lo / common), other), d: g.constant(d.lo / common) };
    }
    return { n, d };
  }

  /** N ÷ D as a whole number; D ≥ 1. */
  private quotient(n: Node, d: Node, mode: RoundingMode): Node {
    const { g } = this;
    if (d === g.one) return n;
    const forward = mode === "ceiling" ? "up" : mode === "floor" ? "down" : mode;
    const backward = mode === "ceiling" ? "down" : mode === "floor" ? "up" : mode;
    if (n.lo >= 0) return this.size(n, d, forward);
    if (n.hi <= 0) return g.negate(this.size(g.negate(n), d, backward));
    const negative = g.lt(n, g.zero);
    const size = g.max(n, g.negate(n));
    if (forward === backward) {
      const q = this.size(size, d, mode);
      return g.sel(negative, g.negate(q), q);
    }
    return g.sel(negative, g.negate(this.size(size, d, backward)), this.size(size, d, forward));
  }

  private size(n: Node, d: Node, mode: RoundingMode): Node {
    const { g } = this;
    const twice = (x: Node) => g.mul(x, g.constant(2));
    const before = (x: Node) => g.sub(x, g.one);
    switch (mode) {
      case "up":
        return g.div(g.add(n, before(d)), d);
      case "half_up":
        return g.div(g.add(twice(n), d), twice(d));
      case "half_down":
        return g.div(g.add(twice(n), before(d)), twice(d));
      case "half_even": {
        const top = g.add(twice(n), d);
        const q = g.div(top, twice(d));
        const tie = g.eq(g.mul(q, twice(d)), top);
        const odd = g.sub(q, g.mul(g.div(q, g.constant(2)), g.constant(2)));
        return g.sel(g.and(tie, g.eq(odd, g.one)), before(q), q);
      }
      default:
        return g.div(n, d);
    }
  }
}

export function asRatio(n: number, d: number): Num {
  return ratio(BigInt(n), BigInt(d));
}

function gcd(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
