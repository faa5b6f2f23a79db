/** A campaign on its page: its scope and checklist, how far it is, week by week, and the report that closes it. Pure. */
import type { Inspection } from "@wuxin/engines/registers";
import { addDays, type IsoDate, weekdayOf } from "@wuxin/kernel";
import { type CheckItem, checklistOf, problemsIn, type ResultKind } from "./checklist.ts";
import type { PlanEvent } from "./model.ts";
import { entriesOf, type Step } from "./steps.ts";

export interface CampaignView {
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  /** Places to check, and how many of them a second person saw done. */
  readonly scope: number;
  readonly checked: number;
  readonly late: number;
  /** When the scope was taken from the registers. */
  readonly launchedOn: IsoDate | null;
  readonly checklist: readonly (CheckItem & { readonly counts: Readonly<Record<ResultKind, number>> })[];
  readonly problems: readonly {
    readonly matterId: string;
    readonly place: string;
    readonly item: string;
    readonly words: string;
    readonly photos: readonly string[];
    readonly due: IsoDate;
    readonly closedOn: IsoDate | null;
    readonly late: boolean;
    readonly stateText: string;
  }[];
  readonly townships: readonly {
    readonly name: string;
    readonly scope: number;
    readonly checked: number;
    readonly problems: number;
    readonly closed: number;
  }[];
  /** From the week of the beginning to today or the end; weeks begin on Monday. */
  readonly weeks: readonly {
    readonly from: IsoDate;
    readonly done: number;
    readonly checked: number;
    readonly problems: number;
    readonly closed: number;
  }[];
  readonly report: { readonly text: string; readonly on: string; readonly by: string } | null;
  /** What the figures say, for whoever writes the report. */
  readonly draft: string;
}

/**
 * A place whose entry has an inspection on a day of the campaign is checked: the line stands for the report and for the
 * second person. Not where there is a checklist, which is answered item by item. `plan-steps` (ledgers.ts) says the same.
 */
export const withInspections = (
  steps: readonly Step[],
  inspections: readonly Inspection[],
  events: readonly PlanEvent[],
): Step[] =>
  steps.map((s) => {
    if (s.step !== "check" || s.checked || s.place === null || checklistOf(events).length > 0) return s;
    const own = entriesOf(s);
    const found = inspections.find((i) =>
      own.some((e) => e.register === i.register && e.entryId === i.entryId),
    );
    if (!found) return s;
    const done = { on: found.on, words: found.where, byId: null, by: found.by, photos: [] };
    return { ...s, returned: null, done: s.done ?? done, checked: { on: found.on, by: "按台账" } };
  });

