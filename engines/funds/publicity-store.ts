/** The SQL of 资金使用公示. Nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { useDueSql } from "./publicity-due.ts";
import type { FundName, PaidTo, PlaceFigures, UseFigures } from "./publicity-model.ts";

export interface UsePublicityRecord {
  id: string;
  /** The county, a township or a village. */
  divisionCode: string;
  period: string;
  figures: readonly UseFigures[] | readonly [PlaceFigures];
  draftedById: string;
  draftedBy: string;
  draftedOn: IsoDate;
  /** `unchecked`: hung before a second person was asked. */
  decision: "confirmed" | "returned" | "unchecked" | null;
  decidedById: string | null;
  decidedBy: string | null;
  decidedNote: string | null;
  /** From its confirmation on. */
  fromDay: IsoDate | null;
  toDay: IsoDate | null;
  takenDownAt: string | null;
  takenDownBy: string | null;
  takeDownReason: string | null;
}
/** One that hangs or hung. */
export type Hung = UsePublicityRecord & { fromDay: IsoDate; toDay: IsoDate };

const SELECT = `select p.id, p.division_code as "divisionCode", p.period, p.figures, p.drafted_by as "draftedById",
  p.drafted_by_name as "draftedBy", (p.drafted_at at time zone 'Asia/Shanghai')::date as "draftedOn", p.decision,
  p.decided_by as "decidedById", p.decided_by_name as "decidedBy", p.decided_note as "decidedNote",
  p.from_day as "fromDay", p.to_day as "toDay", p.taken_down_at as "takenDownAt",
  p.taken_down_by_name as "takenDownBy", p.take_down_reason as "takeDownReason"
  from fund_publicity p where p.county_code = app_county()`;
/** Waits, hangs or hung, and was not taken down. */
const ALIVE = "p.taken_down_at is null and p.decision is distinct from 'returned'";

export const list = (tx: Tx) =>
  tx.query<UsePublicityRecord>(
    `${SELECT} order by p.decision is not null, p.drafted_at desc, p.id limit 100`,
  );
export const find = (tx: Tx, id: string) => tx.maybe<UsePublicityRecord>(`${SELECT} and p.id = $1`, [id]);
export const undecided = (tx: Tx) =>
  tx.query<UsePublicityRecord>(`${SELECT} and p.decision is null order by p.drafted_at, p.id`);
/** What was sent back to its author, and nobody has drafted again. */
export const sentBackTo = (tx: Tx, author: string) =>
  tx.query<UsePublicityRecord>(
    `${SELECT} and p.decision = 'returned' and p.drafted_by = $1 and p.decided_by <> $1 and not exists (
       select from fund_publicity n where n.county_code = p.county_code and n.division_code = p.division_code
         and n.period = p.period and n.drafted_at > p.drafted_at)
     order by p.drafted_at, p.id`,
    [author],
  );
/** Everywhere, or in a township and its villages. */
export const hangingOn = (tx: Tx, day: IsoDate, within: string) =>
  tx.query<Hung>(
    `${SELECT} and p.taken_down_at is null and p.from_day <= $1 and p.to_day >= $1 and starts_with(p.division_code, $2)
     order by p.period collate "C" desc, p.division_code, p.id limit 100`,
    [day, within],
  );
/** Villages of a township that wait, hang or hung for a period. */
export const villagesOf = async (tx: Tx, township: string, period: string) =>
  (
    await tx.query<{ code: string }>(
      `select distinct p.division_code as code from fund_publicity p
       where p.county_code = app_county() and starts_with(p.division_code, $1) and length(p.division_code) = 12
         and p.period = $2 and (${ALIVE} or p.from_day is not null)`,
      [township, period],
    )
  ).map((v) => v.code);

export interface UseDue {
  divisionCode: string;
  period: string;
  dueOn: IsoDate;
  /** The first that was confirmed. */
  fromDay: IsoDate | null;
  /** One of this period waits for the second person. */
  waiting: boolean;
}
interface DueRules {
  readonly months: readonly Month[];
  readonly county: readonly (number | null)[];
  readonly township: readonly (number | null)[];
  readonly within: readonly (number | null)[];
}
/** The latest first. */
export const due = (tx: Tx, r: DueRules) =>
  tx.query<UseDue>(
    `select d.division_code as "divisionCode", d.period, d.due_on as "dueOn", d.from_day as "fromDay",
       exists (select from fund_publicity p where p.county_code = app_county() and p.division_code = d.division_code
         and p.period = d.period and p.decision is null) as waiting
     from (${useDueSql("$1", "$2", "$3", "$4")}) d order by d.due_on desc, d.division_code`,
    [r.months, r.county, r.township, r.within],
  );

