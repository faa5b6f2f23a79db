import { I32, SIMD } from "@wuxin/kernel/wasm";
import { type Addresses, FIRST_MEMBER, MEMBERS, SCRATCH } from "./addresses.ts";
import type { Vectors, Wide } from "./vectors.ts";

/** What four households have of their members: how many, and sums as differences of the running totals at their ends. */
export class Sums {
  private readonly v: Vectors;
  private readonly at: Addresses;
  private readonly offsets: number;
  private readonly ends = new Map<number, readonly number[]>();

  constructor(v: Vectors, at: Addresses, offsets: number) {
    this.v = v;
    this.at = at;
    this.offsets = offsets;
  }

  counted(): number {
    const at = this.at.address(this.offsets, "Int32Array");
    const load = (offset: number) => this.v.into((c) => c.get(at).simd(SIMD.load).at(offset));
    return this.v.two(SIMD.i32x4Sub, load(4), load(0));
  }

  /** Addresses in the scratch memory of what stands at the end of each of four households. */
  private endsOf(bytes: number): readonly number[] {
    const old = this.ends.get(bytes);
    if (old) return old;
    const { v } = this;
    const at = this.at.address(this.offsets, "Int32Array");
    const ends = v.into((c) => c.get(at).simd(SIMD.load).at(4));
    const inBlock = v.two(SIMD.i32x4Sub, ends, v.spread(FIRST_MEMBER));
    // Rows beyond the last household hold anything: they must not lead outside.
    const safe = v.two(SIMD.i32x4MinU, inBlock, v.spread(MEMBERS));
    const moved = v.two(SIMD.i32x4Add, v.shift(SIMD.i32x4Shl, safe, Math.log2(bytes)), v.spread(SCRATCH));
    const lanes = [0, 1, 2, 3].map((lane) => {
      const local = v.locals.add(I32);
      v.body.get(moved).simd(SIMD.i32x4ExtractLane).raw(lane).set(local);
      return local;
    });
    this.ends.set(bytes, lanes);
    return lanes;
  }

  summed(place: number): number {
    const { v } = this;
    const before = v.carried();
    const at = this.endsOf(4);
    const ends = at.reduce(
      (sum, address, lane) => v.into((c) => c.get(address, sum).simd(SIMD.load32Lane).at(place).raw(lane)),
      v.splat(0),
    );
    const sums = v.two(SIMD.i32x4Sub, ends, v.oneEarlier(before, ends));
    v.body.get(ends).set(before);
    return sums;
  }

  summedWide(place: number): Wide {
    const { v } = this;
    const before = v.carried();
    const at = this.endsOf(8);
    const pair = (first: number): number =>
      [0, 1].reduce(
        (sum, lane) =>
          v.into((c) =>
            c
              .get(at[first + lane]!, sum)
              .simd(SIMD.load64Lane)
              .at(place)
              .raw(lane),
          ),
        v.splat(0),
      );
    const ends: Wide = [pair(0), pair(2)];
    const sums = v.both(SIMD.f64x2Sub, ends, v.oneEarlierWide(before, ends));
    v.body.get(ends[1]).set(before);
    return sums;
  }
}
