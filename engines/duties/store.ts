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
/** What nobody has to do any more: the person left the list of the period. */
export const voidOthers = (tx: Tx, duty: string, keep: readonly string[]) =>
  tx.exec(
    `update duty set state = 'void' where county_code = app_county() and duty = $1 and state = 'open'
       and not id = any ($2::uuid[])`,
    [duty, keep],
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

export interface VisitRecord {
  id: string;
  subjectId: string;
  personId: string | null;
  householdId: string | null;
  divisionCode: string;
  title: string;
  method: string;
  onDate: IsoDate;
  at: string;
  receivedAt: string;
  latitude: number | null;
  longitude: number | null;
  accuracyM: number | null;
  answersSealed: Buffer;
  photos: string[];
  signatureId: string | null;
  byName: string;
}
export async function insertVisit(
  tx: Tx,
  v: Omit<VisitRecord, "byName" | "receivedAt" | "at"> & {
    at: Date;
    deviceId: string | null;
    receivedAt: Date;
  },
): Promise<void> {
  await tx.exec(
    `insert into visit (county_code, id, subject_id, person_id, household_id, division_code, title, method, on_date, at,
       received_at, device_id, latitude, longitude, accuracy_m, answers_sealed, photos, signature_id, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      ...[
        v.id,
        v.subjectId,
        v.personId,
        v.householdId,
        v.divisionCode,
        v.title,
        v.method,
        v.onDate,
        v.at,
        v.receivedAt,
      ],
      ...[
        v.deviceId,
        v.latitude,
        v.longitude,
        v.accuracyM,
        v.answersSealed,
        v.photos,
        v.signatureId,
        tx.actor.name,
      ],
    ],
  );
}
const VISIT = `v.id, v.subject_id as "subjectId", v.person_id as "personId", v.household_id as "householdId",
  v.division_code as "divisionCode", v.title, v.method, v.on_date as "onDate", v.at, v.received_at as "receivedAt",
  v.latitude, v.longitude, v.accuracy_m as "accuracyM", v.answers_sealed as "answersSealed", v.photos,
  v.signature_id as "signatureId", v.by_name as "byName"`;
export const findVisit = (tx: Tx, id: string) =>
  tx.maybe<VisitRecord>(`select ${VISIT} from visit v where v.county_code = app_county() and v.id = $1`, [
    id,
  ]);
export const visitsOf = (tx: Tx, subjects: readonly string[], persons: readonly string[]) =>
  tx.query<VisitRecord>(
    `select ${VISIT} from visit v where v.county_code = app_county()
       and (v.subject_id = any ($1::uuid[]) or v.person_id = any ($2::uuid[])) order by v.at desc limit 100`,
    [subjects, persons],
  );
export interface VisitFilter {
  readonly division?: string | undefined;
  /** Part of the name of who went. */
  readonly by?: string | undefined;
  readonly month?: Month | undefined;
}
export const recentVisits = (tx: Tx, limit: number, q: VisitFilter) =>
  tx.query<VisitRecord>(
    `select ${VISIT} from visit v where v.county_code = app_county()
       and ($2::text is null or starts_with(v.division_code, $2)) and ($3::text is null or strpos(v.by_name, $3) > 0)
       and ($4::text is null or to_char(v.on_date, 'YYYY-MM') = $4)
     order by v.at desc, v.id limit $1`,
    [limit, q.division ?? null, q.by?.trim() || null, q.month ?? null],
  );
/** Where a subject was last visited, by a phone that knew. */
export const lastPlaces = (tx: Tx, subjects: readonly string[]) =>
  tx.query<{ subjectId: string; latitude: number; longitude: number; onDate: IsoDate }>(
    `select distinct on (subject_id) subject_id as "subjectId", latitude, longitude, on_date as "onDate"
     from visit where county_code = app_county() and subject_id = any ($1::uuid[]) and latitude is not null
     order by subject_id, at desc, id`,
    [subjects],
  );
export const answer = (tx: Tx, visitId: string, kind: "duty" | "clue", targetId: string, title: string) =>
  tx.exec(
    `insert into visit_answer (county_code, visit_id, kind, target_id, title) values (app_county(), $1, $2, $3, $4)`,
    [visitId, kind, targetId, title],
  );
export const answersOf = (tx: Tx, visitIds: readonly string[]) =>
  tx.query<{ visitId: string; kind: "duty" | "clue"; targetId: string; title: string }>(
    `select visit_id as "visitId", kind, target_id as "targetId", title from visit_answer
     where county_code = app_county() and visit_id = any ($1::uuid[]) order by title`,
    [visitIds],
  );

export interface CardRecord {
  subjectId: string;
  field: string;
  version: number;
  valueSealed: Buffer;
  at: string;
  byName: string;
}
/** The newest of each field. */
export const cards = (tx: Tx, subjects: readonly string[] | null) =>
  tx.query<CardRecord>(
    `select distinct on (subject_id, field) subject_id as "subjectId", field, version, value_sealed as "valueSealed", at,
       by_name as "byName"
     from card_field where county_code = app_county() and ($1::uuid[] is null or subject_id = any ($1))
     order by subject_id, field, version desc`,
    [subjects],
  );
export const addCardField = (
  tx: Tx,
  c: {
    subjectId: string;
    field: string;
    version: number;
    divisionCode: string;
    valueSealed: Buffer;
    at: Date;
  },
) =>
  tx.exec(
    `insert into card_field (county_code, subject_id, field, version, division_code, value_sealed, at, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7)`,
    [c.subjectId, c.field, c.version, c.divisionCode, c.valueSealed, c.at, tx.actor.name],
  );
export const cardVersion = (tx: Tx, subjectId: string, field: string, version: number) =>
  tx.maybe<CardRecord>(
    `select subject_id as "subjectId", field, version, value_sealed as "valueSealed", at, by_name as "byName"
     from card_field where county_code = app_county() and subject_id = $1 and field = $2 and version = $3`,
    [subjectId, field, version],
  );

export interface ConflictRecord {
  id: string;
  subjectId: string;
  field: string;
  divisionCode: string;
  visitId: string;
  theirVersion: number;
  mineSealed: Buffer;
  at: string;
  byName: string;
  title: string;
}
export const addConflict = (
  tx: Tx,
  c: {
    id: string;
    subjectId: string;
    field: string;
    divisionCode: string;
    visitId: string;
    baseVersion: number;
    theirVersion: number;
    mineSealed: Buffer;
    at: Date;
  },
) =>
  tx.exec(
    `insert into card_conflict (county_code, id, subject_id, field, division_code, visit_id, base_version, their_version,
       mine_sealed, at, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[
        c.id,
        c.subjectId,
        c.field,
        c.divisionCode,
        c.visitId,
        c.baseVersion,
        c.theirVersion,
        c.mineSealed,
        c.at,
      ],
      tx.actor.name,
    ],
  );
export const conflicts = (tx: Tx, id?: string) =>
  tx.query<ConflictRecord>(
    `select x.id, x.subject_id as "subjectId", x.field, x.division_code as "divisionCode", x.visit_id as "visitId",
       x.their_version as "theirVersion", x.mine_sealed as "mineSealed", x.at, x.by_name as "byName", v.title
     from card_conflict x join visit v on v.county_code = x.county_code and v.id = x.visit_id
     where x.county_code = app_county() and x.resolved_at is null and ($1::uuid is null or x.id = $1)
     order by x.at`,
    [id ?? null],
  );
export const resolveConflict = (tx: Tx, id: string, kept: "mine" | "theirs", at: Date) =>
  tx.exec(
    `update card_conflict set resolved_at = $3, resolved_by_name = $4, kept = $2
     where county_code = app_county() and id = $1 and resolved_at is null`,
    [id, kept, at, tx.actor.name],
  );

export interface DeviceRecord {
  id: string;
  accountId: string;
  accountName: string;
  divisionCode: string;
  label: string;
  keySealed: Buffer;
  enrolledAt: string;
  lastSeenAt: string;
  revokedAt: string | null;
  revokedByName: string | null;
  revokeReason: string | null;
}
const DEVICE = `id, account_id as "accountId", account_name as "accountName", division_code as "divisionCode", label,
  key_sealed as "keySealed", enrolled_at as "enrolledAt", last_seen_at as "lastSeenAt", revoked_at as "revokedAt",
  revoked_by_name as "revokedByName", revoke_reason as "revokeReason"`;
export const findDevice = (tx: Tx, id: string) =>
  tx.maybe<DeviceRecord>(`select ${DEVICE} from field_device where county_code = app_county() and id = $1`, [
    id,
  ]);
export const devices = (tx: Tx) =>
  tx.query<DeviceRecord>(
    `select ${DEVICE} from field_device where county_code = app_county() order by revoked_at nulls first, last_seen_at desc`,
  );
export const enrol = (tx: Tx, d: { id: string; label: string; keySealed: Buffer; at: Date }) =>
  tx.exec(
    `insert into field_device (county_code, id, account_id, account_name, division_code, label, key_sealed, enrolled_at,
       last_seen_at)
     values (app_county(), $1, app_account(), $2, app_scope(), $3, $4, $5, $5)`,
    [d.id, tx.actor.name, d.label, d.keySealed, d.at],
  );
export const seen = (tx: Tx, id: string, at: Date) =>
  tx.exec("update field_device set last_seen_at = $2 where county_code = app_county() and id = $1", [id, at]);
/** The key goes with it: nothing left here opens what the phone still holds. */
export const revoke = (tx: Tx, id: string, why: { reason: string; at: Date; nothing: Buffer }) =>
  tx.exec(
    `update field_device set revoked_at = $2, revoked_by_name = $3, key_sealed = $4, revoke_reason = $5
     where county_code = app_county() and id = $1 and revoked_at is null`,
    [id, why.at, tx.actor.name, why.nothing, why.reason],
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
