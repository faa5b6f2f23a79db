/** Pure: who falls under a duty, until when, and how two edits of one field meet. No database, no clock. */
import type { DutyDefinition, Field, Values } from "@wuxin/declare";
import {
  addMonths,
  ageOn,
  daysBetween,
  holds,
  type IsoDate,
  isIsoDate,
  lastDay,
  type Month,
  monthOf,
} from "@wuxin/kernel";

/** The period that a repeating duty is in, as its first month: 2026-01, 2026-04 … for every three months. */
export function periodOf(everyMonths: number, today: IsoDate): { period: Month; dueOn: IsoDate } {
  const month = monthOf(today);
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const period = addMonths(month, -(index % everyMonths));
  return { period, dueOn: lastDay(addMonths(period, everyMonths - 1)) };
}

export interface Resident {
  readonly id: string;
  readonly birthDate: IsoDate;
  readonly householdId: string | null;
  /** Living members of the household, this one included; the birth date of the youngest. */
  readonly members: number;
  readonly youngest: IsoDate;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly card: Readonly<Record<string, unknown>>;
}

/** Facts as conditions name them. */
export const factsNamed = (facts: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [`fact.${name}`, value]));

/** A card as conditions name it; of a day also how many days are left until it. */
export function cardNamed(card: Readonly<Record<string, unknown>>, today: IsoDate): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(card)) {
    values[`card.${name}`] = value;
    if (isIsoDate(value)) values[`card.${name}.daysLeft`] = daysBetween(today, String(value));
  }
  return values;
}

/** The first group whose condition holds; undefined: the duty does not ask for this person. */
export function groupOf(
  source: Extract<DutyDefinition["source"], { from: "persons" }>,
  r: Resident,
  today: IsoDate,
): string | undefined {
  const values: Record<string, unknown> = {
    ...factsNamed(r.facts),
    ...cardNamed(r.card, today),
    age: ageOn(r.birthDate, today),
    members: r.members,
    "members.youngest": ageOn(r.youngest, today),
  };
  return source.groups.find((g) => holds(g.when, values))?.name;
}

/** What happens to one field of a card that somebody changed, from the version he had seen. */
export type Merge = "same" | "write" | "conflict";
export function merge(
  base: number,
  mine: unknown,
  now: { readonly version: number; readonly value: unknown } | undefined,
): Merge {
  if (JSON.stringify(mine ?? null) === JSON.stringify(now?.value ?? null)) return "same";
  return base === (now?.version ?? 0) ? "write" : "conflict";
}

/** Questions of several duties, each name once, in the order of the duties. */
export function together(duties: readonly DutyDefinition[], part: "card" | "form"): Field[] {
  const fields = new Map<string, Field>();
  for (const d of duties) for (const f of d[part] ?? []) if (!fields.has(f.name)) fields.set(f.name, f);
  return [...fields.values()];
}

/** The answers to these questions, of all that were given. */
export const namedIn = (fields: readonly Field[], answers: Values): Values =>
  Object.fromEntries(Object.entries(answers).filter(([name]) => fields.some((f) => f.name === name)));
