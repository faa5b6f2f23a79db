/**
 * 资金使用公示: for a month, quarter or year that is over, what the county, a township or a village got and used. One
 * drafts it and the figures are frozen; another confirms it, from that day it hangs, and ends by itself.
 */
import { addDays, addMonths, DomainError, type IsoDate, lastDay, monthOf, within } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import type { FundsDeps } from "./ports.ts";
import { USE_PARAMETERS } from "./publicity-due.ts";
import * as model from "./publicity-model.ts";
import * as store from "./publicity-store.ts";

type Published = store.UsePublicityRecord;
const isTownship = (code: string) => code.length === 9;
const NOT_FOUND = "没有找到这份公示，请刷新页面。";

export function createUsePublicity(deps: FundsDeps) {
  const { clock, audit, catalogue } = deps;
  const note = (tx: Tx, action: string, objectId: string, detail: string) =>
    audit.record(tx, { action, object: "funds", objectId, detail });
  const rule = (tx: Tx, name: string, on: IsoDate = clock.today()) =>
    deps.parameter(tx.actor.countyCode, name, on);
  const titled = (item: string, otherwise: string) =>
    item === "" ? otherwise : (catalogue.items.get(item)?.shortTitle ?? item);
  const placeName = (tx: Tx, code: string) => deps.divisionName(tx.actor.countyCode, code);
  const titleOf = (tx: Tx, p: Pick<Published, "divisionCode" | "period">) =>
    `${p.divisionCode === tx.actor.countyCode ? "" : placeName(tx, p.divisionCode)}${model.periodOf(p.period).title}`;

  /** The county's officer for the county, a township's for it and its villages. */
  const mayDraft = ({ actor }: Tx, division: string): boolean =>
    actor.accountId !== null &&
    (division === actor.countyCode
      ? actor.role === "county" && actor.scope === actor.countyCode
      : actor.role === "township" && isTownship(actor.scope) && within(actor.scope, division));
  /** Of the same level or above. */
  const mayCheck = ({ actor }: Tx, division: string): boolean =>
    actor.accountId !== null &&
    ((["county", "leader"].includes(actor.role) && actor.scope === actor.countyCode) ||
      (division !== actor.countyCode &&
        actor.role === "township" &&
        isTownship(actor.scope) &&
        within(actor.scope, division)));
  const mayDecide = (tx: Tx, p: Published) =>
    p.decision === null && p.draftedById !== tx.actor.accountId && mayCheck(tx, p.divisionCode);
  const mayWithdraw = ({ actor }: Tx, p: Published) =>
    p.decision === null && p.draftedById === actor.accountId && actor.accountId !== null;
  const mayTakeDown = (tx: Tx, p: Published) =>
    mayDraft(tx, p.divisionCode) || (tx.actor.role === "county" && mayCheck(tx, p.divisionCode));

  /** As the public sees it. */
  function shown(tx: Tx, p: Published) {
    const fund = (f: model.FundName) => `${f.source} ${f.document}`;
    const place = model.ofPlace(p.figures) ? p.figures[0] : undefined;
    return {
      id: p.id,
      title: titleOf(tx, p),
      divisionCode: p.divisionCode,
      divisionName: placeName(tx, p.divisionCode),
      rows: model.ofPlace(p.figures)
        ? []
        : p.figures.map(({ item, uses, ...f }) => ({
            ...f,
            itemTitle: titled(item, "各事项统筹"),
            // Of money for one item they would say the same again.
            uses:
              item === "" ? uses.map((u) => ({ title: titled(u.item, "其他支付"), paidFen: u.paidFen })) : [],
          })),
      place: place
        ? {
            allotments: place.allotments.map(({ item, ...a }) => ({
              ...a,
              itemTitle: titled(item, "各事项统筹"),
            })),
            paid: place.paid.map(({ items, from, ...f }) => ({
              ...f,
              title: items.map((i) => titled(i, i)).join("、") || "各项待遇合计",
              from: from.map(fund),
            })),
            note: place.hidden
              ? `领取的不足 ${place.smallest} 户，为不暴露个人，不公示合计。`
              : place.paid.some((r) => r.items.length > 1)
                ? `单独不足 ${place.smallest} 户的事项合并公示，为不暴露个人。`
                : null,
          }
        : null,
    };
  }

  /** Read now. Errors: invalid-input. */
  async function figuresNow(tx: Tx, division: string, period: string): Promise<Published["figures"]> {
    const { from, to } = model.periodOf(period);
    if (division === tx.actor.countyCode) return store.figures(tx, from, to);
    const smallest = rule(tx, USE_PARAMETERS.smallest);
    if (smallest === undefined || !(smallest >= 2))
      throw new DomainError(
        "action-not-allowed",
        "本县没有规定不足几户不公示合计，请县级经办先在“政策标准”里录入“资金使用公示最少户数”（至少 2 户）。",
      );
    const township = division.slice(0, 9);
    const everybody = await store.paid(tx, township, from, to);
    const own = everybody.filter((p) => within(division, p.divisionCode));
    const known = await store.sourcesPaid(tx, from, to);
    const sources = (items: readonly string[]) => {
      const funds = known
        .filter((k) => items.includes(k.item))
        .map(({ source, document }) => ({ source, document }));
      return funds.filter(
        (f, i) => funds.findIndex((g) => g.document === f.document && g.source === f.source) === i,
      );
    };
    let rows = model.paidShown(own, smallest);
    if (!isTownship(division)) {
      // Of a village its sum only; and none that, taken from its township's, leaves a few households of another.
      const sum = model.together(own);
      rows = sum.households >= smallest ? [{ ...sum, items: [] }] : [];
      const out = [...(await store.villagesOf(tx, township, period)), division];
      const rest = model.together(everybody.filter((p) => !out.includes(p.divisionCode))).households;
      if (rows.length > 0 && rest > 0 && rest < smallest)
        throw new DomainError(
          "action-not-allowed",
          `公示这个村以后，本乡镇没有公示的只剩 ${rest} 户，能推算出是谁，不能公示。请公示全乡镇的。`,
          { field: "divisionCode" },
        );
    }
    const allotments = await store.allotted(tx, division, from, to);
    if (allotments.length === 0 && rows.length === 0) {
      if (own.length === 0) return [];
      throw new DomainError(
        "action-not-allowed",
        `这一期领取的不足 ${smallest} 户，为不暴露个人，不公示合计；也没有分配来的资金，不用公示。`,
        { field: "divisionCode" },
      );
    }
    return [
      {
        ...{ smallest, hidden: own.length > 0 && rows.length === 0, allotments },
        paid: rows.map((r) => ({ ...r, from: sources(r.items) })),
      },
    ];
  }

  /** The same id again changes nothing. Errors: forbidden, invalid-input, action-not-allowed, already-exists. */
  async function draft(tx: Tx, input: { id: string; divisionCode: string; period: string }): Promise<void> {
    const { id, divisionCode, period } = input;
    if (
      !mayDraft(tx, divisionCode) ||
      !deps.divisions(tx.actor.countyCode).some((d) => d.code === divisionCode)
    )
      throw new DomainError(
        "forbidden",
        "县级的资金使用公示由县级经办起草，乡镇、村的由本乡镇经办起草，您的账号不能起草这一份。",
      );
    if (await store.find(tx, id)) return;
    const { to, title } = model.periodOf(period);
    if (to >= clock.today())
      throw new DomainError("invalid-input", "这一期还没有结束，结束后才能公示。", { field: "period" });
    daysOf(tx);
    const figures = await figuresNow(tx, divisionCode, period);
    if (figures.length === 0)
      throw new DomainError("invalid-input", "这一期没有资金，不用公示。", { field: "period" });
    try {
      await store.insert(tx, { id, divisionCode, period, figures, at: clock.now() });
    } catch (error) {
      if (!isUniqueViolation(error, "fund_publicity_hangs_once")) throw error;
      throw new DomainError(
        "already-exists",
        "这一期已经起草或公示过。数字有变的，先退回草稿或撤下公示并写明原因，再重新起草。",
        { field: "period" },
      );
    }
    await note(tx, "funds.draft", id, title);
  }

  function daysOf(tx: Tx): number {
    const days = rule(tx, USE_PARAMETERS.days);
    if (days === undefined || !(days > 0))
      throw new DomainError(
        "action-not-allowed",
        "本县没有规定公示几天，请先在“政策标准”里录入“资金使用公示天数”。",
      );
    return days;
  }

  /**
   * The second person's word; whoever drafted may take it back himself. Errors: not-found, same-signer, forbidden,
   * invalid-input, action-not-allowed.
   */
  async function decide(tx: Tx, id: string, d: { confirm: boolean; note: string }): Promise<void> {
    const p = await store.find(tx, id);
    if (!p) throw new DomainError("not-found", NOT_FOUND);
    const mine = p.draftedById === tx.actor.accountId;
    if (d.confirm && mine) throw new DomainError("same-signer", "公示须由另一人确认，起草人自己不能确认。");
    if (!mine && !mayCheck(tx, p.divisionCode))
      throw new DomainError("forbidden", "公示由同级或上级的另一人确认，您的账号不能办理。");
    const decision = d.confirm ? "confirmed" : "returned";
    if (p.decision === decision && p.decidedById === tx.actor.accountId) return;
    const words = d.note.trim();
    if (!d.confirm && words.length < 2)
      throw new DomainError("invalid-input", "请写明退回的理由，至少 2 个字。", { field: "note" });
    const fromDay = d.confirm ? clock.today() : null;
    const toDay = fromDay && addDays(fromDay, daysOf(tx));
    if ((await store.decide(tx, id, { decision, note: words, fromDay, toDay, at: clock.now() })) === 0) {
      const now = await store.find(tx, id);
      throw new DomainError(
        "action-not-allowed",
        `这份公示${now?.decidedBy ?? "别人"}已经${now?.decision === "returned" ? "退回" : "确认"}，请刷新页面。`,
      );
    }
    const detail = `${titleOf(tx, p)}${d.confirm ? `，公示至 ${toDay}` : `：${words}`}`;
    await note(tx, d.confirm ? "funds.publish" : "funds.publish-return", id, detail);
  }

  /** Taken down twice it is once. Errors: forbidden, not-found, action-not-allowed. */
  async function takeDown(tx: Tx, id: string, input: { reason: string }): Promise<void> {
    const p = await store.find(tx, id);
    if (!p) throw new DomainError("not-found", NOT_FOUND);
    if (!mayTakeDown(tx, p))
      throw new DomainError("forbidden", "撤下公示由县级经办或本乡镇经办办理，您的账号不能办理。");
    if (p.fromDay === null) throw new DomainError("action-not-allowed", "这份公示还没有确认，可以退回。");
    if ((await store.takeDown(tx, id, input.reason, clock.now())) > 0)
      await note(tx, "funds.take-down", id, input.reason);
  }

  /** Of the last twelve months, what is due where the actor sees; with how an officer says how often. */
  async function due(tx: Tx) {
    const today = clock.today();
    const months = Array.from({ length: 12 }, (_, i) => addMonths(monthOf(today), i - 11));
    const each = (name: string) =>
      months.map((m) => rule(tx, name, lastDay(m) < today ? lastDay(m) : today) ?? null);
    const { everyCounty, everyTownship, within: days } = USE_PARAMETERS;
    const [county, township, inDays] = [each(everyCounty), each(everyTownship), each(days)];
    const rows = await store.due(tx, { months, county, township, within: inDays });
    const said = (level: string, every: number | null | undefined) =>
      every === null || every === undefined
        ? `${level}没有规定周期，不计应公示`
        : (model.EVERY.get(every)?.replace(/^/, level) ??
          `${level}的周期现为 ${every} 个月，应为 1、3 或 12，改正前不计应公示`);
    const within = inDays.at(-1);
    return {
      cadence:
        within === null || within === undefined
          ? "没有规定期满后几日内公示（“资金使用公示期限”），不计应公示。"
          : `${said("县级", county.at(-1))}，${said("乡镇级（有分配资金的）", township.at(-1))}；期满后 ${within} 日内公示。`,
      rows: rows.map((r) => ({
        ...{ divisionCode: r.divisionCode, period: r.period, dueOn: r.dueOn, publishedOn: r.fromDay },
        ...{ title: titleOf(tx, r), divisionName: placeName(tx, r.divisionCode), waiting: r.waiting },
        onTime: r.fromDay !== null && r.fromDay <= r.dueOn,
        late: (r.fromDay ?? today) > r.dueOn,
        canDraft: r.fromDay === null && !r.waiting && mayDraft(tx, r.divisionCode),
      })),
    };
  }

  /** For the officers: what waits, hangs, hung, was sent back and taken down, newest first. */
  async function list(tx: Tx) {
    const today = clock.today();
    const rows = await store.list(tx);
    return {
      days: rule(tx, USE_PARAMETERS.days) ?? null,
      places: deps
        .divisions(tx.actor.countyCode)
        .filter((d) => mayDraft(tx, d.code))
        .map(({ code }) => ({ code, name: placeName(tx, code) })),
      due: await due(tx),
      list: rows.map((p) => ({
        ...shown(tx, p),
        ...{ fromDate: p.fromDay, toDate: p.toDay, decision: p.decision },
        ...{ draftedBy: p.draftedBy, draftedOn: p.draftedOn, decidedBy: p.decidedBy },
        ...{ decidedNote: p.decidedNote ?? "", takenDownBy: p.takenDownBy, takeDownReason: p.takeDownReason },
        ended: p.toDay !== null && p.toDay < today,
        canConfirm: mayDecide(tx, p),
        canReturn: mayDecide(tx, p) || mayWithdraw(tx, p),
        canTakeDown: p.toDay !== null && p.toDay >= today && p.takenDownAt === null && mayTakeDown(tx, p),
      })),
    };
  }

  /** For the desk: what waits for this person, what he is to draft, what came back to him. */
  async function todo(tx: Tx) {
    const told = (p: Published) => ({ id: p.id, title: titleOf(tx, p), draftedBy: p.draftedBy });
    const back = tx.actor.accountId === null ? [] : await store.sentBackTo(tx, tx.actor.accountId);
    const returned = back.map((p) => ({ ...told(p), why: p.decidedNote ?? "", by: p.decidedBy ?? "" }));
    return {
      toConfirm: (await store.undecided(tx)).filter((p) => mayDecide(tx, p)).map(told),
      returned,
      toDraft: (await due(tx)).rows.filter((r) => r.canDraft && !returned.some((p) => p.title === r.title)),
    };
  }

  /** For everybody: what hangs today, everywhere or in one township. */
  const hanging = async (tx: Tx, q: { township?: string | undefined } = {}) =>
    (await store.hangingOn(tx, clock.today(), q.township || tx.actor.countyCode)).map((p) => ({
      ...shown(tx, p),
      ...{ fromDate: p.fromDay, toDate: p.toDay },
    }));

  /** What an objection is against; a draft is not yet anything. */
  async function notice(tx: Tx, id: string) {
    const p = await store.find(tx, id);
    if (!p || p.fromDay === null || p.toDay === null) return undefined;
    return {
      ...{ id, title: titleOf(tx, p), fromDay: p.fromDay, toDay: p.toDay },
      takenDown: p.takenDownAt !== null,
      divisionCode: p.divisionCode,
    };
  }

  return { list, draft, decide, takeDown, due, todo, hanging, notice };
}
