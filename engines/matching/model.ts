/** Pure: what a run, an alert and their events are, and what may follow what. */
import type { FeedDefinition, FeedFact, Proposal, ResolvedFeed } from "@wuxin/declare";
import { DomainError, formatYuan, type IsoDate } from "@wuxin/kernel";

/** What the rows about a person come to, by the feed's facts: money in 分, days as text; what no row said is absent. */
export type FactsOfMatch = Readonly<Record<string, number | string>>;

/** The rule of the house itself: a recheck of who draws found otherwise than was declared. Its list is the report. */
export const DECLARED_BESIDE_FOUND = {
  code: "declared-beside-found",
  feed: "means-check",
  feedTitle: "在享核对报告",
  version: "1",
  title: "在享核对与申报不一致",
  proposes: "review",
  basis: "社会救助暂行办法 第五十八条",
} as const;

/** How a file came. */
export const ORIGINS = {
  console: "页面上传",
  api: "接口上传",
  folder: "监看文件夹",
  connector: "定时获取",
} as const;
export type Origin = keyof typeof ORIGINS;

/** waiting → done | refused | failed. A file is never half loaded: what a run found is stored in one transaction. */
export const RUN_STATES = { waiting: "等待比对", done: "已比对", refused: "未接收", failed: "出错" } as const;
export type RunState = keyof typeof RUN_STATES;

export const ALERT_STATES = {
  pending: "待核查",
  confirmed: "属实",
  false: "误报",
  "no-change": "属实、无需变动",
  // Its list was corrected before anybody judged.
  withdrawn: "名单已更正",
} as const;
export type AlertState = keyof typeof ALERT_STATES;
export type Judgement = Exclude<AlertState, "pending" | "withdrawn">;

export interface Evidence {
  readonly label: string;
  readonly value: string;
}

/** Outbox `alert.raised`: somebody should go and see. What there is to see is asked for with `told`. */
export interface AlertRaised {
  readonly alertId: string;
}

/** An alert as another engine reads it. */
export interface ToldAlert {
  readonly alertId: string;
  readonly countyCode: string;
  readonly feed: string;
  readonly feedTitle: string;
  readonly rule: string;
  readonly ruleVersion: string;
  readonly level: number;
  readonly personId: string | null;
  readonly householdId: string | null;
  readonly divisionCode: string;
  readonly title: string;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  readonly proposes: Proposal;
  /** The day it happened, where the list says so; else the day it was found. */
  readonly occurredOn: IsoDate;
  readonly bring: readonly string[];
}

/** Outbox `alert.judged`: somebody at the desk said what it was. What he said is asked for with `toldJudgement`. */
export interface AlertJudged {
  readonly alertId: string;
}
/** A judgement at the desk as another engine reads it. */
export interface ToldJudgement {
  readonly alertId: string;
  readonly title: string;
  readonly judgement: Judgement;
  readonly outcome: string;
  /** Who judged, by name. */
  readonly by: string;
}

/** Outbox `clue.closed`, heard here: what was found at the door. */
export interface ClueClosed {
  readonly clueId: string;
  readonly alertIds: readonly string[];
  readonly judgement: Judgement;
  readonly outcome: string;
  readonly savedFenPerMonth?: number | null;
  readonly helpedFenPerMonth?: number | null;
}

/** Shares of a rule's judged alerts that were right; null while nothing is judged. */
export function precisionOf(counts: { confirmed: number; noChange: number; false: number }): number | null {
  const right = counts.confirmed + counts.noChange;
  const judged = right + counts.false;
  return judged === 0 ? null : right / judged;
}

/** A judgement is given once; the same again changes nothing, another is refused: a new fact is a new alert. */
export function judged(was: AlertState, now: Judgement): "same" | "new" {
  if (was === now) return "same";
  if (was === "withdrawn")
    throw new DomainError(
      "action-not-allowed",
      "这条预警所在的名单已经更正，更正后没有这一条，不用核查。请刷新页面查看。",
    );
  if (was !== "pending")
    throw new DomainError("action-not-allowed", `这条预警已经核查为「${ALERT_STATES[was]}」，不能改判。`);
  return "new";
}

/** This share of broken keys, and the whole list is sent back. */
export const MAX_BROKEN_SHARE = 0.1;
/** Rows kept of one person and run: the figures count all rows, the file itself is deleted. */
export const MAX_ROWS_KEPT = 20;

