/**
 * 我能享受什么: every benefit on the same few answers, of items and of rules that are no item yet. What is settled is not
 * asked about any more; the next question is the one that most of the open benefits wait for. Nothing is stored.
 */
import type {
  Catalogue,
  CheckWords,
  ItemDefinition,
  ResolvedBenefit,
  ResolvedItem,
  RuleTexts,
} from "@wuxin/declare";
import { addMonths, ageOn, type IsoDate, isIsoDate, type Month, monthOf, type Scalar } from "@wuxin/kernel";
import type { FactValue, InputFact, RuleSet } from "@wuxin/policy";
import { assessInputs, type Inputs, resultOf, wantedOf } from "./assessment.ts";
import { begun, type CasesDeps } from "./deps.ts";
import { invalidInput } from "./errors.ts";
import { failedStep, failedWords } from "./explain.ts";
import { choicesOf, type Question, questionOf, wrong } from "./self-check.ts";

/** Whoever lives on others has no income of his own to ask about (the rules ask it from 16 on, too). */
const EARNS_FROM_AGE = 16;

type Benefit = Pick<ItemDefinition, "title" | "shortTitle" | "subject" | "registryFacts" | "drawnFacts"> & {
  readonly code: string;
  readonly check?: CheckWords;
  readonly outcome: ResolvedBenefit["outcome"] | ResolvedItem["outcome"];
  readonly guide: ResolvedBenefit["guide"];
  readonly set: RuleSet;
  /** It can be applied for here. */
  readonly item: boolean;
};
export interface WholeCheckInput {
  readonly household: Readonly<Record<string, Scalar>>;
  /** Whoever asks first; `relation` as the list of people says. */
  readonly members: readonly {
    readonly relation: string;
    readonly facts: Readonly<Record<string, Scalar>>;
  }[];
  /** Facts passed over with 「不清楚」. */
  readonly unsure: readonly string[];
}
export interface BenefitResult {
  readonly code: string;
  readonly title: string;
  /** `later`: not now, but once what else this check finds is recognised. */
  readonly state: "yes" | "later" | "maybe" | "no";
  /** A month, or once; null where the rules only recognise, or it cannot be said. */
  readonly amountFen: number | null;
  readonly once: boolean;
  /** Places in the list of people; empty for the household. */
  readonly people: number[];
  readonly why: string;
  readonly missing: string[];
  readonly item: boolean;
  readonly what: string;
  readonly bring: string[];
  readonly howLong: string;
  readonly decidedBy: string;
  readonly note: string | null;
}
export interface WholeCheckResult {
  readonly benefits: BenefitResult[];
  /** Of every fact that is asked or was. */
  readonly questions: Question[];
  readonly next: { readonly fact: string; readonly people: number[] } | null;
  /** Benefits that are not settled. */
  readonly open: number;
}

interface Run {
  readonly benefit: Benefit;
  /** Index of the person it is about; null for the household. */
  readonly person: number | null;
  readonly eligible: boolean | null;
  readonly amountFen: number | null;
  readonly why: string;
  /** Items that the same facts give by these very rules. */
  readonly instead: readonly string[];
  /** Fact and the person who has to answer it; null for the household. */
  readonly missing: readonly { readonly fact: string; readonly person: number | null }[];
}

/** Error: invalid-input with every answer that does not fit. */
export function wholeCheck(deps: CasesDeps, county: string, input: WholeCheckInput): WholeCheckResult {
  const today = deps.clock.today();
  const month = addMonths(monthOf(today), 1);
  const benefits = benefitsOf(deps.catalogue, deps.counties.standards(county), county, month);
  const asked = askable(benefits);
  refuseWrong(asked, input, today);
  const first = benefits.flatMap((b) => runs(b, input, month, today, {}));
  const granted = new Map(first.filter((r) => r.eligible === true).map((r) => [r.benefit.code, r]));
  const results = benefits.map((b) => {
    const own = first.filter((r) => r.benefit === b);
    const plain = resultOfRuns(b, own, asked, null);
    const { facts, by } = givenBy(b, granted);
    if (by === null || plain.state === "maybe") return plain;
    const again = runs(b, input, month, today, facts);
    if (plain.state === "no") {
      const then = again.filter((r) => r.eligible === true);
      if (then.length > 0) return resultOfRuns(b, then, asked, by);
      // Refused because the same facts give what goes before it, which is found here as well.
      const before = own.some((r) => r.instead.some((code) => granted.has(code)));
      return before ? { ...plain, why: insteadOf(by) } : plain;
    }
    return again.every((r) => r.eligible === false)
      ? { ...resultOfRuns(b, again, asked, null), why: insteadOf(by) }
      : plain;
  });
  return {
    benefits: results.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state)),
    questions: [...asked.values()].map((a) => a.question),
    next: nextOf(first, asked, input.unsure),
    open: results.filter((r) => r.state === "maybe").length,
  };
}
const insteadOf = (by: string) => `可以享受「${by}」，这一项就不再认定。`;
const ORDER = ["yes", "later", "maybe", "no"];

