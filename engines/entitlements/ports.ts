/** What this engine needs from others, no more; the composition root gives it. */
import type { ItemDefinition } from "@wuxin/declare";
import type { Clock, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { RuleSet } from "@wuxin/policy";
import type { Explanation } from "../cases/index.ts";
import type { Registry } from "../registry/index.ts";
import type { SituationInputs } from "./basis.ts";
import type { Linkages } from "./linkage.ts";
import type { NoticePapers } from "./notices.ts";

/** Of an item, only this is read; `@wuxin/declare`'s catalogue has it. */
export interface Items {
  readonly items: ReadonlyMap<
    string,
    Pick<ItemDefinition, "title" | "shortTitle" | "subject" | "entitlement" | "registryFacts">
  >;
}

export interface Audit {
  record(
    tx: Tx,
    entry: {
      readonly action: string;
      readonly object: string;
      readonly objectId?: string;
      readonly detail?: string;
    },
  ): Promise<unknown>;
}

/** One month of one entitlement as it stands in the rosters. */
export interface PaidMonth {
  readonly entitlementId: string;
  readonly month: Month;
  readonly amountFen: number;
  readonly paid: boolean;
  /** In words: 已发放, 发放失败 … */
  readonly result: string;
  readonly rosterId: string;
}

/** Payments come later than entitlements; what was paid is asked through this door (`paidMonths` of payments). */
export interface PaidMonths {
  ofEntitlements(tx: Tx, ids: readonly string[]): Promise<readonly PaidMonth[]>;
  /** Of a run of repricing: households whose amount it changed, and those of them paid at the new amount. */
  ofReprice(tx: Tx, repriceId: string): Promise<{ repriced: number; paid: number }>;
}

export interface ItemRules {
  readonly set: RuleSet;
  /** What the rules read as yes or no, and as the amount a month. */
  readonly outcome: { readonly eligible: string; readonly amount: string };
}
/** Why everybody who draws is computed again: a standard, or a rule text that a county wrote itself. */
export interface RepriceCause {
  readonly id: string;
  readonly kind: "standard" | "rule";
  /** The parameter, or the item whose rules were written. */
  readonly name: string;
  readonly label: string;
  readonly document: string;
  readonly firstMonth: Month;
  readonly approvedById: string;
  readonly approvedByName: string;
  /** Items whose rules read it. */
  readonly items: readonly string[];
}
/** Somebody refused who would now qualify. */
export interface Entering {
  readonly caseId: string;
  readonly item: string;
  readonly name: string;
  readonly divisionCode: string;
  readonly amountFen: number;
}
/** Rules, standards and the facts of decisions, asked of earlier engines; without it nothing can be repriced. */
export interface Repricing {
  /** An approved standard or rule text; undefined when it is not in force, or no longer. */
  cause(tx: Tx, id: string): Promise<RepriceCause | undefined>;
  /** Of a month, in a version or as they are now; undefined when that version is not to be had. */
  rules(countyCode: string, item: string, month: Month, version?: string): ItemRules | undefined;
  /** What was given to the rules, by decision (or change). */
  inputs(tx: Tx, sourceIds: readonly string[]): Promise<ReadonlyMap<string, SituationInputs>>;
  /** Of a rule text nobody: whom it lets in was tried before it was approved. */
  entering(tx: Tx, causeId: string, month: Month): Promise<readonly Entering[]>;
  /** How an amount came about, in the words of a decision; null when it cannot be told any more. */
  explain(
    tx: Tx,
    of: {
      readonly item: string;
      readonly version: string;
      readonly month: Month;
      readonly sourceId: string;
      /** Of a change between two decisions; else the facts are those of the decision `sourceId`. */
      readonly inputs: SituationInputs | null;
    },
  ): Promise<Explanation | null>;
}

export interface EntitlementsDeps {
  readonly clock: Clock;
  readonly catalogue: Items;
  readonly audit: Audit;
  readonly paid: PaidMonths;
  /** Name of a division of the acting county. */
  readonly divisionName: (countyCode: string, divisionCode: string) => string;
  readonly repricing?: Repricing;
  /** Papers by which a household is told of an amount; without them none are made. */
  readonly notices?: NoticePapers;
  /** People and their households; without it (or rules) none is divided or put together. */
  readonly registry?: Registry;
  /** Subsidies that follow from others; without it there are none. */
  readonly linkages?: Linkages;
  /** Households a transaction of a run; some thousands unless said. */
  readonly repricePiece?: number;
}

/** What the actions of this engine are called on the audit page: `audit.describe(entitlementsActions)`. */
export const entitlementsActions: Readonly<Record<string, string>> = {
  "entitlement.read": "查看待遇",
  "entitlement.review": "登记复核",
  "entitlement.end": "死亡停发",
  "entitlement.death-corrected": "死亡登记更正后重算",
  "entitlement.late": "决定来迟，没有执行",
  "entitlement.change": "确认待遇变动",
  "reshape.propose": "提出分户（合户）",
  "reshape.read": "查看分户（合户）",
  "reshape.confirm": "确认分户（合户）",
  "reshape.reject": "退回分户（合户）",
  "reshape.withdraw": "撤回分户（合户）",
  "linkage.enter": "录入价格指数",
  "linkage.confirm": "确认联动补贴",
  "linkage.dismiss": "不发联动补贴",
  "reprice.open": "测算提标",
  "reprice.read": "查看提标",
  "reprice.release": "放行提标",
  "reprice.cancel": "取消提标",
  "reprice.pause": "暂停提标",
  "reprice.resume": "继续提标",
  "reprice.households": "查看提标名单",
  "reprice.notices": "打印提标告知名单",
  "amount.explain": "查看待遇金额的算法",
};
