/** SQL of whole lists that are much shorter than the one before, nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { ListDay } from "./model.ts";

/**
 * What came of a feed, day by day; all files of a day that still count are one list, a file that came twice is one (as long, as
 * many rows, of as many people). The run that is asked about does not count yet.
 */
export const listDays = (tx: Tx, feed: string, runId: string) =>
  tx.query<ListDay>(
    `select as_of as "asOf", sum(rows)::bigint as rows, bool_or(counts) as counts
     from (select as_of, (report ->> 'rows')::bigint as rows,
             bool_or(id <> $2 and coalesce(fall, 'whole') = 'whole') as counts
           from feed_run where county_code = app_county() and feed = $1 and state = 'done' and replaced_by is null
           group by as_of, rows, file_bytes, report -> 'persons') as file group by as_of`,
    [feed, runId],
  );
/** Days of lists that wait for somebody to ask. */
export const heldDays = (tx: Tx) =>
  tx.query<{ id: string; feed: string; asOf: IsoDate; from: number; receivedOn: IsoDate }>(
    `select distinct on (feed, as_of) id, feed, as_of as "asOf", fall_from as "from",
       (received_at at time zone 'Asia/Shanghai')::date as "receivedOn"
     from feed_run where county_code = app_county() and fall = 'held' order by feed, as_of, received_at`,
    [],
  );
export const holdFall = (tx: Tx, runId: string, from: number) =>
  tx.exec(
    "update feed_run set fall = 'held', fall_from = $2 where county_code = app_county() and id = $1 and state = 'done'",
    [runId, from],
  );
/** The day's other files made it whole, or a newer list ends what it would have ended. A correction of the day waits on. */
export const releaseFalls = (tx: Tx, feed: string, until: IsoDate) =>
  tx.exec(
    `update feed_run set fall = null, fall_from = null
     where county_code = app_county() and feed = $1 and as_of <= $2 and fall = 'held' and not (replaces and as_of = $2)`,
    [feed, until],
  );
/** Every file of the day that waits is answered for; gives how many. */
export const judgeFall = (
  tx: Tx,
  j: { feed: string; asOf: IsoDate; whole: boolean; reasonSealed: Buffer; at: Date },
) =>
  tx.exec(
    `update feed_run set fall = $3, fall_reason_sealed = $4, fall_judged_at = $5, fall_judged_by = app_account(), fall_judged_by_name = $6
     where county_code = app_county() and feed = $1 and as_of = $2 and fall = 'held'`,
    [j.feed, j.asOf, j.whole ? "whole" : "part", j.reasonSealed, j.at, tx.actor.name],
  );
