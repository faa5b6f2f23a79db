/** Keeps the facts of decisions ready to be computed again; the decision itself stays their source. */
import type { Tx } from "@wuxin/platform";
import { encode, type Layout, type SituationInputs, UNFIT } from "./basis.ts";
import { findChanges } from "./life-store.ts";
import type { Repricing } from "./ports.ts";
import * as store from "./reprice-store.ts";

/** What the rules were given, by decision or by change between two decisions. */
export async function inputsOf(
  tx: Tx,
  rules: Pick<Repricing, "inputs">,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, SituationInputs>> {
  if (sourceIds.length === 0) return new Map();
  const changes = (await findChanges(tx, sourceIds)).flatMap((c) =>
    c.inputs ? [[c.id, c.inputs] as const] : [],
  );
  return new Map([...(await rules.inputs(tx, sourceIds)), ...changes]);
}

/** Households of one item, from an id to an id, both included. */
export interface Span {
  readonly item: string;
  readonly from: string;
  readonly to: string;
}

/** After it, every decision of these households has its facts here in this layout. Doing it again changes nothing. */
export async function bringUp(tx: Tx, rules: Repricing, layout: Layout, span: Span): Promise<void> {
  const stale = await store.staleBases(tx, { ...span, layout: layout.id });
  const missing = await store.missingBases(tx, span);
  if (stale.length === 0 && missing.length === 0) return;
  const inputs = await inputsOf(
    tx,
    rules,
    [...stale, ...missing].map((r) => r.sourceId),
  );
  const encoded = (sourceId: string) => {
    const of = inputs.get(sourceId);
    return of ? encode(layout, of) : UNFIT;
  };
  await store.renewBases(
    tx,
    layout.id,
    stale.map((r) => ({ ...r, ...encoded(r.sourceId) })),
  );
  await store.addBases(
    tx,
    missing.map((r) => ({ ...r, layout: layout.id, ...encoded(r.sourceId) })),
  );
}
