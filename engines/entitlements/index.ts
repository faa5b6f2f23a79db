/** Entitlements: who is owed what, for whom, from which month, and when it is looked at again. */

export { encode, layoutOf } from "./basis.ts";
export type { CorrectedEntitlement, DeathCorrected } from "./death-corrections.ts";
export type { DeathOutcome } from "./deaths.ts";
export type { HomeChange } from "./homes.ts";
export type { ChangeInput, OutEvent } from "./life-model.ts";
export {
  amountIn,
  type CaseDecided,
  coveredIn,
  DEATH_REVIEW_LABEL,
  DEATH_REVIEW_MONTHS,
  type PersonDied,
  REVIEW_METHODS,
  REVIEW_RESULTS,
} from "./model.ts";
export type { PeopleMoved } from "./moving.ts";
export {
  type Entering,
  type EntitlementsDeps,
  entitlementsActions,
  type ItemRules,
  type PaidMonth,
  type PaidMonths,
  type RepriceCause,
  type Repricing,
} from "./ports.ts";
export type { ListQuery, OwedRow } from "./queries.ts";
export type { ReviewInput } from "./reviews.ts";
export { createEntitlements, type Entitlements } from "./service.ts";
