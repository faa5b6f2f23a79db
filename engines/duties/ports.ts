/** What this engine needs from others, no more; the composition root gives it. */
import type { Catalogue } from "@wuxin/declare";
import type { Clock } from "@wuxin/kernel";
import type { Tx, Vault } from "@wuxin/platform";
import type { Audit } from "../audit/index.ts";
import type { Clues } from "../clues/index.ts";
import type { Entitlements } from "../entitlements/index.ts";
import type { Facts } from "../facts/index.ts";
import type { Registry } from "../registry/index.ts";

export interface DutiesDeps {
  readonly clock: Clock;
  readonly vault: Pick<Vault, "seal" | "open">;
  readonly catalogue: Pick<Catalogue, "duties">;
  readonly audit: Pick<Audit, "record" | "describe">;
  readonly registry: Pick<Registry, "persons" | "households" | "disclose" | "currentHouseholds">;
  readonly facts: Pick<Facts, "values">;
  /** Gives the pictures of a visit to those who oversee the place. */
  readonly attach: (
    tx: Tx,
    files: readonly string[],
    to: { readonly visitId: string; readonly divisionCode: string },
  ) => Promise<void>;
  readonly entitlements: Pick<Entitlements, "dueReviews" | "recordReview">;
  readonly clues: Pick<Clues, "assigned" | "answered" | "seenAgain" | "act" | "measures">;
  /** Ends every session of an account: a lost phone's too. */
  readonly endSessions: (tx: Tx, accountId: string) => Promise<void>;
  readonly divisionName: (countyCode: string, divisionCode: string) => string;
}

/** What the actions of this engine are called on the audit page. */
export const dutiesActions: Readonly<Record<string, string>> = {
  "duty.list": "取走访清单",
  "visit.record": "登记走访",
  "visit.read": "查看走访",
  "card.change": "修改走访档案",
  "card.resolve": "处理走访档案冲突",
  "device.enrol": "登记走访手机",
  "device.revoke": "停用走访手机",
};
