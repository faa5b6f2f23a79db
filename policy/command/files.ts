import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { sourceFromFile } from "../files.ts";
import { loadRuleSet } from "../load.ts";
import type { RuleSources } from "../reform.ts";
import type { RuleSet, Source } from "../types.ts";

/** Command line words and options: `--name value`. */
export interface Given {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

export class Usage extends Error {}

export function parse(argv: readonly string[]): Given {
  const words: string[] = [];
  const options = new Map<string, string>();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (!word.startsWith("--")) words.push(word);
    else {
      const value = argv[++i];
      if (value === undefined) throw new Usage(`${word} 后面要写内容。`);
      options.set(word.slice(2), value);
    }
  }
  return { words, options };
}

export function required(given: Given, option: string, example: string): string {
  const value = given.options.get(option);
  if (value === undefined) throw new Usage(`请写明 --${option} ${example}`);
  return value;
}

/** `rules.yaml`, `parameters.yaml` and, where there is one, `examples.yaml` of a folder; county standards laid over. */
export function sourcesOf(given: Given): RuleSources & { folder: string; examples?: Source } {
  const [folder] = given.words;
  if (!folder) throw new Usage("请写明规则文件夹（里面有 rules.yaml 和 parameters.yaml）。");
  const at = (name: string) => join(resolve(folder), name);
  if (!existsSync(at("rules.yaml"))) throw new Usage(`${folder} 里没有 rules.yaml。请检查路径。`);
  const standards = given.options.get("standards");
  const optional = (name: string) => (existsSync(at(name)) ? [sourceFromFile(at(name))] : []);
  const [examples] = optional("examples.yaml");
  return {
    name: basename(resolve(folder)),
    folder,
    rules: [sourceFromFile(at("rules.yaml"))],
    parameters: [...optional("parameters.yaml"), ...(standards ? [sourceFromFile(resolve(standards))] : [])],
    ...(examples ? { examples } : {}),
  };
}

export function load(sources: RuleSources): RuleSet {
  return loadRuleSet({ name: sources.name, rules: [...sources.rules], parameters: [...sources.parameters] });
}
