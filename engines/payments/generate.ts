/** Making the lines of a roster: sets in, sets out. SQL, and nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

/**
 * A line's id is its roster's with the line number in the last 48 bits: the same roster made again is the same request,
 * and ids of one roster lie together in every index.
 */
const LINE_ID = `(left($1::uuid::text, 24) || lpad(to_hex(n.seq), 12, '0'))::uuid`;

const COLUMNS = `county_code, id, roster_id, seq, entitlement_id, item, exclusivity_group, case_id, payee_id, payee_name,
  payee_digest, relation, division_code, month, change, amount_fen, previous_fen, persons, account_id, account_digest,
  account_sealed, bank_name, holder_name, included, state, origin_line_id`;

const RELATION = `case when n.subject_kind = 'person' then case when n.applicant_id = n.payee_id then '本人' else '代领人' end
  else case when h.head_person_id = n.payee_id then '户主' else '家庭成员' end end`;

/** Payee, account and relation of numbered rows `n`. */
const WITH_PAYEE = `from numbered n
  join person p on p.county_code = app_county() and p.id = n.payee_id
  left join bank_account b on b.county_code = app_county() and b.person_id = n.payee_id and b.replaced_at is null
  left join household h on h.county_code = app_county() and h.id = n.household_id`;

/**
 * The month's lines, and a line of 0 for what was paid last month and is no longer owed. Order: division, item, payee,
 * entitlement. `previousId`: the roster of comparison.
 */
export async function insertMonthLines(
  tx: Tx,
  r: {
    id: string;
    month: Month;
    previousId: string | null;
    previousMonth: Month | null;
    /** What is to be kept back of whom, to pay off an overpayment: at most so many percent of the month. */
    keepBack: readonly { entitlementId: string; fen: number }[];
    capPercent: number;
  },
): Promise<number> {
  return tx.exec(
    `with owed as (select * from entitlement_owed($2)),
     covered as (select entitlement_id, count(*)::int as persons from entitlement_covered($2) group by 1),
     previous as (
       select entitlement_id, amount_fen + deducted_fen as amount_fen from roster_line
       where county_code = app_county() and roster_id = $3::uuid and month = $4 and change <> 'stopped'),
     keep as (
       select k."entitlementId" as entitlement_id, k.fen
       from jsonb_to_recordset($5::jsonb) k ("entitlementId" uuid, fen bigint)),
     wanted as (
       select o.entitlement_id, o.item, o.exclusivity_group, o.subject_kind, o.household_id, o.applicant_id, o.payee_id,
         o.division_code, o.case_id, o.amount_fen - k.fen as amount_fen, k.fen as deducted_fen,
         v.amount_fen as previous_fen, coalesce(c.persons, 0) as persons,
         case when k.fen > 0 then 'recovery' when v.entitlement_id is null then 'new'
           when v.amount_fen <> o.amount_fen then 'changed' else 'same' end as change
       from owed o
       left join covered c on c.entitlement_id = o.entitlement_id
       left join previous v on v.entitlement_id = o.entitlement_id
       left join keep w on w.entitlement_id = o.entitlement_id
       cross join lateral (
         select case when w.fen is null then 0
           else least(w.fen, o.amount_fen * $6::int / 100, o.amount_fen - 1) end as fen) k
       union all
       select e.id, e.item, e.exclusivity_group, e.subject_kind, e.household_id, e.applicant_id, e.payee_id,
         e.division_code, e.case_id, 0, 0, v.amount_fen, 0, 'stopped'
       from previous v
       join entitlement e on e.county_code = app_county() and e.id = v.entitlement_id
       where not exists (select from owed o where o.entitlement_id = v.entitlement_id)),
     numbered as (
       select w.*, row_number() over (
         order by w.division_code collate "C", w.item collate "C", w.payee_id, w.entitlement_id)::int as seq
       from wanted w)
     insert into roster_line (${COLUMNS}, deducted_fen)
     select app_county(), ${LINE_ID}, $1, n.seq, n.entitlement_id, n.item, n.exclusivity_group, n.case_id, n.payee_id,
       p.name, p.id_no_digest, ${RELATION}, n.division_code, $2, n.change, n.amount_fen, n.previous_fen, n.persons,
       b.id, b.account_digest, b.account_sealed, b.bank_name, b.holder_name,
       n.change <> 'stopped' and b.id is not null, case n.change when 'stopped' then 'stopped' else 'ready' end, ${LINE_ID},
       n.deducted_fen
     ${WITH_PAYEE}
     order by n.seq`,
    [r.id, r.month, r.previousId, r.previousMonth, JSON.stringify(r.keepBack), r.capPercent],
  );
}

/**
 * What is owed for a past month that has been paid out without this entitlement (the decision came late): one line,
 * after all others. A month without a roster of ours is not looked at.
 */
