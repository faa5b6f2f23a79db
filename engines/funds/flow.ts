/** The SQL between the ledger and the money trail of the rosters: what is to be posted, what was bound, do all agree. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Compared, Part } from "./model.ts";

/**
 * What an event does to the ledger. `late`: a failure that the bank later corrected to paid; its money was given back
 * in between and is taken anew.
 */
export type Flow = "sent" | "failed" | "paid" | "late";

/** Events of a roster that no journal has, with what each does. `late` asks the index of the line's own few events. */
const UNPOSTED = `
  select v.id, l.item, v.month, v.amount_fen, coalesce(v.settled_on, (v.at at time zone 'Asia/Shanghai')::date) as moved_on,
    case when v.kind = 'paid' and exists (
      select from payment_event f where f.county_code = v.county_code and f.line_id = v.line_id and f.kind = 'failed')
    then 'late' else v.kind end as flow
  from payment_event v
  join roster_line l on l.county_code = v.county_code and l.id = v.line_id
  where v.county_code = app_county() and v.roster_id = $1 and v.kind in ('sent', 'failed', 'paid')
    and not exists (select from fund_posting p where p.county_code = v.county_code and p.event_id = v.id)`;

/**
 * Statistics of tables that grew a moment ago are wrong, and the planner would read all of one for every row of another;
 * here every step has its index. Until it is turned back.
 */
export async function useIndexes(tx: Tx, on: boolean): Promise<void> {
  await tx.exec(
    "select set_config(name, $1, true) from unnest(array['enable_seqscan', 'enable_bitmapscan', 'enable_material']) as name",
    [on ? "off" : "on"],
  );
}

/** The money trail of a roster stands still while it is posted. False: no such roster in reach. */
export async function lockRoster(tx: Tx, rosterId: string): Promise<boolean> {
  const row = await tx.maybe(
    "select id from roster where county_code = app_county() and id = $1 for update",
    [rosterId],
  );
  return row !== undefined;
}

export interface Pending {
  item: string;
  month: Month;
  flow: Flow;
  /** Last day of those. */
  movedOn: IsoDate;
  amountFen: number;
  /** Digest over the ids of the events, as the journal's canonical text has it. */
  events: string;
}
export const pending = (tx: Tx, rosterId: string) =>
  tx.query<Pending>(
    `select u.item, u.month, u.flow, max(u.moved_on) as "movedOn", sum(u.amount_fen)::bigint as "amountFen",
       encode(sha256(convert_to(string_agg(u.id::text, ',' order by u.id), 'UTF8')), 'hex') as events
     from (${UNPOSTED}) u group by u.item, u.month, u.flow order by u.month, u.item collate "C"`,
    [rosterId],
  );

/** Ties the events of one pending row to its journal. */
export const post = (tx: Tx, rosterId: string, p: Pending, journalId: string) =>
  tx.exec(
    `insert into fund_posting (county_code, event_id, journal_id)
     select app_county(), u.id, $5 from (${UNPOSTED}) u where u.item = $2 and u.month = $3 and u.flow = $4`,
    [rosterId, p.item, p.month, p.flow, journalId],
  );

/** What a roster still binds for an item and month, by account. */
export const bound = (tx: Tx, rosterId: string, item: string, month: Month) =>
  tx.query<Part>(
    `select e.account_id as "accountId", sum(e.debit_fen - e.credit_fen)::bigint as "amountFen"
     from fund_journal j join fund_entry e on e.county_code = j.county_code and e.journal_id = j.id
     where j.county_code = app_county() and j.roster_id = $1 and j.item = $2 and j.month = $3 and e.class = 'committed'
     group by e.account_id having sum(e.debit_fen - e.credit_fen) > 0`,
    [rosterId, item, month],
  );

/** The papers from which a roster's money was bound, the first taken first. */
export const documentsBound = (tx: Tx, rosterId: string) =>
  tx.query<{ item: string; month: Month; document: string }>(
    `select j.item, j.month, a.document
     from fund_journal j
     join fund_entry e on e.county_code = j.county_code and e.journal_id = j.id
     join fund_account a on a.county_code = e.county_code and a.id = e.account_id
     where j.county_code = app_county() and j.roster_id = $1 and j.kind = 'commitment' and e.class = 'committed'
     group by j.item, j.month, a.document order by min(e.seq)`,
    [rosterId],
  );

