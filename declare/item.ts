/**
 * An item (事项): what a resident applies for and a bureau decides. Declarative only: the engines carry it.
 * `rules.yaml`, `parameters.yaml` and `examples.yaml` beside `item.ts` are read by the catalogue.
 */
import type { Condition, Scalar } from "@wuxin/kernel";
import type { CheckWords } from "./benefit.ts";
import type { Field } from "./fields.ts";
import type { Citation, Role, System } from "./roles.ts";

export interface Material {
  readonly code: string;
  readonly title: string;
  readonly required?: boolean | Condition;
  /** What the government already holds is looked up, not asked for (57号 第十条). */
  readonly obtainedBySharing?: boolean;
  /** May be replaced by a signed 告知承诺. */
  readonly commitmentAllowed?: boolean;
  readonly help?: string;
}

export interface ApplicationForm {
  /** Facts about the household as a whole (or, for a person item, about the application). */
  readonly household: readonly Field[];
  /** Facts about each member; for a person item, about the applicant. Identity fields are the engine's own. */
  readonly member: readonly Field[];
  /**
   * 与户主关系; the first is the applicant's. A person's item that names more than one asks about people whom the law looks
   * at beside him (法定义务人): they are known by their numbers, are no household, and are not covered.
   */
  readonly relations: readonly string[];
  readonly materials: readonly Material[];
  /** Asks for a bank account at application. */
  readonly account: boolean;
  /** Every adult member must authorise verification (57号 第九条). */
  readonly authorisation: boolean;
  /** Asks whether a member is a near relative of handling staff or village cadres (57号 第十一条). */
  readonly relativeFiling: boolean;
}

export type LimitUnit = "workingDays" | "calendarDays" | "months";

/** A statutory clock. Starts when `startsAt` is done, stops when one of `stopsAt` is done. */
export interface ClockDefinition {
  readonly key: string;
  readonly label: string;
  readonly article: string;
  readonly startsAt: readonly string[]; // action ids
  readonly stopsAt: readonly string[];
  /** A number, or one that depends on a county switch; a switch value that is not named means that no clock runs. */
  readonly limit: number | { readonly switch: string; readonly values: Readonly<Record<string, number>> };
  readonly unit: LimitUnit;
  /** Who is late when it runs out. */
  readonly owner: Role;
  /** An action that lengthens the limit, e.g. 30 → 45 working days. */
  readonly extendedBy?: { readonly action: string; readonly limit: number };
  /** Yellow from this many units left. */
  readonly warnAt: number;
}

/** Fields that a publicity may show; nothing else can be named (57号 第二十四条, PIPL). */
export type PublicityField =
  | "applicantName"
  | "memberCount"
  | "amount"
  | "township"
  | "village"
  | "item"
  | "opinion";

export interface PublicityDefinition {
  readonly code: string;
  readonly title: string;
  /** Calendar days; the day of posting is day 0. A county switch where the law gives no number. */
  readonly days: number | { readonly switch: string };
  readonly fields: readonly PublicityField[];
  readonly article: string;
  readonly objections: boolean;
}

/** What an action does besides moving the state; each word is carried by the engine. */
export interface ActionEffects {
  /** Creates the application (persons, household, declared facts). */
  readonly submit?: true;
  /** Records the answers whose fields name a fact, with this source. */
  readonly recordFacts?: string;
  /** Gives the one-off list of missing papers (field `missing`). */
  readonly supplementNotice?: true;
  /** Issues a numbered verification request; refused without authorisation. */
  readonly requestVerification?: true;
  /** Takes the answer: found items per person, report number, validity. */
  readonly answerVerification?: true;
  /** A second person stands by figures that were adopted instead of those found; pair it with `differentFrom`. */
  readonly confirmAdopted?: true;
  readonly publish?: string; // publicity code
  readonly unpublish?: string; // publicity code
  /** Marks the open objections as handled, with the field `outcome` as the answer. */
  readonly resolveObjections?: true;
  /** Runs the rules, stores the decision with version, inputs and trace. `award` needs an eligible result. */
  readonly decide?: "award" | "refuse" | "adjust" | "continue" | "gradual-exit" | "stop";
  /** Why it ends or changes, where the action itself says so; else the answer to its field `cause`. People who left are counted by it. */
  readonly cause?: string;
  /** The cause that is the household's own wish, asked for in writing: what it leaves was not taken from it (no deviation). */
  readonly ownWish?: string;
  /** Documents issued, by template code. */
  readonly documents?: readonly string[];
  /** A member's death (fields `personId`, `diedOn`, `source`); the engine offers the living members as choices of `personId`. */
  readonly death?: true;
}

