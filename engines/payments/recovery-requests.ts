/** What one asks and another gives: to let go for hardship, to write off, to take back cash that was entered wrongly. */
import { DomainError, formatYuan, type IsoDate, type Month } from "@wuxin/kernel";
import { emit, isUniqueViolation, type Tx } from "@wuxin/platform";
import { requireMoney } from "./guards.ts";
import type { PaymentsDeps } from "./ports.ts";
import type { RecoveryReversed } from "./recoveries.ts";
import * as entries from "./recovery-entry-store.ts";
import { type EntryKind, REQUEST_KINDS, type RecoveryState, type RequestKind } from "./recovery-model.ts";
import type { RecoveryRecord } from "./recovery-store.ts";

type Parts = readonly { month: Month; amountFen: number }[];
interface Shared<Page> {
  locked(tx: Tx, id: string): Promise<RecoveryRecord>;
  open(r: RecoveryRecord, what: string, ...states: RecoveryState[]): void;
  spreadOf(tx: Tx, id: string, amountFen: number, field: string): Promise<Parts>;
  enter(
    tx: Tx,
    r: RecoveryRecord,
    e: { receiptId: string; kind: EntryKind; on: IsoDate; reverses?: string | null },
    parts: Parts,
    why: string,
  ): Promise<void>;
  page(tx: Tx, id: string): Promise<Page>;
}

const ASKERS: Readonly<Record<RequestKind, readonly [roles: readonly string[], words: string]>> = {
  waiver: [["township", "county"], "困难免除和核销由乡镇（街道）或县级经办提出。"],
  "write-off": [["township", "county"], "困难免除和核销由乡镇（街道）或县级经办提出。"],
  reversal: [["finance", "county"], "更正退回现金由财务人员或县级经办提出。"],
};

export function createRecoveryRequests<Page>(
  { clock, audit }: Pick<PaymentsDeps, "clock" | "audit">,
  { locked, open, spreadOf, enter, page }: Shared<Page>,
) {
  const note = (tx: Tx, action: string, id: string, detail: string) =>
    audit.record(tx, { action, object: "recovery", objectId: id, detail });

  /** The cash of a receipt that still counts. */
  async function cashOf(tx: Tx, recoveryId: string, receiptId: string): Promise<Parts> {
    const cash = (await entries.entriesOf(tx, recoveryId)).filter(
      (e) => e.receiptId === receiptId && e.kind === "cash" && !e.reversed,
    );
    if (cash.length === 0)
      throw new DomainError("action-not-allowed", "这一笔不是退回现金，或已经冲正，请刷新页面。");
    return cash.map(({ month, amountFen }) => ({ month, amountFen }));
  }

  /**
   * One asks, a leader gives. A reversal takes back the whole of one receipt, whatever its state.
   * Errors: forbidden, invalid-input, already-exists, action-not-allowed.
   */
  async function ask(
    tx: Tx,
    id: string,
    input: { id: string; kind: RequestKind; amountFen: number; receiptId?: string | null; reason: string },
  ) {
    const [roles, words] = ASKERS[input.kind];
    if (tx.actor.accountId === null || !roles.includes(tx.actor.role))
      throw new DomainError("forbidden", words);
    const r = await locked(tx, id);
    if (await entries.findRequest(tx, input.id)) return page(tx, id);
    const reversal = input.kind === "reversal";
    open(r, "提出", "confirmed", ...(reversal ? (["settled"] as const) : []));
    if (input.reason.trim().length < 2)
      throw new DomainError(
        "invalid-input",
        reversal ? "请写明错在哪里、依据哪份凭据。" : "请写明困难情况或无法追回的原因。",
        { field: "reason" },
      );
    const waits = () => new DomainError("already-exists", "已有一份申请等待审批，请等它办完。");
    if ((await entries.requestsOf(tx, id)).some((q) => q.given === null)) throw waits();
    const receiptId = reversal ? (input.receiptId ?? "") : null;
    const parts =
      receiptId === null
        ? await spreadOf(tx, id, input.amountFen, "amountFen")
        : await cashOf(tx, id, receiptId);
    const amountFen = parts.reduce((sum, p) => sum + p.amountFen, 0);
    try {
      await entries.insertRequest(tx, {
        ...{ id: input.id, recoveryId: id, kind: input.kind, amountFen, receiptId },
        ...{ reason: input.reason.trim(), at: clock.now() },
      });
    } catch (error) {
      // Two at once: a township takes no lock on what it may not change.
      throw isUniqueViolation(error, "recovery_request_open_once") ? waits() : error;
    }
    await note(tx, "recovery.ask", id, `${REQUEST_KINDS[input.kind]} ${formatYuan(amountFen)} 元`);
    return page(tx, id);
  }

  /** The second person; who refuses says why. Errors: forbidden, not-found, same-signer, invalid-input, action-not-allowed. */
  async function answer(tx: Tx, requestId: string, input: { given: boolean; reason?: string | undefined }) {
    requireMoney(tx, "审批免除、核销和更正", ["leader"]);
    const q = await entries.findRequest(tx, requestId);
    if (!q) throw new DomainError("not-found", "没有找到这份申请，请刷新页面。");
    const r = await locked(tx, q.recoveryId);
    // Read once more behind the lock: somebody may have answered meanwhile.
    const given = (await entries.findRequest(tx, requestId))?.given ?? null;
    if (given === input.given) return page(tx, r.id);
    if (given !== null)
      throw new DomainError(
        "action-not-allowed",
        `这份申请已有局领导答复：${given ? "批准" : "不批准"}，请刷新页面查看。`,
      );
    if (q.askedById === tx.actor.accountId)
      throw new DomainError("same-signer", "提出的人不能自己审批，请另一位局领导审批。");
    const why = input.given ? "" : (input.reason ?? "").trim();
    if (!input.given && why.length < 2)
      throw new DomainError("invalid-input", "请写明不批准的理由。", { field: "reason" });
    await entries.answerRequest(tx, requestId, input.given, why, clock.now());
    if (input.given) await give(tx, r, q);
    await note(tx, input.given ? "recovery.give" : "recovery.refuse", r.id, why || q.reason);
    return page(tx, r.id);
  }

  async function give(tx: Tx, r: RecoveryRecord, q: entries.RequestRecord): Promise<void> {
    const of = { receiptId: q.id, on: clock.today() };
    if (q.kind !== "reversal" || q.receiptId === null) {
      open(r, "免除", "confirmed");
      const kind = q.kind as Exclude<RequestKind, "reversal">;
      await enter(tx, r, { ...of, kind }, await spreadOf(tx, r.id, q.amountFen, "amountFen"), q.reason);
      return;
    }
    const back = (await cashOf(tx, r.id, q.receiptId)).map((p) => ({ ...p, amountFen: -p.amountFen }));
    await enter(tx, r, { ...of, kind: "reversal", reverses: q.receiptId }, back, q.reason);
    const event: RecoveryReversed = { recoveryId: r.id, receiptId: q.receiptId };
    await emit(tx, "recovery.reversed", event);
  }

  /** For the desk of whoever answers. */
  const waiting = async (tx: Tx) =>
    (await entries.requestsWaiting(tx)).map((q) => ({ ...q, kindLabel: REQUEST_KINDS[q.kind] }));

  return { ask, answer, waiting };
}
