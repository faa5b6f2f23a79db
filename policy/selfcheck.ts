import { Run } from "./decide.ts";
import type { Ir } from "./feel/ir.ts";
import { evaluate, Undetermined } from "./machine/evaluate.ts";
import type { DecideRequest, Facts, FactValue, InputFact, RuleSet } from "./types.ts";

/** A question of 政策自测, for the household or for one member. */
export interface Question {
  readonly input: InputFact;
  /** Index into `members`; absent for the household. */
  readonly member?: number;
  readonly answered: boolean;
}

/** Conditions under which an input is asked at all, by input name; filled in by the loader. */
const relevance = new WeakMap<RuleSet, ReadonlyMap<string, Ir>>();

export function rememberRelevance(ruleSet: RuleSet, conditions: ReadonlyMap<string, Ir>): void {
  relevance.set(ruleSet, conditions);
}

/**
 * What to ask, in the order of the rules file, given the answers so far: the inputs whose `when` holds (or cannot be
 * told yet to be false). With `onlySelfCheck`, those of 政策自测 alone.
 */
export function questionsFor(
  ruleSet: RuleSet,
  request: Omit<DecideRequest, "wanted">,
  options: { readonly onlySelfCheck?: boolean } = {},
): Question[] {
  const run = new Run(ruleSet, { ...request, wanted: [] });
  const conditions = relevance.get(ruleSet);
  const asked = (input: InputFact, member: number | undefined): Question[] => {
    const condition = conditions?.get(input.name);
    run.slots = member === undefined ? [] : [member];
    const relevant = condition ? evaluate(condition, run) : true;
    if (relevant === false || (relevant instanceof Undetermined && options.onlySelfCheck)) return [];
    const facts: Facts = member === undefined ? request.household : request.members[member]!;
    return [
      {
        input,
        ...(member === undefined ? {} : { member }),
        answered: facts[input.name]?.value !== undefined,
      },
    ];
  };
  const chosen = ruleSet.inputs.filter((i) => !options.onlySelfCheck || i.selfCheck);
  const household = chosen.filter((i) => i.entity === "家庭").flatMap((i) => asked(i, undefined));
  const members = request.members.flatMap((_, m) =>
    chosen.filter((i) => i.entity === "成员").flatMap((i) => asked(i, m)),
  );
  return [...household, ...members];
}

/**
 * Fills in what 政策自测 may assume where nothing was answered (`assume` of each input). Never for a decision: there a
 * missing fact stays missing.
 */
export function assumedFacts(ruleSet: RuleSet, request: DecideRequest): DecideRequest {
  const fill = (facts: Facts, entity: "家庭" | "成员"): Facts => {
    const out: Record<string, FactValue | undefined> = { ...facts };
    for (const i of ruleSet.inputs) {
      if (i.entity === entity && i.assume !== undefined && out[i.name]?.value === undefined)
        out[i.name] = { value: i.assume, source: "自测时假定" };
    }
    return out;
  };
  return {
    ...request,
    household: fill(request.household, "家庭"),
    members: request.members.map((m) => fill(m, "成员")),
  };
}
