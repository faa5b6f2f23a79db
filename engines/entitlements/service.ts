/** The use cases of entitlements; the caller's transaction is theirs. */
import {
  addDays,
  addMonths,
  addMonthsToDate,
  DomainError,
  derivedId,
  type IsoDate,
  type Month,
  monthOf,
} from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import {
  type CaseDecided,
  changeBy,
  changeByDeath,
  DEATH_REVIEW_LABEL,
  type PersonDied,
  REVIEW_METHODS,
  REVIEW_RESULTS,
  type ReviewMethod,
  type ReviewResult,
} from "./model.ts";
import type { EntitlementsDeps } from "./ports.ts";
import * as queries from "./queries.ts";
import * as store from "./store.ts";
import { entitlementBrief, entitlementPage, entitlementRow } from "./views.ts";

/** Who may record a review. */
const REVIEWERS = new Set(["village", "township", "county"]);

export interface ReviewInput {
  readonly id: string;
  readonly result: ReviewResult;
  readonly method: Exclude<ReviewMethod, "decision">;
  readonly on: IsoDate;
  readonly note: string;
}

export interface DeathOutcome {
  readonly stopped: readonly {
    readonly entitlementId: string;
    readonly itemTitle: string;
    readonly lastMonth: Month;
  }[];
  /** Entitlements whose household goes on and is reviewed. */
  readonly reviewing: readonly string[];
  /** Paid for months after the death, 分: information; recovery is decided by a person. */
  readonly overpaidFen: number;
}

export type Entitlements = ReturnType<typeof createEntitlements>;

