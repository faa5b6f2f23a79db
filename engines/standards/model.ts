/** Pure: what a dated standard is, which steps may follow which, from which month it holds. No database, no clock. */
import { addMonths, type IsoDate, type Month, monthOf } from "@wuxin/kernel";

export type StandardState = "draft" | "submitted" | "active" | "withdrawn" | "replaced";
export type StandardStep = "entered" | "submitted" | "approved" | "withdrawn" | "replaced";

export const STATE_LABELS: Record<StandardState, string> = {
  draft: "待送审",
  submitted: "待批准",
  active: "已批准",
  withdrawn: "已撤回",
  replaced: "已被更正",
};
export const STEP_LABELS: Record<StandardStep, string> = {
  entered: "录入",
  submitted: "送审",
  approved: "批准",
  withdrawn: "撤回",
  replaced: "被更正",
};

/** One value as printed in the document: of which choice and part, in which unit. */
export interface StandardValue {
  /** Choices of the dimensions, then the part; empty for a single value. */
  readonly key: readonly string[];
  /** Digits in the printed unit (`730`, `5760`), 是/否 as `true`/`false`, or one of the choices. */
  readonly text: string;
  /** Only when it is not the standard's own: a yearly figure of a monthly standard. */
  readonly unit: string | null;
}
export interface Multiple {
  readonly from: string;
  readonly times: string;
  readonly round: string;
}
/** What somebody enters. */
export interface StandardInput {
  readonly since: IsoDate;
  readonly form: "amount" | "multiple";
  readonly values: readonly StandardValue[];
  readonly multiple: { readonly times: string; readonly round: string } | null;
  readonly document: string;
  readonly note: string | null;
  readonly corrects: boolean;
}
/** A version laid over the files. */
export interface Layer {
  readonly parameter: string;
  readonly since: IsoDate;
  readonly form: "amount" | "multiple";
  readonly values: readonly StandardValue[];
  readonly multiple: Multiple | null;
  readonly document: string;
  readonly note: string | null;
}

/** A version is in force in a month when its date is not after the month's first day. */
export function firstMonth(since: IsoDate): Month {
  const month = monthOf(since);
  return since.endsWith("-01") ? month : addMonths(month, 1);
}

/** Months from a to b, both included; none when a is later. */
export function monthsFrom(a: Month, b: Month): Month[] {
  const months: Month[] = [];
  for (let m = a; m <= b; m = addMonths(m, 1)) months.push(m);
  return months;
}

export interface Mover {
  readonly accountId: string | null;
  readonly role: string;
}
export interface Moved {
  readonly state: StandardState;
  readonly since: IsoDate;
  readonly enteredBy: string;
}
export type Move = "submit" | "approve" | "withdraw";
const APPROVERS: ReadonlySet<string> = new Set(["county", "leader"]);

/** Why this person may not take this step now, in words; null when he may. */
export function refusal(move: Move, of: Moved, who: Mover): string | null {
  const own = who.accountId !== null && who.accountId === of.enteredBy;
  switch (move) {
    case "submit":
      if (of.state !== "draft") return `这一版${STATE_LABELS[of.state]}，不能再送审。`;
      return own ? null : "由录入的人送审。";
    case "approve":
      if (!APPROVERS.has(who.role)) return "由局领导或另一位县级经办批准。";
      if (of.state === "draft") return "还没有送审，请录入的人先送审。";
      if (of.state !== "submitted") return `这一版${STATE_LABELS[of.state]}，不能再批准。`;
      return own ? "录入和批准不能是同一个人，请另一位县级经办或局领导批准。" : null;
    case "withdraw":
      if (!APPROVERS.has(who.role)) return "由县级经办或局领导撤回。";
      if (of.state === "active")
        return "已经批准的标准不能撤回。写错了的，请录入同一天的更正；不再执行的，请录入新的一版。";
      if (of.state === "withdrawn" || of.state === "replaced") return `这一版${STATE_LABELS[of.state]}。`;
      return of.state === "draft" && !own && who.role === "county" ? "还没有送审，由录入的人撤回。" : null;
  }
}
