/**
 * A decision that is not what the rules gave on the facts (偏离): lawful with reasons, marked by the database, looked at by a
 * leader who did not take it. What he sends back lies with the role that took it until somebody decides again.
 */
import type { ActionDefinition } from "@wuxin/declare";
import { DomainError, formatYuan, maskName } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import type { Assessment } from "./assessment.ts";
import { DECISION_LABELS } from "./decision.ts";
import type { CasesDeps } from "./deps.ts";
import { notFound } from "./errors.ts";
import type { DecisionMarks } from "./store.ts";
import * as store from "./store-decision.ts";

export interface DeviationRow {
  readonly id: string;
  readonly caseId: string;
  readonly itemTitle: string;
  readonly title: string;
  readonly todo: string;
  readonly waiting: string;
  readonly divisionName: string;
}

const REVIEWER = "leader";
/** Decisions that give or leave nothing to somebody who is entitled by the rules. */
const TAKES = new Set(["refuse", "stop", "gradual-exit"]);

export const mayReview = (actor: Actor, d: DecisionMarks): boolean =>
  d.deviates && d.review === null && actor.role === REVIEWER && actor.accountId !== d.accountId;

/** Said before it is done: what the rules give, and who will look at it. What can only be a wish deviates from nothing. */
export function deviationAhead(action: ActionDefinition, a: Assessment | null): string | null {
  if (action.effects?.ownWish !== undefined && action.effects.ownWish === action.effects.cause) return null;
  if (!TAKES.has(action.effects?.decide ?? "") || !a?.eligible || a.amountFen === 0) return null;
  const amount = a.amountFen === null ? "" : `，每月 ${formatYuan(a.amountFen)} 元`;
  const but = action.effects?.ownWish ? `（${action.effects.ownWish}、附本人书面申请的除外）` : "";
  return `按现有事实测算，仍符合条件${amount}。这样决定与测算不一致，会标为“偏离”，由局领导复看${but}；请把理由写清楚。`;
}

export async function deviations(tx: Tx, deps: CasesDeps): Promise<DeviationRow[]> {
  const { role } = tx.actor;
  const found = role === REVIEWER ? await store.unreviewed(tx) : await store.sentBack(tx, role);
  return found.map((d) => ({
    id: d.id,
    caseId: d.caseId,
    itemTitle: deps.catalogue.items.get(d.item)?.shortTitle ?? d.item,
    title: `${maskName(d.applicantName)} · ${d.number}`,
    todo: role === REVIEWER ? "复看偏离测算的决定" : "重新办理偏离测算的决定",
    waiting:
      role === REVIEWER
        ? `${d.decidedOn} ${d.decidedBy}${DECISION_LABELS[d.kind]}`
        : `${d.reviewedBy ?? ""}：${d.note ?? ""}`,
    divisionName: deps.counties.divisionName(tx.actor.countyCode, d.divisionCode),
  }));
}

/** Gives the case. Errors: forbidden, not-found, action-not-allowed, same-person, already-reviewed. */
export async function reviewDeviation(
  tx: Tx,
  deps: CasesDeps,
  decisionId: string,
  input: { result: "accepted" | "redo"; note: string },
): Promise<string> {
  if (tx.actor.role !== REVIEWER)
    throw new DomainError("forbidden", "偏离测算的决定由局领导复看，您的账号不能办。");
  const d = await store.deviating(tx, decisionId);
  if (!d) throw notFound("份决定");
  if (!d.deviates)
    throw new DomainError("action-not-allowed", "这份决定与测算一致，不需要复看。请返回办件页。");
  if (d.accountId === tx.actor.accountId)
    throw new DomainError("same-person", "这份决定是您自己作的，请另一位局领导复看。");
  if (!(await store.insertReview(tx, { decisionId, ...input, at: deps.clock.now() }))) {
    // The same word of the same person, sent twice, is one.
    if (await store.reviewedSo(tx, { decisionId, ...input })) return d.caseId;
    throw new DomainError("already-reviewed", "这份决定已经有人复看过了，请刷新后看他的意见。");
  }
  await deps.audit.record(tx, {
    action: "case.deviation-review",
    object: "case",
    objectId: d.caseId,
    detail: `${input.result === "accepted" ? "同意保留" : "退回重新办理"}：${input.note}`,
  });
  return d.caseId;
}
