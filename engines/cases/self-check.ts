/** 政策自测: the same rules on what somebody types, without a name and without a trace in the database. */
import type { ResolvedItem } from "@wuxin/declare";
import { addMonths, ageOn, DomainError, type IsoDate, isIsoDate, monthOf, type Scalar } from "@wuxin/kernel";
import type { FactValue, InputFact, RuleSet } from "@wuxin/policy";
import { assessInputs, wantedOf } from "./assessment.ts";
import { type CasesDeps, getItem, ruleSetOf } from "./deps.ts";
import { invalidInput } from "./errors.ts";
import type { Explanation } from "./explain.ts";

export interface Question {
  readonly fact: string;
  readonly entity: "household" | "member";
  readonly question: string;
  readonly help: string | null;
  readonly type: "money" | "integer" | "boolean" | "choice" | "date" | "text";
  readonly unit: string | null;
  readonly choices: { value: string; label: string }[];
}

/** What the self-check asks: the rule set's own inputs that are marked for it, and what the registry would know. */
export function questions(deps: CasesDeps, itemCode: string, county: string): Question[] {
  const item = getItem(deps, itemCode);
  return asked(item, ruleSetOf(deps, item, county, monthAsked(deps))).map((i) => questionOf(item, i));
}

type Registered = Pick<ResolvedItem, "registryFacts">;
/** @param plain the registry's own words, where the rules' speak of one benefit only (“孩子是哪天出生的”) */
export function questionOf(item: Registered, i: InputFact, plain = false): Question {
  const registry = REGISTRY_QUESTIONS[item.registryFacts?.[i.name] ?? ""];
  return {
    fact: i.name,
    entity: i.entity === "家庭" ? "household" : "member",
    question: (plain ? registry : undefined) ?? i.question ?? registry ?? `${i.label}是多少？`,
    help: i.help ?? null,
    type: questionType(item, i),
    unit: i.type === "money" ? "元" : (i.unit ?? null),
    choices: choicesOf(item, i),
  };
}

/** Whoever asks today would be paid from the next month. */
const monthAsked = (deps: CasesDeps) => addMonths(monthOf(deps.clock.today()), 1);

const REGISTRY_QUESTIONS: Record<string, string> = {
  birthDate: "出生日期是哪天？",
  sex: "性别？",
  areaClass: "住在城市还是农村？",
  inCounty: "户口在本县吗？",
  relation: "与申请人是什么关系？",
};

export function choicesOf(item: Registered, i: InputFact): Question["choices"] {
  const kind = item.registryFacts?.[i.name];
  const values = i.choices ?? (kind === "areaClass" ? ["城市", "农村"] : kind === "sex" ? ["男", "女"] : []);
  return values.map((value) => ({ value, label: value }));
}

function questionType(item: Registered, i: InputFact): Question["type"] {
  if (choicesOf(item, i).length > 0) return "choice";
  if (i.type === "number") return "integer";
  return i.type;
}

function asked(item: ResolvedItem, rules: RuleSet): InputFact[] {
  const kinds = item.registryFacts ?? {};
  const marked = rules.inputs.some((i) => i.selfCheck);
  return rules.inputs.filter((i) => {
    const kind = kinds[i.name];
    // Whoever asks is alive; nobody is asked that.
    if (kind === "alive") return false;
    return kind !== undefined || (marked ? i.selfCheck : true);
  });
}

export interface SelfCheckInput {
  readonly household: Readonly<Record<string, Scalar>>;
  readonly members: readonly Readonly<Record<string, Scalar>>[];
}
export interface SelfCheckResult {
  readonly explanation: Explanation;
  readonly bring: string[];
  readonly howLong: string;
  readonly decidedBy: string;
}

/** Errors: not-found, invalid-input with every answer that does not fit (`household.家庭存款`, `members.0.出生日期`). */
export function selfCheck(
  deps: CasesDeps,
  itemCode: string,
  county: string,
  input: SelfCheckInput,
): SelfCheckResult {
  const item = getItem(deps, itemCode);
  const month = monthAsked(deps);
  const rules = ruleSetOf(deps, item, county, month);
  const today = deps.clock.today();
  const members = item.subject === "person" ? input.members.slice(0, 1) : input.members;
  if (members.length === 0)
    throw new DomainError("invalid-input", "请至少填写一位家庭成员。", { field: "members" });
  checkAnswers(rules, { ...input, members }, today);
  const factsOf = (entity: InputFact["entity"], given: Readonly<Record<string, Scalar>>) => {
    const facts: Record<string, FactValue> = {};
    for (const i of rules.inputs) {
      if (i.entity !== entity) continue;
      const value = given[i.name];
      if (value !== undefined && value !== null && value !== "")
        facts[i.name] = { value, source: "本人自测" };
      else if (item.registryFacts?.[i.name] === "alive") facts[i.name] = { value: true };
      else if (item.registryFacts?.[i.name] === "inCounty") facts[i.name] = { value: true };
      // Not asked here: the usual case is assumed, and the result says that it is a trial.
      else if (i.assume !== undefined) facts[i.name] = { value: i.assume, source: "按一般情形假定" };
    }
    return facts;
  };
  const { explanation } = assessInputs(item, rules, {
    month,
    wanted: wantedOf(item, rules),
    household: factsOf("家庭", input.household),
    members: members.map((m) => factsOf("成员", m)),
    persons: members.map((_, i) => ({ personId: String(i), name: i === 0 ? "您" : `第 ${i + 1} 位成员` })),
  });
  return {
    explanation,
    bring: [...item.guide.bring],
    howLong: item.guide.howLong,
    decidedBy: item.guide.decidedBy,
  };
}

function checkAnswers(rules: RuleSet, input: SelfCheckInput, today: IsoDate): void {
  const errors: { field: string; message: string }[] = [];
  const check = (at: string, entity: InputFact["entity"], given: Readonly<Record<string, Scalar>>) => {
    for (const i of rules.inputs) {
      const value = given[i.name];
      if (i.entity !== entity || value === undefined || value === null || value === "") continue;
      const message = wrong(i, value, today);
      if (message) errors.push({ field: `${at}.${i.name}`, message });
    }
  };
  check("household", "家庭", input.household);
  for (const [i, m] of input.members.entries()) check(`members.${i}`, "成员", m);
  if (errors.length > 0) throw invalidInput(errors);
}

/** What is wrong with an answer, in words. */
export function wrong(i: InputFact, value: Scalar, today: IsoDate): string | undefined {
  const name = `「${i.label}」`;
  switch (i.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : `${name}请选择「是」或「否」。`;
    case "date":
      if (typeof value !== "string" || !isIsoDate(value)) return `${name}不是有效日期，请写成 2024-03-01。`;
      if (value > today) return `${name}不能晚于今天。`;
      return ageOn(value, today) > 130 ? `${name}早于 130 年前，请核对。` : undefined;
    case "text":
      if (typeof value !== "string") return `${name}应为文字。`;
      return i.choices && !i.choices.includes(value) ? `${name}请从给出的选项里选。` : undefined;
    default:
      if (typeof value !== "number" || !Number.isSafeInteger(value)) return `${name}应为数字。`;
      if (value < (i.min ?? 0))
        return `${name}不能小于 ${i.type === "money" ? (i.min ?? 0) / 100 : (i.min ?? 0)}。`;
      if (value > (i.max ?? 1_000_000_000)) return `${name}过大，请核对是否多写了零。`;
      return undefined;
  }
}
