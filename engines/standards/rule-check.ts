/**
 * What the loader, the item and the examples say of a text: the same loader as at the start, with its places and mends.
 * Nothing here refuses; a faulty draft can be kept, and is never submitted.
 */
import type { Rewritten, RuleTexts } from "@wuxin/declare";
import { addMonths } from "@wuxin/kernel";
import { type ExampleResult, PolicyError, type Problem, type RuleSet, runExamples } from "@wuxin/policy";
import { trial } from "./impact.ts";
import type { RuledItem } from "./ports.ts";

/** Months from the first in which every formula and value must be there. */
const COVERED_AHEAD = 12;

export interface Checked {
  /** Null while the text does not load. */
  readonly set: RuleSet | null;
  readonly problems: readonly Problem[];
  readonly examples: readonly ExampleResult[];
}

/** The county's texts with one item's files in force from a month on. */
export function withFiles(texts: RuleTexts, item: string, files: Rewritten): RuleTexts {
  const own = (texts.rewritten?.get(item) ?? []).filter((r) => r.from !== files.from);
  const list = [...own, files].sort((a, b) => (a.from < b.from ? -1 : 1));
  return { ...texts, rewritten: new Map([...(texts.rewritten ?? []), [item, list]]) };
}

/** @param before the rules in force without the change: what they ask is asked already. */
export function checkFiles(
  item: RuledItem,
  county: string,
  texts: RuleTexts,
  files: Rewritten,
  before: RuleSet,
): Checked {
  const problems: Problem[] = [];
  let set: RuleSet | null = null;
  try {
    set = trial(item, withFiles(texts, item.code, files), files.from);
  } catch (e) {
    if (!(e instanceof PolicyError)) throw e;
    return { set: null, problems: e.problems, examples: [] };
  }
  problems.push(
    ...outcomeProblems(item, set, files),
    ...unaskedProblems(item, set, files, before),
    ...set.coverage(files.from, addMonths(files.from, COVERED_AHEAD)),
  );
  let examples: readonly ExampleResult[] = [];
  if (files.examples)
    try {
      examples = runExamples(set, files.examples, { county });
    } catch (e) {
      if (!(e instanceof PolicyError)) throw e;
      problems.push(...e.problems);
    }
  if (examples.length === 0 && problems.length === 0)
    problems.push({
      ...placeOf(files.examples, "examples"),
      file: "examples.yaml",
      message: "没有写给本县的例子",
      mend: "至少写一个例子：什么情形，应当算出什么",
    });
  return { set, problems, examples };
}

/** What the item reads of its rules must be there, and of the kind it reads. */
function outcomeProblems(item: RuledItem, set: RuleSet, files: Rewritten): Problem[] {
  const { eligible, amount } = item.outcome;
  return [
    { name: eligible, type: "boolean", kind: "是否" },
    ...(amount === undefined ? [] : [{ name: amount, type: "money", kind: "金额" }]),
  ].flatMap(({ name, type, kind }): Problem[] => {
    const v = set.variables.get(name);
    if (v?.type === type) return [];
    const mend = `${item.title}的结论要用它，请保留「${name}」，写成 type: ${type}`;
    const message = v ? `「${name}」应当是${kind}` : `没有「${name}」`;
    return [{ ...placeOf(files.rules, name), message, mend }];
  });
}

/** A fact that no form and no register gives is missing in every case: nobody could be decided by it. */
function unaskedProblems(item: RuledItem, set: RuleSet, files: Rewritten, before: RuleSet): Problem[] {
  const asked = new Set([
    ...before.inputs.map((i) => i.name),
    ...Object.keys(item.registryFacts ?? {}),
    ...[...item.form.household, ...item.form.member, ...item.flow.actions.flatMap((a) => a.fields)].flatMap(
      (f) => (f.fact ? [f.fact] : []),
    ),
  ]);
  return set.inputs
    .filter((i) => !asked.has(i.name) && i.unrecorded === undefined)
    .map((i) => ({
      ...placeOf(files.rules, i.name),
      message: `没有人填报「${i.name}」：${item.title}的申请表和调查里没有这一栏`,
      mend: "写上 unrecorded（没有登记时按什么算），或请维护人员在表单里加这一栏后再用",
    }));
}

function placeOf(source: { file: string; text: string } | undefined, name: string) {
  const lines = (source?.text ?? "").split("\n");
  const at = lines.findIndex((l) => l.startsWith(`${name}:`));
  return { file: source?.file ?? "rules.yaml", line: at + 1, column: at < 0 ? 0 : 1 };
}

/** Sentence for who meets it where the text cannot be shown. */
export const firstProblem = (problems: readonly Problem[]): string => {
  const [p] = problems;
  if (!p) return "";
  const place = p.line > 0 ? `${p.file} 第 ${p.line} 行第 ${p.column} 列：` : `${p.file}：`;
  return `${place}${p.message}。${p.mend}`;
};
