import { SIMD } from "@wuxin/kernel/wasm";
import type { Addresses } from "./addresses.ts";
import { formOf } from "./forms.ts";
import { isConst, isInt, type Node, SAFE } from "./nodes.ts";
import type { Program, Temp } from "./program.ts";
import type { Sums } from "./sums.ts";
import type { Vectors, Wide } from "./vectors.ts";

/** Nodes of the graph as operations on four rows, in the form in which they are asked for. */
export class RowsOfFour {
  private readonly program: Program;
  private readonly phase: number;
  private readonly v: Vectors;
  private readonly at: Addresses;
  private readonly sums: Sums;
  private readonly ints = new Map<Node, number>();
  private readonly masks = new Map<Node, number>();
  private readonly wides = new Map<Node, Wide>();

  constructor(program: Program, phase: number, v: Vectors, at: Addresses, sums: Sums) {
    this.program = program;
    this.phase = phase;
    this.v = v;
    this.at = at;
    this.sums = sums;
  }

  int(n: Node): number {
    if (isConst(n)) return this.v.splat(n.lo);
    const old = this.ints.get(n);
    if (old !== undefined) return old;
    const form = formOf(n);
    const value =
      form === "mask"
        ? this.v.two(SIMD.and, this.mask(n), this.v.splat(1))
        : form === "wide"
          ? this.v.narrowed(this.wide(n))
          : (this.fetched(n) ?? this.whole(n));
    this.ints.set(n, value);
    return value;
  }

  /** All bits set where it holds. */
  mask(n: Node): number {
    if (isConst(n)) return this.v.splat(-n.lo);
    const old = this.masks.get(n);
    if (old !== undefined) return old;
    const value =
      formOf(n) === "mask" ? (this.fetched(n) ?? this.truth(n)) : this.v.one(SIMD.i32x4Neg, this.int(n));
    this.masks.set(n, value);
    return value;
  }

  wide(n: Node): Wide {
    if (isConst(n)) {
      const value = this.v.splatF64(n.lo);
      return [value, value];
    }
    const old = this.wides.get(n);
    if (old) return old;
    const value =
      formOf(n) === "wide" ? (this.fetchedWide(n) ?? this.double(n)) : this.v.widened(this.int(n));
    this.wides.set(n, value);
    return value;
  }

  /** What an earlier pass computed, unless it is cheap to do again. */
  private earlier(n: Node): Temp | undefined {
    if (n.phase >= this.phase || n.phase < 0) return undefined;
    if (["load", "loadOwn", "own", "segSum", "segMin", "segMax", "count", "bit", "range"].includes(n.op))
      return undefined;
    return n.cost <= 4 ? undefined : this.program.temp(n, "value");
  }

  private fetched(n: Node): number | undefined {
    const temp = this.earlier(n);
    return temp && this.left(temp.place);
  }

  private fetchedWide(n: Node): Wide | undefined {
    const temp = this.earlier(n);
    return temp && this.leftWide(temp.place);
  }

  left(place: number): number {
    return this.v.into((c) => c.get(this.at.scratch(4)).simd(SIMD.load).at(place));
  }

  leftWide(place: number): Wide {
    const at = this.at.scratch(8);
    const load = (offset: number) =>
      this.v.into((c) =>
        c
          .get(at)
          .simd(SIMD.load)
          .at(place + offset),
      );
    return [load(0), load(16)];
  }

  private truth(n: Node): number {
    const { v } = this;
    const [a, b, c] = n.args as [Node, Node, Node];
    switch (n.op) {
      case "lt":
      case "eq": {
        const less = n.op === "lt";
        if (isInt(a) && isInt(b)) return v.two(less ? SIMD.i32x4LtS : SIMD.i32x4Eq, this.int(a), this.int(b));
        return v.narrowedMask(v.both(less ? SIMD.f64x2Lt : SIMD.f64x2Eq, this.wide(a), this.wide(b)));
      }
      case "whole":
        return v.narrowedMask(this.isWhole(this.wide(a)));
      case "and":
        if (b.op === "not") return v.two(SIMD.andnot, this.mask(a), this.mask(b.args[0]!));
        if (a.op === "not") return v.two(SIMD.andnot, this.mask(b), this.mask(a.args[0]!));
        return v.two(SIMD.and, this.mask(a), this.mask(b));
      case "or":
        return v.two(SIMD.or, this.mask(a), this.mask(b));
      case "not":
        return v.one(SIMD.not, this.mask(a));
      case "bit":
        return v.shift(SIMD.i32x4ShrS, v.shift(SIMD.i32x4Shl, this.int(a), 31 - Number(n.attr)), 31);
      case "sel":
        return v.chosen(this.mask(a), this.mask(b), this.mask(c));
      case "range":
        return this.mask(a);
      case "own":
        return this.left(this.program.owned(n).place);
      default:
        throw new Error(`not a yes or no: ${n.op}`);
    }
  }

