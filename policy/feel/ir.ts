import type { Num, RoundingMode } from "../exact.ts";
import type { CompareOp, Span } from "./ast.ts";
import type { StaticType } from "./types.ts";

/** A value while computing. Dates are `YYYY-MM-DD`; money is 分. `undefined` never appears here. */
export type Scalar = Num | string | boolean | null;

/** Whose value a reference reads: the household's, or that of the member bound to a slot. */
export type Slot = "household" | number;

export interface DimensionRef {
  readonly kind: "fact" | "variable";
  readonly name: string;
  readonly slot: Slot;
}

/**
 * The typed intermediate form that every machine runs. Names, entities, units and types are settled; a member list
 * is walked by binding its `slot` to each member in turn.
 */
export type Ir = Span & { readonly type: StaticType } & IrNode;

type IrNode =
  | { readonly op: "const"; readonly value: Scalar }
  | { readonly op: "fact"; readonly name: string; readonly slot: Slot }
  | { readonly op: "variable"; readonly name: string; readonly slot: Slot }
  | {
      readonly op: "parameter";
      readonly name: string;
      readonly field?: string;
      readonly by: readonly DimensionRef[];
    }
  | { readonly op: "month"; readonly day: "first" | "last" }
  | { readonly op: "negate" | "not" | "abs"; readonly a: Ir }
  | { readonly op: "+" | "-" | "*" | "/" | "modulo"; readonly a: Ir; readonly b: Ir }
  | { readonly op: "power"; readonly a: Ir; readonly exponent: number }
  | { readonly op: "compare"; readonly cmp: CompareOp; readonly a: Ir; readonly b: Ir }
  | { readonly op: "and" | "or"; readonly a: Ir; readonly b: Ir }
  | { readonly op: "if"; readonly condition: Ir; readonly yes: Ir; readonly no: Ir }
  | { readonly op: "test"; readonly value: Ir; readonly tests: readonly IrTest[]; readonly negated: boolean }
  /** `step` is in base units (100 = whole yuan for money), so that places mean places of a yuan. */
  | { readonly op: "round"; readonly a: Ir; readonly mode: RoundingMode; readonly step: Num }
  | { readonly op: "aggregate"; readonly fn: Aggregate; readonly items: Items }
  | { readonly op: "some" | "every"; readonly slot: number; readonly list: Ir; readonly condition: Ir }
  | { readonly op: "members"; readonly filters: readonly { readonly slot: number; readonly condition: Ir }[] }
  | { readonly op: "project"; readonly slot: number; readonly list: Ir; readonly body: Ir }
  | { readonly op: "items"; readonly items: readonly Ir[] }
  | { readonly op: "datePart"; readonly part: "year" | "month" | "day"; readonly a: Ir }
  | { readonly op: "elapsed"; readonly part: "years" | "months"; readonly start: Ir; readonly end: Ir }
  | { readonly op: "shift"; readonly a: Ir; readonly months: number; readonly days: number }
  | { readonly op: "table"; readonly rows: readonly TableRow[] };

export type Aggregate = "count" | "sum" | "min" | "max" | "mean";
export type Items = { readonly list: Ir } | { readonly args: readonly Ir[] };

export type IrTest =
  | {
      readonly k: "interval";
      readonly low: Ir;
      readonly high: Ir;
      readonly lowOpen: boolean;
      readonly highOpen: boolean;
    }
  | { readonly k: "relation"; readonly op: CompareOp; readonly value: Ir }
  | { readonly k: "oneOf"; readonly list: readonly Ir[] };

export interface TableRow {
  readonly conditions: readonly Ir[];
  readonly result: Ir;
  /** The row as written, for the trace. */
  readonly text: string;
}
