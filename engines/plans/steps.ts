/** Milestones, measures and places to check of a plan: what has to be done, by whom, by when; a fold of its events. Pure. */
import type { IsoDate } from "@wuxin/kernel";
import { type KeptResult, resultsIn, type SelfResult, selfResultsIn } from "./checklist.ts";
import type { PlanEvent } from "./model.ts";

export const STEP_KINDS = { milestone: "节点", measure: "措施", check: "检查" } as const;
export type StepKind = keyof typeof STEP_KINDS;

export interface RegisterEntry {
  readonly register: string;
  readonly entryId: string;
}
export interface PlaceInRegisters extends RegisterEntry {
  /** Where the same place stands besides, with the title of that register. */
  readonly also?: readonly (RegisterEntry & { readonly registerTitle: string })[];
}
/** Every entry that a place is; none for what is no place of a register. */
export const entriesOf = ({ place }: Pick<StepAsked, "place">): readonly RegisterEntry[] =>
  place ? [place, ...(place.also ?? [])] : [];

export interface StepAsked {
  readonly step: StepKind;
  readonly title: string;
  /** Office or person who answers for it. */
  readonly owner: string;
  /** The township it is given to; null: the county's own. */
  readonly division: string | null;
  readonly due: IsoDate;
  /** How much of the target's quantity it carries; null: it carries none. */
  readonly quantity: number | null;
  /** Of a place to check: the entry of a register; null for one that was written down by name, before that was so. */
  readonly place?: PlaceInRegisters | null;
  /** Why a place was added after the launch. */
  readonly reason?: string | null;
}
export interface Step extends StepAsked {
  readonly id: string;
  /** Null: of the plan as a whole. */
  readonly targetId: string | null;
  readonly done: {
    readonly on: IsoDate;
    readonly words: string;
    readonly byId: string | null;
    readonly by: string;
    /** Taken on the spot. */
    readonly photos: readonly string[];
  } | null;
  /** Of a place, item by item of the checklist, as last reported. */
  readonly results: readonly KeptResult[];
  readonly checked: { readonly on: IsoDate; readonly by: string } | null;
  /** What the place itself said last, item by item. */
  readonly selfCheck: {
    readonly on: IsoDate;
    readonly by: string;
    readonly results: readonly SelfResult[];
  } | null;
  /** Why the last report was given back, until the next. */
  readonly returned: string | null;
}

/** The event that makes a step has the step's id. */
export function foldSteps(planId: string, events: readonly PlanEvent[]): Step[] {
  const steps = new Map<string, Step>();
  for (const e of events) {
    const d = e.data;
    if (e.kind === "step") {
      const asked = { quantity: null, place: null, reason: null, ...d } as unknown as StepAsked;
      const targetId = e.targetId === planId ? null : e.targetId;
      steps.set(e.id, {
        ...asked,
        ...{ id: e.id, targetId, results: [], done: null, checked: null, selfCheck: null, returned: null },
      });
      continue;
    }
    const s = steps.get(String(d.step ?? ""));
    if (!s) continue;
    const on = String(d.on ?? "");
    if (e.kind === "step-dropped") steps.delete(s.id);
    if (e.kind === "step-done")
      steps.set(s.id, {
        ...s,
        ...{
          results: resultsIn(e),
          returned: null,
          done: {
            ...{ on, words: String(d.note), byId: e.actorId, by: e.actorName },
            photos: (d.photos as readonly string[] | undefined) ?? [],
          },
        },
      });
    if (e.kind === "step-checked") steps.set(s.id, { ...s, checked: { on, by: e.actorName } });
    if (e.kind === "self-checked")
      steps.set(s.id, { ...s, selfCheck: { on, by: e.actorName, results: selfResultsIn(e) } });
    if (e.kind === "step-returned") steps.set(s.id, { ...s, done: null, returned: String(d.note) });
  }
  return [...steps.values()].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

/** Values of a plan's years: parts that make up the whole, or where it stands at the end of each. */
export interface Split {
  readonly by: "parts" | "levels";
  readonly values: readonly number[];
}

/** @returns what is wrong with it, as a sentence; null when it is right */
export function splitFault(split: Split, years: number, value: number | null): string | null {
  const { by, values } = split;
  if (value === null) return "这条目标没有数值，不能分到各年。";
  if (values.length !== years || !values.every(Number.isFinite)) return `要分到 ${years} 年，每年一个数。`;
  const sum = Math.round(values.reduce((a, b) => a + b, 0) * 100) / 100;
  if (by === "parts" && sum !== value) return `各年加起来是 ${sum}，和目标 ${value} 不等，请改。`;
  if (by === "levels" && values.at(-1) !== value)
    return `最后一年应达到 ${value}，现在写的是 ${values.at(-1)}，请改。`;
  return null;
}