  private isWhole(a: Wide): Wide {
    const { v } = this;
    const whole = v.both(SIMD.f64x2Eq, a, [v.one(SIMD.f64x2Trunc, a[0]), v.one(SIMD.f64x2Trunc, a[1])]);
    return v.both(SIMD.and, whole, v.within(a, -SAFE, SAFE));
  }

  private whole(n: Node): number {
    const { v } = this;
    const [a, b, c] = n.args as [Node, Node, Node];
    switch (n.op) {
      case "load":
        return this.column(String(n.attr));
      case "count":
        return this.sums.counted();
      case "segSum":
        return this.sums.summed(this.program.temp(a, "sum").place);
      case "segMin":
      case "segMax":
        return this.left(this.program.best(n).place);
      case "loadOwn":
      case "own":
        return this.left(this.program.owned(n).place);
      case "range":
        return this.int(a);
      case "sel": {
        const condition = this.mask(a);
        if (isConst(c) && c.lo === 0) return v.two(SIMD.and, this.int(b), condition);
        if (isConst(b) && b.lo === 0) return v.two(SIMD.andnot, this.int(c), condition);
        return v.chosen(condition, this.int(b), this.int(c));
      }
      case "trunc":
        if (isInt(a)) return v.dividedBy(this.int(a), a.lo, a.hi, Number(n.attr));
        return v.narrowed(this.double(n));
      case "div":
        if (isInt(a) && isConst(b) && isInt(b)) return v.dividedBy(this.int(a), 0, a.hi, b.lo);
        if (isInt(a) && isInt(b)) return v.divided(this.int(a), this.int(b), a.hi);
        return v.narrowed(this.double(n));
    }
    if (!isInt(a) || !isInt(b)) return v.narrowed(this.double(n));
    const op = {
      add: SIMD.i32x4Add,
      sub: SIMD.i32x4Sub,
      mul: SIMD.i32x4Mul,
      min: SIMD.i32x4MinS,
      max: SIMD.i32x4MaxS,
    }[n.op as string];
    if (op === undefined) throw new Error(`not a number: ${n.op}`);
    return v.two(op, this.int(a), this.int(b));
  }

  private double(n: Node): Wide {
    const { v } = this;
    const [a, b, c] = n.args as [Node, Node, Node];
    switch (n.op) {
      case "load":
        return this.columnWide(String(n.attr));
      case "segSum":
        return this.sums.summedWide(this.program.temp(a, "sum").place);
      case "segMin":
      case "segMax":
        return this.leftWide(this.program.best(n).place);
      case "loadOwn":
      case "own":
        return this.leftWide(this.program.owned(n).place);
      case "range":
        return this.wide(a);
      case "sel": {
        const [low, high] = v.widenedMask(this.mask(a));
        const [x, y] = [this.wide(b), this.wide(c)];
        return [v.chosen(low, x[0], y[0]), v.chosen(high, x[1], y[1])];
      }
      case "trunc": {
        const by = v.splatF64(Number(n.attr));
        return v.quotient(this.wide(a), [by, by]);
      }
      case "div":
        return v.quotient(this.wide(a), this.wide(b));
    }
    const op = {
      add: SIMD.f64x2Add,
      sub: SIMD.f64x2Sub,
      mul: SIMD.f64x2Mul,
      min: SIMD.f64x2Pmin,
      max: SIMD.f64x2Pmax,
    }[n.op as string];
    if (op === undefined) throw new Error(`not a number: ${n.op}`);
    return v.both(op, this.wide(a), this.wide(b));
  }

  private column(name: string): number {
    const { kind, base } = this.program.column(name);
    const at = this.at.address(base, kind);
    switch (kind) {
      case "Uint8Array":
      case "Int8Array": {
        const signed = kind === "Int8Array";
        const words = this.v.into((c) =>
          c
            .get(at)
            .simd(signed ? SIMD.load8x8S : SIMD.load8x8U)
            .at(0),
        );
        return this.v.one(signed ? SIMD.i32x4ExtendLowI16x8S : SIMD.i32x4ExtendLowI16x8U, words);
      }
      case "Uint16Array":
        return this.v.into((c) => c.get(at).simd(SIMD.load16x4U).at(0));
      case "Int16Array":
        return this.v.into((c) => c.get(at).simd(SIMD.load16x4S).at(0));
      default:
        return this.v.into((c) => c.get(at).simd(SIMD.load).at(0));
    }
  }

  private columnWide(name: string): Wide {
    const { kind, base } = this.program.column(name);
    const at = this.at.address(base, kind);
    const load = (offset: number) => this.v.into((c) => c.get(at).simd(SIMD.load).at(offset));
    if (kind === "Float64Array") return [load(0), load(16)];
    return this.v.widened(load(0), SIMD.f64x2ConvertLowI32x4U);
  }
}
