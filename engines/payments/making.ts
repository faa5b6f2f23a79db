/** Rosters made: of a month, and of failures once more. */
import { addMonths, DomainError, formatMonthChinese, isMonth, type Month, monthOf } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import type { Desk } from "./desk.ts";
import * as flags from "./flag-store.ts";
import * as generate from "./generate.ts";
import { lock, requireMoney } from "./guards.ts";
import * as lines from "./lines.ts";
import { pairsAcrossGroups } from "./model.ts";
import * as papers from "./papers.ts";
import type { PaymentsDeps } from "./ports.ts";
import type { Recoveries } from "./recoveries.ts";
import { DOUBLE } from "./rules.ts";
import * as slots from "./slots.ts";
import * as store from "./store.ts";
import * as sums from "./sums.ts";

/** Months back for which a late decision or a raised standard is made good; as far as a standard is previewed. */
const BACKPAY_MONTHS = 24;

export function createMaking(
  { clock, exclusions, catalogue }: Pick<PaymentsDeps, "clock" | "exclusions" | "catalogue">,
  desk: Desk,
  recoveries: Pick<Recoveries, "reduce" | "keepBack" | "recordKept" | "capPercent">,
) {
  const { note, view, insertHead, judge, doubleReason } = desk;
  const groupOf = (item: string) => catalogue.items.get(item)?.entitlement.exclusivityGroup;

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
    await store.roomForSets(tx);
    try {
      await insertHead(tx, { id, month, kind: "monthly", parentId: null, previous });
    } catch (error) {
      // Somebody generated the same month a moment ago.
      if (isUniqueViolation(error)) throw exists(month);
      throw error;
    }
    await recoveries.reduce(tx, null);
    await generate.insertMonthLines(tx, {
      id,
      month,
      keepBack: await recoveries.keepBack(tx),
      capPercent: recoveries.capPercent(tx),
      previousId: previous?.id ?? null,
      previousMonth: previous?.month ?? null,
    });
    const months = [month];
    for (const past of await store.sentMonths(tx, addMonths(month, -BACKPAY_MONTHS), month)) {
      const late = await generate.insertBackpayLines(tx, id, past);
      const differences = await generate.insertDifferenceLines(tx, id, past);
      if (late + differences > 0) months.push(past);
    }
    const at = clock.now();
    let lacking = 0;
    for (const m of months) {
      const pairs = pairsAcrossGroups(exclusions(tx.actor.countyCode, m), groupOf);
      await slots.applyExclusions(tx, id, m, pairs, at);
      lacking += Math.abs(await slots.takeSlots(tx, id, m, at));
    }
    await recoveries.recordKept(tx, id);
    if (lacking > 0) await holdDoubles(tx, id, at);
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
    await flags.addFlags(
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
    await papers.recordEvents(tx, rosterId, { lineIds }, { kind: "held", detail: "重复领取同类待遇", at });
    await slots.giveUpSlots(tx, lineIds, at);
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
    await papers.recordEvents(tx, rosterId, { lineIds }, { kind: "reissued", detail: "转入补发名册", at });
    await judge(tx, input.id, at);
    await sums.refreshHead(tx, rosterId);
    await sums.closeOrReopen(tx, rosterId);
    await note(tx, "roster.reissue", input.id, `补发名册 ${parent.number} 的 ${lineIds.length} 笔`);
    return view(tx, input.id);
  }

  return { generateMonth, reissue };
}