/** What each account paid for an item and month and has not got back. */
export const paidNet = (tx: Tx, item: string, month: Month) =>
  tx.query<Part>(
    `select e.account_id as "accountId", sum(e.debit_fen - e.credit_fen)::bigint as "amountFen"
     from fund_journal j join fund_entry e on e.county_code = j.county_code and e.journal_id = j.id
     where j.county_code = app_county() and j.item = $1 and j.month = $2 and e.class in ('paid', 'recovered')
     group by e.account_id having sum(e.debit_fen - e.credit_fen) > 0 order by e.account_id`,
    [item, month],
  );

export interface WaitingRecord {
  rosterId: string;
  rosterTitle: string;
  item: string;
  month: Month;
  neededFen: number;
  missingFen: number;
}
export const waiting = (tx: Tx) =>
  tx.query<WaitingRecord>(
    `select w.roster_id as "rosterId", r.title as "rosterTitle", w.item, w.month, w.needed_fen as "neededFen",
       w.missing_fen as "missingFen"
     from fund_waiting w join roster r on r.county_code = w.county_code and r.id = w.roster_id
     where w.county_code = app_county() order by w.month, w.item collate "C", w.roster_id`,
  );

export async function setWaiting(
  tx: Tx,
  w: { rosterId: string; item: string; month: Month; neededFen: number; missingFen: number; at: Date },
): Promise<void> {
  await tx.exec(
    `insert into fund_waiting (county_code, roster_id, item, month, needed_fen, missing_fen, since)
     values (app_county(), $1, $2, $3, $4, $5, $6)
     on conflict (county_code, roster_id, item, month) do update
       set needed_fen = excluded.needed_fen, missing_fen = excluded.missing_fen`,
    [w.rosterId, w.item, w.month, w.neededFen, w.missingFen, w.at],
  );
}
/** What of a roster waits no more: everything but these. */
export async function clearWaiting(
  tx: Tx,
  rosterId: string,
  but: readonly { readonly item: string; readonly month: Month }[],
): Promise<void> {
  await tx.exec(
    `delete from fund_waiting w where w.county_code = app_county() and w.roster_id = $1
       and not exists (select from jsonb_to_recordset($2::jsonb) k (item text, month text)
                       where k.item = w.item and k.month = w.month)`,
    [rosterId, JSON.stringify(but)],
  );
}

/** Rosters of which something waits for money, oldest first. */
export const rostersWaiting = (tx: Tx) =>
  tx.query<{ id: string }>(
    `select r.id from roster r
     where r.county_code = app_county()
       and exists (select from fund_waiting w where w.county_code = r.county_code and w.roster_id = r.id)
     order by r.sent_at, r.id`,
  );

/** Rosters that never reached the ledger, and those sent since a day of which an event has not; oldest first. */
export const rostersBehind = (tx: Tx, since: IsoDate) =>
  tx.query<{ id: string }>(
    `select r.id from roster r
     where r.county_code = app_county() and r.state in ('sent', 'closed')
       and (not exists (select from fund_journal j where j.county_code = r.county_code and j.roster_id = r.id)
            or r.sent_at >= $1::date and exists (
              select from payment_event v where v.county_code = r.county_code and v.roster_id = r.id
                and v.kind in ('sent', 'failed', 'paid')
                and not exists (select from fund_posting p where p.county_code = v.county_code and p.event_id = v.id)))
     order by r.sent_at, r.id`,
    [since],
  );

export interface ComparedRecord extends Compared {
  sentFen: number;
  failedFen: number;
  reissuedFen: number;
  /** Kept back by lines that were paid. */
  deductedFen: number;
  rosterId: string;
  rosterTitle: string;
  item: string;
  month: Month;
}
/**
 * Every roster, item and month of these months, as the ledger, the lines of the roster and the bank's answers have it.
 * Three sources that are written by different statements: a difference is a fault, or money that is waited for. Lines and
 * answers by the sums that are kept of them (payments, `verify` adds them up again); what of the answers no journal has is
 * what the journals do not come to, for a journal is the events posted in it.
 */
