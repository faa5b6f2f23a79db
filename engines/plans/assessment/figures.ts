/** Figures that the report of an assessment is made of, by name, so that they can be read again. Pure. */
import type { Figure } from "../summary/model.ts";
import { type Content, GRADES, type Grade, totalsOf } from "./model.ts";
import type { AdjustmentRecord } from "./store.ts";

export type AssessedOf =
  | ("aim" | "planned" | "reached" | "reachedPercent" | "weight" | "before" | "after")
  | ("lines" | "progress" | "plannedProgress" | "done")
  | `grade-${Grade}`;
export const ASSESSED_WORDS: Readonly<Record<string, string>> = {
  ...{
    aim: "目标",
    planned: "按规划应达到",
    reached: "实际达到",
    reachedPercent: "完成的比例",
    weight: "权重",
  },
  ...{ before: "调整前的目标", after: "调整后的目标", lines: "目标数", progress: "按权重的进度" },
  ...{ plannedProgress: "按权重应有的进度", done: "已完成目标的权重" },
  ...Object.fromEntries(GRADES.map((g) => [`grade-${g}`, "各级目标数"])),
};

/** Null: there is no such figure. */
export function assessedFigure(
  { lines }: Content,
  adjustments: readonly AdjustmentRecord[],
  targetId: string | null,
  of: AssessedOf,
): Pick<Figure, "value" | "unit"> | null {
  if (targetId === null) {
    const totals = totalsOf(lines);
    if (of === "lines") return { value: lines.length, unit: "项" };
    if (of === "progress") return { value: totals.progress, unit: "%" };
    if (of === "plannedProgress") return { value: totals.planned, unit: "%" };
    if (of === "done") return { value: totals.done, unit: "%" };
    const grade = GRADES.find((g) => of === `grade-${g}`);
    return grade ? { value: totals.grades[grade], unit: "项" } : null;
  }
  const l = lines.find((x) => x.targetId === targetId);
  if (!l) return null;
  const kept = (value: number | null | undefined, unit: string) =>
    value === null || value === undefined ? null : { value, unit };
  const agreed = adjustments.filter((a) => a.targetId === targetId && a.agreed === true);
  switch (of) {
    case "aim":
      return kept(l.value, l.unit);
    case "planned":
      return kept(l.planned, l.unit);
    case "reached":
      return kept(l.reached, l.reachedUnit);
    case "reachedPercent":
      return kept(l.reachedPercent === null ? null : Math.max(0, l.reachedPercent), "%");
    case "weight":
      return kept(l.weight, "%");
    case "before":
      return kept(agreed[0]?.valueBefore, l.unit);
    case "after":
      return kept(agreed.at(-1)?.value, l.unit);
    default:
      return null;
  }
}
