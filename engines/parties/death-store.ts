/** SQL of the deaths given to departments, nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface ListRecord {
  readonly id: string;
  readonly code: string;
  readonly department: string;
  readonly untilOn: IsoDate;
  readonly persons: number;
  readonly draftedAt: string;
  readonly draftedBy: string;
  readonly draftedByName: string;
  readonly confirmedAt: string | null;
  readonly confirmedByName: string | null;
  readonly receivedAt: string | null;
  readonly received: number | null;
  readonly noteSealed: Buffer | null;
  /** Rows that differ, and those of them about which nothing was done yet. */
  readonly differing: number;
  readonly open: number;
}
export interface RowRecord {
  readonly line: number;
  readonly personId: string;
  readonly diedOn: IsoDate;
  readonly source: string;
  readonly differsSealed: Buffer | null;
  readonly handledSealed: Buffer | null;
  readonly handledOn: IsoDate | null;
  readonly handledByName: string | null;
}
const LIST = `l.id, l.code, l.department, l.until_on as "untilOn", l.persons, l.drafted_at as "draftedAt",
  l.drafted_by as "draftedBy", l.drafted_by_name as "draftedByName", l.confirmed_at as "confirmedAt",
  l.confirmed_by_name as "confirmedByName", l.received_at as "receivedAt", l.received,
  l.received_note_sealed as "noteSealed",
  (select count(*)::int from death_list_row r where r.county_code = l.county_code and r.list_id = l.id
   and r.differs_sealed is not null) as differing,
  (select count(*)::int from death_list_row r where r.county_code = l.county_code and r.list_id = l.id
   and r.differs_sealed is not null and r.handled_on is null) as open`;

/** Of all lists that were not dropped, newest first. */
export const lists = (tx: Tx, limit: number) =>
  tx.query<ListRecord>(
    `select ${LIST} from death_list l where l.county_code = app_county() and l.dropped_at is null
     order by l.drafted_at desc, l.id limit $1`,
    [limit],
  );
/** Those that wait for somebody here: drafts, and lists of which a line differs and was not looked into. */
export const unsettled = (tx: Tx) =>
  tx.query<ListRecord>(
    `select ${LIST} from death_list l where l.county_code = app_county() and l.dropped_at is null
       and (l.confirmed_at is null or exists (select from death_list_row r where r.county_code = l.county_code
         and r.list_id = l.id and r.differs_sealed is not null and r.handled_on is null))
     order by l.drafted_at desc, l.id`,
  );
/** Of each code the day up to which it was given last. */
export const lastGiven = async (tx: Tx): Promise<ReadonlyMap<string, IsoDate>> =>
  new Map(
    (
      await tx.query<{ code: string; untilOn: IsoDate }>(
        `select code, max(until_on) as "untilOn" from death_list
         where county_code = app_county() and confirmed_at is not null group by code`,
      )
    ).map((l) => [l.code, l.untilOn]),
  );
export const find = (tx: Tx, id: string) =>
  tx.maybe<ListRecord>(
    `select ${LIST} from death_list l where l.county_code = app_county() and l.id = $1 and l.dropped_at is null`,
    [id],
  );
export const hold = (tx: Tx, id: string) =>
  tx.exec("select from death_list where county_code = app_county() and id = $1 for update", [id]);

/** On record, and not given to the department yet with this day of death; dropped drafts gave nothing. */
const NOT_GIVEN = `p.county_code = app_county() and p.died_on is not null and p.died_on <= $2
  and not exists (select from death_list_row r
    join death_list l on l.county_code = r.county_code and l.id = r.list_id
    where r.county_code = p.county_code and r.person_id = p.id and r.died_on = p.died_on
      and l.department = $1 and l.dropped_at is null)`;
export const countNotGiven = async (tx: Tx, department: string, until: IsoDate): Promise<number> =>
  (
    await tx.one<{ n: number }>(`select count(*)::int as n from person p where ${NOT_GIVEN}`, [
      department,
      until,
    ])
  ).n;
