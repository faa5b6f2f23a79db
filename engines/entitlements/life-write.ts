/** What a confirmed change leaves behind: its own row, the new amounts, the facts they came from. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { inputsOf } from "./bases.ts";
import { encode, layoutOf, type SituationInputs } from "./basis.ts";
import * as life from "./life-store.ts";
import type { ItemRules, Repricing } from "./ports.ts";
import * as bases from "./reprice-store.ts";
import * as store from "./store.ts";

/** The facts in force in a month, and whether the amount stands whatever they say (渐退). */
export async function factsIn(
  tx: Tx,
  repricing: Repricing | undefined,
  id: string,
  month: Month,
): Promise<{ inputs: SituationInputs; frozen: boolean } | null> {
  const source = await life.sourceIn(tx, id, month);
  if (!source || !repricing) return null;
  const inputs = (await inputsOf(tx, repricing, [source.sourceId])).get(source.sourceId);
  return inputs ? { inputs, frozen: source.frozen } : null;
}

/** From a month on: the facts in force then, and those of later decisions and changes, each from its own month. */
export async function factsFrom(tx: Tx, repricing: Repricing | undefined, id: string, month: Month) {
  const first = await factsIn(tx, repricing, id, month);
  const later = await life.sourcesAfter(tx, id, month);
  const inputs = repricing
    ? await inputsOf(
        tx,
        repricing,
        later.map((s) => s.sourceId),
      )
    : new Map<string, SituationInputs>();
  return [
    { fromMonth: month, inputs: first?.inputs ?? null, frozen: first?.frozen ?? false },
    ...later.map((s) => ({ ...s, inputs: inputs.get(s.sourceId) ?? null })),
  ];
}

export async function writeChange(
  tx: Tx,
  change: Omit<life.ChangeRecord, "at" | "by" | "ruleVersion"> & { at: Date },
  computed: {
    readonly amounts: readonly { month: Month; fen: number }[];
    readonly personsIn: (month: Month) => number;
    readonly rules: ItemRules | null;
    /** 渐退 goes on: the amount is the decision's, not these facts'. */
    readonly frozen?: boolean;
  },
): Promise<void> {
  const { id, entitlementId, inputs, reason, at, fromMonth } = change;
  const { rules, frozen = false } = computed;
  await life.insertChange(tx, { ...change, ruleVersion: inputs ? (rules?.set.version ?? "") : null });
  for (const a of computed.amounts)
    await store.addAmount(tx, {
      ...{ entitlementId, fromMonth: a.month, amountFen: a.fen, reason, at },
      ...{ persons: computed.personsIn(a.month) },
      ...{ decisionId: null, basisId: inputs && !frozen ? id : null },
    });
  if (!inputs || !rules) return;
  const layout = layoutOf([rules.set]);
  const row = { entitlementId, sourceId: id, fromMonth, frozen };
  await bases.addBases(tx, [{ ...row, layout: layout.id, ...encode(layout, inputs) }]);
}
