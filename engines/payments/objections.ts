/** 异议: what somebody says against a published list, from the public page or told to an officer; with a clock and an answer. */
import { addDays, DomainError, type IsoDate, isMobilePhone, normalizePhone, within } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import { requireMoney } from "./guards.ts";
import * as store from "./objection-store.ts";
import type { PaymentsDeps } from "./ports.ts";
import { itemTitle } from "./views.ts";

export const OBJECTION_WAYS = { page: "公示页", letter: "来信", phone: "来电", visit: "来访" } as const;
export const OBJECTION_RESULTS = { upheld: "属实，已处理", unfounded: "不属实" } as const;

export interface ObjectionInput {
  readonly id: string;
  readonly via: keyof typeof OBJECTION_WAYS;
  readonly name: string;
  /** Empty: none was given. */
  readonly phone: string;
  readonly text: string;
  readonly receivedOn: IsoDate;
}

/** 资金使用公示, as the fund ledger tells it. */
export interface FundNotice {
  readonly id: string;
  readonly title: string;
  readonly fromDay: IsoDate;
  readonly toDay: IsoDate;
  readonly takenDown: boolean;
  /** Of whom it is. */
  readonly divisionCode: string;
}
type Notice = Omit<FundNotice, "id"> & {
  readonly publicityId: string | null;
  readonly fundPublicityId: string | null;
};

/** The county for itself and in the stead of its places; a township for itself and its villages. */
const answersFor = ({ role, scope, countyCode, accountId }: Actor, divisionCode: string): boolean =>
  accountId !== null &&
  ((role === "county" && scope === countyCode) ||
    (role === "township" && divisionCode !== countyCode && within(scope, divisionCode)));

function requirePublisher(tx: Tx, what: string, divisionCode: string): void {
  if (!answersFor(tx.actor, divisionCode))
    throw new DomainError(
      "forbidden",
      divisionCode === tx.actor.countyCode
        ? `${what}由县级经办人员办理，您的账号不能办理。`
        : `${what}由公示的乡镇（街道）经办人员办理，县级可以代为办理，您的账号不能办理。`,
    );
}

