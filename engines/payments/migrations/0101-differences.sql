-- What a month is paid after its own line: the differences that a raised standard or a late decision leaves, each once;
-- and what is kept back of a month to pay off an overpayment.

-- 0: the month's own line (or the whole month, paid late); n: the nth difference paid after it. A difference takes slots
-- of its own round, so the unique key of payment_slot also refuses the same difference twice.
alter table roster_line add column round integer not null default 0 check (round >= 0);
-- Kept back to pay off an overpayment: amount_fen is what the bank pays, both together are what was owed.
alter table roster_line add column deducted_fen bigint not null default 0 check (deducted_fen >= 0);
alter table roster_line add check (round = 0 or change in ('backpay', 'reissue'));
alter table roster_line add check (deducted_fen = 0 or round = 0);

drop index roster_line_once;
create unique index roster_line_once on roster_line (county_code, entitlement_id, month, round)
  where live and reissue_of is null and change <> 'stopped';

-- Lines of one month together never pay more than the month owes. Judged for differences, which are few; the month's own
-- line is made from what is owed and comes once.
create function roster_line_difference_guard() returns trigger language plpgsql as $$
begin
  if exists (
    select from (select distinct d.county_code, d.entitlement_id, d.month from added d where d.round > 0) d
    where (select sum(l.amount_fen + l.deducted_fen) from roster_line l
           where l.county_code = d.county_code and l.entitlement_id = d.entitlement_id and l.month = d.month
             and l.live and l.reissue_of is null and l.change <> 'stopped')
        > (select a.amount_fen from entitlement_amount a
           where a.county_code = d.county_code and a.entitlement_id = d.entitlement_id and a.from_month <= d.month
           order by a.from_month desc, a.seq desc limit 1))
  then raise exception 'a month would be paid more than it owes' using errcode = 'WX105';
  end if;
  return null;
end $$;
create trigger roster_line_difference_guard after insert on roster_line
  referencing new table as added for each statement execute function roster_line_difference_guard();
