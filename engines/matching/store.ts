/** SQL of runs and matches, nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Fall, Origin, RunState } from "./model.ts";

export interface RunRecord {
  id: string;
  feed: string;
  origin: Origin;
  fileName: string;
  fileBytes: number;
  asOf: IsoDate;
  state: RunState;
  report: Record<string, unknown>;
  receivedAt: string;
  receivedByName: string;
  endedAt: string | null;
  fileDeletedAt: string | null;
  fall: Fall | null;
  /** Rows of the list before it. */
  fallFrom: number | null;
  fallJudgedByName: string | null;
  fallReasonSealed: Buffer | null;
  /** It corrects the list of its day. */
  replaces: boolean;
  /** Of the file that corrected it. */
  replacedByName: string | null;
}
const RUN = `r.id, r.feed, r.origin, r.file_name as "fileName", r.file_bytes as "fileBytes", r.as_of as "asOf", r.state, r.report,
  r.received_at as "receivedAt", r.received_by_name as "receivedByName", r.ended_at as "endedAt",
  r.file_deleted_at as "fileDeletedAt", r.fall, r.fall_from as "fallFrom", r.fall_judged_by_name as "fallJudgedByName",
  r.fall_reason_sealed as "fallReasonSealed", r.replaces, (select n.file_name from feed_run n
    where n.county_code = r.county_code and n.id = r.replaced_by) as "replacedByName"`;

/** False: this id was received before. */
export const insertRun = async (
  tx: Tx,
  r: Pick<RunRecord, "id" | "feed" | "origin" | "fileName" | "fileBytes" | "asOf" | "replaces"> & {
    at: Date;
  },
) =>
  (await tx.exec(
    `insert into feed_run (county_code, id, feed, origin, file_name, file_bytes, as_of, state, received_at, received_by, received_by_name,
       replaces)
     values (app_county(), $1, $2, $3, $4, $5, $6, 'waiting', $7, app_account(), $8, $9) on conflict do nothing`,
    [r.id, r.feed, r.origin, r.fileName, r.fileBytes, r.asOf, r.at, tx.actor.name, r.replaces],
  )) > 0;
export const findRun = (tx: Tx, id: string) =>
  tx.maybe<RunRecord>(`select ${RUN} from feed_run r where r.county_code = app_county() and r.id = $1`, [id]);
export const listRuns = (tx: Tx, feed: string | null, limit: number) =>
  tx.query<RunRecord>(
    `select ${RUN} from feed_run r where r.county_code = app_county() and ($1::text is null or r.feed = $1)
     order by r.received_at desc limit $2`,
    [feed, limit],
  );
export const lastRuns = (tx: Tx) =>
  tx.query<RunRecord>(
    `select distinct on (r.feed) ${RUN} from feed_run r where r.county_code = app_county() and r.state = 'done' and r.replaced_by is null
     order by r.feed, r.as_of desc, r.received_at desc`,
  );
export const endRun = (tx: Tx, id: string, state: RunState, report: object, at: Date) =>
  tx.exec(
    `update feed_run set state = $2, report = $3, ended_at = $4
     where county_code = app_county() and id = $1 and state = 'waiting'`,
    [id, state, JSON.stringify(report), at],
  );
export const markDeleted = (tx: Tx, id: string, at: Date) =>
  tx.exec(
    `update feed_run set file_deleted_at = $2
     where county_code = app_county() and id = $1 and ended_at is not null and file_deleted_at is null`,
    [id, at],
  );
export const waiting = (tx: Tx) =>
  tx.query<{ id: string }>(
    "select id from feed_run where county_code = app_county() and state = 'waiting' order by received_at, id",
  );
/** Ended runs whose file may still lie there, after a crash between the two. */
export const undeleted = (tx: Tx) =>
  tx.query<{ id: string }>(
    "select id from feed_run where county_code = app_county() and file_deleted_at is null and ended_at is not null",
  );

export interface WatchedRecord {
  id: string;
  name: string;
  divisionCode: string;
  birthDate: IsoDate;
  householdId: string | null;
  /** Covered by what is owed in the month. */
  receiving: boolean;
}
/** Everybody living in the registry; with `authorised` only who signed an authorisation in, or for, a case that goes on. */
export const watched = (tx: Tx, month: Month, authorised: boolean, today: IsoDate) =>
  tx.query<WatchedRecord>(
    `select p.id, p.name, p.division_code as "divisionCode", p.birth_date as "birthDate", m.household_id as "householdId",
       c.person_id is not null as receiving
     from person p
     left join household_member m on m.county_code = p.county_code and m.person_id = p.id and m.to_date is null
     left join (
       select distinct c.person_id from entitlement_person c
       join entitlement e on e.county_code = c.county_code and e.id = c.entitlement_id
       where c.county_code = app_county() and c.from_month <= $1 and (c.end_month is null or c.end_month >= $1)
         and (e.end_month is null or e.end_month >= $1)) c on c.person_id = p.id
     where p.county_code = app_county() and p.died_on is null
       and (not $2 or p.id in (
         select (s #>> '{}')::uuid from case_action a
         join case_file f on f.county_code = a.county_code and f.id = a.case_id and f.is_open
         cross join jsonb_array_elements(a.outcome -> 'application' -> 'signers') s
         where a.county_code = app_county() and a.outcome -> 'application' is not null)
         or exists (select from check_supporter x join case_file f on f.county_code = x.county_code and f.id = x.case_id and f.is_open
           where x.county_code = p.county_code and x.person_id = p.id and x.removed_at is null and x.authorised_until >= $3))
     order by p.id`,
    [month, authorised, today],
  );

