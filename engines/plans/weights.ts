/** How heavy each line of a plan of several years is, of a hundred. Pure. */
import { firstDay, type IsoDate, type Month } from "@wuxin/kernel";
import type { PlanEvent, Target } from "./model.ts";

export interface Weighing {
  readonly weights: Readonly<Record<string, number>>;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

/** The last that a person gave. */
export function weighingOf(events: readonly PlanEvent[]): Weighing | null {
  const e = events.findLast((x) => x.kind === "weighed");
  if (!e) return null;
  const { weights, note } = e.data as unknown as { weights: Record<string, number>; note: string };
  return { weights, reason: note, at: e.at, by: e.actorName };
}

interface Days {
  readonly year: number;
  readonly startsOn: IsoDate | null;
}
export const beginOf = ({ startsOn, year }: Days): IsoDate => startsOn ?? firstDay(`${year}-01` as Month);
/** What a summary before the plan told of the year before, a standard most often: it is shown, and counts nowhere. */
export const ofBefore = (t: Pick<Target, "due">, plan: Days): boolean => t.due < beginOf(plan);
/** What the plan is held to. */
export const standingTargets = (targets: readonly Target[], plan: Days): Target[] =>
  targets.filter((t) => !t.dropped && t.mergedInto === null && !ofBefore(t, plan));

/** Weights hold for the lines for which they were given: when a line came or went, somebody weighs again. */
export const fits = (ids: readonly string[], w: Weighing | null): w is Weighing =>
  w !== null && Object.keys(w.weights).length === ids.length && ids.every((id) => id in w.weights);

/** Without weights that hold, every line is as heavy as the others. */
export const weightsOf = (ids: readonly string[], w: Weighing | null): ReadonlyMap<string, number> =>
  new Map(ids.map((id) => [id, fits(ids, w) ? (w.weights[id] as number) : 100 / ids.length]));

/** @returns what is wrong with them, as a sentence; null when they are right */
export function weightsFault(
  ids: readonly string[],
  given: readonly { readonly targetId: string; readonly weight: number }[],
): string | null {
  const named = new Set(given.map((g) => g.targetId));
  if (named.size !== given.length || given.length !== ids.length || !ids.every((id) => named.has(id)))
    return `要给现有的 ${ids.length} 条目标各定一个权重；目标有增减，请刷新页面再定。`;
  if (!given.every((g) => Number.isFinite(g.weight) && g.weight > 0)) return "每条的权重都应大于零。";
  const sum = Math.round(given.reduce((a, g) => a + g.weight, 0) * 100) / 100;
  return sum === 100 ? null : `各条权重加起来是 ${sum}，应是 100，请改。`;
}
