/** Making the lines of a roster: sets in, sets out. SQL, and nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

const COLUMNS = `county_code, id, roster_id, seq, entitlement_id, item, exclusivity_group, case_id, payee_id, payee_name,
  payee_digest, relation, division_code, month, change, amount_fen, previous_fen, persons, account_id, account_digest,
  account_sealed, bank_name, holder_name, included, state, origin_line_id, round, deducted_fen`;

/**
 * The rows `wanted` as lines of a roster ($1) for a month ($2), after those it has, in order of division, item, payee,
 * entitlement. Numbered last: rows come out sorted as they are numbered, are sorted once, and lie so in the table.
 * A line's id is its roster's with the line number in the last 48 bits: the same roster made again is the same request,
 * and ids of one roster lie together in every index.
 */
const WANTED_AS_LINES = `named as (
    select w.*, p.name as payee_name, p.id_no_digest as payee_digest,
      case when w.subject_kind = 'person' then case when w.applicant_id = w.payee_id then '本人' else '代领人' end
        else case when h.head_person_id = w.payee_id then '户主' else '家庭成员' end end as relation,
      b.id as account_id, b.account_digest, b.account_sealed, b.bank_name, b.holder_name
    from wanted w
    join person p on p.county_code = app_county() and p.id = w.payee_id
    left join bank_account b on b.county_code = app_county() and b.person_id = w.payee_id and b.replaced_at is null
    left join household h on h.county_code = app_county() and h.id = w.household_id),
  last as (select coalesce(max(seq), 0) as seq from roster_line where county_code = app_county() and roster_id = $1),
  numbered as (
    select n.*, ((select seq from last) + row_number() over (
      order by n.division_code collate "C", n.item collate "C", n.payee_id, n.entitlement_id))::int as seq
    from named n)
  insert into roster_line (${COLUMNS})
  select app_county(), i.id, $1, n.seq, n.entitlement_id, n.item, n.exclusivity_group, n.case_id, n.payee_id,
    n.payee_name, n.payee_digest, n.relation, n.division_code, (select $2::month_text), n.change, n.amount_fen,
    n.previous_fen, n.persons, n.account_id, n.account_digest, n.account_sealed, n.bank_name, n.holder_name,
    n.change <> 'stopped' and n.account_id is not null, case n.change when 'stopped' then 'stopped' else 'ready' end,
    i.id, n.round, n.deducted_fen
  from numbered n
  cross join lateral (select (left($1::uuid::text, 24) || lpad(to_hex(n.seq), 12, '0'))::uuid as id) i`;

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
           when v.amount_fen <> o.amount_fen then 'changed' else 'same' end as change, 0 as round
       from owed o
       left join covered c on c.entitlement_id = o.entitlement_id
       left join previous v on v.entitlement_id = o.entitlement_id
       left join keep w on w.entitlement_id = o.entitlement_id
       cross join lateral (
         select case when w.fen is null then 0
           else least(w.fen, o.amount_fen * $6::int / 100, o.amount_fen - 1) end as fen) k
       union all
       select e.id, e.item, e.exclusivity_group, e.subject_kind, e.household_id, e.applicant_id, e.payee_id,
         e.division_code, e.case_id, 0, 0, v.amount_fen, 0, 'stopped', 0
       from previous v
       join entitlement e on e.county_code = app_county() and e.id = v.entitlement_id
       where not exists (select from owed o where o.entitlement_id = v.entitlement_id)),
     ${WANTED_AS_LINES}`,
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
     wanted as (
       select o.*, coalesce(c.persons, 0) as persons, 'backpay' as change, null::bigint as previous_fen, 0 as round,
         0 as deducted_fen
       from entitlement_owed($2) o
       left join covered c on c.entitlement_id = o.entitlement_id
       where not exists (
         select from roster_line x where x.county_code = app_county() and x.entitlement_id = o.entitlement_id
           and x.month = $2 and x.live and x.change <> 'stopped')),
     ${WANTED_AS_LINES}`,
    [rosterId, month],
  );
}

/**
 * What a past month is owed beyond its lines (a raised standard, a decision that reaches back): one line after all others.
 * What came back of it by a recovery is no longer paid. A month whose own line is held waits for it. Looked for only where an amount was recorded after the month's roster.
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
     back as (
       select m.entitlement_id, sum(e.amount_fen) as fen from recovery_month m
       join recovery_entry e on e.county_code = m.county_code and e.recovery_id = m.recovery_id and e.month = m.month
       where m.county_code = app_county() and m.month = $2 and e.kind in ('cash', 'deduction', 'reversal')
       group by m.entitlement_id),
     wanted as (
       select o.entitlement_id, o.item, o.exclusivity_group, o.subject_kind, o.household_id, o.applicant_id, o.payee_id,
         o.division_code, o.case_id, o.amount_fen - x.fen + coalesce(b.fen, 0) as amount_fen, x.persons,
         x.round + 1 as round, 'backpay' as change, null::bigint as previous_fen, 0 as deducted_fen
       from paid x join entitlement_owed($2) o on o.entitlement_id = x.entitlement_id
       left join back b on b.entitlement_id = x.entitlement_id
       where not x.held and o.amount_fen > x.fen - coalesce(b.fen, 0)),
     ${WANTED_AS_LINES}`,
    [rosterId, month],
  );
}

/**
 * The failures of a roster, and lines released after it was sent, once more: to the account of today. A failure at the
 * amount that failed. A line that was never sent at the whole month: what it would have kept back has lapsed (0190).
 */
export async function insertReissueLines(tx: Tx, rosterId: string, parentId: string): Promise<number> {
  const inserted = await tx.exec(
    `with numbered as (
       select o.*, case when o.included then 0 else o.deducted_fen end as lapsed_fen,
         row_number() over (order by o.seq)::int as no
       from roster_line o
       where o.county_code = app_county() and o.roster_id = $2 and (o.state = 'failed' or (o.state = 'ready' and not o.included)))
     insert into roster_line (${COLUMNS}, reissue_of)
     select n.county_code, (left($1::uuid::text, 24) || lpad(to_hex(n.no), 12, '0'))::uuid, $1, n.no, n.entitlement_id,
       n.item, n.exclusivity_group, n.case_id, n.payee_id, p.name, p.id_no_digest, n.relation, n.division_code, n.month,
       'reissue', n.amount_fen + n.lapsed_fen, null, n.persons, b.id, b.account_digest, b.account_sealed, b.bank_name, b.holder_name,
       b.id is not null, 'ready', n.origin_line_id, n.round, n.deducted_fen - n.lapsed_fen, n.id
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
