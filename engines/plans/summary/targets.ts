/** What a summary says of a plan: how each target stands, and the counts of it. Pure. */
import type { IsoDate } from "@wuxin/kernel";
import { EVENT_LABELS } from "../model.ts";
import type { TargetView } from "../views.ts";
import type { FigureSource, Period } from "./model.ts";

export interface PlanStanding {
  readonly id: string;
  readonly title: string;
  readonly targets: readonly TargetView[];
}
type PlanCount = Extract<FigureSource, { from: "plan" }>["of"];

export const PLAN_COUNTS: readonly (readonly [PlanCount, string])[] = [
  ["targets", "计划目标"],
  ["met", "已完成目标"],
  ["going", "按进度推进目标"],
  ["behind", "没有完成和滞后目标"],
  ["uncounted", "还没有数的目标"],
  ["urged", "发出督办"],
  ["praised", "通报表扬"],
  ["criticised", "通报批评"],
];

/** Past its day a target is met or it is not; before it, it goes on at its pace or lags. */
export function standsAt(t: TargetView, on: IsoDate): "met" | "going" | "behind" | "uncounted" {
  if (t.light === "done") return "met";
  if (t.light === "unknown") return "uncounted";
  return t.light === "green" && t.due >= on ? "going" : "behind";
}

export function planCount(plan: PlanStanding, of: PlanCount, period: Period, on: IsoDate): number {
  if (of === "targets") return plan.targets.length;
  if (of === "urged" || of === "praised" || of === "criticised") {
    const begin = Date.parse(`${period.since}-01T00:00:00+08:00`);
    const end = Date.parse(`${on}T23:59:59+08:00`);
    return plan.targets
      .flatMap((t) => t.events)
      .filter((e) => e.label === EVENT_LABELS[of])
      .filter((e) => new Date(e.at).getTime() >= begin && new Date(e.at).getTime() <= end).length;
  }
  return plan.targets.filter((t) => standsAt(t, on) === of).length;
}

/** Null where the target has no such number, or where aim and count are in different units. */
export function targetFigure(
  t: TargetView,
  of: "aim" | "now" | "percent" | "gap",
): { value: number; unit: string } | null {
  const aim = t.value ?? (t.comparator === "full" ? 100 : null);
  const unit = t.indicator?.unit ?? t.unit;
  if (of === "aim") return t.value === null ? null : { value: t.value, unit: t.unit };
  if (t.now === null) return null;
  if (of === "now") return { value: t.now, unit };
  if (of === "percent")
    return t.percent === null || unit === "%" ? null : { value: Math.max(0, t.percent), unit: "%" };
  const climbs = ["=", ">=", ">", "full"].includes(t.comparator);
  if (!climbs || aim === null || aim <= t.now || unit !== t.unit) return null;
  const gap = Math.round((aim - t.now) * 1e6) / 1e6;
  return { value: gap, unit: unit === "%" ? "个百分点" : unit };
}