export interface ActionDefinition {
  readonly id: string;
  readonly label: string; // a verb
  readonly from: readonly string[]; // state ids; "*" = every state that is not final
  readonly to: string; // state id; "=" keeps the state
  /** Who may; a county switch may choose, e.g. who confirms. `system` is the nightly sweep. */
  readonly by:
    | readonly (Role | "system")[]
    | { readonly switch: string; readonly values: Readonly<Record<string, readonly Role[]>> };
  /** Every one must hold; the message says why the button is grey and what to do. */
  readonly needs?: readonly { readonly when: Condition; readonly message: string }[];
  /** Only offered when it holds (otherwise not shown at all). */
  readonly offered?: Condition;
  /** Not the person who last did one of these actions. */
  readonly differentFrom?: readonly string[];
  readonly fields: readonly Field[];
  /**
   * Also asks the form's facts again, for the household and for each member: the engine adds fields named
   * `household.<field>` and `member.<personId>.<field>` (optional, grouped by person, filled with the current values);
   * what is answered differently from the current value is recorded with `effects.recordFacts` as its source.
   */
  readonly factFields?: true;
  readonly effects?: ActionEffects;
  readonly article?: string;
  /** Cannot be undone: the console asks once more, saying what will happen. */
  readonly confirm?: string;
  readonly tone?: "primary" | "danger" | "normal";
}

export interface StateDefinition {
  readonly id: string;
  readonly label: string;
  readonly tone: "neutral" | "active" | "waiting" | "good" | "bad";
  readonly final?: boolean;
  /** The step of the lawful path that this state belongs to, for the tick marks. */
  readonly step?: string;
  /** What a resident reads at this point. */
  readonly explain: string;
}

export interface FlowDefinition {
  readonly initial: string;
  readonly states: readonly StateDefinition[];
  readonly steps: readonly { readonly id: string; readonly label: string; readonly article?: string }[];
  readonly actions: readonly ActionDefinition[];
  readonly clocks: readonly ClockDefinition[];
  readonly publicities: readonly PublicityDefinition[];
}

export interface DocumentTemplate {
  readonly code: string;
  readonly title: string;
  /** Numbering series, e.g. 不予确认 → `{county}民救不〔{year}〕{n}号`. */
  readonly number: string;
  /** Paragraphs with {{placeholders}} that the documents engine fills: applicant, item, amount, reasons, remedy, … */
  readonly body: readonly string[];
}

/**
 * A fact that the ledger of entitlements itself knows, by codes of items: what the person is covered by in the month.
 * Known also when nothing is drawn, so it is never asked.
 */
export type DrawnFact =
  /** Yes or no: draws one of these. */
  | { readonly drawsOneOf: readonly string[] }
  /** 分 a month: his share of these; a household's amount is divided by the persons covered, down to the 分. */
  | { readonly shareOf: readonly string[] }
  /**
   * The value of the first of these that is drawn. When none is: `otherwise`, or, without it, what somebody recorded –
   * unless that is one of these values, which only the ledger may say.
   */
  | { readonly byItem: Readonly<Record<string, Scalar>>; readonly otherwise?: Scalar };

/** Who is of a tier by a list of another department comes after every tier that an item gives. */
export const LISTED_TIER_RANK = 90;

