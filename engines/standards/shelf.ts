/** Every standard of a county with its versions, and which rules read it: put together from the rule sets, kept by text. */
import type { RuleTexts } from "@wuxin/declare";
import type { Month } from "@wuxin/kernel";
import { loadRuleSet, type Parameter, PolicyError, type RuleSet, type Source } from "@wuxin/policy";
import { isMap, parseDocument } from "yaml";
import type { LimitedRegister, StandardsDeps } from "./ports.ts";
import { nationalSources } from "./sources.ts";

export interface Reader {
  readonly kind: "item" | "register";
  readonly code: string;
  readonly title: string;
}
export interface Derivation {
  readonly from: string;
  readonly times: string;
  readonly round: string | null;
}
export interface Shelved {
  readonly parameter: Parameter;
  readonly readers: readonly Reader[];
  /** Of the file or an approved version, the last one; null where amounts are given. */
  readonly derivation: Derivation | null;
  /** Dates given by the county's file; `*` where it derives the standard. */
  readonly countyDates: ReadonlySet<string>;
}
export type Shelf = ReadonlyMap<string, Shelved>;

/** What a formula reads, without the part: `高龄津贴标准.第一档` reads 高龄津贴标准. */
const head = (name: string): string => name.split(".")[0] ?? name;

export function namesRead(set: RuleSet): Set<string> {
  return new Set([...set.variables.values()].flatMap((v) => v.versions.flatMap((x) => x.uses.map(head))));
}

export function createShelves(deps: Pick<StandardsDeps, "catalogue" | "file">) {
  const kept = new Map<string, { texts: RuleTexts; month: Month; shelf: Shelf }>();
  const { items, registers } = deps.catalogue;

  function build(county: string, source: RuleTexts, month: Month): Shelf {
    const national = nationalSources(deps.catalogue, source.rewritten);
    const shelf = new Map<string, Shelved>();
    const derivations = derivationsOf([...national, source]);
    const own = datesOf(deps.file(county));
    const put = (set: RuleSet, reader: Reader, reads: (name: string) => boolean) => {
      for (const parameter of set.parameters.values()) {
        const { name } = parameter;
        const known = shelf.get(name);
        const touches = reads(name) || [...derivations].some(([n, d]) => d.from === name && reads(n));
        const readers = [...(known?.readers ?? []), ...(touches ? [reader] : [])];
        shelf.set(name, {
          parameter: known?.parameter ?? parameter,
          readers,
          derivation: derivations.get(name) ?? null,
          countyDates: own.get(name) ?? new Set(),
        });
      }
    };
    for (const item of items.values()) {
      const set = item.ruleSet({ code: county, standards: source, month });
      const read = namesRead(set);
      put(set, { kind: "item", code: item.code, title: item.title }, (n) => read.has(n));
    }
    for (const r of registers.values()) {
      const limits = new Set((r.limits ?? []).map((l) => l.parameter));
      if (limits.size === 0) continue;
      put(onlyParameters(r, source, limits), { kind: "register", code: r.code, title: r.title }, (n) =>
        limits.has(n),
      );
    }
    // A county sets standards of items that are not built yet, too: read by no rule, kept and shown all the same.
    for (const parameter of everything(national, source).values())
      if (!shelf.has(parameter.name))
        shelf.set(parameter.name, {
          parameter,
          readers: [],
          derivation: derivations.get(parameter.name) ?? null,
          countyDates: own.get(parameter.name) ?? new Set(),
        });
    return shelf;
  }

  function everything(national: readonly Source[], source: Source): ReadonlyMap<string, Parameter> {
    if (source.text.trim() === "") return new Map();
    try {
      return loadRuleSet({ name: "standards", rules: [], parameters: [...national, source] }).parameters;
    } catch (e) {
      // A national file that leaves a value to the counties, in a county that has not set it: the items above have said so.
      if (e instanceof PolicyError) return new Map();
      throw e;
    }
  }

  return {
    of(county: string, texts: RuleTexts, month: Month): Shelf {
      const known = kept.get(county);
      if (known?.texts === texts && known.month === month) return known.shelf;
      const shelf = build(county, texts, month);
      kept.set(county, { texts, month, shelf });
      return shelf;
    },
  };
}

/** A register names parameters in its limits and has no formulas; what the county does not set is not there. */
function onlyParameters(r: LimitedRegister, source: Source, limits: ReadonlySet<string>): RuleSet {
  const set = loadRuleSet({
    name: r.code,
    rules: [],
    parameters: [...(r.folder.parameters ? [r.folder.parameters] : []), source],
  });
  const parameters = new Map([...set.parameters].filter(([name]) => limits.has(name)));
  return { ...set, parameters };
}

/** Of each derived standard the last derivation; a later file that gives values has none. */
function derivationsOf(sources: readonly Source[]): Map<string, Derivation> {
  const found = new Map<string, Derivation>();
  for (const source of sources) {
    const root = parseDocument(source.text).contents;
    if (!isMap(root)) continue;
    for (const [name, entry] of Object.entries(root.toJSON() as Record<string, Record<string, unknown>>)) {
      if (entry?.values) found.delete(name);
      const derived = entry?.derived as Record<string, unknown> | undefined;
      if (!derived) continue;
      const last =
        "from" in derived ? derived : (Object.entries(derived).sort().at(-1)?.[1] as typeof derived);
      if (last)
        found.set(name, {
          from: String(last.from),
          times: String(last.times),
          round: last.round ? String(last.round) : null,
        });
    }
  }
  return found;
}

function datesOf(source: Source): Map<string, Set<string>> {
  const root = parseDocument(source.text).contents;
  if (!isMap(root)) return new Map();
  return new Map(
    Object.entries(root.toJSON() as Record<string, Record<string, object>>).map(([name, entry]) => [
      name,
      new Set([
        ...Object.keys(entry.values ?? {}),
        ...(entry.derived ? ["*", ...Object.keys(entry.derived)] : []),
      ]),
    ]),
  );
}
