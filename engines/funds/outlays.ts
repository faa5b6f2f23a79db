/** 付款单: what is paid otherwise than by a roster, from a paper; one person enters it, another confirms, then it is booked. */
import { DomainError, formatYuan, type IsoDate, type Month } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import type { Book } from "./book.ts";
import { moving, SIDES } from "./model.ts";
import * as rows from "./outlay-store.ts";
import type { FundsDeps } from "./ports.ts";
import * as store from "./store.ts";

export const OUTLAY_WAYS = {
  contract: "合同",
  project: "项目",
  service: "购买服务",
  other: "其他",
} as const;
export type OutlayWay = keyof typeof OUTLAY_WAYS;

export interface OutlayInput {
  readonly id: string;
  readonly accountId: string;
  readonly way: OutlayWay;
  readonly payee: string;
  /** 支付事项 */
  readonly purpose: string;
  /** The contract or approval by which it is paid. */
  readonly document: string;
  readonly voucher: string;
  readonly fileId: string;
  readonly month: Month;
  readonly paidOn: IsoDate;
  readonly amountFen: number;
}
export type OutlayDecision = { readonly confirm: boolean; readonly note: string };

export type Outlays = ReturnType<typeof createOutlays>;

export function createOutlays(deps: FundsDeps, book: Book) {
  const { clock, audit, catalogue } = deps;
  const note = (tx: Tx, action: string, o: { id: string; payee: string; amountFen: number }, more = "") =>
    audit.record(tx, {
      ...{ action, object: "funds", objectId: o.id },
      detail: `付款单，${o.payee}，${formatYuan(o.amountFen)} 元${more && `：${more}`}`,
    });
  const refuse = (field: string, text: string): never => {
    throw new DomainError("invalid-input", text, { field });
  };

  /** Of a year, newest first, with what an account may still give. */
  async function list(tx: Tx, year: number) {
    const found = await rows.ofYear(tx, year);
    const files = await deps.documents.files(
      tx,
      found.map((o) => o.fileId),
    );
    const { role, accountId } = tx.actor;
    return found.map(({ askedById, ...o }) => ({
      ...o,
      wayLabel: OUTLAY_WAYS[o.way],
      fileName: files.get(o.fileId)?.name ?? "附件",
      canConfirm: role === "leader" && o.decision === null && askedById !== accountId,
      canDecline:
        o.decision === null && (role === "leader" || (role === "finance" && askedById === accountId)),
      canReverse:
        role === "finance" && o.decision === "confirmed" && o.reverses === null && o.reversal === null,
    }));
  }

  /** The same id again changes nothing. Errors: invalid-input, already-exists, not-found (the file). */
  async function ask(tx: Tx, o: OutlayInput): Promise<void> {
    await store.lockLedger(tx);
    if (await rows.find(tx, o.id)) return;
    if (o.paidOn > clock.today()) refuse("paidOn", "支付日期不能晚于今天，请改正。");
    if (o.month > o.paidOn.slice(0, 7)) refuse("month", "所属月份不能晚于支付日期，请改正。");
    if (!Number.isSafeInteger(o.amountFen) || o.amountFen <= 0) refuse("amountFen", "金额应大于零，请改正。");
    const [account] = await store.accounts(tx, o.accountId);
    if (!account) return refuse("accountId", "没有这笔资金，请刷新页面后重新选择。");
    // 社会救助暂行办法第五条: 分账核算，专款专用.
    if (account.item !== "")
      refuse(
        "accountId",
        `这笔资金专用于${catalogue.items.get(account.item)?.shortTitle ?? account.item}，只随名册发放（专款专用），请选别的资金。`,
      );
    const twin = await rows.sameVoucher(tx, o.voucher.trim());
    if (twin)
      throw new DomainError(
        "already-exists",
        `凭证号“${o.voucher.trim()}”已登记付给${twin.payee} ${formatYuan(twin.amountFen)} 元，不要重复登记。`,
        { field: "voucher" },
      );
    const county = tx.actor.countyCode;
    await deps.documents.attachFiles(tx, [o.fileId], {
      ...{ caseId: o.id, divisionCode: county, applicantId: null },
    });
    await rows.insert(tx, { ...o, reverses: null, reason: "" }, clock.now());
    await note(tx, "funds.outlay", o, o.purpose);
  }

  /** Asks to take a confirmed one back, whole. Errors: not-found, action-not-allowed, invalid-input. */
  async function askBack(tx: Tx, id: string, input: { id: string; reason: string }): Promise<void> {
    await store.lockLedger(tx);
    if (await rows.find(tx, input.id)) return;
    const was = await rows.find(tx, id);
    if (!was) throw new DomainError("not-found", "没有找到这份付款单，请刷新页面。");
    if (was.decision !== "confirmed" || was.reverses !== null)
      throw new DomainError("action-not-allowed", "只有已确认入账的付款单可以申请冲正。");
    if (input.reason.trim().length < 2) refuse("reason", "请写明冲正的理由。");
    try {
      const again = { ...was, id: input.id, reverses: was.id, reason: input.reason.trim() };
      await rows.insert(tx, { ...again, paidOn: clock.today() }, clock.now());
    } catch (error) {
      if (!isUniqueViolation(error, "fund_outlay_reversed_once")) throw error;
      throw new DomainError("action-not-allowed", "这份付款单已经申请冲正，不能再申请。");
    }
    await note(tx, "funds.outlay-back", was, input.reason);
  }

  /**
   * The second person's word. Confirmed, it is booked in the same transaction; there is never less than nothing on an
   * account but for leave that was given. Errors: not-found, same-signer, action-not-allowed, insufficient-funds.
   */
  async function decide(tx: Tx, id: string, d: OutlayDecision): Promise<void> {
    await store.lockLedger(tx);
    const o = await rows.find(tx, id);
    if (!o) throw new DomainError("not-found", "没有找到这份付款单，请刷新页面。");
    const mine = o.askedById === tx.actor.accountId;
    if (d.confirm && mine) throw new DomainError("same-signer", "付款单须由另一人确认，登记人自己不能确认。");
    if (!d.confirm && tx.actor.role !== "leader" && !mine)
      throw new DomainError("forbidden", "别人登记的付款单由局领导退回，您不能撤回。");
    const decision = d.confirm ? "confirmed" : "declined";
    if (o.decision !== null) {
      if (o.decision === decision && o.decidedById === tx.actor.accountId) return;
      throw new DomainError(
        "action-not-allowed",
        `这份付款单${o.decidedBy}已经${o.decision === "confirmed" ? "确认" : "退回"}，请刷新页面。`,
      );
    }
    if (!d.confirm && d.note.trim().length < 2) refuse("note", "请写明退回的理由。");
    await rows.decide(tx, id, decision, d.note.trim(), clock.now());
    if (d.confirm) await enter(tx, o);
    await note(tx, d.confirm ? "funds.outlay-confirm" : "funds.outlay-decline", o, d.note.trim());
  }

  async function enter(tx: Tx, o: rows.OutlayRecord): Promise<void> {
    const was = o.reverses === null ? undefined : await store.findJournal(tx, o.reverses);
    if (was) return book.takeBack(tx, was, { id: o.id, note: o.reason });
    const { debit, credit } = SIDES.outlay;
    const { id, month, paidOn: movedOn, amountFen, voucher: reference } = o;
    await book.enter(
      tx,
      {
        ...{ id, kind: "outlay", item: "", month, movedOn, amountFen, reference },
        note: `${o.payee}，${o.purpose}（${o.document}）`,
      },
      moving([{ accountId: o.accountId, amountFen }], debit, credit, month),
    );
  }

  return { list, ask, askBack, decide, waiting: rows.undecided };
}
