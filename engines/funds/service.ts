/** What people do with the county's money: enter what came in, take back, ask for leave to overdraw and give it. */
import { DomainError, formatYuan, type IsoDate, type Month, monthOf, newId } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import { type AllotmentInput, createAllotments } from "./allotments.ts";
import { createBook } from "./book.ts";
import * as flow from "./flow.ts";
import { moving, SIDES, SOURCES } from "./model.ts";
import { createOutlays, type OutlayDecision, type OutlayInput } from "./outlays.ts";
import { createPages } from "./pages.ts";
import type { FundsDeps } from "./ports.ts";
import { createPosting } from "./posting.ts";
import { createUsePublicity } from "./publicity.ts";
import * as receipts from "./receipts.ts";
import * as store from "./store.ts";

export type Funds = ReturnType<typeof createFunds>;

export interface FundName {
  readonly source: string;
  /** 文号 */
  readonly document: string;
  readonly issuedOn: IsoDate;
  /** Empty: for any item. */
  readonly item: string;
}
export interface Allocation extends FundName {
  readonly id: string;
  readonly amountFen: number;
  readonly receivedOn: IsoDate;
  readonly note: string;
}
export interface Recovery {
  readonly id: string;
  readonly accountId: string;
  /** Of which item; of an account for one item, that one. */
  readonly item: string;
  readonly amountFen: number;
  /** Which month's payment came back. */
  readonly month: Month;
  readonly receivedOn: IsoDate;
  readonly reference: string;
  readonly note: string;
  /** Finance says that it is none of the recoveries that look like it. */
  readonly apart: boolean;
}
export interface OverrideRequest extends FundName {
  readonly id: string;
  readonly limitFen: number;
  readonly reason: string;
}

const ROLE_NAMES: Readonly<Record<string, string>> = { finance: "财务人员", leader: "局领导" };

function requireRole(tx: Tx, what: string, role: "finance" | "leader"): void {
  const { actor } = tx;
  if (actor.accountId === null || actor.scope !== actor.countyCode || actor.role !== role)
    throw new DomainError("forbidden", `${what}由${ROLE_NAMES[role]}办理，您的账号不能办理。`);
}

