/**
 * The SQL of what lines and events come to: kept by triggers as some dozens of sums a roster (migration 0460), so that no
 * page adds up a million lines. Nothing else.
 */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Change } from "./model.ts";
import { lockRoster } from "./store.ts";

/** A line that waits for a reissue: failed, or released after the roster was sent. */
const TO_REISSUE = "(state = 'failed' or (state = 'ready' and not included))";

/** The sums into the roster's head. */
export async function refreshHead(tx: Tx, id: string): Promise<void> {
  await tx.exec(
    `update roster r set lines = s.lines, persons = s.persons, total_fen = s.total_fen,
       included_lines = s.included_lines, included_fen = s.included_fen, held_lines = s.held_lines,
       held_fen = s.held_fen, pending_fen = s.pending_fen, paid_lines = s.paid_lines, paid_fen = s.paid_fen,
       failed_lines = s.failed_lines, failed_fen = s.failed_fen, unknown_lines = s.unknown_lines
     from (select coalesce(sum(lines), 0)::int as lines, coalesce(sum(persons), 0)::int as persons,
             coalesce(sum(amount_fen), 0)::bigint as total_fen,
             coalesce(sum(lines) filter (where included), 0)::int as included_lines,
             coalesce(sum(amount_fen) filter (where included), 0)::bigint as included_fen,
             coalesce(sum(lines) filter (where state = 'held'), 0)::int as held_lines,
             coalesce(sum(amount_fen) filter (where state = 'held'), 0)::bigint as held_fen,
             coalesce(sum(amount_fen) filter (where state in ('ready', 'sent', 'unknown')), 0)::bigint as pending_fen,
             coalesce(sum(lines) filter (where state = 'paid'), 0)::int as paid_lines,
             coalesce(sum(amount_fen) filter (where state = 'paid'), 0)::bigint as paid_fen,
             coalesce(sum(lines) filter (where state in ('failed', 'reissued')), 0)::int as failed_lines,
             coalesce(sum(amount_fen) filter (where state in ('failed', 'reissued')), 0)::bigint as failed_fen,
             coalesce(sum(lines) filter (where state = 'unknown'), 0)::int as unknown_lines
           from roster_sum where county_code = app_county() and roster_id = $1 and change <> 'stopped') s
     where r.county_code = app_county() and r.id = $1`,
    [id],
  );
}

/**
 * 'closed' when every line that went to the bank has been paid, here or by a reissue that is closed itself; else back to
 * 'sent'. Held lines do not keep it open: they never went, and some (a dead payee's) never will. What a reissue pays
 * again may close its parent, and that one's.
 */
export async function closeOrReopen(tx: Tx, id: string): Promise<void> {
  const moved = await tx.maybe<{ parentId: string | null }>(
    `update roster r set state = x.state
     from (select case when exists (
             select from roster_sum s where s.county_code = app_county() and s.roster_id = $1 and s.lines > 0
               and s.state in ('ready', 'sent', 'unknown', 'failed'))
           or exists (select from roster c where c.county_code = app_county() and c.parent_id = $1
               and c.state not in ('closed', 'discarded')) then 'sent' else 'closed' end as state) x
     where r.county_code = app_county() and r.id = $1 and r.state in ('sent', 'closed') and r.state <> x.state
     returning r.parent_id as "parentId"`,
    [id],
  );
  if (!moved?.parentId) return;
  // Two reissues of one roster that close at once: the later one sees the other.
  await lockRoster(tx, moved.parentId);
  await closeOrReopen(tx, moved.parentId);
}

export const byItem = (tx: Tx, rosterId: string) =>
  tx.query<{ item: string; lines: number; persons: number; totalFen: number }>(
    `select item, sum(lines)::int as lines, sum(persons)::int as persons, sum(amount_fen)::bigint as "totalFen"
     from roster_sum where county_code = app_county() and roster_id = $1 and change <> 'stopped'
     group by item having sum(lines) > 0 order by item collate "C"`,
    [rosterId],
  );

