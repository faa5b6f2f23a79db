/** SQL of the lines of sub-ledgers, nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import { json, type Tx } from "@wuxin/platform";
import type { StoredValues } from "./model.ts";

export interface LineRecord {
  readonly entryId: string;
  readonly ledger: string;
  readonly id: string;
  readonly values: StoredValues;
  readonly flags: readonly string[];
  readonly at: string;
  readonly byName: string;
}
export interface LineWrite {
  readonly register: string;
  readonly entryId: string;
  readonly ledger: string;
  readonly id: string;
  readonly on: IsoDate;
  readonly values: StoredValues;
  readonly flags: readonly string[];
  readonly at: string;
  readonly householdId: string | null;
}

/** False when the id is taken. */
export async function insertLine(tx: Tx, l: LineWrite): Promise<boolean> {
  const n = await tx.exec(
    `insert into register_row (county_code, register, entry_id, ledger, id, on_date, values, flags, at, by_name, household_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
    [
      tx.actor.countyCode,
      l.register,
      l.entryId,
      l.ledger,
      l.id,
      l.on,
      json(l.values),
      json(l.flags),
      l.at,
      tx.actor.name,
      l.householdId,
    ],
  );
  return n === 1;
}

const LINE = `entry_id as "entryId", ledger, id, values, flags, at, by_name as "byName"`;

export const findLine = (
  tx: Tx,
  register: string,
  ledger: string,
  id: string,
): Promise<LineRecord | undefined> =>
  tx.maybe(
    `select ${LINE} from register_row where county_code = $1 and register = $2 and ledger = $3 and id = $4`,
    [tx.actor.countyCode, register, ledger, id],
  );

/** Of these sub-ledgers (`register:ledger`), the lines of these days with the title of what they belong to, oldest first. */
export const linesBetween = (tx: Tx, ledgers: readonly string[], since: IsoDate, until: IsoDate) =>
  tx.query<{
    ledger: string;
    register: string;
    entryId: string;
    title: string;
    divisionCode: string;
    on: IsoDate;
    by: string;
  }>(
    `select w.register || ':' || w.ledger as ledger, w.register, w.entry_id as "entryId", e.title, e.division_code as "divisionCode",
       w.on_date::text as on, w.by_name as by
     from register_row w
     join register_entry e on e.county_code = w.county_code and e.register = w.register and e.id = w.entry_id
     where w.county_code = app_county() and w.register || ':' || w.ledger = any ($1::text[])
       and w.on_date between $2 and $3 order by w.on_date, w.at, w.id`,
    [ledgers, since, until],
  );

/** The latest of each sub-ledger of an entry, newest first. */
export const listLines = (tx: Tx, register: string, entryId: string, ledger: string): Promise<LineRecord[]> =>
  tx.query(
    `select ${LINE} from register_row where county_code = $1 and register = $2 and entry_id = $3 and ledger = $4
      order by on_date desc, at desc, id desc limit 500`,
    [tx.actor.countyCode, register, entryId, ledger],
  );

/** How many households of a sub-ledger stand how, by the latest line of each; `field` is the choice that says it. */
export const householdStates = (tx: Tx, register: string, entryId: string, ledger: string, field: string) =>
  tx.query<{ state: string; households: number }>(
    `select state, count(*)::int as households
       from (select distinct on (household_id) values->>$4 as state from register_row
              where county_code = app_county() and register = $1 and entry_id = $2 and ledger = $3 and household_id is not null
              order by household_id, on_date desc, at desc, id desc) latest
      group by state`,
    [register, entryId, ledger, field],
  );

/** What entries in use say of a household, newest first. */
export const linesOfHousehold = (tx: Tx, householdId: string) =>
  tx.query<{
    id: string;
    register: string;
    ledger: string;
    entryId: string;
    title: string;
    on: IsoDate;
    values: StoredValues;
    by: string;
  }>(
    `select w.id, w.register, w.ledger, w.entry_id as "entryId", e.title, w.on_date::text as on, w.values, w.by_name as by
       from register_row w
       join register_entry e on e.county_code = w.county_code and e.register = w.register and e.id = w.entry_id
      where w.county_code = app_county() and w.household_id = $1 and e.active
      order by w.on_date desc, w.at desc, w.id desc limit 200`,
    [householdId],
  );
