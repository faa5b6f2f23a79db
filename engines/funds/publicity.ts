/**
 * 资金使用公示: for a month, quarter or year that is over, each 资金 with what came in, was paid, came back and is left.
 * The figures are frozen when it is published; it ends by itself.
 */
import { addDays, DomainError, firstDay, type IsoDate, lastDay, type Month } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import type { FundsDeps } from "./ports.ts";
import * as store from "./publicity-store.ts";

/** `2024`, `2024Q3`, `2024-09`: its days and its name. Errors: invalid-input. */
export function periodOf(period: string): { from: IsoDate; to: IsoDate; title: string } {
  const [, year, month, quarter] = /^(\d{4})(?:-(0[1-9]|1[0-2])|Q([1-4]))?$/.exec(period) ?? [];
  if (year === undefined)
    throw new DomainError("invalid-input", "请选择公示哪个月、季度或年。", { field: "period" });
  const nth = (n: number) => `${year}-${String(n).padStart(2, "0")}` as Month;
  const [first, last, words] = month
    ? [Number(month), Number(month), `${Number(month)}月`]
    : quarter
      ? [Number(quarter) * 3 - 2, Number(quarter) * 3, `第${"一二三四"[Number(quarter) - 1]}季度`]
      : [1, 12, ""];
  return { from: firstDay(nth(first)), to: lastDay(nth(last)), title: `${year}年${words}资金使用情况` };
}

export function createUsePublicity(deps: FundsDeps) {
  const { clock, audit, catalogue } = deps;
  const note = (tx: Tx, action: string, objectId: string, detail: string) =>
    audit.record(tx, { action, object: "funds", objectId, detail });
  const titled = (item: string, otherwise: string) =>
    item === "" ? otherwise : (catalogue.items.get(item)?.shortTitle ?? item);
  const isCounty = ({ actor }: Tx) => actor.role === "county" && actor.scope === actor.countyCode;
  function requireCounty(tx: Tx, what: string): void {
    if (!isCounty(tx)) throw new DomainError("forbidden", `${what}由县级经办办理，您的账号不能办理。`);
  }
  const shown = (p: store.UsePublicityRecord) => ({
    id: p.id,
    title: periodOf(p.period).title,
    fromDate: p.fromDay,
    toDate: p.toDay,
    rows: p.figures.map(({ item, uses, ...f }) => ({
      ...f,
      itemTitle: titled(item, "各事项统筹"),
      // Of money for one item they would say the same again.
      uses: item === "" ? uses.map((u) => ({ title: titled(u.item, "其他支付"), paidFen: u.paidFen })) : [],
    })),
  });

  /** For the officers: what hangs, hung and was taken down, newest first. */
  async function list(tx: Tx) {
    const today = clock.today();
    const may = isCounty(tx);
    return {
      days: deps.publicityDays(tx.actor.countyCode, today) ?? null,
      canPublish: may,
      list: (await store.list(tx)).map((p) => ({
        ...shown(p),
        ...{ by: p.by, takenDownBy: p.takenDownBy, takeDownReason: p.takeDownReason },
        ended: p.toDay < today,
        canTakeDown: may && p.takenDownAt === null && p.toDay >= today,
      })),
    };
  }

  /** The same id again changes nothing. Errors: forbidden, invalid-input, action-not-allowed, already-exists. */
  async function publish(tx: Tx, input: { id: string; period: string }): Promise<void> {
    requireCounty(tx, "公示资金使用情况");
    if (await store.find(tx, input.id)) return;
    const { from, to, title } = periodOf(input.period);
    const today = clock.today();
    if (to >= today)
      throw new DomainError("invalid-input", "这一期还没有结束，结束后才能公示。", { field: "period" });
    const days = deps.publicityDays(tx.actor.countyCode, today);
    if (days === undefined || !(days > 0))
      throw new DomainError(
        "action-not-allowed",
        "本县没有规定公示几天，请先在“政策标准”里录入“资金使用公示天数”。",
      );
    const figures = await store.figures(tx, from, to);
    if (figures.length === 0)
      throw new DomainError("invalid-input", "这一期台账里没有资金，不用公示。", { field: "period" });
    try {
      await store.insert(tx, {
        ...{ id: input.id, period: input.period, figures, at: clock.now() },
        ...{ fromDay: today, toDay: addDays(today, days) },
      });
    } catch (error) {
      if (!isUniqueViolation(error, "fund_publicity_hangs_once")) throw error;
      throw new DomainError(
        "already-exists",
        "这一期已经公示过。数字有变的，先撤下并写明原因，再重新公示。",
        { field: "period" },
      );
    }
    await note(tx, "funds.publish", input.id, `${title}，公示 ${days} 天`);
  }

  /** Taken down twice it is once. Errors: forbidden, not-found. */
  async function takeDown(tx: Tx, id: string, input: { reason: string }): Promise<void> {
    requireCounty(tx, "撤下公示");
    if (!(await store.find(tx, id))) throw new DomainError("not-found", "没有找到这份公示，请刷新页面。");
    if ((await store.takeDown(tx, id, input.reason, clock.now())) > 0)
      await note(tx, "funds.take-down", id, input.reason);
  }

  /** For everybody: what hangs today. */
  const hanging = async (tx: Tx) => (await store.hangingOn(tx, clock.today())).map(shown);

  /** What an objection is against. */
  async function notice(tx: Tx, id: string) {
    const p = await store.find(tx, id);
    return (
      p && {
        title: periodOf(p.period).title,
        ...{ id, fromDay: p.fromDay, toDay: p.toDay, takenDown: p.takenDownAt !== null },
      }
    );
  }

  return { list, publish, takeDown, hanging, notice };
}
