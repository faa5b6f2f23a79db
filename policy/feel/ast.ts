/** Where a piece of an expression stands in its own text: offsets of characters, end excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The supported part of FEEL, before names and types are known. */
export type Ast =
  | (Span & { readonly k: "number"; readonly text: string })
  | (Span & { readonly k: "string"; readonly value: string })
  | (Span & { readonly k: "boolean"; readonly value: boolean })
  | (Span & { readonly k: "null" })
  | (Span & { readonly k: "date"; readonly value: string })
  | (Span & { readonly k: "duration"; readonly months: number; readonly days: number })
  | (Span & { readonly k: "name"; readonly name: string })
  | (Span & { readonly k: "path"; readonly target: Ast; readonly name: string })
  | (Span & { readonly k: "filter"; readonly list: Ast; readonly condition: Ast })
  | (Span & { readonly k: "call"; readonly name: string; readonly args: readonly Ast[] })
  | (Span & { readonly k: "negate"; readonly operand: Ast })
  | (Span & {
      readonly k: "arithmetic";
      readonly op: "+" | "-" | "*" | "/" | "**";
      readonly left: Ast;
      readonly right: Ast;
    })
  | (Span & { readonly k: "compare"; readonly op: CompareOp; readonly left: Ast; readonly right: Ast })
  | (Span & { readonly k: "between"; readonly value: Ast; readonly low: Ast; readonly high: Ast })
  | (Span & { readonly k: "in"; readonly value: Ast; readonly tests: readonly Test[] })
  | (Span & { readonly k: "and" | "or"; readonly left: Ast; readonly right: Ast })
  | (Span & { readonly k: "if"; readonly condition: Ast; readonly yes: Ast; readonly no: Ast })
  | (Span & {
      readonly k: "some" | "every";
      readonly name: string;
      readonly list: Ast;
      readonly condition: Ast;
    })
  | (Span & { readonly k: "list"; readonly items: readonly Ast[] });

export type CompareOp = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** One unary test: of `in`, or of a cell of a decision table. */
export type Test =
  | (Span & {
      readonly k: "interval";
      readonly low: Ast;
      readonly high: Ast;
      readonly lowOpen: boolean;
      readonly highOpen: boolean;
    })
  | (Span & { readonly k: "relation"; readonly op: CompareOp; readonly value: Ast })
  | (Span & { readonly k: "value"; readonly value: Ast });

/** The tests of one cell: any of them (`anyOf`), none of them (`negated`), or anything at all (`-`). */
export interface CellTests extends Span {
  readonly any: boolean;
  readonly negated: boolean;
  readonly tests: readonly Test[];
}

/** A fault inside an expression; the loader turns its offset into file, line and column. */
export class FeelFault extends Error {
  readonly at: number;
  readonly mend: string;

  constructor(at: number, message: string, mend: string) {
    super(message);
    this.name = "FeelFault";
    this.at = at;
    this.mend = mend;
  }
}
