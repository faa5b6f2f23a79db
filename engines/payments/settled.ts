/** The SQL of what became of the money: failures, months paid. Nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Change, LineState } from "./model.ts";

export interface FailureRecord {
  lineId: string;
  rosterId: string;
  month: Month;
  item: string;
  payee: string;
  payeeId: string;
  divisionCode: string;
  amountFen: number;
  reason: string;
  accountSealed: Buffer | null;
  accountChangedSince: boolean;
  reissued: boolean;
  failedOn: IsoDate;
}
/** Failures of the reader's scope: all that wait, and those paid again since `from`. */
export const failures = (tx: Tx, from: IsoDate) =>
  tx.query<FailureRecord>(
    `select l.id as "lineId", l.roster_id as "rosterId", l.month, l.item, l.payee_name as payee, l.payee_id as "payeeId",
       l.division_code as "divisionCode", l.amount_fen as "amountFen",
       concat_ws('：', nullif(l.fail_code, ''), l.fail_reason) as reason, l.account_sealed as "accountSealed",
       exists (select from bank_account b where b.county_code = l.county_code and b.person_id = l.payee_id
               and b.replaced_at is null and b.account_digest is distinct from l.account_digest) as "accountChangedSince",
       l.state = 'reissued' as reissued, l.settled_on as "failedOn"
     from roster_line l
     where l.county_code = app_county() and l.live and l.state in ('failed', 'reissued') and l.fail_reason is not null
       and (l.state = 'failed' or l.settled_on >= $1)
     order by l.state, l.settled_on desc, l.id limit 1000`,
    [from],
  );

/**
 * A household counts as paid once a month was paid at the new amount, not by a difference alone; nor by what was paid before
 * the run, which may have been more (a later decision lowered it).
 */
export const paidOfReprice = (tx: Tx, repriceId: string) =>
  tx.one<{ repriced: number; paid: number }>(
    `with raised as (
       select distinct on (entitlement_id) entitlement_id, from_month, amount_fen, recorded_at from entitlement_amount
       where county_code = app_county() and reprice_id = $1 order by entitlement_id, from_month desc)
     select count(*)::int as repriced, (count(*) filter (where exists (
       select from roster_line l join roster o on o.county_code = l.county_code and o.id = l.roster_id
       where l.county_code = app_county() and l.entitlement_id = r.entitlement_id
         and o.generated_at >= r.recorded_at and l.month >= r.from_month and l.amount_fen + l.deducted_fen >= r.amount_fen and l.change <> 'backpay'
         and l.state = 'paid' and l.live)))::int as paid
     from raised r`,
    [repriceId],
  );

export interface MonthRecord {
  entitlementId: string;
  item: string;
  month: Month;
  amountFen: number;
  state: LineState;
  change: Change;
  rosterId: string;
  payeeId: string;
}
/** Of these entitlements, wherever they were paid, latest month first; a failure that was paid again shows its last state only. */
export const monthsOf = (tx: Tx, entitlementIds: readonly string[], limit: number) =>
  tx.query<MonthRecord>(
    `select l.entitlement_id as "entitlementId", l.item, l.month, l.amount_fen as "amountFen", l.state, l.change,
       l.roster_id as "rosterId", l.payee_id as "payeeId"
     from months_of_entitlements($1) l
     order by l.month desc, l.id desc limit $2`,
    [entitlementIds, limit],
  );
