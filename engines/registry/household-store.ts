import type { Tx } from "@wuxin/platform";

export interface HouseholdRow {
  readonly id: string;
  readonly headPersonId: string;
  readonly divisionCode: string;
  readonly address: string;
  readonly areaClass: "城市" | "农村";
  readonly openedOn: string;
  readonly closedOn: string | null;
}

export interface MemberRow {
  readonly householdId: string;
  readonly personId: string;
  readonly name: string;
  readonly relation: string;
  readonly sex: "男" | "女";
  readonly birthDate: string;
  readonly idNoSealed: Buffer;
  readonly diedOn: string | null;
  readonly fromDate: string;
  readonly toDate: string | null;
}

const HOUSEHOLD = `h.id, h.head_person_id as "headPersonId", h.division_code as "divisionCode", h.address,
  h.area_class as "areaClass", h.opened_on as "openedOn", h.closed_on as "closedOn"`;

export function readHouseholds(tx: Tx, ids: readonly string[]): Promise<HouseholdRow[]> {
  return tx.query(
    `select ${HOUSEHOLD} from household h where h.county_code = $1 and h.id = any($2::uuid[])`,
    [tx.actor.countyCode, ids],
  );
}

export function readMembers(tx: Tx, householdIds: readonly string[]): Promise<MemberRow[]> {
  return tx.query(
    `select m.household_id as "householdId", m.person_id as "personId", p.name, m.relation, p.sex,
            p.birth_date as "birthDate", p.id_no_sealed as "idNoSealed", p.died_on as "diedOn",
            m.from_date as "fromDate", m.to_date as "toDate"
       from household_member m join person p on p.county_code = m.county_code and p.id = m.person_id
      where m.county_code = $1 and m.household_id = any($2::uuid[])
      order by m.from_date, m.id`,
    [tx.actor.countyCode, householdIds],
  );
}

/** False when the id is taken. */
export async function insertHousehold(
  tx: Tx,
  h: Omit<HouseholdRow, "closedOn">,
  recordedAt: Date,
): Promise<boolean> {
  const n = await tx.exec(
    `insert into household (county_code, id, division_code, head_person_id, address, area_class, opened_on, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      tx.actor.countyCode,
      h.id,
      h.divisionCode,
      h.headPersonId,
      h.address,
      h.areaClass,
      h.openedOn,
      recordedAt,
    ],
  );
  return n === 1;
}

export interface NewMember {
  readonly id: string;
  readonly personId: string;
  readonly relation: string;
}

/** The persons taken in; who is missing belongs to another household now (the unique index says so). */
export async function insertMembers(
  tx: Tx,
  h: { id: string; divisionCode: string },
  members: readonly NewMember[],
  from: string,
  recordedAt: Date,
): Promise<Set<string>> {
  const rows = await tx.query<{ personId: string }>(
    `insert into household_member (county_code, id, household_id, person_id, division_code, relation, from_date, recorded_at)
     select $1, m.id, $2, m."personId", $3, m.relation, $4, $5
       from json_to_recordset($6::json) as m(id uuid, "personId" uuid, relation text)
     on conflict (county_code, person_id) where to_date is null do nothing
     returning person_id as "personId"`,
    [tx.actor.countyCode, h.id, h.divisionCode, from, recordedAt, JSON.stringify(members)],
  );
  return new Set(rows.map((r) => r.personId));
}

/** Where people belong now, as far as the actor may see. */
export async function currentHouseholds(tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ personId: string; householdId: string }>(
    `select person_id as "personId", household_id as "householdId" from household_member
      where county_code = $1 and person_id = any($2::uuid[]) and to_date is null`,
    [tx.actor.countyCode, personIds],
  );
  return new Map(rows.map((r) => [r.personId, r.householdId]));
}

/** Ends current memberships; gives the persons whose ended. A membership that had not begun by then ends on its first day. */
export async function endMemberships(
  tx: Tx,
  householdId: string,
  personIds: readonly string[],
  on: string,
  reason: string,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update household_member set to_date = greatest(from_date, $4::date), end_reason = $5
      where county_code = $1 and household_id = $2 and person_id = any($3::uuid[]) and to_date is null
      returning person_id as id`,
    [tx.actor.countyCode, householdId, personIds, on, reason],
  );
  return rows.map((r) => r.id);
}

export async function setHead(
  tx: Tx,
  householdId: string,
  headPersonId: string,
  relations: readonly { personId: string; relation: string }[],
): Promise<void> {
  await tx.exec(
    `with head as (update household set head_person_id = $3 where county_code = $1 and id = $2)
     update household_member m set relation = r.relation
       from json_to_recordset($4::json) as r("personId" uuid, relation text)
      where m.county_code = $1 and m.household_id = $2 and m.person_id = r."personId" and m.to_date is null`,
    [tx.actor.countyCode, householdId, headPersonId, JSON.stringify(relations)],
  );
}

export async function closeHousehold(tx: Tx, householdId: string, on: string): Promise<void> {
  await tx.exec(
    "update household set closed_on = greatest(opened_on, $3::date) where county_code = $1 and id = $2 and closed_on is null",
    [tx.actor.countyCode, householdId, on],
  );
}

export async function moveHousehold(
  tx: Tx,
  householdId: string,
  to: { divisionCode: string; address: string; areaClass: string },
): Promise<void> {
  await tx.exec(
    "update household set division_code = $3, address = $4, area_class = $5 where county_code = $1 and id = $2",
    [tx.actor.countyCode, householdId, to.divisionCode, to.address, to.areaClass],
  );
}
