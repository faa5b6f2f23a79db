/** The answers of a step as lines to read before submitting. */
import type { Division, Field, FieldValue } from "../app/types.ts";
import { valueWords } from "../parts/value.ts";
import { t } from "../texts/index.ts";
import { accountFields, addressFields, agentFields, applicantFields } from "./built-in.ts";
import { applicantOf, type Filling } from "./model.ts";
import { type Applied, papersOf, type Step } from "./steps.ts";

type Line = readonly [label: string, text: string];

export function summaryOf(step: Step, item: Applied, f: Filling, places: readonly Division[]): Line[] {
  const { form, page } = f;
  const lines = (
    fields: readonly Field[],
    values: Readonly<Record<string, FieldValue | undefined>>,
  ): Line[] => fields.map((x) => [x.label, valueWords(x, values[x.name], places)]);
  switch (step.kind) {
    case "who": {
      const a = form.agent;
      if (!page.forOther || !a) return [[t("who.applies"), t("who.me")]];
      return [
        [t("who.applies"), t("who.other")],
        ...lines(agentFields(), {
          agentName: a.name,
          agentIdNo: a.idNo,
          agentPhone: a.phone,
          agentRelation: a.relation,
        }),
      ];
    }
    case "applicant": {
      const me = applicantOf(f);
      return lines(applicantFields(), { name: me.name, idNo: me.idNo, phone: me.phone });
    }
    case "family":
      return form.members.map((m): Line => [m.relation || t("family.who"), `${m.name} ${m.idNo}`]);
    case "address":
      return lines(addressFields(), {
        divisionCode: form.divisionCode,
        address: form.address,
        areaClass: form.areaClass,
      });
    case "household":
      return [[step.field.label, valueWords(step.field, form.household[step.field.name], places)]];
    case "member":
      return step.members.map(
        (m): Line => [
          form.members.length > 1 ? m.name || m.relation : step.field.label,
          valueWords(step.field, m.facts[step.field.name], places),
        ],
      );
    case "account":
      return lines(accountFields(), { ...form.account });
    case "relatives":
      return page.relatives
        ? form.relatives.map((r): Line => [r.staffName, `${r.unit} ${r.relation}`])
        : [[t("relatives.short"), t("field.no")]];
    case "materials":
      return papersOf(item, f).asked.map((m): Line => {
        const n = form.materials.filter((x) => x.code === m.code).length;
        if (n > 0) return [m.title, t("review.files", { n })];
        if (form.commitments.includes(m.code)) return [m.title, t("review.commitment")];
        return [m.title, page.later.includes(m.code) ? t("review.later") : t("review.nothing")];
      });
    case "authorise":
      return (form.authorised?.signers ?? []).map(
        (s): Line => [form.members.find((m) => m.key === s.key)?.name ?? "", t("review.signed")],
      );
    case "review":
      return [];
  }
}
