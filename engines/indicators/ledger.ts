/** What a ledger is to an indicator: a relation, when a row belongs to a month, and the columns conditions may name. */
import type { ColumnKind, Parameters } from "@wuxin/engines/registers";
import type { IsoDate, Month } from "@wuxin/kernel";

/** What the figures of one request are made for. */
export interface Context {
  readonly countyCode: string;
  /**
   * Division prefixes narrower than the county: the actor's scope and what was asked for. Row-level security holds
   * without them; told again as values they let an index find the rows, and spare the policy the others.
   */
  readonly prefixes: readonly string[];
  readonly today: IsoDate;
  readonly now: Date;
  /** The months asked for; `m.i` of a statement is the place in this list, from 1. */
  readonly months: readonly Month[];
  /** Day of the month by which a roster is to be paid. */
  readonly payDay: number;
  /** A dated parameter at the end of each of `months` (of today, in the current one). */
  readonly parameterByMonth: (name: string) => readonly (number | null)[];
}

/** Ends of the span of months asked for; what lies between is for the statement to sort out. */
export const firstMonth = (c: Context): Month => c.months.reduce((a, b) => (b < a ? b : a));
export const lastMonth = (c: Context): Month => c.months.reduce((a, b) => (b > a ? b : a));

/** Rows of `alias` that belong to the county and the part of it asked for. */
export function partSql(alias: string, p: Parameters, c: Context): string {
  const county = `${alias}.county_code = ${p.bind(c.countyCode, "text")}`;
  const parts = c.prefixes.map(
    (x) =>
      `${alias}.division_code >= ${p.bind(x, "text")} and ${alias}.division_code < ${p.bind(`${x}z`, "text")}`,
  );
  return [county, ...parts].join(" and ");
}

/** SQL of another column or key of the same row, wherever the row stands (grouped or not). */
export type Place = (name: string) => string;

export interface LedgerColumn {
  readonly kind: ColumnKind;
  readonly label: string;
  /** Over the row, alias `r`. */
  readonly sql?: (p: Parameters, c: Context) => string;
  /** Over the row and the month `m` (`m.month`, `m.i`): true in some months of the same row. */
  readonly period?: (at: Place, p: Parameters, c: Context) => string;
  /** Columns that `period` reads beside the keys. */
  readonly needs?: readonly string[];
}

export interface DetailColumn {
  readonly key: string;
  readonly label: string;
  /** Over `r` and the joins of the detail. */
  readonly sql: string;
  /** How a cell is written: names are masked, money is in 元. */
  readonly as?: "name" | "money" | "division" | "item" | "boolean";
}

export interface Ledger {
  readonly code: string;
  readonly title: string;
  /** Its rows are the county's alone to see, whichever township they are about. */
  readonly countyOnly?: boolean;
  /** A FROM item with alias `r`, which has county_code and division_code. Columns that nobody asks for cost nothing. */
  readonly relation: (p: Parameters, c: Context) => string;
  /** Columns of the relation by which months are told. */
  readonly keys: readonly string[];
  /** Leaves out what belongs to none of the months, before anything is grouped. */
  readonly window: (p: Parameters, c: Context) => string;
  /** Does the row belong to month `m`, as something of that month? */
  readonly flow: (at: Place) => string;
  /** Is it there when month `m` ends? Absent: the ledger has no stock. */
  readonly stock?: (at: Place) => string;
  readonly columns: ReadonlyMap<string, LedgerColumn>;
  /** 1 or 0: is the row one of those counted? Absent: every row is. */
  readonly counts?: string;
  /** How many persons; absent: the ledger does not know. */
  readonly persons?: string;
  /** Columns that may be added up: a whole-number expression, and what it is divided by to get the unit. */
  readonly numbers: ReadonlyMap<string, { readonly sql: string; readonly divide: number }>;
  readonly detail: {
    readonly joins: string;
    readonly columns: readonly DetailColumn[];
    readonly orderBy: string;
    /** What a row opens: kind of page and id. */
    readonly opens: { readonly kind: string; readonly id: string };
  };
}
