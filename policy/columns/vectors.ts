import { Bytes, type Locals, SIMD, V128 } from "@wuxin/kernel/wasm";

/** Four rows as doubles: the lower two and the upper two. */
export type Wide = readonly [number, number];

/** What added to a double leaves its whole number in the low bits: no conversion instruction is as quick. */
const WHOLE_F64 = 1.5 * 2 ** 52;
const WHOLE_F32 = 1.5 * 2 ** 23;
/** Up to here single precision divides exactly enough for whole numbers, and the trick above holds. */
const SINGLE = 2 ** 22;

const LOW_WORDS = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];
const UPPER_HALF = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];
/** The last row of the first before the first three of the second. */
const SHIFTED_1 = Array.from({ length: 16 }, (_, i) => i + 12);
const SHIFTED_2 = Array.from({ length: 16 }, (_, i) => i + 8);
const LAST = [12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15];
const LAST_F64 = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];

/** Operations on four rows at once. Values are locals; each operation writes into a new one. */
export class Vectors {
  readonly locals: Locals;
  /** Before the loop: constants. */
  readonly head = new Bytes();
  readonly body = new Bytes();
  private readonly constants = new Map<string, number>();

  constructor(locals: Locals) {
    this.locals = locals;
  }

  into(write: (code: Bytes) => void): number {
    write(this.body);
    const local = this.locals.add(V128);
    this.body.set(local);
    return local;
  }

  one(op: number, a: number): number {
    return this.into((c) => c.get(a).simd(op));
  }

  two(op: number, a: number, b: number): number {
    return this.into((c) => c.get(a, b).simd(op));
  }

  shift(op: number, a: number, by: number): number {
    return by === 0 ? a : this.into((c) => c.get(a).int(by).simd(op));
  }

  shuffle(a: number, b: number, lanes: readonly number[]): number {
    return this.into((c) =>
      c
        .get(a, b)
        .simd(SIMD.shuffle)
        .raw(...lanes),
    );
  }

  // ── constants ──

  splat(value: number): number {
    return this.constant(`i${value | 0}`, Int32Array.of(value, value, value, value));
  }

  splatF64(value: number): number {
    return this.constant(`d${value}`, Float64Array.of(value, value));
  }

  private splatF32(value: number): number {
    return this.constant(`f${value}`, Float32Array.of(value, value, value, value));
  }

  rows(): number {
    return this.constant("rows", Int32Array.of(0, 1, 2, 3));
  }

  /** A number known before the loop, in all rows. */
  spread(number: number): number {
    const local = this.locals.add(V128);
    this.head.get(number).simd(SIMD.i32x4Splat).set(local);
    return local;
  }

  /** Zero before the loop, then handed from round to round. */
  carried(): number {
    const local = this.locals.add(V128);
    this.head.get(this.splat(0)).set(local);
    return local;
  }

  private constant(key: string, value: Int32Array | Float64Array | Float32Array): number {
    let local = this.constants.get(key);
    if (local === undefined) {
      local = this.locals.add(V128);
      this.head.simd(SIMD.const).raw(...new Uint8Array(value.buffer));
      this.head.set(local);
      this.constants.set(key, local);
    }
    return local;
  }

  // ── between the forms ──

  /** Whole numbers of 32 bits as doubles; `convert` says whether they have a sign. */
  widened(a: number, convert: number = SIMD.f64x2ConvertLowI32x4S): Wide {
    const high = this.shuffle(a, a, UPPER_HALF);
    return [this.one(convert, a), this.one(convert, high)];
  }

  /** Whole numbers of 32 bits out of doubles that hold them. */
  narrowed([low, high]: Wide): number {
    const add = this.splatF64(WHOLE_F64);
    const [a, b] = [this.two(SIMD.f64x2Add, low, add), this.two(SIMD.f64x2Add, high, add)];
    return this.shuffle(a, b, LOW_WORDS);
  }

  /** The same mask for the pairs of doubles. */
  widenedMask(mask: number): Wide {
    return [this.one(SIMD.i64x2ExtendLowI32x4S, mask), this.one(SIMD.i64x2ExtendHighI32x4S, mask)];
  }

  narrowedMask([low, high]: Wide): number {
    return this.shuffle(low, high, LOW_WORDS);
  }

  both(op: number, a: Wide, b: Wide): Wide {
    return [this.two(op, a[0], b[0]), this.two(op, a[1], b[1])];
  }

