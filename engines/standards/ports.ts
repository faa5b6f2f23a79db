/** What this engine needs from others, no more; the composition root gives it. */
import type { GrowthRule, ResolvedItem, ResolvedRegister } from "@wuxin/declare";
import type { Clock, IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Facts, Source } from "@wuxin/policy";

/** What was given to the rules when a household was last decided. */
export interface SituationInputs {
  readonly household: Facts;
  readonly members: readonly Facts[];
  /** The applicant first. */
  readonly persons: readonly { readonly personId: string; readonly name: string }[];
}

/** One entitlement that was or is live in the months asked for. */
export interface Holder {
  readonly entitlementId: string;
  readonly caseId: string | null;
  readonly householdId: string | null;
  readonly applicantId: string;
  readonly divisionCode: string;
  readonly fromMonth: Month;
  readonly endMonth: Month | null;
  /** In force in the last month asked for; 分. */
  readonly amountFen: number;
  /** Null when no decision with inputs is stored. */
  readonly inputs: SituationInputs | null;
}

/** One household or person refused, and not awarded since. */
export interface Refused {
  readonly caseId: string;
  readonly householdId: string | null;
  readonly applicantId: string;
  readonly divisionCode: string;
  readonly decidedOn: IsoDate;
  readonly inputs: SituationInputs;
}

/** Cases and entitlements come later in the order of engines; whom a change would touch is asked through this door. */
export interface Population {
  holders(tx: Tx, item: string, from: Month, to: Month): Promise<readonly Holder[]>;
  refused(tx: Tx, item: string, since: IsoDate): Promise<readonly Refused[]>;
  /** Of one row of a preview, in the actor's scope: what it was decided from, and by which item. Null: not found. */
  inputsOf(
    tx: Tx,
    of: Looked,
  ): Promise<{ readonly item: string; readonly inputs: SituationInputs | null } | null>;
}

/** Of an item, only this is read. */
export type RuledItem = Pick<
  ResolvedItem,
  "code" | "title" | "shortTitle" | "system" | "basis" | "outcome" | "folder" | "ruleSet" | "registryFacts"
> & {
  /** Which facts somebody is asked for. */
  readonly form: Pick<ResolvedItem["form"], "household" | "member">;
  readonly flow: { readonly actions: readonly Pick<ResolvedItem["flow"]["actions"][number], "fields">[] };
};
export type LimitedRegister = Pick<ResolvedRegister, "code" | "title" | "limits" | "folder">;

/** One household of a preview, to be looked at. */
export type Looked = { readonly kind: "entitlement" | "case"; readonly id: string };

export interface StandardsDeps {
  readonly clock: Clock;
  readonly catalogue: {
    readonly items: ReadonlyMap<string, RuledItem>;
    readonly registers: ReadonlyMap<string, LimitedRegister>;
  };
  /** The county's file of standards, as shipped. */
  readonly file: (countyCode: string) => Source;
  readonly divisionName: (countyCode: string, divisionCode: string) => string;
  readonly audit: {
    record(
      tx: Tx,
      entry: {
        readonly action: string;
        readonly object: string;
        readonly objectId?: string;
        readonly detail?: string;
      },
    ): Promise<unknown>;
  };
  readonly population: Population;
  /** Which standards go with which others, by county (`growth.yaml`); without it none does. */
  readonly growth?: readonly {
    readonly county: string;
    readonly file: string;
    readonly rules: readonly GrowthRule[];
  }[];
}

/** What the actions of this engine are called on the audit page: `audit.describe(standardsActions)`. */
export const standardsActions: Readonly<Record<string, string>> = {
  "standard.propose": "录入政策标准",
  "standard.submit": "政策标准送审",
  "standard.approve": "批准政策标准",
  "standard.withdraw": "撤回政策标准",
  "standard.growth-refuse": "不按动态调标调整",
  "standard.preview": "预览政策标准的影响",
  "standard.explain": "查看一户前后的算法",
  "rule.begin": "起草规则",
  "rule.save": "保存规则草稿",
  "rule.try": "用在享的户试算规则",
  "rule.submit": "规则送审",
  "rule.return": "退回规则",
  "rule.approve": "批准规则",
  "rule.withdraw": "撤回规则",
};
