import { PolicyError } from "../errors.ts";
import { loadRuleSet } from "../load.ts";
import type { Facts, PlainValue, RuleSet } from "../types.ts";
import type { Situation } from "./expressions.ts";

const INPUTS = `
甲: { entity: 家庭, type: integer, input: true }
乙: { entity: 家庭, type: integer, input: true }
丙: { entity: 家庭, type: integer, input: true }
空数: { entity: 家庭, type: integer, input: true, nullable: true }
真: { entity: 家庭, type: boolean, input: true }
假: { entity: 家庭, type: boolean, input: true }
区: { entity: 家庭, type: text, choices: [城市, 农村], input: true }
日: { entity: 家庭, type: date, input: true }
后日: { entity: 家庭, type: date, input: true }
岁: { entity: 成员, type: integer, input: true }
钱: { entity: 成员, type: integer, input: true }
计: { entity: 成员, type: boolean, input: true }
缺: { entity: 成员, type: integer, input: true, nullable: true }
`;

/** A rule set whose variables are generated expressions; undefined where one of them is refused. */
export function generatedRules(
  formulas: readonly { type: "number" | "boolean"; text: string }[],
): RuleSet | undefined {
  const variables = formulas.map(
    ({ type, text }, i) =>
      `量${i}:\n  entity: 家庭\n  type: ${type}\n  nullable: true\n  formula:\n    2020-01-01: ${JSON.stringify(text)}\n`,
  );
  try {
    return loadRuleSet({
      name: "随机",
      rules: [{ file: "rules.yaml", text: INPUTS + variables.join("") }],
      parameters: [],
    });
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

/** A generated situation as recorded facts; `missing` names facts nobody recorded. */
export function generatedFacts(
  s: Situation,
  missing: readonly string[],
): { household: Facts; members: Facts[] } {
  const facts = (values: Situation["household"]): Facts =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) =>
        missing.includes(name) ? [] : [[name, { value: value as PlainValue }]],
      ),
    );
  return { household: facts(s.household), members: s.members.map(facts) };
}
