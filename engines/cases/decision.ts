/** A decision: the rules are run, the result is stored with version, inputs and trace, and the next engine is told. */
import type { ActionEffects } from "@wuxin/declare";
import {
  addMonths,
  DomainError,
  derivedId,
  formatYuan,
  type IsoDate,
  type Month,
  monthOf,
} from "@wuxin/kernel";
import { emit } from "@wuxin/platform";
import type { Assessment } from "./assessment.ts";
import type { Step } from "./effects.ts";
import { failedStep, failedWords } from "./explain.ts";
import { assessCase, type OpenCase, startMonth } from "./gather.ts";
import type { Outcome } from "./model.ts";
import { reasons } from "./papers.ts";
import { insertDecision } from "./store-write.ts";

export type DecisionKind = NonNullable<ActionEffects["decide"]>;

export const DECISION_LABELS: Record<DecisionKind, string> = {
  award: "确认",
  refuse: "不予确认",
  adjust: "调整",
  continue: "继续",
  "gradual-exit": "渐退",
  stop: "停发",
};

/** The outbox event `case.decided`. */
export interface CaseDecided {
  readonly caseId: string;
  readonly decisionId: string;
  readonly item: string;
  readonly kind: DecisionKind;
  readonly householdId: string | null;
  readonly applicantId: string;
  readonly payeeId: string;
  readonly divisionCode: string;
  readonly areaClass: string;
  readonly amountFen: number;
  readonly persons: number;
  readonly covered: readonly string[];
  readonly fromMonth: Month;
  readonly reviewMonths: number | null;
  readonly reviewClass: string | null;
  readonly decidedOn: IsoDate;
  readonly reason: string;
  readonly untilMonth: Month | null;
  /** In the word that the decision chose (field `cause`). */
  readonly cause: string | null;
}

export interface Decided {
  readonly assessment: Assessment;
  readonly summary: NonNullable<Outcome["decision"]>;
  readonly persons: number | null;
  readonly untilMonth: Month | null;
  /** Amount drawn from now on; null when nothing is. */
  readonly drawn: number | null;
}

interface Terms {
  readonly amountFen: number;
  readonly persons: number;
  readonly covered: readonly string[];
  readonly untilMonth: Month | null;
}