export function createEntitlements(deps: EntitlementsDeps) {
  const { clock, catalogue } = deps;

  function itemOf(code: string) {
    const item = catalogue.items.get(code);
    if (!item)
      throw new DomainError("not-found", `没有事项“${code}”的定义，请联系系统管理员核对事项目录。`, {
        field: "item",
      });
    return item;
  }

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
      throw new DomainError(
        "action-not-allowed",
        `该待遇已于 ${existing.endMonth} 发完停止，不能再调整；需要恢复的，请重新作出认定。`,
      );
    await apply(tx, existing, { ...event, kind: event.kind === "award" ? "adjust" : event.kind });
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
      openedAt: at,
    });
    await store.claimDecision(tx, { decisionId: event.decisionId, entitlementId: id, kind: "award", at });
    await store.addAmount(tx, { entitlementId: id, ...event, at });
    await store.cover(tx, id, event.covered, event.fromMonth);
    await openPeriodic(
      tx,
      id,
      event.item,
      derivedId(id, "review"),
      addMonthsToDate(event.decidedOn, reviewMonths),
    );
  }

  function openPeriodic(tx: Tx, entitlementId: string, item: string, id: string, dueOn: IsoDate) {
    const { label } = itemOf(item).entitlement.review;
    return store.openReview(tx, {
      id,
      entitlementId,
      kind: "periodic",
      aboutId: entitlementId,
      label,
      dueOn,
      at: clock.now(),
    });
  }

  async function endBy(
    tx: Tx,
    id: string,
    endMonth: Month,
    reason: string,
    event: CaseDecided,
  ): Promise<void> {
    await store.end(tx, id, { endMonth, reason, kind: "decision", personId: null });
    await store.uncover(tx, id, null, endMonth, reason);
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
        at,
      });
    const before = addMonths(event.fromMonth, -1);
    if (change.leave.length > 0) await store.uncover(tx, id, change.leave, before, event.reason);
    if (change.join.length > 0) await store.cover(tx, id, change.join, event.fromMonth);
    if (change.closesReviews) await store.answerReviews(tx, id, answeredBy(event, tx));
    if (change.nextReviewOn)
      await openPeriodic(tx, id, event.item, derivedId(event.decisionId, "review"), change.nextReviewOn);
    if (change.endMonth !== null) {
      // A stop never gives months back that were already taken away.
      const endMonth =
        existing.endMonth !== null && existing.endMonth < change.endMonth
          ? existing.endMonth
          : change.endMonth;
      await store.end(tx, id, { endMonth, reason: event.reason, kind: "decision", personId: null });
      await store.uncover(tx, id, null, endMonth, event.reason);
    } else {
      await store.restate(tx, id, {
        payeeId: event.kind === "adjust" ? event.payeeId : existing.payeeId,
        caseId: event.caseId,
        reviewMonths: event.reviewMonths ?? existing.reviewMonths,
        reviewClass: event.reviewClass ?? existing.reviewClass,
      });
    }
  }

  /**
   * Hears `person.died`, or is called in the transaction that records the death. The person's coverage ends with the
   * month of death; what covers nobody else ends, a household that goes on is reviewed within three months. Repeating
   * it changes nothing and gives the same answer.
   */
  async function onDeath(tx: Tx, event: PersonDied): Promise<DeathOutcome> {
    const stopped: { entitlementId: string; itemTitle: string; lastMonth: Month }[] = [];
    const reviewing: string[] = [];
    for (const e of await store.coveringPerson(tx, event.personId)) {
      const change = changeByDeath(event, await store.coverageOf(tx, e.id));
      const { lastMonth } = change;
      if (e.endMonth !== null && e.endMonth <= lastMonth && e.endPersonId !== event.personId) continue;
      await store.uncover(tx, e.id, [event.personId], lastMonth, "死亡");
      if (!change.ends) {
        reviewing.push(e.id);
        await store.openReview(tx, {
          id: derivedId(e.id, `death:${event.personId}`),
          entitlementId: e.id,
          kind: "death",
          aboutId: event.personId,
          label: DEATH_REVIEW_LABEL,
          dueOn: change.reviewDueOn as IsoDate,
          at: clock.now(),
        });
        continue;
      }
      if (e.endPersonId !== event.personId || e.endMonth !== lastMonth) {
        const reason = `享受对象于 ${event.diedOn} 死亡，次月起停发`;
        await store.end(tx, e.id, { endMonth: lastMonth, reason, kind: "death", personId: event.personId });
        await store.addAmount(tx, {
          entitlementId: e.id,
          fromMonth: addMonths(lastMonth, 1),
          amountFen: 0,
          persons: 0,
          reason,
          decisionId: null,
          at: clock.now(),
        });
        await store.answerReviews(tx, e.id, {
          requestId: null,
          doneOn: clock.today(),
          result: "stop",
          method: "data-match",
          note: reason,
          byName: tx.actor.name,
        });
        await deps.audit.record(tx, {
          action: "entitlement.end",
          object: "entitlement",
          objectId: e.id,
          detail: `享受对象死亡，发至 ${lastMonth} 止`,
        });
      }
      stopped.push({ entitlementId: e.id, itemTitle: itemOf(e.item).title, lastMonth });
    }
    return { stopped, reviewing, overpaidFen: await overpaid(tx, stopped) };
  }

  /** Paid for months after the last month owed, 分. */
  async function overpaid(
    tx: Tx,
    ended: readonly { readonly entitlementId: string; readonly lastMonth: Month }[],
  ): Promise<number> {
    if (ended.length === 0) return 0;
    const last = new Map(ended.map((e) => [e.entitlementId, e.lastMonth]));
    const months = await deps.paid.ofEntitlements(tx, [...last.keys()]);
    return months
      .filter((m) => m.paid && m.month > (last.get(m.entitlementId) ?? m.month))
      .reduce((sum, m) => sum + m.amountFen, 0);
  }

  /**
   * A review of means or of life done by somebody. `continue` sets the next due date; `recheck` and `stop` change no
   * payment by themselves (a person decides in a case), but rosters show them until a decision comes.
   * Errors: forbidden, not-found, action-not-allowed, invalid-input.
   */
  async function recordReview(tx: Tx, entitlementId: string, input: ReviewInput) {
    if (!REVIEWERS.has(tx.actor.role))
      throw new DomainError(
        "forbidden",
        "登记复核由村（社区）、乡镇（街道）或县级经办人员办理，您的角色不能登记。",
      );
    const e = await get(tx, entitlementId);
    const repeated = await store.reviewByRequest(tx, input.id);
    if (repeated) {
      if (repeated.entitlementId !== entitlementId)
        throw new DomainError("already-exists", "这个编号已用于另一次复核，请刷新页面后重新登记。");
      return page(tx, entitlementId);
    }
    if (e.endMonth !== null && e.endMonth < monthOf(clock.today()))
      throw new DomainError("action-not-allowed", `该待遇发至 ${e.endMonth} 已停止，不需要再复核。`);
    if (input.on > clock.today())
      throw new DomainError("invalid-input", "复核日期不能晚于今天，请改成实际核查的日期。", { field: "on" });
    if (monthOf(input.on) < addMonths(e.fromMonth, -1))
      throw new DomainError("invalid-input", `复核日期早于开始享受的月份（${e.fromMonth}），请核对年份。`, {
        field: "on",
      });
    if (input.result !== "continue" && input.note.trim().length < 2)
      throw new DomainError("invalid-input", "建议停发或重新核查的，请写明看到的情况。", { field: "note" });
    const open = (await store.reviewsOf(tx, entitlementId))
      .filter((r) => r.doneOn === null)
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0];
    const reviewId = open?.id ?? input.id;
    if (!open) await openPeriodic(tx, entitlementId, e.item, reviewId, input.on);
    const closed = await store.closeReview(tx, reviewId, {
      requestId: input.id,
      doneOn: input.on,
      result: input.result,
      method: input.method,
      note: input.note,
      byName: tx.actor.name,
    });
    if (closed === 0)
      throw new DomainError("stale-version", "这次复核刚刚已由别人登记，请刷新页面查看结果。");
    if (input.result === "continue" && open?.kind !== "death" && e.endMonth === null)
      await openPeriodic(
        tx,
        entitlementId,
        e.item,
        derivedId(reviewId, "next"),
        addMonthsToDate(input.on, e.reviewMonths),
      );
    await deps.audit.record(tx, {
      action: "entitlement.review",
      object: "entitlement",
      objectId: entitlementId,
      detail: `${REVIEW_METHODS[input.method]}复核：${REVIEW_RESULTS[input.result]}`,
    });
    return page(tx, entitlementId);
  }

  async function get(tx: Tx, id: string): Promise<store.EntitlementRecord> {
    const e = await store.find(tx, id);
    if (!e) throw new DomainError("not-found", "没有找到这项待遇，或不在您的管辖范围内。");
    return e;
  }

  async function listRecords(tx: Tx, q: queries.ListQuery) {
    const today = clock.today();
    return queries.list(tx, q, monthOf(today), addDays(today, 30));
  }

  async function list(tx: Tx, q: queries.ListQuery) {
    const { rows, total } = await listRecords(tx, q);
    return { rows: rows.map((r) => entitlementRow(deps, tx.actor.countyCode, r)), total };
  }

  /** With amounts, persons, reviews and payments. Reading it is written down. */
  async function page(tx: Tx, id: string) {
    const [row] = (await listRecords(tx, { id, size: 1 })).rows;
    if (!row) throw new DomainError("not-found", "没有找到这项待遇，或不在您的管辖范围内。");
    await deps.audit.record(tx, { action: "entitlement.read", object: "entitlement", objectId: id });
    return entitlementPage(deps, tx.actor, row, {
      amounts: await store.amountsOf(tx, id),
      coverage: await store.coverageOf(tx, id),
      reviews: await store.reviewsOf(tx, id),
      payments: await deps.paid.ofEntitlements(tx, [id]),
      canReview: REVIEWERS.has(tx.actor.role),
    });
  }

  /** For the page of one person: what covers, is paid to, or was applied for by the person. */
  async function forPerson(tx: Tx, personId: string) {
    const { rows } = await listRecords(tx, { persons: [personId], size: 200 });
    return rows.map((r) => entitlementBrief(deps, r));
  }

  /** For the page of a household: its own, and those of its members. */
  async function forHousehold(tx: Tx, householdId: string, memberIds: readonly string[] = []) {
    const own = await listRecords(tx, { household: householdId, size: 200 });
    const members =
      memberIds.length > 0 ? await listRecords(tx, { persons: memberIds, size: 200 }) : { rows: [] };
    const seen = new Map([...own.rows, ...members.rows].map((r) => [r.id, r]));
    return [...seen.values()].map((r) => entitlementBrief(deps, r));
  }

  return {
    onDecision,
    onDeath,
    recordReview,
    list,
    page,
    forPerson,
    forHousehold,
    /** What the county owes in a month, in the order of the roster. Later engines use SQL `entitlement_owed(month)`. */
    owed: (tx: Tx, month: Month) => queries.owed(tx, month),
    /** Open reviews due within so many days (default 30), overdue ones first. */
    dueReviews: async (tx: Tx, withinDays = 30, limit = 200) =>
      (await queries.dueReviews(tx, addDays(clock.today(), withinDays), limit)).map((r) => ({
        ...r,
        itemTitle: itemOf(r.item).title,
        divisionName: deps.divisionName(tx.actor.countyCode, r.divisionCode),
      })),
    overpaid,
    /** Of these persons, those whom an entitlement of the item covers now or later. */
    holders: (tx: Tx, item: string, personIds: readonly string[]) =>
      queries.holders(tx, item, personIds, monthOf(clock.today())),
    ofCase: queries.ofCase,
  };
}
