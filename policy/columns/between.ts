import { F64, I32, OP, SIMD, V128 } from "@wuxin/kernel/wasm";
import { FIRST_MEMBER, HOUSEHOLDS, SCRATCH } from "./addresses.ts";
import { bytesOf, formFor } from "./forms.ts";
import type { Node } from "./nodes.ts";
import type { Program } from "./program.ts";

/** What goes over the households one at a time: values handed to their members, and least and greatest of theirs. */
export class BetweenPasses {
  private readonly program: Program;

  constructor(program: Program) {
    this.program = program;
  }

  /** A loop over the households of the block, one at a time; `s` and `e` count members of the block. */
  private eachHousehold(body: (at: { row: number; start: number; end: number }) => void): void {
    const { code, locals } = this.program;
    const [row, start, end] = [locals.add(I32), locals.add(I32), locals.add(I32)];
    code.int(0).set(row).int(0).set(start);
    code.loop((c) => {
      c.get(this.program.offsets, row).int(2).op(OP.i32Shl).op(OP.i32Add).op(OP.i32Load).at(4);
      c.get(FIRST_MEMBER).op(OP.i32Sub).set(end);
      body({ row, start, end });
      c.get(end).set(start);
      c.get(row).int(1).op(OP.i32Add).tee(row).get(HOUSEHOLDS).op(OP.i32LtS);
    });
  }

  /** `scratch + index × bytes`, on the stack. */
  private scratchAt(index: number, bytes: number): void {
    this.program.code.get(SCRATCH, index).int(Math.log2(bytes)).op(OP.i32Shl).op(OP.i32Add);
  }

  /** After a pass over households: each value into four members at once; the next household writes over what is its. */
  spreadOut(spread: ReadonlyMap<Node, { place: number; phase: number }>, phase: number): void {
    const all = [...spread].filter(([, s]) => s.phase === phase);
    if (all.length === 0) return;
    const { code, locals } = this.program;
    const values = all.map(([n, { place }]) => ({
      n,
      place,
      wide: formFor(n, "value") === "wide",
      value: locals.add(V128),
    }));
    const at = locals.add(I32);
    this.eachHousehold(({ row, start, end }) => {
      for (const { n, wide, value } of values) {
        this.householdValue(n, row);
        code.simd(wide ? SIMD.f64x2Splat : SIMD.i32x4Splat).set(value);
      }
      code.get(start).set(at);
      code.loop((c) => {
        for (const { place, wide, value } of values) {
          for (const part of wide ? [0, 16] : [0]) {
            this.scratchAt(at, wide ? 8 : 4);
            c.get(value)
              .simd(SIMD.store)
              .at(place + part);
          }
        }
        c.get(at).int(4).op(OP.i32Add).tee(at).get(end).op(OP.i32LtS);
      });
    });
  }

  /** One household's value, on the stack. */
  private householdValue(n: Node, row: number): void {
    const { code } = this.program;
    if (n.op === "own") {
      const temp = this.program.temp(n.args[0]!, "value");
      const wide = temp.form === "wide";
      this.scratchAt(row, wide ? 8 : 4);
      code.op(wide ? OP.f64Load : OP.i32Load).at(temp.place);
      return;
    }
    const { kind, base } = this.program.column(String(n.attr));
    const load = {
      Uint8Array: OP.i32Load8U,
      Int8Array: OP.i32Load8S,
      Uint16Array: OP.i32Load16U,
      Int16Array: OP.i32Load16S,
      Int32Array: OP.i32Load,
      Uint32Array: OP.i32Load,
      Float64Array: OP.f64Load,
    }[kind];
    code
      .get(base, row)
      .int(Math.log2(bytesOf(kind)))
      .op(OP.i32Shl)
      .op(OP.i32Add)
      .op(load)
      .at(0);
    if (kind === "Uint32Array") code.op(OP.f64ConvertI32U);
  }

  /** Before a pass over households: what it reads of least and greatest values. */
  findBests(bests: ReadonlyMap<Node, { place: number }>, phase: number): void {
    const all = [...bests].filter(([n]) => n.phase === phase);
    for (const [n, { place }] of all) {
      const { code, locals } = this.program;
      const temp = this.program.temp(n.args[0]!, "number");
      const wide = temp.form === "wide";
      const [best, next] = [locals.add(wide ? F64 : I32), locals.add(wide ? F64 : I32)];
      const at = locals.add(I32);
      const load = () => {
        this.scratchAt(at, wide ? 8 : 4);
        code.op(wide ? OP.f64Load : OP.i32Load).at(temp.place);
      };
      this.eachHousehold(({ row, start, end }) => {
        code.get(start).set(at);
        load();
        code.set(best);
        code.loop((c) => {
          load();
          c.set(next);
          const [a, b] = n.op === "segMin" ? [next, best] : [best, next];
          if (wide) c.get(best, next).op(n.op === "segMin" ? OP.f64Min : OP.f64Max);
          else c.get(next, best, a, b).op(OP.i32LtS).op(OP.select);
          c.set(best);
          c.get(at).int(1).op(OP.i32Add).tee(at).get(end).op(OP.i32LtS);
        });
        this.scratchAt(row, wide ? 8 : 4);
        code
          .get(best)
          .op(wide ? OP.f64Store : OP.i32Store)
          .at(place);
      });
    }
  }
}
