/** Targets as they stand: a fold over what was found, corrected, bound and done. Pure. */
import type { Reading } from "@wuxin/gongwen";
import type { IsoDate } from "@wuxin/kernel";
import { aimText } from "./aim.ts";
import type { Quality } from "./livelihood.ts";
import { saysNew } from "./matching.ts";
import type { Split } from "./steps.ts";

export const COMPARATORS = ["=", ">=", "<=", ">", "<", "full", "rising", "falling", "zero"] as const;
export type Comparator = (typeof COMPARATORS)[number];

/** What a target says, by the document or by whoever corrected it. */
export interface Aim {
  readonly object: string;
  readonly comparator: Comparator;
  /** Null where no number is aimed at (全覆盖 is 100 %, 稳中有升 is last year's end). */
  readonly value: number | null;
  readonly max: number | null;
  readonly unit: string;
  /** The value before, where the document says it. */
  readonly from: number | null;
  /** The last day by which it is to be reached. */
  readonly due: IsoDate;
}
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}
export interface FoundTarget extends Aim {
  readonly span: Span | null;
  /** What the reading gave for reasons, for whoever checks it. */
  readonly why: string;
  /** The text speaks of what comes new (新建4个…), not of how many there are; left out by what was read before that was asked. */
  readonly adds?: boolean;
}

export const EVENT_KINDS = [
  "found",
  "added",
  "corrected",
  "dropped",
  "bound",
  "unbound",
  "owner",
  "public",
  "merged",
  "parted",
  "urged",
  "reported",
  "accepted",
  "returned",
  "praised",
  "criticised",
  "raised",
  "split",
  "serves",
  "step",
  "step-done",
  "step-checked",
  "step-returned",
  "step-dropped",
  "closed",
  "quality",
  "weighed",
  "adjusted",
  "scope",
  "checklist",
  "self-checked",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];
export const EVENT_LABELS: Record<EventKind, string> = {
  found: "读出",
  added: "补录",
  corrected: "更正",
  dropped: "删去",
  bound: "绑定指标",
  unbound: "解除绑定",
  owner: "确定责任",
  public: "列为民生实事",
  merged: "合并",
  parted: "恢复单列",
  urged: "督办",
  reported: "报告进展",
  accepted: "认可",
  returned: "退回",
  praised: "表扬",
  criticised: "批评",
  raised: "逾期上报",
  split: "分到各年",
  serves: "对应五年规划",
  step: "交办",
  "step-done": "报告完成",
  "step-checked": "核实完成",
  "step-returned": "退回重做",
  "step-dropped": "撤销交办",
  closed: "总结结束",
  quality: "质量标准",
  weighed: "定权重",
  adjusted: "调整目标",
  scope: "定检查范围",
  checklist: "定检查清单",
  "self-checked": "机构自查",
};

export interface PlanEvent {
  readonly id: string;
  readonly kind: EventKind;
  readonly targetId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: string;
  /** Null: the house itself, when what was urged goes up a level. */
  readonly actorId: string | null;
  readonly actorName: string;
}

export interface Target extends FoundTarget {
  readonly id: string;
  /** Code of the indicator that counts it. */
  readonly indicator: string | null;
  readonly boundBy: string | null;
  readonly owner: string | null;
  /** Shown to everybody as 民生实事. */
  readonly public: boolean;
  /** What was aimed at before the first adjustment. */
  readonly aimBefore: string | null;
  /** What an acceptance is held against. */
  readonly quality: Quality | null;
  /** The target that says the same, whose sources then are both. */
  readonly mergedInto: string | null;
  readonly dropped: boolean;
  /** Of several years: what a person wrote for each. */
  readonly split: Split | null;
  /** The target of a longer plan that this one serves. */
  readonly serves: string | null;
  /** Urged and not yet answered in a way that was accepted. */
  readonly urgedUntil: IsoDate | null;
  /** So late that it went up to the leader. */
  readonly urgedRaised: boolean;
  readonly lastMovement: string;
  readonly events: readonly PlanEvent[];
}

