/**
 * Facts → rules → the page that a resident reads. Pure: the same rule set, facts and names give the same page, word for
 * word; so a stored decision is replayed from its inputs.
 */
import type { ItemDefinition } from "@wuxin/declare";
import { type IsoDate, type Month, monthOf, type Scalar } from "@wuxin/kernel";
import { type Decision, decide, type Facts, type RuleSet } from "@wuxin/policy";
import { type DrawnBenefit, drawnFact } from "./drawn.ts";
import { type Explanation, explain, type Ruled } from "./explain.ts";

export interface AssessedPerson {
  readonly personId: string;
  readonly name: string;
  readonly relation: string;
  readonly sex: string;
  readonly birthDate: IsoDate;
  readonly diedOn: IsoDate | null;
  readonly inCounty: boolean;
  readonly facts: Facts;
  /** What he is covered by in the month; absent when the ledger was not asked. */
  readonly drawn?: readonly DrawnBenefit[];
}

export interface Situation {
  readonly month: Month;
  readonly areaClass: string;
  readonly household: Facts;
  /** The applicant first. */
  readonly members: readonly AssessedPerson[];
}

/** What was given to the rules: stored with a decision, enough to replay it. */
export interface Inputs {
  readonly month: Month;
  readonly wanted: readonly string[];
  readonly household: Facts;
  readonly members: readonly Facts[];
  readonly persons: readonly { readonly personId: string; readonly name: string }[];
}

export interface Assessment {
  readonly inputs: Inputs;
  readonly decision: Decision;
  readonly explanation: Explanation;
  readonly eligible: boolean | null;
  readonly amountFen: number | null;
  readonly persons: number | null;
  readonly covered: readonly string[];
  readonly reviewMonths: number | null;
  readonly reviewClass: string | null;
  /** For how many months an award holds; null: until a decision ends it. */
  readonly validMonths: number | null;
}

/** A dead member counts in the month of death and no more (待遇自死亡次月停发). */
const livesIn = (m: AssessedPerson, month: Month) => m.diedOn === null || monthOf(m.diedOn) >= month;

export function assess(item: ItemDefinition, ruleSet: RuleSet, situation: Situation): Assessment {
  return assessInputs(item, ruleSet, inputsOf(item, ruleSet, situation));
}

/** What the registry itself knows is put beside what was recorded, under the names that the item gives. */
export function inputsOf(item: ItemDefinition, ruleSet: RuleSet, s: Situation): Inputs {
  const living = s.members.filter((m) => livesIn(m, s.month));
  // A single person's case keeps the person: that he died is what the rules are to say.
  const [first] = s.members;
  const keep = first && (item.subject === "person" || living.length === 0);
  const counted = keep ? [first, ...living.filter((m) => m !== first)] : living;
  const entity = new Map(ruleSet.inputs.map((i) => [i.name, i.entity]));
  const known = (name: string, value: Scalar) =>
    entity.has(name) ? { [name]: { value, source: "户籍登记" } } : {};
  const household: Record<string, Facts[string]> = { ...s.household };
  const registry = Object.entries(item.registryFacts ?? {});
  for (const [name, kind] of registry)
    if (kind === "areaClass" && entity.get(name) === "家庭")
      Object.assign(household, known(name, s.areaClass));
  const ledger = Object.entries(item.drawnFacts ?? {});
  const fromLedger = (facts: Record<string, Facts[string]>, m: AssessedPerson | undefined, of: string) => {
    if (!m?.drawn) return;
    for (const [name, fact] of ledger) {
      if (entity.get(name) !== of) continue;
      const value = drawnFact(fact, m.drawn, facts[name]);
      if (value) facts[name] = value;
      else delete facts[name];
    }
  };
  fromLedger(household, counted[0], "家庭");
  const ofMember = (m: AssessedPerson): Facts => {
    const facts: Record<string, Facts[string]> = { ...m.facts };
    for (const [name, kind] of registry) {
      if (entity.get(name) !== "成员") continue;
      Object.assign(facts, known(name, registryValue(kind, m, s)));
    }
    fromLedger(facts, m, "成员");
    return facts;
  };
  return {
    month: s.month,
    wanted: wantedOf(item, ruleSet),
    household,
    members: counted.map(ofMember),
    persons: counted.map((m) => ({ personId: m.personId, name: m.name })),
  };
}

function registryValue(
  kind: NonNullable<ItemDefinition["registryFacts"]>[string],
  m: AssessedPerson,
  s: Situation,
): Scalar {
  switch (kind) {
    case "birthDate":
      return m.birthDate;
    case "sex":
      return m.sex;
    case "alive":
      return livesIn(m, s.month);
    case "inCounty":
      return m.inCounty;
    case "areaClass":
      return s.areaClass;
    case "relation":
      return m.relation;
  }
}

/** The variables that the item names and its rules compute; a standard named to be shown is no variable. */
export function wantedOf(item: Ruled, ruleSet: RuleSet): string[] {
  const o = item.outcome;
  const names = [
    o.eligible,
    o.amount,
    o.persons,
    o.covered,
    o.reviewMonths,
    o.reviewClass,
    o.validMonths,
    ...o.explain,
    ...(o.alsoRecognises ?? []).map((a) => a.variable),
    item.candidates?.when,
  ];
  return [...new Set(names.filter((n): n is string => n !== undefined && ruleSet.variables.has(n)))];
}

export function assessInputs(item: Ruled, ruleSet: RuleSet, inputs: Inputs): Assessment {
  const { persons, ...request } = inputs;
  const decision = decide(ruleSet, request);
  const value = (name: string | undefined) => (name === undefined ? null : resultOf(decision, name));
  const eligible = value(item.outcome.eligible);
  const amount = value(item.outcome.amount);
  const covered = coveredOf(item, decision, inputs);
  const counted = value(item.outcome.persons);
  const reviewMonths = value(item.outcome.reviewMonths);
  const reviewClass = value(item.outcome.reviewClass);
  const validMonths = value(item.outcome.validMonths);
  const outcome = {
    eligible: typeof eligible === "boolean" ? eligible : null,
    amountFen: typeof amount === "number" ? amount : null,
    persons: typeof counted === "number" ? counted : eligible === null ? null : covered.length,
  };
  return {
    inputs,
    decision,
    ...outcome,
    covered,
    reviewMonths: typeof reviewMonths === "number" ? reviewMonths : null,
    reviewClass: reviewClass === null ? null : String(reviewClass),
    validMonths: typeof validMonths === "number" ? validMonths : null,
    explanation: explain(item, ruleSet, decision, { ...outcome, names: persons.map((p) => p.name) }),
  };
}

/** A household's value, or the applicant's own; null when undetermined. */
export function resultOf(decision: Decision, name: string): Scalar {
  const result = decision.results[name] ?? decision.memberResults[name]?.[0];
  return result?.known ? result.value : null;
}

/** Of each member: true, false, or null when it cannot be said. */
export function countedOf(
  item: Ruled,
  a: Pick<Assessment, "decision" | "inputs">,
): Map<string, boolean | null> {
  const results = item.outcome.covered ? a.decision.memberResults[item.outcome.covered] : undefined;
  return new Map(
    a.inputs.persons.map((p, i) => {
      const r = results?.[i];
      if (!results) return [p.personId, true];
      return [p.personId, r?.known ? r.value === true : null];
    }),
  );
}

function coveredOf(item: Ruled, decision: Decision, inputs: Inputs): string[] {
  return [...countedOf(item, { decision, inputs })].filter(([, c]) => c === true).map(([id]) => id);
}
