/** The decision in plain words: conclusion, what leads to it, what is missing, and what would change it. */
import type { ItemDefinition } from "@wuxin/declare";
import { formatMonthChinese, formatYuan, type IsoDate } from "@wuxin/kernel";
import { conditionText, type Decision, type RuleSet, type Step, type Use } from "@wuxin/policy";

export interface ExplainedUse {
  readonly kind: "fact" | "parameter" | "variable";
  readonly name: string;
  readonly member: string | null;
  readonly text: string;
  readonly source: string | null;
  readonly date: IsoDate | null;
  readonly document: string | null;
  readonly since: IsoDate | null;
  readonly unverified: boolean;
}
export interface ExplainedStep {
  readonly variable: string;
  readonly member: string | null;
  readonly text: string;
  readonly formula: string;
  readonly article: string;
  readonly uses: ExplainedUse[];
  readonly failed: string | null;
  readonly known: boolean;
}
export interface MissingFactView {
  readonly fact: string;
  readonly member: string | null;
  readonly question: string;
}
/** The contract's Explanation. */
export interface Explanation {
  readonly conclusion: string;
  readonly eligible: boolean | null;
  readonly amountFen: number | null;
  readonly persons: number | null;
  readonly month: string;
  readonly ruleVersion: string;
  readonly highlights: { label: string; text: string }[];
  readonly steps: ExplainedStep[];
  readonly missing: MissingFactView[];
  readonly counterfactual: string | null;
  readonly alsoRecognised: string[];
}

/** Of an item, or of a benefit that is no item yet, what a decision is read by. */
export type Ruled = Pick<
  ItemDefinition,
  "title" | "subject" | "registryFacts" | "drawnFacts" | "candidates"
> & {
  readonly outcome: Omit<ItemDefinition["outcome"], "amount"> & { readonly amount?: string };
};

interface OutcomeView {
  readonly eligible: boolean | null;
  readonly amountFen: number | null;
  readonly persons: number | null;
  readonly names: readonly string[];
}

export function explain(item: Ruled, ruleSet: RuleSet, decision: Decision, o: OutcomeView): Explanation {
  const nameOf = (member: number | undefined) =>
    member === undefined || o.names.length < 2 ? null : (o.names[member] ?? null);
  const failed = o.eligible === false ? failedStep(item, decision) : undefined;
  const missing = decision.missing.map((m) => ({
    fact: m.name,
    member: nameOf(m.member),
    question: m.question ?? `请补充「${m.label}」。`,
  }));
  return {
    conclusion: conclusion(item, decision, o, failed, missing.length),
    eligible: o.eligible,
    amountFen: o.amountFen,
    persons: o.persons,
    month: decision.month,
    ruleVersion: decision.version,
    highlights: highlights(item, ruleSet, decision, o.names),
    steps: decision.steps.map((s) => ({
      variable: s.variable,
      member: nameOf(s.member),
      text: s.text,
      formula: s.rounding ? `${s.working}（${s.rounding}）` : s.working,
      article: s.article ?? "",
      uses: s.uses.map((u) => useView(u, nameOf(u.member))),
      failed: s.firstFailed === undefined ? null : conditionText(s.firstFailed),
      known: s.undetermined !== true,
    })),
    missing,
    counterfactual: failed ? counterfactual(failed) : null,
    alsoRecognised: (item.outcome.alsoRecognises ?? [])
      .filter((a) => decision.results[a.variable]?.known && resultIsTrue(decision, a.variable))
      .map((a) => a.label),
  };
}

const resultIsTrue = (d: Decision, name: string): boolean => {
  const r = d.results[name];
  return r?.known === true && r.value === true;
};

function useView(u: Use, member: string | null): ExplainedUse {
  return {
    kind: u.kind,
    name: u.name,
    member,
    text: u.text,
    source: u.source ?? null,
    date: u.date ?? null,
    document: u.document ?? null,
    since: u.since ?? null,
    unverified: u.unverified ?? false,
  };
}

