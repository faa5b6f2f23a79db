/** What screens show of an assessment. Pure. */
import type { Actor } from "@wuxin/platform";
import { number } from "../aim.ts";
import type { PlanRecord } from "../store.ts";
import { frozenWords } from "../summary/views.ts";
import {
  ASSESSMENTS,
  type AssessmentKind,
  asksWords,
  GRADE_LABELS,
  type Grade,
  type Line,
  ruleText,
  type Totals,
  totalsOf,
} from "./model.ts";
import type { AdjustmentRecord, AssessmentRecord, ReadingRecord, WordRecord } from "./store.ts";

export interface LineView
  extends Pick<
    Line,
    | ("targetId" | "object" | "aimText" | "due" | "weight" | "plannedPercent" | "reachedPercent" | "grade")
    | "value"
  > {
  readonly gradeText: string;
  readonly plannedText: string;
  readonly reachedText: string;
  readonly sourceText: string;
  /** The page with what it was counted from. */
  readonly href: string | null;
  /** It is behind, or nothing counts it: somebody says why. */
  readonly asks: boolean;
  readonly words: Omit<WordRecord, "targetId"> | null;
  readonly can: { readonly say: boolean; readonly adjust: boolean };
}
export interface AssessmentPage {
  readonly id: string;
  readonly planId: string;
  readonly planTitle: string;
  readonly kind: AssessmentKind;
  readonly title: string;
  readonly asOf: string;
  readonly version: number;
  readonly readAt: string;
  readonly readByName: string;
  readonly begunByName: string;
  readonly rule: string;
  readonly totals: Omit<Totals, "grades"> & {
    readonly grades: readonly { readonly grade: Grade; readonly text: string; readonly count: number }[];
  };
  readonly lines: readonly LineView[];
  readonly adjustments: readonly (Omit<AdjustmentRecord, "assessmentId" | "proposedBy"> & {
    readonly object: string;
    readonly unit: string;
    readonly canDecide: boolean;
  })[];
  readonly report: string | null;
  /** Lines of which somebody still has to say why. */
  readonly silent: number;
  readonly can: { readonly edit: boolean; readonly draft: boolean };
}

export function pageOf(of: {
  readonly assessment: AssessmentRecord;
  readonly plan: PlanRecord;
  readonly reading: ReadingRecord;
  readonly report: { readonly id: string } | undefined;
  readonly words: readonly WordRecord[];
  readonly adjustments: readonly AdjustmentRecord[];
  readonly actor: Actor;
  readonly edits: boolean;
}): AssessmentPage {
  const { assessment: a, plan, reading, report } = of;
  const { lines, limits } = reading.content;
  const labels = GRADE_LABELS[a.kind];
  const edit = of.edits && report === undefined;
  const waiting = new Set(of.adjustments.filter((x) => x.agreed === null).map((x) => x.targetId));
  const { grades, ...totals } = totalsOf(lines);
  const views = lines.map((l): LineView => {
    const { unit, planned, reached, reachedUnit, source, ...rest } = l;
    const w = of.words.find((x) => x.targetId === l.targetId);
    return {
      ...rest,
      gradeText: labels[l.grade],
      plannedText: planned === null ? "—" : `${number(planned)} ${unit}`.trim(),
      reachedText: reached === null ? "—" : `${number(reached)} ${reachedUnit}`.trim(),
      sourceText: sourceText(source),
      href:
        source?.from === "indicator"
          ? `/indicators?code=${source.code}&month=${reading.asOf.slice(0, 7)}`
          : null,
      asks: asksWords(l.grade),
      words: w ? { why: w.why, measures: w.measures, at: w.at, byName: w.byName } : null,
      can: { say: edit, adjust: edit && a.kind === "mid" && l.value !== null && !waiting.has(l.targetId) },
    };
  });
  const silent = views.filter((l) => l.asks && l.words === null).length;
  return {
    ...{ id: a.id, planId: plan.id, planTitle: plan.title, kind: a.kind, title: ASSESSMENTS[a.kind] },
    ...{
      asOf: reading.asOf,
      version: reading.version,
      readAt: reading.readAt,
      readByName: reading.readByName,
    },
    ...{
      begunByName: a.begunByName,
      rule: ruleText(limits),
      lines: views,
      report: report?.id ?? null,
      silent,
    },
    totals: {
      ...totals,
      grades: (Object.keys(grades) as Grade[]).map((g) => ({ grade: g, text: labels[g], count: grades[g] })),
    },
    adjustments: of.adjustments.map(({ assessmentId: _, proposedBy, ...x }) => {
      const line = lines.find((l) => l.targetId === x.targetId);
      return {
        ...x,
        ...{ object: line?.object ?? "", unit: line?.unit ?? "" },
        canDecide: of.edits && x.agreed === null && proposedBy !== of.actor.accountId,
      };
    }),
    can: { edit, draft: edit && silent === 0 && waiting.size === 0 },
  };
}

function sourceText(s: Line["source"]): string {
  if (s === null) return "没有台账，也没有经确认的佐证";
  if (s.from === "evidence") return `佐证（截至 ${s.asOf}）：${s.words}${s.by} 填报，${s.confirmedBy} 确认`;
  return `指标「${s.name}」，${frozenWords(s.months)}`;
}
