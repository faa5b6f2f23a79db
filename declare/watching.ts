/** Feeds, signals and reckonings, resolved and checked once at start. */
import { loadRuleSet, type RuleSet, type Source } from "@wuxin/policy";
import type { Folder } from "./catalogue.ts";
import { keep } from "./faults.ts";
import { checkFeed, type FeedDefinition, HOUSE_FACTS, type SignalDefinition } from "./feed.ts";
import { checkReckoning, type ReckoningDefinition, supporterInputs } from "./reckoning.ts";

export interface ResolvedFeed extends FeedDefinition {
  readonly folder: Folder;
}
export interface ResolvedSignal extends SignalDefinition {
  readonly folder: Folder;
  /** The rules beside the signal with the county's dated standards laid over. Kept per county. */
  ruleSet(county: { readonly code: string; readonly standards: Source }): RuleSet;
}
export interface ResolvedReckoning extends ReckoningDefinition, Pick<ResolvedSignal, "folder" | "ruleSet"> {}
export interface WatchingDeclarations {
  readonly feeds?: readonly { readonly definition: FeedDefinition; readonly folder: Folder }[];
  readonly signals?: readonly {
    readonly definitions: readonly SignalDefinition[];
    readonly folder: Folder;
  }[];
  readonly reckonings?: readonly {
    readonly definitions: readonly ReckoningDefinition[];
    readonly folder: Folder;
  }[];
}

/** Adds its faults, each naming file and mend, to those found so far. */
export function resolveWatching(d: WatchingDeclarations, faults: string[]) {
  const feeds = new Map<string, ResolvedFeed>();
  for (const { definition, folder } of d.feeds ?? []) {
    faults.push(...checkFeed(definition, folder.path));
    keep(feeds, definition.code, { ...definition, folder }, `${folder.path}/feed.ts`, faults);
  }
  const signals = new Map<string, ResolvedSignal>();
  for (const { definitions, folder } of d.signals ?? []) {
    const ruleSet = ruleSetsOf(folder);
    for (const s of definitions) {
      faults.push(...checkSignal(s, folder, feeds.get(s.feed)));
      keep(signals, s.code, { ...s, folder, ruleSet }, `${folder.path}/signals.ts`, faults);
    }
  }
  const reckonings = new Map<string, ResolvedReckoning>();
  for (const { definitions, folder } of d.reckonings ?? []) {
    const ruleSet = ruleSetsOf(folder);
    for (const r of definitions) {
      faults.push(...checkReckoning(r, folder.path, feeds));
      const takes = r.ofSupporter ? supporterInputs(r.ofSupporter) : r.takes;
      keep(reckonings, r.code, { ...r, takes, folder, ruleSet }, `${folder.path}/reckonings.ts`, faults);
    }
  }
  const answered = [...reckonings.values()].filter((r) => !r.ofSupporter).map((r) => r.answers);
  for (const r of reckonings.values())
    for (const name of r.ofSupporter?.sums ?? [])
      if (!answered.includes(name))
        faults.push(`${r.folder.path}/reckonings.ts：折算 ${r.code} 合计的「${name}」没有折算，请改正名称。`);
  return { feeds, signals, reckonings };
}

function ruleSetsOf(folder: Folder): ResolvedSignal["ruleSet"] {
  const sets = new Map<string, RuleSet>();
  return ({ code, standards }) => {
    const key = `${code}\n${standards.text}`;
    let set = sets.get(key);
    if (!set) {
      set = loadRuleSet({
        name: folder.path,
        rules: folder.rules ? [folder.rules] : [],
        parameters: folder.parameters ? [folder.parameters, standards] : [],
      });
      sets.set(key, set);
    }
    return set;
  };
}

function checkSignal(s: SignalDefinition, folder: Folder, feed: FeedDefinition | undefined): string[] {
  const at = `${folder.path}/signals.ts`;
  if (!feed) return [`${at}：预警 ${s.code} 的数据源 ${s.feed} 没有定义。`];
  if (!folder.rules) return [`${folder.path}：缺 rules.yaml，请写出预警规则。`];
  const known = new Set<string>([...feed.facts.map((f) => f.name), ...HOUSE_FACTS]);
  return [...s.evidence, ...s.same, ...(s.occurred ? [s.occurred] : [])]
    .filter((name) => !known.has(name))
    .map((name) => `${at}：预警 ${s.code} 用到的「${name}」不是数据源「${feed.title}」的事实。`);
}
