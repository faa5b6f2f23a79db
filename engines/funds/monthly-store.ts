/** The SQL of the month's supervision report. Nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface PaidRow {
  rosterId: string;
  rosterTitle: string;
  item: string;
  sent: number;
  sentFen: number;
  paid: number;
  paidFen: number;
  returned: number;
  returnedFen: number;
  pending: number;
  pendingFen: number;
  held: number;
  heldFen: number;
}
/** What a month's rosters sent, and what became of it; by roster and benefit. */
export const paid = (tx: Tx, month: Month) =>
  tx.query<PaidRow>(
    `select r.id as "rosterId", r.title as "rosterTitle", l.item,
       coalesce(sum(l.lines) filter (where x.sent), 0)::int as sent, coalesce(sum(l.amount_fen) filter (where x.sent), 0)::bigint as "sentFen",
       coalesce(sum(l.lines) filter (where l.state = 'paid'), 0)::int as paid,
       coalesce(sum(l.amount_fen) filter (where l.state = 'paid'), 0)::bigint as "paidFen",
       coalesce(sum(l.lines) filter (where l.state in ('failed', 'reissued') and x.sent), 0)::int as returned,
       coalesce(sum(l.amount_fen) filter (where l.state in ('failed', 'reissued') and x.sent), 0)::bigint as "returnedFen",
       coalesce(sum(l.lines) filter (where l.state in ('sent', 'unknown')), 0)::int as pending,
       coalesce(sum(l.amount_fen) filter (where l.state in ('sent', 'unknown')), 0)::bigint as "pendingFen",
       coalesce(sum(l.lines) filter (where l.state = 'held'), 0)::int as held,
       coalesce(sum(l.amount_fen) filter (where l.state = 'held'), 0)::bigint as "heldFen"
     from roster r
     join roster_sum l on l.county_code = r.county_code and l.roster_id = r.id and l.change <> 'stopped' and l.lines > 0
     cross join lateral (select r.state in ('sent', 'closed') and l.included as sent) x
     where r.county_code = app_county() and r.month = $1 and r.state <> 'discarded'
     group by r.id, r.number, r.title, l.item order by r.number, l.item collate "C"`,
    [month],
  );

export const flags = (tx: Tx, month: Month) =>
  tx.query<{ rosterId: string; rule: string; severity: "block" | "warn"; raised: number; answered: number }>(
    `select r.id as "rosterId", f.rule, f.severity, count(*)::int as raised,
       count(*) filter (where f.answer is not null)::int as answered
     from roster_flag f join roster r on r.county_code = f.county_code and r.id = f.roster_id
     where f.county_code = app_county() and r.month = $1 and r.state <> 'discarded'
     group by r.id, r.number, f.rule, f.severity order by r.number, f.severity, f.rule`,
    [month],
  );

export interface RecoveryMonth {
  opened: number;
  openedFen: number;
  confirmed: number;
  confirmedFen: number;
  dismissed: number;
  cashFen: number;
  keptFen: number;
  letGoFen: number;
  /** Confirmed and not back, as it is today. */
  leftFen: number;
}
/** 追缴 by the day on which each thing happened. */
export const recoveries = (tx: Tx, month: Month) =>
  tx.one<RecoveryMonth>(
    `with m as (select to_date($1, 'YYYY-MM') as first, (to_date($1, 'YYYY-MM') + interval '1 month')::date as next),
     r as (
       select r.*, (r.opened_at at time zone 'Asia/Shanghai')::date as opened_on,
         (r.decided_at at time zone 'Asia/Shanghai')::date as decided_on
       from recovery r where r.county_code = app_county()),
     e as (select e.* from recovery_entry e, m where e.county_code = app_county() and e.entered_on >= m.first and e.entered_on < m.next)
     select count(*) filter (where opened_on >= m.first and opened_on < m.next)::int as opened,
       coalesce(sum(amount_fen) filter (where opened_on >= m.first and opened_on < m.next), 0)::bigint as "openedFen",
       count(*) filter (where decided_on >= m.first and decided_on < m.next and state in ('confirmed', 'settled'))::int as confirmed,
       coalesce(sum(amount_fen) filter (where decided_on >= m.first and decided_on < m.next
         and state in ('confirmed', 'settled')), 0)::bigint as "confirmedFen",
       count(*) filter (where decided_on >= m.first and decided_on < m.next and state = 'dismissed')::int as dismissed,
       (select coalesce(sum(amount_fen) filter (where kind in ('cash', 'reversal')), 0)::bigint from e) as "cashFen",
       (select coalesce(sum(amount_fen) filter (where kind = 'deduction'), 0)::bigint from e) as "keptFen",
       (select coalesce(sum(amount_fen) filter (where kind in ('waiver', 'write-off')), 0)::bigint from e) as "letGoFen",
       (coalesce(sum(amount_fen) filter (where state in ('confirmed', 'settled')), 0)
         - (select coalesce(sum(x.amount_fen), 0) from recovery_entry x
            join recovery y on y.county_code = x.county_code and y.id = x.recovery_id and y.state in ('confirmed', 'settled')
            where x.county_code = app_county()))::bigint as "leftFen"
     from r right join m on true group by m.first, m.next`,
    [month],
  );
