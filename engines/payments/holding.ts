/** Lines held and released, and held by a death. */
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Desk } from "./desk.ts";
import * as flags from "./flag-store.ts";
import { lock, requireDraft, requireMoney } from "./guards.ts";
import * as lines from "./lines.ts";
import { LINE_STATES, MAKER_RELEASES_NOTHING } from "./model.ts";
import * as papers from "./papers.ts";
import type { PaymentsDeps } from "./ports.ts";
import { DOUBLE, flagCheck } from "./rules.ts";
import * as slots from "./slots.ts";
import type * as store from "./store.ts";
import * as sums from "./sums.ts";
import { itemTitle, rosterLine } from "./views.ts";

export function createHolding(deps: PaymentsDeps, desk: Desk) {
  const { clock } = deps;
  const { note, judging, settleHead, holdFlagged, doubleReason } = desk;

  async function lineOf(tx: Tx, rosterId: string, lineId: string): Promise<lines.LineRecord> {
    const line = await lines.findLine(tx, rosterId, lineId);
    if (!line) throw new DomainError("not-found", "名册里没有这一笔，请刷新页面。");
    return line;
  }

  async function lineView(tx: Tx, rosterId: string, lineId: string) {
    const line = await lineOf(tx, rosterId, lineId);
    return rosterLine(deps, tx.actor.countyCode, line, await flags.flagsOf(tx, [lineId]));
  }

  /** The line keeps its slots: nobody else is paid for that month meanwhile. Errors: forbidden, action-not-allowed. */
  async function hold(tx: Tx, rosterId: string, lineId: string, input: { reason: string }) {
    requireMoney(tx, "暂缓发放", ["county"]);
    return putBack(tx, rosterId, lineId, input.reason);
  }

  /** Whoever may: out of this payment. */
  async function putBack(tx: Tx, rosterId: string, lineId: string, reason: string) {
    requireDraft(await lock(tx, rosterId));
    const line = await lineOf(tx, rosterId, lineId);
    if (line.state !== "ready")
      throw new DomainError("action-not-allowed", `这一笔现在是“${LINE_STATES[line.state]}”，不能暂缓。`);
    const at = clock.now();
    await lines.setHeld(tx, rosterId, [lineId], reason);
    await papers.recordEvents(tx, rosterId, { lineIds: [lineId] }, { kind: "held", detail: reason, at });
    await settleHead(tx, rosterId, [lineId]);
    await note(tx, "roster.hold", rosterId, `第 ${line.seq} 笔：${reason}`);
    return lineView(tx, rosterId, lineId);
  }

  /**
   * In a draft the line is paid with it; after sending it waits for a reissue. Faults that a reason cannot mend must be
   * gone. A slot held by another held line passes over. Errors: forbidden, same-signer, action-not-allowed,
   * flags-open, double-payment, roster-changed.
   */
  async function release(tx: Tx, rosterId: string, lineId: string, input: { reason: string }) {
    requireMoney(tx, "放行", ["county", "leader"]);
    const roster = await lock(tx, rosterId);
    const sent = roster.state === "sent" || roster.state === "closed";
    if (!sent) requireDraft(roster);
    if (roster.generatedBy === tx.actor.accountId)
      throw new DomainError("same-signer", MAKER_RELEASES_NOTHING);
    const line = await lineOf(tx, rosterId, lineId);
    if (line.state !== "held")
      throw new DomainError("action-not-allowed", `这一笔现在是“${LINE_STATES[line.state]}”，不需要放行。`);
    if (!sent) await lines.refreshAccount(tx, lineId);
    await refuseStanding(tx, roster, line, sent);
    const at = clock.now();
    if (line.reissueOf === null) {
      await takeOver(tx, line, at);
      await slots.retakeSlots(tx, line, at);
    }
    await flags.answerFlags(tx, lineId, input.reason, at);
    await lines.setReleased(tx, lineId, !sent);
    await papers.recordEvents(
      tx,
      rosterId,
      { lineIds: [lineId] },
      { kind: "released", detail: input.reason, at },
    );
    if (sent) {
      await sums.refreshHead(tx, rosterId);
      await sums.closeOrReopen(tx, rosterId);
    } else await settleHead(tx, rosterId, [lineId]);
    await note(tx, "roster.release", rosterId, `第 ${line.seq} 笔：${input.reason}`);
    return lineView(tx, rosterId, lineId);
  }

  /** After sending, the account is read again at the reissue, so only what the person is counts. */
  async function refuseStanding(
    tx: Tx,
    roster: store.RosterRecord,
    line: lines.LineRecord,
    sent: boolean,
  ): Promise<void> {
    await flags.raiseFlags(tx, judging(tx, roster, [line.id]), clock.now());
    for (const flag of await flags.flagsOf(tx, [line.id])) {
      const rule = flagCheck(flag.rule);
      if (flag.severity !== "block" || !rule?.mustBeMended || (sent && rule.code === "no-account")) continue;
      const standing = await flags.stillBroken(tx, rule, judging(tx, roster, [line.id]));
      if (standing !== null)
        throw new DomainError("flags-open", `不能放行：${standing}。${rule.mustBeMended}`);
    }
  }

  /** Slots in the way that belong to held lines of this county pass over; those lines are flagged instead. */
  async function takeOver(tx: Tx, line: lines.LineRecord, at: Date): Promise<void> {
    const inTheWay = await slots.conflicts(tx, line.rosterId, [line.id]);
    const standing = inTheWay.find((c) => c.otherLineId !== null && !c.otherHeld);
    if (standing)
      throw new DomainError(
        "double-payment",
        `不能放行：${doubleReason(tx, standing)}。请先暂缓或停发那一笔，再放行这一笔。`,
      );
    const losers = [...new Set(inTheWay.flatMap((c) => (c.otherLineId === null ? [] : [c.otherLineId])))];
    if (losers.length === 0) return;
    await slots.giveUpSlots(tx, losers, at);
    await flags.addFlags(
      tx,
      null,
      losers.map((lineId) => ({
        lineId,
        rule: DOUBLE,
        severity: "block" as const,
        reason: `当月改由“${itemTitle(deps, line.item)}”（领款人 ${line.payeeName}）列入发放`,
      })),
      at,
    );
  }

  /**
   * Hears `person.died`: lines not yet at the bank are judged again. In a draft they are held; in a signed roster the
   * open flag stops the next signature and the bank file.
   */
  async function onDeath(tx: Tx, event: { readonly personId: string }): Promise<void> {
    const touched = await lines.unsentLinesOfPerson(tx, event.personId);
    const at = clock.now();
    for (const rosterId of new Set(touched.map((l) => l.rosterId))) {
      const roster = await lock(tx, rosterId);
      const lineIds = touched.filter((l) => l.rosterId === rosterId).map((l) => l.id);
      await flags.raiseFlags(tx, judging(tx, roster, lineIds), at);
      if (roster.state === "draft") await settleHead(tx, rosterId, await holdFlagged(tx, rosterId, at));
    }
  }

  return { hold, putBack, release, onDeath };
}
