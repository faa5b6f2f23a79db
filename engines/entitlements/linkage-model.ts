/** What the rules say of an index: whether it sets the subsidy going, and how much a person is given. Pure. */
import type { LinkageDefinition } from "@wuxin/declare";
import type { Month } from "@wuxin/kernel";
import { decide, explainText, type Facts, type RuleSet } from "@wuxin/policy";

/** 分 a person. */
export interface Rate {
  readonly areaClass: string;
  readonly class: string;
  readonly fen: number;
}
export interface Judged {
  readonly starts: boolean;
  readonly rates: readonly Rate[];
  /** How it came about, in plain sentences. */
  readonly told: readonly { readonly areaClass: string; readonly lines: string[] }[];
}

/** Percent as an officer writes it, with at most two decimals, to the number that rules compute with. */
export const fraction = (percent: number): number => Math.round(percent * 100) / 10_000;

/**
 * Asks the rules once for each area and class. A member of each class stands in one household.
 * @returns the names of the facts that are missing when the rules cannot tell
 */
export function judge(
  l: Pick<LinkageDefinition, "index" | "inputs" | "classes" | "outcome">,
  set: RuleSet,
  month: Month,
  percents: Readonly<Record<string, number>>,
): Judged | { readonly missing: readonly string[] } {
  const areas = set.inputs.find((i) => i.name === l.inputs.areaClass && i.entity === "家庭")?.choices ?? [];
  const index: Facts = Object.fromEntries(
    l.index.map((i) => [i.name, { value: fraction(percents[i.name] ?? Number.NaN), source: "统计部门公报" }]),
  );
  const members: Facts[] = l.classes.map((c) => ({
    [l.inputs.drawn]: { value: c.value, source: "待遇台账" },
  }));
  let starts = false;
  const rates: Rate[] = [];
  const told: { areaClass: string; lines: string[] }[] = [];
  for (const areaClass of areas) {
    const household: Facts = { ...index, [l.inputs.areaClass]: { value: areaClass, source: "户籍登记" } };
    const wanted = [l.outcome.starts, l.outcome.amount];
    const d = decide(set, { month, wanted, household, members });
    const started = d.results[l.outcome.starts];
    const amounts = d.memberResults[l.outcome.amount] ?? [];
    if (!started?.known || amounts.some((a) => !a.known))
      return { missing: [...new Set(d.missing.map((m) => m.label))] };
    starts ||= started.value === true;
    for (const [i, a] of amounts.entries())
      if (a.known && typeof a.value === "number" && a.value > 0)
        rates.push({ areaClass: String(areaClass), class: l.classes[i]?.value ?? "", fen: a.value });
    told.push({
      areaClass: String(areaClass),
      lines: explainText(
        decide(set, { month, wanted: l.outcome.explain, household, members }),
        l.outcome.explain,
      ),
    });
  }
  return { starts, rates, told };
}