export interface ItemDefinition {
  readonly code: string;
  readonly title: string;
  readonly shortTitle: string;
  readonly system: System;
  readonly subject: "household" | "person";
  readonly numberSeries: string; // `{county}低保申字〔{year}〕{n}号`
  readonly basis: readonly Citation[];
  readonly lifeEvents: readonly string[]; // citizen entries: 生活困难 · 家有老人 · …
  /** What a resident reads before anything else. */
  readonly guide: {
    readonly what: string;
    readonly howMuch: string;
    readonly who: readonly string[];
    readonly bring: readonly string[];
    readonly howLong: string;
    readonly decidedBy: string;
    readonly objection: string;
  };
  readonly form: ApplicationForm;
  readonly flow: FlowDefinition;
  readonly documents: readonly DocumentTemplate[];
  /** Names of the rule set's variables that the engines read. */
  readonly outcome: {
    readonly eligible: string; // boolean
    /** Money, a month. A recognition has none. */
    readonly amount?: string;
    readonly persons?: string; // integer: how many are covered
    readonly covered?: string; // member boolean: who is covered
    readonly reviewMonths?: string; // integer
    readonly reviewClass?: string;
    /** Integer: for how many months an award holds; without it, until a decision ends it. */
    readonly validMonths?: string;
    readonly explain: readonly string[]; // variables shown first on the decision page
    /** Other recognitions that the same facts give, e.g. 低保边缘家庭; `item`: what is applied for to have it. */
    readonly alsoRecognises?: readonly {
      readonly variable: string;
      readonly label: string;
      readonly item?: string;
    }[];
  };
  /** 人员 → 事实 that the registry itself knows and nobody is asked for: 出生日期, 年龄, 性别 … by fact name. */
  readonly registryFacts?: Readonly<
    Record<string, "birthDate" | "sex" | "alive" | "inCounty" | "areaClass" | "relation">
  >;
  /** In the check of all benefits at once. */
  readonly check?: CheckWords;
  /** 待遇台账 → 事实, by fact name: of each member, or, for a fact of the household, of the applicant. */
  readonly drawnFacts?: Readonly<Record<string, DrawnFact>>;
  /** Whoever draws it is of this tier of hardship (层级); of several the lowest rank counts. */
  readonly tier?: { readonly title: string; readonly rank: number };
  readonly entitlement: {
    /**
     * No money comes of it: who is covered is recognised, and stands in the ledger like whoever draws something. Rosters and
     * raises leave it out; `amount` of the outcome is missing, and only then.
     */
    readonly recognition?: true;
    /** One slot per person and month in this group. */
    readonly exclusivityGroup: string;
    /** What it is in `domains/overlap.yaml`: there stands beside what it may not be drawn. */
    readonly benefits?: readonly string[];
    /** First month paid. */
    readonly starts: "next-month" | "this-month" | "application-month" | { readonly switch: string };
    readonly paidTo: "head" | "self";
    /** Yearly or half-yearly proof: review of means, or of life. */
    readonly review: {
      readonly code: string;
      readonly label: string;
      readonly everyMonths: number;
      readonly article: string;
    };
    /**
     * Ages at which somebody covered must be looked at again: the day after, a review about him waits for an officer; nothing
     * is changed by it. The age by itself, or by a dated parameter of its rules; `{years}` in the label is the age.
     */
    readonly ages?: readonly {
      readonly years: number | { readonly parameter: string };
      readonly label: string;
      readonly dueInDays: number;
      readonly article: string;
    }[];
    /**
     * Codes of its documents by which the household is told of an amount that no decision of a case gave: changed by a
     * standard or between two decisions; and of going over into another household (合户).
     */
    readonly notices?: { readonly changed: string; readonly merged?: string };
    /** The month after a death nothing is paid. */
    readonly stopsAfterDeath: true;
    /**
     * The list of whom it was paid to is published for so many days after approval, or never, for a reason that officers
     * read; without it never, because no rule says so.
     */
    readonly rosterPublicity?:
      | { readonly days: number | { readonly switch: string }; readonly article: string }
      | { readonly never: string };
    /** Largest plausible amount a month for one person, 分; above it the roster raises a flag. */
    readonly plausibleMaxFen?: number;
    /** Facts of a person by which the amount is tiered: when one changes after the decision, the roster raises a flag. */
    readonly tiers?: readonly string[];
  };
  /** Lists people who will qualify, before they ask (政策找人). */
  readonly candidates?: {
    readonly title: string;
    readonly leadMonths: number;
    /** Members for whom this member variable turns true in the month. */
    readonly when: string;
    /** Narrowing that SQL can do first. */
    readonly bornOnOrBeforeYearsAgo: number;
  };
}

export const defineItem = (item: ItemDefinition): ItemDefinition => item;