export const compared = (tx: Tx, from: Month, to: Month) =>
  tx.query<ComparedRecord>(
    `with lines as (
       select l.roster_id, l.item, l.month, sum(l.amount_fen) filter (where l.state = 'paid') as paid,
         sum(l.amount_fen) filter (where l.state in ('sent', 'unknown')) as at_bank, sum(l.amount_fen) as sent,
         sum(l.amount_fen) filter (where l.state = 'failed') as failed,
         sum(l.amount_fen) filter (where l.state = 'reissued') as reissued,
         sum(l.deducted_fen) filter (where l.state = 'paid') as deducted
       from roster_sum l join roster r on r.county_code = l.county_code and r.id = l.roster_id
       where l.county_code = app_county() and r.state in ('sent', 'closed') and l.included and l.lines > 0
         and l.month between $1 and $2
       group by 1, 2, 3),
     bank as (
       select v.roster_id, v.item, v.month, sum(v.amount_fen) filter (where v.kind = 'paid') as paid,
         sum(v.amount_fen) as answered
       from payment_event_sum v
       where v.county_code = app_county() and v.kind in ('sent', 'failed', 'paid') and v.month between $1 and $2
       group by 1, 2, 3),
     ledger as (
       select j.roster_id, j.item, j.month, sum(e.paid) as paid, sum(e.bound) as bound, sum(j.amount_fen) as posted
       from fund_journal j
       cross join lateral (
         select sum(x.debit_fen - x.credit_fen) filter (where x.class = 'paid') as paid,
           sum(x.debit_fen - x.credit_fen) filter (where x.class = 'committed') as bound
         from fund_entry x where x.county_code = j.county_code and x.journal_id = j.id) e
       where j.county_code = app_county() and j.roster_id is not null and j.month between $1 and $2
       group by 1, 2, 3)
     select x.roster_id as "rosterId", r.title as "rosterTitle", x.item, x.month,
       coalesce(g.paid, 0)::bigint as "ledgerFen", coalesce(l.paid, 0)::bigint as "rosterFen",
       coalesce(b.paid, 0)::bigint as "bankFen", coalesce(g.bound, 0)::bigint as "boundFen",
       coalesce(l.at_bank, 0)::bigint as "atBankFen", (coalesce(b.answered, 0) - coalesce(g.posted, 0))::bigint as "unpostedFen",
       coalesce(l.sent, 0)::bigint as "sentFen", coalesce(l.failed, 0)::bigint as "failedFen",
       coalesce(l.reissued, 0)::bigint as "reissuedFen", coalesce(l.deducted, 0)::bigint as "deductedFen",
       w.missing_fen as "missingFen"
     from (select roster_id, item, month from lines union select roster_id, item, month from bank
           union select roster_id, item, month from ledger) x
     left join lines l using (roster_id, item, month)
     left join bank b using (roster_id, item, month)
     left join ledger g using (roster_id, item, month)
     join roster r on r.county_code = app_county() and r.id = x.roster_id
     left join fund_waiting w on w.county_code = app_county() and w.roster_id = x.roster_id and w.item = x.item
       and w.month = x.month
     order by x.month, r.number, x.item collate "C"`,
    [from, to],
  );

/**
 * Balances kept by the trigger that differ from the sums of the entries; journals out of balance, or of a roster that are
 * not the events posted in them. All should be none.
 */
export const readd = (tx: Tx) =>
  tx.one<{ entries: number; wrongBalances: number; wrongJournals: number }>(
    `select (select count(*)::int from fund_entry where county_code = app_county()) as entries,
       (select count(*)::int from (
          select account_id, class, sum(debit_fen - credit_fen) as amount_fen from fund_entry
          where county_code = app_county() group by 1, 2) s
        full join (select * from fund_balance where county_code = app_county()) b
          on b.account_id = s.account_id and b.class = s.class
        where s.amount_fen is distinct from b.amount_fen) as "wrongBalances",
       (select count(*)::int from (
          select j.id from fund_journal j
          left join fund_entry e on e.county_code = j.county_code and e.journal_id = j.id
          where j.county_code = app_county() group by j.county_code, j.id, j.amount_fen
          having coalesce(sum(e.debit_fen), 0) <> j.amount_fen or coalesce(sum(e.credit_fen), 0) <> j.amount_fen
          union
          select j.id from fund_journal j
          left join (
            select p.journal_id, v.roster_id, l.item, v.month, sum(v.amount_fen) as fen from fund_posting p
            join payment_event v on v.county_code = p.county_code and v.id = p.event_id
            join roster_line l on l.county_code = v.county_code and l.id = v.line_id
            where p.county_code = app_county() group by 1, 2, 3, 4) v on v.journal_id = j.id
          where j.county_code = app_county() and j.roster_id is not null
            and (v.roster_id, v.item, v.month, v.fen) is distinct from (j.roster_id, j.item, j.month, j.amount_fen)) w
       ) as "wrongJournals"`,
  );

/**
 * What is owed in each of these months, by item: `entitlement_owed` of every month, all of them read once. An amount holds
 * from its month until that of the next, within the entitlement's own months; of two of one month the later counts. In the order of entitlement_amount_in_force.
 */
