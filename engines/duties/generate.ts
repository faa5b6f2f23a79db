/** Makes the duties of the present period from the registry, what is drawn and what falls due. Safe to run again. */
import type { DutyDefinition } from "@wuxin/declare";
import { addMonthsToDate, derivedId, holds, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type Cards, cardsOf } from "./cards.ts";
import { cardNamed, factsNamed, groupOf, periodOf } from "./model.ts";
import type { DutiesDeps } from "./ports.ts";
import * as store from "./store.ts";

/** Duties of all counties are derived from it: the same duty of the same person and period is the same row. */
const NAMESPACE = "0f0c3d5e-6a1d-4a55-9f0e-54b0f2d7c145";

const cardIn = (cards: Cards, subjectId: string): Record<string, unknown> =>
  Object.fromEntries([...(cards.get(subjectId) ?? new Map())].map(([name, c]) => [name, c.value]));

export function createGenerator(deps: DutiesDeps) {
  const { clock } = deps;

  async function wanted(
    tx: Tx,
    d: DutyDefinition,
  ): Promise<Omit<store.NewDuty, "id" | "duty" | "subjectId">[]> {
    const today = clock.today();
    const { source } = d;
    switch (source.from) {
      case "persons": {
        const { period, dueOn } = periodOf(d.everyMonths ?? 1, today);
        const people = await store.residents(tx, addMonthsToDate(today, -12 * source.bornOnOrBeforeYearsAgo));
        const facts = await deps.facts.values(
          tx,
          "person",
          people.map((p) => p.id),
        );
        const cards = await cardsOf(tx, deps, null);
        return people.flatMap((p) => {
          const card = cardIn(cards, p.householdId ?? p.id);
          const reason = groupOf(source, { ...p, facts: facts.get(p.id) ?? {}, card }, today);
          return reason === undefined
            ? []
            : [
                {
                  ...{ personId: p.id, householdId: p.householdId, divisionCode: p.divisionCode },
                  ...{ period, reason, dueOn, entitlementId: null },
                },
              ];
        });
      }
      case "entitlements": {
        const { period, dueOn } = periodOf(d.everyMonths ?? 1, today);
        const drawn = await store.drawing(tx, source.item, monthOf(today));
        const { when, groups } = source;
        const subjects = drawn.map((e) => e.householdId ?? e.personId);
        const cards = groups ? await cardsOf(tx, deps, subjects) : undefined;
        const facts =
          when || groups
            ? await deps.facts.values(
                tx,
                "person",
                drawn.map((e) => e.personId),
              )
            : undefined;
        return drawn.flatMap((e) => {
          const known = factsNamed(facts?.get(e.personId));
          if (when && !holds(when, known)) return [];
          const card = cards ? cardNamed(cardIn(cards, e.householdId ?? e.personId), today) : {};
          const reason = groups ? groups.find((g) => holds(g.when, { ...known, ...card }))?.name : d.title;
          return reason === undefined ? [] : [{ ...e, period, dueOn, reason }];
        });
      }
      case "reviews": {
        const due = await deps.entitlements.dueReviews(tx, source.withinDays, 5_000);
        return due
          .filter((r) => source.item === undefined || r.item === source.item)
          .map((r) => ({
            ...{ personId: r.payeeId, householdId: r.householdId, divisionCode: r.divisionCode },
            ...{ period: r.dueOn, dueOn: r.dueOn, reason: `${r.itemTitle}${r.label}` },
            entitlementId: r.entitlementId,
          }));
      }
      case "measures":
        return (await deps.clues.measures.returnsDue(tx, source.withinDays)).map((r) => ({
          ...{ personId: r.personId, householdId: r.householdId, divisionCode: r.divisionCode },
          ...{ period: r.dueOn, dueOn: r.dueOn, reason: r.reason, entitlementId: null },
        }));
      case "clues":
        return []; // a clue is its own duty, with its own clock
    }
  }

  /** Gives how many are new. */
  return async function generate(tx: Tx): Promise<number> {
    let added = 0;
    for (const d of deps.catalogue.duties.values()) {
      if (d.source.from === "clues") continue;
      const rows = (await wanted(tx, d)).map((w) => ({
        ...w,
        id: derivedId(NAMESPACE, `${tx.actor.countyCode} ${d.code} ${w.personId} ${w.period}`),
        duty: d.code,
        subjectId: w.householdId ?? w.personId,
      }));
      added += await store.addDuties(tx, rows, clock.today());
      if (d.source.from === "entitlements" && d.source.groups) await store.tellWhy(tx, rows);
      await store.tellWhere(tx, rows);
      await store.voidOthers(
        tx,
        d.code,
        rows.map((r) => r.id),
      );
    }
    return added;
  };
}
