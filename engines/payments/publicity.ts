/**
 * A roster published (公示): after it has been approved, by benefit, for the days that the county says, with the three
 * fields of the law (name, persons, amount). Nobody under 18 is ever in it. It ends by itself.
 */
import { addDays, DomainError, formatMonthChinese, type IsoDate, type Month } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import type { Desk } from "./desk.ts";
import { lock, requireMoney } from "./guards.ts";
import type { PaymentsDeps } from "./ports.ts";
import * as store from "./publicity-store.ts";
import { itemTitle } from "./views.ts";

/** So many names at once; a township's list is longer only in the largest. */
const MOST_NAMES = 500;

export function createRosterPublicity(deps: PaymentsDeps, desk: Desk) {
  const { clock } = deps;
  const { get, note } = desk;
  const declared = (item: string) => deps.catalogue.items.get(item)?.entitlement.rosterPublicity;
  const rule = (item: string) => {
    const known = declared(item);
    return known && "days" in known ? known : undefined;
  };
  const whyNot = (item: string): string => {
    const known = declared(item);
    return known && "never" in known ? known.never : "没有公布名单的规定，不公示。";
  };
  const daysOf = (tx: Tx, days: number | { readonly switch: string }): number =>
    typeof days === "number" ? days : Number(deps.switches(tx.actor.countyCode)[days.switch] ?? 0);

  /** For the roster's page: each benefit in it, whether it may be published, and what hangs. */
  async function publicities(tx: Tx, rosterId: string) {
    const roster = await get(tx, rosterId);
    const hung = await store.ofRoster(tx, rosterId);
    const may =
      ["approved", "sent", "closed"].includes(roster.state) &&
      tx.actor.role === "county" &&
      tx.actor.scope === tx.actor.countyCode;
    return (await store.itemsOf(tx, rosterId)).map(({ item, names, minors }) => {
      const allowed = rule(item);
      const standing = hung.find((p) => p.item === item && p.takenDownAt === null);
      return {
        item,
        itemTitle: itemTitle(deps, item),
        names,
        minors,
        days: allowed ? daysOf(tx, allowed.days) : null,
        article: allowed?.article ?? null,
        why: allowed ? null : whyNot(item),
        hanging: standing
          ? { id: standing.id, fromDay: standing.fromDay, toDay: standing.toDay, by: standing.by }
          : null,
        ended: standing ? standing.toDay < clock.today() : false,
        can: { publish: may && allowed !== undefined && !standing, takeDown: may && standing !== undefined },
      };
    });
  }

  /** Errors: forbidden, action-not-allowed, already-exists. */
  async function publish(tx: Tx, rosterId: string, input: { id: string; item: string }) {
    requireMoney(tx, "公示名册", ["county"]);
    const roster = await lock(tx, rosterId);
    if (!["approved", "sent", "closed"].includes(roster.state))
      throw new DomainError("action-not-allowed", "名册审批后才能公示。");
    const allowed = rule(input.item);
    if (!allowed) throw new DomainError("action-not-allowed", `不能公示：${whyNot(input.item)}`);
    const days = daysOf(tx, allowed.days);
    if (!(days > 0))
      throw new DomainError("action-not-allowed", "本县没有规定公示几天，请先在县级设置里写明。");
    const today = clock.today();
    try {
      await store.insert(tx, {
        ...{ id: input.id, rosterId, item: input.item, article: allowed.article, at: clock.now() },
        ...{ fromDay: today, toDay: addDays(today, days) },
      });
    } catch (error) {
      if (isUniqueViolation(error, "roster_publicity_hangs_once"))
        throw new DomainError("already-exists", "这项待遇的名单已经在公示，请刷新页面。");
      if (!isUniqueViolation(error)) throw error;
    }
    await note(tx, "roster.publish", rosterId, `${itemTitle(deps, input.item)}，公示 ${days} 天`);
    return publicities(tx, rosterId);
  }

  /** Errors: forbidden. */
  async function takeDown(tx: Tx, rosterId: string, publicityId: string, input: { reason: string }) {
    requireMoney(tx, "撤下公示", ["county"]);
    await lock(tx, rosterId);
    if ((await store.takeDown(tx, rosterId, publicityId, input.reason, clock.now())) > 0)
      await note(tx, "roster.take-down", rosterId, input.reason);
    return publicities(tx, rosterId);
  }

  /** For everybody: what hangs today; names only of one township, so that no list of the whole county is handed out. */
  async function hanging(tx: Tx, q: { township?: string | undefined } = {}) {
    const today: IsoDate = clock.today();
    const list = [];
    for (const p of await store.hangingOn(tx, today)) {
      const names = q.township ? await store.names(tx, p.rosterId, p.item, q.township, MOST_NAMES) : [];
      list.push({
        id: p.id,
        itemTitle: itemTitle(deps, p.item),
        title: `${formatMonthChinese(p.month as Month)}发放名单`,
        ...{ fromDate: p.fromDay, toDate: p.toDay, article: p.article },
        total: q.township ? await store.countNames(tx, p.rosterId, p.item, q.township) : null,
        rows: names.map((n, i) => ({
          no: i + 1,
          ...{ name: n.name, persons: n.persons, amountFen: n.amountFen },
          divisionName: deps.divisionName(tx.actor.countyCode, n.divisionCode),
        })),
      });
    }
    return list;
  }

  return { publicities, publish, takeDown, hanging };
}
