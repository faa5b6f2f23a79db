/** 民生实事: how much of what was promised was accepted, where, against which standard, and what people think of it. Pure. */
import type { IsoDate } from "@wuxin/kernel";
import { number } from "./aim.ts";
import { counts, type EvidenceRecord } from "./evidence-store.ts";
import type { Aim, Target } from "./model.ts";
import type { Step } from "./steps.ts";

export const EVIDENCE_LABELS = { figure: "佐证", acceptance: "验收单", survey: "满意度调查" } as const;
export type EvidenceKind = keyof typeof EVIDENCE_LABELS;

/** What is good enough, and which document says so. */
export interface Quality {
  readonly text: string;
  readonly source: string;
}
export const standardText = (q: Quality): string => `${q.text}（${q.source}）`;

/** A quantity that pieces add up to; a share or 全覆盖 is none. */
export const countable = (a: Aim): boolean =>
  a.value !== null && a.value > 0 && [">=", "=", ">"].includes(a.comparator) && !a.unit.includes("%");

export interface Livelihood {
  readonly quality: Quality | null;
  readonly countable: boolean;
  /** Only what a second person confirmed. */
  readonly accepted: number;
  readonly acceptedText: string;
  /** Of what was promised; null where the aim is no quantity. */
  readonly acceptedPercent: number | null;
  readonly shares: readonly {
    readonly divisionName: string;
    readonly given: number;
    readonly accepted: number;
  }[];
  /** The newest survey that a second person confirmed. */
  readonly satisfaction: {
    readonly percent: number;
    readonly asked: number;
    readonly asOf: IsoDate;
  } | null;
}

export function livelihoodOf(
  t: Target,
  own: readonly EvidenceRecord[],
  steps: readonly Step[],
  divisionName: (division: string) => string,
): Livelihood {
  const confirmed = own.filter(counts);
  const acceptances = confirmed.filter((e) => e.kind === "acceptance");
  const accepted = sum(acceptances.map((e) => e.value));
  const given = steps.filter((s) => s.targetId === t.id && s.quantity !== null);
  const divisions = new Set([...given.map((s) => s.division), ...acceptances.map((e) => e.division)]);
  const survey = confirmed.find((e) => e.kind === "survey");
  return {
    quality: t.quality,
    countable: countable(t),
    accepted,
    acceptedText: `${number(accepted)} ${t.unit}`.trim(),
    acceptedPercent: countable(t) ? percent(accepted, t.value as number) : null,
    shares: [...divisions].sort().map((d) => ({
      divisionName: d === null ? "县级" : divisionName(d),
      given: sum(given.filter((s) => s.division === d).map((s) => s.quantity ?? 0)),
      accepted: sum(acceptances.filter((e) => e.division === d).map((e) => e.value)),
    })),
    satisfaction: survey?.asked
      ? { percent: percent(survey.value, survey.asked), asked: survey.asked, asOf: survey.asOf }
      : null,
  };
}

const sum = (list: readonly number[]): number => Math.round(list.reduce((a, b) => a + b, 0) * 100) / 100;
const percent = (part: number, whole: number): number => Math.round((part / whole) * 10_000) / 100;