export async function insertBackpayLines(tx: Tx, rosterId: string, month: Month): Promise<number> {
  return tx.exec(
    `with covered as (select entitlement_id, count(*)::int as persons from entitlement_covered($2) group by 1),
     last as (select coalesce(max(seq), 0) as seq from roster_line where county_code = app_county() and roster_id = $1),
     numbered as (
       select o.*, coalesce(c.persons, 0) as persons, (last.seq + row_number() over (
         order by o.division_code collate "C", o.item collate "C", o.payee_id, o.entitlement_id))::int as seq
       from entitlement_owed($2) o
       cross join last
       left join covered c on c.entitlement_id = o.entitlement_id
       where not exists (
         select from roster_line x where x.county_code = app_county() and x.entitlement_id = o.entitlement_id
           and x.month = $2 and x.live and x.change <> 'stopped'))
     insert into roster_line (${COLUMNS})
     select app_county(), ${LINE_ID}, $1, n.seq, n.entitlement_id, n.item, n.exclusivity_group, n.case_id, n.payee_id,
       p.name, p.id_no_digest, ${RELATION}, n.division_code, $2, 'backpay', n.amount_fen, null, n.persons,
       b.id, b.account_digest, b.account_sealed, b.bank_name, b.holder_name, b.id is not null, 'ready', ${LINE_ID}
     ${WITH_PAYEE}
     order by n.seq`,
    [rosterId, month],
  );
}

/**
 * What a past month is owed beyond its lines (a raised standard, a decision that reaches back): one line after all others.
 * A month whose own line is held waits for it. Looked for only where an amount was recorded after the month's roster.
 */
export async function insertDifferenceLines(tx: Tx, rosterId: string, month: Month): Promise<number> {
  return tx.exec(
    `with since as (
       select min(generated_at) as at from roster
       where county_code = app_county() and month = $2 and kind = 'monthly' and state in ('sent', 'closed')),
     touched as (
       select distinct a.entitlement_id from entitlement_amount a, since
       where a.county_code = app_county() and a.recorded_at >= since.at and a.from_month <= $2),
     paid as (
       select l.entitlement_id, sum(l.amount_fen + l.deducted_fen) as fen, max(l.round) as round,
         max(l.persons) as persons, bool_or(l.state = 'held') as held
       from touched t join roster_line l on l.county_code = app_county() and l.entitlement_id = t.entitlement_id
       where l.month = $2 and l.live and l.reissue_of is null and l.change <> 'stopped'
       group by l.entitlement_id),
     last as (select coalesce(max(seq), 0) as seq from roster_line where county_code = app_county() and roster_id = $1),
     numbered as (
       select o.*, x.persons, x.round + 1 as round, o.amount_fen - x.fen as difference, (last.seq + row_number() over (
         order by o.division_code collate "C", o.item collate "C", o.payee_id, o.entitlement_id))::int as seq
       from paid x join entitlement_owed($2) o on o.entitlement_id = x.entitlement_id
       cross join last
       where not x.held and o.amount_fen > x.fen)
     insert into roster_line (${COLUMNS}, round)
     select app_county(), ${LINE_ID}, $1, n.seq, n.entitlement_id, n.item, n.exclusivity_group, n.case_id, n.payee_id,
       p.name, p.id_no_digest, ${RELATION}, n.division_code, $2, 'backpay', n.difference, null, n.persons,
       b.id, b.account_digest, b.account_sealed, b.bank_name, b.holder_name, b.id is not null, 'ready', ${LINE_ID}, n.round
     ${WITH_PAYEE}
     order by n.seq`,
    [rosterId, month],
  );
}

/** The failures of a roster, and lines released after it was sent, once more: to the account of today. */
export async function insertReissueLines(tx: Tx, rosterId: string, parentId: string): Promise<number> {
  const inserted = await tx.exec(
    `with numbered as (
       select o.*, row_number() over (order by o.seq)::int as no from roster_line o
       where o.county_code = app_county() and o.roster_id = $2 and (o.state = 'failed' or (o.state = 'ready' and not o.included)))
     insert into roster_line (${COLUMNS}, reissue_of, round, deducted_fen)
     select n.county_code, (left($1::uuid::text, 24) || lpad(to_hex(n.no), 12, '0'))::uuid, $1, n.no, n.entitlement_id,
       n.item, n.exclusivity_group, n.case_id, n.payee_id, p.name, p.id_no_digest, n.relation, n.division_code, n.month,
       'reissue', n.amount_fen, null, n.persons, b.id, b.account_digest, b.account_sealed, b.bank_name, b.holder_name,
       b.id is not null, 'ready', n.origin_line_id, n.id, n.round, n.deducted_fen
     from numbered n
     join person p on p.county_code = n.county_code and p.id = n.payee_id
     left join bank_account b on b.county_code = n.county_code and b.person_id = n.payee_id and b.replaced_at is null
     order by n.no`,
    [rosterId, parentId],
  );
  if (inserted > 0)
    await tx.exec(
      `update roster_line o set state = 'reissued'
       from roster_line n
       where n.county_code = app_county() and n.roster_id = $1 and o.county_code = n.county_code and o.id = n.reissue_of`,
      [rosterId],
    );
  return inserted;
}

/** The other way round, when a reissue is discarded. */
export async function giveBackReissued(tx: Tx, rosterId: string): Promise<void> {
  await tx.exec(
    `update roster_line o set state = case when o.fail_reason is null then 'ready' else 'failed' end
     from roster_line n
     where n.county_code = app_county() and n.roster_id = $1 and o.county_code = n.county_code and o.id = n.reissue_of
       and o.state = 'reissued'`,
    [rosterId],
  );
}
