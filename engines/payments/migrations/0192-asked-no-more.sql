-- A month that was paid too much may come to be owed more afterwards (a raise that reaches back, a later decision). What
-- is still asked back of it is asked no more; what came back already is paid again, as a difference of the month.
alter table recovery_entry drop constraint recovery_entry_kind_check;
alter table recovery_entry add constraint recovery_entry_kind_check
  check (kind in ('cash', 'deduction', 'waiver', 'write-off', 'reversal', 'reduction'));

-- A month down to what it owes is asked back once, each time from what was asked before; entries never make that less.
alter table recovery_month add column asked_before_fen bigint not null default 0 check (asked_before_fen >= 0);
drop index recovery_month_once;
create unique index recovery_month_once on recovery_month (county_code, entitlement_id, month, owed_fen, asked_before_fen);

-- Lines of one month together never pay more than the month owes, and what came back of it once more (0101).
create or replace function roster_line_difference_guard() returns trigger language plpgsql as $$
begin
  if exists (
    select from (select distinct d.county_code, d.entitlement_id, d.month from added d where d.round > 0) d
    where (select sum(l.amount_fen + l.deducted_fen) from roster_line l
           where l.county_code = d.county_code and l.entitlement_id = d.entitlement_id and l.month = d.month
             and l.live and l.reissue_of is null and l.change <> 'stopped')
        - coalesce((select sum(e.amount_fen) from recovery_month m
           join recovery_entry e on e.county_code = m.county_code and e.recovery_id = m.recovery_id and e.month = m.month
           where m.county_code = d.county_code and m.entitlement_id = d.entitlement_id and m.month = d.month
             and e.kind in ('cash', 'deduction', 'reversal')), 0)
        > (select a.amount_fen from entitlement_amount a
           where a.county_code = d.county_code and a.entitlement_id = d.entitlement_id and a.from_month <= d.month
           order by a.from_month desc, a.seq desc limit 1))
  then raise exception 'a month would be paid more than it owes' using errcode = 'WX105';
  end if;
  return null;
end $$;
