/** An assessment of a plan of several years: what each line was to have reached by a day, and what it had reached. Pure. */
import { addDays, daysBetween, firstDay, type IsoDate, type Month } from "@wuxin/kernel";
import type { Thresholds } from "../light.ts";
import type { MonthRead } from "../summary/model.ts";
import type { TargetView } from "../views.ts";

export const ASSESSMENTS = { mid: "中期评估", end: "终期评估" } as const;
export type AssessmentKind = keyof typeof ASSESSMENTS;

export const GRADES = ["reached", "on", "near", "behind", "far", "unknown"] as const;
export type Grade = (typeof GRADES)[number];
export const GRADE_LABELS: Record<AssessmentKind, Record<Grade, string>> = {
  mid: {
    ...{ reached: "已经完成", on: "达到进度", near: "基本达到进度", behind: "滞后", far: "严重滞后" },
    unknown: "没有数",
  },
  end: {
    ...{ reached: "完成", on: "做到", near: "基本完成", behind: "没有完成", far: "差距较大" },
    unknown: "没有数",
  },
};
/** Of these somebody says why, and what is done about it. */
export const asksWords = (g: Grade): boolean => g === "behind" || g === "far" || g === "unknown";

export interface Line {
  readonly targetId: string;
  readonly object: string;
  readonly aimText: string;
  readonly value: number | null;
  readonly unit: string;
  readonly due: IsoDate;
  /** Of a hundred for the plan. */
  readonly weight: number;
  /** Null where the aim is no number to climb to: an upper limit, or not lower than before. */
  readonly planned: number | null;
  readonly plannedPercent: number | null;
  readonly reached: number | null;
  readonly reachedUnit: string;
  readonly reachedPercent: number | null;
  readonly grade: Grade;
  readonly source:
    | {
        readonly from: "indicator";
        readonly code: string;
        readonly name: string;
        readonly months: readonly MonthRead[];
      }
    | {
        readonly from: "evidence";
        readonly asOf: IsoDate;
        readonly words: string;
        readonly by: string;
        readonly confirmedBy: string;
      }
    | null;
}
export interface Content {
  /** The shares by which lines were graded, as the county had declared them that day. */
  readonly limits: Thresholds;
  readonly lines: readonly Line[];
}

/** Of the way from where it began to the aim, what should be behind it on a day, in percent. */
export function plannedPercent(
  t: Pick<TargetView, "yearly" | "yearlyBy" | "value" | "base" | "due">,
  from: IsoDate,
  on: IsoDate,
): number {
  const base = t.base ?? 0;
  if (on >= t.due) return 100;
  if (t.yearlyBy === "line" || t.yearly.length === 0)
    return percent(daysBetween(from, on), daysBetween(from, t.due));
  const whole = t.yearlyBy === "parts" ? sum(t.yearly.map((y) => y.value)) : (t.value ?? 0) - base;
  let behind = 0;
  for (const y of t.yearly) {
    const [first, last] = [firstDay(`${y.year}-01` as Month), `${y.year}-12-31` as IsoDate];
    const end = t.yearlyBy === "parts" ? behind + y.value : y.value - base;
    if (on < first) break;
    const days = daysBetween(first, addDays(last, 1));
    behind += (end - behind) * Math.min(1, daysBetween(first, addDays(on, 1)) / days);
  }
  return percent(behind, whole);
}
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const percent = (part: number, whole: number): number =>
  whole === 0 ? 100 : Math.min(100, Math.max(0, Math.round((part / whole) * 1000) / 10));

/** The declared rule: share reached ÷ share planned, against the county's shares for lights. */
export function gradeOf(
  t: Pick<TargetView, "light" | "percent">,
  planned: number | null,
  limits: Thresholds,
): Grade {
  if (t.light === "unknown") return "unknown";
  if (t.percent === null || planned === null) return t.light === "red" ? "behind" : "on";
  if (t.light === "done" || t.percent >= 100) return "reached";
  const pace = planned === 0 ? 1 : t.percent / planned;
  if (pace >= 1) return "on";
  return pace >= limits.yellow ? "near" : pace >= limits.red ? "behind" : "far";
}
export const ruleText = ({ yellow, red }: Thresholds): string =>
  `完成的比例 ÷ 按规划到这一天应完成的比例：不低于 100% 是达到，不低于 ${whole(yellow)}% 是基本达到，不低于 ${whole(red)}% 是滞后，再低是严重滞后；上限、不低于上年末一类的，做到就是达到。`;
const whole = (share: number): number => Math.round(share * 100);

export interface Totals {
  /** Weighted share of the way done, and what the plan says it should be. */
  readonly progress: number;
  readonly planned: number;
  /** Weights of the lines that are reached: 五年规划进度. */
  readonly done: number;
  readonly grades: Readonly<Record<Grade, number>>;
}
export function totalsOf(lines: readonly Line[]): Totals {
  const grades = Object.fromEntries(GRADES.map((g) => [g, 0])) as Record<Grade, number>;
  for (const l of lines) grades[l.grade]++;
  const weighted = (share: (l: Line) => number) =>
    Math.round(sum(lines.map((l) => (l.weight * share(l)) / 100)) * 10) / 10;
  return {
    grades,
    progress: weighted((l) =>
      l.reachedPercent === null ? (l.grade === "on" ? 100 : 0) : Math.min(100, Math.max(0, l.reachedPercent)),
    ),
    planned: weighted((l) => l.plannedPercent ?? 100),
    done: weighted((l) => (l.grade === "reached" ? 100 : 0)),
  };
}
