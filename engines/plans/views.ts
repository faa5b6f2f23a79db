/** What screens show of a plan. Pure. */
import type { Site } from "@wuxin/engines/registers";
import type { OutlineNode } from "@wuxin/gongwen";
import { type IsoDate, monthOf } from "@wuxin/kernel";
import { aimText, number, reckoned } from "./aim.ts";
import type { AssessmentKind } from "./assessment/model.ts";
import type { CampaignView } from "./campaign.ts";
import { RESULTS, type ResultKind, type SelfResult } from "./checklist.ts";
import type { Courses } from "./courses.ts";
import { counts, type EvidenceRecord } from "./evidence-store.ts";
import { type Course, type Light, type Progress, progressOf, type Thresholds, toldBefore } from "./light.ts";
import { type Livelihood, livelihoodOf } from "./livelihood.ts";
import { type Candidate, type Proposal, propose } from "./matching.ts";
import { type Aim, EVENT_LABELS, type Span, type Target } from "./model.ts";
import type { KnownIndicator } from "./ports.ts";
import { STEP_KINDS, type Step } from "./steps.ts";
import type { PlanRecord, PlanText, StandingRecord } from "./store.ts";
import { beginOf, fits, ofBefore, standingTargets, type Weighing, weightsOf } from "./weights.ts";

export const LIGHT_LABELS: Record<Light, string> = {
  done: "已完成",
  green: "正常",
  yellow: "偏慢",
  red: "滞后",
  unknown: "没有数",
};

const BEFORE = "上年的标准";

export interface TargetView extends Aim, Progress {
  readonly id: string;
  readonly planId: string;
  readonly planTitle: string;
  readonly span: Span | null;
  readonly why: string;
  readonly aimText: string;
  readonly nowText: string;
  readonly lightText: string;
  /** Told of the year before, by a summary in the same document: shown apart, counted nowhere. */
  readonly before: boolean;
  readonly indicator: Candidate | null;
  readonly boundBy: string | null;
  readonly owner: string | null;
  readonly public: boolean;
  readonly urgedUntil: IsoDate | null;
  readonly urgedLate: boolean;
  readonly lastMovement: string;
  readonly proposals: readonly Proposal[];
  readonly evidence: readonly (Omit<EvidenceRecord, "files" | "targetId" | "division"> & {
    readonly files: number;
    readonly divisionName: string | null;
  })[];
  readonly livelihood: Livelihood;
  /** Of a plan of several years: what a person wrote for each, else where a straight line stands at the end of each. */
  readonly yearly: readonly { readonly year: number; readonly value: number }[];
  readonly yearlyBy: "parts" | "levels" | "line";
  /** Of a plan of several years: how heavy it is, of a hundred. */
  readonly weight: number | null;
  /** What was aimed at before it was adjusted. */
  readonly aimBefore: string | null;
  /** The target of a longer plan that it serves. */
  readonly serves: string | null;
  /** What else says the same, with its document. */
  readonly alsoIn: readonly { readonly planTitle: string; readonly quote: string }[];
  readonly events: readonly {
    readonly id: string;
    readonly label: string;
    readonly at: string;
    readonly by: string;
    readonly text: string;
  }[];
}
export interface PlanBrief extends PlanRecord {
  readonly targets: number;
  readonly lights: Readonly<Record<Light, number>>;
  readonly urged: number;
}
export interface PlanPage extends PlanBrief {
  readonly body: string;
  readonly outline: readonly OutlineNode[];
  readonly rows: readonly TargetView[];
  /** Unmet targets of earlier plans: they never disappear. */
  readonly carried: readonly TargetView[];
  readonly indicators: readonly Candidate[];
  readonly can: { readonly edit: boolean; readonly report: boolean };
  readonly steps: readonly StepView[];
  readonly campaign: CampaignView | null;
  /** Of a plan of several years: how its lines are weighed. */
  readonly weighing: WeighingView | null;
  readonly assessments: readonly {
    readonly id: string;
    readonly kind: AssessmentKind;
    readonly title: string;
    readonly asOf: IsoDate;
  }[];
  /** Targets of longer plans that cover this year, for a yearly target to serve. */
  readonly longer: readonly { readonly id: string; readonly text: string }[];
}
/** A place that may be taken into the scope of a campaign. */
export interface SiteView extends Omit<Site, "divisionCode"> {
  readonly township: string;
  readonly townshipName: string;
}
export interface WeighingView {
  /** By a person, for the lines that there are; false: every line is as heavy as the others. */
  readonly given: boolean;
  /** Weights were given, but lines came or went since. */
  readonly outdated: boolean;
  readonly at: string | null;
  readonly by: string | null;
  readonly reason: string | null;
}
export interface StepView extends Omit<Step, "done" | "checked" | "division" | "place" | "selfCheck"> {
  readonly photos: readonly string[];
  /** The entry of the register that it is. */
  readonly href: string | null;
  readonly kindText: string;
  readonly divisionName: string | null;
  readonly state: "open" | "reported" | "done";
  readonly stateText: string;
  readonly late: boolean;
  readonly told: string;
  readonly can: { readonly report: boolean; readonly check: boolean; readonly drop: boolean };
}
export type PublicTarget = Pick<
  TargetView,
  "id" | "object" | "aimText" | "due" | "nowText" | "percent" | "light" | "lightText" | "asOf"
