/** Clues, with what the catalogue and the county say of them. */
import { type Clues, createClues } from "@wuxin/engines/clues";
import type { House } from "../compose.ts";

type Given = Parameters<typeof createClues>[0];
type Deps = Pick<
  Given,
  | ("clock" | "vault" | "audit" | "calendar" | "documents" | "registry" | "entitlements")
  | ("divisions" | "divisionName")
> &
  Pick<House, "cases" | "catalogue" | "counties" | "access" | "partyBook">;

export function composeClues({ catalogue, counties, access, partyBook, cases, ...rest }: Deps): Clues {
  const finders = [...catalogue.items.values()].filter((i) => i.candidates !== undefined);
  const askedAt = (found: boolean) =>
    [...catalogue.duties.values()].find(
      ({ source }) => source.from === "clues" && (source.found ?? false) === found,
    )?.form ?? [];
  return createClues({
    ...rest,
    cases,
    items: catalogue.items,
    monitoring: (code) => counties.get(code).monitoring,
    choice: (code, name, on) => counties.switchesOn(code, on)[name],
    staff: access.listStaff,
    leaves: (rule) => catalogue.signals.get(rule)?.leaves,
    tellsDeath: (rule) => catalogue.signals.get(rule)?.confirmedBy === "death",
    tellsDeathDay: (rule) => catalogue.signals.get(rule)?.deathDay === true,
    findings: askedAt(false),
    contact: askedAt(true),
    departments: (code) => partyBook.departments(code).on(rest.clock.today()),
    measures: {
      kinds: catalogue.measures,
      returnForm: [...catalogue.duties.values()].find((d) => d.source.from === "measures")?.form ?? [],
    },
    // An item whose rules find people entitles by its own code.
    entitles: new Map([
      ...[...catalogue.signals.values()].map((s) => [s.code, s.benefits ?? []] as const),
      ...finders.map((i) => [i.code, [i.code]] as const),
    ]),
    entitledByRules: async (tx) => {
      const found = [];
      for (const { code, guide } of finders)
        for (const c of (await cases.candidates(tx, code)).rows)
          found.push({ ...c, benefit: code, bring: guide.bring });
      return found;
    },
    benefitTitle: (code) => (catalogue.items.get(code) ?? catalogue.benefits.get(code))?.shortTitle ?? code,
  });
}
