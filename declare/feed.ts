/**
 * A feed (数据源): a list that another department gives, what each column means, whom it is about, what the law lets it be
 * used for. Only rows about watched people are ever decoded or kept (engines/matching).
 */
import type { Citation, System } from "./roles.ts";

export type FeedColumnType = "text" | "money" | "integer" | "date" | "resident-id" | "uscc";

export interface FeedColumn {
  readonly name: string;
  /** As the heading says it; `aliases` are what other departments print for the same. */
  readonly label: string;
  readonly aliases?: readonly string[];
  readonly type: FeedColumnType;
  /** Money: the unit in the file. */
  readonly unit?: "元" | "万元";
  /** A file without it is refused; otherwise the column may be absent. */
  readonly required?: boolean;
}

/** By what a row finds its person. */
export type FeedKey =
  | { readonly kind: "resident-id"; readonly column: string }
  /** Codes of bodies that a watched person is known to stand behind, learnt from other feeds' `uscc` columns. */
  | { readonly kind: "uscc"; readonly column: string }
  /** No number in the file: the same day of birth, then the name with an explained score. */
  | { readonly kind: "name-birth"; readonly name: string; readonly birth: string };

/** One figure told from a person's rows; its name is the input of the signals' rules. */
export interface FeedFact {
  readonly name: string;
  readonly take:
    | { readonly count: "rows" }
    | { readonly sum: string }
    | { readonly max: string }
    | { readonly earliest: string }
    | { readonly latest: string };
  /** Only rows whose columns hold one of these words. */
  readonly where?: readonly { readonly column: string; readonly in: readonly string[] }[];
  /**
   * The fact of the household that stands beside it in a 核对 report; the figures of its people add up. What a person
   * declares is reckoned (`reckoning.ts`).
   */
  readonly answers?: string;
}

export type FeedUse = "monitoring" | "verification";

export interface FeedDefinition {
  readonly code: string;
  readonly title: string;
  readonly system: System;
  /** As one calls who gives it. */
  readonly department: string;
  /** Whose contact may deliver it and sees how it stands: codes of `departments.yaml`. */
  readonly givenBy?: readonly string[];
  readonly basis: readonly Citation[];
  readonly purpose: string;
  readonly use: readonly FeedUse[];
  /** Only about people whose signed authorisation is in force (银行存款): others are not even looked for. */
  readonly authorisedOnly?: boolean;
  readonly key: FeedKey;
  readonly columns: readonly FeedColumn[];
  readonly facts: readonly FeedFact[];
  /**
   * The column that names what a row is about (plate, certificate, body): of one person it counts once, however often the
   * list says it. Without it, or where a row leaves it empty, every row counts: two payments may be alike word for word.
   */
  readonly thing?: string;
  /**
   * `whole`: everybody whom it is about, on its day or in its period: whom the newest does not name, it is true of no more.
   * `changes`: what happened since the last, or answers about some: what an earlier one told still holds. (ADR 69)
   */
  readonly extent: "whole" | "changes";
  /** Older than this, the list is said to be out of date. */
  readonly freshDays: number;
}

export const defineFeed = (f: FeedDefinition): FeedDefinition => f;

/** What an alert proposes; a person decides. */
export type Proposal = "review" | "help" | "stop-payment";

/**
 * A signal (预警规则): which people of a feed are worth a look. The condition is a yes/no variable of `rules.yaml` beside
 * it, over the feed's facts and what the house knows (`在享救助` `年龄` `健在`); its version is the rules' content.
 */
export interface SignalDefinition {
  readonly code: string;
  readonly title: string;
  readonly system: System;
  readonly feed: string;
  /** The yes/no variable; undetermined is no hit. */
  readonly hit: string;
  /** Why, in words; `{name}` is a fact or a variable. */
  readonly reason: string;
  /** Facts shown beside the reason. */
  readonly evidence: readonly string[];
  /** Facts that make it the same fact again: one alert however often it is told. */
  readonly same: readonly string[];
  /** The fact that says when it happened. */
  readonly occurred?: string;
  readonly proposes: Proposal;
  /** County choice `alertLevel.<kind>` says how serious: 1 at once, 2 within the week, 3 with the month. */
  readonly kind: "stop" | "asset" | "income" | "burden" | "missed";
  /** What the village worker takes along (政策找人). */
  readonly bring?: readonly string[];
  /** Of `help`: what he may be entitled to, an item's or a benefit's code each; an item that is awarded settles it. */
  readonly benefits?: readonly string[];
  /** Once the person's death is recorded, it was right and there is nothing more to do. */
  readonly confirmedBy?: "death";
  /** `occurred` is the day of the death itself; without it, of what comes after one (火化、安葬). */
  readonly deathDay?: true;
  /** Why the person is no longer counted in his household: where others go on drawing, 成员减少 is offered, filled in. */
  readonly leaves?: "died" | "jailed";
  readonly article: Citation;
}
export const defineSignals = (list: readonly SignalDefinition[]): readonly SignalDefinition[] => list;

/** What the house itself knows of a watched person, for the rules of every signal. */
export const HOUSE_FACTS = ["在享救助", "年龄"] as const;

/** Faults of a feed, each naming file and mend. */
export function checkFeed(f: FeedDefinition, path: string): string[] {
  const at = `${path}/feed.ts`;
  const columns = new Map(f.columns.map((c) => [c.name, c]));
  const faults: string[] = [];
  if (columns.size !== f.columns.length) faults.push(`${at}：有同名的栏目。`);
  const headings = f.columns.flatMap((c) => [c.label, ...(c.aliases ?? [])]);
  if (new Set(headings).size !== headings.length) faults.push(`${at}：两个栏目用了同一个表头，请区分。`);
  const keys = f.key.kind === "name-birth" ? [f.key.name, f.key.birth] : [f.key.column];
  for (const name of keys)
    if (!columns.get(name)?.required) faults.push(`${at}：比对键 ${name} 应是必有的栏目（required）。`);
  if (f.thing !== undefined && !columns.has(f.thing))
    faults.push(`${at}：thing 说的栏目 ${f.thing} 没有定义。`);
  for (const fact of f.facts) {
    const [column] = Object.values(fact.take);
    if (column !== "rows" && !columns.has(column as string))
      faults.push(`${at}：事实 ${fact.name} 的栏目 ${column} 没有定义。`);
    for (const w of fact.where ?? [])
      if (!columns.has(w.column)) faults.push(`${at}：事实 ${fact.name} 的条件栏目 ${w.column} 没有定义。`);
  }
  return faults;
}
