/** Matching: lists of other departments against the people whom the county watches; alerts, and 核对 reports. */
export type { FetchHost } from "./fetch/addresses.ts";
export {
  type AlertJudged,
  type AlertRaised,
  type ClueClosed,
  type Evidence,
  type Judgement,
  type LevelStretch,
  levelsOf,
  type ToldAlert,
} from "./model.ts";
export { type CaseToCheck, type MatchingDeps, matchingActions } from "./ports.ts";
export { createMatching, type Matching } from "./service.ts";
