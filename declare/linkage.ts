/**
 * A subsidy that nobody applies for: an index is entered month by month, the rules say whether it sets the subsidy going
 * and how much a person is given, and whoever draws one of the named items in that month is given it once.
 * `domains/<domain>/linkages/<linkage>/linkage.ts`, with the rules' files beside it.
 */

import type { ItemDefinition } from "./item.ts";
import type { Citation } from "./roles.ts";

export interface LinkageDefinition {
  readonly code: string;
  readonly title: string;
  readonly shortTitle: string;
  readonly basis: readonly Citation[];
  /** What is entered for a month, in percent: inputs of the rules, of the household. */
  readonly index: readonly { readonly name: string; readonly label: string; readonly help: string }[];
  /** The other inputs: the area by which the standard is chosen, and what the person draws. */
  readonly inputs: { readonly areaClass: string; readonly drawn: string };
  /** Who draws this item is, for the rules, this; of several the first counts, for a person is given it once. */
  readonly classes: readonly { readonly item: string; readonly value: string }[];
  readonly outcome: {
    readonly starts: string; // boolean of the household
    readonly amount: string; // money of a member
    readonly explain: readonly string[];
  };
  /** Its slot, and how its lines are looked over. */
  readonly entitlement: Pick<
    ItemDefinition["entitlement"],
    "exclusivityGroup" | "benefits" | "rosterPublicity" | "plausibleMaxFen"
  >;
}

export const defineLinkage = (l: LinkageDefinition): LinkageDefinition => l;

/** What rosters pay: items, and subsidies that follow from them. */
export type PaidThing = Pick<
  ItemDefinition,
  "code" | "title" | "shortTitle" | "subject" | "entitlement" | "registryFacts"
>;

/** As the engines of money read it: paid to whom the item it follows from is paid, for one month, never reviewed. */
export const asPaid = (l: LinkageDefinition): PaidThing => ({
  ...{ code: l.code, title: l.title, shortTitle: l.shortTitle, subject: "household" },
  entitlement: {
    ...l.entitlement,
    ...{ starts: "this-month", paidTo: "head", stopsAfterDeath: true },
    review: { code: "by-month", label: "按月核定", everyMonths: 1, article: l.basis[0]?.title ?? "" },
  },
});
