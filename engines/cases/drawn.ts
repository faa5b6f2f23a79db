/** Facts that the ledger of entitlements gives to the rules of another item, so that nobody is asked what the house knows. */
import type { DrawnFact, ItemDefinition } from "@wuxin/declare";
import type { Month, Scalar } from "@wuxin/kernel";
import { asHouse, type Tx } from "@wuxin/platform";
import type { FactValue } from "@wuxin/policy";
import type { CasesDeps } from "./deps.ts";

/** One benefit of one person in a month. */
export interface DrawnBenefit {
  readonly item: string;
  /** 分: the amount of the month divided by the persons covered, rounded down. */
  readonly shareFen: number;
}
export type DrawnBenefits = ReadonlyMap<string, readonly DrawnBenefit[]>;

/** Where such a value stands, in a trace. */
const LEDGER = "待遇台账";

/**
 * Asked of the whole county: that a person draws something in another township decides here, too.
 * @returns undefined when the item asks nothing of the ledger, or no ledger is there to be asked
 */
export async function drawnBy(
  tx: Tx,
  deps: CasesDeps,
  item: ItemDefinition,
  personIds: readonly string[],
  month: Month,
): Promise<DrawnBenefits | undefined> {
  const { drawn } = deps;
  if (!item.drawnFacts || !drawn || personIds.length === 0) return undefined;
  return asHouse(tx, () => drawn(tx, personIds, month));
}

/** @returns the fact, or null when nobody can say it yet */
export function drawnFact(
  fact: DrawnFact,
  drawn: readonly DrawnBenefit[],
  recorded: FactValue | undefined,
): FactValue | null {
  const said = (value: Scalar): FactValue => ({ value, source: LEDGER });
  if ("drawsOneOf" in fact) return said(drawn.some((d) => fact.drawsOneOf.includes(d.item)));
  if ("shareOf" in fact)
    return said(drawn.reduce((sum, d) => sum + (fact.shareOf.includes(d.item) ? d.shareFen : 0), 0));
  const items = Object.keys(fact.byItem);
  const found = items.find((item) => drawn.some((d) => d.item === item));
  if (found !== undefined) return said(fact.byItem[found] as Scalar);
  if (fact.otherwise !== undefined) return said(fact.otherwise);
  return recorded && !Object.values(fact.byItem).includes(recorded.value) ? recorded : null;
}
