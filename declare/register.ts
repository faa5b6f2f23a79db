/** A register (台账): a declared ledger with typed fields, sub-ledgers, checks on a cycle, limits and indicators. */
import type { Condition } from "@wuxin/kernel";
import type { Field } from "./fields.ts";
import type { IndicatorDefinition } from "./indicator.ts";
import type { Citation, Role, System } from "./roles.ts";

export interface LimitRule {
  readonly code: string;
  /** A money or integer field that must not pass a dated parameter (parameters.yaml or the county's standards). */
  readonly field: string;
  readonly parameter: string;
  readonly when?: Condition;
  readonly message: string; // {{value}} {{limit}} {{document}}
  readonly severity: "refuse" | "flag";
}

export interface SubLedger {
  readonly code: string;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly limits?: readonly LimitRule[];
  readonly by: readonly Role[];
  /** A line is an inspection of the entry: in a campaign without a checklist that has the entry in its scope, it counts there. */
  readonly inspects?: true;
  /** A field that says what stays unsolved: a line that fills it in can be put on supervision (督办立项). */
  readonly unsolved?: string;
  /** Its lines are about households of the registry: the latest line of one says how it stands. */
  readonly households?: {
    /** The field of type `household`. */
    readonly field: string;
    /** The choice field that says how the household stands. */
    readonly state: string;
    /** As long as one stands so, the entry is not closed (`closing`). */
    readonly open: readonly string[];
    /** Looked at and found not to be one: no longer counted. */
    readonly not: readonly string[];
  };
}

/** How a file of places becomes entries: the place is their key, the title and the level follow from it. */
export interface RegisterImport {
  /** The date field: a row older than what is there is refused. */
  readonly asOf: string;
  /** `{place}` is the place by its full name. */
  readonly title: string;
  /** The choice that keeps a township and its villages from being added up together. */
  readonly level: { readonly field: string; readonly township: string; readonly village: string };
  /** A field whose villages should come to their township's; a difference is a remark. */
  readonly adds?: string;
  /** Other headings of a field's column. */
  readonly headings: Readonly<Record<string, readonly string[]>>;
  /** Headings of a column of villages beside the one of townships. */
  readonly villageHeadings: readonly string[];
  /** Fields that are asked beside the file, for rows that do not say them. */
  readonly beside: readonly string[];
  readonly help: string;
}

export interface RegisterDefinition {
  readonly code: string;
  readonly title: string;
  readonly system: System;
  readonly basis: readonly Citation[];
  readonly fields: readonly Field[];
  /** Computed columns: difference of two integer fields, e.g. plots left = plots − sold. */
  readonly derived?: readonly {
    readonly name: string;
    readonly label: string;
    readonly minus: readonly [string, string];
  }[];
  readonly titleField: string;
  /** The field that names who answers for an entry: the owner when it is put on supervision. */
  readonly ownerField?: string;
  /** The field that says where an entry lies; none when every entry is the whole county's, which is then not asked. */
  readonly divisionField?: string;
  readonly columns: readonly string[];
  /** Number columns whose sum is shown at the foot; all of them unless said (a price has no sum). */
  readonly sums?: readonly string[];
  readonly rules?: readonly { readonly when: Condition; readonly message: string; readonly field: string }[];
  readonly limits?: readonly LimitRule[];
  readonly ledgers?: readonly SubLedger[];
  readonly check?: {
    readonly code: string;
    readonly label: string;
    readonly everyMonths: number;
    readonly fields: readonly Field[];
    readonly article?: string;
  };
  readonly editBy: readonly Role[];
  /**
   * How an entry is closed (销号): the field comes to `is` only from `after`, by these roles, and by another person than
   * whoever brought it to `after` or changed it since.
   */
  readonly closing?: {
    readonly field: string;
    readonly is: string;
    readonly after: string;
    readonly by: readonly Role[];
  };
  /** What stands on whose desk until its day: an entry in use for which the condition holds. */
  readonly todos?: readonly {
    readonly by: readonly Role[];
    readonly when: Condition;
    readonly dueField: string;
    /** It comes to the desk this many days before its day, a reminder; at once when left out. */
    readonly daysBefore?: number;
    readonly text: string;
  }[];
  /** Residents may read these fields, of entries in use for which `publicWhen` holds; of all of them when left out. */
  readonly publicFields?: readonly string[];
  readonly publicWhen?: Condition;
  /** What residents know it by; its title when left out. */
  readonly publicTitle?: string;
  readonly indicators?: readonly IndicatorDefinition[];
  /** Entries come from a file too, one a place. */
  readonly importing?: RegisterImport;
  /** What the departments that an entry names are told of it, and what they may add themselves. */
  readonly shares?: {
    /** A field of departments, or of a feed: then those who give it. */
    readonly with: string;
    /** As long as it holds; afterwards nothing more is said. */
    readonly when: Condition;
    readonly fields: readonly string[];
    /** Whole sub-ledgers. */
    readonly ledgers?: readonly string[];
    /** A sub-ledger that they add lines to; its field `department` says which one did, and each is told its own lines. */
    readonly adds?: string;
    readonly purpose: string;
    readonly basis: string;
  };
  /** Its entries are the agreed ground on which the feed that a field names is received. */
  readonly grounds?: { readonly feed: string; readonly when: Condition; readonly until: string };
  /** Its entries are places that a campaign may check; `by` is the choice field by which some of them are taken. */
  readonly site?: { readonly by?: string };
}

export const defineRegister = (r: RegisterDefinition): RegisterDefinition => r;