function benefitsOf(c: Catalogue, standards: RuleTexts, county: string, month: Month): Benefit[] {
  const withSet = (b: ResolvedItem | ResolvedBenefit, item: boolean): Benefit => ({
    ...b,
    item,
    set: b.ruleSet({ code: county, standards, month }),
  });
  return [
    ...[...c.items.values()].map((i) => withSet(i, true)),
    ...[...c.benefits.values()].map((b) => withSet(b, false)),
  ].filter((b) => begun(b.set, b.outcome.eligible, month));
}

interface Asked {
  readonly input: InputFact;
  readonly question: Question;
}
/** By fact: names mean the same in all rules of the house. The words of the registry come first, then those of the first. */
function askable(benefits: readonly Benefit[]): Map<string, Asked> {
  const found = new Map<string, Asked>();
  for (const b of benefits)
    for (const input of b.set.inputs) {
      const kind = b.registryFacts?.[input.name];
      if (kind === "alive" || kind === "relation" || b.check?.madeOf?.[input.name]) continue;
      const known = found.get(input.name);
      const question = questionOf(b, input, kind === "birthDate");
      if (!known || (known.input.question === undefined && input.question !== undefined))
        found.set(input.name, { input, question });
    }
  return found;
}

function refuseWrong(asked: ReadonlyMap<string, Asked>, input: WholeCheckInput, today: IsoDate): void {
  const errors: { field: string; message: string }[] = [];
  const check = (at: string, facts: Readonly<Record<string, Scalar>>) => {
    for (const [fact, value] of Object.entries(facts)) {
      const a = asked.get(fact);
      const message = a && value !== null && value !== "" ? wrong(a.input, value, today) : undefined;
      if (message) errors.push({ field: `${at}.${fact}`, message });
    }
  };
  check("household", input.household);
  for (const [i, m] of input.members.entries()) check(`members.${i}`, m.facts);
  if (errors.length > 0) throw invalidInput(errors);
}

/** One for the household, or one for each person; a person's rules that speak of relatives see the others too. */
function runs(
  b: Benefit,
  input: WholeCheckInput,
  month: Month,
  today: IsoDate,
  given: Readonly<Record<string, Scalar>>,
): Run[] {
  const all = input.members.map((_, i) => i);
  if (b.subject === "household") return [run(b, input, month, today, all, null, given)];
  const relatives = Object.values(b.registryFacts ?? {}).includes("relation");
  return all.map((i) =>
    run(b, input, month, today, relatives ? [i, ...all.filter((x) => x !== i)] : [i], i, given),
  );
}

function run(
  b: Benefit,
  input: WholeCheckInput,
  month: Month,
  today: IsoDate,
  order: readonly number[],
  person: number | null,
  given: Readonly<Record<string, Scalar>>,
): Run {
  const factsOf = (entity: InputFact["entity"], at: number | null, head: boolean) => {
    const facts: Record<string, FactValue> = {};
    for (const i of b.set.inputs) {
      if (i.entity !== entity) continue;
      const value = given[i.name] ?? answer(b, i, input, at, head, today);
      if (value !== undefined) facts[i.name] = { value, source: "本人自测" };
      else if (i.assume !== undefined && !i.selfCheck)
        facts[i.name] = { value: i.assume, source: "按一般情形假定" };
    }
    return facts;
  };
  const inputs: Inputs = {
    month,
    wanted: wantedOf(b, b.set),
    household: factsOf("家庭", null, true),
    members: order.map((at, n) => factsOf("成员", at, n === 0)),
    persons: order.map((at) => ({ personId: String(at), name: nameOf(at) })),
  };
  const a = assessInputs(b, b.set, inputs);
  const failed = a.eligible === false ? failedStep(b, a.decision) : undefined;
  const settled =
    a.eligible === false || (a.eligible === true && !(b.outcome.amount && a.amountFen === null));
  return {
    benefit: b,
    person,
    // Nothing to draw is no benefit.
    eligible: a.eligible === true && a.amountFen === 0 ? false : a.eligible,
    amountFen: a.amountFen,
    why: failed ? failedWords(failed) : a.explanation.conclusion,
    instead: (b.outcome.alsoRecognises ?? []).flatMap((x) =>
      x.item && resultOf(a.decision, x.variable) === true ? [x.item] : [],
    ),
    missing: settled
      ? []
      : a.decision.missing.flatMap((m) => {
          const at = m.member === undefined ? null : (order[m.member] ?? null);
          return partsOf(b, m.name, at, input).map((fact) => ({ fact, person: at }));
        }),
  };
}

const nameOf = (at: number): string => (at === 0 ? "您" : `第 ${at + 1} 位家人`);
const has = (v: Scalar | undefined): v is Exclude<Scalar, null> => v !== undefined && v !== null && v !== "";

