/**
 * What a household has, misses or may have, judged on the newest facts and kept (应享未享): when its page is opened, and by a
 * job for the households that are due.
 */
import { householdsToJudge } from "@wuxin/engines/indicators";
import { derivedId, monthOf } from "@wuxin/kernel";
import { enqueue, type JobHandler, type Tx } from "@wuxin/platform";
import type { House } from "./compose.ts";

type Judging = Pick<House, "cases" | "clues" | "catalogue" | "clock" | "registry" | "entitlements">;

/** Judged is that of which nothing is said yet by a benefit, an open case or a list, anywhere in the county. Error: not-found. */
export async function judgeAndKeep(house: Judging, tx: Tx, id: string) {
  const h = await house.registry.getHousehold(tx, id);
  const members = h.members.filter((m) => m.toDate === null);
  const personIds = members.map((m) => m.personId);
  const benefits = await house.entitlements.forHousehold(tx, id, personIds);
  const applied = [
    ...(await house.cases.caseRowsForHousehold(tx, id)),
    ...(await house.cases.caseRowsForPersons(tx, personIds)),
  ];
  const settled = new Set([
    ...benefits.filter(isDrawn(monthOf(house.clock.today()))).map((b) => b.item),
    ...(await foundOf(house, tx, personIds)).flatMap((f) => f.codes),
    ...applied.filter((c) => !isFinal(house, c)).map((c) => c.item),
  ]);
  const judged = await house.cases.judge(tx, { id, areaClass: h.areaClass, members }, settled);
  await house.cases.keepJudgements(tx, { id, divisionCode: h.divisionCode }, judged);
  return judged;
}
export const isDrawn = (month: string) => (b: { fromMonth: string; endMonth: string | null }) =>
  b.fromMonth <= month && (b.endMonth === null || b.endMonth > month);
/** What lists and rules found of these people and nobody has settled. */
export const foundOf = async (house: Pick<House, "clues">, tx: Tx, persons: readonly string[]) =>
  (await house.clues.found(tx, { persons, size: 50 })).rows.filter((f) => f.state !== "closed");
const isFinal = (house: Pick<House, "catalogue">, c: { item: string; state: string }): boolean =>
  house.catalogue.items.get(c.item)?.flow.states.find((s) => s.id === c.state)?.final === true;

const JOB = "households.judge";
const PIECE = 50;
const AT_MOST = 20_000;
const NAMESPACE = "7b1c1f5e-93c6-4d0e-8d5b-0f7a7d3c2e61";

/** Once a day: the same day is the same job. */
export const enqueueJudging = (house: Pick<House, "clock">, tx: Tx) =>
  enqueue(tx, JOB, {}, { id: derivedId(NAMESPACE, `${tx.actor.countyCode} ${house.clock.today()}`) });

/** Killed, it goes on with those that are still due. */
export function judgingJobs(house: Judging): Readonly<Record<string, JobHandler>> {
  return {
    async [JOB]({ actor, db, step }) {
      const due = await db.read(actor, (tx) =>
        householdsToJudge(tx, monthOf(house.clock.today()), house.clock.now(), AT_MOST),
      );
      for (let from = 0; from < due.length; from += PIECE)
        await step(async (tx) => {
          for (const { id } of due.slice(from, from + PIECE)) await judgeAndKeep(house, tx, id);
          return { done: Math.min(due.length, from + PIECE), total: due.length };
        });
      return { judged: due.length };
    },
  };
}
