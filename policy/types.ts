import type { IsoDate, Month } from "@wuxin/kernel";
import type { Problem } from "./errors.ts";
import type { Ir, Scalar } from "./feel/ir.ts";
import type { Entity } from "./feel/names.ts";
import type { Unit } from "./units.ts";

/** A rule, parameter or example file, as text. `file` is used in messages only. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

export type ValueType = "money" | "integer" | "number" | "boolean" | "text" | "date";
/** A value in JSON: money is integer 分, dates are `YYYY-MM-DD`. */
export type PlainValue = number | string | boolean | null;

/** A fact that somebody records: what the officer or the resident is asked. */
export interface InputFact {
  readonly name: string;
  readonly code: string;
  readonly entity: Entity;
  readonly type: ValueType;
  readonly label: string;
  readonly unit?: string;
  readonly choices?: readonly string[];
  /** Plain question for residents. */
  readonly question?: string;
  /** Same as `question`: the text of 政策自测. */
  readonly askedAs?: string;
  readonly selfCheck: boolean;
  /** Asked only when this holds (FEEL over the facts of the same entity and its household). */
  readonly when?: string;
  /** What 政策自测 may take when it does not ask; never used by a decision. */
  readonly assume?: PlainValue;
  /**
   * Value of a fact that is only ever recorded when it happens (refusals of work, months in gradual exit): no record
   * is itself the answer. Without it a missing fact stays undetermined.
   */
  readonly unrecorded?: PlainValue;
  readonly min?: number;
  readonly max?: number;
  readonly nullable: boolean;
  /** The paper that proves it, for the one-off notice of missing papers. */
  readonly material?: string;
  readonly reference?: string;
  readonly help?: string;
}

/** A quantity the rules compute. */
export interface Variable {
  readonly name: string;
  readonly code: string;
  readonly label: string;
  readonly entity: Entity;
  readonly type: ValueType;
  readonly unit?: string;
  readonly choices?: readonly string[];
  readonly nullable: boolean;
  readonly reference?: string;
  readonly description?: string;
  readonly round?: string;
  /** In time order. */
  readonly versions: readonly FormulaVersion[];
}

export interface FormulaVersion {
  readonly since: IsoDate;
  /** The formula as written; for a table, its rows. */
  readonly text: string;
  readonly ir: Ir;
  /** How many members the formula can hold at once (its own, and one per filter, projection and some/every). */
  readonly slots: number;
  /** Names it reads directly. */
  readonly uses: readonly string[];
}

/** A dated value, its source and how sure it is. */
export interface ParameterVersion {
  readonly since: IsoDate;
  /** Value by dimension values and part, joined with "\u0000"; "" for a single value. Money in 分. */
  readonly values: ReadonlyMap<string, Scalar>;
  readonly document?: string;
  readonly unverified: boolean;
  readonly note?: string;
}

export interface Parameter {
  readonly name: string;
  readonly code: string;
  readonly label: string;
  readonly type: ValueType;
  readonly unit?: Unit;
  readonly choices?: readonly string[];
  readonly by: readonly string[];
  readonly fields?: readonly string[];
  readonly reference?: string;
  readonly lastReview?: IsoDate;
  /** In time order. */
  readonly versions: readonly ParameterVersion[];
  /** The file that gave the values in force. */
  readonly file: string;
}

/** Rules and parameters, checked, ready to be asked. */
export interface RuleSet {
  readonly name: string;
  /** SHA-256 (hex) of the canonical content: same content, same version, whatever the comments and spaces. */
  readonly version: string;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly inputs: readonly InputFact[];
  /** Every month from `from` to `to` in which a formula or parameter is missing. */
  coverage(from: Month, to: Month): Problem[];
}

/** A recorded fact: value, where it comes from, and its date. A missing key or `undefined` is “nobody recorded it”. */
export interface FactValue {
  readonly value: PlainValue;
  readonly source?: string;
  readonly date?: IsoDate;
}
export type Facts = Readonly<Record<string, FactValue | undefined>>;

export interface DecideRequest {
  readonly month: Month;
  /** Names of variables. */
  readonly wanted: readonly string[];
  readonly household: Facts;
  readonly members: readonly Facts[];
}

export type Result =
  | { readonly known: true; readonly value: PlainValue; readonly type: ValueType; readonly text: string }
  | { readonly known: false; readonly missing: readonly string[] };

/** A fact nobody recorded and that the answer needs. */
export interface MissingFact {
  readonly name: string;
  readonly entity: Entity;
  /** Index into `members`. */
  readonly member?: number;
  readonly label: string;
  readonly question?: string;
  readonly material?: string;
  /** False: needed only on one side of a condition that is itself not known yet. */
  readonly certain: boolean;
  /** The variable that asked first. */
  readonly askedBy: string;
}

export interface Use {
  readonly kind: "fact" | "parameter" | "variable";
  readonly name: string;
  readonly member?: number;
  readonly value?: PlainValue;
  /** Value in words: "560.00 元", "是", "未填报". */
  readonly text: string;
  readonly source?: string;
  readonly date?: IsoDate;
  /** 文号 or source document of a parameter. */
  readonly document?: string;
  readonly since?: IsoDate;
  readonly unverified?: boolean;
  readonly note?: string;
}

/** One computed variable, in an order a reader can follow: what it stands on comes before it. */
export interface Step {
  readonly variable: string;
  readonly entity: Entity;
  readonly member?: number;
  readonly formulaText: string;
  readonly article?: string;
  readonly since: IsoDate;
  readonly type: ValueType;
  /** Absent when undetermined. */
  readonly value?: PlainValue;
  readonly undetermined?: true;
  readonly text: string;
  /** The formula with the values in it, in Chinese. */
  readonly working: string;
  readonly uses: readonly Use[];
  /** The first condition that was not met, as written, when a yes/no variable came out “否”. */
  readonly firstFailed?: string;
  readonly rounding?: string;
}

/** JSON-serialisable; with the rule set of its version and the same inputs it comes out word for word the same. */
export interface Decision {
  readonly version: string;
  readonly month: Month;
  readonly results: Readonly<Record<string, Result>>;
  readonly memberResults: Readonly<Record<string, readonly Result[]>>;
  readonly steps: readonly Step[];
  readonly missing: readonly MissingFact[];
}
