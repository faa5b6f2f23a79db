/** SQL of lists that were corrected for the same day, nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { RunRecord } from "./store.ts";

/** Files of the day that came before a run's and still count. */
export const formerRuns = (tx: Tx, run: Pick<RunRecord, "id" | "feed" | "asOf">) =>
  tx.query<{ id: string; rows: number }>(
    `select f.id, (f.report ->> 'rows')::bigint as rows from feed_run f
     join feed_run r on r.county_code = f.county_code and r.id = $1
     where f.county_code = app_county() and f.feed = $2 and f.as_of = $3 and f.id <> r.id
       and f.state = 'done' and f.replaced_by is null and f.received_at <= r.received_at`,
    [run.id, run.feed, run.asOf],
  );
/** Files of a day that correct it and wait for somebody to ask, oldest first. */
export const heldCorrections = (tx: Tx, feed: string, asOf: IsoDate) =>
  tx.query<{ id: string }>(
    `select id from feed_run where county_code = app_county() and feed = $1 and as_of = $2 and fall = 'held' and replaces
     order by received_at, id`,
    [feed, asOf],
  );

/** These runs count no more, nor does what they matched. */
export async function replaceRuns(tx: Tx, ids: readonly string[], by: string): Promise<void> {
  await tx.exec(
    `update feed_run set replaced_by = $2, fall = case when fall = 'held' then null else fall end,
       fall_from = case when fall = 'held' then null else fall_from end
     where county_code = app_county() and id = any ($1::uuid[])`,
    [ids, by],
  );
  await tx.exec(
    "update feed_match set replaced = true where county_code = app_county() and run_id = any ($1::uuid[])",
    [ids],
  );
}
/** Alerts that nobody judged and no list but these told; gives their ids. */
export const withdrawAlerts = async (tx: Tx, runs: readonly string[], today: IsoDate): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `update alert set state = 'withdrawn', judged_on = $2
       where county_code = app_county() and run_id = any ($1::uuid[]) and state = 'pending' and seen = 1 returning id`,
      [runs, today],
    )
  ).map((a) => a.id);
/** Alerts that another list told too stand on that one. */
export const leaveToOthers = (tx: Tx, runs: readonly string[]) =>
  tx.exec(
    `update alert a set seen = a.seen - 1, run_id = coalesce((
       select m.run_id from feed_match m where m.county_code = a.county_code and m.person_id = a.person_id and m.feed = a.feed
         and not m.replaced order by m.as_of desc, m.run_id desc limit 1), a.run_id)
     where a.county_code = app_county() and a.run_id = any ($1::uuid[]) and a.seen > 1`,
    [runs],
  );
/** Kept with the run's report: how many alerts its correction withdrew. */
export const noteWithdrawn = (tx: Tx, runId: string, count: number) =>
  tx.exec(
    `update feed_run set report = report || jsonb_build_object('withdrawn', $2::int)
     where county_code = app_county() and id = $1`,
    [runId, count],
  );
export const withdrawnAmong = async (tx: Tx, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await tx.query<{ id: string }>(
        "select id from alert where county_code = app_county() and id = any ($1::uuid[]) and state = 'withdrawn'",
        [ids],
      )
    ).map((a) => a.id),
  );
