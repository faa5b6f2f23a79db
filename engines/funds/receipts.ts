/** The SQL between the ledger and 追缴: cash that came back, the journal it stands in, what is still asked for. */
import type { RecoveryReceived } from "@wuxin/engines/payments";
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

/** The cash of an entry `e` was taken back by another. */
const REVERSED = `exists (select from recovery_entry x where x.county_code = e.county_code and x.recovery_id = e.recovery_id
  and x.reverses = e.receipt_id and x.month = e.month)`;

/** Cash of recoveries that no journal has, oldest first. */
export const unposted = (tx: Tx, from: Month = "1900-01", to: Month = "9999-12") =>
  tx.query<RecoveryReceived>(
    `select e.recovery_id as "recoveryId", e.receipt_id as "receiptId", r.item, e.month, e.amount_fen as "amountFen",
       e.kind as way, e.entered_on as "receivedOn"
     from recovery_entry e join recovery r on r.county_code = e.county_code and r.id = e.recovery_id
     where e.county_code = app_county() and e.kind = 'cash' and e.month between $1 and $2
       and not exists (select from fund_receipt f where f.county_code = e.county_code and f.receipt_id = e.receipt_id
                       and f.recovery_id = e.recovery_id and f.month = e.month)
       and not ${REVERSED}
     order by e.at, e.receipt_id, e.month`,
    [from, to],
  );

/** Journals of cash that was taken back since, and that no journal takes back yet; oldest first. */
export const toReverse = (tx: Tx, from: Month = "1900-01", to: Month = "9999-12") =>
  tx.query<{ journalId: string; amountFen: number }>(
    `select f.journal_id as "journalId", e.amount_fen as "amountFen"
     from recovery_entry e
     join fund_receipt f on f.county_code = e.county_code and f.receipt_id = e.receipt_id
       and f.recovery_id = e.recovery_id and f.month = e.month
     where e.county_code = app_county() and e.kind = 'cash' and e.month between $1 and $2 and ${REVERSED}
       and not exists (select from fund_journal j where j.county_code = f.county_code and j.reverses = f.journal_id)
     order by e.at, e.receipt_id, e.month`,
    [from, to],
  );

export const link = (tx: Tx, r: RecoveryReceived, journalId: string) =>
  tx.exec(
    `insert into fund_receipt (county_code, receipt_id, recovery_id, month, journal_id)
     values (app_county(), $1, $2, $3, $4) on conflict do nothing`,
    [r.receiptId, r.recoveryId, r.month, journalId],
  );

/** Recoveries that a receipt for this item (empty: any) and month may belong to, with the cash they have entered. */
export const claims = (tx: Tx, item: string, month: Month) =>
  tx.query<{ payee: string; item: string; leftFen: number; cashFen: number[] }>(
    `select p.name as payee, r.item,
       case when r.state in ('proposed', 'confirmed') then m.amount_fen - coalesce((
         select sum(e.amount_fen) from recovery_entry e
         where e.county_code = m.county_code and e.recovery_id = m.recovery_id and e.month = m.month), 0)
         else 0 end::bigint as "leftFen",
       coalesce((select array_agg(x.fen) from (
         select sum(e.amount_fen)::bigint as fen from recovery_entry e
         where e.county_code = m.county_code and e.recovery_id = m.recovery_id and e.kind = 'cash' and not ${REVERSED}
         group by e.receipt_id
         union select e.amount_fen from recovery_entry e
         where e.county_code = m.county_code and e.recovery_id = m.recovery_id and e.kind = 'cash' and not ${REVERSED}
           and e.month = m.month) x),
         '{}') as "cashFen"
     from recovery_month m
     join recovery r on r.county_code = m.county_code and r.id = m.recovery_id
     join person p on p.county_code = r.county_code and p.id = r.payee_id
     where m.county_code = app_county() and m.month = $2 and ($1 = '' or r.item = $1) and r.state <> 'dismissed'
     order by p.name, r.id`,
    [item, month],
  );

export interface Sums {
  /** Asked back by a person. */
  askedFen: number;
  cashFen: number;
  keptFen: number;
  letGoFen: number;
  /** In the ledger, by class `recovered`; of that entered by hand, and taken back by hand of what recoveries entered. */
  ledgerFen: number;
  byHandFen: number;
  takenBackFen: number;
}
/** Of these months: what is asked back, how it came back, and what the ledger has of it. */
export const sums = (tx: Tx, from: Month, to: Month) =>
  tx.one<Sums>(
    `select
       (select coalesce(sum(m.amount_fen - coalesce((
            select sum(n.amount_fen) from recovery_entry n where n.county_code = m.county_code
              and n.recovery_id = m.recovery_id and n.month = m.month and n.kind = 'reduction'), 0)), 0)::bigint
        from recovery_month m
        join recovery r on r.county_code = m.county_code and r.id = m.recovery_id
        where m.county_code = app_county() and m.month between $1 and $2 and r.state in ('confirmed', 'settled')) as "askedFen",
       e.cash as "cashFen", e.kept as "keptFen", e.let_go as "letGoFen",
       g.ledger as "ledgerFen", g.by_hand as "byHandFen", g.taken_back as "takenBackFen"
     from (
       select coalesce(sum(amount_fen) filter (where kind in ('cash', 'reversal')), 0)::bigint as cash,
         coalesce(sum(amount_fen) filter (where kind = 'deduction'), 0)::bigint as kept,
         coalesce(sum(amount_fen) filter (where kind in ('waiver', 'write-off')), 0)::bigint as let_go
       from recovery_entry where county_code = app_county() and month between $1 and $2) e,
     (select coalesce(sum(x.credit_fen - x.debit_fen), 0)::bigint as ledger,
        coalesce(sum(x.credit_fen - x.debit_fen) filter (where f.journal_id is null), 0)::bigint as by_hand,
        coalesce(sum(x.debit_fen) filter (where f.journal_id is not null and not ${REVERSED}), 0)::bigint as taken_back
      from fund_entry x
      join fund_journal j on j.county_code = x.county_code and j.id = x.journal_id
      left join fund_receipt f on f.county_code = j.county_code and f.journal_id = coalesce(j.reverses, j.id)
      left join recovery_entry e on e.county_code = f.county_code and e.receipt_id = f.receipt_id
        and e.recovery_id = f.recovery_id and e.month = f.month
      where x.county_code = app_county() and x.class = 'recovered' and x.month between $1 and $2) g`,
    [from, to],
  );
