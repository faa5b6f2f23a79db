-- Which benefits may not be drawn together, as it was applied to a county's month. A line needs, for each of its
-- persons, the slot of its own group and one slot for every pair that its item stands in here; the other item of the
-- pair needs the same slot, and the unique key gives it to one of them.

create table payment_exclusion (
  county_code text not null check (county_code ~ '^\d{6}$'),
  month month_text not null,
  item text not null,
  -- The pair, in one order whichever item asks: what payment_slot.exclusivity_group then holds.
  slot text not null,
  article text not null,
  applied_at timestamptz not null,
  primary key (county_code, month, item, slot)
);
alter table payment_exclusion enable row level security;
alter table payment_exclusion force row level security;
create policy payment_exclusion_of_county on payment_exclusion
  using (county_code = app_county() and in_scope(county_code));
grant select, insert, delete on payment_exclusion to wuxin_app;

-- What has been sent was sent under these: they stay.
create function payment_exclusion_guard() returns trigger language plpgsql as $$
begin
  if exists (select from roster_line l join roster r on r.county_code = l.county_code and r.id = l.roster_id
             where l.county_code = old.county_code and l.month = old.month and l.item = old.item and l.live
               and r.state not in ('draft', 'discarded'))
  then raise exception 'month %: exclusions were applied and signed', old.month using errcode = 'WX102';
  end if;
  return old;
end $$;
create trigger payment_exclusion_guard before delete on payment_exclusion
  for each row execute function payment_exclusion_guard();

-- One line now takes several slots for a person.
alter table payment_slot drop constraint payment_slot_pkey;
alter table payment_slot add primary key (county_code, line_id, person_id, exclusivity_group);
comment on column payment_slot.exclusivity_group is 'the group of the item, or a pair of benefits (payment_exclusion.slot)';

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
    select from roster_line l
    left join (select x.item, x.month, count(*) as pairs from payment_exclusion x
               where x.county_code = new.county_code group by x.item, x.month) x on x.item = l.item and x.month = l.month
    left join (select s.line_id, count(*) as held from payment_slot s
               where s.county_code = new.county_code and s.released_at is null
                 and s.line_id between (left(new.id::text, 24) || repeat('0', 12))::uuid
                                   and (left(new.id::text, 24) || repeat('f', 12))::uuid
               group by s.line_id) h on h.line_id = l.id
    where l.county_code = new.county_code and l.roster_id = new.id and l.included and l.reissue_of is null
      and (l.persons = 0 or h.held is distinct from l.persons * (1 + coalesce(x.pairs, 0))))
  then raise exception 'roster %: a line without its slots', new.id using errcode = 'WX103';
  end if;
  return new;
end $$;
