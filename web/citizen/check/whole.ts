/** The check of all benefits: what goes to the server, and which page an address means. Pure. */
import type { Question, Scalar } from "../app/types.ts";
import type { CheckAnswers } from "./sequence.ts";

export interface WholeInput {
  household: Record<string, Scalar>;
  members: { relation: string; facts: Record<string, Scalar> }[];
  unsure: string[];
}

/** Whoever asks is 本人, whatever he is called on the page. */
export const wholeInput = (a: CheckAnswers): WholeInput => ({
  household: { ...a.household },
  members: (a.people.length > 0 ? a.people : [{ label: "", facts: {} }]).map((p, i) => ({
    relation: i === 0 ? "本人" : p.label,
    facts: { ...p.facts },
  })),
  unsure: [...a.unsure],
});

/** Whom a question is put to: those who still wait for it, or, looked at again, those who have answered. */
export function askedOf(
  q: Question,
  a: CheckAnswers,
  next: { readonly fact: string; readonly people: readonly number[] } | null,
): number[] {
  if (q.entity === "household") return [];
  const people = a.people.length > 0 ? a.people : [{ label: "", facts: {} }];
  const answered = people.flatMap((p, i) => (p.facts[q.fact] !== undefined ? [i] : []));
  const waiting = next?.fact === q.fact ? next.people : [];
  return [...new Set([...answered, ...waiting])].sort((x, y) => x - y);
}

/** How many pages lie behind: for the progress of a row of questions whose end nobody knows. */
export const answeredFacts = (a: CheckAnswers): number =>
  new Set([...Object.keys(a.household), ...a.people.flatMap((p) => Object.keys(p.facts)), ...a.unsure]).size;
