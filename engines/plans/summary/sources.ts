/** Reads the figures of a summary from their sources: for the draft, and again whenever it is looked at. */
import { addDays, type IsoDate, lastDay } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { assessedFigure } from "../assessment/figures.ts";
import type { Content as AssessedLines } from "../assessment/model.ts";
import { contentOn } from "../assessment/reading.ts";
import { type AdjustmentRecord, adjustments } from "../assessment/store.ts";
import { readOnce } from "../courses.ts";
import { takenBack } from "../may.ts";
import type { SummariesDeps } from "../ports.ts";
import { standing } from "../standing.ts";
import * as plans from "../store.ts";
import { type Figure, lastYear, monthRead, type Period, type Read, type Reads, readingOf } from "./model.ts";
import { type PlanStanding, planCount, targetFigure } from "./targets.ts";

export async function readsOf(
  tx: Tx,
  deps: SummariesDeps,
  codes: readonly string[],
  { since, until }: Pick<Period, "since" | "until">,
  division: string = tx.actor.countyCode,
): Promise<Reads> {
  const byCode = (list: readonly (Read & { code: string })[]) => new Map(list.map((r) => [r.code, r]));
  const now = await deps.span(tx, codes, since, until, division);
  const last = await deps.span(tx, codes, lastYear(since), lastYear(until), division);
  return { now: byCode(now), last: byCode(last) };
}

/** Every plan that the year belongs to, counted up to a day. */
export async function plansOn(
  tx: Tx,
  deps: SummariesDeps,
  year: number,
  on: IsoDate,
): Promise<PlanStanding[]> {
  const read = readOnce(tx, deps);
  const judged = on < deps.clock.today() ? addDays(on, 1) : deps.clock.today();
  const list: PlanStanding[] = [];
  for (const p of await plans.listPlans(tx)) {
    if (p.year > year || p.untilYear < year) continue;
    const views = await standing(tx, deps, p, read, { counted: on, judged });
    list.push({ id: p.id, title: p.title, targets: views.filter((t) => !t.before) });
  }
  return list;
}

/** The day up to which a period can be told: its end, or today while it runs. */
export const dayOf = (p: Period, today: IsoDate): IsoDate => [lastDay(p.until), today].sort()[0] as IsoDate;
/** Of a period that runs, the months until now; the month that runs is counted as it stands. */
export const monthsTo = (p: Period, today: IsoDate): Period =>
  lastDay(p.until) <= today ? p : { ...p, until: [p.until, today.slice(0, 7)].sort()[0] as string };

/** What the source of each figure says now; null: nothing any more. */
export async function valuesNow(
  tx: Tx,
  deps: SummariesDeps,
  figures: readonly Figure[],
  period: Period,
): Promise<Map<string, Figure | null>> {
  const told = new Map<string, Figure | null>();
  const spans = new Map<string, Set<string>>();
  const days = new Set<IsoDate>();
  for (const { source: s } of figures) {
    if (s.from === "indicator") {
      const key = `${s.since} ${s.until} ${s.division}`;
      spans.set(key, (spans.get(key) ?? new Set()).add(s.code));
    } else if (s.from !== "assessment") days.add(s.on);
  }
  const reads = new Map<string, Reads>();
  for (const [key, codes] of spans) {
    const [since = "", until = "", division = ""] = key.split(" ");
    reads.set(key, await readsOf(tx, deps, [...codes], { since, until }, division));
  }
  const standings = new Map<IsoDate, PlanStanding[]>();
  for (const on of days) standings.set(on, await plansOn(tx, deps, period.year, on));
  const assessed = await assessedNow(tx, deps, figures);
  for (const f of figures) {
    const s = f.source;
    if (s.from === "assessment") {
      told.set(f.id, assessed(f, s));
      continue;
    }
    if (s.from === "indicator") {
      const from = reads.get(`${s.since} ${s.until} ${s.division}`);
      const value = from ? readingOf(from, s.code, s.of) : null;
      const read = (s.of === "last" ? from?.last : from?.now)?.get(s.code);
      told.set(
        f.id,
        value === null || !read
          ? null
          : {
              ...f,
              value,
              source: { ...s, months: read.months.map(monthRead) },
            },
      );
      continue;
    }
    const plan = standings.get(s.on)?.find((p) => p.id === s.planId);
    if (s.from === "plan") told.set(f.id, plan ? { ...f, value: planCount(plan, s.of, period, s.on) } : null);
    else {
      const target = plan?.targets.find((t) => t.id === s.targetId);
      const figure = target && targetFigure(target, s.of);
      told.set(f.id, figure ? { ...f, ...figure } : null);
    }
  }
  return told;
}

type Assessed = Extract<Figure["source"], { from: "assessment" }>;
/** The lines of an assessment are read again as of its day. */
async function assessedNow(tx: Tx, deps: SummariesDeps, figures: readonly Figure[]) {
  const known = new Map<string, { content: AssessedLines; adjustments: AdjustmentRecord[] }>();
  for (const { source: s } of figures) {
    if (s.from !== "assessment" || known.has(s.assessmentId)) continue;
    const plan = await plans.findPlan(tx, s.planId);
    if (!plan || takenBack(plan)) continue;
    const content = await contentOn(tx, deps, plan, { id: s.assessmentId, asOf: s.on });
    known.set(s.assessmentId, { content, adjustments: await adjustments(tx, s.assessmentId) });
  }
  return (f: Figure, s: Assessed): Figure | null => {
    const own = known.get(s.assessmentId);
    const now = own ? assessedFigure(own.content, own.adjustments, s.targetId, s.of) : null;
    const line = own?.content.lines.find((l) => l.targetId === s.targetId)?.source;
    const months = s.of === "reached" && line?.from === "indicator" ? line.months : [];
    return now && { ...f, ...now, source: { ...s, months } };
  };
}
