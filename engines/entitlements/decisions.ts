/** Decisions heard: an entitlement opened, changed, ended. */
import { addMonths, addMonthsToDate, DomainError, derivedId, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { bringUp } from "./bases.ts";
import { layoutOf } from "./basis.ts";
import type { Common } from "./common.ts";
import { steps } from "./life-model.ts";
import { type CaseDecided, changeBy, EXPIRED_CAUSE, GRADUAL_CAUSE, REPLACED_CAUSE } from "./model.ts";
import type { EntitlementsDeps } from "./ports.ts";
import { raisedFrom } from "./reprice-store.ts";
import { ruled } from "./ruled.ts";
import * as store from "./store.ts";

export function createDecisions(
  { clock, repricing, audit }: Pick<EntitlementsDeps, "clock" | "repricing" | "audit">,
  { itemOf, openPeriodic }: Common,
) {
  /** Hears `case.decided`. Applied once per decision id; `refuse` opens nothing. */
  async function onDecision(tx: Tx, event: CaseDecided): Promise<void> {
    if (event.kind === "refuse" || (await store.isApplied(tx, event.decisionId))) return;
    const item = itemOf(event.item);
    const subjectId = item.subject === "household" ? event.householdId : event.applicantId;
    if (subjectId === null)
      throw new DomainError("bad-decision", "按户享受的事项，决定里没有写明是哪一户。", {
        field: "householdId",
      });
    const existing = await store.findForDecision(tx, { caseId: event.caseId, item: event.item, subjectId });
    if (event.kind === "award") {
      // 渐退 that has months left gives way to a new award.
      if (existing && existing.endMonth !== null && existing.endMonth >= event.fromMonth)
        await endBy(tx, existing.id, addMonths(event.fromMonth, -1), "重新认定，以新决定为准", event);
      if (!existing || existing.endMonth !== null) return open(tx, event);
    }
    if (!existing)
      throw new DomainError("not-found", "没有找到这项决定所指的在享待遇，请核对办件对应的事项和享受对象。", {
        details: { decisionId: event.decisionId },
      });
    if (existing.endMonth !== null && existing.endMonth < event.fromMonth && event.kind !== "stop")
      return tooLate(tx, existing, event);
    await apply(tx, existing, { ...event, kind: event.kind === "award" ? "adjust" : event.kind });
  }

  /**
   * The case refuses this at the desk; but a death may be told between the decision and its event. Nothing is owed then whatever
   * was decided: heard once, told on the trail, and not tried for ever.
   */
  async function tooLate(tx: Tx, existing: store.EntitlementRecord, event: CaseDecided): Promise<void> {
    const { id } = existing;
    if (event.kind === "award" || event.kind === "refuse") return;
    const heard = { decisionId: event.decisionId, entitlementId: id, kind: event.kind, at: clock.now() };
    if (!(await store.claimDecision(tx, heard))) return;
    await audit.record(tx, {
      ...{ action: "entitlement.late", object: "entitlement", objectId: id },
      detail: `${event.fromMonth} 起的决定没有执行：已发至 ${existing.endMonth} 止`,
    });
  }

  async function open(tx: Tx, event: CaseDecided): Promise<void> {
    const item = itemOf(event.item);
    const id = derivedId(event.decisionId, "entitlement");
    if (event.covered.length === 0)
      throw new DomainError("bad-decision", "决定里没有写明保障了哪些人，不能建立待遇。", {
        field: "covered",
      });
    const reviewMonths = event.reviewMonths ?? item.entitlement.review.everyMonths;
    const at = clock.now();
    await store.insertEntitlement(tx, {
      id,
      item: event.item,
      exclusivityGroup: item.entitlement.exclusivityGroup,
      subjectKind: item.subject,
      householdId: event.householdId,
      applicantId: event.applicantId,
      payeeId: event.payeeId,
      divisionCode: event.divisionCode,
      areaClass: event.areaClass ?? null,
      caseId: event.caseId,
      fromMonth: event.fromMonth,
      reviewMonths,
      reviewClass: event.reviewClass ?? null,
      recognition: item.entitlement.recognition === true,
      openedAt: at,
    });
    await store.claimDecision(tx, { decisionId: event.decisionId, entitlementId: id, kind: "award", at });
    await store.addAmount(tx, { entitlementId: id, ...event, at });
    await carryOn(tx, id, event);
    await store.cover(tx, id, event.covered, event.fromMonth);
    // Decided for so many months: whoever still needs it applies anew, and nothing is left to be looked at again.
    if (event.untilMonth) await endAt(tx, id, event.untilMonth);
    else
      await openPeriodic(
        tx,
        id,
        event.item,
        derivedId(id, "review"),
        addMonthsToDate(event.decidedOn, reviewMonths),
      );
    await keepFacts(tx, event.item, id);
  }

  /**
   * A decision computes its first month. Later months whose standard is known already (it reaches back over a new one, or
   * one was entered ahead), and amounts entered for later months before it, are brought to what its facts give: raised as
   * by a run, never lowered by a standard. What is suspended stays suspended.
   */
  async function carryOn(tx: Tx, id: string, event: CaseDecided): Promise<void> {
    const inputs = (await repricing?.inputs(tx, [event.decisionId]))?.get(event.decisionId);
    if (!repricing || !inputs) return;
    const { fromMonth, item } = event;
    const amounts = await store.amountsOf(tx, id);
    const months = new Set([...amounts.map((a) => a.fromMonth), ...(await raisedFrom(tx, item, fromMonth))]);
    for (let m = fromMonth; m <= addMonths(monthOf(clock.today()), 1); m = addMonths(m, 1)) months.add(m);
    const later = [...months].filter((m) => m > fromMonth).sort();
    const rulesOf = (month: Month) => repricing.rules(tx.actor.countyCode, item, month);
    let stands = event.amountFen;
    const rows = steps(amounts, later, (month, was) => {
      const rules = rulesOf(month);
      if (was === 0 || !rules) return was;
      // Not eligible or lower needs a decision of its own; what cannot be computed stays as well.
      const fen = ruled(rules, inputs, month);
      if (fen > stands) stands = fen;
      return stands;
    });
    for (const { month, fen } of rows)
      await store.addAmount(tx, {
        ...{ entitlementId: id, fromMonth: month, amountFen: fen, persons: event.persons, at: clock.now() },
        ...{ reason: event.reason, decisionId: null, basisId: event.decisionId },
        ruleVersion: rulesOf(month)?.set.version ?? null,
      });
  }

  /** The facts of the decision, ready for the next standard. */
  async function keepFacts(tx: Tx, item: string, entitlementId: string): Promise<void> {
    const rules = repricing?.rules(tx.actor.countyCode, item, addMonths(monthOf(clock.today()), 1));
    if (!repricing || !rules) return;
    await bringUp(tx, repricing, layoutOf([rules.set]), { item, from: entitlementId, to: entitlementId });
  }

  async function endAt(tx: Tx, id: string, endMonth: Month): Promise<void> {
    const reason = `决定的有效期到 ${endMonth}`;
    await store.end(tx, id, { endMonth, reason, kind: "decision", personId: null, cause: EXPIRED_CAUSE });
    await store.uncover(tx, id, null, endMonth, reason, { cause: EXPIRED_CAUSE });
  }

  async function endBy(
    tx: Tx,
    id: string,
    endMonth: Month,
    reason: string,
    event: CaseDecided,
  ): Promise<void> {
    await store.end(tx, id, { endMonth, reason, kind: "decision", personId: null, cause: REPLACED_CAUSE });
    await store.uncover(tx, id, null, endMonth, reason, { cause: REPLACED_CAUSE });
    await store.answerReviews(tx, id, answeredBy(event, tx));
  }

  const answeredBy = (event: CaseDecided, tx: Tx): store.ReviewAnswer => ({
    requestId: null,
    doneOn: event.decidedOn,
    result: event.kind === "stop" || event.kind === "gradual-exit" ? "stop" : "continue",
    method: "decision",
    note: event.reason,
    byName: tx.actor.name,
  });

  async function apply(
    tx: Tx,
    existing: store.EntitlementRecord,
    event: CaseDecided & { kind: "adjust" | "continue" | "gradual-exit" | "stop" },
  ): Promise<void> {
    const { id } = existing;
    const at = clock.now();
    const change = changeBy(event, {
      reviewMonths: existing.reviewMonths,
      amounts: await store.amountsOf(tx, id),
      coverage: await store.coverageOf(tx, id),
    });
    if (
      !(await store.claimDecision(tx, {
        decisionId: event.decisionId,
        entitlementId: id,
        kind: event.kind,
        at,
      }))
    )
      return;
    if (change.amount)
      await store.addAmount(tx, {
        entitlementId: id,
        ...change.amount,
        reason: event.reason,
        decisionId: event.decisionId,
        cause: event.cause ?? null,
        at,
      });
    if (event.kind === "adjust") await carryOn(tx, id, event);
    const before = addMonths(event.fromMonth, -1);
    if (change.leave.length > 0)
      await store.uncover(tx, id, change.leave, before, event.reason, { cause: event.cause ?? null });
    if (change.join.length > 0) await store.cover(tx, id, change.join, event.fromMonth);
    if (change.closesReviews) await store.answerReviews(tx, id, answeredBy(event, tx));
    // What ends is not looked at again.
    if (change.nextReviewOn && existing.endMonth === null)
      await openPeriodic(tx, id, event.item, derivedId(event.decisionId, "review"), change.nextReviewOn);
    if (change.endMonth !== null) {
      // A stop never gives months back that were already taken away; what a death has ended stays ended by the death, and a
      // stop without a cause of its own leaves the one that stands.
      const { endMonth: ended, endKind } = existing;
      const saysMore = endKind !== "death" && (event.cause ?? null) !== null;
      const over = ended !== null && (ended < change.endMonth || (ended === change.endMonth && !saysMore));
      if (!over) {
        const cause = event.cause ?? (event.kind === "gradual-exit" ? GRADUAL_CAUSE : null);
        const end = { endMonth: change.endMonth, reason: event.reason };
        await store.end(tx, id, { ...end, kind: "decision", personId: null, cause });
        await store.uncover(tx, id, null, change.endMonth, event.reason, { cause });
      }
    } else {
      await store.restate(tx, id, {
        payeeId: event.kind === "adjust" ? event.payeeId : existing.payeeId,
        caseId: event.caseId,
        reviewMonths: event.reviewMonths ?? existing.reviewMonths,
        reviewClass: event.reviewClass ?? existing.reviewClass,
      });
    }
    if (event.kind !== "stop") await keepFacts(tx, event.item, id);
  }

  return { onDecision };
}
