import { DomainError } from "@wuxin/kernel";
import { MOST_MEMBERS } from "./loop.mjs";

/**
 * What a formula becomes for the columnar machine: a graph of whole-number operations, each with the range that its
 * values can have. The range decides the representation (32-bit integer or exact double), and where a value could leave
 * the safe integers a guard is put in; rows that trip a guard are computed by the row machine. Equal nodes are one node.
 */
export interface Node {
  readonly id: number;
  readonly op: Op;
  readonly args: readonly Node[];
  /** Column, constant, helper or number of members, as the operation needs. */
  readonly attr: string | number;
  readonly lo: number;
  readonly hi: number;
  /** Passes alternate: members (even), households (odd). −1: constant. */
  readonly phase: number;
  /** Rough work to compute it again; loads are cheap. */
  readonly cost: number;
}

export type Op =
  | "const"
  | "load"
  | "loadOwn" // a household's column read for a member
  | "bit"
  | "add"
  | "sub"
  | "mul"
  | "div" // floor, both sides not negative
  | "trunc" // toward zero, by a positive constant
  | "whole" // a double is a safe whole number
  | "lt"
  | "eq"
  | "and"
  | "or"
  | "not"
  | "sel"
  | "min"
  | "max"
  | "count" // members of the household
  | "segSum"
  | "segMin"
  | "segMax"
  | "own" // a household's value read for a member
  | "guard" // trips when its value is 1
  | "range"; // trips when outside [lo, hi]

export const SAFE = Number.MAX_SAFE_INTEGER;
const I32 = 2 ** 31;

export const isInt = (n: Pick<Node, "lo" | "hi">) => n.lo >= -I32 && n.hi < I32;
export const isConst = (n: Node) => n.op === "const";
const isBool = (n: Node) => n.lo >= 0 && n.hi <= 1;

/** Thrown where a rule set uses what columns cannot do; the row machine takes over. */
export class NotColumnar extends DomainError {
  constructor(what: string) {
    super("policy-not-columnar", `成列计算做不了：${what}。改用逐户计算。`);
  }
}

/** Makes nodes; folds constants, and knows the few identities that matter. */
export class Graph {
  private readonly known = new Map<string, Node>();
  /** Guards in the order made; all are emitted. */
  readonly guards: Node[] = [];
  readonly zero = this.constant(0);
  readonly one = this.constant(1);

  constant(value: number): Node {
    return this.make("const", [], value === 0 ? 0 : value, value, value, -1, 0);
  }

  load(column: string, member: boolean, lo: number, hi: number): Node {
    return this.make("load", [], column, lo, hi, member ? 0 : 1, 1);
  }

  bit(a: Node, bit: number): Node {
    return this.make("bit", [a], bit, 0, 1, a.phase, a.cost + 1);
  }

  count(): Node {
    return this.make("count", [], 0, 1, MOST_MEMBERS, 1, 1);
  }

  add(a: Node, b: Node): Node {
    if (isConst(a) && isConst(b)) return this.constant(this.checked(a.lo + b.lo));
    if (a === this.zero) return b;
    if (b === this.zero) return a;
    return this.bounded("add", [a, b], a.lo + b.lo, a.hi + b.hi);
  }

  sub(a: Node, b: Node): Node {
    if (isConst(a) && isConst(b)) return this.constant(this.checked(a.lo - b.lo));
    if (b === this.zero) return a;
    if (a === b) return this.zero;
    return this.bounded("sub", [a, b], a.lo - b.hi, a.hi - b.lo);
  }

  negate(a: Node): Node {
    return this.sub(this.zero, a);
  }

  mul(a: Node, b: Node): Node {
    if (isConst(a) && isConst(b)) return this.constant(this.checked(a.lo * b.lo));
    if (a === this.zero || b === this.zero) return this.zero;
    if (a === this.one) return b;
    if (b === this.one) return a;
    if (isBool(b) && !isConst(b)) return this.sel(b, a, this.zero);
    const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
    return this.bounded("mul", [a, b], Math.min(...corners), Math.max(...corners));
  }

