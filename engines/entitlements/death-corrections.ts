/**
 * A death put right: what it ended goes on as it stood before, or ends with the month of the right date. Where that would be a
 * guess, nothing is done and a sentence says who does it where. ADR 73.
 */
import {
  addMonths,
  DomainError,
  derivedId,
  type IsoDate,
  type Month,
  monthOf,
  monthsFromTo,
} from "@wuxin/kernel";
import { attempt, emit, isUniqueViolation, type Tx } from "@wuxin/platform";
import type { ToldOf } from "../registry/index.ts";
import type { Common } from "./common.ts";
import * as undo from "./correction-store.ts";
import { type Deaths, deathReviewId, endedByDeath } from "./deaths.ts";
import { steps } from "./life-model.ts";
import { factsIn, writeChange } from "./life-write.ts";
import { amountIn, coveredIn } from "./model.ts";
import type { EntitlementsDeps } from "./ports.ts";
import { raisedFrom } from "./reprice-store.ts";
import { ruled } from "./ruled.ts";
import * as store from "./store.ts";

/** The outbox event `person.death-corrected`. `rightOn` null: has not died. */
export interface DeathCorrected {
  readonly correctionId: string;
  readonly personId: string;
  readonly diedOn: IsoDate;
  readonly rightOn: IsoDate | null;
}
export interface CorrectedEntitlement extends ToldOf {
  readonly entitlementId: string;
}

