/** The SQL of 资金使用公示. Nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

/** One 资金 in a period, as it was published. */
export interface UseFigures {
  readonly source: string;
  readonly document: string;
  /** Empty: serves any item. */
  readonly item: string;
  readonly allocatedFen: number;
  /** What stayed paid. */
  readonly paidFen: number;
  /** What the bank sent back. */
  readonly returnedFen: number;
  readonly recoveredFen: number;
  /** What is not spent as the period ends. */
  readonly balanceFen: number;
  /** What was paid, by item; empty: by 付款单. */
  readonly uses: readonly { readonly item: string; readonly paidFen: number }[];
}
export interface UsePublicityRecord {
  id: string;
  period: string;
  figures: UseFigures[];
  fromDay: IsoDate;
  toDay: IsoDate;
  by: string;
  takenDownAt: string | null;
  takenDownBy: string | null;
  takeDownReason: string | null;
}
const SELECT = `select p.id, p.period, p.figures, p.from_day as "fromDay", p.to_day as "toDay",
  p.published_by_name as by, p.taken_down_at as "takenDownAt", p.taken_down_by_name as "takenDownBy",
  p.take_down_reason as "takeDownReason" from fund_publicity p where p.county_code = app_county()`;

export const list = (tx: Tx) =>
  tx.query<UsePublicityRecord>(`${SELECT} order by p.published_at desc, p.id limit 50`);
export const find = (tx: Tx, id: string) => tx.maybe<UsePublicityRecord>(`${SELECT} and p.id = $1`, [id]);
export const hangingOn = (tx: Tx, day: IsoDate) =>
  tx.query<UsePublicityRecord>(
    `${SELECT} and p.taken_down_at is null and p.from_day <= $1 and p.to_day >= $1
     order by p.period collate "C" desc, p.id limit 50`,
    [day],
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

export async function insert(
  tx: Tx,
  p: Pick<UsePublicityRecord, "id" | "period" | "figures" | "fromDay" | "toDay"> & { at: Date },
): Promise<void> {
  await tx.exec(
    `insert into fund_publicity (county_code, id, period, figures, from_day, to_day, published_by_name, published_at)
     values (app_county(), $1, $2, $3::jsonb, $4, $5, $6, $7)`,
    [p.id, p.period, JSON.stringify(p.figures), p.fromDay, p.toDay, tx.actor.name, p.at],
  );
}
export const takeDown = (tx: Tx, id: string, reason: string, at: Date) =>
  tx.exec(
    `update fund_publicity set taken_down_at = $2, taken_down_by_name = $3, take_down_reason = $4
     where county_code = app_county() and id = $1 and taken_down_at is null`,
    [id, at, tx.actor.name, reason],
  );
