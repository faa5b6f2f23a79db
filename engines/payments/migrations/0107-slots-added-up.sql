-- The same rule as before, needed and held slots added up as one set: of tables that grew a moment ago the planner knows
-- nothing, and a join of the two may go the slow way round.
create or replace function roster_guard() returns trigger language plpgsql as $$
declare
  signing text := case new.state when 'made' then 'maker' when 'checked' then 'checker' when 'approved' then 'approver' end;
begin
  if old.state <> new.state and not (old.state, new.state) in (
    ('draft', 'made'), ('made', 'checked'), ('checked', 'approved'), ('approved', 'sent'), ('sent', 'closed'),
    ('closed', 'sent'), ('draft', 'discarded'), ('made', 'discarded'), ('checked', 'discarded'), ('approved', 'discarded'))
  then raise exception 'roster %: % may not become %', new.id, old.state, new.state using errcode = 'WX101';
  end if;
  if old.state <> 'draft' and (old.digest, old.lines, old.persons, old.total_fen, old.included_lines, old.included_fen)
     is distinct from (new.digest, new.lines, new.persons, new.total_fen, new.included_lines, new.included_fen)
  then raise exception 'roster %: signed content may not change', new.id using errcode = 'WX102';
  end if;
  if old.state <> new.state and signing is not null and not exists (
    select from roster_signature s where s.county_code = new.county_code and s.roster_id = new.id
      and s.step = signing and s.digest = new.digest)
  then raise exception 'roster %: % without its signature', new.id, new.state using errcode = 'WX101';
  end if;
  -- Nothing is sent for a person whose month is not held by this very money, in its group and in every pair.
  if old.state = 'approved' and new.state = 'sent' and exists (
    select from (
      select l.id, l.persons * (1 + coalesce(x.pairs, 0)) as needed, l.persons
      from roster_line l
      left join (select x.item, x.month, count(*) as pairs from payment_exclusion x
                 where x.county_code = new.county_code group by x.item, x.month) x on x.item = l.item and x.month = l.month
      where l.county_code = new.county_code and l.roster_id = new.id and l.included and l.reissue_of is null
      union all
      select s.line_id, -1, null from payment_slot s
      where s.county_code = new.county_code and s.released_at is null
        and s.line_id between (left(new.id::text, 24) || repeat('0', 12))::uuid
                          and (left(new.id::text, 24) || repeat('f', 12))::uuid) c
    -- A held line keeps its slots and is not sent: only lines that are count.
    group by c.id having count(c.persons) > 0 and (sum(c.needed) <> 0 or max(c.persons) = 0))
  then raise exception 'roster %: a line without its slots', new.id using errcode = 'WX103';
  end if;
  return new;
end $$;
