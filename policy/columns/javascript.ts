import { MOST_MEMBERS } from "./loop.mjs";
import { isConst, isInt, type Node } from "./nodes.ts";

/** Where a value is written for the caller. */
export interface Output {
  readonly node: Node;
  readonly member: boolean;
}

/** Arrays that live for one chunk: what a later pass reads of an earlier one. */
export interface Temp {
  readonly kind: "Uint8Array" | "Int32Array" | "Float64Array";
  readonly member: boolean;
}

export interface Generated {
  readonly source: string;
  /** Columns in the order in which the code takes them; `x?` is the state of `x`. */
  readonly columns: readonly string[];
  readonly temps: readonly Temp[];
  readonly marks: boolean;
}

type Use = "value" | "sum";

/**
 * Loops over columns, one per pass, without branches in them: members and households in turn. Sums over a household are
 * differences of running totals, so that no loop has the length of a household. Returns negative where a guard tripped.
 */
export function generate(outputs: readonly Output[], guards: readonly Node[]): Generated {
  return new Emitter(outputs, guards).run();
}

class Emitter {
  private readonly outputs: readonly Output[];
  private readonly guards: readonly Node[];
  private readonly columns: string[] = [];
  private readonly temps: Temp[] = [];
  private readonly stored = new Map<string, number>();
  /** By pass: what later passes need of it. */
  private readonly needed = new Map<number, { node: Node; use: Use }[]>();
  private readonly last: number;
  private marks = false;

  constructor(outputs: readonly Output[], guards: readonly Node[]) {
    this.outputs = outputs;
    this.guards = guards;
    const seen = new Set<Node>();
    let last = 1;
    const visit = (n: Node) => {
      if (seen.has(n)) return;
      seen.add(n);
      last = Math.max(last, n.phase);
      for (const a of n.args) visit(a);
    };
    for (const n of [...outputs.map((o) => o.node), ...guards]) visit(n);
    this.last = last;
  }

  run(): Generated {
    // Last pass first: it says what it needs of the ones before.
    const bodies: string[] = [];
    for (let phase = this.last; phase >= 0; phase--) {
      const body = this.pass(phase);
      if (body) bodies.unshift(body);
    }
    const take = (list: readonly unknown[], array: string, letter: string) =>
      list.map((_, i) => `const ${letter}${i} = ${array}[${i}];\n`).join("");
    const source = [
      '"use strict";\n',
      take(this.columns, "columns", "c"),
      take(this.temps, "temps", "t"),
      take(this.outputs, "outputs", "o"),
      "return function chunk(h0, h1) {\n",
      "  const p0 = offsets[h0] | 0, p1 = offsets[h1] | 0, H = h1 - h0 | 0, P = p1 - p0 | 0;\n",
      "  let bad = 0;\n",
      this.marks ? "  marks.fill(0, 0, P);\n" : "",
      `  for (let k = 0, s = p0; k < H; k++) {\n    const e = offsets[h0 + k + 1] | 0, m = e - s | 0;\n    bad |= m - 1 | ${MOST_MEMBERS} - m;\n${this.marks ? "    marks[s - p0] = 1;\n" : ""}    s = e;\n  }\n`,
      "  if (bad < 0) return bad;\n",
      ...bodies,
      "  return bad;\n};\n",
    ].join("");
    return { source, columns: this.columns, temps: this.temps, marks: this.marks };
  }

  private pass(phase: number): string {
    const member = phase % 2 === 0;
    const outputs = this.outputs
      .map((o, i) => ({ ...o, i }))
      .filter((o) => o.member === member && Math.max(o.node.phase, o.member ? 0 : 1) === phase);
    const guards = this.guards.filter((g) => g.phase === phase);
    const roots = () => this.needed.get(phase) ?? [];
    if (outputs.length + guards.length + roots().length === 0) return "";
    const code = new PassCode(this, phase, member);
    const tail: string[] = [];
    for (const o of outputs) {
      // -2 * 0 is -0 in floating point; nobody is owed minus nothing.
      const value = isInt(o.node) ? code.value(o.node) : `(${code.value(o.node)}) + 0`;
      tail.push(`o${o.i}[${member ? "p" : "h"}] = ${value};`);
    }
    for (const g of guards) {
      const trip = code.trip(g);
      if (trip) tail.push(`bad |= ${trip};`);
    }
    const totals: string[] = [];
    for (const { node, use } of roots()) {
      const t = this.stored.get(`${node.id} ${use}`)!;
      if (use === "value") tail.push(`t${t}[${member ? "i" : "k"}] = ${code.value(node)};`);
      else {
        totals.push(`r${t} = 0`);
        const sum = `r${t} + ${code.value(node)}`;
        // 32-bit totals may wrap around: their differences, the sums of households, fit.
        tail.push(`r${t} = ${isInt(sumRange(node)) ? `${sum} | 0` : sum}; t${t}[i + 1] = r${t};`);
      }
    }
    const lets = totals.length > 0 ? `    let ${totals.join(", ")};\n` : "";
    const lines = [...code.lines, ...tail].map((l) => `      ${l}\n`).join("");
    if (member) {
      const owner = code.ownerUsed;
      if (owner) this.marks = true;
      return `  {\n${lets}${owner ? "    let k = -1;\n" : ""}    for (let i = 0; i < P; i++) {\n      const p = p0 + i | 0;\n${
        owner ? "      k = k + marks[i] | 0;\n      const h = h0 + k | 0;\n" : ""
      }${lines}    }\n  }\n`;
    }
    return `  {\n    let s = 0;\n    for (let k = 0; k < H; k++) {\n      const h = h0 + k | 0, e = offsets[h + 1] - p0 | 0;\n${lines}      s = e;\n    }\n  }\n`;
  }

