/** 追缴: overpayments found, confirmed by a person, paid off, waived or written off by two. */
import {
  addMonths,
  DomainError,
  derivedId,
  formatYuan,
  grouped,
  type IsoDate,
  type Month,
  monthOf,
} from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import { requireMoney } from "./guards.ts";
import type { PaymentsDeps } from "./ports.ts";
import * as entries from "./recovery-entry-store.ts";
import { type EntryKind, type RecoveryState, share, spread } from "./recovery-model.ts";
import { createRecoveryRequests } from "./recovery-requests.ts";
import * as store from "./recovery-store.ts";
import { recoveryPage, recoveryRow } from "./recovery-views.ts";

/** The outbox event `recovery.received`: money that came back, for one past month. `deduction`: kept back of a roster. */
export interface RecoveryReceived {
  readonly recoveryId: string;
  readonly receiptId: string;
  readonly item: string;
  readonly month: Month;
  readonly amountFen: number;
  readonly way: "cash" | "deduction";
  readonly receivedOn: IsoDate;
}
/** The outbox event `recovery.reversed`: this receipt's cash never was. */
export interface RecoveryReversed {
  readonly recoveryId: string;
  readonly receiptId: string;
}

/** No county parameter given: an example, to be set by the county. */
const CAP_PERCENT = 20;

