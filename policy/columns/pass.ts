import { OP, SIMD } from "@wuxin/kernel/wasm";
import { Addresses, HOUSEHOLDS, MEMBERS } from "./addresses.ts";
import type { ColumnKind, Form, Use } from "./forms.ts";
import { MOST_MEMBERS } from "./loop.mjs";
import { isInt, type Node } from "./nodes.ts";
import type { Program, Temp } from "./program.ts";
import { RowsOfFour } from "./rows-of-four.ts";
import { Sums } from "./sums.ts";
import { Vectors, type Wide } from "./vectors.ts";

/** One pass over the members, or the households, of a block: four rows a round, no branch that depends on them. */
export class Pass {
  private readonly program: Program;
  private readonly member: boolean;
  private readonly v: Vectors;
  private readonly at: Addresses;
  private readonly sums: Sums;
  private readonly rows: RowsOfFour;
  /** Values checked against the same bounds, before they are checked. */
  private readonly bounded = new Map<string, { lo: number; hi: number; values: number[] }>();
  private readonly trips: number[] = [];

  constructor(program: Program, phase: number) {
    this.program = program;
    this.member = phase % 2 === 0;
    this.v = new Vectors(program.locals);
    this.at = new Addresses(program.locals);
    this.sums = new Sums(this.v, this.at, program.offsets);
    this.rows = new RowsOfFour(program, phase, this.v, this.at, this.sums);
  }

  output(n: Node, kind: ColumnKind, place: number): void {
    const { body } = this.v;
    if (kind === "Float64Array") {
      // −2 × 0 is −0 in floating point; nobody is owed minus nothing.
      const zero = this.v.splatF64(0);
      const [low, high] = this.rows.wide(n).map((x) => this.v.two(SIMD.f64x2Add, x, zero)) as [
        number,
        number,
      ];
      this.keepWide([low, high], place);
    } else if (kind === "Int32Array") {
      const value = this.rows.int(n);
      body.get(this.at.scratch(4), value).simd(SIMD.store).at(place);
    } else {
      const value = this.rows.int(n);
      const words = this.v.two(SIMD.i16x8NarrowI32x4S, value, value);
      const bytes = this.v.two(SIMD.i8x16NarrowI16x8U, words, words);
      body.get(this.at.scratch(1), bytes).simd(SIMD.store32Lane).at(place).raw(0);
    }
  }

  keep(n: Node, use: Use, { form, place }: Temp): void {
    if (use === "sum") this.keepTotal(n, form, place);
    else if (form === "wide") this.keepWide(this.rows.wide(n), place);
    else {
      const value = form === "mask" ? this.rows.mask(n) : this.rows.int(n);
      this.v.body.get(this.at.scratch(4), value).simd(SIMD.store).at(place);
    }
  }

  private keepWide([low, high]: Wide, place: number): void {
    const at = this.at.scratch(8);
    this.v.body.get(at, low).simd(SIMD.store).at(place);
    this.v.body
      .get(at, high)
      .simd(SIMD.store)
      .at(place + 16);
  }

  /** Running totals, the first after the first row: sums of households are differences of them. */
  private keepTotal(n: Node, form: Form, place: number): void {
    const carry = this.v.carried();
    if (form === "wide") this.keepWide(this.v.runningTotalWide(this.rows.wide(n), carry), place + 8);
    else {
      // 32-bit totals may wrap around: their differences, the sums of households, fit.
      const total = this.v.runningTotal(this.rows.int(n), carry);
      this.v.body
        .get(this.at.scratch(4), total)
        .simd(SIMD.store)
        .at(place + 4);
    }
  }

  guard(g: Node): void {
    const a = g.args[0]!;
    if (g.op === "guard") {
      this.trips.push(this.rows.mask(a));
      return;
    }
    const [least, most] = String(g.attr).split(":").map(Number) as [number, number];
    if (isInt(a)) {
      const [lo, hi] = [Math.max(least, a.lo), Math.min(most, a.hi)];
      const group = this.bounded.get(`${lo}:${hi}`) ?? { lo, hi, values: [] };
      this.bounded.set(`${lo}:${hi}`, group);
      group.values.push(this.rows.int(a));
      return;
    }
    this.trips.push(this.v.one(SIMD.not, this.v.narrowedMask(this.v.within(this.rows.wide(a), least, most))));
  }

  /** Writes the loop; leaves the function with −1 where a guard tripped. */
  finish(): void {
    const { v, program } = this;
    const { row } = this.at;
    const { code } = program;
    const limit = this.member ? MEMBERS : HOUSEHOLDS;
    const checks = this.checks(limit);
    code.append(v.head).int(0).set(row);
    code.loop((c) => {
      c.append(this.at.prelude).append(v.body);
      c.get(row).int(4).op(OP.i32Add).tee(row).get(limit).op(OP.i32LtS);
    });
    for (const { flag, value } of checks) {
      code.get(flag);
      if (value !== undefined) code.get(value).simd(SIMD.i32x4GtU);
      code.simd(SIMD.anyTrue).when((c) => c.int(-1).op(OP.return));
    }
  }

  /** What each round finds wrong, in the rows that there are, gathered over the rounds. */
  private checks(limit: number): { flag: number; value?: number }[] {
    const { v } = this;
    if (this.trips.length + this.bounded.size === 0) return [];
    const end = v.spread(limit);
    const here = v.into((c) => c.get(this.at.row).simd(SIMD.i32x4Splat).get(v.rows()).simd(SIMD.i32x4Add));
    const there = v.two(SIMD.i32x4LtS, here, end);
    const gathered = (values: number[], op: number): number => {
      const all = v.two(
        SIMD.and,
        values.reduce((a, b) => v.two(op, a, b)),
        there,
      );
      const flag = this.v.carried();
      v.body.get(flag, all).simd(op).set(flag);
      return flag;
    };
    const checks: { flag: number; value?: number }[] = [];
    if (this.trips.length > 0) checks.push({ flag: gathered(this.trips, SIMD.or) });
    for (const { lo, hi, values } of this.bounded.values()) {
      // Below the least wraps around to above the most.
      const over = values.map((x) => (lo === 0 ? x : v.two(SIMD.i32x4Sub, x, v.splat(lo))));
      checks.push({ flag: gathered(over, SIMD.i32x4MaxU), value: v.splat(hi - lo) });
    }
    return checks;
  }

  /** A household has members, and not more than sums are sized for. */
  checkCounts(): void {
    this.bounded.set("members", { lo: 1, hi: MOST_MEMBERS, values: [this.sums.counted()] });
  }
}