  column(name: string): number {
    const at = this.columns.indexOf(name);
    return at >= 0 ? at : this.columns.push(name) - 1;
  }

  /** Number of the array in which an earlier pass leaves this. */
  store(node: Node, use: Use): number {
    const key = `${node.id} ${use}`;
    const old = this.stored.get(key);
    if (old !== undefined) return old;
    const kind = !isInt(use === "sum" ? sumRange(node) : node)
      ? "Float64Array"
      : use === "value" && node.lo >= 0 && node.hi <= 255
        ? "Uint8Array"
        : "Int32Array";
    const t = this.temps.push({ kind, member: node.phase % 2 === 0 || node.phase < 0 }) - 1;
    this.stored.set(key, t);
    const phase = Math.max(0, node.phase);
    this.needed.set(phase, [...(this.needed.get(phase) ?? []), { node, use }]);
    return t;
  }
}

function sumRange(n: Node): { lo: number; hi: number } {
  return { lo: Math.min(n.lo, n.lo * MOST_MEMBERS), hi: Math.max(n.hi, n.hi * MOST_MEMBERS) };
}

/** The body of one loop. */
class PassCode {
  readonly lines: string[] = [];
  ownerUsed = false;
  private readonly names = new Map<Node, string>();
  private readonly out: Emitter;
  private readonly phase: number;
  private readonly member: boolean;

  constructor(out: Emitter, phase: number, member: boolean) {
    this.out = out;
    this.phase = phase;
    this.member = member;
  }

  value(n: Node): string {
    if (isConst(n)) return n.lo < 0 ? `(${n.lo})` : String(n.lo);
    const old = this.names.get(n);
    if (old) return old;
    const text = this.fetched(n) ?? this.expression(n);
    const name = `v${n.id}`;
    this.lines.push(`const ${name} = ${text};`);
    this.names.set(n, name);
    return name;
  }

  /** What an earlier pass computed, unless it is cheap to do again. */
  private fetched(n: Node): string | undefined {
    if (n.phase >= this.phase || n.phase < 0) return undefined;
    if (["load", "loadOwn", "own", "segSum", "segMin", "segMax", "count"].includes(n.op)) return undefined;
    if (n.op === "bit" || n.op === "range") return undefined;
    if (n.cost <= 4 && cheap(n)) return undefined;
    const t = this.out.store(n, "value");
    return `t${t}[${this.member ? "i" : "k"}]`;
  }