/** Errors: not-eligible, facts-missing, invalid-input (months, reason), action-not-allowed. */
export async function decideCase(s: Step, c: OpenCase, kind: DecisionKind): Promise<Decided> {
  const { tx } = s;
  const { file } = c.bundle;
  const fromMonth = monthFor(kind, c, s.data.since);
  await mustStillBeDrawn(s, kind, fromMonth);
  const assessment = assessCase(tx, s.deps, c, fromMonth);
  if (kind === "award" || kind === "adjust" || kind === "continue") mustBeEligible(s, assessment);
  const standing = (await s.deps.standingOf?.(tx, file.id, fromMonth)) ?? null;
  const terms = termsOf(s, c, kind, assessment, fromMonth, standing);
  if (kind === "adjust" && s.data.since !== undefined) mustNotGrow(c, terms.amountFen);
  const reason = reasons({ item: c.item, assessment, data: s.data });
  if (kind === "refuse" && reason === "")
    throw new DomainError(
      "invalid-input",
      "按现有事实没有算出不符合的理由。不予确认须书面说明理由，请填写。",
      { field: "reason" },
    );
  if (kind === "continue" && reason === "" && terms.amountFen !== assessment.amountFen)
    throw new DomainError(
      "invalid-input",
      `按现有事实算出每月 ${formatYuan(assessment.amountFen ?? 0)} 元，现在发 ${formatYuan(terms.amountFen)} 元。金额不变须写明理由；要改金额请办「调整金额」。`,
      { field: "note" },
    );
  const id = derivedId(s.actionId, "decision");
  const refused = kind === "refuse";
  // What gives no money says none, not nought.
  const amountFen = refused || c.item.entitlement.recognition ? null : terms.amountFen;
  const cause = causeOf(s);
  await insertDecision(tx, {
    id,
    caseId: file.id,
    seq: c.state.version + 1,
    kind,
    month: assessment.inputs.month,
    eligible: assessment.eligible,
    amountFen,
    persons: refused ? null : terms.persons,
    covered: terms.covered,
    fromMonth: refused ? null : fromMonth,
    untilMonth: terms.untilMonth,
    reviewMonths: assessment.reviewMonths,
    reviewClass: assessment.reviewClass,
    ruleVersion: assessment.decision.version,
    inputs: assessment.inputs,
    trace: assessment.decision,
    explanation: assessment.explanation,
    reason: reason || null,
    decidedOn: c.today,
    decidedAt: s.at,
    decidedBy: tx.actor.name,
    ownWish: cause !== null && cause === s.action.effects?.ownWish,
  });
  const event: CaseDecided = {
    caseId: file.id,
    decisionId: id,
    item: c.item.code,
    kind,
    householdId: file.householdId,
    applicantId: file.applicantId,
    payeeId: payeeOf(c),
    divisionCode: file.divisionCode,
    areaClass: file.areaClass,
    ...terms,
    fromMonth,
    reviewMonths: assessment.reviewMonths ?? c.item.entitlement.review.everyMonths,
    reviewClass: assessment.reviewClass,
    decidedOn: c.today,
    reason: reason || assessment.explanation.conclusion,
    cause,
  };
  await emit(tx, "case.decided", event);
  return {
    assessment,
    persons: refused ? null : terms.persons,
    untilMonth: terms.untilMonth,
    drawn: kind === "refuse" || kind === "stop" ? null : amountFen,
    summary: {
      id,
      kind,
      amountFen,
      fromMonth: refused ? null : fromMonth,
      eligible: assessment.eligible,
    },
  };
}

/**
 * What is taken away is taken from the month after (57号 第三十二条); what is given, from where the item starts. Who stopped
 * being entitled long ago without telling (第三十条) owes what was paid since: a stop or an adjustment may reach back to the
 * day that is named (field `since`).
 */
function monthFor(kind: DecisionKind, c: OpenCase, since: unknown): Month {
  const next = addMonths(monthOf(c.today), 1);
  if (typeof since === "string" && (kind === "stop" || kind === "adjust")) {
    const from = addMonths(monthOf(since), 1);
    return from < next ? from : next;
  }
  return kind === "stop" || kind === "gradual-exit" ? next : startMonth(c);
}

/**
 * What has ended (a death, the last person who left) is not changed any more for later months: the decision would have nothing
 * to apply to. A stop is still taken, for it closes the case and takes nothing away twice.
 */
async function mustStillBeDrawn(s: Step, kind: DecisionKind, fromMonth: Month): Promise<void> {
  if (kind === "award" || kind === "refuse" || kind === "stop") return;
  const ended = await s.deps.endedOf?.(s.tx, s.c.bundle.file.id);
  if (!ended || ended.endMonth >= fromMonth) return;
  throw new DomainError(
    "action-not-allowed",
    `这项待遇已经发到 ${ended.endMonth} 为止（${ended.why}），${fromMonth} 起没有可以调整的。请办「停发」结束办件；多发的月份在「追缴」里办，又符合条件的请重新申请。`,
  );
}

function mustNotGrow(c: OpenCase, amountFen: number): void {
  const before = c.bundle.decisions.findLast((d) => d.amountFen !== null)?.amountFen ?? 0;
  if (amountFen > before)
    throw new DomainError(
      "invalid-input",
      `往前改只能减少：原来每月 ${formatYuan(before)} 元，现在算出 ${formatYuan(amountFen)} 元。请不填「从哪天起」，从下个月起调整。`,
      { field: "since" },
    );
}

