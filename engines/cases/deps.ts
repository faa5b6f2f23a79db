/** What this engine needs from others, no more; the composition root gives it. */
import type { Catalogue, ResolvedItem, RuleTexts } from "@wuxin/declare";
import { type Clock, DomainError, firstDay, type IsoDate, type Month } from "@wuxin/kernel";
import type { Actor, Tx, Vault } from "@wuxin/platform";
import type { RuleSet } from "@wuxin/policy";
import type { Audit } from "../audit/index.ts";
import type { Calendar } from "../calendar/index.ts";
import type { Documents } from "../documents/index.ts";
import type { Facts } from "../facts/index.ts";
import type { Registry } from "../registry/index.ts";
import type { DrawnBenefits } from "./drawn.ts";
import { unknownItem } from "./errors.ts";
import type { CheckFindings } from "./found.ts";
import type { Switches } from "./model.ts";

export interface CasesCounty {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  readonly bureauName: string;
  readonly remedies: { readonly text: string };
  readonly divisions: readonly { readonly code: string; readonly name: string; readonly level: string }[];
}

export interface CasesCounties {
  /** Error: unknown-county. */
  get(code: string): CasesCounty;
  /** The county's dated standards, and the rules that it has rewritten. */
  standards(code: string): RuleTexts;
  /** As they stood before each change, newest first: an old decision is replayed by the rules of its day. */
  earlierStandards?(code: string): readonly RuleTexts[];
  divisionName(countyCode: string, code: string): string;
  /** Every switch of the county on a day, by the name that items use. */
  switchesOn(code: string, on: IsoDate): Switches;
}

export interface CasesDeps {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly catalogue: Catalogue;
  readonly counties: CasesCounties;
  readonly calendar: Pick<Calendar, "working">;
  readonly audit: Pick<Audit, "record" | "describe">;
  readonly registry: Pick<
    Registry,
    | "ensurePersons"
    | "currentHouseholds"
    | "households"
    | "persons"
    | "getPerson"
    | "openHousehold"
    | "addMember"
    | "moveHousehold"
    | "setBankAccount"
    | "fileRelatives"
    | "recordDeath"
    | "listBornBetween"
    | "findPersonByIdNo"
    | "disclose"
  >;
  readonly facts: Pick<Facts, "record" | "current">;
  readonly documents: Pick<Documents, "nextNumber" | "issue" | "listForCase" | "attachFiles">;
  /** Runs in a transaction of its own: a refusal leaves its audit line although the refused work is rolled back. */
  readonly apart: (actor: Actor, work: (tx: Tx) => Promise<void>) => Promise<void>;
  /** Which of these persons draw the item now; entitlements come later in the list of engines. */
  readonly hasLive?: (tx: Tx, item: string, personIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Of these persons, those who were divided off their household since: its case is no longer theirs. */
  readonly dividedOff?: (tx: Tx, item: string, personIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** What these persons are covered by in a month, in the whole county; with one item, their share of it. */
  readonly drawn?: (tx: Tx, personIds: readonly string[], month: Month) => Promise<DrawnBenefits>;
  /** The entitlement that a case opened. */
  readonly entitlementOf?: (tx: Tx, caseId: string) => Promise<string | null>;
  /** The last month of what a case opened, once it has ended, and why. */
  readonly endedOf?: (
    tx: Tx,
    caseId: string,
  ) => Promise<{ readonly endMonth: Month; readonly why: string } | null>;
  /** What cases give in a month, by case; 0 once it has ended, the first amount of one that starts later. */
  readonly drawnOfCases?: (
    tx: Tx,
    caseIds: readonly string[],
    month: Month,
  ) => Promise<ReadonlyMap<string, DrawnInMonth>>;
  /** What is drawn in a month of what a case opened: raised since, or changed between two decisions. */
  readonly standingOf?: (
    tx: Tx,
    caseId: string,
    month: Month,
  ) => Promise<{ readonly amountFen: number; readonly persons: number } | null>;
  /** What the newest valid 核对 report of a case found; the engine that makes reports comes later. */
  readonly findings?: (tx: Tx, caseId: string) => Promise<CheckFindings | null>;
  /** Staff accounts of the county by id, for fields of type `staff`. */
  readonly staffNames?: (
    tx: Tx,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string }>>;
}

export interface DrawnInMonth {
  readonly amountFen: number;
  readonly fromMonth: Month;
  readonly endMonth: Month | null;
}

/** Error: not-found. */
export function getItem(deps: Pick<CasesDeps, "catalogue">, code: string): ResolvedItem {
  const item = deps.catalogue.items.get(code);
  if (!item) throw unknownItem(code);
  return item;
}

/** The rules by which a decision was made: those of now, or of a time before; undefined when they are not to be had. */
export function ruleSetOfVersion(
  deps: Pick<CasesDeps, "counties">,
  item: ResolvedItem,
  county: string,
  { version, month }: { readonly version: string; readonly month: Month },
): RuleSet | undefined {
  const now = ruleSetOf(deps, item, county, month);
  if (now.version === version) return now;
  for (const standards of deps.counties.earlierStandards?.(county) ?? []) {
    const before = item.ruleSet({ code: county, standards, month });
    if (before.version === version) return before;
  }
  return undefined;
}

/** The law has begun by then: 刚性支出困难 is recognised from 2025 on. */
export function begun(rules: RuleSet, eligible: string, month: Month): boolean {
  const since = rules.variables.get(eligible)?.versions[0]?.since;
  return since !== undefined && since <= firstDay(month);
}

/** The rules for a month: the one that is decided about. */
export function ruleSetOf(
  deps: Pick<CasesDeps, "counties">,
  item: ResolvedItem,
  county: string,
  month: Month,
): RuleSet {
  const rules = item.ruleSet({ code: county, standards: deps.counties.standards(county), month });
  for (const name of [item.outcome.eligible, item.outcome.amount])
    if (name !== undefined && !rules.variables.has(name))
      throw new DomainError(
        "bad-declaration",
        `${item.folder.path}：outcome 里的「${name}」在 rules.yaml 里没有，请改正名字。`,
      );
  return rules;
}
