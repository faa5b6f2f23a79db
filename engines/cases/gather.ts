/** Brings together what a page, an action or a decision needs to know about one case, in four round trips. */
import type { ResolvedItem, Values } from "@wuxin/declare";
import {
  addMonths,
  ageOn,
  type IsoDate,
  type Month,
  monthOf,
  type Scalar,
  type WorkingCalendar,
} from "@wuxin/kernel";
import { asHouse, type Tx } from "@wuxin/platform";
import type { Facts as PolicyFacts } from "@wuxin/policy";
import { type CurrentFact, type Fact, type Subject, subjectKey } from "../facts/index.ts";
import { type Assessment, assess } from "./assessment.ts";
import { type CasesDeps, getItem, ruleSetOf } from "./deps.ts";
import { type DrawnBenefits, drawnBy } from "./drawn.ts";
import { notFound } from "./errors.ts";
import { type CaseState, fold, type Switches } from "./model.ts";
import { type Bundle, findBundle } from "./store.ts";
import { asksDecision, type ValueContext, valuesOf } from "./values.ts";

export interface CaseMember {
  readonly personId: string;
  readonly name: string;
  readonly relation: string;
  readonly sex: string;
  readonly birthDate: IsoDate;
  readonly idNoMasked: string;
  readonly diedOn: IsoDate | null;
}

export type StandingFacts = ReadonlyMap<string, ReadonlyMap<string, CurrentFact>>;

export interface OpenCase {
  readonly item: ResolvedItem;
  readonly bundle: Bundle;
  readonly state: CaseState;
  /** The applicant (or head) first. */
  readonly members: readonly CaseMember[];
  readonly headPersonId: string;
  readonly facts: StandingFacts;
  /** What the members draw in the month that a decision of today would pay first. */
  readonly drawn: DrawnBenefits | undefined;
  readonly today: IsoDate;
  readonly switches: Switches;
  readonly calendar: WorkingCalendar;
}

/** A resident sees the household through the house, once the database has shown him that the case is his. */
export function seeing<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  return tx.actor.role === "resident" ? asHouse(tx, work) : work();
}

/** Error: not-found, also when the case is out of scope. */
export async function openCase(tx: Tx, deps: CasesDeps, id: string): Promise<OpenCase> {
  const bundle = await findBundle(tx, id, (sealed) => JSON.parse(deps.vault.open(sealed)) as Values);
  if (!bundle) throw notFound("件申请");
  return seeing(tx, () => fill(tx, deps, bundle));
}

async function fill(tx: Tx, deps: CasesDeps, bundle: Bundle): Promise<OpenCase> {
  const item = getItem(deps, bundle.file.item);
  const today = deps.clock.today();
  const state = fold(item.flow.initial, bundle.actions);
  const { members, headPersonId } = await membersOf(tx, deps, item, bundle);
  const switches = deps.counties.switchesOn(tx.actor.countyCode, today);
  const ids = members.map((m) => m.personId);
  return {
    item,
    bundle,
    state,
    members,
    headPersonId,
    facts: await standingFacts(tx, deps, bundle, members),
    drawn: await drawnBy(tx, deps, item, ids, startMonth({ item, switches, today, state })),
    today,
    switches,
    calendar: await deps.calendar.working(tx),
  };
}

async function membersOf(
  tx: Tx,
  deps: CasesDeps,
  item: ResolvedItem,
  bundle: Bundle,
): Promise<{ members: CaseMember[]; headPersonId: string }> {
  const { file } = bundle;
  if (file.householdId === null) {
    const p = await deps.registry.getPerson(tx, file.applicantId);
    const [first] = item.form.relations;
    const self = { ...p, personId: p.id, relation: first ?? "本人" };
    return { members: [self, ...(await others(tx, deps, bundle))], headPersonId: p.id };
  }
  const household = (await deps.registry.households(tx, [file.householdId])).get(file.householdId);
  const byPerson = new Map<string, CaseMember>();
  for (const m of household?.members ?? []) {
    // Who left stays in the household's own history; who died stays on the page of the case.
    const here = m.toDate === null || (m.diedOn !== null && file.memberIds.includes(m.personId));
    if (here) byPerson.set(m.personId, m);
  }
  const members = [...byPerson.values()];
  if (members.length > 0) return { members, headPersonId: household?.headPersonId ?? file.applicantId };
  // The household was dissolved after the case was closed: those who applied are shown as they are registered now.
  const persons = await deps.registry.persons(tx, file.memberIds);
  return {
    headPersonId: file.applicantId,
    members: file.memberIds.flatMap((id) => {
      const p = persons.get(id);
      return p ? [{ ...p, personId: p.id, relation: "" }] : [];
    }),
  };
}

/** Whom a person's application named beside him. They may be registered anywhere in the county, or die, like anybody. */
async function others(tx: Tx, deps: CasesDeps, bundle: Bundle): Promise<CaseMember[]> {
  const named = bundle.actions[0]?.outcome.application?.others ?? {};
  const ids = Object.keys(named);
  if (ids.length === 0) return [];
  const persons = await asHouse(tx, () => deps.registry.persons(tx, ids));
  return ids.flatMap((id) => {
    const p = persons.get(id);
    return p ? [{ ...p, personId: id, relation: named[id] ?? "" }] : [];
  });
}

