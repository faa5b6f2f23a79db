/** What screens show of a summary. Pure. */
import type { Actor } from "@wuxin/platform";
import { ASSESSED_WORDS } from "../assessment/figures.ts";
import type { KnownIndicator } from "../ports.ts";
import type { Checked, Finding } from "./check.ts";
import {
  type Content,
  type Figure,
  type MonthRead,
  type Period,
  plain,
  type Section,
  type SummaryKind,
  shown,
} from "./model.ts";
import type { SummaryRecord, VersionRecord } from "./store.ts";

export interface SummaryBrief {
  readonly id: string;
  readonly kind: SummaryKind;
  readonly year: number;
  readonly title: string;
  readonly version: number;
  readonly savedAt: string;
  readonly savedByName: string;
  readonly signedAt: string | null;
  readonly signedByName: string | null;
}
export interface FigureView {
  readonly id: string;
  readonly text: string;
  readonly name: string;
  /** Label and value, as a person would ask: what, of when, of where, from which snapshot. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What the source says now, where it is another figure. */
  readonly now: string | null;
  /** The page with the rows behind it. */
  readonly href: string;
}
export interface SummaryPage extends SummaryBrief {
  readonly since: string;
  readonly until: string;
  readonly sections: readonly Section[];
  readonly figures: readonly FigureView[];
  readonly findings: readonly Finding[];
  readonly numbers: number;
  readonly linked: number;
  readonly missing: readonly string[];
  /** What a new figure may be taken from. */
  readonly indicators: readonly { readonly code: string; readonly name: string; readonly unit: string }[];
  readonly versions: readonly Omit<VersionRecord, "savedBy">[];
  readonly can: { readonly edit: boolean; readonly sign: boolean; readonly export: boolean };
}

const OF_INDICATOR = { value: "本期", last: "上年同期", change: "和上年同期相比" } as const;
const OF_TARGET = { aim: "目标", now: "实际", percent: "完成率", gap: "差额" } as const;

export function pageOf(of: {
  readonly summary: SummaryRecord;
  readonly versions: readonly VersionRecord[];
  readonly newest: VersionRecord;
  readonly content: Content;
  readonly period: Period;
  readonly checked: Checked;
  readonly values: ReadonlyMap<string, number | null>;
  readonly actor: Actor;
  readonly indicators: readonly KnownIndicator[];
  readonly divisionName: (division: string) => string;
}): SummaryPage {
  const { summary, newest, content, period, checked, values, actor } = of;
  const edit = actor.role === "county" || actor.role === "leader";
  return {
    ...{ id: summary.id, kind: summary.kind, year: summary.year, title: content.title },
    ...{ version: newest.version, savedAt: newest.savedAt, savedByName: newest.savedByName },
    ...{ signedAt: newest.signedAt, signedByName: newest.signedByName },
    ...{ since: period.since, until: period.until, sections: content.sections },
    figures: Object.values(content.figures).map((f) =>
      figureView(f, values.get(f.id) ?? null, of.divisionName),
    ),
    ...checked,
    missing: summary.missing,
    indicators: edit ? of.indicators.map(({ code, name, unit }) => ({ code, name, unit })) : [],
    versions: of.versions.map(({ savedBy: _, ...v }) => v),
    can: {
      edit,
      sign: actor.role === "leader" && newest.savedBy !== actor.accountId && newest.signedAt === null,
      export: edit && newest.signedAt !== null,
    },
  };
}

function figureView(f: Figure, value: number | null, divisionName: (division: string) => string): FigureView {
  const text = shown(f);
  const told = value === null ? "取不到" : shown({ ...f, value });
  return { id: f.id, text, ...sourceView(f, divisionName), now: value === f.value ? null : told };
}

function sourceView(
  { source: s }: Figure,
  divisionName: (division: string) => string,
): Pick<FigureView, "name" | "facts" | "href"> {
  if (s.from === "assessment")
    return {
      name: s.name,
      facts: [
        { label: "来源", value: `规划评估，${ASSESSED_WORDS[s.of]}` },
        { label: "截至", value: s.on },
        ...(s.months.length > 0 ? [{ label: "快照", value: frozenWords(s.months) }] : []),
      ],
      href: `/plans/${s.planId}/assessments/${s.assessmentId}`,
    };
  if (s.from !== "indicator")
    return {
      name: s.name,
      facts: [
        { label: "来源", value: s.from === "plan" ? "计划的目标和经过" : `计划目标的${OF_TARGET[s.of]}` },
        { label: "截至", value: s.on },
      ],
      href: `/plans/${s.planId}`,
    };
  return {
    name: s.name,
    facts: [
      { label: "来源", value: `指标，${OF_INDICATOR[s.of]}` },
      { label: "时段", value: `${s.months[0]?.month ?? s.since} 至 ${s.months.at(-1)?.month ?? s.until}` },
      { label: "区划", value: divisionName(s.division) },
      { label: "快照", value: frozenWords(s.months) },
    ],
    href: `/indicators?code=${s.code}&month=${s.months.at(-1)?.month ?? s.until}`,
  };
}

/** How much of it is frozen, and what was corrected since. */
export function frozenWords(months: readonly MonthRead[]): string {
  const open = months.filter((m) => m.version === null).length;
  if (open === months.length) return "都没有冻结，按当时的台账";
  const versions = months.flatMap((m) =>
    m.version !== null && m.version > 1
      ? [`${m.month} 第 ${plain(m.version)} 版${m.why ? `：${m.why}` : ""}`]
      : [],
  );
  const kept = versions.length > 0 ? versions.join("、") : "都是第 1 版";
  return `${months.length - open} 个月已冻结（${kept}）${open > 0 ? `，${open} 个月没有冻结` : ""}`;
}
