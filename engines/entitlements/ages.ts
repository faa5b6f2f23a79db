/** Ages reached: the item declares which, a review about the person is opened the day after; a person decides what follows. */
import { addDays, derivedId, type IsoDate, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { parameterAt } from "@wuxin/policy";
import type { EntitlementsDeps } from "./ports.ts";
import * as queries from "./queries.ts";
import * as store from "./store.ts";

/** How far back a birthday is still looked for: a house that stood still for a while misses nobody. */
const LOOK_BACK_DAYS = 366;

export function createAges(deps: EntitlementsDeps) {
  const { clock, catalogue, repricing } = deps;

  /** For the daily sweep; done twice it opens nothing twice. How many were opened. */
  async function openAgeReviews(tx: Tx): Promise<number> {
    const today = clock.today();
    let opened = 0;
    for (const [item, { entitlement }] of catalogue.items)
      for (const { years: declared, label, dueInDays, article } of entitlement.ages ?? []) {
        const years = yearsOf(tx, item, declared, today);
        if (years === null) continue;
        const reached = await queries.reachedAge(tx, {
          ...{ item, years, from: addDays(today, -LOOK_BACK_DAYS), to: today },
        });
        for (const { entitlementId, personId, name } of reached) {
          opened++;
          await store.openReview(tx, {
            id: derivedId(entitlementId, `age:${years}:${personId}`),
            ...{ entitlementId, kind: "age", aboutId: personId, at: clock.now() },
            label: `${name}${label.replace("{years}", String(years))}（${article}）`,
            dueOn: addDays(today, dueInDays),
          });
        }
      }
    return opened;
  }

  /** As declared, or by the dated parameter in force; null where this county has no such rules. */
  function yearsOf(tx: Tx, item: string, declared: number | { readonly parameter: string }, today: IsoDate) {
    if (typeof declared === "number") return declared;
    const month = monthOf(today);
    const set = repricing?.rules(tx.actor.countyCode, item, month)?.set;
    if (!set?.parameters.has(declared.parameter)) return null;
    const { value } = parameterAt(set, declared.parameter, month);
    return Number(value);
  }

  return { openAgeReviews };
}