  /** ⌊a ÷ b⌋ for a ≥ 0 and b ≥ 1; where b may be 0 the result is not used. */
  div(a: Node, b: Node): Node {
    if (b === this.one) return a;
    if (isConst(a) && isConst(b)) return this.constant(Math.floor(a.lo / b.lo));
    return this.plain("div", [a, b], 0, Math.max(0, Math.floor(a.hi / Math.max(1, b.lo))), 0, 6);
  }

  trunc(a: Node, by: number): Node {
    if (isConst(a)) return this.constant(Math.trunc(a.lo / by));
    return this.plain("trunc", [a], Math.trunc(a.lo / by), Math.trunc(a.hi / by), by, 3);
  }

  lt(a: Node, b: Node): Node {
    if (a.hi < b.lo) return this.one;
    if (a.lo >= b.hi) return this.zero;
    return this.plain("lt", [a, b], 0, 1);
  }

  le(a: Node, b: Node): Node {
    return isConst(b) ? this.lt(a, this.constant(b.lo + 1)) : this.not(this.lt(b, a));
  }

  eq(a: Node, b: Node): Node {
    if (a === b) return this.one;
    if (a.hi < b.lo || b.hi < a.lo) return this.zero;
    if (isConst(a)) return this.eq(b, a);
    if (isBool(a) && isConst(b)) return b.lo === 1 ? a : this.not(a);
    return this.plain("eq", [a, b], 0, 1);
  }

  not(a: Node): Node {
    if (isConst(a)) return this.constant(1 - a.lo);
    if (a.op === "not") return a.args[0]!;
    return this.plain("not", [a], 0, 1);
  }

  and(a: Node, b: Node): Node {
    if (a === this.zero || b === this.zero) return this.zero;
    if (a === this.one || a === b) return b;
    if (b === this.one) return a;
    return this.plain("and", [a, b], 0, 1);
  }

  or(a: Node, b: Node): Node {
    if (a === this.one || b === this.one) return this.one;
    if (a === this.zero || a === b) return b;
    if (b === this.zero) return a;
    return this.plain("or", [a, b], 0, 1);
  }

  sel(c: Node, a: Node, b: Node): Node {
    if (c === this.one || a === b) return a;
    if (c === this.zero) return b;
    if (c.op === "not") return this.sel(c.args[0]!, b, a);
    if (isBool(a) && isBool(b)) {
      if (b === this.zero) return this.and(c, a);
      if (a === this.zero) return this.and(this.not(c), b);
      if (a === this.one) return this.or(c, b);
    }
    return this.plain("sel", [c, a, b], Math.min(a.lo, b.lo), Math.max(a.hi, b.hi), 0, 3);
  }

  min(a: Node, b: Node): Node {
    if (a.hi <= b.lo) return a;
    if (b.hi <= a.lo) return b;
    return this.plain("min", [a, b], Math.min(a.lo, b.lo), Math.min(a.hi, b.hi), 0, 3);
  }

  max(a: Node, b: Node): Node {
    if (a.lo >= b.hi) return a;
    if (b.lo >= a.hi) return b;
    return this.plain("max", [a, b], Math.max(a.lo, b.lo), Math.max(a.hi, b.hi), 0, 3);
  }

  /** Whether a double holds a whole number that doubles count exactly. */
  wholeNumber(a: Node): Node {
    return this.plain("whole", [a], 0, 1);
  }

  /** Sum of a member's value over the household. */
  segSum(a: Node): Node {
    if (isConst(a)) return this.mul(a, this.count());
    const most = isInt(a) ? Number.POSITIVE_INFINITY : 2 ** 38;
    const x = a.lo < -most || a.hi > most ? this.within(a, -most, most) : a;
    const lo = Math.min(x.lo, x.lo * MOST_MEMBERS);
    const hi = Math.max(x.hi, x.hi * MOST_MEMBERS);
    return this.make("segSum", [x], 0, lo, hi, Math.max(0, x.phase) + 1, 4);
  }

