/** Stored decisions in SQL. */
import type { Tx } from "@wuxin/platform";

export interface StoredDecision {
  readonly id: string;
  readonly item: string;
  readonly ruleVersion: string;
  readonly inputs: unknown;
  readonly explanation: unknown;
}

export async function findDecision(tx: Tx, id: string): Promise<StoredDecision | undefined> {
  return tx.maybe(
    `select d.id, f.item, d.rule_version as "ruleVersion", d.inputs, d.explanation
       from case_decision d join case_file f on f.county_code = d.county_code and f.id = d.case_id
      where d.county_code = $1 and d.id = $2`,
    [tx.actor.countyCode, id],
  );
}