  chosen(mask: number, a: number, b: number): number {
    return this.into((c) => c.get(a, b, mask).simd(SIMD.bitselect));
  }

  /** Masks of what is not less than `least` and not more than `most`. */
  within(a: Wide, least: number, most: number): Wide {
    const [low, high] = [this.splatF64(least), this.splatF64(most)];
    const enough = this.both(SIMD.f64x2Ge, a, [low, low]);
    return this.both(SIMD.and, enough, this.both(SIMD.f64x2Le, a, [high, high]));
  }

  // ── whole-number division, toward zero ──

  /** By a constant, where the dividend is small and not negative: multiply and shift. */
  private multiplied(a: number, most: number, by: number): number | undefined {
    for (let shift = 0; shift < 32; shift++) {
      const factor = Math.ceil(2 ** shift / by);
      if (factor * most >= 2 ** 32) return undefined;
      if ((factor * by - 2 ** shift) * most < 2 ** shift) {
        const product = factor === 1 ? a : this.two(SIMD.i32x4Mul, a, this.splat(factor));
        return this.shift(SIMD.i32x4ShrU, product, shift);
      }
    }
    return undefined;
  }

  /** `a` in [lo, hi] by a positive constant. */
  dividedBy(a: number, lo: number, hi: number, by: number): number {
    const size = Math.max(Math.abs(lo), Math.abs(hi));
    if (size < by) return this.splat(0);
    if (lo >= 0) return this.multiplied(a, size, by) ?? this.divided(a, this.splat(by), size);
    if (size === 2 ** 31) return this.divided(a, this.splat(by), size);
    const positive = this.multiplied(this.one(SIMD.i32x4Abs, a), size, by);
    if (positive === undefined) return this.divided(a, this.splat(by), size);
    const sign = this.shift(SIMD.i32x4ShrS, a, 31);
    return this.two(SIMD.i32x4Sub, this.two(SIMD.xor, positive, sign), sign);
  }

  /** `a`, of at most `size`, by `b` ≥ 1. */
  divided(a: number, b: number, size: number): number {
    if (size < SINGLE) {
      const convert = (x: number) => this.one(SIMD.f32x4ConvertI32x4S, x);
      const quotient = this.one(SIMD.f32x4Trunc, this.two(SIMD.f32x4Div, convert(a), convert(b)));
      const low = this.two(SIMD.f32x4Add, quotient, this.splatF32(WHOLE_F32));
      return this.two(SIMD.i32x4Sub, low, this.splatF32(WHOLE_F32));
    }
    return this.narrowed(this.quotient(this.widened(a), this.widened(b)));
  }

  quotient(a: Wide, b: Wide): Wide {
    const [x, y] = this.both(SIMD.f64x2Div, a, b);
    return [this.one(SIMD.f64x2Trunc, x), this.one(SIMD.f64x2Trunc, y)];
  }

  // ── running totals ──

  /** Totals of the rows up to each, on top of `carry` (a local set before the loop and carried through it). */
  runningTotal(a: number, carry: number): number {
    const zero = this.splat(0);
    const pairs = this.two(SIMD.i32x4Add, a, this.shuffle(zero, a, SHIFTED_1));
    const sums = this.two(SIMD.i32x4Add, pairs, this.shuffle(zero, pairs, SHIFTED_2));
    const total = this.two(SIMD.i32x4Add, sums, carry);
    this.body
      .get(carry, this.shuffle(sums, sums, LAST))
      .simd(SIMD.i32x4Add)
      .set(carry);
    return total;
  }

  runningTotalWide([low, high]: Wide, carry: number): Wide {
    const zero = this.splat(0);
    const pair = (x: number) => this.two(SIMD.f64x2Add, x, this.shuffle(zero, x, SHIFTED_2));
    const first = this.two(SIMD.f64x2Add, pair(low), carry);
    const second = this.two(SIMD.f64x2Add, pair(high), this.shuffle(first, first, LAST_F64));
    this.body.get(this.shuffle(second, second, LAST_F64)).set(carry);
    return [first, second];
  }

  /** What stood one row earlier: the last row of `before`, then the first three of `a`. */
  oneEarlier(before: number, a: number): number {
    return this.shuffle(before, a, SHIFTED_1);
  }

  oneEarlierWide(before: number, [low, high]: Wide): Wide {
    return [this.shuffle(before, low, SHIFTED_2), this.shuffle(low, high, SHIFTED_2)];
  }
}
