/** Deaths heard: coverage ends, what covers nobody else ends, a household that goes on is reviewed. */
import { addMonths, derivedId, type IsoDate, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Common } from "./common.ts";
import { changeByDeath, DEATH_CAUSE, DEATH_REVIEW_LABEL, type PersonDied } from "./model.ts";
import type { EntitlementsDeps } from "./ports.ts";
import * as store from "./store.ts";

interface Stopped {
  readonly entitlementId: string;
  readonly itemTitle: string;
  readonly lastMonth: Month;
}
export interface DeathOutcome {
  readonly stopped: readonly Stopped[];
  /** Entitlements whose household goes on and is reviewed. */
  readonly reviewing: readonly string[];
  /** Paid for months after the death, 分: information; recovery is decided by a person. */
  readonly overpaidFen: number;
}

/** Why an entitlement ended: the words by which what a death wrote is known again. */
export const endedByDeath = (diedOn: IsoDate): string => `享受对象于 ${diedOn} 死亡，次月起停发`;
export const deathReviewId = (entitlementId: string, personId: string): string =>
  derivedId(entitlementId, `death:${personId}`);
export type Deaths = ReturnType<typeof createDeaths>;

export function createDeaths(deps: EntitlementsDeps, { itemOf }: Common) {
  const { clock } = deps;

  /**
   * Hears `person.died`, or is called in the transaction that records the death. The person's coverage ends with the
   * month of death; what covers nobody else ends, a household that goes on is reviewed within three months. Repeating
   * it changes nothing and gives the same answer.
   */
  async function onDeath(tx: Tx, event: PersonDied): Promise<DeathOutcome> {
    const stopped: Stopped[] = [];
    const reviewing: string[] = [];
    for (const e of await store.coveringPerson(tx, event.personId)) {
      const { stops, reviews } = await dies(tx, e, event);
      if (stops) stopped.push(stops);
      if (reviews) reviewing.push(e.id);
    }
    return { stopped, reviewing, overpaidFen: await overpaid(tx, stopped) };
  }

  /** What the death does to one of them. */
  async function dies(
    tx: Tx,
    e: store.EntitlementRecord,
    event: PersonDied,
  ): Promise<{ stops?: Stopped; reviews?: true }> {
    const change = changeByDeath(event, await store.coverageOf(tx, e.id));
    const { lastMonth } = change;
    if (e.endMonth !== null && e.endMonth <= lastMonth && e.endPersonId !== event.personId) return {};
    await store.uncover(tx, e.id, [event.personId], lastMonth, "死亡", { cause: DEATH_CAUSE });
    if (!change.ends) {
      await store.openReview(tx, {
        id: deathReviewId(e.id, event.personId),
        entitlementId: e.id,
        kind: "death",
        aboutId: event.personId,
        label: DEATH_REVIEW_LABEL,
        dueOn: change.reviewDueOn as IsoDate,
        at: clock.now(),
      });
      return { reviews: true };
    }
    if (e.endPersonId !== event.personId || e.endMonth !== lastMonth) {
      const reason = endedByDeath(event.diedOn);
      await store.end(tx, e.id, {
        endMonth: lastMonth,
        reason,
        kind: "death",
        personId: event.personId,
        cause: DEATH_CAUSE,
      });
      await store.addAmount(tx, {
        entitlementId: e.id,
        fromMonth: addMonths(lastMonth, 1),
        amountFen: 0,
        persons: 0,
        reason,
        decisionId: null,
        at: clock.now(),
      });
      await store.answerReviews(tx, e.id, {
        requestId: null,
        doneOn: clock.today(),
        result: "stop",
        method: "data-match",
        note: reason,
        byName: tx.actor.name,
      });
      await deps.audit.record(tx, {
        action: "entitlement.end",
        object: "entitlement",
        objectId: e.id,
        detail: `享受对象死亡，发至 ${lastMonth} 止`,
      });
    }
    return { stops: { entitlementId: e.id, itemTitle: itemOf(e.item).title, lastMonth } };
  }

  /** Paid for months after the last month owed, 分. */
  async function overpaid(
    tx: Tx,
    ended: readonly { readonly entitlementId: string; readonly lastMonth: Month }[],
  ): Promise<number> {
    if (ended.length === 0) return 0;
    const last = new Map(ended.map((e) => [e.entitlementId, e.lastMonth]));
    const months = await deps.paid.ofEntitlements(tx, [...last.keys()]);
    return months
      .filter((m) => m.paid && m.month > (last.get(m.entitlementId) ?? m.month))
      .reduce((sum, m) => sum + m.amountFen, 0);
  }

  return { onDeath, dies, overpaid };
}
