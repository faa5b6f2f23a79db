/** Pure: an item's rules as a county rewrites them — texts, steps, from which month, who may do what. */
import type { Rewritten } from "@wuxin/declare";
import type { Month } from "@wuxin/kernel";
import type { RuleSet } from "@wuxin/policy";
import { type Mover, refusal, STATE_LABELS, STEP_LABELS } from "./model.ts";

export type RuleState = "draft" | "submitted" | "active" | "withdrawn" | "replaced";
export type RuleStep = "entered" | "submitted" | "returned" | "approved" | "withdrawn" | "replaced";

export const RULE_STATE_LABELS: Record<RuleState, string> = {
  ...STATE_LABELS,
  draft: "起草中",
  replaced: "已被替换",
};
export const RULE_STEP_LABELS: Record<RuleStep, string> = {
  ...STEP_LABELS,
  entered: "起草",
  returned: "退回",
  replaced: "被替换",
};

/** The texts of an item's files. */
export interface FileTexts {
  readonly rules: string;
  readonly parameters: string;
  readonly examples: string;
}
/** What the author saves. */
export interface RuleTextInput extends FileTexts {
  readonly fromMonth: Month;
  /** By which document. */
  readonly document: string;
  /** What was changed and why. */
  readonly note: string;
}

export type RuleMove = "save" | "submit" | "return" | "approve" | "withdraw";
interface MovedRule {
  readonly state: RuleState;
  readonly enteredBy: string;
  readonly fromMonth: Month;
}

/** Why this person may not take this step now, in words; null when he may. */
export function ruleRefusal(move: RuleMove, of: MovedRule, who: Mover, now: Month): string | null {
  const own = who.accountId !== null && who.accountId === of.enteredBy;
  const asStandard = { state: of.state, since: `${of.fromMonth}-01`, enteredBy: of.enteredBy };
  switch (move) {
    case "save":
      if (of.state !== "draft") return `这一版${RULE_STATE_LABELS[of.state]}，不能再改；要改请另起一版。`;
      return own ? null : "由起草的人修改。";
    case "return":
      if (of.state !== "submitted") return "只有送审的才能退回。";
      return refusal("approve", asStandard, who)?.replace("录入", "起草").replace("批准。", "退回。") ?? null;
    case "withdraw":
      if (of.state === "active" && of.fromMonth > now)
        return who.role === "county" || who.role === "leader" ? null : "由县级经办或局领导撤回。";
      if (of.state === "active")
        return "已经开始执行的规则不能撤回，请另起一版：可以从任何一版的原文开始，到起始月份替换它。";
      return refusal("withdraw", asStandard, who);
    default:
      return refusal(move, asStandard, who)?.replaceAll("录入", "起草") ?? null;
  }
}

/** As sources, named as authors know them. An empty text is a file that is not there. */
export function rewritten(t: FileTexts, from: Month): Rewritten {
  const source = (file: string, text: string) => (text.trim() === "" ? undefined : { file, text });
  const [rules, parameters, examples] = [
    source("rules.yaml", t.rules),
    source("parameters.yaml", t.parameters),
    source("examples.yaml", t.examples),
  ];
  return { from, ...(rules && { rules }), ...(parameters && { parameters }), ...(examples && { examples }) };
}

/** Variables whose formula of the month, rounding or kind differ, facts asked otherwise, and what is new or gone. */
export function changedNames(before: RuleSet, after: RuleSet, month: Month): string[] {
  const shape = (set: RuleSet, name: string): string | undefined => {
    const v = set.variables.get(name);
    if (v) {
      const { entity, type, unit, round, nullable } = v;
      const text = v.versions.findLast((x) => x.since <= `${month}-01`)?.text;
      return JSON.stringify([entity, type, unit, round, nullable, text]);
    }
    const i = set.inputs.find((x) => x.name === name);
    if (i)
      return JSON.stringify([i.entity, i.type, i.unit, i.choices, i.unrecorded, i.min, i.max, i.nullable]);
    const p = set.parameters.get(name);
    const held = p?.versions.findLast((x) => x.since <= `${month}-01`);
    return p
      ? JSON.stringify([p.type, p.by, [...(held?.values ?? [])]], (_k, x) =>
          typeof x === "bigint" ? String(x) : x,
        )
      : undefined;
  };
  const names = (s: RuleSet) => [
    ...s.variables.keys(),
    ...s.inputs.map((i) => i.name),
    ...s.parameters.keys(),
  ];
  return [...new Set([...names(before), ...names(after)])].filter(
    (n) => shape(before, n) !== shape(after, n),
  );
}
