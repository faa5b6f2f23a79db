/** SQL of duties, visits, cards and devices, nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface ResidentRecord {
  id: string;
  birthDate: IsoDate;
  householdId: string | null;
  divisionCode: string;
  members: number;
  youngest: IsoDate;
}
/** Living people born by a day, with their households. */
export const residents = (tx: Tx, bornBy: IsoDate) =>
  tx.query<ResidentRecord>(
    `select p.id, p.birth_date as "birthDate", m.household_id as "householdId", p.division_code as "divisionCode",
       greatest(coalesce(h.members, 1), 1)::int as members, coalesce(h.youngest, p.birth_date) as youngest
     from person p
     left join household_member m on m.county_code = p.county_code and m.person_id = p.id and m.to_date is null
     left join lateral (
       select count(*)::int as members, max(x.birth_date) as youngest from household_member o
       join person x on x.county_code = o.county_code and x.id = o.person_id and x.died_on is null
       where o.county_code = p.county_code and o.household_id = m.household_id and o.to_date is null) h on true
     where p.county_code = app_county() and p.died_on is null and p.birth_date <= $1
     order by p.id`,
    [bornBy],
  );

export interface DrawnRecord {
  personId: string;
  householdId: string | null;
  divisionCode: string;
  entitlementId: string;
}
/** Who draws an item in a month. */
export const drawing = (tx: Tx, item: string, month: Month) =>
  tx.query<DrawnRecord>(
    `select e.payee_id as "personId", e.household_id as "householdId", e.division_code as "divisionCode",
       e.id as "entitlementId"
     from entitlement e where e.county_code = app_county() and e.item = $1 and e.from_month <= $2
       and (e.end_month is null or e.end_month >= $2) order by e.id`,
    [item, month],
  );

export interface NewDuty {
  readonly id: string;
  readonly duty: string;
  readonly subjectId: string;
  readonly personId: string;
  readonly householdId: string | null;
  readonly divisionCode: string;
  readonly period: string;
  readonly reason: string;
  readonly dueOn: IsoDate;
  readonly entitlementId: string | null;
}
const DUTY = `id, duty, subject_id as "subjectId", person_id as "personId", household_id as "householdId",
  division_code as "divisionCode", period, reason, due_on as "dueOn", entitlement_id as "entitlementId"`;
export const addDuties = (tx: Tx, duties: readonly NewDuty[], today: IsoDate) =>
  tx.bulkInsert(
    "duty",
    [
      ...[
        "county_code",
        "id",
        "duty",
        "subject_id",
        "person_id",
        "household_id",
        "division_code",
        "period",
        "reason",
      ],
      ...["due_on", "entitlement_id", "opened_on", "state"],
    ],
    duties.map((d) => [
      ...[
        tx.actor.countyCode,
        d.id,
        d.duty,
        d.subjectId,
        d.personId,
        d.householdId,
        d.divisionCode,
        d.period,
      ],
      ...[d.reason, d.dueOn, d.entitlementId, today, "open"],
    ]),
    "on conflict do nothing",
  );
/** Why, as it now is; of what was done in the period too. */
export const tellWhy = (tx: Tx, duties: readonly Pick<NewDuty, "id" | "reason">[]) =>
  tx.exec(
    `update duty d set reason = w.reason from unnest($1::uuid[], $2::text[]) as w (id, reason)
     where d.county_code = app_county() and d.id = w.id and d.reason <> w.reason`,
    [duties.map((d) => d.id), duties.map((d) => d.reason)],
  );
/** Whoever moved, or lives with others now, is gone to there. */
export const tellWhere = (
  tx: Tx,
  duties: readonly Pick<NewDuty, "id" | "subjectId" | "householdId" | "divisionCode">[],
) =>
  tx.exec(
    `update duty d set subject_id = w.subject, household_id = w.household, division_code = w.division
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as w (id, subject, household, division)
     where d.county_code = app_county() and d.id = w.id and d.state = 'open'
       and (d.subject_id, d.division_code) <> (w.subject, w.division)`,
    [
      ...[duties.map((d) => d.id), duties.map((d) => d.subjectId)],
      ...[duties.map((d) => d.householdId), duties.map((d) => d.divisionCode)],
    ],
  );

export interface Moved {
  /** Null: who moved has no household (any more). */
  readonly householdId: string | null;
  readonly personIds: readonly string[];
  readonly divisionCode: string;
}
/** What is open at these people, and what stays known about them. */
export async function moveStops(tx: Tx, to: Moved): Promise<void> {
  await tx.exec(
    `update duty set division_code = $3, household_id = $1, subject_id = coalesce($1, person_id)
     where county_code = app_county() and state = 'open' and (household_id = $1 or person_id = any ($2::uuid[]))`,
    [to.householdId, to.personIds, to.divisionCode],
  );
  for (const table of ["card_field", "card_conflict"])
    await tx.exec(
      `update ${table} set division_code = $3
       where county_code = app_county() and (subject_id = $1 or subject_id = any ($2::uuid[]))`,
      [to.householdId, to.personIds, to.divisionCode],
    );
}
/** What nobody has to do any more: the person left the list of the period. */
export const voidOthers = (tx: Tx, duty: string, keep: readonly string[]) =>
  tx.exec(
    `update duty set state = 'void' where county_code = app_county() and duty = $1 and state = 'open'
       and not id = any ($2::uuid[])`,
    [duty, keep],
  );