export function foldTargets(events: readonly PlanEvent[]): Target[] {
  const targets = new Map<string, Target>();
  for (const e of events) {
    if (e.kind === "found" || e.kind === "added") {
      targets.set(e.targetId, {
        ...(e.data as unknown as FoundTarget),
        ...{ id: e.targetId, indicator: null, boundBy: null, owner: null, public: false },
        ...{
          quality: null,
          aimBefore: null,
          mergedInto: null,
          dropped: false,
          split: null,
          serves: null,
          urgedUntil: null,
          urgedRaised: false,
          lastMovement: e.at,
          events: [e],
        },
      });
      continue;
    }
    const t = targets.get(e.targetId);
    if (t) targets.set(e.targetId, { ...t, ...changeOf(e, t), lastMovement: e.at, events: [...t.events, e] });
  }
  return [...targets.values()];
}

function changeOf(e: PlanEvent, t: Target): Partial<Target> {
  const d = e.data;
  switch (e.kind) {
    case "corrected":
      return d as Partial<Aim>;
    case "dropped":
      return { dropped: true };
    case "bound":
      return { indicator: String(d.indicator), boundBy: e.actorName };
    case "unbound":
      return { indicator: null, boundBy: null };
    case "owner":
      return { owner: String(d.owner) };
    case "public":
      return { public: d.shown === true };
    case "quality":
      return { quality: d as unknown as Quality };
    case "adjusted": {
      // What was written for each year no longer makes up the aim.
      const { value, due } = d as unknown as Pick<Aim, "value" | "due">;
      return { value, due, split: null, aimBefore: t.aimBefore ?? `${aimText(t)}，${t.due} 前` };
    }
    case "merged":
      return { mergedInto: String(d.into) };
    case "parted":
      return { mergedInto: null };
    case "split":
      return { split: d as unknown as Split };
    case "serves":
      return { serves: String(d.into) };
    case "urged":
      return { urgedUntil: String(d.until), urgedRaised: false };
    case "accepted":
      return { urgedUntil: null, urgedRaised: false };
    case "raised":
      return { urgedRaised: true };
    default:
      return { urgedUntil: t.urgedUntil };
  }
}

/** Targets and standards that a text aims at; what it reports as done is no target. */
export function targetsIn(reading: Reading, source: string, untilYear: number): FoundTarget[] {
  const found: FoundTarget[] = [];
  for (const q of reading.quantities) {
    if (q.kind !== "target" && q.kind !== "standard") continue;
    found.push({
      object: q.object,
      comparator: q.comparator,
      ...{ value: q.value, max: q.max, unit: q.unit, from: q.from },
      due: dueOf(q.period, untilYear),
      span: { start: q.start, end: q.end, quote: q.quote },
      adds: saysNew(q.object) || saysNew(clauseBefore(source, q.start)),
      why: q.reasons.map((r) => r.why).join("；"),
    });
  }
  for (const a of reading.aims) {
    if (
      a.kind !== "target" ||
      a.comparator === "double" ||
      a.comparator === "fraction" ||
      a.comparator === "ratio"
    )
      continue;
    found.push({
      object: a.object,
      comparator: a.comparator,
      ...{ value: null, max: null, unit: a.comparator === "full" ? "%" : "", from: null },
      due: dueOf(a.period, untilYear),
      span: { start: a.start, end: a.end, quote: source.slice(a.start, a.end) },
      why: a.reasons.map((r) => r.why).join("；"),
    });
  }
  return found.sort((x, y) => (x.span?.start ?? 0) - (y.span?.start ?? 0));
}

/** What its clause says before the figure. */
const clauseBefore = (source: string, start: number): string =>
  source
    .slice(Math.max(0, start - 30), start)
    .split(/[，,。；;：:\n]/)
    .at(-1) ?? "";

/** `2024`, `2024-06`, `2023-Q3`, `2022-01/2022-09`; without one, the end of the plan. */
export function dueOf(period: string | null, untilYear: number): IsoDate {
  const last = period?.split("/").at(-1) ?? "";
  const quarter = /^(\d{4})-Q([1-4])$/.exec(last);
  if (quarter) return endOf(Number(quarter[1]), Number(quarter[2]) * 3);
  const month = /^(\d{4})-(\d{2})$/.exec(last);
  if (month) return endOf(Number(month[1]), Number(month[2]));
  return endOf(/^\d{4}$/.test(last) ? Number(last) : untilYear, 12);
}

const endOf = (year: number, month: number): IsoDate =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) as IsoDate;