/** Deaths that were none, given to a department that nobody has told so yet. */
export const toTell = (tx: Tx) =>
  tx.query<{
    correctionId: string;
    personId: string;
    name: string;
    decidedOn: IsoDate;
    departments: string[];
  }>(
    `select c.id as "correctionId", c.person_id as "personId", p.name,
       (c.decided_at at time zone 'Asia/Shanghai')::date as "decidedOn", array_agg(distinct l.department) as departments
     from death_correction c
     join person p on p.county_code = c.county_code and p.id = c.person_id
     join death_list_row r on r.county_code = c.county_code and r.person_id = c.person_id and r.died_on = c.died_on
     join death_list l on l.county_code = r.county_code and l.id = r.list_id and l.confirmed_at is not null
     where c.county_code = app_county() and c.state = 'confirmed' and c.right_on is null and c.departments_told_on is null
     group by c.id, c.person_id, p.name, c.decided_at order by c.decided_at, c.id`,
  );
/** Lines of a draft that the register no longer says. */
export const overtaken = async (tx: Tx, listId: string): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      `select count(*)::int as n from death_list_row r
       join person p on p.county_code = r.county_code and p.id = r.person_id
       where r.county_code = app_county() and r.list_id = $1 and p.died_on is distinct from r.died_on`,
      [listId],
    )
  ).n;
/** @returns how many were put on it */
export async function draft(
  tx: Tx,
  l: { readonly id: string; readonly code: string; readonly department: string; readonly untilOn: IsoDate },
  at: Date,
): Promise<number> {
  const persons = await countNotGiven(tx, l.department, l.untilOn);
  if (persons === 0) return 0;
  await tx.exec(
    `insert into death_list (county_code, id, code, department, until_on, persons, drafted_at, drafted_by, drafted_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, app_account(), $7)`,
    [l.id, l.code, l.department, l.untilOn, persons, at, tx.actor.name],
  );
  await tx.exec(
    `insert into death_list_row (county_code, list_id, line, person_id, died_on)
     select p.county_code, $3, row_number() over (order by p.died_on, p.id), p.id, p.died_on
     from person p where ${NOT_GIVEN}`,
    [l.department, l.untilOn, l.id],
  );
  return persons;
}
export const confirm = (tx: Tx, id: string, at: Date) =>
  tx.exec(
    `update death_list set confirmed_at = $2, confirmed_by = app_account(), confirmed_by_name = $3
     where county_code = app_county() and id = $1`,
    [id, at, tx.actor.name],
  );
export const drop = (tx: Tx, id: string, at: Date) =>
  tx.exec("update death_list set dropped_at = $2 where county_code = app_county() and id = $1", [id, at]);
export const rows = (tx: Tx, listId: string) =>
  tx.query<RowRecord>(
    `select r.line, r.person_id as "personId", r.died_on as "diedOn", coalesce(p.death_source, '') as source,
       r.differs_sealed as "differsSealed", r.handled_note_sealed as "handledSealed", r.handled_on as "handledOn",
       r.handled_by_name as "handledByName"
     from death_list_row r join person p on p.county_code = r.county_code and p.id = r.person_id
     where r.county_code = app_county() and r.list_id = $1 order by r.line`,
    [listId],
  );
export const receive = (tx: Tx, id: string, received: number, noteSealed: Buffer | null, at: Date) =>
  tx.exec(
    `update death_list set received_at = $2, received = $3, received_note_sealed = $4
     where county_code = app_county() and id = $1`,
    [id, at, received, noteSealed],
  );
/** @returns whether the list has the line */
export const differ = (tx: Tx, id: string, line: number, sealed: Buffer) =>
  tx.exec(
    "update death_list_row set differs_sealed = $3 where county_code = app_county() and list_id = $1 and line = $2",
    [id, line, sealed],
  );
export const handle = (tx: Tx, id: string, line: number, sealed: Buffer, on: IsoDate) =>
  tx.exec(
    `update death_list_row set handled_note_sealed = $3, handled_on = $4, handled_by_name = $5
     where county_code = app_county() and list_id = $1 and line = $2 and differs_sealed is not null and handled_on is null`,
    [id, line, sealed, on, tx.actor.name],
  );