export function createDeathCorrections(
  deps: EntitlementsDeps,
  common: Common,
  { dies }: Pick<Deaths, "dies">,
) {
  const { clock, repricing } = deps;

  /** In the transaction that corrects the register. Gives what became of each entitlement that the death touched. */
  async function onDeathCorrected(tx: Tx, c: DeathCorrected): Promise<CorrectedEntitlement[]> {
    const told: CorrectedEntitlement[] = [];
    for (const e of await store.coveringPerson(tx, c.personId)) {
      const of = { entitlementId: e.id, title: common.itemOf(e.item).title };
      try {
        const text = await attempt(tx, () => one(tx, e, c));
        if (text !== null) told.push({ ...of, text, left: false });
      } catch (error) {
        if (!(error instanceof DomainError) && !isUniqueViolation(error, "entitlement_live_once"))
          throw error;
        const text =
          error instanceof DomainError
            ? error.message
            : "同一项待遇后来又批了一次，这一次不恢复；要改的请在新的办件里复核。";
        told.push({ ...of, text, left: true });
      }
    }
    return told;
  }

  /** Null: the death did nothing here, or the right date does the same. Throws in words where a person must look. */
  async function one(tx: Tx, e: store.EntitlementRecord, c: DeathCorrected): Promise<string | null> {
    const lastMonth = monthOf(c.diedOn);
    const newLast = c.rightOn === null ? null : monthOf(c.rightOn);
    if ((await undo.endedByDeath(tx, e.id, c.personId)) !== lastMonth) return null;
    const ended = e.endKind === "death" && e.endPersonId === c.personId;
    if (!ended && newLast === lastMonth) return null;
    const goesOn = newLast === null || newLast > lastMonth;
    if (goesOn || !ended) await refuse(tx, e, c, ended);
    await undo.coverAgain(tx, e.id, c.personId);
    if (ended) await undo.reopen(tx, e.id);
    const goesOnAt = ended && goesOn ? await restore(tx, e, c) : 0;
    await deps.audit.record(tx, {
      ...{ action: "entitlement.death-corrected", object: "entitlement", objectId: e.id },
      detail: c.rightOn === null ? "登记的死亡不是事实" : `死亡日期更正为 ${c.rightOn}`,
    });
    await emit(tx, "entitlement.changed", { entitlementId: e.id, changeId: c.correctionId });
    if (c.rightOn !== null) {
      const { stops } = await dies(tx, await common.get(tx, e.id), {
        personId: c.personId,
        diedOn: c.rightOn,
      });
      // Somebody else was covered longer: then it was not this death that ended it.
      if (ended && !stops)
        throw new DomainError(
          "action-not-allowed",
          `按 ${c.rightOn} 算，以后还有别人在保障里：请在办件里复核。`,
        );
      if (ended && newLast === lastMonth) return `停发的月份不变，仍发至 ${lastMonth} 止。`;
      return ended ? `改为发至 ${newLast} 止。` : `本人的保障改到 ${newLast} 止，核查照旧。`;
    }
    await lookAgain(tx, e, c, ended);
    if (!ended) return "重新算作保障对象，金额不变；因死亡提出的核查随之办结。";
    if (e.recognition) return "恢复认定。";
    if (goesOnAt === 0) return "恢复待遇；登记死亡以前已经暂停的，仍然暂停。";
    return `${firstMissed(e, c)} 起接着发，缺的月份随下一份名册补发，一个月只发一次；名册里因此暂缓的，由县级在个人页放行。`;
  }

  /** Errors in words, with the way out: undoing it would be a guess. */
  async function refuse(
    tx: Tx,
    e: store.EntitlementRecord,
    c: DeathCorrected,
    ended: boolean,
  ): Promise<void> {
    const no = (why: string) => new DomainError("action-not-allowed", why);
    if (e.endMonth !== null && !ended)
      throw no(
        `已因「${e.endCause ?? e.endReason ?? "决定"}」发至 ${e.endMonth} 停止，不自动恢复；符合条件的请重新申请。`,
      );
    const s = await undo.since(tx, e.id, c.personId, deathReviewId(e.id, c.personId));
    if (ended && (s.lastDecision === "gradual-exit" || s.lastDecision === "stop"))
      throw no("另有渐退或停发的决定，该发到哪个月要看那份决定：请在办件里复核，或者重新申请。");
    if (ended && !s.hasPeriodic)
      throw no("当时批了有效期，是否还在有效期内要看那份决定：请在办件里复核，或者重新申请。");
    if (ended && s.other !== null)
      throw no(
        `后来领了「${common.itemOf(s.other).title}」，两项只能领一项：请先问清选哪一项，再在办件里停一项、重新申请另一项。`,
      );
    if (!ended && s.recountedFrom !== null)
      throw no(`${s.recountedFrom} 起已经按少一个人重新算过：请在办件里复核，把本人加回来（或改月份）。`);
  }

  /** Every month after the last is again what it was before the death, or more where a standard was raised since. Gives the first, 分. */
  async function restore(tx: Tx, e: store.EntitlementRecord, c: DeathCorrected): Promise<number> {
    if (e.recognition) return 0;
    const fromMonth = firstMissed(e, c);
    const amounts = await store.amountsOf(tx, e.id);
    const death = endedByDeath(c.diedOn);
    const before = amounts.filter((a) => !(a.amountFen === 0 && a.reason === death));
    const coverage = await store.coverageOf(tx, e.id);
    const facts = await factsIn(tx, repricing, e.id, fromMonth);
    const raised = new Set(await raisedFrom(tx, e.item, addMonths(fromMonth, -1)));
    const last = [addMonths(monthOf(clock.today()), 1), ...amounts.map((a) => a.fromMonth)].reduce((a, b) =>
      a > b ? a : b,
    );
    const rulesOf = (month: Month) => repricing?.rules(tx.actor.countyCode, e.item, month) ?? null;
    let least = 0;
    const rows = steps(amounts, monthsFromTo(fromMonth, last), (month) => {
      const stood = amountIn(before, month);
      const rules = raised.has(month) && stood > 0 && facts ? rulesOf(month) : null;
      const fen = rules && facts ? ruled(rules, facts.inputs, month) : 0;
      // A standard raises, never lowers; what was suspended before the death stays so.
      if (fen > least) least = fen;
      return stood === 0 ? 0 : Math.max(stood, least);
    });
    await writeChange(
      tx,
      {
        ...{
          id: derivedId(c.correctionId, e.id),
          entitlementId: e.id,
          kind: "resume",
          fromMonth,
          at: clock.now(),
        },
        ...{ reason: c.rightOn === null ? "死亡登记有误，本人健在" : `死亡日期更正为 ${c.rightOn}` },
        ...{ personId: null, event: null, happenedOn: null, divisionBefore: null, divisionAfter: null },
        ...{ areaBefore: null, areaAfter: null, beforeFen: 0, afterFen: rows[0]?.fen ?? 0 },
        inputs: facts?.inputs ?? null,
      },
      {
        amounts: rows,
        personsIn: (month) => coveredIn(coverage, month).length,
        rules: rulesOf(fromMonth),
        frozen: facts?.frozen ?? false,
      },
    );
    return rows[0]?.fen ?? amountIn(amounts, fromMonth);
  }

  /** What the death answered is due again on its day; what it asked is answered. */
  async function lookAgain(
    tx: Tx,
    e: store.EntitlementRecord,
    c: DeathCorrected,
    ended: boolean,
  ): Promise<void> {
    const reviews = await store.reviewsOf(tx, e.id);
    const open = reviews.find((r) => r.id === deathReviewId(e.id, c.personId) && r.doneOn === null);
    if (open)
      await store.closeReview(tx, open.id, {
        ...{ requestId: null, doneOn: clock.today(), result: "continue", method: "office" },
        ...{ note: "死亡登记有误，本人健在", byName: tx.actor.name },
      });
    const answered = ended && reviews.find((r) => r.kind === "periodic" && r.note === endedByDeath(c.diedOn));
    if (answered)
      await common.openPeriodic(
        tx,
        e.id,
        e.item,
        derivedId(c.correctionId, `review:${e.id}`),
        answered.dueOn,
      );
  }

  return { onDeathCorrected };
}

/** The month after the last that the death left, or the first of all. */
function firstMissed(e: store.EntitlementRecord, c: DeathCorrected): Month {
  const after = addMonths(monthOf(c.diedOn), 1);
  return after > e.fromMonth ? after : e.fromMonth;
}
