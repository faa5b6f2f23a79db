/** One household in one month by the rules themselves. Pure. */
import type { Month } from "@wuxin/kernel";
import { decide } from "@wuxin/policy";
import type { SituationInputs } from "./basis.ts";
import type { ItemRules } from "./ports.ts";

/** 分 a month; 0 not eligible; NaN when the facts do not say. Throws where a fact does not fit the rules. */
export function ruled({ set, outcome }: ItemRules, inputs: SituationInputs, month: Month): number {
  const { household, members } = inputs;
  const d = decide(set, { month, wanted: [outcome.eligible, outcome.amount], household, members });
  const value = (name: string) => {
    const r = d.results[name] ?? d.memberResults[name]?.[0];
    return r?.known ? r.value : undefined;
  };
  if (value(outcome.eligible) === false) return 0;
  const fen = value(outcome.amount);
  return value(outcome.eligible) === true && typeof fen === "number" ? fen : Number.NaN;
}
