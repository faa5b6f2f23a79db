/** The self-check as a row of pages: pure, so that it can be tested without a browser. */
import type { Field, Question, Scalar } from "../app/types.ts";

export interface CheckPerson {
  readonly label: string;
  readonly facts: Readonly<Record<string, Scalar>>;
}
/** Answers by the names of the rule set's facts; shared by all items of a county, so nothing is asked twice. */
export interface CheckAnswers {
  readonly household: Readonly<Record<string, Scalar>>;
  readonly people: readonly CheckPerson[];
  /** 「不清楚」: questions passed over on purpose. */
  readonly unsure: readonly string[];
}
export const NO_ANSWERS: CheckAnswers = { household: {}, people: [], unsure: [] };

export type CheckPage =
  | { readonly kind: "people"; readonly key: "people" }
  | { readonly kind: "question"; readonly key: string; readonly question: Question };

interface Checked {
  readonly subject: "household" | "person";
  readonly questions: readonly Question[];
  readonly form: { readonly relations: readonly string[] };
}

/** Whether a question asks what the list of people has answered already (与申请人的关系). */
export const asksRelation = (q: Question, relations: readonly string[]): boolean =>
  q.entity === "member" && q.choices.length > 0 && q.choices.every((c) => relations.includes(c.value));

/** What the rule set explains about relations belongs to the list of people that answers them. */
export const relationHelp = (item: Checked): string | undefined =>
  item.questions.find((q) => asksRelation(q, item.form.relations))?.help ?? undefined;

/** Who lives together first (households only), then one question a page, in the order of the rule set. */
export function checkPages(item: Checked): CheckPage[] {
  const household = item.subject === "household";
  const pages: CheckPage[] = household ? [{ kind: "people", key: "people" }] : [];
  for (const [i, question] of item.questions.entries())
    if (!household || !asksRelation(question, item.form.relations))
      pages.push({ kind: "question", key: String(i + 1), question });
  return pages;
}

/** A question as a field, so that it is typed and checked like every other input. */
export const fieldOf = (q: Question): Field => ({
  name: q.fact,
  label: q.question,
  type: q.type,
  ...(q.help === null ? {} : { help: q.help }),
  ...(q.unit === null ? {} : { unit: q.unit }),
  choices: q.choices,
});

/** The people a page is about: everybody of the household, or only oneself. */
export const peopleOf = (item: Checked, answers: CheckAnswers, me: string): readonly CheckPerson[] => {
  const people = answers.people.length > 0 ? answers.people : [{ label: me, facts: {} }];
  return item.subject === "household" ? people : people.slice(0, 1);
};

export function answerHousehold(a: CheckAnswers, fact: string, value: Scalar | undefined): CheckAnswers {
  return { ...a, household: put(a.household, fact, value), unsure: a.unsure.filter((u) => u !== fact) };
}

export function answerPerson(
  a: CheckAnswers,
  index: number,
  fact: string,
  value: Scalar | undefined,
): CheckAnswers {
  return {
    ...a,
    people: a.people.map((p, i) => (i === index ? { ...p, facts: put(p.facts, fact, value) } : p)),
    unsure: a.unsure.filter((u) => u !== fact),
  };
}

const put = (facts: Readonly<Record<string, Scalar>>, fact: string, value: Scalar | undefined) => {
  const { [fact]: _, ...rest } = facts;
  return value === undefined || value === null ? rest : { ...rest, [fact]: value };
};

/** What goes to the server: only this item's questions, with the relations from the list of people. */
export function checkInput(
  item: Checked,
  answers: CheckAnswers,
  me: string,
): { household: Record<string, Scalar>; members: Record<string, Scalar>[] } {
  const pick = (facts: Readonly<Record<string, Scalar>>, entity: Question["entity"]) =>
    Object.fromEntries(
      item.questions
        .filter((q) => q.entity === entity && facts[q.fact] !== undefined)
        .map((q): [string, Scalar] => [q.fact, facts[q.fact] ?? null]),
    );
  return {
    household: pick(answers.household, "household"),
    members: peopleOf(item, answers, me).map((p, i) => {
      const facts = pick(p.facts, "member");
      for (const q of item.questions)
        if (asksRelation(q, item.form.relations)) {
          const said = i === 0 ? item.form.relations[0] : p.label;
          if (said !== undefined && q.choices.some((c) => c.value === said)) facts[q.fact] = said;
        }
      return facts;
    }),
  };
}
