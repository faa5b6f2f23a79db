/** The SQL of 付款单. Nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { OutlayInput } from "./outlays.ts";

export interface OutlayRecord extends OutlayInput {
  source: string;
  fundDocument: string;
  availableFen: number;
  reverses: string | null;
  reason: string;
  askedById: string;
  askedBy: string;
  askedAt: string;
  decision: "confirmed" | "declined" | null;
  decidedById: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  decidedNote: string | null;
  /** Of the row that takes it back: how far that is. */
  reversal: "asked" | "confirmed" | null;
}
const OUTLAY = `select o.id, o.account_id as "accountId", o.way, o.payee, o.purpose, o.document, o.voucher,
    o.file_id as "fileId", o.month, o.paid_on as "paidOn", o.amount_fen as "amountFen", a.source,
    a.document as "fundDocument", o.reverses, o.reason, o.asked_by as "askedById", o.asked_by_name as "askedBy",
    o.asked_at as "askedAt", o.decision, o.decided_by as "decidedById", o.decided_by_name as "decidedBy",
    o.decided_at as "decidedAt", o.decided_note as "decidedNote",
    coalesce((select b.amount_fen from fund_balance b where b.county_code = o.county_code and b.account_id = o.account_id
      and b.class = 'available'), 0)::bigint as "availableFen",
    (select coalesce(r.decision, 'asked') from fund_outlay r where r.county_code = o.county_code and r.reverses = o.id
      and r.decision is distinct from 'declined') as reversal
  from fund_outlay o
  join fund_account a on a.county_code = o.county_code and a.id = o.account_id
  where o.county_code = app_county()`;

/** What waits for a decision whenever it was asked; else those paid in the year. */
export const ofYear = (tx: Tx, year: number) =>
  tx.query<OutlayRecord>(
    `${OUTLAY} and (o.decision is null or o.paid_on between make_date($1, 1, 1) and make_date($1, 12, 31))
     order by o.decision is not null, o.paid_on desc, o.asked_at desc, o.id limit 300`,
    [year],
  );
export const find = (tx: Tx, id: string) => tx.maybe<OutlayRecord>(`${OUTLAY} and o.id = $1`, [id]);
export const undecided = (tx: Tx) =>
  tx.query<OutlayRecord>(`${OUTLAY} and o.decision is null order by o.asked_at, o.id`);

/** The one that has this voucher, unless it was declined or taken back. */
export const sameVoucher = (tx: Tx, voucher: string) =>
  tx.maybe<{ payee: string; amountFen: number }>(
    `select o.payee, o.amount_fen as "amountFen" from fund_outlay o
     where o.county_code = app_county() and o.voucher = $1 and o.reverses is null and o.decision is distinct from 'declined'
       and not exists (select from fund_outlay r where r.county_code = o.county_code and r.reverses = o.id
         and r.decision = 'confirmed')
     limit 1`,
    [voucher],
  );

export async function insert(
  tx: Tx,
  o: OutlayInput & { readonly reverses: string | null; readonly reason: string },
  at: Date,
): Promise<void> {
  await tx.exec(
    `insert into fund_outlay (county_code, id, account_id, way, payee, purpose, document, voucher, file_id, month, paid_on,
       amount_fen, reverses, reason, asked_by_name, asked_at)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[o.id, o.accountId, o.way, o.payee.trim(), o.purpose.trim(), o.document.trim(), o.voucher.trim()],
      ...[o.fileId, o.month, o.paidOn, o.amountFen, o.reverses, o.reason, tx.actor.name, at],
    ],
  );
}

export async function decide(tx: Tx, id: string, decision: string, note: string, at: Date): Promise<void> {
  await tx.exec(
    `update fund_outlay set decision = $2, decided_by = app_account(), decided_by_name = $3, decided_at = $4,
       decided_note = $5
     where county_code = app_county() and id = $1`,
    [id, decision, tx.actor.name, at, note],
  );
}

/** What the papers of these months say was paid, what the ledger has of it, and what still waits for the second person. */
export const sums = (tx: Tx, from: Month, to: Month) =>
  tx.one<{ papers: number; papersFen: number; ledgerFen: number; waitingFen: number }>(
    `select count(*) filter (where o.decision = 'confirmed' and o.reverses is null)::int as papers,
       coalesce(sum(case when o.reverses is null then o.amount_fen else -o.amount_fen end)
         filter (where o.decision = 'confirmed'), 0)::bigint as "papersFen",
       coalesce(sum(o.amount_fen) filter (where o.decision is null and o.reverses is null), 0)::bigint as "waitingFen",
       (select coalesce(sum(e.debit_fen - e.credit_fen), 0) from fund_entry e
         join fund_journal j on j.county_code = e.county_code and j.id = e.journal_id
         where e.county_code = app_county() and e.class = 'paid' and j.roster_id is null and e.month between $1 and $2
        )::bigint as "ledgerFen"
     from fund_outlay o where o.county_code = app_county() and o.month between $1 and $2`,
    [from, to],
  );
