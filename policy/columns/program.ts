import { Bytes, I32, Locals, moduleBytes, OP } from "@wuxin/kernel/wasm";
import { HOUSEHOLDS, MEMBERS, SCRATCH } from "./addresses.ts";
import { BetweenPasses } from "./between.ts";
import { bytesOf, type ColumnKind, type Form, formFor, type Use } from "./forms.ts";
import { CHUNK, MOST_IN_BLOCK, PADDING } from "./loop.mjs";
import { type Node, NotColumnar } from "./nodes.ts";
import { Pass } from "./pass.ts";
import { type WasmModule, webAssembly } from "./webassembly.ts";

/** Where a value is written for the caller. */
export interface Output {
  readonly node: Node;
  readonly member: boolean;
  readonly kind: ColumnKind;
}

/** What a later pass reads of an earlier one: a place in the scratch memory. */
export interface Temp {
  readonly form: Form;
  readonly place: number;
}

export interface Generated {
  /** The module, over a memory that threads share or that one thread owns. */
  module(shared: boolean): WasmModule;
  readonly bytes: number;
  /** Columns in the order in which the table of addresses names them; `x?` is the state of `x`. */
  readonly inputs: readonly { readonly name: string; readonly member: boolean; readonly place: number }[];
  /** Where each output of a block lies in the scratch memory. */
  readonly outputs: readonly { readonly member: boolean; readonly place: number }[];
  readonly offsetsPlace: number;
  readonly scratchBytes: number;
}

/** More than any compiler takes in one function. */
const MOST_LOCALS = 40_000;

/**
 * A block of households as WebAssembly: a table of addresses in, results in the scratch memory (and moved to where the
 * table says), −1 where a guard tripped. Passes over members and households alternate. Sums over a household are
 * differences of running totals; what a household gives its members is spread over them by overlapping stores.
 */
export function generate(
  outputs: readonly Output[],
  guards: readonly Node[],
  kinds: (column: string) => { kind: ColumnKind; member: boolean },
): Generated {
  return new Program(outputs, guards, kinds).run();
}

/** Parts of a program that its passes share. */
export class Program {
  readonly locals = new Locals(4);
  readonly code = new Bytes();
  private readonly outputs: readonly Output[];
  private readonly guards: readonly Node[];
  private readonly kinds: (column: string) => { kind: ColumnKind; member: boolean };
  private readonly columns = new Map<
    string,
    { kind: ColumnKind; base: number; member: boolean; place: number }
  >();
  private readonly temps = new Map<string, Temp & { node: Node; use: Use; phase: number }>();
  private readonly spread = new Map<Node, { place: number; phase: number }>();
  private readonly bests = new Map<Node, { place: number }>();
  /** Address of the offsets. */
  readonly offsets = this.locals.add(I32);
  private free: number;

  constructor(
    outputs: readonly Output[],
    guards: readonly Node[],
    kinds: (column: string) => { kind: ColumnKind; member: boolean },
  ) {
    this.outputs = outputs;
    this.guards = guards;
    this.kinds = kinds;
    const columns = new Set<unknown>();
    this.visit((n) => columns.add(n.attr));
    this.free = 4 * (1 + outputs.length + columns.size);
  }

  run(): Generated {
    const offsetsPlace = this.reserve(false, 4);
    const places = this.outputs.map((o) => this.reserve(o.member, bytesOf(o.kind)));
    let last = 1;
    this.visit((n) => {
      last = Math.max(last, n.phase);
    });
    const between = new BetweenPasses(this);
    // Last pass first: it says what it needs of the ones before.
    const passes: Bytes[] = [];
    for (let phase = last; phase >= -1; phase--) {
      const after = this.passed(() => between.spreadOut(this.spread, phase));
      const pass = phase < 0 ? new Bytes() : this.passed(() => this.pass(phase, places));
      const before = this.passed(() => between.findBests(this.bests, phase));
      passes.unshift(before, pass, after);
    }
    const checked = this.passed(() => {
      const pass = new Pass(this, 1);
      pass.checkCounts();
      pass.finish();
    });
    const code = this.addresses().append(checked);
    for (const p of passes) code.append(p);
    this.moveOut(code, places);
    code.int(0);
    if (this.locals.count > MOST_LOCALS) throw new NotColumnar("规则太长");
    const modules = new Map<boolean, WasmModule>();
    return {
      module: (shared) => {
        const module = modules.get(shared) ?? compiled(moduleBytes(this.locals, code, shared));
        modules.set(shared, module);
        return module;
      },
      bytes: code.data.length,
      inputs: [...this.columns].map(([name, { member, place }]) => ({ name, member, place })),
      outputs: this.outputs.map(({ member }, i) => ({ member, place: places[i]! })),
      offsetsPlace,
      scratchBytes: this.free,
    };
  }

