import { Bytes, I32, type Locals, OP } from "@wuxin/kernel/wasm";
import { bytesOf, type ColumnKind } from "./forms.ts";

/** Parameters of the function: where its scratch memory begins, how many there are, and the block's first member. */
export const SCRATCH = 0;
export const HOUSEHOLDS = 1;
export const MEMBERS = 2;
export const FIRST_MEMBER = 3;

/** Where the four rows of a round stand in columns and in the scratch memory; each address is computed once a round. */
export class Addresses {
  /** At the beginning of a round. */
  readonly prelude = new Bytes();
  readonly row: number;
  private readonly locals: Locals;
  private readonly steps = new Map<string, number>();

  constructor(locals: Locals) {
    this.locals = locals;
    this.row = locals.add(I32);
  }

  /** Of the rows in a column. */
  address(base: number, kind: ColumnKind): number {
    return this.step(`${base} ${kind}`, () =>
      this.prelude
        .get(base)
        .get(this.scaled(bytesOf(kind)))
        .op(OP.i32Add),
    );
  }

  /** Address of this row in the scratch memory, for values of so many bytes. */
  scratch(bytes: number): number {
    return this.step(`scratch ${bytes}`, () =>
      this.prelude.get(SCRATCH).get(this.scaled(bytes)).op(OP.i32Add),
    );
  }

  private scaled(bytes: number): number {
    if (bytes === 1) return this.row;
    return this.step(`row ${bytes}`, () => this.prelude.get(this.row).int(Math.log2(bytes)).op(OP.i32Shl));
  }

  private step(key: string, write: () => void): number {
    let local = this.steps.get(key);
    if (local === undefined) {
      local = this.locals.add(I32);
      this.steps.set(key, local);
      write();
      this.prelude.set(local);
    }
    return local;
  }
}
