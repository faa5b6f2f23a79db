/** The desk: what waits for me, ordered by clock, and the one search. */
import { isWorkingDay } from "@wuxin/kernel";
import type { House } from "../compose.ts";
import { deskGroups } from "../desk/index.ts";
import type { SomeHandlers } from "../http.ts";

type Ids = "workbench" | "search";
const FIGURES: Record<string, number> = { leader: 8, auditor: 6 };
const SEES_MONEY = new Set(["county", "leader", "finance", "auditor"]);
/** The three administrators keep house and see no business. */
const READS = new Set(["village", "township", "county", "leader", "finance", "auditor"]);

export function deskHandlers(house: House): SomeHandlers<Ids> {
  const { clock, calendar, cases, payments, indicators, registry, counties, catalogue } = house;
  const headlines = [...catalogue.indicators.values()]
    .flatMap(({ code, headline }) => (headline === undefined ? [] : [{ code, headline }]))
    .sort((a, b) => a.headline - b.headline)
    .map(({ code }) => code);
  return {
    workbench: (_input, { caller }) =>
      house.read(caller, async (tx) => {
        const { role, scope } = caller.actor;
        const today = clock.today();
        const working = await calendar.working(tx);
        return {
          today,
          workingDay: isWorkingDay(working, today),
          unpublishedYears: [Number(today.slice(0, 4)), Number(today.slice(0, 4)) + 1].filter(
            (y) => !working.publishedYears.has(y),
          ),
          groups: await deskGroups({ house, tx, role, scope, today }),
          rosters: SEES_MONEY.has(role) ? await payments.recent(tx, 3) : [],
          figures: READS.has(role)
            ? await indicators.figures(tx, { codes: headlines.slice(0, FIGURES[role] ?? 5) })
            : [],
        };
      }),

    search: ({ query }, { caller }) =>
      house.as(caller, async (tx) => {
        const name = (code: string) => counties.divisionName(caller.actor.countyCode, code);
        const people = await registry.search(tx, query.q, 20);
        const belong = await registry.currentHouseholds(
          tx,
          people.map((p) => p.id),
        );
        const households = await registry.households(tx, [...belong.values()]);
        const found = await cases.list(tx, { q: query.q, page: 1, size: 10 });
        return [
          ...people.map((p) => ({
            kind: "person" as const,
            id: p.id,
            title: p.name,
            subtitle: `${p.idNoMasked} · ${name(p.divisionCode)}`,
            link: `/persons/${p.id}`,
          })),
          ...[...households.values()].map((h) => ({
            kind: "household" as const,
            id: h.id,
            title: `${h.headName}户`,
            subtitle: `${h.members.filter((m) => m.toDate === null).length} 人 · ${name(h.divisionCode)}`,
            link: `/households/${h.id}`,
          })),
          ...found.rows.map((c) => ({
            kind: "case" as const,
            id: c.id,
            title: `${c.number} ${c.applicantMasked}`,
            subtitle: `${c.itemTitle} · ${c.stateLabel}`,
            link: `/cases/${c.id}`,
          })),
        ];
      }),
  };
}