  // ── what passes ask for ──

  column(name: string): { kind: ColumnKind; base: number } {
    const old = this.columns.get(name);
    if (old) return old;
    const { kind, member } = this.kinds(name);
    const column = { kind, member, base: this.locals.add(I32), place: this.reserve(member, bytesOf(kind)) };
    this.columns.set(name, column);
    return column;
  }

  /** Where an earlier pass leaves this. */
  temp(node: Node, use: Use): Temp {
    const key = `${node.id} ${use}`;
    const old = this.temps.get(key);
    if (old) return old;
    const form = formFor(node, use);
    const phase = Math.max(0, node.phase);
    const place = this.reserve(phase % 2 === 0, form === "wide" ? 8 : 4);
    const temp = { form, place, node, use, phase };
    this.temps.set(key, temp);
    return temp;
  }

  /** A household's value, or its column, beside each of its members. */
  owned(n: Node): { place: number } {
    const old = this.spread.get(n);
    if (old) return old;
    if (n.op === "own") this.temp(n.args[0]!, "value");
    else this.column(String(n.attr));
    const wide = formFor(n, "value") === "wide";
    const phase = n.op === "own" ? n.args[0]!.phase : -1;
    const entry = { place: this.reserve(true, wide ? 8 : 4), phase };
    this.spread.set(n, entry);
    return entry;
  }

  /** Least or greatest of the members' values, beside the household. */
  best(n: Node): { place: number } {
    const old = this.bests.get(n);
    if (old) return old;
    this.temp(n.args[0]!, "number");
    const entry = { place: this.reserve(false, formFor(n, "value") === "wide" ? 8 : 4) };
    this.bests.set(n, entry);
    return entry;
  }

  // ── inside ──

  private visit(see: (n: Node) => void): void {
    const seen = new Set<Node>();
    const visit = (n: Node) => {
      if (seen.has(n)) return;
      seen.add(n);
      see(n);
      for (const a of n.args) visit(a);
    };
    for (const n of [...this.outputs.map((o) => o.node), ...this.guards]) visit(n);
  }

  private reserve(member: boolean, bytes: number): number {
    const place = Math.ceil(this.free / 64) * 64;
    this.free = place + ((member ? MOST_IN_BLOCK : CHUNK) + PADDING) * bytes;
    return place;
  }

  /** Code written meanwhile. */
  private passed(write: () => void): Bytes {
    const from = this.code.data.length;
    write();
    const part = new Bytes();
    for (const b of this.code.data.splice(from)) part.raw(b);
    return part;
  }

  private addresses(): Bytes {
    const code = new Bytes();
    const load = (index: number, local: number) =>
      code
        .get(SCRATCH)
        .op(OP.i32Load)
        .at(4 * index)
        .set(local);
    load(0, this.offsets);
    let index = 1 + this.outputs.length;
    for (const { base } of this.columns.values()) load(index++, base);
    return code;
  }

  private pass(phase: number, places: readonly number[]): void {
    const member = phase % 2 === 0;
    const outputs = this.outputs
      .map((o, i) => ({ ...o, place: places[i]! }))
      .filter((o) => o.member === member && Math.max(o.node.phase, o.member ? 0 : 1) === phase);
    const guards = this.guards.filter((g) => g.phase === phase);
    const temps = [...this.temps.values()].filter((t) => t.phase === phase);
    if (outputs.length + guards.length + temps.length === 0) return;
    const pass = new Pass(this, phase);
    for (const o of outputs) pass.output(o.node, o.kind, o.place);
    for (const g of guards) pass.guard(g);
    for (const t of temps) pass.keep(t.node, t.use, t);
    pass.finish();
  }

  /** Results to where the table says; where it says nothing they stay. */
  private moveOut(code: Bytes, places: readonly number[]): void {
    for (const [i, { member, kind }] of this.outputs.entries()) {
      const to = () =>
        code
          .get(SCRATCH)
          .op(OP.i32Load)
          .at(4 * (1 + i));
      to();
      code.when((c) => {
        to();
        c.get(SCRATCH).int(places[i]!).op(OP.i32Add);
        c.get(member ? MEMBERS : HOUSEHOLDS)
          .int(Math.log2(bytesOf(kind)))
          .op(OP.i32Shl);
        c.raw(0xfc).unsigned(10).raw(0, 0);
      });
    }
  }
}

/** @throws NotColumnar where there is no WebAssembly, or one without vectors */
function compiled(bytes: Uint8Array<ArrayBuffer>): WasmModule {
  const wasm = webAssembly();
  if (!wasm) throw new NotColumnar("这里没有 WebAssembly");
  try {
    return new wasm.Module(bytes);
  } catch (error) {
    throw new NotColumnar(`WebAssembly 没有接受（${error instanceof Error ? error.message : error}）`);
  }
}
