/**
 * A reckoning (折算): how what the lists say of a person becomes an item that people declare. The figure is a variable of
 * `rules.yaml` beside it, over facts of feeds; its version is the rules' content. It speaks only of whom a list names.
 */

import type { Citation } from "./roles.ts";
import type { ResolvedFeed } from "./watching.ts";

export interface ReckoningDefinition {
  readonly code: string;
  /** The fact that a person declares; 核对 puts the figure beside it. */
  readonly answers: string;
  /** The figure, of each person. */
  readonly variable: string;
  /** The yes/no variable: where it is no, the lists say nothing of it, and what was declared stands. */
  readonly told?: string;
  /** Facts of feeds that may be used for 核对; none with `ofSupporter`, whose inputs it takes. */
  readonly takes: readonly string[];
  /** It speaks of those who must support a member and do not live with him; the figure is the supported member's. */
  readonly ofSupporter?: SupporterInputs;
  /** How it was reckoned, in words; `{name}` is a fact, a parameter or a variable; `[…]` is left out where one is not known. */
  readonly words: string;
  readonly article: Citation;
}
/** Names of inputs of the rules, by what each is of the supporter. */
export interface SupporterInputs {
  /** A month's income as he declared it. */
  readonly declared: string;
  /** What the lists say of him: the sum of what other reckonings come to. Unknown while no list names him. */
  readonly found: string;
  /** The `answers` of those reckonings. */
  readonly sums: readonly string[];
  /** How many live on his income, himself included. */
  readonly dependants: string;
  /** How many he must support who do not live with him. */
  readonly supports: string;
  /** Of the household: 城市 or 农村. */
  readonly area: string;
  /** Whether an agreement or a judgment says what he pays, and how much a month. */
  readonly agreed: string;
  readonly agreedAmount: string;
}
export const defineReckonings = (list: readonly ReckoningDefinition[]): readonly ReckoningDefinition[] =>
  list;

/** The inputs of a reckoning of supporters. */
export const supporterInputs = ({ sums: _, area: __, ...inputs }: SupporterInputs): string[] =>
  Object.values(inputs);

/** The feeds whose facts it takes. */
export const feedsOf = (
  r: Pick<ReckoningDefinition, "takes">,
  feeds: ReadonlyMap<string, ResolvedFeed>,
): ResolvedFeed[] => [...feeds.values()].filter((f) => f.facts.some((x) => r.takes.includes(x.name)));

/** Faults, each naming file and mend. */
export function checkReckoning(
  r: ReckoningDefinition,
  path: string,
  feeds: ReadonlyMap<string, ResolvedFeed>,
): string[] {
  const at = `${path}/reckonings.ts`;
  if (r.ofSupporter) return [];
  return r.takes.flatMap((name) => {
    const from = [...feeds.values()].filter((f) => f.facts.some((x) => x.name === name));
    if (from.length !== 1)
      return [`${at}：折算 ${r.code} 用到的「${name}」应是一份数据源的事实，现有 ${from.length} 份。`];
    return from[0]!.use.includes("verification")
      ? []
      : [`${at}：折算 ${r.code} 用到的「${name}」出自「${from[0]!.title}」，那份名单不能用于核对。`];
  });
}
