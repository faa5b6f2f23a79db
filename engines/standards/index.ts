/** Standards: a county's dated amounts and limits, entered by one officer, approved by another, in force from their day. */

export {
  firstMonth,
  STATE_LABELS,
  type StandardInput,
  type StandardState,
  type StandardValue,
} from "./model.ts";
export {
  type Holder,
  type Looked,
  type Population,
  type Refused,
  type SituationInputs,
  type StandardsDeps,
  standardsActions,
} from "./ports.ts";
export { createStandards, type StandardApproved, type Standards } from "./service.ts";
export type { Sources } from "./sources.ts";