  /** Smallest or largest over the members for which `keep` is 1; of none it is not used. */
  segBest(op: "segMin" | "segMax", a: Node, keep: Node): Node {
    if (keep === this.zero || isConst(a)) return this.constant(a.lo);
    // What is not kept is never the best.
    const kept = this.sel(keep, a, this.constant(op === "segMin" ? a.hi : a.lo));
    const small = Math.min(Math.max(0, a.lo), a.hi);
    const best = this.make(op, [kept], 0, a.lo, a.hi, Math.max(0, kept.phase) + 1, 20);
    return keep === this.one
      ? best
      : this.sel(this.lt(this.zero, this.segSum(keep)), best, this.constant(small));
  }

  /** A household's value as each of its members reads it. */
  own(a: Node): Node {
    if (isConst(a)) return a;
    if (a.phase === 1 && a.cost <= 8 && onlyLoads(a)) return this.pushedDown(a);
    return this.make("own", [a], 0, a.lo, a.hi, a.phase + 1, 2);
  }

  /** Rows in which `bad` is 1 are computed by the row machine. */
  guard(bad: Node): void {
    if (bad === this.zero) return;
    this.guards.push(this.plain("guard", [bad], 0, 0));
  }

  /** The same value, guarded to lie within the range. */
  within(a: Node, lo: number, hi: number): Node {
    if (a.lo >= lo && a.hi <= hi) return a;
    const checked = this.make(
      "range",
      [a],
      `${lo}:${hi}`,
      Math.max(a.lo, lo),
      Math.min(a.hi, hi),
      a.phase,
      a.cost,
    );
    if (!this.guards.includes(checked)) this.guards.push(checked);
    return checked;
  }

  private pushedDown(a: Node): Node {
    const args = a.args.map((x) => (isConst(x) ? x : this.pushedDown(x)));
    if (a.op === "load") return this.make("loadOwn", [], a.attr, a.lo, a.hi, 0, 2);
    if (a.op === "range") return this.within(args[0]!, a.lo, a.hi);
    return this.make(a.op, args, a.attr, a.lo, a.hi, 0, a.cost + 1);
  }

  private bounded(op: Op, args: readonly Node[], lo: number, hi: number): Node {
    const node = this.plain(op, args, lo, hi);
    return lo < -SAFE || hi > SAFE ? this.within(node, -SAFE, SAFE) : node;
  }

  private plain(
    op: Op,
    args: readonly Node[],
    lo: number,
    hi: number,
    attr: string | number = 0,
    own = 1,
  ): Node {
    const phases = new Set(args.filter((a) => !isConst(a)).map((a) => a.phase % 2));
    if (phases.size > 1) throw new Error(`household and member mixed in ${op}`);
    const phase = Math.max(-1, ...args.map((a) => a.phase));
    return this.make(op, args, attr, lo, hi, phase, own + args.reduce((s, a) => s + a.cost, 0));
  }

  private make(
    op: Op,
    args: readonly Node[],
    attr: string | number,
    lo: number,
    hi: number,
    phase: number,
    cost: number,
  ): Node {
    const key = `${op} ${args.map((a) => a.id).join(",")} ${attr}`;
    const old = this.known.get(key);
    if (old) return old;
    const node: Node = {
      id: this.known.size,
      op,
      args,
      attr,
      lo: lo === 0 ? 0 : lo,
      hi: hi === 0 ? 0 : hi,
      phase,
      cost,
    };
    this.known.set(key, node);
    return node;
  }

  private checked(value: number): number {
    if (!Number.isSafeInteger(value)) throw new NotColumnar("公式里的常数太大");
    return value;
  }
}

function onlyLoads(a: Node): boolean {
  return (
    ["const", "load", "bit", "eq", "lt", "not", "and", "or", "sel", "range"].includes(a.op) &&
    a.args.every(onlyLoads)
  );
}
