import { firstDay, type Month, monthsFromTo } from "@wuxin/kernel";
import { canonicalText } from "./canonical.ts";
import { type Problem, ProblemList } from "./errors.ts";
import type { Ir } from "./feel/ir.ts";
import { readDeclarations } from "./load/declarations.ts";
import { resolveParameters } from "./load/derive.ts";
import { checkCycles } from "./load/graph.ts";
import { checkDimensions, nameTable } from "./load/names.ts";
import { readParameters } from "./load/parameters.ts";
import { SourceFile } from "./load/source.ts";
import { toInput, toVariable } from "./load/variables.ts";
import { rememberRelevance } from "./selfcheck.ts";
import { sha256Hex } from "./sha256.ts";
import type { InputFact, Parameter, RuleSet, Source, Variable } from "./types.ts";

/**
 * Reads, checks and links rules and parameters. Later parameter files override earlier ones by key, so a county's
 * standards lie over the national values.
 * @throws PolicyError with every problem found: file, line, column, what is wrong, how to mend it
 */
export function loadRuleSet(sources: { name: string; rules: Source[]; parameters: Source[] }): RuleSet {
  const problems = new ProblemList();
  const ruleFiles = sources.rules.map((s) => new SourceFile(s, problems));
  const parameterFiles = sources.parameters.map((s) => new SourceFile(s, problems));
  // A file that cannot be read would only make every name in it unknown.
  problems.throwIfAny();
  const declarations = readDeclarations(ruleFiles, problems);
  const texts = sources.rules.map((s) => s.text).join("\n");
  const noRules = sources.rules.length === 0;
  const drafts = readParameters(parameterFiles, (name) => noRules || texts.includes(name), problems);
  const parameters = resolveParameters(drafts, problems);
  const names = nameTable(declarations, parameters, problems);
  checkDimensions(parameters, drafts, names, problems, noRules);

  const inputs: InputFact[] = [];
  const conditions = new Map<string, Ir>();
  const variables = new Map<string, Variable>();
  for (const d of declarations) {
    if (d.input) inputs.push(toInput(d, names, problems, conditions));
    else variables.set(d.name, toVariable(d, names, problems));
  }
  checkCycles(variables, declarations, problems);
  problems.throwIfAny();

  const own = new Set(
    parameterFiles.slice(0, 1).flatMap((f) => f.entries(f.root, "参数文件").map((e) => e.key)),
  );
  const used = usedParameters(parameters, variables, (p) => noRules || own.has(p));
  const content = { name: sources.name, variables, parameters: used, inputs };
  const ruleSet: RuleSet = {
    ...content,
    version: sha256Hex(canonicalText(content)),
    coverage: (from, to) => coverage(content, from, to),
  };
  rememberRelevance(ruleSet, conditions);
  return ruleSet;
}

/** What the rules read and what the item itself declares; a county's standards for other items are not its business. */
function usedParameters(
  parameters: ReadonlyMap<string, Parameter>,
  variables: ReadonlyMap<string, Variable>,
  own: (name: string) => boolean,
): ReadonlyMap<string, Parameter> {
  const used = new Set([...variables.values()].flatMap((v) => v.versions.flatMap((x) => x.uses)));
  return new Map([...parameters].filter(([name]) => used.has(name) || own(name)));
}

function coverage(set: Pick<RuleSet, "variables" | "parameters">, from: Month, to: Month): Problem[] {
  const found: Problem[] = [];
  const walk = (what: string, file: string, versions: readonly { since: string }[]) => {
    const gaps = monthsFromTo(from, to).filter((m) => !versions.some((v) => v.since <= firstDay(m)));
    if (gaps.length === 0) return;
    const range = gaps.length === 1 ? gaps[0]! : `${gaps[0]} 至 ${gaps.at(-1)}`;
    found.push({
      file,
      line: 0,
      column: 0,
      message: `${what}在 ${range} 没有生效的版本`,
      mend: `补上 ${gaps[0]!} 及以前生效的值或公式`,
    });
  };
  for (const v of set.variables.values()) walk(`“${v.name}”`, "rules.yaml", v.versions);
  for (const p of set.parameters.values()) walk(`参数“${p.name}”`, p.file, p.versions);
  return found;
}
