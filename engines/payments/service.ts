/** The life of a roster: made, held and released, signed, discarded, paid again. The caller's transaction is theirs. */
import {
  addMonths,
  DomainError,
  firstDay,
  formatMonthChinese,
  isMonth,
  type Month,
  monthOf,
} from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import { createFiles } from "./files.ts";
import * as generate from "./generate.ts";
import { inWords, lock, notFound, requireDraft, requireMoney } from "./guards.ts";
import * as lines from "./lines.ts";
import {
  LINE_STATES,
  mayDiscard,
  ROSTER_STATES,
  type RosterKind,
  rosterNumber,
  rosterTitle,
  type SignStep,
  STEPS,
  stepRule,
  whyNotSign,
} from "./model.ts";
import type { PaymentsDeps } from "./ports.ts";
import { flagRule } from "./rules.ts";
import * as slots from "./slots.ts";
import * as store from "./store.ts";
import { failure, itemTitle, rosterLine, rosterPage, rosterRow } from "./views.ts";

/** Months back for which a late decision is made good. */
const BACKPAY_MONTHS = 12;
/** A rule of the flags whose fault the slots find. */
const DOUBLE = "double";

export type Payments = ReturnType<typeof createPayments>;

export function createPayments(deps: PaymentsDeps) {
  const { clock, audit } = deps;
  const maxima = Object.fromEntries(
    [...deps.catalogue.items].flatMap(([code, i]) =>
      i.entitlement.plausibleMaxFen === undefined ? [] : [[code, i.entitlement.plausibleMaxFen]],
    ),
  );
  const note = (tx: Tx, action: string, objectId: string, detail: string) =>
    audit.record(tx, { action, object: "roster", objectId, detail });
  const judging = (rosterId: string, lineIds: readonly string[] | null): lines.Judging => ({
    rosterId,
    lineIds,
    maxima,
    today: clock.today(),
  });

  async function get(tx: Tx, id: string): Promise<store.RosterRecord> {
    const roster = await store.findRoster(tx, id);
    if (!roster) throw notFound();
    return roster;
  }

  /** Everything of the page; reading leaves a line in the trail. */
  async function page(tx: Tx, id: string) {
    await note(tx, "roster.read", id, "");
    return view(tx, id);
  }

  async function view(tx: Tx, id: string) {
    const roster = await get(tx, id);
    return rosterPage(deps, tx.actor, roster, {
      byItem: await store.sumsByItem(tx, id),
      byChange: await store.sumsByChange(tx, id),
      flagCounts: await lines.flagCounts(tx, id),
      signatures: await store.signaturesOf(tx, id),
      bankFiles: await store.bankFilesOf(tx, id),
      returns: await store.returnsOf(tx, id),
      paidEventsFen: await store.paidEventsFen(tx, id),
      openBlocks: await lines.openBlocks(tx, id),
      toReissue: await lines.countToReissue(tx, id),
    });
  }

  /** Sums and, in a draft, the content digest. */
  async function settleHead(tx: Tx, id: string): Promise<void> {
    await store.refreshSums(tx, id);
    await store.refreshDigest(tx, id);
  }

  async function insertHead(
    tx: Tx,
    r: {
      id: string;
      month: Month;
      kind: RosterKind;
      parentId: string | null;
      previous: store.RosterRecord | undefined;
    },
  ): Promise<void> {
    await store.lockMonth(tx, r.month);
    const nth = (await store.countOfMonth(tx, r.month)) + 1;
    await store.insertRoster(tx, {
      id: r.id,
      month: r.month,
      kind: r.kind,
      number: rosterNumber(r.month, nth),
      title: rosterTitle(r.month, r.kind),
      parentId: r.parentId,
      previousId: r.previous?.id ?? null,
      previousTotalFen: r.previous?.totalFen ?? null,
      at: clock.now(),
    });
  }

  const exists = (month: Month, number?: string) =>
    new DomainError(
      "roster-exists",
      `${formatMonthChinese(month)}的发放名册${number ? `（${number}）` : ""}已经生成，不能重复生成；需要重做的，请先作废它。`,
      { field: "month" },
    );

  /**
   * The county's roster of a month: all benefits, compared with the last one, with slots taken and flags raised.
   * Errors: forbidden, invalid-input (month), roster-exists.
   */
  async function generateMonth(tx: Tx, input: { id: string; month: Month }) {
    requireMoney(tx, "生成名册", ["county"]);
    const { id, month } = input;
    const latest = addMonths(monthOf(clock.today()), 1);
    if (!isMonth(month) || month > latest)
      throw new DomainError("invalid-input", `最多只能生成到下个月（${latest}）的名册，请改选月份。`, {
        field: "month",
      });
    const same = await store.findRoster(tx, id);
    if (same) {
      if (same.month === month && same.kind === "monthly") return view(tx, id);
      throw new DomainError("already-exists", "这个编号已用于另一份名册，请刷新页面后重试。");
    }
    await store.lockMonth(tx, month);
    const standing = await store.rosterOfMonth(tx, month);
    if (standing) throw exists(month, standing.number);
    const previous = await store.previousRoster(tx, month);
    try {
      await insertHead(tx, { id, month, kind: "monthly", parentId: null, previous });
    } catch (error) {
      // Somebody generated the same month a moment ago.
      if (isUniqueViolation(error)) throw exists(month);
      throw error;
    }
    await generate.insertMonthLines(tx, {
      id,
      month,
      previousId: previous?.id ?? null,
      previousMonth: previous?.month ?? null,
    });
    const months = [month];
    for (const past of await store.sentMonths(tx, addMonths(month, -BACKPAY_MONTHS), month))
      if ((await generate.insertBackpayLines(tx, id, past)) > 0) months.push(past);
    const at = clock.now();
    for (const m of months) await slots.takeSlots(tx, id, m, at);
    await holdDoubles(tx, id, at);
    await judge(tx, id, at);
    await note(tx, "roster.generate", id, `${formatMonthChinese(month)}`);
    return view(tx, id);
  }

  /** Lines that lack a slot are flagged and held, and give up what slots they have. */
  async function holdDoubles(tx: Tx, rosterId: string, at: Date): Promise<void> {
    const found = await slots.conflicts(tx, rosterId, null);
    if (found.length === 0) return;
    const reasons = new Map<string, string[]>();
    for (const c of found) reasons.set(c.lineId, [...(reasons.get(c.lineId) ?? []), doubleReason(tx, c)]);
    const lineIds = [...reasons.keys()];
    await lines.addFlags(
      tx,
      rosterId,
      lineIds.map((lineId) => ({
        lineId,
        rule: DOUBLE,
        severity: "block" as const,
        reason: (reasons.get(lineId) ?? []).join("；"),
      })),
      at,
    );
    await lines.setHeld(tx, rosterId, lineIds, "重复领取同类待遇");
    await store.recordEvents(tx, rosterId, { lineIds }, { kind: "held", detail: "重复领取同类待遇", at });
    await slots.giveUpSlots(tx, lineIds, at);
  }

  function doubleReason(tx: Tx, c: slots.Conflict): string {
    if (c.otherLineId === null)
      return `${c.person} 当月的“${c.group}”类待遇已在其他县（市、区）列入发放，请与对方核实`;
    const where = deps.divisionName(tx.actor.countyCode, c.otherDivision ?? "");
    return `${c.person} 当月已在名册 ${c.otherRoster} 由“${itemTitle(deps, c.otherItem ?? "")}”（${where}，领款人 ${c.otherPayee}）列入发放`;
  }

  /** Flags, holds, sums and digest of a draft. */
  async function judge(tx: Tx, rosterId: string, at: Date): Promise<void> {
    await lines.raiseFlags(tx, judging(rosterId, null), at);
    const held = await lines.holdBlocked(tx, rosterId);
    if (held.length > 0)
      await store.recordEvents(tx, rosterId, { lineIds: held }, { kind: "held", detail: "", at });
    await settleHead(tx, rosterId);
  }

  async function lineOf(tx: Tx, rosterId: string, lineId: string): Promise<lines.LineRecord> {
    const line = await lines.findLine(tx, rosterId, lineId);
    if (!line) throw new DomainError("not-found", "名册里没有这一笔，请刷新页面。");
    return line;
  }

  async function lineView(tx: Tx, rosterId: string, lineId: string) {
    const line = await lineOf(tx, rosterId, lineId);
    return rosterLine(deps, tx.actor.countyCode, line, await lines.flagsOf(tx, [lineId]));
  }

  /** The line keeps its slots: nobody else is paid for that month meanwhile. Errors: forbidden, action-not-allowed. */
  async function hold(tx: Tx, rosterId: string, lineId: string, input: { reason: string }) {
    requireMoney(tx, "暂缓发放", ["county"]);
    requireDraft(await lock(tx, rosterId));
    const line = await lineOf(tx, rosterId, lineId);
    if (line.state !== "ready")
      throw new DomainError("action-not-allowed", `这一笔现在是“${LINE_STATES[line.state]}”，不能暂缓。`);
    const at = clock.now();
    await lines.setHeld(tx, rosterId, [lineId], input.reason);
    await store.recordEvents(tx, rosterId, { lineIds: [lineId] }, { kind: "held", detail: input.reason, at });
    await settleHead(tx, rosterId);
    await note(tx, "roster.hold", rosterId, `第 ${line.seq} 笔：${input.reason}`);
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
      throw new DomainError("same-signer", "名册由您生成，被拦截或暂缓的明细须由另一人放行。");
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
    await lines.answerFlags(tx, lineId, input.reason, at);
    await lines.setReleased(tx, lineId, !sent);
    await store.recordEvents(
      tx,
      rosterId,
      { lineIds: [lineId] },
      { kind: "released", detail: input.reason, at },
    );
    await store.refreshSums(tx, rosterId);
    if (sent) await store.closeOrReopen(tx, rosterId);
    else await store.refreshDigest(tx, rosterId);
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
    await lines.raiseFlags(tx, judging(roster.id, [line.id]), clock.now());
    for (const flag of await lines.flagsOf(tx, [line.id])) {
      const rule = flagRule(flag.rule);
      if (flag.severity !== "block" || !rule?.mustBeMended || (sent && rule.code === "no-account")) continue;
      const standing = await lines.stillBroken(tx, rule, judging(roster.id, [line.id]));
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
    await lines.addFlags(
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
   * One of three signatures, by three people, over the digest that the person saw.
   * Errors: forbidden, same-signer, roster-changed, flags-open, action-not-allowed.
   */
  async function sign(tx: Tx, rosterId: string, input: { step: SignStep; digest: string }) {
    const rule = stepRule(input.step);
    requireMoney(tx, `${rule.label}签字`, rule.roles);
    const roster = await lock(tx, rosterId);
    const signatures = await store.signaturesOf(tx, rosterId);
    const mine = signatures.find((s) => s.step === input.step);
    if (mine && mine.accountId === tx.actor.accountId && mine.digest === input.digest)
      return view(tx, rosterId);
    const refusal = whyNotSign(roster, rule, signatures, tx.actor, await lines.openBlocks(tx, rosterId));
    if (refusal) throw new DomainError(refusal.code, refusal.message);
    if (input.digest !== roster.digest)
      throw new DomainError("roster-changed", "您打开页面后名册内容有变化，请刷新页面核对后再签字。");
    if ((await store.contentDigest(tx, rosterId)) !== roster.digest)
      throw new DomainError(
        "roster-changed",
        "名册明细与摘要不一致，可能被改动过。请作废重做，并告知系统管理员。",
      );
    try {
      await store.insertSignature(tx, { rosterId, step: input.step, digest: roster.digest, at: clock.now() });
    } catch (error) {
      if (isUniqueViolation(error, "roster_signature_person_once"))
        throw new DomainError("same-signer", "制表、复核、审批须由三个不同的人签，您已签过其中一步。");
      throw error;
    }
    await store.setState(tx, rosterId, rule.to);
    await note(tx, "roster.sign", rosterId, `${rule.label}，摘要 ${roster.digest.slice(0, 12)}`);
    return view(tx, rosterId);
  }

  /** Before the bank has it. Slots become free; failures that a reissue had taken wait again. */
  async function discard(tx: Tx, rosterId: string, input: { reason: string }) {
    requireMoney(tx, "作废名册", ["county"]);
    const roster = await lock(tx, rosterId);
    if (roster.state === "discarded") return view(tx, rosterId);
    if (!mayDiscard(roster.state))
      throw new DomainError(
        "action-not-allowed",
        `名册“${ROSTER_STATES[roster.state]}”，银行文件已生成，不能作废；发错的请走追缴。`,
      );
    if (roster.parentId !== null) {
      await lock(tx, roster.parentId);
      await generate.giveBackReissued(tx, rosterId);
    }
    await store.discardRoster(tx, rosterId, input.reason, clock.now());
    if (roster.parentId !== null) {
      await store.refreshSums(tx, roster.parentId);
      await store.closeOrReopen(tx, roster.parentId);
    }
    await note(tx, "roster.discard", rosterId, input.reason);
    return view(tx, rosterId);
  }

  /**
   * Failures (and lines released after sending) once more, to the account of today, in a roster of their own that is
   * signed by three people again. They stay in the slots they have. Errors: forbidden, action-not-allowed.
   */
  async function reissue(tx: Tx, rosterId: string, input: { id: string }) {
    requireMoney(tx, "失败补发", ["county"]);
    const parent = await lock(tx, rosterId);
    const same = await store.findRoster(tx, input.id);
    if (same) {
      if (same.parentId === rosterId) return view(tx, input.id);
      throw new DomainError("already-exists", "这个编号已用于另一份名册，请刷新页面后重试。");
    }
    if (parent.state !== "sent" && parent.state !== "closed")
      throw new DomainError("action-not-allowed", "名册还没有报送银行，没有可补发的失败明细。");
    await insertHead(tx, {
      id: input.id,
      month: parent.month,
      kind: "reissue",
      parentId: rosterId,
      previous: undefined,
    });
    const at = clock.now();
    if ((await generate.insertReissueLines(tx, input.id, rosterId)) === 0)
      throw new DomainError("action-not-allowed", "这份名册没有待补发的失败明细。");
    const lineIds = await lines.reissuedBy(tx, input.id);
    await store.recordEvents(tx, rosterId, { lineIds }, { kind: "reissued", detail: "转入补发名册", at });
    await judge(tx, input.id, at);
    await store.refreshSums(tx, rosterId);
    await store.closeOrReopen(tx, rosterId);
    await note(tx, "roster.reissue", input.id, `补发名册 ${parent.number} 的 ${lineIds.length} 笔`);
    return view(tx, input.id);
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
      await lines.raiseFlags(tx, judging(rosterId, lineIds), at);
      if (roster.state === "draft") await judge(tx, rosterId, at);
    }
  }

  /** Rosters that wait for a signature which this person may give. */
  async function toSign(tx: Tx) {
    const { rows } = await store.listRosters(tx, 50, 0);
    const waiting = [];
    for (const r of rows) {
      const rule = STEPS.find((s) => s.from === r.state);
      if (!rule?.roles.includes(tx.actor.role)) continue;
      const refusal = whyNotSign(r, rule, await store.signaturesOf(tx, r.id), tx.actor, 0);
      if (refusal === null) waiting.push({ ...rosterRow(r), step: rule.step, stepLabel: rule.label });
    }
    return waiting;
  }

  return {
    generate: inWords(generateMonth),
    page,
    hold: inWords(hold),
    release: inWords(release),
    sign: inWords(sign),
    discard: inWords(discard),
    reissue: inWords(reissue),
    onDeath,
    toSign,
    /** The last few with who has signed what, for the desk. */
    recent: async (tx: Tx, count: number) => {
      const { rows } = await store.listRosters(tx, count, 0);
      const recent = [];
      for (const r of rows) {
        const { id, month, title, totalFen, lines: lineCount, stateLabel } = rosterRow(r);
        const signed = await store.signaturesOf(tx, r.id);
        const signatures = STEPS.map(({ step, label }) => ({
          step,
          label,
          by: signed.find((s) => s.step === step)?.name ?? null,
        }));
        recent.push({ id, month, title, totalFen, lines: lineCount, stateLabel, signatures });
      }
      return recent;
    },
    ...createFiles(deps, view),
    list: async (tx: Tx, q: { page?: number; size?: number } = {}) => {
      const size = q.size ?? 20;
      const { rows, total } = await store.listRosters(tx, size, ((q.page ?? 1) - 1) * size);
      return { rows: rows.map(rosterRow), total };
    },
    /** Names and masked accounts; reading leaves a line in the trail. */
    listLines: async (tx: Tx, rosterId: string, q: lines.LineQuery = {}) => {
      await get(tx, rosterId);
      const found = await lines.listLines(tx, rosterId, q);
      const flags = await lines.flagsOf(
        tx,
        found.rows.map((l) => l.id),
      );
      await note(tx, "roster.lines", rosterId, `第 ${q.page ?? 1} 页，${found.rows.length} 笔`);
      return {
        rows: found.rows.map((l) => rosterLine(deps, tx.actor.countyCode, l, flags)),
        total: found.total,
      };
    },
    /** Failures of the reader's scope: those that wait, and those paid again in the last half year. */
    failures: async (tx: Tx) => {
      const found = await lines.failures(tx, firstDay(addMonths(monthOf(clock.today()), -6)));
      await audit.record(tx, { action: "payment.failures", object: "payment", detail: `${found.length} 笔` });
      return found.map((f) => failure(deps, tx.actor.countyCode, f));
    },
    /** What was paid month by month, for the page of a person or household; latest first. */
    months: async (tx: Tx, entitlementIds: readonly string[], limitMonths = 24) => {
      const rows =
        entitlementIds.length === 0 ? [] : await lines.monthsOf(tx, entitlementIds, limitMonths * 8);
      const byMonth = new Map<Month, { itemTitle: string; amountFen: number; result: string }[]>();
      for (const r of rows) {
        const cells = byMonth.get(r.month) ?? [];
        cells.push({
          itemTitle: itemTitle(deps, r.item),
          amountFen: r.amountFen,
          result: r.state === "paid" && r.change === "reissue" ? "补发成功" : LINE_STATES[r.state],
        });
        byMonth.set(r.month, cells);
      }
      return [...byMonth].slice(0, limitMonths).map(([month, cells]) => ({ month, cells }));
    },
  };
}
