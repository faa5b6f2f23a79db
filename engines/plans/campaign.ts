/** A campaign on its page: how many of its places are checked, week by week, and the report that closes it. Pure. */
import type { Inspection } from "@wuxin/engines/registers";
import { addDays, type IsoDate, weekdayOf, within } from "@wuxin/kernel";
import type { PlanEvent } from "./model.ts";
import type { Step } from "./steps.ts";

export interface CampaignView {
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  /** Places to check, and how many of them a second person saw done. */
  readonly scope: number;
  readonly checked: number;
  readonly late: number;
  /** From the week of the beginning to today or the end; weeks begin on Monday. */
  readonly weeks: readonly { readonly from: IsoDate; readonly done: number; readonly checked: number }[];
  readonly report: { readonly text: string; readonly on: string; readonly by: string } | null;
  /** What the figures say, for whoever writes the report. */
  readonly draft: string;
}

/**
 * A place that the registers say was inspected on a day of the campaign is checked: the line stands for the report and for
 * the second person. `plan-steps` (ledgers.ts) says the same in SQL.
 */
export const withInspections = (steps: readonly Step[], inspections: readonly Inspection[]): Step[] =>
  steps.map((s) => {
    if (s.step !== "check" || s.checked) return s;
    const found = inspections.find(
      (i) => i.title === s.title && (s.division === null || within(s.division, i.divisionCode)),
    );
    if (!found) return s;
    const done = { on: found.on, words: found.where, byId: null, by: found.by };
    return { ...s, returned: null, done: s.done ?? done, checked: { on: found.on, by: "按台账" } };
  });

export function campaignOf(
  plan: { readonly title: string; readonly startsOn: IsoDate; readonly endsOn: IsoDate },
  steps: readonly Step[],
  events: readonly PlanEvent[],
  today: IsoDate,
): CampaignView {
  const places = steps.filter((s) => s.step === "check");
  const checked = places.filter((s) => s.checked !== null).length;
  const late = places.filter((s) => s.done === null && s.due < today).length;
  const closed = events.findLast((e) => e.kind === "closed");
  const { startsOn, endsOn } = plan;
  const last = today < endsOn ? today : endsOn;
  const weeks: { from: IsoDate; done: number; checked: number }[] = [];
  for (let from = mondayOf(startsOn); from <= last; from = addDays(from, 7)) {
    const within = (on: string | undefined) => on !== undefined && on >= from && on < addDays(from, 7);
    weeks.push({
      from,
      done: places.filter((s) => within(s.done?.on)).length,
      checked: places.filter((s) => within(s.checked?.on)).length,
    });
  }
  const measures = steps.filter((s) => s.step !== "check");
  const open = places.filter((s) => s.checked === null).map((s) => s.title);
  const draft = [
    `${plan.title}自 ${startsOn} 至 ${endsOn}，应检查 ${places.length} 家，已检查并核实 ${checked} 家。`,
    measures.length > 0
      ? `措施和节点 ${measures.length} 项，完成 ${measures.filter((s) => s.checked !== null).length} 项。`
      : "",
    open.length > 0 ? `还没有核实的：${open.join("、")}。` : "",
  ].join("");
  return {
    ...{ startsOn, endsOn, scope: places.length, checked, late, weeks, draft },
    report: closed ? { text: String(closed.data.note), on: closed.at, by: closed.actorName } : null,
  };
}

const mondayOf = (day: IsoDate): IsoDate => addDays(day, -((weekdayOf(day) + 6) % 7));
