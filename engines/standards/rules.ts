/** The rules as people read them: formulas, articles, what stands on what, examples with their result, gaps by month. */
import { filesIn, type RuleTexts } from "@wuxin/declare";
import { addMonths, DomainError, type Month, monthOf } from "@wuxin/kernel";
import { type ExampleResult, type RuleSet, runExamples, type Variable } from "@wuxin/policy";
import { isMap, isSeq, parseDocument } from "yaml";
import { firstMonth, monthsFrom } from "./model.ts";
import type { RuledItem, StandardsDeps } from "./ports.ts";
import { wantedFor } from "./preview.ts";
import { inWords } from "./printed.ts";
import { isRewritten } from "./rule-views.ts";
import type { Sources } from "./sources.ts";

/** Months back and ahead in which every formula and value must be there. */
const COVERED_BACK = 12;
const COVERED_AHEAD = 12;

interface Run {
  readonly texts: RuleTexts;
  readonly month: Month;
  readonly results: readonly ExampleResult[];
}

export function createRules(deps: Pick<StandardsDeps, "catalogue" | "clock">, sources: Sources) {
  const runs = new Map<string, Run>();
  const head = (name: string): string => name.split(".")[0] ?? name;

  function setOf(item: RuledItem, county: string, month: Month): RuleSet {
    return item.ruleSet({ code: county, standards: sources.of(county), month });
  }
  /** Kept until a text changes: some hundred decisions each. */
  function examplesOf(item: RuledItem, county: string, month: Month): readonly ExampleResult[] {
    const texts = sources.of(county);
    const { examples } = filesIn(item, texts, month);
    if (!examples) return [];
    const key = `${county} ${item.code}`;
    const known = runs.get(key);
    if (known?.texts === texts && known.month === month) return known.results;
    const results = runExamples(setOf(item, county, month), examples, { county });
    runs.set(key, { texts, month, results });
    return results;
  }
  function gapsOf(set: RuleSet, month: Month) {
    const from = addMonths(month, -COVERED_BACK);
    const to = addMonths(month, COVERED_AHEAD);
    const months = monthsFrom(from, to).map((m) => ({ month: m, gaps: set.coverage(m, m).length }));
    return { from, to, months, problems: set.coverage(from, to).map((p) => `${p.message}。${p.mend}`) };
  }

  return {
    list(county: string) {
      const month = monthOf(deps.clock.today());
      return [...deps.catalogue.items.values()].map((item) => {
        const set = setOf(item, county, month);
        const examples = examplesOf(item, county, month);
        return {
          item: item.code,
          title: item.title,
          system: item.system,
          version: set.version,
          variables: set.variables.size,
          inputs: set.inputs.length,
          parameters: set.parameters.size,
          examples: examples.length,
          failing: examples.filter((e) => !e.ok).length,
          gaps: gapsOf(set, month).problems.length,
          rewritten: isRewritten(item, sources.of(county), month),
        };
      });
    },

    /** Error: not-found. */
    get(county: string, code: string) {
      const item = deps.catalogue.items.get(code);
      if (!item) throw new DomainError("not-found", "没有这个事项的规则，请从规则目录进入。");
      const month = monthOf(deps.clock.today());
      const set = setOf(item, county, month);
      const now = <V extends { readonly since: string }>(versions: readonly V[]): V | undefined =>
        versions.findLast((v) => firstMonth(v.since) <= month) ?? versions[0];
      const kindOf = (name: string) =>
        set.variables.has(name)
          ? ("variable" as const)
          : set.parameters.has(name)
            ? ("parameter" as const)
            : ("fact" as const);
      const usesOf = (v: Variable) => [...new Set((now(v.versions)?.uses ?? []).map(head))];
      const usedBy = new Map<string, string[]>();
      for (const v of set.variables.values())
        for (const u of usesOf(v)) usedBy.set(u, [...(usedBy.get(u) ?? []), v.name]);
      const results = examplesOf(item, county, month);
      const { examples } = filesIn(item, sources.of(county), month);
      const told = examples ? situations(examples.text, county) : [];
      return {
        item: item.code,
        title: item.title,
        system: item.system,
        version: set.version,
        month,
        basis: item.basis,
        outcome: wantedFor(item.outcome),
        rewritten: isRewritten(item, sources.of(county), month),
        variables: [...set.variables.values()].map((v) => ({
          name: v.name,
          code: v.code,
          label: v.label,
          entity: v.entity,
          type: v.type,
          unit: v.unit ?? null,
          article: v.reference ?? null,
          description: v.description ?? null,
          rounding: v.round ?? null,
          versions: v.versions.map(({ since, text }) => ({
            since,
            text,
            now: now(v.versions)?.since === since,
          })),
          uses: usesOf(v).map((name) => ({ name, kind: kindOf(name) })),
          usedBy: usedBy.get(v.name) ?? [],
        })),
        inputs: set.inputs.map((i) => ({
          name: i.name,
          entity: i.entity,
          type: i.type,
          unit: i.unit ?? null,
          question: i.question ?? null,
          article: i.reference ?? null,
          material: i.material ?? null,
          usedBy: usedBy.get(i.name) ?? [],
        })),
        parameters: [...set.parameters.values()].map((p) => {
          const v = now(p.versions);
          return {
            name: p.name,
            text: v ? [...v.values].map(([k, x]) => withKey(k, inWords(p, x))).join("，") : "—",
            since: v?.since ?? null,
            document: v?.document ?? null,
            unverified: v?.unverified ?? false,
            usedBy: usedBy.get(p.name) ?? [],
          };
        }),
        examples: results.map((r, i) => {
          const t = told[i]?.name === r.name ? told[i] : undefined;
          return {
            name: r.name,
            ok: r.ok,
            problems: [...r.problems],
            month: t?.month ?? null,
            given: t?.given ?? [],
            expected: t?.expected ?? [],
          };
        }),
        coverage: gapsOf(set, month),
      };
    },
  };
}

const withKey = (key: string, text: string): string => {
  const parts = key.split("\u0000").filter((k) => k !== "");
  return parts.length > 0 ? `${parts.join(" · ")} ${text}` : text;
};

interface Told {
  readonly name: string;
  readonly month: string | null;
  readonly given: string[];
  readonly expected: string[];
}

/** What each example says, without the defaults that all share; in the order in which they are run. */
function situations(text: string, county: string): Told[] {
  const doc = parseDocument(text);
  if (!isMap(doc.contents)) return [];
  const list = doc.get("examples", true);
  if (!isSeq(list)) return [];
  const general = doc.toJS() as { month?: string; county?: string };
  return (list.toJSON() as Record<string, unknown>[]).flatMap((e): Told[] => {
    const own = (e.county ?? general.county) as string | undefined;
    if (own !== undefined && String(own) !== county) return [];
    const pairs = (of: unknown) =>
      Object.entries((of ?? {}) as Record<string, unknown>).map(
        ([k, v]) => `${k} ${Array.isArray(v) ? v.map(word).join("、") : word(v)}`,
      );
    const members = Array.isArray(e.members) ? e.members : [];
    return [
      {
        name: String(e.name),
        month: (e.month ?? general.month ?? null) as string | null,
        given: [
          ...pairs(e.household),
          ...members.map((m, i) => {
            const said = pairs(m).join("，");
            return members.length > 1 ? `成员 ${i + 1}：${said || "没有别的情况"}` : said;
          }),
        ].filter((x) => x !== ""),
        expected: pairs(e.expect),
      },
    ];
  });
}

const word = (v: unknown): string => (v === true ? "是" : v === false ? "否" : String(v));
