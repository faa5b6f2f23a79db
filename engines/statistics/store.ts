/** The SQL of statutory tables. Nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import { json, type Tx } from "@wuxin/platform";
import type { Content, Note, Period } from "./model.ts";
import type { SealedTable } from "./sheet.ts";

export interface ReturnHead {
  readonly id: string;
  readonly division: string;
  readonly table: string;
  readonly period: Period;
  readonly version: number;
  readonly title: string;
  readonly dueOn: IsoDate;
  readonly reason: string;
  readonly state: "draft" | "filled" | "sealed";
  readonly countedAt: string;
  readonly filledAt: string | null;
  readonly filledBy: string | null;
  readonly filledByName: string | null;
  readonly sealedAt: string | null;
  readonly sealedByName: string | null;
  readonly digest: string | null;
}
export interface ReturnRow extends ReturnHead {
  readonly content: Content;
  readonly sealed: SealedTable | null;
}
const HEAD = `r.id, r.division_code as division, r.table_code as "table", r.period, r.version, r.title, r.due_on as "dueOn",
  r.reason, r.state, r.counted_at as "countedAt", r.filled_at as "filledAt", r.filled_by as "filledBy",
  r.filled_by_name as "filledByName", r.sealed_at as "sealedAt", r.sealed_by_name as "sealedByName", r.digest`;

/** The newest version of each table, period and place. */
export const list = (tx: Tx, division: string): Promise<ReturnHead[]> =>
  tx.query<ReturnHead>(
    `select * from (select distinct on (r.table_code, r.period) ${HEAD} from statistic_return r
       where r.county_code = app_county() and r.division_code = $1
       order by r.table_code, r.period, r.version desc) x
      order by x."dueOn" desc, x."table"`,
    [division],
  );

export const find = (tx: Tx, id: string, lock = false): Promise<ReturnRow | undefined> =>
  tx.maybe<ReturnRow>(
    `select ${HEAD}, r.content, r.sealed from statistic_return r where r.county_code = app_county() and r.id = $1
     ${lock ? "for update" : ""}`,
    [id],
  );

interface Place {
  readonly table: string;
  readonly period: Period;
  readonly division: string;
}
export const versions = (tx: Tx, p: Place): Promise<ReturnHead[]> =>
  tx.query<ReturnHead>(
    `select ${HEAD} from statistic_return r where r.county_code = app_county() and r.table_code = $1 and r.period = $2
       and r.division_code = $3 order by r.version`,
    [p.table, p.period, p.division],
  );

/** The last version that was sealed. */
export const lastSealed = (tx: Tx, p: Place): Promise<{ version: number; sealed: SealedTable } | undefined> =>
  tx.maybe<{ version: number; sealed: SealedTable }>(
    `select r.version, r.sealed from statistic_return r where r.county_code = app_county() and r.table_code = $1 and r.period = $2
       and r.division_code = $3 and r.state = 'sealed' order by r.version desc limit 1`,
    [p.table, p.period, p.division],
  );

/** @returns false when somebody opened the same in the same moment */
export async function insert(
  tx: Tx,
  r: Place & {
    readonly id: string;
    readonly version: number;
    readonly title: string;
    readonly dueOn: IsoDate;
    readonly reason: string;
    readonly content: Content;
    readonly failed: number;
  },
  at: Date,
): Promise<boolean> {
  const rows = await tx.query<{ one: number }>(
    `insert into statistic_return (county_code, id, division_code, table_code, period, version, title, due_on, reason,
       content, counted_at, opened_at, opened_by, opened_by_name, failed)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13)
     on conflict do nothing returning 1 as one`,
    [
      ...[r.id, r.division, r.table, r.period, r.version, r.title, r.dueOn, r.reason, json(r.content), at],
      ...[tx.actor.accountId, tx.actor.name, r.failed],
    ],
  );
  return rows.length === 1;
}

/** How many checks do not hold, as the draft now stands. */
export const failing = (tx: Tx, id: string, failed: number): Promise<unknown> =>
  tx.exec(
    `update statistic_return set failed = $2 where county_code = app_county() and id = $1 and failed <> $2`,
    [id, failed],
  );
export const recount = (tx: Tx, id: string, content: Content, at: Date): Promise<unknown> =>
  tx.exec(
    `update statistic_return set content = $2, counted_at = $3 where county_code = app_county() and id = $1`,
    [id, json(content), at],
  );
export const fill = (tx: Tx, id: string, at: Date): Promise<unknown> =>
  tx.exec(
    `update statistic_return set state = 'filled', filled_at = $2, filled_by = $3, filled_by_name = $4
      where county_code = app_county() and id = $1`,
    [id, at, tx.actor.accountId, tx.actor.name],
  );
export const giveBack = (tx: Tx, id: string): Promise<unknown> =>
  tx.exec(
    `update statistic_return set state = 'draft', filled_at = null, filled_by = null, filled_by_name = null
      where county_code = app_county() and id = $1`,
    [id],
  );
export const seal = (tx: Tx, id: string, sealed: SealedTable, digest: string, at: Date): Promise<unknown> =>
  tx.exec(
    `update statistic_return set state = 'sealed', sealed = $2, digest = $3, sealed_at = $4, sealed_by = $5,
       sealed_by_name = $6 where county_code = app_county() and id = $1`,
    [id, json(sealed), digest, at, tx.actor.accountId, tx.actor.name],
  );

export const notes = (tx: Tx, id: string): Promise<Note[]> =>
  tx.query<Note>(
    `select n.id, n.kind, n.cell, n.value::float8 as value, n.text, n.at, n.by_id as "byId", n.by_name as "byName" from statistic_note n
      where n.county_code = app_county() and n.return_id = $1 order by n.position`,
    [id],
  );
/** @returns false when this id was written before: the same request again */
export async function note(
  tx: Tx,
  r: Pick<ReturnHead, "id" | "division">,
  n: Omit<Note, "byId" | "byName" | "at">,
  at: Date,
): Promise<boolean> {
  const rows = await tx.query<{ one: number }>(
    `insert into statistic_note (county_code, id, division_code, return_id, kind, cell, value, text, at, by_id, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (county_code, id) do nothing returning 1 as one`,
    [n.id, r.division, r.id, n.kind, n.cell, n.value, n.text, at, tx.actor.accountId, tx.actor.name],
  );
  return rows.length === 1;
}