/** Facts of the form as a whole: the household's, or, where no household is opened, the case's own. */
export function wholeSubject(file: Bundle["file"]): Subject {
  return file.householdId === null
    ? { kind: "case", id: file.id }
    : { kind: "household", id: file.householdId };
}

export async function standingFacts(
  tx: Tx,
  deps: CasesDeps,
  bundle: Bundle,
  members: readonly CaseMember[],
): Promise<StandingFacts> {
  const subjects: Subject[] = [
    wholeSubject(bundle.file),
    ...members.map((m): Subject => ({ kind: "person", id: m.personId })),
  ];
  const current = await deps.facts.current(tx, subjects);
  const since = freshSince(bundle);
  return new Map(
    [...current].map(([key, facts]) => [
      key,
      new Map([...facts].map(([name, fact]) => [name, standing(fact, since)])),
    ]),
  );
}

/**
 * An application, and every decision, opens a new situation: what is said after it outranks what was said before, however
 * strong; older facts only fill the gaps. Within one situation the stronger source stands.
 */
export function standing(fact: CurrentFact, since: string): CurrentFact {
  if (fact.recordedAt > since) return fact;
  const fresh = fact.others.filter((o) => o.recordedAt > since);
  const [best, ...rest] = fresh.toSorted((a, b) => b.rank - a.rank || (a.recordedAt < b.recordedAt ? 1 : -1));
  if (!best) return fact;
  const older: Fact[] = [fact, ...fact.others.filter((o) => o.recordedAt <= since)];
  return { ...best, others: [...rest, ...older] };
}

function freshSince(bundle: Bundle): string {
  const settled = bundle.actions.findLast((a) => a.outcome.decision);
  if (settled) return settled.at;
  const [first] = bundle.actions;
  // The facts of the application carry its very instant.
  return first ? new Date(Date.parse(first.at) - 1).toISOString() : "";
}

export function currentValue(c: OpenCase, subject: string, fact: string): Scalar | undefined {
  const key = subjectKey(
    subject === "household" ? wholeSubject(c.bundle.file) : { kind: "person", id: subject },
  );
  return c.facts.get(key)?.get(fact)?.value;
}

/** First month paid for a decision of today; a county that has not chosen pays from the next month (57号 第二十一条). */
export function startMonth(c: Pick<OpenCase, "item" | "switches" | "today" | "state">): Month {
  const { starts } = c.item.entitlement;
  const choice = typeof starts === "string" ? starts : c.switches[starts.switch];
  const [applied] = c.state.history;
  // Only the first decision reaches back to the application: what changes afterwards changes from the next month.
  if (choice === "application-month" && applied && c.state.decisions.length === 0) return monthOf(applied.on);
  return addMonths(monthOf(c.today), choice === "this-month" ? 0 : 1);
}

export function assessCase(tx: Tx, deps: CasesDeps, c: OpenCase, month = startMonth(c)): Assessment {
  const facts = (subject: Subject): PolicyFacts =>
    Object.fromEntries(
      [...(c.facts.get(subjectKey(subject)) ?? [])].map(([name, f]) => [
        name,
        { value: f.value, source: f.source, date: f.validFrom },
      ]),
    );
  return assess(c.item, ruleSetOf(deps, c.item, tx.actor.countyCode, month), {
    month,
    areaClass: c.bundle.file.areaClass,
    household: facts(wholeSubject(c.bundle.file)),
    members: c.members.map((m) => ({
      ...m,
      inCounty: true, // everybody in the county's registry lives in it
      facts: facts({ kind: "person", id: m.personId }),
      ...(c.drawn ? { drawn: c.drawn.get(m.personId) ?? [] } : {}),
    })),
  });
}

/** Living adults: each must have signed before anything is verified. */
export const mustSign = (members: readonly CaseMember[], today: IsoDate): CaseMember[] =>
  members.filter((m) => m.diedOn === null && ageOn(m.birthDate, today) >= 18);

export function valueContext(c: OpenCase, assessment?: Assessment): ValueContext {
  return {
    item: c.item,
    state: c.state,
    today: c.today,
    switches: c.switches,
    objections: c.bundle.objections,
    members: { total: c.members.length, living: c.members.filter((m) => m.diedOn === null).length },
    mustSign: mustSign(c.members, c.today).map((m) => m.personId),
    ...(assessment ? { assessment } : {}),
  };
}

/**
 * What conditions see; the rules are asked only when a condition of this state asks them.
 * @param known what they said already; null when they cannot say anything, and then nothing that asks them is possible
 */
export function caseValues(
  tx: Tx,
  deps: CasesDeps,
  c: OpenCase,
  known?: Assessment | null,
): Record<string, unknown> {
  if (known !== undefined) return valuesOf(valueContext(c, known ?? undefined));
  const asks = asksDecision(c.item.flow, c.state.state);
  return valuesOf(valueContext(c, asks ? assessCase(tx, deps, c) : undefined));
}
