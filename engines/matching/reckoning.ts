/** Pure: what the lists say of people, reckoned into the items that people declare, and how, in words. */
import { feedsOf, type ResolvedFeed, type ResolvedReckoning } from "@wuxin/declare";
import { formatYuan, type Month, type Scalar } from "@wuxin/kernel";
import { decide, parameterAt, type RuleSet } from "@wuxin/policy";
import { inWords } from "./model.ts";

export interface Reckoned {
  readonly personId: string;
  /** Null: the lists say nothing about it, or not enough; `missing` names what then lacks. */
  readonly found: number | null;
  readonly missing: readonly string[];
  readonly words: string;
}

/** Of everybody whom one of its lists names; and the parameters in it that nobody has verified. */
export function reckon(
  r: ResolvedReckoning,
  ruleSet: RuleSet,
  month: Month,
  feeds: ReadonlyMap<string, ResolvedFeed>,
  said: ReadonlyMap<string, Readonly<Record<string, Scalar>>>,
  household: Readonly<Record<string, Scalar>> = {},
): { readonly people: readonly Reckoned[]; readonly unverified: readonly string[] } {
  const people = [...said].filter(([, facts]) => r.takes.some((name) => facts[name] !== undefined));
  if (people.length === 0) return { people: [], unverified: [] };
  const asked = [...r.words.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
  const decision = decide(ruleSet, {
    month,
    wanted: [
      ...new Set([
        r.variable,
        ...(r.told ? [r.told] : []),
        ...asked.filter((name) => ruleSet.variables.has(name)),
      ]),
    ],
    household: Object.fromEntries(Object.entries(household).map(([name, value]) => [name, { value }])),
    members: people.map(([, facts]) =>
      Object.fromEntries(
        r.takes.flatMap((name) => (facts[name] === undefined ? [] : [[name, { value: facts[name]! }]])),
      ),
    ),
  });
  const sources = feedsOf(r, feeds);
  const told = people.map(([personId, facts], i): Reckoned => {
    const told = r.told === undefined ? undefined : decision.memberResults[r.told]![i]!;
    const silent = told?.known === true && told.value === false;
    const result = decision.memberResults[r.variable]![i]!;
    const words = filledIn(r.words, (name) => {
      const variable = decision.memberResults[name]?.[i];
      if (variable) return variable.known ? variable.text : undefined;
      const fact = facts[name];
      const source = sources.find((f) => f.facts.some((x) => x.name === name));
      if (typeof fact === "number" || typeof fact === "string")
        if (source) return inWords(source, name, fact);
      return parameterInWords(ruleSet, name, month);
    });
    return {
      ...{ personId, words },
      found: result.known && !silent ? Number(result.value) : null,
      missing: result.known || silent ? [] : result.missing,
    };
  });
  const used = decision.steps.flatMap((step) => step.uses.filter((u) => u.unverified).map((u) => u.name));
  return { people: told, unverified: [...new Set(used)] };
}

/** A text of an author with its `{name}` said; a part in `[…]` is left out where one of its names is not known. */
export function filledIn(text: string, say: (name: string) => string | undefined): string {
  const names = /\{([^}]+)\}/g;
  return text
    .replaceAll(/\[([^\]]+)\]/g, (_, part: string) =>
      [...part.matchAll(names)].every(([, name]) => say(name!) !== undefined) ? part : "",
    )
    .replaceAll(names, (_, name: string) => say(name) ?? "无记录");
}

export function parameterInWords(ruleSet: RuleSet, name: string, month: Month): string | undefined {
  const parameter = ruleSet.parameters.get(name);
  if (!parameter) return undefined;
  const { value } = parameterAt(ruleSet, name, month);
  if (parameter.type === "money") return `${formatYuan(Number(value))} 元`;
  return parameter.unit?.text === "%" ? `${Number((Number(value) * 100).toFixed(4))}%` : String(value);
}
