/** SQL of the four tables, nothing else. Scope is the database's affair: a row outside it is not there. */
import type { IsoDate } from "@wuxin/kernel";
import { json, type Tx } from "@wuxin/platform";
import type { StoredValues } from "./model.ts";

export interface EntryRecord {
  readonly id: string;
  readonly version: number;
  readonly divisionCode: string;
  readonly values: StoredValues;
  readonly active: boolean;
  readonly lastCheckedOn: IsoDate | null;
  readonly createdOn: IsoDate;
}
export type HistoryAction = "create" | "change" | "retire" | "restore";
export interface HistoryRecord {
  readonly version: number;
  readonly action: HistoryAction;
  readonly values: StoredValues;
  readonly reason: string;
  readonly at: string;
  readonly byName: string;
  readonly byAccount: string | null;
}
export interface CheckRecord {
  readonly entryId: string;
  readonly id: string;
  readonly on: IsoDate;
  readonly values: StoredValues;
  readonly at: string;
  readonly byName: string;
}

const ENTRY = `e.id, e.version, e.division_code as "divisionCode", e.values, e.active,
  e.last_checked_on as "lastCheckedOn", e.created_on as "createdOn"`;

/** `lock` makes two people who save the same entry wait for each other. */
export const findEntry = (
  tx: Tx,
  register: string,
  id: string,
  lock = false,
): Promise<EntryRecord | undefined> =>
  tx.maybe(
    `select ${ENTRY} from register_entry e where e.county_code = $1 and e.register = $2 and e.id = $3${lock ? " for update" : ""}`,
    [tx.actor.countyCode, register, id],
  );

/** Every entry in use, of one register. */
export const inUse = (tx: Tx, register: string): Promise<EntryRecord[]> =>
  tx.query(
    `select ${ENTRY} from register_entry e where e.county_code = $1 and e.register = $2 and e.active`,
    [tx.actor.countyCode, register],
  );

export interface EntryWrite {
  readonly register: string;
  readonly id: string;
  readonly version: number;
  readonly divisionCode: string;
  readonly title: string;
  readonly values: StoredValues;
  readonly active: boolean;
  readonly at: string;
  readonly on: IsoDate;
}

/** False when the id is taken, be it by an entry that the actor cannot see. */
export async function insertEntry(tx: Tx, e: EntryWrite): Promise<boolean> {
  const n = await tx.exec(
    `insert into register_entry (county_code, register, id, version, division_code, title, values, active, created_on, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      tx.actor.countyCode,
      e.register,
      e.id,
      e.version,
      e.divisionCode,
      e.title,
      json(e.values),
      e.active,
      e.on,
      e.at,
    ],
  );
  return n === 1;
}

export const updateEntry = (tx: Tx, e: EntryWrite): Promise<number> =>
  tx.exec(
    `update register_entry set version = $4, division_code = $5, title = $6, values = $7, active = $8, updated_at = $9
      where county_code = $1 and register = $2 and id = $3`,
    [
      tx.actor.countyCode,
      e.register,
      e.id,
      e.version,
      e.divisionCode,
      e.title,
      json(e.values),
      e.active,
      e.at,
    ],
  );

export const insertHistory = (
  tx: Tx,
  e: EntryWrite,
  action: HistoryAction,
  reason: string,
): Promise<number> =>
  tx.exec(
    `insert into register_history (county_code, register, entry_id, version, action, division_code, values, active, reason, at, by_name, by_role)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.actor.countyCode,
      e.register,
      e.id,
      e.version,
      action,
      e.divisionCode,
      json(e.values),
      e.active,
      reason,
      e.at,
      tx.actor.name,
      tx.actor.role,
    ],
  );

export const listHistory = (tx: Tx, register: string, id: string): Promise<HistoryRecord[]> =>
  tx.query(
    `select version, action, values, reason, at, by_name as "byName", by_account as "byAccount"
       from register_history
      where county_code = $1 and register = $2 and entry_id = $3 order by version`,
    [tx.actor.countyCode, register, id],
  );

export const sites = (tx: Tx, register: string, by: string, most: number) =>
  tx.query<{ id: string; title: string; divisionCode: string; kind: string | null }>(
    `select id, title, division_code as "divisionCode", values->>$2 as kind from register_entry
     where county_code = app_county() and register = $1 and active order by division_code, title, id limit $3`,
    [register, by, most],
  );

/** False when the id is taken. Sets the entry's last check, which later checks of an earlier day do not move back. */
export async function insertCheck(
  tx: Tx,
  c: {
    readonly register: string;
    readonly entryId: string;
    readonly id: string;
    readonly on: IsoDate;
    readonly values: StoredValues;
    readonly at: string;
  },
): Promise<boolean> {
  const n = await tx.exec(
    `insert into register_check (county_code, register, entry_id, id, on_date, values, at, by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [tx.actor.countyCode, c.register, c.entryId, c.id, c.on, json(c.values), c.at, tx.actor.name],
  );
  if (n === 0) return false;
  await tx.exec(
    `update register_entry set last_checked_on = greatest(last_checked_on, $4::date)
      where county_code = $1 and register = $2 and id = $3`,
    [tx.actor.countyCode, c.register, c.entryId, c.on],
  );
  return true;
}

const CHECK = `entry_id as "entryId", id, on_date as "on", values, at, by_name as "byName"`;

export const findCheck = (tx: Tx, register: string, id: string): Promise<CheckRecord | undefined> =>
  tx.maybe(`select ${CHECK} from register_check where county_code = $1 and register = $2 and id = $3`, [
    tx.actor.countyCode,
    register,
    id,
  ]);

export const listChecks = (tx: Tx, register: string, entryId: string): Promise<CheckRecord[]> =>
  tx.query(
    `select ${CHECK} from register_check where county_code = $1 and register = $2 and entry_id = $3
      order by on_date desc, at desc limit 200`,
    [tx.actor.countyCode, register, entryId],
  );

export interface ListSql {
  /** Over alias `e`; placeholders from `parameters`, of which the first two are county and register. */
  readonly where: string;
  readonly orderBy: string;
  readonly sums: ReadonlyMap<string, string>;
  readonly parameters: readonly unknown[];
}

export const listEntries = (tx: Tx, q: ListSql, page: number, size: number): Promise<EntryRecord[]> =>
  tx.query(
    `select ${ENTRY} from register_entry e where ${q.where} order by ${q.orderBy}, e.id limit ${size} offset ${(page - 1) * size}`,
    q.parameters,
  );

export async function totals(tx: Tx, q: ListSql): Promise<{ total: number; sums: Record<string, number> }> {
  const names = [...q.sums.keys()];
  const columns = names.map((name, i) => `coalesce(sum(${q.sums.get(name)}), 0)::bigint as s${i}`);
  const row = await tx.one<Record<string, number>>(
    `select ${["count(*)::int as total", ...columns].join(", ")} from register_entry e where ${q.where}`,
    q.parameters,
  );
  return {
    total: row.total ?? 0,
    sums: Object.fromEntries(names.map((name, i) => [name, row[`s${i}`] ?? 0])),
  };
}

/** Entries in use; which are flagged or due is asked with two conditions over alias `e`. */
export const countEntries = (
  tx: Tx,
  flagged: string,
  due: string,
  parameters: readonly unknown[],
): Promise<{ entries: number; flagged: number; checksDue: number }> =>
  tx.one(
    `select count(*)::int as entries, count(*) filter (where ${flagged})::int as flagged,
            count(*) filter (where ${due})::int as "checksDue"
       from register_entry e where e.county_code = $1 and e.register = $2 and e.active`,
    parameters,
  );
