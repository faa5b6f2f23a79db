/** Plans: what a document promises, what counts it, how far it is, who is asked about it. */

export type { PlanAct } from "./acts.ts";
export { type Assessments, createAssessments } from "./assessment/service.ts";
export type { AssessmentPage } from "./assessment/views.ts";
export { RESULTS as CHECK_RESULTS, type ResultKind } from "./checklist.ts";
export type { EvidenceRequest } from "./evidence.ts";
export { plansLedgers } from "./ledgers.ts";
export type { Light, Progress, Thresholds } from "./light.ts";
export { SOURCES as MATTER_SOURCES } from "./matters/model.ts";
export { createMatters, type MatterAct, type Matters, type OpenMatter } from "./matters/service.ts";
export { COMPARATORS, type Comparator } from "./model.ts";
export { type PlaceMoved, placeMoved, selfCheckOpen } from "./places.ts";
export {
  type CountedIndicator,
  type KnownIndicator,
  type PlansDeps,
  plansActions,
  type SummariesDeps,
} from "./ports.ts";
export type { ReadRequest } from "./reading.ts";
export { createPlans, type Plans } from "./service.ts";
export { entriesOf } from "./steps.ts";
export { createSummaries, type Summaries } from "./summary/service.ts";
export type { PlanBrief, PlanPage, PublicTarget, TargetView } from "./views.ts";