export function campaignOf(
  plan: { readonly title: string; readonly startsOn: IsoDate; readonly endsOn: IsoDate },
  steps: readonly Step[],
  events: readonly PlanEvent[],
  at: {
    readonly today: IsoDate;
    /** Matters that are closed, with their day. */
    readonly settled: ReadonlyMap<string, IsoDate>;
    /** What open ones wait for. */
    readonly waitsFor: ReadonlyMap<string, string>;
    readonly divisionName: (division: string) => string;
  },
): CampaignView {
  const { today } = at;
  const places = steps.filter((s) => s.step === "check");
  const closed = events.findLast((e) => e.kind === "closed");
  const { startsOn, endsOn } = plan;
  const items = checklistOf(events);
  const problems = problemsIn(events).flatMap((p) => {
    const s = places.find((x) => x.id === p.step);
    if (!s) return [];
    const closedOn = at.settled.get(p.matterId) ?? null;
    const late = closedOn === null && p.due < today;
    const waits = at.waitsFor.get(p.matterId);
    const open = `${waits ? `待${waits}` : "整改中"}${late ? "，逾期" : ""}`;
    return [
      {
        ...{ matterId: p.matterId, place: s.title, division: s.division, words: p.words },
        ...{ photos: p.photos, due: p.due },
        ...{ on: p.on, closedOn, late, stateText: closedOn ? `${closedOn} 销号` : open },
        item: items.find((i) => i.id === p.item)?.text ?? "",
      },
    ];
  });
  const of = <T>(list: readonly T[], which: (x: T) => boolean) => list.filter(which).length;
  const last = today < endsOn ? today : endsOn;
  const weeks: CampaignView["weeks"][number][] = [];
  for (let from = mondayOf(startsOn); from <= last; from = addDays(from, 7)) {
    const within = (on: string | null | undefined) => !!on && on >= from && on < addDays(from, 7);
    weeks.push({
      from,
      done: of(places, (s) => within(s.done?.on)),
      checked: of(places, (s) => within(s.checked?.on)),
      problems: of(problems, (p) => within(p.on)),
      closed: of(problems, (p) => within(p.closedOn)),
    });
  }
  const townships = [...new Set(places.map((s) => s.division))].sort().map((d) => ({
    name: d === null ? "县级" : at.divisionName(d),
    scope: of(places, (s) => s.division === d),
    checked: of(places, (s) => s.division === d && s.checked !== null),
    problems: of(problems, (p) => p.division === d),
    closed: of(problems, (p) => p.division === d && p.closedOn !== null),
  }));
  const scope = events.find((e) => e.kind === "scope");
  const view = {
    ...{ startsOn, endsOn, scope: places.length, checked: of(places, (s) => s.checked !== null) },
    late: of(places, (s) => s.done === null && s.due < today),
    launchedOn: scope ? String(scope.data.on) : null,
    checklist: items.map((i) => ({ ...i, counts: countsOf(i, places) })),
    problems: problems.map(({ division: _, on: __, ...p }) => p),
    ...{ townships, weeks },
    report: closed ? { text: String(closed.data.note), on: closed.at, by: closed.actorName } : null,
  };
  return { ...view, draft: draftOf(plan.title, view, steps) };
}

const countsOf = (item: CheckItem, places: readonly Step[]): Record<ResultKind, number> => {
  const counts = { good: 0, problem: 0, na: 0 };
  for (const s of places) {
    const r = s.results.find((x) => x.item === item.id);
    if (r) counts[r.result]++;
  }
  return counts;
};

function draftOf(title: string, v: Omit<CampaignView, "draft">, steps: readonly Step[]): string {
  const measures = steps.filter((s) => s.step !== "check");
  const open = steps.filter((s) => s.step === "check" && s.checked === null).map((s) => s.title);
  const left = v.problems.filter((p) => p.closedOn === null);
  const most = [...v.checklist]
    .sort((a, b) => b.counts.problem - a.counts.problem)
    .filter((i) => i.counts.problem > 0);
  return [
    `${title}自 ${v.startsOn} 至 ${v.endsOn}，应检查 ${v.scope} 家，已检查并核实 ${v.checked} 家。`,
    v.checklist.length > 0 ? `按清单逐项检查，清单共 ${v.checklist.length} 项。` : "",
    v.problems.length > 0
      ? `发现问题 ${v.problems.length} 个，已整改销号 ${v.problems.length - left.length} 个。`
      : v.checklist.length > 0
        ? "没有发现问题。"
        : "",
    most.length > 0
      ? `问题多的是：${most
          .slice(0, 3)
          .map((i) => `${i.text}（${i.counts.problem} 家）`)
          .join("、")}。`
      : "",
    left.length > 0
      ? `还没有整改的：${left.map((p) => `${p.place}「${p.item}」（限 ${p.due}）`).join("、")}。`
      : "",
    measures.length > 0
      ? `措施和节点 ${measures.length} 项，完成 ${measures.filter((s) => s.checked !== null).length} 项。`
      : "",
    open.length > 0 ? `还没有核实的：${open.join("、")}。` : "",
  ].join("");
}

const mondayOf = (day: IsoDate): IsoDate => addDays(day, -((weekdayOf(day) + 6) % 7));
