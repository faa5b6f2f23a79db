/**
 * What an action asks: its own fields, plus those that only the case knows (the form's facts asked again per person,
 * the living members as choices). The browser gets the same list that the service checks.
 */
import {
  type ActionDefinition,
  askedOf,
  checkFields,
  type Field,
  type FieldError,
  type ItemDefinition,
  isEmpty,
  isVisible,
  type Values,
} from "@wuxin/declare";
import type { Condition, IsoDate, Scalar } from "@wuxin/kernel";

export interface AskedMember {
  readonly personId: string;
  readonly name: string;
  readonly relation: string;
  readonly diedOn: IsoDate | null;
}

/** Current value of a fact; `subject` is a person's id or "household". */
export type CurrentValue = (subject: string, fact: string) => Scalar | undefined;

export interface FactField {
  readonly field: Field;
  readonly subject: string;
  readonly fact: string;
}

export interface Questions {
  readonly fields: readonly Field[];
  readonly facts: readonly FactField[];
}

export function questionsOf(
  item: ItemDefinition,
  action: ActionDefinition,
  members: readonly AskedMember[],
  current: CurrentValue,
): Questions {
  const living = members.filter((m) => m.diedOn === null);
  const own = action.fields.map((f) =>
    action.effects?.death && f.name === "personId"
      ? { ...f, choices: living.map((m) => ({ value: m.personId, label: m.name })) }
      : f,
  );
  const facts: FactField[] = [];
  if (action.factFields) {
    facts.push(...asked(item.form.household, "household.", "家庭", "household", current));
    for (const m of living)
      facts.push(
        ...asked(askedOf(item.form.member, m.relation), `member.${m.personId}.`, m.name, m.personId, current),
      );
  }
  return { fields: [...own, ...facts.map((x) => x.field)], facts };
}

function asked(
  fields: readonly Field[],
  prefix: string,
  group: string,
  subject: string,
  current: CurrentValue,
): FactField[] {
  const names = new Set(fields.map((f) => f.name));
  return fields.flatMap((f) => {
    if (!f.fact) return [];
    const { required: _, visible, initial: __, ...rest } = f;
    const value = current(subject, f.fact);
    const field: Field = {
      ...rest,
      name: prefix + f.name,
      group,
      ...(visible ? { visible: rename(visible, names, prefix) } : {}),
      ...(value === undefined ? {} : { initial: value }),
    };
    return [{ field, subject, fact: f.fact }];
  });
}

/** A condition on a sibling field follows the sibling to its new name. */
function rename(c: Condition, names: ReadonlySet<string>, prefix: string): Condition {
  if ("all" in c) return { all: c.all.map((x) => rename(x, names, prefix)) };
  if ("any" in c) return { any: c.any.map((x) => rename(x, names, prefix)) };
  if ("not" in c) return { not: rename(c.not, names, prefix) };
  return names.has(c.field) ? { ...c, field: prefix + c.field } : c;
}

export interface Answers {
  readonly errors: readonly FieldError[];
  /** What was asked and visible; hidden answers are dropped, not stored. */
  readonly data: Values;
  /** Facts answered differently from what is known now. */
  readonly changed: readonly { readonly subject: string; readonly fact: string; readonly value: Scalar }[];
}

/** Checks an action's answers. Facts not sent keep their current value. */
export function readAnswers(q: Questions, data: Values, today: IsoDate, current: CurrentValue): Answers {
  const known: Record<string, Values[string]> = {};
  for (const x of q.facts) {
    const value = current(x.subject, x.fact);
    if (value !== undefined) known[x.field.name] = value;
  }
  const merged: Values = { ...known, ...data };
  const errors = checkFields(q.fields, merged, today);
  const kept: Record<string, Values[string]> = {};
  for (const f of q.fields) {
    const v = data[f.name];
    if (v !== undefined && !isEmpty(v) && isVisible(f, merged)) kept[f.name] = v;
  }
  const changed = q.facts.flatMap(({ field, subject, fact }) => {
    const value = kept[field.name] as Scalar | undefined;
    return value === undefined || value === (current(subject, fact) ?? null)
      ? []
      : [{ subject, fact, value }];
  });
  return { errors, data: kept, changed };
}
