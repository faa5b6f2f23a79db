/** The shapes that leave this engine; the contract's, structurally. */
import type { Field, Values } from "@wuxin/declare";
import type { IsoDate, Month, Scalar } from "@wuxin/kernel";
import type { ClockView } from "./clocks.ts";
import type { Explanation, MissingFactView } from "./explain.ts";
import type { DeviationReview } from "./store.ts";

export type Tone = "neutral" | "active" | "waiting" | "good" | "bad";

export interface StepView {
  readonly id: string;
  readonly label: string;
  readonly article: string | null;
  readonly status: "done" | "now" | "next" | "skipped";
  readonly on: IsoDate | null;
}
export interface MemberView {
  readonly personId: string;
  readonly name: string;
  readonly idNoMasked: string;
  readonly relation: string;
  readonly sex: string;
  readonly birthDate: IsoDate;
  readonly age: number;
  readonly diedOn: IsoDate | null;
  readonly counted: boolean | null;
  readonly notCountedWhy: string | null;
}
export interface FactView {
  readonly subject: string;
  readonly personId: string | null;
  readonly fact: string;
  readonly label: string;
  readonly value: Scalar;
  readonly text: string;
  readonly source: string;
  readonly date: IsoDate;
  readonly recordedBy: string;
  readonly others: { text: string; source: string; date: IsoDate }[];
}
export interface NextActionView {
  readonly id: string;
  readonly label: string;
  readonly tone: "primary" | "danger" | "normal";
  readonly fields: readonly Field[];
  readonly confirm: string | null;
  readonly article: string | null;
  readonly blocked: string[];
  readonly initial: Values;
}
export interface CasePage {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly item: string;
  readonly itemTitle: string;
  readonly shortTitle: string;
  readonly state: string;
  readonly stateLabel: string;
  readonly tone: Tone;
  readonly explain: string;
  readonly final: boolean;
  readonly householdId: string | null;
  readonly applicant: { personId: string; name: string };
  readonly agent: { name: string; relation: string } | null;
  readonly divisionCode: string;
  readonly divisionName: string;
  readonly address: string;
  readonly areaClass: string;
  readonly channel: string;
  readonly relative: boolean;
  readonly submittedOn: IsoDate;
  readonly steps: StepView[];
  readonly clocks: ClockView[];
  readonly members: MemberView[];
  readonly facts: FactView[];
  readonly missing: MissingFactView[];
  readonly materials: {
    code: string;
    title: string;
    fileId: string | null;
    name: string | null;
    commitment: boolean;
    missing: boolean;
  }[];
  readonly assessment: Explanation | null;
  readonly decisions: {
    id: string;
    kind: string;
    label: string;
    decidedOn: IsoDate;
    decidedBy: string;
    fromMonth: Month | null;
    amountFen: number | null;
    reason: string | null;
    explanation: Explanation;
    /** Not what the rules gave on the facts. */
    deviates: boolean;
    review: DeviationReview | null;
    mayReview: boolean;
  }[];
  readonly publicity: {
    id: string;
    title: string;
    fromDate: IsoDate;
    toDate: IsoDate;
    takenDown: boolean;
    objections: number;
  }[];
  readonly objections: {
    id: string;
    name: string;
    text: string;
    at: string;
    handled: boolean;
    outcome: string | null;
  }[];
  readonly verifications: {
    number: string;
    requestedOn: IsoDate;
    answeredOn: IsoDate | null;
    reportNumber: string | null;
    validUntil: IsoDate | null;
    /** What was adopted instead of what was found has been confirmed by him. */
    confirmedBy: string | null;
    unconfirmed: boolean;
    rows: {
      person: string;
      fact: string;
      declared: string;
      found: string;
      adopted: string;
      differs: boolean;
    }[];
  }[];
  readonly documents: { id: string; code: string; title: string; number: string; issuedOn: IsoDate }[];
  readonly history: {
    seq: number;
    action: string;
    label: string;
    at: string;
    actorName: string;
    role: string;
    note: string | null;
    rows: { label: string; text: string; fileIds: string[] }[];
  }[];
  readonly actions: NextActionView[];
  readonly entitlementId: string | null;
}
export interface CaseRow {
  readonly id: string;
  readonly number: string;
  readonly item: string;
  readonly itemTitle: string;
  readonly state: string;
  readonly stateLabel: string;
  readonly tone: Tone;
  readonly applicantMasked: string;
  readonly memberCount: number;
  readonly divisionCode: string;
  readonly divisionName: string;
  readonly channel: string;
  readonly submittedOn: IsoDate;
  readonly clock: ClockView | null;
  readonly amountFen: number | null;
  readonly relative: boolean;
  readonly deviates: boolean;
}
export interface WorkRow {
  readonly kind: "case" | "objection";
  readonly id: string;
  readonly itemTitle: string;
  readonly title: string;
  readonly todo: string;
  readonly waiting: string;
  readonly divisionName: string;
  readonly clock: ClockView | null;
  readonly link: string;
}