export function createObjections({ clock, vault, audit, ...deps }: PaymentsDeps) {
  const note = (tx: Tx, action: string, id: string, detail: string) =>
    audit.record(tx, { action, object: "objection", objectId: id, detail });
  const titleOf = (item: string | null) => (item === null ? "资金使用公示" : itemTitle(deps, item));
  const wrong = (field: string, message: string) => new DomainError("invalid-input", message, { field });

  const isLate = (o: Pick<store.ObjectionRecord, "dueOn" | "answeredOn">): boolean =>
    o.dueOn !== null && (o.answeredOn ?? clock.today()) > o.dueOn;
  const isMine = ({ actor }: Tx, o: store.ObjectionRecord): boolean =>
    answersFor(actor, o.divisionCode) &&
    (actor.role !== "county" || o.divisionCode === actor.countyCode || isLate(o));

  async function ofList(tx: Tx, publicityId: string): Promise<Notice | undefined> {
    const list = await store.publicity(tx, publicityId);
    const of = { publicityId, fundPublicityId: null, divisionCode: tx.actor.countyCode };
    return list && { ...list, ...of, title: itemTitle(deps, list.item) };
  }
  const ofFunds = ({ id, ...n }: FundNotice): Notice => ({ ...n, publicityId: null, fundPublicityId: id });

  async function enter(tx: Tx, list: Notice | undefined, o: ObjectionInput, hangs: boolean): Promise<void> {
    const today = clock.today();
    if (!list || (hangs && (list.takenDown || list.fromDay > today || list.toDay < today)))
      throw new DomainError(
        "not-found",
        "这份公示已经撤下或不存在。公示期外的意见，请向当地乡镇（街道）或县民政局反映。",
      );
    if (o.name.trim() === "") throw wrong("name", "请填写姓名，便于核实；姓名不会公开。");
    const phone = o.phone.trim() === "" ? null : normalizePhone(o.phone);
    if (phone !== null && !isMobilePhone(phone))
      throw wrong("phone", "手机号码应为 11 位，请核对；不便留电话的可以不填。");
    if (o.text.trim().length < 5) throw wrong("text", "请写明异议的内容，至少 5 个字。");
    if (o.receivedOn > today || o.receivedOn < list.fromDay)
      throw wrong("receivedOn", `收到日期应在公示起始日（${list.fromDay}）到今天之间。`);
    const days = deps.objectionDays?.(tx.actor.countyCode, o.receivedOn);
    const added = await store.insert(tx, {
      ...{ id: o.id, publicityId: list.publicityId, fundPublicityId: list.fundPublicityId, via: o.via },
      divisionCode: list.divisionCode,
      ...{ receivedOn: o.receivedOn, at: clock.now() },
      ...{ nameSealed: vault.seal(o.name.trim()), phoneSealed: phone === null ? null : vault.seal(phone) },
      ...{
        textSealed: vault.seal(o.text.trim()),
        dueOn: days === undefined ? null : addDays(o.receivedOn, days),
      },
    });
    if (added > 0) await note(tx, "objection.enter", o.id, `${OBJECTION_WAYS[o.via]}，${list.title}`);
  }

  /** From the public page, as the county's system, while the list hangs. Sent twice it is one. Errors: not-found, invalid-input. */
  const tell = async (tx: Tx, publicityId: string, o: Omit<ObjectionInput, "via" | "receivedOn">) =>
    enter(tx, await ofList(tx, publicityId), { ...o, via: "page", receivedOn: clock.today() }, true);
  const tellOfFunds = (tx: Tx, notice: FundNotice, o: Omit<ObjectionInput, "via" | "receivedOn">) =>
    enter(tx, ofFunds(notice), { ...o, via: "page", receivedOn: clock.today() }, true);

  /** By an officer, also after the last day. Errors: forbidden, not-found, invalid-input. */
  async function record(tx: Tx, publicityId: string, o: ObjectionInput): Promise<void> {
    requireMoney(tx, "登记异议", ["county"]);
    await enter(tx, await ofList(tx, publicityId), o, false);
  }
  async function recordOfFunds(tx: Tx, notice: FundNotice | undefined, o: ObjectionInput): Promise<void> {
    if (notice) requirePublisher(tx, "登记异议", notice.divisionCode);
    await enter(tx, notice && ofFunds(notice), o, false);
  }

  /** Once, by who published; of a township or village the county may, too. Errors: forbidden, not-found, invalid-input, action-not-allowed. */
  async function answer(
    tx: Tx,
    id: string,
    a: { readonly result: keyof typeof OBJECTION_RESULTS; readonly answer: string },
  ): Promise<void> {
    if (a.answer.trim().length < 5) throw wrong("answer", "请写明核查情况和答复，至少 5 个字。");
    const [o] = await store.list(tx, { id });
    if (!o) throw new DomainError("not-found", "没有找到这份异议，请刷新页面。");
    requirePublisher(tx, "答复异议", o.divisionCode);
    const changed = await store.answer(tx, id, {
      ...{ result: a.result, answerSealed: vault.seal(a.answer.trim()), on: clock.today() },
    });
    if (changed === 0)
      throw new DomainError("action-not-allowed", `${o.answeredBy ?? "别人"}已经答复，请刷新页面。`);
    await note(tx, "objection.answer", id, OBJECTION_RESULTS[a.result]);
  }

  /** Of a roster's lists, or of 资金使用公示; the unanswered first. */
  async function listOf(tx: Tx, which: { readonly rosterId: string } | { readonly ofFunds: true }) {
    return (await store.list(tx, which)).map(
      ({ nameSealed, phoneSealed, textSealed, answerSealed, item, ...o }) => ({
        ...o,
        itemTitle: titleOf(item),
        viaLabel: OBJECTION_WAYS[o.via],
        name: vault.open(nameSealed),
        phone: phoneSealed && vault.open(phoneSealed),
        text: vault.open(textSealed),
        answer: answerSealed && vault.open(answerSealed),
        resultLabel: o.result && OBJECTION_RESULTS[o.result],
        late: isLate(o),
        divisionName: deps.divisionName(tx.actor.countyCode, o.divisionCode),
        canAnswer: o.result === null && answersFor(tx.actor, o.divisionCode),
        inStead: o.divisionCode !== tx.actor.countyCode && tx.actor.scope === tx.actor.countyCode,
      }),
    );
  }

  /** For the desk: one's own; the county's also what a place has not answered in time. */
  const waiting = async (tx: Tx) =>
    (await store.list(tx, { open: true }))
      .filter((o) => isMine(tx, o))
      .map((o) => ({
        ...{ divisionName: deps.divisionName(tx.actor.countyCode, o.divisionCode), late: isLate(o) },
        ofCounty: o.divisionCode === tx.actor.countyCode,
        ...{ id: o.id, rosterId: o.rosterId, rosterTitle: o.rosterTitle, dueOn: o.dueOn },
        ...{ itemTitle: titleOf(o.item), receivedOn: o.receivedOn, viaLabel: OBJECTION_WAYS[o.via] },
      }));

  return {
    ...{ tell, tellOfFunds, record, recordOfFunds, answer, waiting, isRosterNotice: store.isRosterNotice },
    ofRoster: (tx: Tx, rosterId: string) => listOf(tx, { rosterId }),
    ofFunds: (tx: Tx) => listOf(tx, { ofFunds: true }),
  };
}