/** As the action says, or the label of the choice `cause`; 其他 says nothing more than the reason does. */
function causeOf(s: Step): string | null {
  if (s.action.effects?.cause !== undefined) return s.action.effects.cause;
  const cause = s.data.cause;
  if (typeof cause !== "string" || cause === "" || cause === "其他") return null;
  const field = s.action.fields.find((f) => f.name === "cause");
  return field?.choices?.find((x) => x.value === cause)?.label ?? cause;
}

function mustBeEligible(s: Step, a: Assessment): void {
  const { explanation } = a;
  const amountUnknown = a.amountFen === null && s.c.item.outcome.amount !== undefined;
  if (a.eligible === null || (a.eligible && amountUnknown)) {
    const asked = explanation.missing.map((m) => (m.member ? `${m.member}：${m.question}` : m.question));
    throw new DomainError(
      "facts-missing",
      `还缺 ${asked.length} 项事实，算不出结果：${asked.slice(0, 5).join("；")}${asked.length > 5 ? " 等" : ""}请先补查。`,
      { details: { missing: explanation.missing } },
    );
  }
  if (a.eligible && (a.amountFen ?? 0) > 0) return;
  // A recognition gives no money.
  if (a.eligible && s.c.item.entitlement.recognition) return;
  const step = failedStep(s.c.item, a.decision);
  const why = a.eligible ? "算出的金额为 0 元" : step ? failedWords(step) : "规则得出不符合条件";
  throw new DomainError("not-eligible", `按现有事实不能「${s.action.label}」：${why}。`, {
    details: { explanation },
  });
}

function termsOf(
  s: Step,
  c: OpenCase,
  kind: DecisionKind,
  a: Assessment,
  fromMonth: Month,
  standing: Pick<Terms, "amountFen" | "persons"> | null,
): Terms {
  const computed = {
    amountFen: a.amountFen ?? 0,
    persons: a.persons ?? 0,
    covered: a.covered,
    untilMonth: null,
  };
  const before = c.bundle.decisions.findLast(
    (d) => d.kind === "award" || d.kind === "adjust" || d.kind === "continue",
  );
  // What is drawn, not what was decided last: a standard may have risen since, or somebody left.
  const unchanged = {
    amountFen: standing?.amountFen ?? before?.amountFen ?? computed.amountFen,
    persons: standing?.persons ?? before?.persons ?? computed.persons,
    covered: before?.covered ?? computed.covered,
    untilMonth: null,
  };
  switch (kind) {
    case "award":
      return {
        ...computed,
        untilMonth: a.validMonths === null ? null : addMonths(fromMonth, a.validMonths - 1),
      };
    case "adjust":
      return computed;
    case "continue":
      return unchanged;
    case "gradual-exit":
      return { ...unchanged, untilMonth: lastMonthOf(s, c, fromMonth) };
    case "stop":
    case "refuse":
      return { amountFen: 0, persons: 0, covered: [], untilMonth: null };
  }
}

/** 渐退 lasts as long as the county allows, at most six months (2022 年兜底保障通知 一(三)). */
function lastMonthOf(s: Step, c: OpenCase, fromMonth: Month): Month {
  const allowed = Math.min(6, Number(c.switches.gradualExitMonths ?? 6));
  const asked = s.data.months;
  const months = typeof asked === "number" ? asked : allowed;
  if (!Number.isInteger(months) || months < 1 || months > allowed)
    throw new DomainError("invalid-input", `渐退期应为 1 至 ${allowed} 个月，请改正。`, { field: "months" });
  return addMonths(fromMonth, months - 1);
}

/** The head (or the person); after the head's death the first living member who is covered. */
function payeeOf(c: OpenCase): string {
  const wanted = c.item.entitlement.paidTo === "head" ? c.headPersonId : c.bundle.file.applicantId;
  const alive = (id: string) => c.members.some((m) => m.personId === id && m.diedOn === null);
  return alive(wanted) ? wanted : (c.members.find((m) => m.diedOn === null)?.personId ?? wanted);
}
