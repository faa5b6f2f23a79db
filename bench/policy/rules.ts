import { join } from "node:path";
import { loadRuleSet, type RuleSet } from "@wuxin/policy";
import { sourceFromFile } from "@wuxin/policy/files";

/** The shared household rules, from their YAML. */
export function benchmarkRules(): RuleSet {
  const file = (name: string) => sourceFromFile(join(import.meta.dirname, name));
  return loadRuleSet({
    name: "基准家庭规则",
    rules: [file("household-rules.yaml")],
    parameters: [file("parameters.yaml")],
  });
}
