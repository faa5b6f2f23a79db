/**
 * Which benefits one person may draw in the same month: `domains/overlap.yaml`, and over it a county's own
 * `overlap.yaml`. Pairs, dated, each with its article. What no pair forbids may be drawn together.
 */
import { DomainError, firstDay, type IsoDate, isIsoDate, type Month } from "@wuxin/kernel";
import type { Source } from "@wuxin/policy";
import { readYaml } from "./yaml-file.ts";

export interface OverlapRule {
  readonly between: readonly [string, string];
  readonly since: IsoDate;
  /** True: both may be drawn; false: one of the two. */
  readonly together: boolean;
  readonly article: string;
  readonly note: string | null;
  /** The document was not seen. */
  readonly unverified: boolean;
  /** The county's own, over the national one. */
  readonly ofCounty: boolean;
}
export interface Overlap {
  /** Every name that a rule or an item may use. */
  readonly benefits: readonly string[];
  /** By pair, then by date; of one pair and date the county's only. */
  readonly rules: readonly OverlapRule[];
}

export const NO_OVERLAP: Overlap = { benefits: [], rules: [] };

/**
 * @param county a county's own rules; it may add pairs and dates, not names
 * @throws DomainError("bad-declaration") with every fault, each naming file, place and mend
 */
export function readOverlap(national: Source, county?: Source): Overlap {
  const faults: string[] = [];
  const own = readFile(national, faults);
  const theirs = county ? readFile(county, faults) : { benefits: [], rules: [] };
  if (county && theirs.benefits.length > 0)
    faults.push(`${county.file}：待遇名称只在 ${national.file} 里登记，请删去 benefits。`);
  const known = new Set(own.benefits);
  const rules = new Map<string, OverlapRule>();
  for (const [file, list, ofCounty] of [
    [national.file, own.rules, false],
    [county?.file ?? "", theirs.rules, true],
  ] as const)
    for (const rule of list) {
      const unknown = rule.between.find((b) => !known.has(b));
      if (unknown !== undefined)
        faults.push(
          `${file}：“${unknown}”不在待遇名称里，请检查拼写，或先登记到 ${national.file} 的 benefits。`,
        );
      const key = `${pairName(rule.between)} ${rule.since}`;
      if (!ofCounty && rules.has(key)) faults.push(`${file}：${key} 写了两次，请删去一条。`);
      rules.set(key, { ...rule, ofCounty });
    }
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
  const byKey = [...rules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
  return { benefits: own.benefits, rules: byKey };
}

/** The two names in one order, whichever way they were written: also what a slot of the pair is called. */
export const pairName = (between: readonly [string, string]): string => [...between].sort().join("×");

/** The rules in force on the first day of a month, one for each pair. */
export function overlapIn(overlap: Overlap, month: Month): OverlapRule[] {
  const inForce = new Map<string, OverlapRule>();
  for (const rule of overlap.rules)
    if (rule.since <= firstDay(month)) inForce.set(pairName(rule.between), rule);
  return [...inForce.values()];
}

/** One item may not be drawn beside another: each of them stands here with the name of their pair. */
export interface Exclusion {
  readonly item: string;
  readonly slot: string;
  readonly article: string;
}
/** The pairs that forbid something between items that there are. */
export function exclusionsAmong(
  overlap: Overlap,
  items: Iterable<readonly [code: string, benefits: readonly string[]]>,
  month: Month,
): Exclusion[] {
  const all = [...items];
  return overlapIn(overlap, month).flatMap((rule) => {
    if (rule.together) return [];
    const [a = [], b = []] = rule.between.map((name) => all.filter(([, own]) => own.includes(name)));
    const apart = a.flatMap(([x]) => b.filter(([y]) => y !== x).map(([y]) => [x, y]));
    return [...new Set(apart.flat())].map((item) => ({
      ...{ item, slot: pairName(rule.between), article: rule.article },
    }));
  });
}

function readFile(source: Source, faults: string[]) {
  const at = (place: string, message: string) => faults.push(`${source.file} 的 ${place}：${message}`);
  const top: { benefits?: unknown; pairs?: unknown } =
    readYaml(source, (m) => faults.push(`${source.file}：${m}`)) ?? {};
  for (const key of Object.keys(top))
    if (key !== "benefits" && key !== "pairs") at(key, "不是已知的名称，可用的有 benefits、pairs。");
  const benefits = Array.isArray(top.benefits) ? top.benefits.map(String) : [];
  const rules: Omit<OverlapRule, "ofCounty">[] = [];
  for (const [i, value] of (Array.isArray(top.pairs) ? top.pairs : []).entries()) {
    const place = `pairs[${i}]`;
    const p = (value ?? {}) as Record<string, unknown>;
    const { between, since, together, article, note, unverified } = p;
    for (const key of Object.keys(p))
      if (!["between", "since", "together", "article", "note", "unverified"].includes(key))
        at(`${place}.${key}`, "不是已知的名称，请检查拼写。");
    if (!Array.isArray(between) || between.length !== 2 || between[0] === between[1])
      at(`${place}.between`, "应写两个不同的待遇，如 [甲, 乙]。");
    else if (!isIsoDate(since)) at(`${place}.since`, "应写起算日期，如 2021-07-01。");
    else if (typeof together !== "boolean")
      at(`${place}.together`, "应写 true（可以同享）或 false（择一）。");
    else if (typeof article !== "string" || article.trim() === "")
      at(`${place}.article`, "请写出依据的文件和条款。");
    else
      rules.push({
        between: [String(between[0]), String(between[1])],
        ...{ since: since as IsoDate, together, article: article.trim() },
        ...{ note: typeof note === "string" ? note : null, unverified: unverified === true },
      });
  }
  return { benefits, rules };
}
