/** A plan's targets as they stand on a day. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { coursesOf, type ReadIndicators } from "./courses.ts";
import * as evidence from "./evidence-store.ts";
import { foldTargets, type PlanEvent } from "./model.ts";
import type { PlansDeps } from "./ports.ts";
import { foldSteps } from "./steps.ts";
import * as store from "./store.ts";
import { type TargetView, viewsOf } from "./views.ts";
import { weighingOf } from "./weights.ts";

export interface OnDay {
  /** Ledgers and evidence up to this day. */
  readonly counted: IsoDate;
  /** The day on which the light is told: the day after a period, so that what is due on its last day is judged. */
  readonly judged: IsoDate;
  /** What is not taken into account: the adjustments that an assessment itself brought about. */
  readonly without?: (e: PlanEvent) => boolean;
}

export async function standing(
  tx: Tx,
  deps: Pick<PlansDeps, "thresholds" | "indicators" | "divisionName">,
  plan: store.PlanRecord,
  read: ReadIndicators,
  { counted, judged, without }: OnDay,
): Promise<TargetView[]> {
  const all = await store.events(tx, plan.id);
  const events = without ? all.filter((e) => !without(e)) : all;
  const targets = foldTargets(events);
  const bound = deps.indicators.filter((i) => targets.some((t) => t.indicator === i.code));
  const courses = await coursesOf(read, bound, counted, plan.year, plan.untilYear);
  const given = (await evidence.ofPlan(tx, plan.id)).filter((e) => e.asOf <= counted);
  return viewsOf(plan, targets, given, courses, deps.indicators, foldSteps(plan.id, events), {
    weighing: weighingOf(events),
    today: judged,
    limits: deps.thresholds(tx.actor.countyCode),
    divisionName: (division) => deps.divisionName(tx.actor.countyCode, division),
  });
}
