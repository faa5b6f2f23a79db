/**
 * 核对: what a numbered report found, put beside what is recorded; who adopts another figure says why, and somebody else
 * confirms it (row MV-02). The report is made by a later engine and asked for through `deps.findings`.
 */
import type { ActionDefinition, Field, FieldError, Values } from "@wuxin/declare";
import type { IsoDate, Scalar } from "@wuxin/kernel";
import type { FoundRow } from "./model.ts";
import type { CurrentValue, Questions } from "./questions.ts";
import { scalarText } from "./text.ts";

export interface Finding {
  /** Null: of the whole. */
  readonly personId: string | null;
  readonly fact: string;
  readonly found: Scalar;
  /** Whose list, as of which day. */
  readonly from: string;
}
export interface CheckFindings {
  readonly number: string;
  readonly madeOn: IsoDate;
  readonly validUntil: IsoDate;
  readonly rows: readonly Finding[];
}

const subjectOf = (f: Finding): string => f.personId ?? "household";
const findingFor = (findings: CheckFindings | null, subject: string, fact: string): Finding | undefined =>
  findings?.rows.find((r) => r.fact === fact && subjectOf(r) === subject);

/** The questions of the step, filled with what was found; what is recorded so far stands beside it. */
export function withFindings(
  q: Questions,
  action: ActionDefinition,
  findings: CheckFindings | null,
  current: CurrentValue,
): Questions {
  if (!action.effects?.answerVerification || !findings) return q;
  const facts = q.facts.map((x) => {
    const f = findingFor(findings, x.subject, x.fact);
    if (!f) return x;
    const recorded = current(x.subject, x.fact);
    const known = scalarText(x.field, recorded) || "没有填";
    const field: Field = {
      ...x.field,
      initial: f.found,
      ...(f.found === recorded ? {} : { attention: true }),
      help: `查得 ${scalarText(x.field, f.found)}（${f.from}）；现记 ${known}。`,
    };
    return { ...x, field };
  });
  const changed = new Map(facts.map((x) => [x.field.name, x.field]));
  return { fields: q.fields.map((f) => changed.get(f.name) ?? f), facts };
}

/** What the head of the report says, for the fields of those names. */
export const headOf = (findings: CheckFindings): Values => ({
  reportNumber: findings.number,
  on: findings.madeOn,
  validUntil: findings.validUntil,
});

/** Declared, found and adopted, for everything that the report or the answer spoke of. */
export function foundRows(
  q: Questions,
  data: Values,
  findings: CheckFindings | null,
  current: CurrentValue,
): FoundRow[] {
  // Another number is another report: what it found is what is entered.
  const ours = findings !== null && data.reportNumber === findings.number ? findings : null;
  return q.facts.flatMap(({ field, subject, fact }): FoundRow[] => {
    const entered = data[field.name] as Scalar | undefined;
    const f = findingFor(ours, subject, fact);
    if (entered === undefined && !f) return [];
    const declared = current(subject, fact) ?? null;
    const adopted = entered === undefined ? declared : entered;
    const found = f ? f.found : adopted;
    return [
      {
        ...{ personId: subject === "household" ? null : subject, fact, declared, found },
        ...(adopted === found ? {} : { adopted }),
      },
    ];
  });
}

/** What differs is explained before anything follows from it. */
export function unexplained(
  action: ActionDefinition,
  q: Questions,
  rows: readonly FoundRow[],
  data: Values,
): FieldError[] {
  const asks = action.fields.some((f) => f.name === "difference");
  if (!action.effects?.answerVerification || !asks) return [];
  if (typeof data.difference === "string" && data.difference.trim().length >= 2) return [];
  const named = (r: FoundRow) => {
    const asked = q.facts.find((x) => x.fact === r.fact && x.subject === (r.personId ?? "household"));
    return asked ? `${asked.field.group ?? ""}${asked.field.label}` : r.fact;
  };
  const differing = rows.filter((r) => r.declared !== r.found || r.adopted !== undefined);
  if (differing.length === 0) return [];
  return [
    {
      field: "difference",
      message: `申报、查得和采用的不一致：${differing.map(named).join("、")}。请写明原因，以及为什么采用这个数。`,
    },
  ];
}
