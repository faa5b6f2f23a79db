/** SQL of what stands behind a clue: signals that raised it, actions that were done. Nothing else. */

import type { IsoDate } from "@wuxin/kernel";
import { json, type Tx } from "@wuxin/platform";
import type { ClueState } from "./model.ts";

export const insertSignal = (tx: Tx, a: SignalRecord & { readonly clueId: string }, at: Date) =>
  tx.exec(
    `insert into clue_signal (county_code, alert_id, clue_id, feed, rule, rule_version, level, title, words_sealed,
       bring, occurred_on, joined_at)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[a.alertId, a.clueId, a.feed, a.rule, a.ruleVersion, a.level, a.title, a.wordsSealed],
      ...[json(a.bring), a.occurredOn, at],
    ],
  );
/** The clue that an alert opened or joined. */
export const clueOfAlert = async (tx: Tx, alertId: string): Promise<string | undefined> =>
  (
    await tx.maybe<{ clueId: string }>(
      `select clue_id as "clueId" from clue_signal where county_code = app_county() and alert_id = $1`,
      [alertId],
    )
  )?.clueId;

export const insertAction = (
  tx: Tx,
  a: {
    id: string;
    clueId: string;
    version: number;
    action: string;
    to: ClueState;
    dataSealed: Buffer;
    at: Date;
  },
) =>
  tx.exec(
    `insert into clue_action (county_code, id, clue_id, version, action, to_state, data_sealed, at, by_name, by_role)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [a.id, a.clueId, a.version, a.action, a.to, a.dataSealed, a.at, tx.actor.name, tx.actor.role],
  );
export const findAction = (tx: Tx, id: string) =>
  tx.maybe<{ clueId: string }>(
    `select clue_id as "clueId" from clue_action where county_code = app_county() and id = $1`,
    [id],
  );

export interface ActionRecord {
  id: string;
  version: number;
  action: string;
  dataSealed: Buffer;
  at: string;
  byName: string;
  byRole: string;
}
export const actionsOf = (tx: Tx, clueId: string) =>
  tx.query<ActionRecord>(
    `select id, version, action, data_sealed as "dataSealed", at, by_name as "byName", by_role as "byRole"
     from clue_action where county_code = app_county() and clue_id = $1 order by version`,
    [clueId],
  );
export interface SignalRecord {
  alertId: string;
  feed: string;
  rule: string;
  ruleVersion: string;
  level: string;
  title: string;
  /** Reason and evidence. */
  wordsSealed: Buffer;
  bring: readonly string[];
  occurredOn: IsoDate;
}
export const signalsOf = (tx: Tx, clueIds: readonly string[]) =>
  tx.query<SignalRecord & { clueId: string }>(
    `select clue_id as "clueId", alert_id as "alertId", feed, rule, rule_version as "ruleVersion", level, title,
       words_sealed as "wordsSealed", bring, occurred_on as "occurredOn"
     from clue_signal where county_code = app_county() and clue_id = any ($1::uuid[]) order by occurred_on, alert_id`,
    [clueIds],
  );
