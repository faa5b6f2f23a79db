import type { IsoDate } from "@wuxin/kernel";

/** Where a fact comes from. The later in the procedure, the stronger. */
export const RANKS = {
  本人申报: 10,
  告知承诺: 10,
  入户调查: 30,
  信息核对: 40,
  乡镇认定: 50,
  县级认定: 60,
} as const;
export type FactSource = keyof typeof RANKS;

export type FactScalar = string | number | boolean | null;
export type SubjectKind = "person" | "household" | "case";

export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

export interface FactInput {
  readonly id: string;
  readonly subject: Subject;
  /** The input's name in the rule set, in Chinese: 每月工资. */
  readonly name: string;
  /** Money is integer 分. */
  readonly value: FactScalar;
  readonly source: FactSource;
  /** What it rests on: report number, survey, page of a form. */
  readonly reference?: string | undefined;
  /** Valid from; today unless given. */
  readonly validFrom?: IsoDate | undefined;
  readonly caseId?: string | undefined;
  /** Required for facts about a case: where it is handled. */
  readonly divisionCode?: string | undefined;
  /** For facts about a case: the resident who may read them. */
  readonly applicantId?: string | undefined;
}

export interface Fact {
  readonly id: string;
  readonly subject: Subject;
  readonly name: string;
  readonly value: FactScalar;
  readonly source: FactSource;
  readonly rank: number;
  readonly reference: string | null;
  readonly validFrom: IsoDate;
  /** ISO instant. */
  readonly recordedAt: string;
  readonly recordedByName: string;
  readonly caseId: string | null;
}

/** The strongest value, and the weaker or earlier ones that say something else. */
export interface CurrentFact extends Fact {
  readonly others: readonly Fact[];
}

export const subjectKey = (s: Subject): string => `${s.kind}:${s.id.toLowerCase()}`;

/** Which of two stands: the higher rank, then the later record, then the later id. */
export function stronger(a: Fact, b: Fact): number {
  if (a.rank !== b.rank) return b.rank - a.rank;
  if (a.recordedAt !== b.recordedAt) return a.recordedAt < b.recordedAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

/**
 * The strongest fact per name among facts of one subject; the order they come in does not matter. `others` holds each
 * differing value once, in its strongest record.
 */
export function strongest(facts: readonly Fact[]): Map<string, CurrentFact> {
  const result = new Map<string, CurrentFact & { others: Fact[] }>();
  for (const f of [...facts].sort(stronger)) {
    const first = result.get(f.name);
    if (!first) result.set(f.name, { ...f, others: [] });
    else if (first.value !== f.value && !first.others.some((o) => o.value === f.value)) first.others.push(f);
  }
  return result;
}