> &
  Pick<Livelihood, "quality" | "acceptedText" | "acceptedPercent" | "satisfaction"> & {
    readonly plan: string;
    readonly year: number;
  };

export function viewsOf(
  plan: PlanRecord,
  targets: readonly Target[],
  evidence: readonly EvidenceRecord[],
  courses: Courses,
  known: readonly KnownIndicator[],
  steps: readonly Step[],
  at: {
    readonly today: IsoDate;
    readonly limits: Thresholds;
    readonly divisionName: (division: string) => string;
    readonly weighing: Weighing | null;
  },
): TargetView[] {
  const from = beginOf(plan);
  const weights = weightsOf(
    standingTargets(targets, plan).map((t) => t.id),
    at.weighing,
  );
  const merged = new Map<string, Target[]>();
  for (const t of targets)
    if (t.mergedInto !== null) merged.set(t.mergedInto, [...(merged.get(t.mergedInto) ?? []), t]);
  const shown = targets.filter((t) => !t.dropped && t.mergedInto === null);
  return shown.map((t): TargetView => {
    const before = ofBefore(t, plan);
    const own = evidence.filter((e) => e.targetId === t.id);
    const course =
      t.indicator === null ? fromEvidence(own) : (courses.of(t.indicator, monthOf(from)) ?? null);
    const progress = before ? toldBefore(t) : progressOf(t, from, at.today, course, at.limits);
    const indicator = known.find((i) => i.code === t.indicator);
    const { events, dropped: _, mergedInto: __, indicator: ___, split: ____, quality: _q, ...rest } = t;
    return {
      ...rest,
      ...progress,
      ...{
        planId: plan.id,
        planTitle: plan.title,
        aimText: aimText(t),
        lightText: before ? BEFORE : LIGHT_LABELS[progress.light],
        before,
      },
      nowText: progress.now === null ? "—" : `${number(progress.now)} ${indicator?.unit ?? t.unit}`.trim(),
      indicator: indicator ? candidate(indicator) : null,
      urgedLate: t.urgedUntil !== null && t.urgedUntil < at.today,
      proposals: t.indicator === null ? propose(t, known) : [],
      evidence: own.map(({ files, targetId: _____, division, ...e }) => ({
        ...e,
        files: files.length,
        divisionName: division === null ? null : at.divisionName(division),
      })),
      livelihood: livelihoodOf(t, own, steps, at.divisionName),
      yearly: yearlyOf(t, plan, course),
      yearlyBy: t.split?.by ?? "line",
      weight: plan.untilYear > plan.year ? (weights.get(t.id) ?? null) : null,
      alsoIn: (merged.get(t.id) ?? []).map((x) => ({
        planTitle: plan.title,
        quote: x.span?.quote ?? x.object,
      })),
      events: events
        .map((e) => ({
          id: e.id,
          label: EVENT_LABELS[e.kind],
          at: e.at,
          by: e.actorName,
          text: textOf(e.data, (code) => known.find((i) => i.code === code)?.name ?? code),
        }))
        .reverse(),
    };
  });
}

const candidate = ({ code, name, unit, owner }: KnownIndicator): Candidate => ({ code, name, unit, owner });

/** The newest that a second person confirmed. */
function fromEvidence(own: readonly EvidenceRecord[]): Course | null {
  const last = own.find((e) => e.kind === "figure" && counts(e));
  return last ? { kind: "flow", base: 0, now: last.value, asOf: last.asOf } : null;
}

function yearlyOf(t: Target, plan: PlanRecord, course: Course | null): { year: number; value: number }[] {
  const years = plan.untilYear - plan.year + 1;
  if (years < 2 || t.value === null) return [];
  if (t.split) return t.split.values.map((value, i) => ({ year: plan.year + i, value }));
  const base = t.from ?? course?.base ?? 0;
  return Array.from({ length: years }, (_, i) => ({
    year: plan.year + i,
    value: reckoned(base + ((t.value as number) - base) * ((i + 1) / years), t.unit),
  }));
}

