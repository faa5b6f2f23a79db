/** 政策找人: who is entitled to what and does not draw it, village by village, why, and how far asking him has come. */
import { maskName } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import * as store from "./found-store.ts";
import { FOUND, FOUND_STATES, type FoundState, stateLabel } from "./model.ts";
import type { CluesDeps } from "./ports.ts";
import type { Book } from "./sealed.ts";

export interface FoundFilter extends Omit<store.FoundQuery, "rules" | "entitles"> {
  readonly page?: number | undefined;
  readonly size?: number | undefined;
  /** Code of an item or benefit. */
  readonly benefit?: string | undefined;
}

export function createFound(deps: CluesDeps, book: Book) {
  const { clock, vault } = deps;
  const labels = new Map(
    deps.contact.flatMap((f) =>
      (f.choices ?? []).map((c) => [`${f.name} ${c.value}`, c.label] as [string, string]),
    ),
  );

  const findersOf = (benefit: string) =>
    [...deps.entitles].flatMap(([rule, codes]) => (codes.includes(benefit) ? [rule] : []));
  const benefits = [...new Set([...deps.entitles.values()].flat())].map((code) => ({
    ...{ code, title: deps.benefitTitle(code) },
  }));

  /** A list of people with reasons: reading it is written down. */
  return async function found(tx: Tx, q: FoundFilter) {
    const today = clock.today();
    const { benefit, page = 1, size = 20, how, ...rest } = q;
    const filter = { ...rest, entitles: deps.entitles, ...(benefit ? { rules: findersOf(benefit) } : {}) };
    const { rows: wanted, total } = await store.listFound(tx, { ...filter, how, page, size }, today);
    const ids = wanted.map((w) => w.id);
    const { rows: clues } = await book.listClues(tx, { ids, size }, today, []);
    const byId = new Map(clues.map((c) => [c.id, c]));
    const signals = await book.signalsOf(tx, ids);
    const contacts = new Map(
      (await store.lastContacts(tx, ids)).map((c) => [
        c.clueId,
        { data: JSON.parse(vault.open(c.dataSealed)) as Record<string, string>, by: c.byName },
      ]),
    );
    const name = (code: string) => deps.divisionName(tx.actor.countyCode, code);
    const rows = wanted.flatMap((w) => {
      const c = byId.get(w.id);
      if (!c) return [];
      const of = signals.filter((s) => s.clueId === c.id);
      const last = contacts.get(c.id);
      const word = (field: string) => labels.get(`${field} ${last?.data[field]}`) ?? "";
      return [
        {
          ...{ id: c.id, number: c.number, personId: c.personId, householdId: c.householdId },
          nameMasked: maskName(c.subjectName),
          ...{ divisionCode: c.divisionCode, divisionName: name(c.divisionCode) },
          codes: [...new Set(of.flatMap((s) => deps.entitles.get(s.rule) ?? []))],
          benefits: [...new Set(of.flatMap((s) => deps.entitles.get(s.rule) ?? []))].map(deps.benefitTitle),
          reasons: of.map((s) => ({ title: s.title, reason: s.reason, evidence: s.evidence })),
          bring: [...new Set(of.flatMap((s) => s.bring))],
          ...{
            how: w.how,
            howLabel: FOUND_STATES[w.how],
            state: c.state,
            stateLabel: stateLabel({ ...FOUND, state: c.state }),
          },
          ...{ foundOn: c.openedOn, workerName: c.workerName, caseId: w.caseId },
          askAgainOn: c.closedOn === null ? c.askAgainOn : null,
          late: c.dueOn !== null && c.dueOn < today,
          contact: last
            ? {
                ...{ on: last.data.on ?? "", by: last.by, how: word("how"), wish: word("wish") },
                ...{ why: word("why"), said: last.data.findings ?? "" },
              }
            : null,
        },
      ];
    });
    const below = tx.actor.scope.length >= 9 ? "village" : "township";
    const { division: _, ...everywhere } = filter;
    const counted = await store.countFound(tx, everywhere, below, today);
    const sum = (place: string | null, state: FoundState | null) =>
      counted
        .filter((c) => (place === null || c.place === place) && (state === null || c.how === state))
        .reduce((n, c) => n + c.n, 0);
    // Of a household, the reading of its page is.
    if (!filter.persons)
      await deps.audit.record(tx, { action: "clue.found", object: "clue", detail: `${total} 人` });
    const states = Object.keys(FOUND_STATES) as FoundState[];
    return {
      ...{ rows, total },
      states: states.map((how) => ({ how, label: FOUND_STATES[how], n: sum(null, how) })),
      places: [...new Set(counted.map((c) => c.place))].sort().map((place) => ({
        ...{ code: place, name: name(place), total: sum(place, null) },
        counts: states.map((how) => sum(place, how)),
      })),
      benefits,
    };
  };
}
