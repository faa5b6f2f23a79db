/** Plans as they stand today: the page, the list, what everybody may see, and the lights that are kept of them. */
import { DomainError, isUuid, monthOf, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { aimText } from "./aim.ts";
import { ASSESSMENTS } from "./assessment/model.ts";
import * as assessments from "./assessment/store.ts";
import { campaignOf, withInspections } from "./campaign.ts";
import { problemsIn } from "./checklist.ts";
import { type ReadIndicators, readOnce } from "./courses.ts";
import { REPORTS, RUNS, takenBack } from "./may.ts";
import { foldTargets, type Target } from "./model.ts";
import type { PlansDeps } from "./ports.ts";
import { standing as standingOn } from "./standing.ts";
import { foldSteps } from "./steps.ts";
import * as store from "./store.ts";
import {
  brief,
  type PlanBrief,
  type PlanPage,
  type PublicTarget,
  pageOf,
  standingOf,
  stepView,
  type TargetView,
  weighingView,
} from "./views.ts";
import { standingTargets, weighingOf } from "./weights.ts";

export type Looking = ReturnType<typeof createLooking>;

export function createLooking(deps: PlansDeps) {
  const { clock } = deps;

  async function get(tx: Tx, id: string): Promise<store.PlanText> {
    const plan = isUuid(id) ? await store.findPlan(tx, id) : undefined;
    if (!plan) throw new DomainError("not-found", "没有这份计划，请从计划列表进入。");
    return plan;
  }
  async function target(tx: Tx, planId: string, targetId: string): Promise<Target> {
    const found = foldTargets(await store.events(tx, planId)).find((t) => t.id === targetId);
    if (!found || found.dropped)
      throw new DomainError("not-found", "这条目标不在计划里，可能已被删去，请刷新页面。");
    return found;
  }

  const standing = (tx: Tx, plan: store.PlanRecord, read: ReadIndicators) =>
    standingOn(tx, deps, plan, read, { counted: clock.today(), judged: clock.today() });

  /** Without what was told of the year before. */
  const held = async (tx: Tx, plan: store.PlanRecord, read: ReadIndicators) =>
    (await standing(tx, plan, read)).filter((t) => !t.before);

  /** Targets of a plan as they stand today, with light and reason. */
  const targetsWithProgress = async (tx: Tx, planId: string): Promise<TargetView[]> =>
    standing(tx, await get(tx, planId), readOnce(tx, deps));

  async function page(tx: Tx, id: string): Promise<PlanPage> {
    const plan = await get(tx, id);
    const read = readOnce(tx, deps);
    const views = await standing(tx, plan, read);
    const carried: TargetView[] = [];
    for (const p of await store.listPlans(tx)) {
      // What a campaign is about has its own days: the year's plan carries what is owed.
      if (plan.kind === "campaign" || takenBack(plan) || p.untilYear >= plan.year) continue;
      const earlier = await standing(tx, p, read);
      carried.push(...earlier.filter((t) => !t.before && (t.light === "red" || t.light === "unknown")));
    }
    return pageOf(plan, views, deps.indicators, { carried, ...(await around(tx, plan)) });
  }

  /** What stands beside the targets: steps, the campaign, what a longer plan asks, and what the reader may do. */
  async function around(tx: Tx, plan: store.PlanText) {
    const { role, scope, countyCode, accountId } = tx.actor;
    const stands = !takenBack(plan);
    const can = { edit: stands && RUNS.has(role), report: stands && REPORTS.has(role) };
    const today = clock.today();
    const events = await store.events(tx, plan.id);
    const { startsOn, endsOn } = plan;
    const inspected = startsOn && endsOn ? await deps.inspections(tx, startsOn, endsOn) : [];
    const steps = withInspections(foldSteps(plan.id, events), inspected, events);
    const viewer = {
      ...{ accountId, today, edit: can.edit },
      reports: (division: string | null) =>
        can.report && (division === null ? scope === countyCode : within(scope, division)),
      divisionName: (division: string) => deps.divisionName(countyCode, division),
    };
    const longer: { id: string; text: string }[] = [];
    for (const p of await store.listPlans(tx)) {
      if (p.id === plan.id || p.untilYear === p.year || p.year > plan.year || p.untilYear < plan.year)
        continue;
      for (const t of foldTargets(await store.events(tx, p.id)))
        if (!t.dropped && t.mergedInto === null)
          longer.push({ id: t.id, text: `${p.title}：${t.object} ${aimText(t)}` });
    }
    const found = problemsIn(events).map((p) => p.matterId);
    const assessed = plan.untilYear > plan.year && plan.kind === "plan";
    return {
      ...{ can, longer, steps: steps.map((s) => stepView(s, viewer)) },
      weighing: assessed
        ? weighingView(standingTargets(foldTargets(events), plan), weighingOf(events))
        : null,
      assessments: assessed
        ? (await assessments.ofPlan(tx, plan.id)).map((a) => ({
            id: a.id,
            kind: a.kind,
            title: ASSESSMENTS[a.kind],
            asOf: a.asOf,
          }))
        : [],
      campaign:
        startsOn && endsOn
          ? campaignOf({ title: plan.title, startsOn, endsOn }, steps, events, {
              ...{ today, divisionName: viewer.divisionName },
              ...{ settled: await deps.settled(tx, found), waitsFor: await deps.waitsFor(tx, found) },
            })
          : null,
    };
  }

  /** The page, and its lights kept for this month, as indicators count them. */
  async function kept(tx: Tx, id: string): Promise<PlanPage> {
    const p = await page(tx, id);
    await keepLights(
      tx,
      id,
      p.rows.filter((t) => !t.before),
    );
    return p;
  }
  const keepLights = (tx: Tx, planId: string, rows: readonly TargetView[]): Promise<void> =>
    store.keepStanding(tx, planId, monthOf(clock.today()), rows.map(standingOf), clock.now().toISOString());

  /** Nightly: the lights of every plan that is not over a year past its end. */
  async function keep(tx: Tx): Promise<void> {
    const read = readOnce(tx, deps);
    for (const p of await store.listPlans(tx))
      if (p.untilYear >= Number(clock.today().slice(0, 4)) - 1)
        await keepLights(tx, p.id, await held(tx, p, read));
  }

  /** Those in force, then those taken back, without their targets. */
  async function list(tx: Tx): Promise<PlanBrief[]> {
    const read = readOnce(tx, deps);
    const briefs: PlanBrief[] = [];
    for (const p of await store.listPlans(tx)) briefs.push(brief(p, await standing(tx, p, read)));
    for (const p of await store.takenBackPlans(tx)) briefs.push(brief(p, []));
    return briefs;
  }

  /** For the leader: the plans of this year with every target, and what earlier plans still owe. */
  async function current(tx: Tx): Promise<{ plans: PlanBrief[]; rows: TargetView[] }> {
    const year = Number(clock.today().slice(0, 4));
    const read = readOnce(tx, deps);
    const plans: PlanBrief[] = [];
    const rows: TargetView[] = [];
    for (const p of await store.listPlans(tx)) {
      if (p.year > year) continue;
      const own = await held(tx, p, read);
      const over = p.untilYear < year;
      if (!over) plans.push(brief(p, own));
      rows.push(...(over ? own.filter((t) => t.light === "red") : own));
    }
    return { plans, rows };
  }

  /** What everybody may see: the targets that a person marked as 民生实事. Plans without one are not counted for it. */
  async function publicTargets(tx: Tx): Promise<PublicTarget[]> {
    const read = readOnce(tx, deps);
    const marked = await store.plansWithPublicTargets(tx);
    const shown: PublicTarget[] = [];
    for (const p of await store.listPlans(tx)) {
      if (!marked.has(p.id)) continue;
      for (const t of await standing(tx, p, read)) {
        if (!t.public) continue;
        const { id, object, aimText, due, nowText, percent, light, lightText, asOf } = t;
        const { quality, acceptedText, acceptedPercent, satisfaction } = t.livelihood;
        shown.push({
          id,
          plan: p.title,
          year: p.year,
          object,
          aimText,
          due,
          nowText,
          percent,
          light,
          lightText,
          asOf,
          ...{ quality, acceptedText, acceptedPercent, satisfaction },
        });
      }
    }
    return shown;
  }

  return { get, target, page, kept, list, current, keep, targetsWithProgress, publicTargets };
}
