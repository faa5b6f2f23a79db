/** 政策找人: those who will qualify and have not asked. The database narrows by birth date, the rules say who it is. */
import type { ResolvedItem } from "@wuxin/declare";
import {
  addDays,
  addMonths,
  addMonthsToDate,
  ageOn,
  DomainError,
  type IsoDate,
  lastDay,
  type Month,
  maskName,
  monthOf,
} from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Facts as PolicyFacts } from "@wuxin/policy";
import { type Subject, subjectKey } from "../facts/index.ts";
import { type AssessedPerson, assessInputs, inputsOf, resultOf } from "./assessment.ts";
import { type CasesDeps, getItem, ruleSetOf } from "./deps.ts";
import { drawnBy } from "./drawn.ts";
import { listOpenCasesOf } from "./store.ts";

export interface CandidateRow {
  readonly personId: string;
  readonly nameMasked: string;
  readonly age: number;
  readonly birthDate: IsoDate;
  readonly divisionName: string;
  readonly month: Month;
  readonly amountFen: number | null;
  readonly openCaseId: string | null;
}
export interface Candidates {
  readonly title: string;
  readonly month: Month;
  readonly rows: CandidateRow[];
}

/** Enough for a month of a large county; more is a sign that the list was never worked through. */
const MOST = 2_000;
const SPAN_YEARS = 5;
const SPANS = 10;

/**
 * Everybody in scope whom the item's `when` will hold for in the month and who neither draws it nor has a case open. Those
 * who were missed in earlier months are in the list too.
 * @param month the item's lead after the present month, unless given
 * Errors: not-found, invalid-input (the item lists nobody).
 */
export async function candidates(
  tx: Tx,
  deps: CasesDeps,
  itemCode: string,
  wanted?: Month,
): Promise<Candidates> {
  const item = getItem(deps, itemCode);
  const def = candidatesOf(item);
  const today = deps.clock.today();
  const month = wanted ?? addMonths(monthOf(today), def.leadMonths);
  const latest = lastDay(addMonths(month, -12 * def.bornOnOrBeforeYearsAgo));
  const asking = await notYetDrawing(tx, deps, item, latest);
  const ids = asking.map((p) => p.id);
  const persons = await deps.registry.persons(tx, ids);
  const facts = await deps.facts.current(
    tx,
    asking.map((p): Subject => ({ kind: "person", id: p.id })),
  );
  const rules = ruleSetOf(deps, item, tx.actor.countyCode, month);
  const drawn = await drawnBy(tx, deps, item, ids, month);
  const rows = asking.flatMap((p): CandidateRow[] => {
    const person = persons.get(p.id);
    if (!person) return [];
    const known = facts.get(subjectKey({ kind: "person", id: p.id })) ?? new Map();
    const assessed: AssessedPerson = {
      personId: p.id,
      name: person.name,
      relation: item.form.relations[0] ?? "本人",
      sex: person.sex,
      birthDate: person.birthDate,
      diedOn: person.diedOn,
      inCounty: true,
      facts: Object.fromEntries(
        [...known].map(([name, f]) => [name, { value: f.value, source: f.source, date: f.validFrom }]),
      ) as PolicyFacts,
      ...(drawn ? { drawn: drawn.get(p.id) ?? [] } : {}),
    };
    const inputs = inputsOf(item, rules, { month, areaClass: "", household: {}, members: [assessed] });
    const a = assessInputs(item, rules, inputs);
    // False is out; true is in; undetermined is in too, because what is missing will be asked.
    if (resultOf(a.decision, def.when) === false) return [];
    return [
      {
        personId: p.id,
        nameMasked: maskName(person.name),
        age: ageOn(person.birthDate, lastDay(month)),
        birthDate: person.birthDate,
        divisionName: deps.counties.divisionName(tx.actor.countyCode, person.divisionCode),
        month,
        amountFen: a.eligible === true ? a.amountFen : null,
        openCaseId: null,
      },
    ];
  });
  await deps.audit.record(tx, {
    action: "candidates.read",
    object: "item",
    objectId: item.code,
    detail: `${item.title} ${month}：${rows.length} 人`,
  });
  return { title: def.title, month, rows: rows.sort((a, b) => (a.birthDate > b.birthDate ? -1 : 1)) };
}

/** From the youngest who may qualify to the oldest, so that a long list begins with those who have just come of age. */
async function notYetDrawing(
  tx: Tx,
  deps: CasesDeps,
  item: ResolvedItem,
  latest: IsoDate,
): Promise<{ id: string }[]> {
  const found: { id: string }[] = [];
  for (let to = latest, span = 0; span < SPANS && found.length < MOST; span++) {
    const from = addDays(addMonthsToDate(to, -12 * SPAN_YEARS), 1);
    const born = await deps.registry.listBornBetween(tx, span === SPANS - 1 ? null : from, to, 50_000);
    const ids = born.map((p) => p.id);
    if (ids.length > 0) {
      const live = (await deps.hasLive?.(tx, item.code, ids)) ?? new Set<string>();
      const open = new Set((await listOpenCasesOf(tx, item.code, ids)).flatMap((c) => c.memberIds));
      found.push(...born.filter((p) => !live.has(p.id) && !open.has(p.id)).reverse());
    }
    to = addDays(from, -1);
  }
  return found.slice(0, MOST);
}

function candidatesOf(item: ResolvedItem): NonNullable<ResolvedItem["candidates"]> {
  if (!item.candidates)
    throw new DomainError("invalid-input", `「${item.title}」没有主动发现名单，请按申请办理。`, {
      field: "item",
    });
  return item.candidates;
}