function answer(
  b: Benefit,
  i: InputFact,
  input: WholeCheckInput,
  at: number | null,
  head: boolean,
  today: IsoDate,
): Scalar | undefined {
  const person = at === null ? undefined : input.members[at];
  const kind = b.registryFacts?.[i.name];
  if (kind === "alive") return true;
  if (kind === "relation") return relation(choicesOf(b, i), person?.relation ?? "", head);
  const facts = person?.facts ?? input.household;
  const parts = b.check?.madeOf?.[i.name];
  if (parts) return madeOf(parts, facts, today);
  const value = facts[i.name];
  if (!has(value)) return undefined;
  // The same name with other choices elsewhere: this rule was not asked.
  return wrong(i, value, today) === undefined ? value : undefined;
}

/** Rules that know fewer relations call the others by their last word: 法定义务人, 其他. */
function relation(choices: readonly { readonly value: string }[], said: string, head: boolean): string {
  const values = choices.map((c) => c.value);
  if (head) return values[0] ?? "本人";
  return values.includes(said) && said !== values[0] ? said : (values.at(-1) ?? said);
}

function madeOf(
  parts: readonly string[],
  facts: Readonly<Record<string, Scalar>>,
  today: IsoDate,
): Scalar | undefined {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return has(facts[only]) ? facts[only] : undefined;
  if (isChild(facts, today)) return 0;
  const values = parts.map((p) => facts[p]);
  if (!values.every(has)) return undefined;
  return values.reduce<number>((sum, v) => sum + Number(v), 0);
}

function isChild(facts: Readonly<Record<string, Scalar>>, today: IsoDate): boolean {
  return Object.values(facts).some(
    (v) => typeof v === "string" && isIsoDate(v) && v <= today && ageOn(v, today) < EARNS_FROM_AGE,
  );
}

/** What to ask for a fact that is missing: itself, or the parts that have no answer yet. */
function partsOf(b: Benefit, fact: string, at: number | null, input: WholeCheckInput): string[] {
  const parts = b.check?.madeOf?.[fact];
  if (!parts) return [fact];
  const facts = at === null ? input.household : (input.members[at]?.facts ?? {});
  return parts.filter((p) => !has(facts[p]));
}

/** What else this check finds, as the ledger would say it once it is drawn. */
function givenBy(b: Benefit, granted: ReadonlyMap<string, Run>) {
  const facts: Record<string, Scalar> = {};
  let by: string | null = null;
  for (const [fact, drawn] of Object.entries(b.drawnFacts ?? {})) {
    const values =
      "byItem" in drawn
        ? Object.entries(drawn.byItem)
        : "drawsOneOf" in drawn
          ? drawn.drawsOneOf.map((code) => [code, true] as const)
          : [];
    for (const [code, value] of values) {
      const run = granted.get(code);
      if (!run || facts[fact] !== undefined) continue;
      facts[fact] = value;
      by = run.benefit.shortTitle;
    }
  }
  return { facts, by };
}

function resultOfRuns(
  b: Benefit,
  own: readonly Run[],
  asked: ReadonlyMap<string, Asked>,
  by: string | null,
): BenefitResult {
  const yes = own.filter((r) => r.eligible === true);
  const open = own.filter((r) => r.eligible === null);
  const chosen = yes.length > 0 ? yes : open.length > 0 ? open : own;
  const state = yes.length > 0 ? (by === null ? "yes" : "later") : open.length > 0 ? "maybe" : "no";
  const amounts = yes.map((r) => r.amountFen);
  const missing = [...new Set(chosen.flatMap((r) => r.missing.map((m) => m.fact)))];
  const unit = b.outcome.amount ? b.set.variables.get(b.outcome.amount)?.unit : undefined;
  return {
    code: b.code,
    title: b.title,
    state,
    amountFen:
      amounts.length > 0 && amounts.every((x) => x !== null) ? amounts.reduce((s, x) => s + x, 0) : null,
    once: unit === "元",
    people: chosen.flatMap((r) => (r.person === null ? [] : [r.person])),
    why: state === "later" ? `认定「${by}」以后可以申请。` : state === "no" ? (chosen[0]?.why ?? "") : "",
    missing: missing.flatMap((fact) => asked.get(fact)?.question.question ?? []),
    item: b.item,
    what: b.guide.what,
    bring: [...b.guide.bring],
    howLong: b.guide.howLong,
    decidedBy: b.guide.decidedBy,
    note: b.check?.note ?? null,
  };
}

/** What most of the open benefits wait for; of equals the one that was missed first. */
function nextOf(
  all: readonly Run[],
  asked: ReadonlyMap<string, Asked>,
  unsure: readonly string[],
): WholeCheckResult["next"] {
  const waiting = new Map<string, { benefits: Set<string>; people: Set<number> }>();
  for (const r of all)
    for (const { fact, person } of r.missing) {
      if (unsure.includes(fact) || !asked.has(fact)) continue;
      const w = waiting.get(fact) ?? { benefits: new Set(), people: new Set() };
      w.benefits.add(r.benefit.code);
      if (person !== null) w.people.add(person);
      waiting.set(fact, w);
    }
  let best: [string, { benefits: Set<string>; people: Set<number> }] | undefined;
  for (const entry of waiting) if (!best || entry[1].benefits.size > best[1].benefits.size) best = entry;
  return best ? { fact: best[0], people: [...best[1].people].sort((a, b) => a - b) } : null;
}