/** Read from the entries of the days from `from` to `to`; each 资金 that moved then or has something left. */
export const figures = (tx: Tx, from: IsoDate, to: IsoDate) =>
  tx.query<UseFigures>(
    `with moved as (
       select e.account_id, e.class, j.kind, j.item, j.moved_on >= $1 as within, e.debit_fen - e.credit_fen as fen
       from fund_entry e
       join fund_journal j on j.county_code = e.county_code and j.id = e.journal_id
       where e.county_code = app_county() and j.moved_on <= $2),
     summed as (
       select account_id,
         coalesce(-sum(fen) filter (where within and class = 'received'), 0)::bigint as allocated,
         coalesce(sum(fen) filter (where within and class = 'paid'), 0)::bigint as paid,
         coalesce(sum(fen) filter (where within and class = 'available' and kind = 'return'), 0)::bigint as returned,
         coalesce(-sum(fen) filter (where within and class = 'recovered'), 0)::bigint as recovered,
         coalesce(sum(fen) filter (where class in ('available', 'committed')), 0)::bigint as balance
       from moved group by account_id),
     used as (
       select account_id, jsonb_agg(jsonb_build_object('item', item, 'paidFen', fen) order by item collate "C") as uses
       from (select account_id, item, sum(fen)::bigint as fen from moved where within and class = 'paid'
             group by account_id, item having sum(fen) <> 0) u
       group by account_id)
     select a.source, a.document, a.item, s.allocated as "allocatedFen", s.paid as "paidFen",
       s.returned as "returnedFen", s.recovered as "recoveredFen", s.balance as "balanceFen",
       coalesce(u.uses, '[]') as uses
     from summed s
     join fund_account a on a.county_code = app_county() and a.id = s.account_id
     left join used u on u.account_id = s.account_id
     where s.allocated <> 0 or s.paid <> 0 or s.returned <> 0 or s.recovered <> 0 or s.balance <> 0
     order by a.source, a.issued_on, a.document, a.item, a.id`,
    [from, to],
  );

/** What a township (with its villages) or a village was allotted, and was not taken back. */
export const allotted = (tx: Tx, division: string, from: IsoDate, to: IsoDate) =>
  tx.query<PlaceFigures["allotments"][number]>(
    `select f.source, f.document, f.item, a.purpose, sum(a.amount_fen)::bigint as "amountFen"
     from fund_allotment a
     join fund_account f on f.county_code = a.county_code and f.id = a.account_id
     where a.county_code = app_county() and starts_with(a.division_code, $1) and a.withdraws is null
       and a.allotted_on between $2 and $3 and not exists (
         select from fund_allotment w where w.county_code = a.county_code and w.withdraws = a.id)
     group by f.source, f.document, f.item, a.purpose
     order by f.source, f.document, f.item, a.purpose`,
    [division, from, to],
  );
/** Whom the bank paid in these days, of rosters that were sent at most so long before: theirs are the lines to read. */
export const paid = (tx: Tx, division: string, from: IsoDate, to: IsoDate) =>
  tx.query<PaidTo>(
    `select left(l.division_code, 12) as "divisionCode", l.item, l.payee_id as "payeeId", max(l.persons) as persons,
       sum(l.amount_fen)::bigint as "paidFen"
     from roster r
     join roster_line l on l.county_code = r.county_code and l.roster_id = r.id
     where r.county_code = app_county() and r.sent_at > $2::date - interval '100 days'
       and r.sent_at < $3::date + interval '2 days' and starts_with(l.division_code, $1) and l.state = 'paid'
       and l.settled_on between $2 and $3
     group by 1, l.item, l.payee_id`,
    [division, from, to],
  );
/** From which 资金 the county paid each item in these days. */
export const sourcesPaid = (tx: Tx, from: IsoDate, to: IsoDate) =>
  tx.query<FundName & { item: string }>(
    "select item, source, document from fund_sources_paid($1, $2) order by item, source, document",
    [from, to],
  );

export async function insert(
  tx: Tx,
  p: Pick<UsePublicityRecord, "id" | "divisionCode" | "period" | "figures"> & { at: Date },
): Promise<void> {
  await tx.exec(
    `insert into fund_publicity (county_code, id, division_code, period, figures, drafted_by_name, drafted_at)
     values (app_county(), $1, $2, $3, $4::jsonb, $5, $6)`,
    [p.id, p.divisionCode, p.period, JSON.stringify(p.figures), tx.actor.name, p.at],
  );
}
/** 0 rows: another was faster. */
export const decide = (
  tx: Tx,
  id: string,
  d: {
    decision: "confirmed" | "returned";
    note: string;
    fromDay: IsoDate | null;
    toDay: IsoDate | null;
    at: Date;
  },
) =>
  tx.exec(
    `update fund_publicity set decision = $2, decided_note = $3, from_day = $4, to_day = $5, decided_at = $6,
       decided_by = app_account(), decided_by_name = $7
     where county_code = app_county() and id = $1 and decision is null`,
    [id, d.decision, d.note, d.fromDay, d.toDay, d.at, tx.actor.name],
  );
export const takeDown = (tx: Tx, id: string, reason: string, at: Date) =>
  tx.exec(
    `update fund_publicity set taken_down_at = $2, taken_down_by_name = $3, take_down_reason = $4
     where county_code = app_county() and id = $1 and taken_down_at is null and from_day is not null`,
    [id, at, tx.actor.name, reason],
  );