/** What was done otherwise than by a visit. */
export const voidOf = (tx: Tx, subjectId: string, duties: readonly string[]) =>
  tx.exec(
    `update duty set state = 'void' where county_code = app_county() and subject_id = $1 and duty = any ($2::text[])
       and state = 'open'`,
    [subjectId, duties],
  );
/** What is open of these stops. */
export const openDuties = (tx: Tx, subjects: readonly string[]) =>
  tx.query<NewDuty>(
    `select ${DUTY} from duty where county_code = app_county() and state = 'open' and subject_id = any ($1::uuid[])
     order by due_on, id`,
    [subjects],
  );

export interface StopRecord {
  subjectId: string;
  dueOn: IsoDate | null;
  divisionCode: string;
}
export interface StopQuery {
  /** Duties that are still declared; clues of this worker, of everybody (null) or none at all. */
  readonly duties: readonly string[];
  readonly clues: { readonly worker: string | null } | undefined;
  readonly subject?: string | undefined;
  readonly division?: string | undefined;
  readonly dueFrom?: IsoDate | undefined;
  readonly dueBy?: IsoDate | undefined;
  /** Only what comes after this one. */
  readonly after?: StopRecord | undefined;
  readonly skip?: number | undefined;
  readonly limit: number;
}
/** No day sorts behind every day. */
const NO_DAY = "'9999-12-31'::date";
/** Stops with something open, what is due first; `total` counts all that the query asks for, not the page. */
export const stopPage = async (tx: Tx, q: StopQuery): Promise<{ rows: StopRecord[]; total: number }> => {
  const rows = await tx.query<StopRecord & { total: number }>(
    `with task as (
       select subject_id, person_id, household_id, division_code, due_on from duty
       where county_code = app_county() and state = 'open' and duty = any ($1::text[])
         and ($4::uuid is null or subject_id = $4)
       union all
       select coalesce(household_id, person_id, id), person_id, household_id, division_code, due_on from clue
       where county_code = app_county() and state = 'assigned' and $2 and ($3::uuid is null or worker_id = $3)
         and ($4::uuid is null or coalesce(household_id, person_id, id) = $4)),
     stop as (
       select t.subject_id, min(t.due_on) as due_on,
         coalesce(min(h.division_code), min(p.division_code), min(t.division_code)) as division_code
       from task t
       left join household h on h.county_code = app_county() and h.id = t.household_id
       left join person p on p.county_code = app_county() and p.id = t.person_id
       group by t.subject_id),
     wanted as (
       select *, count(*) over ()::int as total from stop
       where starts_with(division_code, $5) and ($6::date is null or due_on >= $6) and ($7::date is null or due_on <= $7))
     select subject_id as "subjectId", due_on as "dueOn", division_code as "divisionCode", total from wanted
     where $8::uuid is null
       or (coalesce(due_on, ${NO_DAY}), division_code, subject_id) > (coalesce($9::date, ${NO_DAY}), $10::text, $8)
     order by coalesce(due_on, ${NO_DAY}), division_code, subject_id
     offset $11 limit $12`,
    [
      ...[q.duties, q.clues !== undefined, q.clues?.worker ?? null, q.subject ?? null, q.division ?? ""],
      ...[q.dueFrom ?? null, q.dueBy ?? null],
      ...[q.after?.subjectId ?? null, q.after?.dueOn ?? null, q.after?.divisionCode ?? null],
      ...[q.skip ?? 0, q.limit],
    ],
  );
  return { rows: rows.map(({ total: _, ...r }) => r), total: rows[0]?.total ?? 0 };
};
export const closeDuties = (tx: Tx, ids: readonly string[], visitId: string, on: IsoDate) =>
  tx.query<NewDuty>(
    `update duty set state = 'done', visit_id = $2, done_on = $3
     where county_code = app_county() and id = any ($1::uuid[]) and state = 'open' returning ${DUTY}`,
    [ids, visitId, on],
  );

export interface ProgressRecord {
  divisionCode: string;
  duty: string;
  due: number;
  done: number;
  late: number;
}
/** Per township and duty, of what falls due in a month. */
/** Open and past their day, whichever month they were due in. */
export const lateByTownship = (tx: Tx, today: IsoDate) =>
  tx.query<{ divisionCode: string; duty: string; late: number }>(
    `select left(division_code, 9) as "divisionCode", duty, count(*)::int as late
     from duty where county_code = app_county() and state = 'open' and due_on < $1 group by 1, 2`,
    [today],
  );
export const progress = (tx: Tx, month: Month, today: IsoDate) =>
  tx.query<ProgressRecord>(
    `select left(division_code, 9) as "divisionCode", duty, count(*)::int as due,
       count(*) filter (where state = 'done' and done_on <= due_on)::int as done,
       count(*) filter (where (state = 'open' and due_on < $2) or done_on > due_on)::int as late
     from duty where county_code = app_county() and state <> 'void' and to_char(due_on, 'YYYY-MM') = $1
     group by 1, 2 order by 1, 2`,
    [month, today],
  );