function conclusion(
  item: Ruled,
  decision: Decision,
  o: OutcomeView,
  failed: Step | undefined,
  missing: number,
): string {
  const month = formatMonthChinese(decision.month);
  if (o.eligible === null) return `还缺 ${missing} 项事实，暂时不能确定${month}是否符合${item.title}条件。`;
  if (!o.eligible) {
    const why = failed ? `：${failedWords(failed)}` : "";
    return `按${month}的规定，不符合${item.title}条件${why}。`;
  }
  const people = item.subject === "household" && o.persons !== null ? `，保障 ${o.persons} 人` : "";
  const amount = o.amountFen === null ? "" : `，每月 ${formatYuan(o.amountFen)} 元`;
  return `按${month}的规定，符合${item.title}条件${amount}${people}。`;
}

/** Follows “否” down, through the yes/no variables it stands on, to the step whose own condition was not met. */
export function failedStep(item: Ruled, decision: Decision): Step | undefined {
  let step = decision.steps.find(
    (s) => s.variable === item.outcome.eligible && s.value === false && (s.member ?? 0) === 0,
  );
  for (let depth = 0; step && depth < 20; depth++) {
    const at: Step = step;
    const cause = at.uses.find(
      (u) => u.kind === "variable" && u.value === false && at.firstFailed?.includes(u.name),
    );
    const next = cause && decision.steps.find((s) => s.variable === cause.name && s.member === cause.member);
    if (!next) break;
    step = next;
  }
  return step;
}

/** The condition with what was found, in words: 家庭月人均收入为 800.00 元，低保标准为 700.00 元，不满足「家庭月人均收入低于低保标准」. */
export function failedWords(step: Step): string {
  if (step.firstFailed === undefined) return `「${step.variable}」为否`;
  const [, but] = /^not\s*\(\s*([^()\s]+)\s*\)$/.exec(step.firstFailed.trim()) ?? [];
  if (but !== undefined) return `有「${but}」的情形`;
  const named = step.uses.filter(
    (u) => step.firstFailed?.includes(baseName(u.name)) && u.value !== undefined && u.value !== null,
  );
  const values = named.map((u) => `${u.name}为 ${u.text}`).join("，");
  return `${values ? `${values}，` : ""}不满足「${conditionText(step.firstFailed)}」`;
}

const baseName = (name: string): string => name.replace(/（.*）$/, "");

/** 家庭月人均收入再低 86.00 元… — only where the condition compares two known quantities. */
function counterfactual(step: Step): string | null {
  const m = /^(.+?)\s*(<=|>=|<|>)\s*(.+)$/.exec(step.firstFailed?.trim() ?? "");
  const [, left, op, right] = m ?? [];
  if (left === undefined || op === undefined || right === undefined) return null;
  const a = quantity(step, left);
  const b = quantity(step, right);
  if (!a || !b) return null;
  const strict = op === "<" || op === ">";
  const gap = Math.abs(a.value - b.value) + (strict ? 1 : 0);
  const money = a.money || b.money;
  const by = money ? `${formatYuan(gap)} 元` : `${gap}`;
  // The standard does not move for one household: what can change is the side that is not a parameter.
  const [name, lower] = a.fixed ? [right, op.startsWith(">")] : [left, op.startsWith("<")];
  return `「${name}」再${lower ? "低" : "高"} ${by}，就满足这一条件。`;
}

function quantity(
  step: Step,
  text: string,
): { readonly value: number; readonly money: boolean; readonly fixed: boolean } | undefined {
  const name = text.trim();
  const use = step.uses.find((u) => u.name === name || baseName(u.name) === name);
  if (!use || typeof use.value !== "number" || !Number.isInteger(use.value)) return undefined;
  return { value: use.value, money: use.text.endsWith("元"), fixed: use.kind === "parameter" };
}

function highlights(
  item: Ruled,
  ruleSet: RuleSet,
  decision: Decision,
  names: readonly string[],
): { label: string; text: string }[] {
  return item.outcome.explain.flatMap((name) => {
    const label = ruleSet.variables.get(name)?.label ?? ruleSet.parameters.get(name)?.label ?? name;
    const whole = decision.results[name];
    if (whole) return [{ label, text: whole.known ? whole.text : "尚不能确定" }];
    const each = decision.memberResults[name];
    if (each)
      return each.map((r, i) => ({
        label: each.length > 1 ? `${names[i] ?? ""} ${label}` : label,
        text: r.known ? r.text : "尚不能确定",
      }));
    // A standard: as it was used in this very decision, so with the district class and the month in force.
    const used = decision.steps
      .flatMap((s) => s.uses)
      .find((u) => u.kind === "parameter" && baseName(u.name) === name);
    return used ? [{ label, text: used.text }] : [];
  });
}