export const owed = (tx: Tx, months: readonly Month[]) =>
  tx.query<{ month: Month; item: string; amountFen: number; payments: number }>(
    `with amount as (
       select entitlement_id, from_month, amount_fen,
         lag(from_month) over (partition by entitlement_id order by from_month desc, seq desc) as next_month
       from entitlement_amount where county_code = app_county()),
     span as (
       select e.item, greatest(a.from_month, e.from_month, $2) as first, a.next_month, e.end_month,
         sum(a.amount_fen) as fen, count(*) as payments
       from amount a join entitlement e on e.county_code = app_county() and e.id = a.entitlement_id
       where a.amount_fen > 0 and a.from_month <= $3 and e.from_month <= $3
         and (a.next_month is null or a.next_month > $2) and (e.end_month is null or e.end_month >= $2)
       group by 1, 2, 3, 4)
     select m.month, s.item, sum(s.fen)::bigint as "amountFen", sum(s.payments)::int as payments
     from unnest($1::text[]) m (month)
     join span s on s.first <= m.month and (s.next_month is null or s.next_month > m.month)
       and (s.end_month is null or s.end_month >= m.month)
     group by m.month, s.item order by m.month, s.item collate "C"`,
    [months, months[0] ?? "", months.at(-1) ?? ""],
  );

/** Months of which the roster has gone to the bank: their money is bound or paid. */
export async function monthsSent(tx: Tx, from: Month, to: Month): Promise<ReadonlySet<Month>> {
  const rows = await tx.query<{ month: Month }>(
    `select month from roster where county_code = app_county() and kind = 'monthly' and state in ('sent', 'closed')
       and month between $1 and $2`,
    [from, to],
  );
  return new Set(rows.map((r) => r.month));
}

/** Paid and received in the ledger, by month of what it is for. */
export const byMonth = (tx: Tx, from: Month, to: Month) =>
  tx.query<{ month: Month; paidFen: number; receivedFen: number }>(
    `select month, coalesce(sum(debit_fen - credit_fen) filter (where class = 'paid'), 0)::bigint as "paidFen",
       coalesce(sum(credit_fen - debit_fen) filter (where class = 'received'), 0)::bigint as "receivedFen"
     from fund_entry where county_code = app_county() and month between $1 and $2 group by month`,
    [from, to],
  );

/**
 * Standards that are approved and counted, not yet applied: what each adds a month from its first month on, and what it
 * owes for months gone by. Once applied, the amounts themselves say so.
 */
export const raisesToCome = (tx: Tx) =>
  tx.query<{ label: string; firstMonth: Month; item: string; monthlyFen: number; backFen: number }>(
    `select r.label, r.first_month as "firstMonth", split_part(p.key, ' ', 1) as item,
       sum((p.value ->> 'afterFen')::bigint - (p.value ->> 'beforeFen')::bigint)::bigint as "monthlyFen",
       sum((p.value ->> 'backFen')::bigint)::bigint as "backFen"
     from reprice r cross join jsonb_each(r.preview -> 'totals' -> 'places') p
     where r.county_code = app_county() and r.state = 'ready'
     group by r.id, r.label, r.first_month, split_part(p.key, ' ', 1) order by r.first_month, 1`,
  );

/** Subsidies that follow from others, confirmed for months gone by and in no roster yet. */
export const linkedToCome = (tx: Tx, before: Month) =>
  tx.query<{ item: string; amountFen: number }>(
    `select s.linkage as item, sum(s.amount_fen)::bigint as "amountFen" from linkage_share s
     where s.county_code = app_county() and s.month < $1 and not exists (
       select from roster_line l where l.county_code = s.county_code and l.entitlement_id = s.entitlement_id and l.live)
     group by s.linkage order by s.linkage collate "C"`,
    [before],
  );

/** How many payments the last monthly rosters had, by item; oldest first. */
export const countsOfMonths = (tx: Tx, from: Month, before: Month) =>
  tx.query<{ month: Month; item: string; lines: number }>(
    `select l.month, l.item, sum(l.lines)::int as lines
     from roster r join roster_sum l on l.county_code = r.county_code and l.roster_id = r.id and l.month = r.month
     where r.county_code = app_county() and r.kind = 'monthly' and r.state in ('sent', 'closed') and r.month >= $1
       and r.month < $2 and l.change not in ('stopped', 'reissue')
     group by l.month, l.item having sum(l.lines) > 0 order by l.month, l.item collate "C"`,
    [from, before],
  );
