/** The SQL of corrected deaths, and nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

/** What became of one thing that hung on the death; `left`: nothing was done, a person must. */
export interface ToldOf {
  readonly title: string;
  readonly text: string;
  readonly left: boolean;
}
export interface DeathCorrection {
  readonly id: string;
  readonly personId: string;
  /** As registered. */
  readonly diedOn: IsoDate;
  /** As it is right; null: has not died. */
  readonly rightOn: IsoDate | null;
  readonly reason: string;
  readonly state: "proposed" | "confirmed" | "refused" | "withdrawn";
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: string;
  readonly decidedByName: string | null;
  readonly decidedAt: string | null;
  readonly note: string | null;
  readonly told: readonly ToldOf[] | null;
  readonly departmentsToldOn: IsoDate | null;
}
const COLUMNS = `c.id, c.person_id as "personId", c.died_on as "diedOn", c.right_on as "rightOn", c.reason, c.state,
  c.asked_by as "askedBy", c.asked_by_name as "askedByName", c.asked_at as "askedAt",
  c.decided_by_name as "decidedByName", c.decided_at as "decidedAt", c.note, c.told,
  c.departments_told_on as "departmentsToldOn"`;

export const find = (tx: Tx, id: string, lock = false) =>
  tx.maybe<DeathCorrection>(
    `select ${COLUMNS} from death_correction c where c.county_code = app_county() and c.id = $1${lock ? " for update" : ""}`,
    [id],
  );
/** Of these persons, newest first. */
export const of = (tx: Tx, personIds: readonly string[]) =>
  tx.query<DeathCorrection>(
    `select ${COLUMNS} from death_correction c
     where c.county_code = app_county() and c.person_id = any ($1::uuid[]) order by c.asked_at desc, c.id`,
    [personIds],
  );
/** Those that wait for a second person who is not this one, oldest first. */
export const waiting = (tx: Tx, limit: number) =>
  tx.query<DeathCorrection & { name: string; divisionCode: string }>(
    `select ${COLUMNS}, p.name, p.division_code as "divisionCode" from death_correction c
     join person p on p.county_code = c.county_code and p.id = c.person_id
     where c.county_code = app_county() and c.state = 'proposed' and c.asked_by <> app_account()
     order by c.asked_at, c.id limit $1`,
    [limit],
  );
export const insert = (
  tx: Tx,
  c: Pick<DeathCorrection, "id" | "personId" | "diedOn" | "rightOn" | "reason">,
  at: Date,
) =>
  tx.exec(
    `insert into death_correction (county_code, id, person_id, died_on, right_on, reason, state, asked_by_name, asked_at)
     values (app_county(), $1, $2, $3, $4, $5, 'proposed', $6, $7)`,
    [c.id, c.personId, c.diedOn, c.rightOn, c.reason, tx.actor.name, at],
  );
export const decide = (
  tx: Tx,
  id: string,
  to: Exclude<DeathCorrection["state"], "proposed">,
  note: string | null,
  at: Date,
) =>
  tx.exec(
    `update death_correction set state = $2, decided_by = app_account(), decided_by_name = $3, decided_at = $4, note = $5
     where county_code = app_county() and id = $1`,
    [id, to, tx.actor.name, at, note],
  );
export const tell = (tx: Tx, id: string, told: readonly ToldOf[]) =>
  tx.exec("update death_correction set told = $2 where county_code = app_county() and id = $1", [
    id,
    JSON.stringify(told),
  ]);
export const departmentsTold = (tx: Tx, id: string, on: IsoDate) =>
  tx.exec(
    `update death_correction set departments_told_on = $2, departments_told_by_name = $3
     where county_code = app_county() and id = $1 and departments_told_on is null`,
    [id, on, tx.actor.name],
  );

/** The register says what the confirmed correction says. */
export const correctDeath = (tx: Tx, personId: string, rightOn: IsoDate | null) =>
  tx.exec(
    `update person set died_on = $2, death_source = case when $2::date is not null
       then replace(death_source, '（日期已更正）', '') || '（日期已更正）' end
     where county_code = app_county() and id = $1 and died_on is not null`,
    [personId, rightOn],
  );
/** Of the memberships that this death ended, the household. */
export const leftByDeath = (tx: Tx, personId: string, diedOn: IsoDate) =>
  tx.maybe<{ id: string; householdId: string; closedOn: IsoDate | null; headPersonId: string }>(
    `select m.id, h.id as "householdId", h.closed_on as "closedOn", h.head_person_id as "headPersonId"
     from household_member m join household h on h.county_code = m.county_code and h.id = m.household_id
     where m.county_code = app_county() and m.person_id = $1 and m.end_reason = '死亡'
       and m.to_date = greatest(m.from_date, $2::date)
     order by m.to_date desc, m.id desc limit 1`,
    [personId, diedOn],
  );
export const moveEnd = (tx: Tx, memberId: string, to: IsoDate) =>
  tx.exec(
    "update household_member set to_date = greatest(from_date, $2::date) where county_code = app_county() and id = $1",
    [memberId, to],
  );
export const backInto = (tx: Tx, memberId: string) =>
  tx.exec(
    "update household_member set to_date = null, end_reason = null where county_code = app_county() and id = $1",
    [memberId],
  );
/** Null: open again. */
export const closeOn = (tx: Tx, householdId: string, on: IsoDate | null) =>
  tx.exec(
    "update household set closed_on = greatest(opened_on, $2::date) where county_code = app_county() and id = $1",
    [householdId, on],
  );
