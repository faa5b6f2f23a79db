/** What this engine needs from others, no more; the composition root gives it. */
import type { ItemDefinition } from "@wuxin/declare";
import type { Clock, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

/** Of an item, only this is read; `@wuxin/declare`'s catalogue has it. */
export interface Items {
  readonly items: ReadonlyMap<
    string,
    Pick<ItemDefinition, "title" | "shortTitle" | "subject" | "entitlement">
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
}

export interface EntitlementsDeps {
  readonly clock: Clock;
  readonly catalogue: Items;
  readonly audit: Audit;
  readonly paid: PaidMonths;
  /** Name of a division of the acting county. */
  readonly divisionName: (countyCode: string, divisionCode: string) => string;
}

/** What the actions of this engine are called on the audit page: `audit.describe(entitlementsActions)`. */
export const entitlementsActions: Readonly<Record<string, string>> = {
  "entitlement.read": "查看待遇",
  "entitlement.review": "登记复核",
  "entitlement.end": "死亡停发",
};
