/** What is wrong with a step, in the words of its fields; the same check decides whether one may go on and submit. */
import { checkFields, isEmpty } from "@wuxin/declare/fields";
import { ageOn, parseResidentId } from "@wuxin/kernel";
import type { Field, FieldError, Values } from "../app/types.ts";
import { t } from "../texts/index.ts";
import {
  accountFields,
  addressFields,
  agentFields,
  applicantFields,
  memberFields,
  relativeFields,
} from "./built-in.ts";
import { applicantOf, type Filling, type Member } from "./model.ts";
import { type Applied, isNeeded, papersOf, type Step } from "./steps.ts";

/** Field names of the steps that hold more than one: `m2.idNo`, `relative.0.unit`, `material.<code>`, `sign.m1`. */
export function problemsOf(item: Applied, step: Step, f: Filling, today: string): FieldError[] {
  const { form, page } = f;
  switch (step.kind) {
    case "who":
      return who(f, today);
    case "applicant": {
      const me = applicantOf(f);
      return [
        ...checkFields(applicantFields(), { name: me.name, idNo: me.idNo, phone: me.phone }, today),
        ...sameId(f, me).map((e) => ({ ...e, field: "idNo" })),
      ];
    }
    case "family":
      return form.members
        .filter((m) => m.key !== form.applicantKey)
        .flatMap((m) => member(item, f, m, today));
    case "address":
      return checkFields(
        addressFields(),
        { divisionCode: form.divisionCode, address: form.address, areaClass: form.areaClass },
        today,
      );
    case "household":
      return one(step.field, form.household, step.field.name, today);
    case "member":
      return step.members.flatMap((m) => one(step.field, m.facts, `${m.key}.${step.field.name}`, today));
    case "account":
      return checkFields(
        accountFields(),
        form.account ?? { bankName: "", accountNo: "", holderName: "" },
        today,
      );
    case "relatives":
      return relatives(f, today);
    case "materials":
      return papersOf(item, f)
        .asked.filter((m) => isNeeded(m, f) && !handedIn(f, m.code))
        .map((m) => ({ field: `material.${m.code}`, message: t("materials.choose", { title: m.title }) }));
    case "authorise": {
      const me = applicantOf(f);
      const signed = form.authorised?.signers.some((s) => s.key === me.key && !isEmpty(s.signature));
      return signed
        ? []
        : [
            {
              field: `sign.${me.key}`,
              message: t("authorise.needed", { name: me.name || t("who.applicant") }),
            },
          ];
    }
    case "review":
      return page.truthful ? [] : [{ field: "truthful", message: t("review.truthfulNeeded") }];
  }
}

const one = (field: Field, values: Values, name: string, today: string): FieldError[] =>
  // Only this field is judged: the others of its group have pages of their own.
  checkFields([{ ...field, visible: { all: [] } }], { [field.name]: values[field.name] }, today).map((e) => ({
    ...e,
    field: name,
  }));

const handedIn = (f: Filling, code: string): boolean =>
  f.form.materials.some((m) => m.code === code) ||
  f.form.commitments.includes(code) ||
  f.page.later.includes(code);

/** Everybody of age signs that the house may look up income and property (57号 第九条). */
export function adultsOf(f: Filling, today: string): Member[] {
  return f.form.members.filter((m) => {
    const read = parseResidentId(m.idNo, today);
    return m.key === f.form.applicantKey || (read.ok && ageOn(read.birthDate, today) >= 18);
  });
}

function who(f: Filling, today: string): FieldError[] {
  if (f.page.forOther === null) return [{ field: "for", message: t("who.choose") }];
  if (!f.page.forOther) return [];
  const a = f.form.agent;
  const errors = checkFields(
    agentFields(),
    { agentName: a?.name, agentIdNo: a?.idNo, agentPhone: a?.phone, agentRelation: a?.relation },
    today,
  );
  if (!a?.consent) errors.push({ field: "consent", message: t("who.consentNeeded") });
  return errors;
}

const idOf = (text: string, today?: string): string => {
  const read = parseResidentId(text, today);
  return read.ok ? read.id : "";
};

/** The same number twice is a slip of the hand, said where it was typed second. */
function sameId(f: Filling, m: Member): FieldError[] {
  const id = idOf(m.idNo);
  if (id === "") return [];
  if (f.form.agent && f.page.forOther && idOf(f.form.agent.idNo) === id && m.key === f.form.applicantKey)
    return [{ field: "idNo", message: t("person.isAgent") }];
  const before = f.form.members.slice(0, f.form.members.indexOf(m)).find((x) => idOf(x.idNo) === id);
  return before
    ? [{ field: "idNo", message: t("person.twice", { name: before.name || t("who.applicant") }) }]
    : [];
}

function member(item: Applied, f: Filling, m: Member, today: string): FieldError[] {
  const fields = memberFields(item.form.relations.slice(1));
  return [
    ...checkFields(fields, { name: m.name, idNo: m.idNo, relation: m.relation }, today),
    ...sameId(f, m),
  ].map((e) => ({ ...e, field: `${m.key}.${e.field}` }));
}

function relatives(f: Filling, today: string): FieldError[] {
  if (f.page.relatives === null) return [{ field: "relatives", message: t("relatives.choose") }];
  if (!f.page.relatives) return [];
  if (f.form.relatives.length === 0) return [{ field: "relatives", message: t("relatives.fill") }];
  return f.form.relatives.flatMap((r, i) =>
    checkFields(relativeFields(), { ...r }, today).map((e) => ({ ...e, field: `relative.${i}.${e.field}` })),
  );
}
