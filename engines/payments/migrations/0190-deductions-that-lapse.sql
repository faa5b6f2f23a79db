-- What a line keeps back counts against the recovery while the line may still be paid with it. A line that was held when
-- its roster was signed goes to no bank: what it would have kept back is kept back by a later roster, or comes in cash,
-- and if it is released after all it is paid whole, by a reissue that keeps nothing back (generate.ts).
create function recovery_deduction_waits(county text, line uuid) returns boolean
language sql stable as $$
  with recursive chain as (
    select l.id, l.roster_id, l.live, l.included, l.state, l.deducted_fen from roster_line l
    where l.county_code = county and l.id = line
    union all
    select n.id, n.roster_id, n.live, n.included, n.state, n.deducted_fen
    from chain c join roster_line n on n.county_code = county and n.reissue_of = c.id and n.live
    where c.state = 'reissued')
  select exists (
    select from chain c join roster r on r.county_code = county and r.id = c.roster_id
    where c.live and c.state <> 'reissued' and c.deducted_fen > 0 and (c.included or r.state = 'draft'))
$$;

-- As before (0102), by that measure.
create or replace function recovery_guard() returns trigger language plpgsql as $$
begin
  if exists (
    select from (select distinct county_code, recovery_id, month from added) a
    join recovery_month m using (county_code, recovery_id, month)
    where m.amount_fen
      < coalesce((select sum(e.amount_fen) from recovery_entry e where e.county_code = m.county_code
                  and e.recovery_id = m.recovery_id and e.month = m.month), 0)
      + coalesce((select sum(d.amount_fen) from recovery_deduction d
                  where d.county_code = m.county_code and d.recovery_id = m.recovery_id and d.month = m.month
                    and not exists (select from recovery_entry e where e.county_code = d.county_code
                      and e.receipt_id = d.line_id and e.recovery_id = d.recovery_id and e.month = d.month)
                    and recovery_deduction_waits(d.county_code, d.line_id)), 0))
  then raise exception 'more would come back than was overpaid' using errcode = 'WX106';
  end if;
  return null;
end $$;