export function createRecoveries(deps: PaymentsDeps) {
  const { clock } = deps;
  const cap = (tx: Tx) => deps.recoveryCapPercent?.(tx.actor.countyCode) ?? CAP_PERCENT;
  const note = (tx: Tx, action: string, id: string, detail: string) =>
    deps.audit.record(tx, { action, object: "recovery", objectId: id, detail });

  const missing = () => new DomainError("not-found", "没有找到这笔追缴，或不在您的管辖范围内。");
  /** As it stands now: what has come to be owed since is asked no more. */
  async function locked(tx: Tx, id: string): Promise<store.RecoveryRecord> {
    const r = await store.lock(tx, id);
    if (!r) throw missing();
    return (await reduce(tx, [r.entitlementId])) === 0 ? r : ((await store.find(tx, id)) ?? r);
  }

  /**
   * A month that was paid too much may come to be owed more: what is left of its recovery is asked no more, the latest
   * first. What came back already is paid again by the next roster. Null: of everybody. Gives how many were reduced.
   */
  async function reduce(tx: Tx, entitlementIds: readonly string[] | null): Promise<number> {
    const found = await store.askedTooMuch(tx, entitlementIds);
    const excess = new Map<string, number>();
    for (const a of found) {
      const key = `${a.entitlementId} ${a.month}`;
      const rest = excess.get(key) ?? a.excessFen;
      const amountFen = Math.min(rest, a.leftFen);
      excess.set(key, rest - amountFen);
      if (amountFen === 0) continue;
      await store.lock(tx, a.recoveryId);
      await entries.addEntries(
        tx,
        {
          // The same months at the same sums are the same reduction.
          receiptId: derivedId(a.recoveryId, `reduction:${a.month} ${a.owedFen} ${a.leftFen}`),
          ...{ recoveryId: a.recoveryId, kind: "reduction", on: clock.today(), at: clock.now() },
          note: `${a.month} 应发提高到 ${formatYuan(a.owedFen)} 元`,
        },
        [{ month: a.month, amountFen }],
      );
      await store.settle(tx, a.recoveryId);
      await note(tx, "recovery.reduce", a.recoveryId, `${a.month} 少追 ${formatYuan(amountFen)} 元`);
    }
    return found.length;
  }

  /** Opens one proposal an entitlement for all that is overpaid and not yet asked back. Again: nothing new. */
  async function propose(tx: Tx, entitlementIds: readonly string[]): Promise<string[]> {
    if (entitlementIds.length === 0) return [];
    await reduce(tx, entitlementIds);
    const opened: string[] = [];
    const groups = grouped(await store.overpaid(tx, entitlementIds), (o) => o.entitlementId);
    for (const [entitlementId, months] of groups) {
      const [first] = months as [store.Overpaid, ...store.Overpaid[]];
      const id = derivedId(
        entitlementId,
        `recovery:${months.map((m) => `${m.month} ${m.owedFen} ${m.askedFen || ""}`.trim()).join()}`,
      );
      const cause = first.endKind === "death" ? "death" : "decision";
      const { item, divisionCode, payeeId, causeName } = first;
      await store.insert(tx, {
        ...{ id, entitlementId, item, divisionCode, payeeId, cause, causeName, months, at: clock.now() },
        reason: first.endReason ?? `多发的月份按新的金额算（${first.owedReason ?? "金额已调整"}）`,
      });
      await note(tx, "recovery.propose", id, `${months.length} 个月`);
      opened.push(id);
    }
    return opened;
  }

  /** Hears `person.died`, after entitlements. */
  const onDeath = async (tx: Tx, event: { readonly personId: string }) =>
    void (await propose(tx, await store.endedByDeath(tx, event.personId)));
  /** It is not asked back. */
  async function drop(tx: Tx, id: string, why: string): Promise<void> {
    await store.decide(tx, id, {
      ...{ state: "dismissed", at: clock.now(), note: why.trim() },
      ...{ way: null, instalmentFen: null, deductFrom: null },
    });
    await note(tx, "recovery.dismiss", id, why);
  }

  /**
   * After a death was put right, in the same transaction: what was proposed for it and nobody confirmed is closed in these
   * words and counted anew. A confirmed one is reduced like any other, or a person decides. Again: nothing more.
   */
  async function onDeathCorrected(
    tx: Tx,
    c: { readonly correctionId: string; readonly why: string },
    entitlementIds: readonly string[],
  ): Promise<void> {
    for (const r of await store.ofEntitlements(tx, entitlementIds)) {
      if (r.state !== "proposed" || r.cause !== "death") continue;
      await store.lock(tx, r.id);
      for (const { month, leftFen } of await left(tx, r.id)) {
        if (leftFen === 0) continue;
        await entries.addEntries(
          tx,
          {
            receiptId: derivedId(r.id, `corrected:${c.correctionId} ${month}`),
            ...{ recoveryId: r.id, kind: "reduction", on: clock.today(), at: clock.now(), note: c.why },
          },
          [{ month, amountFen: leftFen }],
        );
      }
      await drop(tx, r.id, c.why);
    }
    await propose(tx, entitlementIds);
  }
  /** Hears `case.decided`, after entitlements: a decision may reach back. */
  const onDecision = async (tx: Tx, event: { readonly caseId: string }) =>
    void (await propose(tx, await store.ofCase(tx, event.caseId)));
  /** Hears `roster.moved`: what was kept back has been paid off; what was paid behind an end is asked back. */
  async function onRosterMoved(tx: Tx, event: { readonly rosterId: string }): Promise<void> {
    for (const [recoveryId, parts] of grouped(
      await store.paidDeductions(tx, event.rosterId),
      (d) => d.recoveryId,
    )) {
      const r = await locked(tx, recoveryId);
      for (const [receiptId, of] of grouped(parts, (d) => d.lineId))
        await enter(
          tx,
          r,
          { receiptId, kind: "deduction", on: of[0]?.paidOn as IsoDate },
          of,
          `名册 ${of[0]?.number}`,
        );
    }
    await propose(tx, await store.paidBeyond(tx, event.rosterId));
  }

  async function enter(
    tx: Tx,
    r: store.RecoveryRecord,
    e: { receiptId: string; kind: EntryKind; on: IsoDate; reverses?: string | null },
    parts: readonly { month: Month; amountFen: number }[],
    why: string,
  ): Promise<void> {
    await entries.addEntries(tx, { ...e, recoveryId: r.id, note: why, at: clock.now() }, parts);
    await store.settle(tx, r.id);
    if (e.kind !== "cash" && e.kind !== "deduction") return;
    for (const { month, amountFen } of parts) {
      const { receiptId, kind: way, on: receivedOn } = e;
      const event: RecoveryReceived = {
        recoveryId: r.id,
        receiptId,
        item: r.item,
        month,
        amountFen,
        way,
        receivedOn,
      };
      await emit(tx, "recovery.received", event);
    }
  }

  /** What is left of each month, without what rosters under way keep back. */
  const left = async (tx: Tx, id: string) =>
    (await store.monthsOf(tx, id)).map((m) => ({
      month: m.month,
      leftFen: m.amountFen - m.settledFen - m.keptFen,
    }));

  async function spreadOf(tx: Tx, id: string, amountFen: number, field: string) {
    const months = await left(tx, id);
    const total = months.reduce((sum, m) => sum + m.leftFen, 0);
    if (!Number.isSafeInteger(amountFen) || amountFen <= 0 || amountFen > total)
      throw new DomainError(
        "invalid-input",
        `还有 ${formatYuan(total)} 元待追缴（名册里正在扣减的不算），金额应在这以内。`,
        { field },
      );
    return spread(amountFen, months);
  }

  function open(r: store.RecoveryRecord, what: string, ...states: RecoveryState[]): void {
    if (states.includes(r.state)) return;
    const now = {
      proposed: "还没有确认",
      confirmed: "已经确认",
      dismissed: "已决定不予追缴",
      settled: "已办结",
    };
    throw new DomainError("action-not-allowed", `这笔追缴${now[r.state]}，不能再${what}。`);
  }

  /** A person decides that it is asked back, and how. Again, it changes the plan. Errors: forbidden, invalid-input. */
  async function confirm(
    tx: Tx,
    id: string,
    input: { way: "deduct" | "cash"; instalmentFen: number | null; deductFrom: string | null; note: string },
  ) {
    requireMoney(tx, "确认追缴", ["county", "leader"]);
    const r = await locked(tx, id);
    open(r, "确认", "proposed", "confirmed");
    let plan: { instalmentFen: number | null; deductFrom: string | null } = {
      instalmentFen: null,
      deductFrom: null,
    };
    if (input.way === "deduct") {
      const month = addMonths(monthOf(clock.today()), 1);
      const from = (await store.sources(tx, r.entitlementId, month)).find((s) => s.id === input.deductFrom);
      if (!from)
        throw new DomainError(
          "invalid-input",
          "只能从这一户正在领取的待遇里扣，请另选；没有的请选退回现金。",
          {
            field: "deductFrom",
          },
        );
      const most = Math.floor((from.amountFen * cap(tx)) / 100);
      if (input.instalmentFen === null || input.instalmentFen <= 0 || input.instalmentFen > most)
        throw new DomainError(
          "invalid-input",
          `每月最多扣 ${formatYuan(most)} 元（当月待遇的 ${cap(tx)}%），以免影响基本生活。`,
          { field: "instalmentFen" },
        );
      plan = { instalmentFen: input.instalmentFen, deductFrom: from.id };
    }
    await store.decide(tx, id, {
      ...{ state: "confirmed", way: input.way, at: clock.now(), note: input.note.trim() || null },
      ...plan,
    });
    await store.settle(tx, id);
    await note(tx, "recovery.confirm", id, `${formatYuan(r.amountFen)} 元`);
    return page(tx, id);
  }

  /** Errors: forbidden, invalid-input (reason), action-not-allowed. */
  async function dismiss(tx: Tx, id: string, input: { reason: string }) {
    requireMoney(tx, "不予追缴", ["leader"]);
    const r = await locked(tx, id);
    open(r, "改", "proposed");
    await drop(tx, id, input.reason);
    return page(tx, id);
  }

  /** Money paid back. The same receipt again changes nothing. Errors: forbidden, invalid-input, action-not-allowed. */
  async function repay(
    tx: Tx,
    id: string,
    input: { id: string; amountFen: number; on: IsoDate; note: string },
  ) {
    requireMoney(tx, "登记退回现金", ["finance", "county"]);
    const r = await locked(tx, id);
    if (await entries.hasReceipt(tx, id, input.id)) return page(tx, id);
    open(r, "登记退回", "confirmed");
    if (input.on > clock.today())
      throw new DomainError("invalid-input", "退回日期不能晚于今天。", { field: "on" });
    const [first] = await store.monthsOf(tx, id);
    if (first && monthOf(input.on) < first.month)
      throw new DomainError("invalid-input", `退回日期不能早于多发的月份（${first.month}）。`, {
        field: "on",
      });
    const parts = await spreadOf(tx, id, input.amountFen, "amountFen");
    await enter(tx, r, { receiptId: input.id, kind: "cash", on: input.on }, parts, input.note.trim());
    await note(tx, "recovery.repay", id, `${formatYuan(input.amountFen)} 元`);
    return page(tx, id);
  }

  async function page(tx: Tx, id: string) {
    const r = await store.find(tx, id);
    if (!r) throw missing();
    await note(tx, "recovery.read", id, "");
    return recoveryPage(deps, tx.actor, r, {
      months: await store.monthsOf(tx, id),
      entries: await entries.entriesOf(tx, id),
      requests: await entries.requestsOf(tx, id),
      sources: await store.sources(tx, r.entitlementId, addMonths(monthOf(clock.today()), 1)),
      capPercent: cap(tx),
    });
  }

  const requests = createRecoveryRequests(deps, { locked, open, spreadOf, enter, page });

  return {
    ...requests,
    propose,
    reduce,
    onDeath,
    onDeathCorrected,
    onDecision,
    onRosterMoved,
    /** Hears `people.moved`: the new township speaks with the household about it. */
    onMoved: async (tx: Tx, e: { readonly entitlementId: string | null; readonly divisionCode: string }) =>
      void (e.entitlementId && (await store.moveOpen(tx, e.entitlementId, e.divisionCode))),
    confirm,
    dismiss,
    repay,
    page,
    capPercent: cap,
    async list(tx: Tx, q: store.RecoveryQuery) {
      const found = await store.list(tx, q);
      await deps.audit.record(tx, {
        ...{ action: "recovery.list", object: "recovery", detail: `${found.rows.length} 笔` },
      });
      return { ...found, rows: found.rows.map((r) => recoveryRow(deps, tx.actor.countyCode, r)) };
    },
    /** For the page of a household. */
    ofEntitlements: async (tx: Tx, ids: readonly string[]) =>
      (await store.ofEntitlements(tx, ids)).map((r) => recoveryRow(deps, tx.actor.countyCode, r)),
    /** What waits for somebody's decision, for the desk. */
    toConfirm: async (tx: Tx, count: number) =>
      (await store.list(tx, { state: "proposed", size: count })).rows.map((r) =>
        recoveryRow(deps, tx.actor.countyCode, r),
      ),
    /** What a month's roster is to keep back, by entitlement. */
    async keepBack(tx: Tx) {
      const sums = new Map<string, number>();
      for (const d of await store.deducting(tx))
        sums.set(d.deductFrom, (sums.get(d.deductFrom) ?? 0) + Math.min(d.instalmentFen, d.leftFen));
      return [...sums].map(([entitlementId, fen]) => ({ entitlementId, fen }));
    },
    /** After the lines are made: which months of which recovery what they keep back pays off. */
    async recordKept(tx: Tx, rosterId: string): Promise<void> {
      const kept = await store.keptBack(tx, rosterId);
      if (kept.length === 0) return;
      const all = await store.deducting(tx);
      const rows = [];
      for (const line of kept)
        for (const { of, amountFen } of share(
          line.fen,
          all.filter((d) => d.deductFrom === line.entitlementId),
        ))
          for (const part of spread(amountFen, await left(tx, of.id)))
            rows.push({ lineId: line.lineId, recoveryId: of.id, ...part });
      await store.addDeductions(tx, rows);
    },
  };
}

export type Recoveries = ReturnType<typeof createRecoveries>;
