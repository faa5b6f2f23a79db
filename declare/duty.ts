/**
 * A duty (职责): whom somebody must visit, call or check, how often and by when, and what is asked there. Found as
 * `<domain>/duties/<duty>/duty.ts`.
 */
import type { Condition } from "@wuxin/kernel";
import type { Field } from "./fields.ts";
import type { Citation, Role, System } from "./roles.ts";

/**
 * Where the list of a duty comes from.
 * - `persons`: living people; the first group whose condition holds says why. Conditions may ask `age`, `members` (living,
 *   in the household), `members.youngest` (age), `fact.<name>`, `card.<field>` and, where that is a day,
 *   `card.<field>.daysLeft` (negative when it is over).
 * - `entitlements`: everybody who draws the item, or those of whom `when` holds (`fact.<name>`). Where `groups` are given
 *   (`fact`, `card`), the first that holds says why, told anew each night of the period, and whoever is in none is not asked.
 * - `reviews`: what falls due for a look within so many days.
 * - `clues`: what was handed to a worker to look at; `found`: of those whom a list or rule found entitled (政策找人), who are
 *   asked whether they want it. Its form answers `wish` by the words of `WISHES`.
 * - `measures`: households whose help is looked at again (回访) within so many days. Its form answers `risk` by the words of
 *   `RISKS`.
 */
export type DutySource =
  | {
      readonly from: "persons";
      readonly bornOnOrBeforeYearsAgo: number;
      readonly groups: DutyGroups;
    }
  | {
      readonly from: "entitlements";
      readonly item: string;
      readonly when?: Condition;
      readonly groups?: DutyGroups;
    }
  | { readonly from: "reviews"; readonly item?: string; readonly withinDays: number }
  | { readonly from: "clues"; readonly found?: true }
  | { readonly from: "measures"; readonly withinDays: number };

export type DutyGroups = readonly { readonly name: string; readonly when: Condition }[];

/** What comes of asking somebody who was found entitled (政策找人). */
export const WISHES = {
  willing: "愿意申请",
  unwilling: "不愿申请",
  ineligible: "不符合条件",
  unreachable: "联系不上",
  moved: "已外迁",
} as const;
export type Wish = keyof typeof WISHES;

export interface DutyDefinition {
  readonly code: string;
  readonly title: string;
  readonly system: System;
  readonly capability: string;
  readonly basis: readonly Citation[];
  readonly method: "visit" | "call" | "check";
  readonly role: Role;
  readonly source: DutySource;
  /** Once in so many months, due on the last day; for `reviews`, `clues` and `measures` each has its own day. */
  readonly everyMonths?: number;
  /**
   * What is known about the person and stays until somebody says otherwise; merged field by field. Duties that name the
   * same field mean the same.
   */
  readonly card?: readonly Field[];
  /** What is asked at each visit. Duties that name the same field are answered together. */
  readonly form: readonly Field[];
  /** Of `reviews`: the answer that lets the payment go on; any other asks for a recheck by the office. */
  readonly settles?: { readonly field: string; readonly goesOn: string };
}

export const defineDuty = (d: DutyDefinition): DutyDefinition => d;