/** The effect of each kind of change on the month's total; of unchanged lines their sum. */
export const byChange = (tx: Tx, rosterId: string) =>
  tx.query<{ change: Change; count: number; amountFen: number }>(
    `select change, sum(lines)::int as count,
       sum(case when change in ('changed', 'stopped', 'recovery') then amount_fen - previous_fen else amount_fen end)::bigint
         as "amountFen"
     from roster_sum where county_code = app_county() and roster_id = $1 group by change having sum(lines) > 0`,
    [rosterId],
  );

/** What goes to the bank, by month and item. */
export const included = (tx: Tx, rosterId: string) =>
  tx.query<{ month: Month; item: string; amountFen: number }>(
    `select month, item, sum(amount_fen)::bigint as "amountFen" from roster_sum
     where county_code = app_county() and roster_id = $1 and included and lines > 0 group by month, item
     order by month, item collate "C"`,
    [rosterId],
  );

const one = async (tx: Tx, sql: string, values: readonly unknown[]): Promise<number> =>
  (await tx.one<{ n: number }>(sql, values)).n;

/** Lines that a reissue would take. */
export const toReissue = (tx: Tx, rosterId: string) =>
  one(
    tx,
    `select coalesce(sum(lines), 0)::int as n from roster_sum
     where county_code = app_county() and roster_id = $1 and ${TO_REISSUE}`,
    [rosterId],
  );

/** Lines of a change, state and item; null: any. */
export const count = (
  tx: Tx,
  rosterId: string,
  of: { readonly change: string | null; readonly state: string | null; readonly item: string | null },
) =>
  one(
    tx,
    `select coalesce(sum(lines), 0)::int as n from roster_sum
     where county_code = app_county() and roster_id = $1 and ($2::text is null or change = $2)
       and ($3::text is null or state = $3) and ($4::text is null or item = $4)`,
    [rosterId, of.change, of.state, of.item],
  );

/** What the money trail says was paid by this roster. */
export const paidEventsFen = (tx: Tx, rosterId: string) =>
  one(
    tx,
    `select coalesce(sum(amount_fen), 0)::bigint as n from payment_event_sum
     where county_code = app_county() and roster_id = $1 and kind = 'paid'`,
    [rosterId],
  );

/** For `verify`: sums of a roster that are not those of its lines or of its events added up again. None should be. */
export const wrong = (tx: Tx, rosterId: string) =>
  tx.one<{ lines: number; events: number }>(
    `with line as (
       select item, month, change, state, included, count(*) as lines, sum(persons) as persons,
         sum(amount_fen) as amount_fen, sum(deducted_fen) as deducted_fen, sum(coalesce(previous_fen, 0)) as previous_fen
       from roster_line where county_code = app_county() and roster_id = $1 group by 1, 2, 3, 4, 5),
     line_sum as (
       select * from roster_sum where county_code = app_county() and roster_id = $1 and lines <> 0),
     event as (
       select l.item, v.month, v.kind, count(*) as events, sum(v.amount_fen) as amount_fen
       from payment_event v join roster_line l on l.county_code = v.county_code and l.id = v.line_id
       where v.county_code = app_county() and v.roster_id = $1 group by 1, 2, 3),
     event_sum as (select * from payment_event_sum where county_code = app_county() and roster_id = $1)
     select (select count(*)::int from line a full join line_sum b using (item, month, change, state, included)
             where (a.lines, a.persons, a.amount_fen, a.deducted_fen, a.previous_fen)
               is distinct from (b.lines, b.persons, b.amount_fen, b.deducted_fen, b.previous_fen)) as lines,
       (select count(*)::int from event a full join event_sum b using (item, month, kind)
        where (a.events, a.amount_fen) is distinct from (b.events, b.amount_fen)) as events`,
    [rosterId],
  );