/** The caller's transaction is theirs. */
export function createFunds(deps: FundsDeps) {
  const { clock, audit, catalogue } = deps;
  const book = createBook(deps);
  const posting = createPosting(deps, book);
  const allotments = createAllotments(deps);
  const outlays = createOutlays(deps, book);
  const pages = createPages(deps, allotments, outlays);

  const note = (tx: Tx, action: string, objectId: string, detail: string) =>
    audit.record(tx, { action, object: "funds", objectId, detail });
  const titleOf = (item: string) =>
    item === "" ? "各事项统筹" : (catalogue.items.get(item)?.shortTitle ?? item);

  function checkName(f: FundName): void {
    if (!(SOURCES as readonly string[]).includes(f.source))
      throw new DomainError("invalid-input", `资金来源应为${SOURCES.join("、")}之一。`, { field: "source" });
    if (f.document.trim() === "")
      throw new DomainError("invalid-input", "请填写资金文号。", { field: "document" });
    if (f.item !== "" && !catalogue.items.has(f.item))
      throw new DomainError("invalid-input", "没有这个事项，请重新选择。", { field: "item" });
    checkDay("issuedOn", "文件日期", f.issuedOn);
  }
  function checkDay(field: string, label: string, day: IsoDate): void {
    if (day > clock.today())
      throw new DomainError("invalid-input", `${label}不能晚于今天，请改正。`, { field });
  }
  function checkAmount(field: string, amountFen: number): void {
    if (!Number.isSafeInteger(amountFen) || amountFen <= 0)
      throw new DomainError("invalid-input", "金额应大于零，请改正。", { field });
  }
  const open = (tx: Tx, f: FundName) =>
    store.ensureAccount(tx, {
      ...f,
      id: newId(),
      source: f.source,
      document: f.document.trim(),
      at: clock.now(),
    });

  /** The journal of this id, when a repeated request finds it done. A different content under one id is refused. */
  async function done(tx: Tx, id: string, kind: string, amountFen: number): Promise<boolean> {
    const known = await store.findJournal(tx, id);
    if (!known) return false;
    if (known.kind !== kind || known.amountFen !== amountFen)
      throw new DomainError("already-exists", "这个编号已用于另一笔，请刷新页面后重新登记。");
    return true;
  }

  /**
   * Money came in, with a paper. What waited for it is entered in the same transaction.
   * `a.id` is made by the caller; the same again changes nothing. Errors: forbidden, invalid-input, already-exists.
   */
  async function allocate(tx: Tx, a: Allocation): Promise<void> {
    requireRole(tx, "登记拨入", "finance");
    checkName(a);
    checkAmount("amountFen", a.amountFen);
    checkDay("receivedOn", "到账日期", a.receivedOn);
    await store.lockLedger(tx);
    if (await done(tx, a.id, "allocation", a.amountFen)) return;
    const accountId = await open(tx, a);
    const month = monthOf(a.receivedOn);
    const { debit, credit } = SIDES.allocation;
    await book.enter(
      tx,
      {
        ...{
          id: a.id,
          kind: "allocation",
          item: a.item,
          month,
          movedOn: a.receivedOn,
          amountFen: a.amountFen,
        },
        ...{ reference: a.document.trim(), note: a.note.trim() },
      },
      moving([{ accountId, amountFen: a.amountFen }], debit, credit, month),
    );
    await note(
      tx,
      "funds.allocation",
      a.id,
      `${a.source} ${a.document.trim()}，${titleOf(a.item)}，${formatYuan(a.amountFen)} 元`,
    );
    await posting.postWaiting(tx);
  }

  /**
   * Money that came back otherwise than by 追缴, whose cash enters by itself. What looks like a recovery's is refused with
   * its name, unless finance says in words what else it is. Errors: forbidden, invalid-input, not-found, already-exists.
   */
  async function recover(tx: Tx, r: Recovery): Promise<void> {
    requireRole(tx, "登记追回", "finance");
    checkAmount("amountFen", r.amountFen);
    checkDay("receivedOn", "到账日期", r.receivedOn);
    await store.lockLedger(tx);
    if (await done(tx, r.id, "recovery", r.amountFen)) return;
    const [account] = await store.accounts(tx, r.accountId);
    if (!account) throw new DomainError("not-found", "没有找到这笔资金，请刷新页面后重新选择。");
    const item = account.item || r.item;
    if (!catalogue.items.has(item))
      throw new DomainError("invalid-input", "请选择退回的是哪一项待遇。", { field: "item" });
    const paid = (await flow.paidNet(tx, item, r.month)).find((p) => p.accountId === account.id);
    if (r.amountFen > (paid?.amountFen ?? 0))
      throw new DomainError(
        "invalid-input",
        `这笔资金 ${r.month} 的${titleOf(item)}已付、未追回的有 ${formatYuan(paid?.amountFen ?? 0)} 元，追回不能多于它；本系统启用前发放的退款，请按拨入登记。`,
        { field: "amountFen" },
      );
    await refuseClaimed(tx, r, item);
    const { debit, credit } = SIDES.recovery;
    await book.enter(
      tx,
      {
        ...{ id: r.id, kind: "recovery", item, month: r.month, movedOn: r.receivedOn },
        ...{ amountFen: r.amountFen, reference: r.reference.trim(), note: r.note.trim() },
      },
      moving([{ accountId: account.id, amountFen: r.amountFen }], debit, credit, r.month),
    );
    await note(
      tx,
      "funds.recovery",
      r.id,
      `${account.source} ${account.document}，${titleOf(item)}，${formatYuan(r.amountFen)} 元${r.apart ? "，与追缴无关" : ""}`,
    );
    await posting.postWaiting(tx);
  }

  /** One door for the same cash: a recovery's comes in where it is asked back. */
  async function refuseClaimed(tx: Tx, r: Recovery, item: string): Promise<void> {
    const claims = await receipts.claims(tx, item, r.month);
    const entered = claims.find((c) => c.cashFen.includes(r.amountFen));
    const open = claims.find((c) => c.leftFen > 0);
    if (!entered && !open) return;
    if (r.apart) {
      if (r.note.trim().length >= 2) return;
      throw new DomainError("invalid-input", "与追缴无关的，请在说明里写清是什么钱。", { field: "note" });
    }
    const of = (payee: string) => `“${payee}”${r.month} 的${titleOf(item)}`;
    throw new DomainError(
      "already-exists",
      entered
        ? `${of(entered.payee)}追缴已登记同样金额的退回现金，并已自动记入台账，不要重复登记；确实是另一笔钱的，请勾选“与追缴无关”并写明。`
        : `${of(open?.payee ?? "")}正在追缴，还差 ${formatYuan(open?.leftFen ?? 0)} 元；退回的现金请在“追缴”里登记，会自动记入台账。确实是另一笔钱的，请勾选“与追缴无关”并写明。`,
      { field: "apart" },
    );
  }

  /**
   * Takes back an allocation or a recovery that was entered wrongly, whole and once.
   * Errors: forbidden, not-found, action-not-allowed, insufficient-funds.
   */
  async function reverse(tx: Tx, journalId: string, input: { id: string; reason: string }): Promise<void> {
    requireRole(tx, "冲正", "finance");
    await store.lockLedger(tx);
    const was = await store.findJournal(tx, journalId);
    if (!was) throw new DomainError("not-found", "没有找到这笔分录。");
    if (await done(tx, input.id, "reversal", was.amountFen)) return;
    if (was.kind !== "allocation" && was.kind !== "recovery")
      throw new DomainError(
        "action-not-allowed",
        "只有拨入和追回可以冲正；付款单在“付款单”里申请冲正；支付、退回随名册和回盘自动记账。",
      );
    try {
      await book.takeBack(tx, was, { id: input.id, note: input.reason.trim() });
    } catch (error) {
      if (isUniqueViolation(error, "fund_journal_reversed_once"))
        throw new DomainError("action-not-allowed", "这一笔已经冲正过，不能再冲。");
      throw error;
    }
    if ((await allotments.list(tx)).left.some((l) => l.leftFen < 0))
      throw new DomainError("action-not-allowed", "这笔拨入已经分配下去，请先收回分配，再冲正。");
    await note(tx, "funds.reversal", journalId, input.reason);
  }

  /** Asks for leave to overdraw; nothing moves until a leader gives it. Errors: forbidden, invalid-input. */
  async function requestOverride(tx: Tx, o: OverrideRequest): Promise<void> {
    requireRole(tx, "申请垫付", "finance");
    checkName(o);
    checkAmount("limitFen", o.limitFen);
    if (o.reason.trim().length < 2)
      throw new DomainError("invalid-input", "请写明垫付理由。", { field: "reason" });
    await store.lockLedger(tx);
    if ((await store.overrides(tx, o.id)).length > 0) return;
    const accountId = await open(tx, o);
    await store.insertOverride(tx, {
      ...{ id: o.id, accountId, limitFen: o.limitFen, reason: o.reason.trim(), at: clock.now() },
    });
    await note(
      tx,
      "funds.override-request",
      o.id,
      `${o.source} ${o.document.trim()}，${formatYuan(o.limitFen)} 元：${o.reason.trim()}`,
    );
  }

  /** The second person. What waited is entered at once. Errors: forbidden, not-found, same-signer. */
  async function approveOverride(tx: Tx, id: string): Promise<void> {
    requireRole(tx, "批准垫付", "leader");
    await store.lockLedger(tx);
    const [asked] = await store.overrides(tx, id);
    if (!asked) throw new DomainError("not-found", "没有找到这份垫付申请。");
    if (asked.requestedById === tx.actor.accountId)
      throw new DomainError("same-signer", "垫付须由另一人批准，申请人自己不能批准。");
    if (asked.refusedAt !== null)
      throw new DomainError(
        "action-not-allowed",
        asked.takenBack
          ? `这份垫付申请，申请人 ${asked.refusedBy} 已经撤回，不用再批。`
          : `这份垫付申请 ${asked.refusedBy} 已经退回，请财务重新申请。`,
      );
    if ((await store.approveOverride(tx, id, clock.now())) === 0) return;
    await note(
      tx,
      "funds.override-approve",
      id,
      `${asked.source} ${asked.document}，${formatYuan(asked.limitFen)} 元`,
    );
    await posting.postWaiting(tx);
  }

  /** A leader says no, or whoever asked takes it back. Errors: forbidden, not-found, action-not-allowed. */
  async function refuseOverride(tx: Tx, id: string, input: { reason: string }): Promise<void> {
    if (tx.actor.role !== "finance") requireRole(tx, "退回垫付申请", "leader");
    await store.lockLedger(tx);
    const [asked] = await store.overrides(tx, id);
    if (!asked) throw new DomainError("not-found", "没有找到这份垫付申请。");
    if (tx.actor.role === "finance" && asked.requestedById !== tx.actor.accountId)
      throw new DomainError("forbidden", "别人的垫付申请由局领导退回，您只能撤回自己的。");
    if (asked.approvedAt !== null)
      throw new DomainError("action-not-allowed", `这份垫付 ${asked.approvedBy} 已经批准，不能退回。`);
    if ((await store.refuseOverride(tx, id, clock.now(), input.reason.trim())) === 0) return;
    await note(tx, "funds.override-refuse", id, input.reason.trim());
  }

  return {
    allocate,
    refuseOverride,
    /** For whom a 资金 is meant. Errors: forbidden, invalid-input. */
    async allot(tx: Tx, input: AllotmentInput): Promise<void> {
      requireRole(tx, "登记分配", "finance");
      return allotments.allot(tx, input);
    },
    async withdrawAllotment(tx: Tx, id: string, input: { id: string; reason: string }): Promise<void> {
      requireRole(tx, "收回分配", "finance");
      return allotments.withdraw(tx, id, input);
    },
    /** 付款单: what no roster pays. Errors: forbidden, invalid-input, already-exists, not-found. */
    async askOutlay(tx: Tx, input: OutlayInput): Promise<void> {
      requireRole(tx, "登记付款单", "finance");
      return outlays.ask(tx, input);
    },
    async askOutlayBack(tx: Tx, id: string, input: { id: string; reason: string }): Promise<void> {
      requireRole(tx, "申请冲正付款单", "finance");
      return outlays.askBack(tx, id, input);
    },
    async decideOutlay(tx: Tx, id: string, input: OutlayDecision): Promise<void> {
      if (input.confirm || tx.actor.role !== "finance") requireRole(tx, "确认付款单", "leader");
      await outlays.decide(tx, id, input);
      await posting.postWaiting(tx);
    },
    /** 资金使用公示 */
    publicity: createUsePublicity(deps),
    outlaysOf: outlays.list,
    outlaysWaiting: outlays.waiting,
    /** The leave to overdraw that waits for a leader. */
    overridesWaiting: async (tx: Tx) =>
      (await store.overrides(tx)).filter(
        (o) => o.approvedAt === null && o.refusedAt === null && o.requestedById !== tx.actor.accountId,
      ),
    recover,
    reverse,
    requestOverride,
    approveOverride,
    /** Of the outbox event `roster.moved`; hearing it twice changes nothing. */
    onRosterMoved: (tx: Tx, event: { readonly rosterId: string }) => posting.postRoster(tx, event.rosterId),
    /** Of the outbox event `recovery.received`; hearing it twice changes nothing. */
    onRecoveryReceived: posting.postRecovery,
    /** Of the outbox event `recovery.reversed`; hearing it twice changes nothing. */
    onRecoveryReversed: posting.postWaiting,
    catchUp: posting.catchUp,
    /** For bank files: `PaymentsDeps.fundDocuments`. */
    documentsOf: posting.documentsOf,
    ...pages,
    /** Everything of the page; reading leaves a line in the trail. */
    page: async (tx: Tx, q: { year?: number | undefined } = {}) => {
      await audit.record(tx, { action: "funds.read", object: "funds" });
      return pages.view(tx, q);
    },
  };
}
