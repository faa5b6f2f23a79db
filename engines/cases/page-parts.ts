/** The blocks of a case page: members, facts, papers, verifications, what happened. */
import type { Field, FieldValue } from "@wuxin/declare";
import { ageOn, type IsoDate, type Scalar } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { conditionText } from "@wuxin/policy";
import { subjectKey } from "../facts/index.ts";
import { roleName } from "./act.ts";
import type { Assessment } from "./assessment.ts";
import type { CasesDeps } from "./deps.ts";
import { type OpenCase, startMonth, wholeSubject } from "./gather.ts";
import type { CaseAction } from "./model.ts";
import { questionsOf } from "./questions.ts";
import { fieldText, filesOf, scalarText } from "./text.ts";
import { committedMaterials, givenMaterials, missingMaterials } from "./values.ts";
import type { CasePage, FactView, MemberView } from "./views.ts";

export function memberView(
  m: OpenCase["members"][number],
  today: IsoDate,
  counted: ReadonlyMap<string, boolean | null>,
  assessment: Assessment | null,
): MemberView {
  const is = m.diedOn !== null && !counted.has(m.personId) ? false : (counted.get(m.personId) ?? null);
  return {
    personId: m.personId,
    name: m.name,
    idNoMasked: m.idNoMasked,
    relation: m.relation,
    sex: m.sex,
    birthDate: m.birthDate,
    age: ageOn(m.birthDate, m.diedOn ?? today),
    diedOn: m.diedOn,
    counted: is,
    notCountedWhy: is === false ? whyNot(m, assessment) : null,
  };
}

function whyNot(m: OpenCase["members"][number], assessment: Assessment | null): string {
  if (m.diedOn !== null) return `已于 ${m.diedOn} 去世`;
  const at = assessment?.inputs.persons.findIndex((p) => p.personId === m.personId) ?? -1;
  const failed = assessment?.decision.steps.find((s) => s.member === at && s.firstFailed !== undefined);
  return failed?.firstFailed
    ? `不满足「${conditionText(failed.firstFailed)}」${failed.article ? `（${failed.article}）` : ""}`
    : "按规则不计入";
}

/** The facts that this item's form and rules speak of, and no others: what the office need not know it does not see. */
export function factViews(deps: CasesDeps, tx: Tx, c: OpenCase): FactView[] {
  const rules = c.item.ruleSet({
    code: tx.actor.countyCode,
    standards: deps.counties.standards(tx.actor.countyCode),
    month: startMonth(c),
  });
  const inputs = new Map(rules.inputs.map((i) => [i.name, i]));
  const fields = new Map(
    [
      ...c.item.form.household,
      ...c.item.form.member,
      ...c.item.flow.actions.flatMap((a) => a.fields),
    ].flatMap((f) => (f.fact ? [[f.fact, f] as const] : [])),
  );
  const subjects = [
    { key: subjectKey(wholeSubject(c.bundle.file)), name: "家庭", personId: null as string | null },
    ...c.members.map((m) => ({
      key: subjectKey({ kind: "person", id: m.personId }),
      name: m.name,
      personId: m.personId as string | null,
    })),
  ];
  return subjects.flatMap((s) =>
    [...(c.facts.get(s.key)?.values() ?? [])].flatMap((f): FactView[] => {
      const field = fields.get(f.name);
      const input = inputs.get(f.name);
      if (!field && !input) return [];
      const shape: Pick<Field, "type" | "unit" | "choices"> = field ?? {
        type: input?.type === "money" ? "money" : "text",
        ...(input?.unit && input.type !== "money" ? { unit: input.unit } : {}),
      };
      const text = (v: Scalar) => scalarText(shape, v);
      return [
        {
          subject: s.name,
          personId: s.personId,
          fact: f.name,
          label: field?.label ?? input?.label ?? f.name,
          value: f.value,
          text: text(f.value),
          source: f.source,
          date: f.validFrom,
          recordedBy: f.recordedByName,
          others: f.others.map((o) => ({ text: text(o.value), source: o.source, date: o.validFrom })),
        },
      ];
    }),
  );
}

export function materialViews(c: OpenCase): CasePage["materials"] {
  const given = givenMaterials(c.item, c.state);
  const committed = committedMaterials(c.item, c.state);
  const missing = new Set(missingMaterials(c.item, c.state).map((m) => m.code));
  return c.item.form.materials.map((m) => {
    const file = given.get(m.code);
    return {
      code: m.code,
      title: m.title,
      fileId: file?.fileId ?? null,
      name: file ? (file.name ?? m.title) : m.obtainedBySharing ? "由政府部门共享取得" : null,
      commitment: committed.has(m.code),
      missing: missing.has(m.code),
    };
  });
}

export function verificationViews(c: OpenCase): CasePage["verifications"] {
  const fields = new Map(
    [...c.item.form.household, ...c.item.form.member].flatMap((f) => (f.fact ? [[f.fact, f] as const] : [])),
  );
  const text = (fact: string, v: Scalar) => {
    const f = fields.get(fact);
    return (f ? scalarText(f, v) : v === null ? "" : String(v)) || "未申报";
  };
  const person = (id: string | null) =>
    id === null ? "家庭" : (c.members.find((m) => m.personId === id)?.name ?? "原家庭成员");
  return c.state.verifications
    .map((v) => ({
      number: v.number,
      requestedOn: v.requestedOn,
      answeredOn: v.answer?.on ?? null,
      reportNumber: v.answer?.reportNumber ?? null,
      validUntil: v.answer?.validUntil ?? null,
      confirmedBy: v.confirmedBy,
      unconfirmed: v.confirmedBy === null && (v.answer?.rows.some((r) => r.adopted !== undefined) ?? false),
      rows: (v.answer?.rows ?? []).map((r) => ({
        person: person(r.personId),
        fact: fields.get(r.fact)?.label ?? r.fact,
        declared: text(r.fact, r.declared),
        found: text(r.fact, r.found),
        adopted: text(r.fact, r.adopted ?? r.found),
        differs: r.declared !== r.found,
      })),
    }))
    .reverse();
}

export function historyEntry(c: OpenCase, a: CaseAction): CasePage["history"][number] {
  const def = c.item.flow.actions.find((x) => x.id === a.action);
  const none = () => undefined;
  const fields = def ? questionsOf(c.item, def, c.members, none).fields : [];
  const note = a.data.note ?? a.data.reason;
  const rows = fields
    .filter((f) => a.data[f.name] !== undefined && f.name !== "note" && f.name !== "reason")
    .map((f) => ({
      label: f.group ? `${f.group} ${f.label}` : f.label,
      text: fieldText(f, a.data[f.name] as FieldValue),
      fileIds: filesOf(f, a.data[f.name]),
    }));
  const given = a.outcome.documents?.map((d) => d.number) ?? [];
  if (given.length > 0) rows.push({ label: "文书", text: given.join("、"), fileIds: [] });
  if (a.outcome.verification)
    rows.push({ label: "核对编号", text: a.outcome.verification.number, fileIds: [] });
  return {
    seq: a.seq,
    action: a.action,
    label: def?.label ?? a.action,
    at: a.at,
    actorName: a.actor.name,
    role: roleName(a.actor.role),
    note: typeof note === "string" && note !== "" ? note : null,
    rows,
  };
}