/**
 * A figure of a household from those of its people, by what the figure is: amounts and counts add up, of highest values
 * the highest stands, of days the earliest or the latest. Null: nobody has one.
 */
export function householdFigure(
  fact: Pick<FeedFact, "take">,
  values: readonly (number | string)[],
): number | string | null {
  const [first] = values;
  if (first === undefined) return null;
  if (values.every((v) => typeof v === "number"))
    return "max" in fact.take ? Math.max(...values) : values.reduce((a, b) => a + b, 0);
  const days = values.map(String).sort();
  return ("earliest" in fact.take ? days[0] : days.at(-1)) ?? null;
}

export function typeOf(feed: FeedDefinition, fact: string): string {
  const f = feed.facts.find((x) => x.name === fact);
  const [op, column] = Object.entries(f?.take ?? {})[0] ?? [];
  if (op === undefined || op === "count") return "integer";
  return feed.columns.find((c) => c.name === column)?.type ?? "integer";
}

export const inWords = (feed: FeedDefinition, fact: string, value: number | string): string =>
  typeof value === "number" && typeOf(feed, fact) === "money" ? `${formatYuan(value)} 元` : String(value);

export interface LevelStretch {
  readonly level: number;
  readonly from: IsoDate;
  /** Null: still so. */
  readonly until: IsoDate | null;
  /** Titles of the open alerts of that level. */
  readonly because: readonly string[];
}
/**
 * The level of a household through time, oldest first: the highest (lowest number) of what is open about it on each day,
 * from the day an alert was raised until it was judged. A stretch of days with nothing open is left out.
 */
export function levelsOf(
  alerts: readonly {
    readonly level: number;
    readonly title: string;
    readonly raisedOn: IsoDate;
    readonly judgedOn: IsoDate | null;
  }[],
): LevelStretch[] {
  const days = [...new Set(alerts.flatMap((a) => [a.raisedOn, ...(a.judgedOn ? [a.judgedOn] : [])]))].sort();
  const stretches: LevelStretch[] = [];
  for (const [i, from] of days.entries()) {
    const open = alerts.filter((a) => a.raisedOn <= from && (a.judgedOn === null || a.judgedOn > from));
    if (open.length === 0) continue;
    const level = Math.min(...open.map((a) => a.level));
    const because = [...new Set(open.filter((a) => a.level === level).map((a) => a.title))];
    const until = days[i + 1] ?? null;
    const last = stretches.at(-1);
    if (last?.until === from && last.level === level && last.because.join() === because.join())
      stretches[stretches.length - 1] = { ...last, until };
    else stretches.push({ level, from, until, because });
  }
  return stretches;
}

/** A county that says nothing else: a whole list with so many per cent fewer rows than the one before is asked about. */
export const LIST_FALL_PERCENT = 30;
export type Fall = "held" | "whole" | "part";
export const FALLS: Readonly<Record<Fall, string>> = {
  held: "行数骤减，待核实",
  whole: "已核实是全量",
  part: "已核实不是全量",
};
/** All files of one day. */
export interface ListDay {
  readonly asOf: IsoDate;
  readonly rows: number;
  /** It ends what older lists told. */
  readonly counts: boolean;
}
/** More per cent of its rows are missing than may be. */
export const fell = (rows: number, before: number, percent: number): boolean =>
  rows * 100 < before * (100 - percent);

/**
 * Of how many rows the list of a run's day fell too far; null: it did not, or it ends nothing (a newer list, or another
 * file of the day, counts already).
 * @param days of the feed, the run's rows with them
 */
export function fallenFrom(
  run: { readonly asOf: IsoDate },
  days: readonly ListDay[],
  percent: number,
): number | null {
  if (days.some((d) => d.counts && d.asOf >= run.asOf)) return null;
  const before = days
    .filter((d) => d.counts && d.asOf < run.asOf)
    .reduce<ListDay | null>((newest, d) => (newest === null || d.asOf > newest.asOf ? d : newest), null);
  if (before === null) return null;
  const rows = days.find((d) => d.asOf === run.asOf)?.rows ?? 0;
  return fell(rows, before.rows, percent) ? before.rows : null;
}

/** Codes of the lists of which each names everybody it is about. */
export const wholeLists = (feeds: Iterable<ResolvedFeed>): string[] =>
  [...feeds].flatMap((f) => (f.extent === "whole" ? [f.code] : []));
