/** One person, two benefits that exclude each other: what stands, what the other would give, and a person who chooses. */
import { DomainError, formatYuan } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Desk } from "./desk.ts";
import { requireMoney } from "./guards.ts";
import type { createHolding } from "./holding.ts";
import * as lines from "./lines.ts";
import type { PaymentsDeps } from "./ports.ts";
import * as slots from "./slots.ts";
import { itemTitle } from "./views.ts";

export function createChoice(deps: PaymentsDeps, desk: Desk, holding: ReturnType<typeof createHolding>) {
  const { get, note, doubleReason } = desk;

  async function lineOf(tx: Tx, rosterId: string, lineId: string): Promise<lines.LineRecord> {
    const line = await lines.findLine(tx, rosterId, lineId);
    if (!line) throw new DomainError("not-found", "名册里没有这一笔，请刷新页面。");
    return line;
  }

  const side = (tx: Tx, l: lines.LineRecord) => ({
    lineId: l.id,
    itemTitle: itemTitle(deps, l.item),
    payee: l.payeeName,
    divisionName: deps.divisionName(tx.actor.countyCode, l.divisionCode),
    persons: l.persons,
    amountFen: l.amountFen,
    entitlementId: l.entitlementId,
  });

  /** The held line, what stands in its way, and what choosing it would do. Errors: not-found. */
  async function choice(tx: Tx, rosterId: string, lineId: string) {
    const roster = await get(tx, rosterId);
    const line = await lineOf(tx, rosterId, lineId);
    const found = line.state === "held" ? await slots.conflicts(tx, rosterId, [lineId]) : [];
    const standing = new Map<string, lines.LineRecord>();
    let elsewhere = false;
    // Without another line: free meanwhile, or another county's, which only the unique key knows.
    const seen = found.filter((c) => c.otherLineId !== null && !c.otherHeld);
    for (const c of seen) {
      const other = await lines.findLine(tx, rosterId, c.otherLineId as string);
      if (other) standing.set(other.id, other);
      else elsewhere = true;
    }
    const others = [...standing.values()];
    const losesFen = others.reduce((sum, l) => sum + l.amountFen, 0);
    const alsoHeld = others.reduce((n, l) => n + l.persons, 0) - new Set(seen.map((c) => c.person)).size;
    const why =
      found.length === 0
        ? "这一笔没有与别的待遇重复。"
        : elsewhere
          ? "另一项已在别的名册里列入发放，不能在这里改选；请先停发那一项。"
          : line.reissueOf !== null || roster.state !== "draft"
            ? "名册已有人签字，不能改选；请作废后重新生成。"
            : roster.generatedBy === tx.actor.accountId
              ? "名册由您生成，择一须由另一人办理。"
              : null;
    const difference = line.amountFen - losesFen;
    const title = itemTitle(deps, line.item);
    return {
      chosen: side(tx, line),
      standing: others.map((l) => side(tx, l)),
      reasons: [...new Set(seen.map((c) => doubleReason(tx, c)))],
      differenceFen: difference,
      text:
        others.length === 0
          ? `本县没有列入发放的另一项，可以直接放行“${title}”；如别的县（市、区）已经列入，系统会拒绝。`
          : `改选“${title}”后本月发 ${formatYuan(line.amountFen)} 元，` +
            `原来列入的 ${formatYuan(losesFen)} 元暂缓，合计${difference < 0 ? "少" : "多"}发 ${formatYuan(Math.abs(difference))} 元。` +
            (alsoHeld > 0
              ? `暂缓的一笔里还有其他 ${alsoHeld} 人，请同时调整那一项的认定，其余的人才能继续领取。`
              : ""),
      why,
    };
  }

  /**
   * The other one: what stood is held, the held one is paid. By another person than who made the roster.
   * Errors: forbidden, not-found, action-not-allowed, and those of a release.
   */
  async function choose(tx: Tx, rosterId: string, lineId: string, input: { reason: string }) {
    requireMoney(tx, "两项待遇择一", ["county", "leader"]);
    const offered = await choice(tx, rosterId, lineId);
    if (offered.why !== null) throw new DomainError("action-not-allowed", offered.why);
    for (const other of offered.standing) await holding.putBack(tx, rosterId, other.lineId, input.reason);
    const line = await holding.release(tx, rosterId, lineId, input);
    await note(
      tx,
      "roster.choose",
      rosterId,
      `选“${offered.chosen.itemTitle}”，暂缓${offered.standing.map((s) => `“${s.itemTitle}”`).join("、")}：${input.reason}`,
    );
    return line;
  }

  return { choice, choose };
}
