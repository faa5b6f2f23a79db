/** Self-check answers carried into an application: the same fact is not asked twice. */
import type { Field, Scalar } from "../app/types.ts";
import type { CheckAnswers } from "../check/sequence.ts";
import { addMember, changeForm, type Filling } from "./model.ts";
import type { Applied } from "./steps.ts";

const take = (fields: readonly Field[], facts: Readonly<Record<string, Scalar>>): Record<string, Scalar> =>
  Object.fromEntries(
    fields
      .filter((f) => f.fact !== undefined && facts[f.fact] !== undefined)
      .map((f): [string, Scalar] => [f.name, facts[f.fact ?? ""] ?? null]),
  );

/** Fills only what is still empty; people of the self-check become members by their place in the list. */
export function carryOver(item: Applied, f: Filling, answers: CheckAnswers): Filling {
  let next = f;
  const people = item.subject === "person" ? answers.people.slice(0, 1) : answers.people;
  while (next.form.members.length < people.length) next = addMember(next);
  return changeForm(next, {
    household: { ...take(item.form.household, answers.household), ...next.form.household },
    members: next.form.members.map((m, i) => {
      const person = people[i];
      if (!person) return m;
      const relation = m.relation || !item.form.relations.includes(person.label) ? m.relation : person.label;
      return { ...m, relation, facts: { ...take(item.form.member, person.facts), ...m.facts } };
    }),
  });
}
