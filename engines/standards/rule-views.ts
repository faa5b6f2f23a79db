/** An author's version → the shapes that the contract promises. */
import { filesIn } from "@wuxin/declare";
import type { Month } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";
import { FUNCTIONS, type RuleSet } from "@wuxin/policy";
import type { RuledItem } from "./ports.ts";
import { inWords } from "./printed.ts";
import type { Checked } from "./rule-check.ts";
import {
  changedNames,
  type FileTexts,
  RULE_STATE_LABELS,
  RULE_STEP_LABELS,
  type RuleMove,
  ruleRefusal,
} from "./rule-model.ts";
import type { RuleRecord, RuleStepRecord, RuleText } from "./rule-store.ts";
import type { TrialSummary } from "./rule-trial.ts";

/** A name that may stand in a formula. */
export interface NameView {
  readonly name: string;
  readonly kind: "fact" | "variable" | "parameter";
  /** Null for a parameter. */
  readonly entity: "家庭" | "成员" | null;
  readonly type: string;
  readonly unit: string | null;
  /** Of a text, what it may be; of a parameter, its parts. */
  readonly parts: readonly string[];
}

export function namesOf(set: RuleSet): NameView[] {
  return [
    ...set.inputs.map((i) => ({
      ...{ name: i.name, kind: "fact" as const, entity: i.entity, type: i.type },
      ...{ unit: i.unit ?? null, parts: [...(i.choices ?? [])] },
    })),
    ...[...set.variables.values()].map((v) => ({
      ...{ name: v.name, kind: "variable" as const, entity: v.entity, type: v.type },
      ...{ unit: v.unit ?? null, parts: [...(v.choices ?? [])] },
    })),
    ...[...set.parameters.values()].map((p) => ({
      ...{ name: p.name, kind: "parameter" as const, entity: null, type: p.type },
      ...{ unit: p.unit?.text ?? null, parts: [...(p.fields ?? [])] },
    })),
  ];
}

/** @param before the rules in force without the change */
export function checkView(c: Checked, before: RuleSet, month: Month) {
  return {
    version: c.set?.version ?? null,
    problems: c.problems.map((p) => ({ ...p })),
    examples: c.examples.map((e) => ({ name: e.name, ok: e.ok, problems: [...e.problems] })),
    /** While it does not load, those of before: completion goes on. */
    names: namesOf(c.set ?? before),
    changes: c.set ? changesOf(before, c.set, month) : [],
  };
}

/** Each changed name with its two texts: what who approves must read. */
function changesOf(before: RuleSet, after: RuleSet, month: Month) {
  const text = (set: RuleSet, name: string): string | null => {
    const v = set.variables.get(name);
    const formula = v?.versions.findLast((x) => x.since <= `${month}-01`)?.text.trim();
    if (v) return `${formula ?? "（这个月没有公式）"}${v.round ? `（取整 ${v.round}）` : ""}`;
    const i = set.inputs.find((x) => x.name === name);
    if (i)
      return [`要填报的事实，${i.type}`, i.unrecorded === undefined ? "" : `没有登记时按 ${i.unrecorded}`]
        .filter(Boolean)
        .join("，");
    const p = set.parameters.get(name);
    const held = p?.versions.findLast((x) => x.since <= `${month}-01`);
    if (!p) return null;
    return held
      ? [...held.values]
          .map(([k, x]) => `${k.replaceAll("\u0000", " ").trim()} ${inWords(p, x)}`.trim())
          .join("，")
      : "（这个月没有值）";
  };
  return changedNames(before, after, month).map((name) => ({
    name,
    before: text(before, name),
    after: text(after, name),
    article: (after.variables.get(name) ?? before.variables.get(name))?.reference ?? null,
  }));
}

const stepViews = (steps: readonly RuleStepRecord[], id: string) =>
  steps
    .filter((s) => s.ruleId === id)
    .map((s) => ({
      step: s.step,
      label: RULE_STEP_LABELS[s.step],
      by: s.by,
      at: s.at,
      reason: s.reason,
      trial: (s.trial as TrialSummary | null) ?? null,
    }));

export function historyRow(
  r: RuleRecord & Pick<RuleText, "document" | "note">,
  steps: readonly RuleStepRecord[],
  now: Month,
) {
  const label =
    r.state === "active"
      ? r.fromMonth > now
        ? "已批准，未到起始月份"
        : "已执行"
      : RULE_STATE_LABELS[r.state];
  return {
    id: r.id,
    item: r.item,
    fromMonth: r.fromMonth,
    document: r.document,
    note: r.note,
    state: r.state,
    stateLabel: label,
    enteredBy: r.enteredByName,
    enteredAt: r.enteredAt,
    steps: stepViews(steps, r.id),
  };
}

interface Known {
  readonly record: RuleRecord;
  readonly text: RuleText;
  readonly item: RuledItem;
  readonly check: ReturnType<typeof checkView>;
  readonly steps: readonly RuleStepRecord[];
  /** The texts in force without it. */
  readonly before: FileTexts;
  /** Those are the ones that it was begun from. */
  readonly standing: boolean;
  readonly actor: Actor;
  readonly now: Month;
}

export function rulePage(k: Known) {
  const { record: r, text: t } = k;
  const why = (move: RuleMove) => ruleRefusal(move, r, k.actor, k.now);
  const waits = r.state === "submitted";
  return {
    ...historyRow({ ...r, document: t.document, note: t.note }, k.steps, k.now),
    title: k.item.title,
    seq: t.seq,
    savedAt: t.savedAt,
    texts: { rules: t.rules, parameters: t.parameters, examples: t.examples },
    before: k.before,
    standing: k.standing || !(r.state === "draft" || waits),
    check: k.check,
    functions: FUNCTIONS.map((f) => ({ ...f })),
    can: {
      save: why("save") === null,
      submit: why("submit") === null,
      return: why("return") === null,
      approve: why("approve") === null,
      withdraw: why("withdraw") === null,
    },
    whyNotApprove: waits ? why("approve") : null,
  };
}

/** Whether the county's own text holds in a month, for the head of the rules page. */
export const isRewritten = (item: RuledItem, texts: Parameters<typeof filesIn>[1], month: Month): boolean =>
  filesIn(item, texts, month) !== item.folder;