function textOf(data: Readonly<Record<string, unknown>>, nameOf: (code: string) => string): string {
  const { note, until, owner, indicator, shown, text, source } = data;
  return listed([
    typeof note === "string" ? note : "",
    typeof until === "string" ? `限 ${until} 前答复` : "",
    typeof owner === "string" ? owner : "",
    typeof text === "string" ? `${text}（${source}）` : "",
    typeof indicator === "string" ? nameOf(indicator) : "",
    shown === true ? "对外公开" : shown === false ? "不再公开" : "",
  ]);
}
/** Told one after the other; what already ends as a sentence is not stopped twice. */
const listed = (parts: readonly (string | false | 0 | null | undefined)[]): string => {
  const said = parts.filter((p) => typeof p === "string" && p !== "") as string[];
  return said.map((p, i) => (i + 1 < said.length ? p.replace(/[。；]+$/, "") : p)).join("；");
};

export function brief(plan: PlanRecord, all: readonly TargetView[]): PlanBrief {
  const rows = all.filter((t) => !t.before);
  const lights: Record<Light, number> = { done: 0, green: 0, yellow: 0, red: 0, unknown: 0 };
  for (const r of rows) lights[r.light]++;
  return { ...plan, targets: rows.length, lights, urged: rows.filter((r) => r.urgedUntil !== null).length };
}

/** What is kept of a target for a month. */
export const standingOf = (t: TargetView): StandingRecord => ({
  ...{ targetId: t.id, planId: t.planId, object: t.object, light: t.light, due: t.due },
  ...{ counted: t.indicator !== null, shown: t.public },
  percent: t.light === "done" ? 100 : t.percent === null ? null : Math.min(100, Math.max(0, t.percent)),
  weight: t.weight,
  accepted: t.livelihood.acceptedPercent === null ? null : Math.min(100, t.livelihood.acceptedPercent),
});

export interface Viewer {
  readonly accountId: string | null;
  readonly today: IsoDate;
  readonly edit: boolean;
  readonly reports: (division: string | null) => boolean;
  readonly divisionName: (division: string) => string;
}
export function stepView(s: Step, v: Viewer): StepView {
  const { done, checked, division, place, selfCheck, ...rest } = s;
  const state = checked ? "done" : done ? "reported" : "open";
  const late = done === null && s.due < v.today;
  return {
    ...rest,
    ...{ kindText: STEP_KINDS[s.step], state, late, photos: done?.photos ?? [] },
    href: place ? `/registers/${place.register}/${place.entryId}` : null,
    divisionName: division === null ? null : v.divisionName(division),
    stateText: checked ? "已完成" : done ? "待核实" : late ? "超期" : "在办",
    told: listed([
      done && `${done.on} ${done.by}：${done.words}`,
      checked && `${checked.on} ${checked.by} 核实`,
      selfCheck && `${selfCheck.on} ${selfCheck.by}自查：${resultsText(selfCheck.results)}`,
      s.results.length > 0 && `按清单：${resultsText(s.results)}`,
      s.returned && `退回：${s.returned}`,
      s.reason && `启动以后增加：${s.reason}`,
      place?.also?.length && `${place.also.map((a) => a.registerTitle).join("、")}里也是这一家，只查一次`,
    ]),
    can: {
      report: state === "open" && v.reports(division),
      check: state === "reported" && v.edit && done?.byId !== v.accountId,
      drop: state !== "done" && v.edit,
    },
  };
}

export function weighingView(standing: readonly Target[], w: Weighing | null): WeighingView {
  const given = fits(
    standing.map((t) => t.id),
    w,
  );
  return {
    ...{ given, outdated: w !== null && !given },
    ...{ at: w?.at ?? null, by: w?.by ?? null, reason: w?.reason ?? null },
  };
}

function resultsText(results: readonly SelfResult[]): string {
  const of = (kind: ResultKind) => results.filter((r) => r.result === kind).length;
  const counts = (Object.keys(RESULTS) as ResultKind[])
    .filter((k) => of(k) > 0)
    .map((k) => `${RESULTS[k]} ${of(k)} 项`);
  return counts.join("，");
}

export function pageOf(
  plan: PlanText,
  rows: readonly TargetView[],
  all: readonly KnownIndicator[],
  more: Pick<PlanPage, "carried" | "can" | "steps" | "campaign" | "longer" | "assessments" | "weighing">,
): PlanPage {
  const { body, outline, ...head } = plan;
  return {
    ...brief(head, rows),
    ...{ body, outline, rows, ...more },
    indicators: all.map(candidate),
  };
}