  private expression(n: Node): string {
    const [a, b, c] = n.args as [Node, Node, Node];
    const int = isInt(n);
    const whole = (text: string) => (int ? `${text} | 0` : text);
    switch (n.op) {
      case "load":
        return `c${this.out.column(String(n.attr))}[${this.member ? "p" : "h"}]`;
      case "loadOwn":
        this.ownerUsed = true;
        return `c${this.out.column(String(n.attr))}[h]`;
      case "bit":
        return `${this.value(a)} >>> ${n.attr} & 1`;
      case "add":
        return whole(`${this.value(a)} + ${this.value(b)}`);
      case "sub":
        return whole(`${this.value(a)} - ${this.value(b)}`);
      case "mul":
        if (int && isInt(a) && isInt(b)) return `Math.imul(${this.value(a)}, ${this.value(b)})`;
        return whole(`${this.value(a)} * ${this.value(b)}`);
      case "div":
        if (isInt(a) && isInt(b)) return `(${this.value(a)} / ${this.value(b)}) | 0`;
        return whole(`Math.floor(${this.value(a)} / ${this.value(b)})`);
      case "trunc":
        if (isInt(a)) return `(${this.value(a)} / ${n.attr}) | 0`;
        return whole(`Math.trunc(${this.value(a)} / ${n.attr})`);
      case "lt":
        return this.less(a, b);
      case "eq":
        return `(${this.value(a)} === ${this.value(b)}) | 0`;
      case "and":
        return `${this.value(a)} & ${this.value(b)}`;
      case "or":
        return `${this.value(a)} | ${this.value(b)}`;
      case "not":
        return `${this.value(a)} ^ 1`;
      case "sel":
        return this.select(n, a, b, c);
      case "min":
      case "max":
        return this.extreme(n, a, b);
      case "call":
        return `helpers.${n.attr}(${n.args.map((x) => this.value(x)).join(", ")})`;
      case "count":
        return "e - s | 0";
      case "segSum": {
        const t = this.out.store(a, "sum");
        return whole(`t${t}[e] - t${t}[s]`);
      }
      case "segMin":
      case "segMax": {
        const values = `t${this.out.store(a, "value")}`;
        const keep = isConst(b) ? (b.lo === 1 ? "undefined" : "none") : `t${this.out.store(b, "value")}`;
        return `helpers.best(${values}, ${keep}, s, e, ${n.op === "segMin" ? 1 : -1})`;
      }
      case "own": {
        this.ownerUsed = true;
        const h = this.out.store(a, "value");
        return `t${h}[k]`;
      }
      case "range":
        return this.value(a);
      case "guard":
      case "const":
        throw new Error(`not a value: ${n.op}`);
    }
  }

  /** Negative where the guard trips. */
  trip(g: Node): string {
    const x = g.args[0]!;
    if (g.op === "guard") return `-${this.value(x)}`;
    const [lo, hi] = [Math.max(g.lo, x.lo), Math.min(g.hi, x.hi)];
    const [least, most] = String(g.attr).split(":").map(Number) as [number, number];
    const low = least > x.lo;
    const high = most < x.hi;
    const text = this.value(x);
    if (isInt(x) && hi - lo < 2 ** 31) {
      const parts = [
        ...(low ? [least === 0 ? text : `(${text} - ${paren(least)})`] : []),
        ...(high ? [`(${most} - ${text})`] : []),
      ];
      return parts.join(" | ");
    }
    return `(${text} >= ${paren(least)} && ${text} <= ${paren(most)} ? 0 : -1)`;
  }

  private less(a: Node, b: Node): string {
    if (isInt(a) && isInt(b) && isInt({ lo: a.lo - b.hi, hi: a.hi - b.lo })) {
      if (isConst(b) && b.lo === 0) return `${this.value(a)} >>> 31`;
      return `(${this.value(a)} - ${this.value(b)}) >>> 31`;
    }
    return `(${this.value(a)} < ${this.value(b)}) | 0`;
  }

  private select(n: Node, c: Node, a: Node, b: Node): string {
    if (!isInt(n)) return `${this.value(c)} === 1 ? ${this.value(a)} : ${this.value(b)}`;
    const [x, y] = [this.value(a), this.value(b)];
    const cond = this.value(c);
    if (isConst(b) && b.lo === 0) return `${x} & -${cond}`;
    if (isConst(a) && a.lo === 0) return `${y} & ${cond} - 1`;
    if (isConst(a) && isConst(b)) return `${y} + (${a.lo - b.lo} & -${cond}) | 0`;
    return `${y} ^ ((${x} ^ ${y}) & -${cond})`;
  }

  private extreme(n: Node, a: Node, b: Node): string {
    const [x, y] = [this.value(a), this.value(b)];
    const diff = isInt({ lo: a.lo - b.hi, hi: a.hi - b.lo }) && isInt(a) && isInt(b);
    if (!diff) return `Math.${n.op}(${x}, ${y})`;
    if (n.op === "max" && isConst(b) && b.lo === 0) return `${x} & ~(${x} >> 31)`;
    if (n.op === "max" && isConst(a) && a.lo === 0) return `${y} & ~(${y} >> 31)`;
    const d = `(${x} - ${y} | 0)`;
    return n.op === "min" ? `${y} + (${d} & ${d} >> 31) | 0` : `${x} - (${d} & ${d} >> 31) | 0`;
  }
}

function cheap(n: Node): boolean {
  return !["own", "segSum", "segMin", "segMax", "call"].includes(n.op) && n.args.every(cheap);
}

function paren(n: number): string {
  return n < 0 ? `(${n})` : String(n);
}
