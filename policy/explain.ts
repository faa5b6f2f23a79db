import { formatDateChinese, formatMonthChinese } from "@wuxin/kernel";
import type { Decision, Step, Use } from "./types.ts";
import { conditionText } from "./words.ts";

/** How members are called in the text; default 第 1 位成员. Names belong to the caller, never to the stored decision. */
export type MemberNames = readonly string[];

/**
 * The decision in plain Chinese sentences: the conclusions, the first reason why not, each step with its values, their
 * sources, documents and articles, what is not yet verified, and what is still missing. The same decision gives the
 * same text.
 */
export function explainText(
  decision: Decision,
  wanted: readonly string[],
  memberNames: MemberNames = [],
): string[] {
  const who = (member: number) => memberNames[member] ?? `第 ${member + 1} 位成员`;
  const lines: string[] = [];
  const needed = reachable(decision, wanted);
  for (const name of wanted) lines.push(...conclusions(decision, name, who));
  for (const name of wanted) {
    const reason = whyNot(decision, name);
    if (reason) lines.push(reason);
  }
  let number = 0;
  for (const step of needed) lines.push(`${++number}. ${stepSentence(step, who)}`);
  lines.push(...sources(needed, who));
  const unverified = needed.flatMap((s) => s.uses.filter((u) => u.unverified));
  const names = [...new Set(unverified.map((u) => u.name))];
  if (names.length > 0) lines.push(`注意：${names.join("、")}为示例值，尚未按文件核实，正式使用前请核对。`);
  if (decision.missing.length > 0) {
    const list = decision.missing.map((m) => {
      const label = m.member === undefined ? m.label : `${who(m.member)}的${m.label}`;
      return `${label}${m.certain ? "" : "（视情形）"}`;
    });
    lines.push(`还缺：${list.join("、")}。`);
  }
  return lines;
}

function conclusions(decision: Decision, name: string, who: (m: number) => string): string[] {
  const household = decision.results[name];
  const month = formatMonthChinese(decision.month);
  const say = (subject: string, r: { known: boolean; text?: string; missing?: readonly string[] }) =>
    r.known
      ? `${month}，${subject}：${r.text}。`
      : `${month}，${subject}：尚不能确定，缺 ${r.missing!.join("、")}。`;
  if (household) return [say(name, household)];
  return (decision.memberResults[name] ?? []).map((r, i) => say(`${who(i)}的${name}`, r));
}

/** Follows a “否” to the condition that caused it, through the variables it stands on. */
function whyNot(decision: Decision, name: string): string | undefined {
  const path: string[] = [];
  let step = decision.steps.find((s) => s.variable === name && s.value === false);
  while (step?.firstFailed && path.length < 20) {
    path.push(
      `“${step.variable}”为否，因为不满足“${conditionText(step.firstFailed)}”（${failedValues(step)}）`,
    );
    const cause = step.uses.find(
      (u) => u.kind === "variable" && u.value === false && step!.firstFailed!.includes(u.name),
    );
    step = cause && decision.steps.find((s) => s.variable === cause.name && s.member === cause.member);
  }
  return path.length === 0 ? undefined : `原因：${path.join("；")}。`;
}

function failedValues(step: Step): string {
  const used = step.uses.filter((u) => step.firstFailed!.includes(u.name.replace(/（.*/, "")));
  return used.map((u) => `${u.name} ${u.text}`).join("，") || "见下";
}

function stepSentence(step: Step, who: (m: number) => string): string {
  const subject = step.member === undefined ? step.variable : `${who(step.member)}的${step.variable}`;
  const rounding = step.rounding && /[÷×]/.test(step.working) ? `，${step.rounding}` : "";
  const article = step.article ? `依据：${step.article}，自 ${formatDateChinese(step.since)}起。` : "";
  return `${subject}：${step.text}。${step.working}${rounding}。${article}`;
}

/** Each fact and parameter once, with where it comes from. */
function sources(steps: readonly Step[], who: (m: number) => string): string[] {
  const lines = new Map<string, string>();
  for (const use of steps.flatMap((s) => s.uses)) {
    const text = sourceSentence(use, who);
    if (text) lines.set(`${use.kind}${use.name}${use.member ?? ""}`, text);
  }
  return [...lines.values()];
}

function sourceSentence(use: Use, who: (m: number) => string): string | undefined {
  if (use.kind === "parameter") {
    const since = use.since ? `，自 ${formatDateChinese(use.since)}起执行` : "";
    return `${use.name}：${use.text}${use.document ? `（${use.document}${since}）` : since}${use.unverified ? "，示例值，待核实" : ""}。`;
  }
  if (use.kind === "fact" && use.source) {
    const subject = use.member === undefined ? use.name : `${who(use.member)}的${use.name}`;
    return `${subject}：${use.text}（来源：${use.source}${use.date ? `，${formatDateChinese(use.date)}` : ""}）。`;
  }
  return undefined;
}

/** The steps the wanted variables stand on, in the decision's order. */
function reachable(decision: Decision, wanted: readonly string[]): Step[] {
  const keep = new Set<Step>();
  const visit = (step: Step) => {
    if (keep.has(step)) return;
    keep.add(step);
    for (const use of step.uses) {
      if (use.kind !== "variable") continue;
      const next = decision.steps.find((s) => s.variable === use.name && s.member === use.member);
      if (next) visit(next);
    }
  };
  for (const step of decision.steps) if (wanted.includes(step.variable)) visit(step);
  return decision.steps.filter((s) => keep.has(s));
}
