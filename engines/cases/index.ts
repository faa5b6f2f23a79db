/** Cases: from an application to a decision, by legal steps, in time, explained. */
export type { ActRequest } from "./act.ts";
export type { CandidateRow, Candidates } from "./candidates.ts";
export type { ClockView } from "./clocks.ts";
export { type CaseDecided, DECISION_LABELS, type DecisionKind } from "./decision.ts";
export type { CasesCounties, CasesCounty, CasesDeps } from "./deps.ts";
export type { Draft, Drafts } from "./drafts.ts";
export type { Explanation } from "./explain.ts";
export type { ApplicationInput, MemberInput } from "./intake.ts";
export type { CaseList, CaseQuery } from "./lists.ts";
export type { ObjectionInput, PublicityNotice, TrackResult } from "./public.ts";
export type { Question, SelfCheckInput, SelfCheckResult } from "./self-check.ts";
export { type Cases, createCases } from "./service.ts";
export type { Submitted } from "./submit.ts";
export type { Swept } from "./sweep.ts";
export type { CasePage, CaseRow, WorkRow } from "./views.ts";