/**
 * What a whole list told holds until a newer one came ($n: codes of the whole lists). Several files may make up one day's
 * list: all that are of its day count, but for those that one of them corrected.
 */
const STILL_SAID = (bound: string) =>
  `not m.replaced and not exists (select from feed_last() l where l.feed = m.feed and l.as_of > m.as_of and l.feed = any (${bound}::text[]))`;
/** The codes that people of the watch list stand behind. */
export const codesOf = (tx: Tx, whole: readonly string[]) =>
  tx.query<{ code: string; personId: string }>(
    `select distinct c.code, m.person_id as "personId"
     from feed_match m cross join unnest(m.codes) as c (code)
     where m.county_code = app_county() and m.codes is not null and ${STILL_SAID("$1")}`,
    [whole],
  );

export interface NewMatch {
  readonly personId: string;
  readonly divisionCode: string;
  readonly rows: number;
  readonly score: number | null;
  readonly facts: string;
  readonly codes: readonly string[];
  readonly sealed: Buffer;
}
export async function insertMatches(
  tx: Tx,
  run: Pick<RunRecord, "id" | "feed" | "asOf">,
  rows: readonly NewMatch[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 5_000) {
    const part = rows.slice(from, from + 5_000);
    await tx.exec(
      `insert into feed_match (county_code, run_id, person_id, division_code, feed, as_of, rows, score, facts, codes, sealed)
       select app_county(), $1, p, d, $2, $3, n, s, f::jsonb, string_to_array(nullif(c, ''), ','), x
       from unnest($4::uuid[], $5::text[], $6::int[], $7::real[], $8::text[], $9::text[], $10::bytea[]) as t (p, d, n, s, f, c, x)`,
      [
        ...[run.id, run.feed, run.asOf],
        part.map((r) => r.personId),
        part.map((r) => r.divisionCode),
        part.map((r) => r.rows),
        part.map((r) => r.score),
        part.map((r) => r.facts),
        part.map((r) => r.codes.join(",")),
        part.map((r) => r.sealed),
      ],
    );
  }
}

/** What covers these people now: for how much was paid after something happened. */
export const coverOf = (tx: Tx, personIds: readonly string[]) =>
  tx.query<{ personId: string; entitlementId: string; persons: number }>(
    `select c.person_id as "personId", c.entitlement_id as "entitlementId",
       (select count(distinct o.person_id)::int from entitlement_person o
        where o.county_code = c.county_code and o.entitlement_id = c.entitlement_id and o.end_month is null) as persons
     from entitlement_person c
     where c.county_code = app_county() and c.person_id = any ($1) and c.end_month is null`,
    [personIds],
  );

export interface MatchRecord {
  personId: string;
  feed: string;
  asOf: IsoDate;
  rows: number;
  score: number | null;
  facts: Record<string, number | string>;
  sealed: Buffer;
}
export const matchOf = (tx: Tx, runId: string, personId: string) =>
  tx.maybe<MatchRecord>(
    `select person_id as "personId", feed, as_of as "asOf", rows, score, facts, sealed from feed_match
     where county_code = app_county() and run_id = $1 and person_id = $2`,
    [runId, personId],
  );
/** Of each person and feed the newest that was said, where it still holds. */
export const newestMatches = (
  tx: Tx,
  personIds: readonly string[],
  feeds: readonly string[],
  whole: readonly string[],
) =>
  tx.query<MatchRecord>(
    `select distinct on (person_id, feed) person_id as "personId", feed, as_of as "asOf", rows, score, facts, sealed
     from feed_match m where county_code = app_county() and person_id = any ($1) and feed = any ($2) and ${STILL_SAID("$3")}
     order by person_id, feed, as_of desc, run_id desc`,
    [personIds, feeds, whole],
  );

export interface LastList {
  feed: string;
  asOf: IsoDate;
}
export const lastLists = (tx: Tx) => tx.query<LastList>(`select feed, as_of as "asOf" from feed_last()`);
/**
 * Of these people, those who came into the house only after the newest list had come; for an authorised list those who
 * signed only then. Children do not sign and are not looked for in it.
 */
export const notLookedFor = (
  tx: Tx,
  personIds: readonly string[],
  authorised: readonly string[],
  today: IsoDate,
) =>
  tx.query<{ feed: string; personId: string }>(
    `select l.feed, p.id as "personId" from feed_last() l
     join person p on p.county_code = app_county() and p.id = any ($1::uuid[])
     where p.created_at > l.received_at
       or (l.feed = any ($2::text[]) and p.birth_date <= $3::date - interval '18 years' and not exists (
         select from case_action a
         where a.county_code = app_county() and a.acted_at <= l.received_at
           and a.outcome -> 'application' -> 'signers' ? p.id::text)
         and not exists (select from check_supporter x where x.county_code = app_county() and x.person_id = p.id
           and x.removed_at is null and x.authorised_at <= l.received_at))`,
    [personIds, authorised, today],
  );
