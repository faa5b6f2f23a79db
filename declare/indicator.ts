/**
 * An indicator (指标): definition, unit, formula over ledgers, declared denominator. Values drill down to rows.
 * Ledgers: `entitlements`, `exits`, `cases`, `payments`, `reviews`, `flags`, `register:<code>`, `register:<code>:<sub-ledger>`, `statistics`,
 * `divisions`;
 * their columns are listed in engines/indicators/README.md.
 */
import type { Condition } from "@wuxin/kernel";
import type { System } from "./roles.ts";

export type Measure =
  | { readonly count: "rows" | "persons" | "townships"; readonly ledger: string; readonly where?: Condition }
  | { readonly sum: string; readonly ledger: string; readonly where?: Condition }
  | { readonly mean: string; readonly ledger: string; readonly where?: Condition }
  | { readonly latestParameter: string; readonly divide?: number };

export interface IndicatorDefinition {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly system: System;
  /** Row of the capability list that asks for it. */
  readonly capability: string;
  /** The office that answers for it, where it is another than its domain's (`domains/owners.yaml`). */
  readonly owner?: string;
  /** In words, as an officer would say it. */
  readonly definition: string;
  /** `stock`: at the end of the month; `flow`: within the month (ledger rows dated in it). */
  readonly kind: "stock" | "flow";
  readonly measure:
    | Measure
    | { readonly ratio: Measure; readonly to: Measure; readonly times: number; readonly denominator: string }
    | { readonly difference: Measure; readonly from: "last-year-end" };
  readonly decimals: number;
  /** A dated parameter in which a document states the level that this figure should have; the page tells how far off it is. */
  readonly stated?: { readonly parameter: string; readonly divide?: number };
  /** A dated parameter without which part of it is not counted; where the county has none, the definition goes on so. */
  readonly needs?: { readonly parameter: string; readonly otherwise: string };
  /** Its place among the figures of the workbench, the smallest first; without one it stands on its own page only. */
  readonly headline?: number;
}

/** As the catalogue has it: somebody answers for it. */
export type OwnedIndicator = IndicatorDefinition & { readonly owner: string };

export const defineIndicators = (list: readonly IndicatorDefinition[]): readonly IndicatorDefinition[] =>
  list;
