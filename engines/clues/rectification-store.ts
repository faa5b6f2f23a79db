/** SQL of notices to a township, nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { RectificationAction, RectificationState } from "./rectification-model.ts";

export interface RectificationRecord {
  id: string;
  number: string;
  divisionCode: string;
  month: Month;
  wordsSealed: Buffer;
  issuedOn: IsoDate;
  dueOn: IsoDate;
  state: RectificationState;
  version: number;
  returned: number;
  answeredOn: IsoDate | null;
  closedOn: IsoDate | null;
  issuedByName: string;
}
const COLUMNS = `id, number, division_code as "divisionCode", month, words_sealed as "wordsSealed", issued_on as "issuedOn",
  due_on as "dueOn", state, version, returned, answered_on as "answeredOn", closed_on as "closedOn",
  issued_by_name as "issuedByName"`;

export const insert = (
  tx: Tx,
  r: Pick<
    RectificationRecord,
    "id" | "number" | "divisionCode" | "month" | "wordsSealed" | "issuedOn" | "dueOn"
  >,
) =>
  tx.exec(
    `insert into rectification (county_code, id, number, division_code, month, words_sealed, issued_on, due_on, state, version,
       issued_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, 'issued', 1, $8)`,
    [r.id, r.number, r.divisionCode, r.month, r.wordsSealed, r.issuedOn, r.dueOn, tx.actor.name],
  );

/** Holds the row, so that two people cannot act at once. */
export const lock = (tx: Tx, id: string) =>
  tx.maybe<RectificationRecord>(
    `select ${COLUMNS} from rectification where county_code = app_county() and id = $1 for update`,
    [id],
  );
export const find = (tx: Tx, id: string) =>
  tx.maybe<RectificationRecord>(
    `select ${COLUMNS} from rectification where county_code = app_county() and id = $1`,
    [id],
  );
export const change = (
  tx: Tx,
  id: string,
  to: Pick<RectificationRecord, "state" | "dueOn" | "returned" | "answeredOn" | "closedOn">,
) =>
  tx.exec(
    `update rectification set state = $2, due_on = $3, returned = $4, answered_on = $5, closed_on = $6, version = version + 1
     where county_code = app_county() and id = $1`,
    [id, to.state, to.dueOn, to.returned, to.answeredOn, to.closedOn],
  );

export interface RectificationQuery {
  readonly page?: number | undefined;
  readonly size?: number | undefined;
  readonly division?: string | undefined;
  readonly open?: boolean | undefined;
}
/** Open ones first, by their day. */
export async function list(
  tx: Tx,
  q: RectificationQuery,
): Promise<{ rows: RectificationRecord[]; total: number }> {
  const size = q.size ?? 20;
  const rows = await tx.query<RectificationRecord & { total: number }>(
    `select ${COLUMNS}, count(*) over ()::int as total from rectification
     where county_code = app_county() and starts_with(division_code, $1) and (not $2 or closed_on is null)
     order by closed_on is not null, case when closed_on is null then due_on end, closed_on desc, id
     limit $3 offset $4`,
    [q.division ?? "", q.open ?? false, size, ((q.page ?? 1) - 1) * size],
  );
  return { rows, total: rows[0]?.total ?? 0 };
}

export const insertAction = (
  tx: Tx,
  a: {
    readonly id: string;
    readonly of: string;
    readonly version: number;
    readonly action: RectificationAction;
    readonly to: RectificationState;
    readonly dataSealed: Buffer;
    readonly at: Date;
  },
) =>
  tx.exec(
    `insert into rectification_action (county_code, id, rectification_id, version, action, to_state, data_sealed, at, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8)`,
    [a.id, a.of, a.version, a.action, a.to, a.dataSealed, a.at, tx.actor.name],
  );
export const hasAction = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.maybe("select 1 as one from rectification_action where county_code = app_county() and id = $1", [
    id,
  ])) !== undefined;
export const actionsOf = (tx: Tx, id: string) =>
  tx.query<{ id: string; action: RectificationAction; dataSealed: Buffer; at: string; byName: string }>(
    `select id, action, data_sealed as "dataSealed", at, by_name as "byName" from rectification_action
     where county_code = app_county() and rectification_id = $1 order by version`,
    [id],
  );
