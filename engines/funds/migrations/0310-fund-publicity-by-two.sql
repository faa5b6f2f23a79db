-- 资金使用公示 is drafted by one person and hangs once another has confirmed it; it may be sent back with a reason. Of the
-- county, of a township, of a village. Figures are those of the draft.
alter table fund_publicity rename column published_by to drafted_by;
alter table fund_publicity rename column published_by_name to drafted_by_name;
alter table fund_publicity rename column published_at to drafted_at;
alter table fund_publicity alter column from_day drop not null;
alter table fund_publicity alter column to_day drop not null;
alter table fund_publicity
  add column division_code text,
  -- `unchecked`: hung before there was a second person; no row becomes it any more.
  add column decision text default 'unchecked' check (decision in ('confirmed', 'returned', 'unchecked')),
  add column decided_by uuid,
  add column decided_by_name text,
  add column decided_at timestamptz,
  add column decided_note text;
-- By a rewrite, not by an update: whoever migrates acts for no county and sees no row.
alter table fund_publicity
  alter column decision drop default,
  alter column division_code type text using county_code,
  alter column division_code set not null;
alter table fund_publicity
  add check (starts_with(division_code, county_code) and length(division_code) in (6, 9, 12)),
  add check ((coalesce(decision, 'unchecked') = 'unchecked') = (decided_by is null)
    and (decided_by is null) = (decided_by_name is null) and (decided_by is null) = (decided_at is null)
    and (decided_by is null) = (decided_note is null)),
  -- It hangs from the day of its confirmation; what was not confirmed never hung.
  add check ((coalesce(decision, 'returned') <> 'returned') = (from_day is not null)
    and (from_day is null) = (to_day is null)),
  add check (decision is distinct from 'returned' or length(btrim(decided_note)) >= 2),
  add check (taken_down_at is null or from_day is not null),
  add constraint fund_publicity_second_person
    check (decision is distinct from 'confirmed' or decided_by <> drafted_by);

drop index fund_publicity_hangs_once;
create unique index fund_publicity_hangs_once on fund_publicity (county_code, division_code, period)
  where taken_down_at is null and decision is distinct from 'returned';

-- A row begins as a draft of whoever writes it; it is decided once, by whoever decides it.
create function fund_publicity_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.decision is not null or new.taken_down_at is not null or new.drafted_by is distinct from app_account() then
      raise exception 'fund publicity %: begins as a draft of its own author', new.id using errcode = 'WX128';
    end if;
  elsif row (new.decision, new.decided_by, new.decided_by_name, new.decided_at, new.decided_note, new.from_day, new.to_day)
    is distinct from
    row (old.decision, old.decided_by, old.decided_by_name, old.decided_at, old.decided_note, old.from_day, old.to_day) then
    if old.decision is not null then
      raise exception 'fund publicity %: already decided', new.id using errcode = 'WX123';
    end if;
    if new.decision = 'unchecked' or new.decided_by is distinct from app_account() then
      raise exception 'fund publicity %: decided for somebody else', new.id using errcode = 'WX128';
    end if;
  end if;
  return new;
end $$;
create trigger fund_publicity_guard before insert or update on fund_publicity
  for each row execute function fund_publicity_guard();

-- Whose scope holds the place sees it, drafts and decides: nobody below it.
drop policy fund_publicity_of_county on fund_publicity;
create policy fund_publicity_of_place on fund_publicity
  using (county_code = app_county() and in_scope(division_code));
grant update (decision, decided_by, decided_by_name, decided_at, decided_note, from_day, to_day) on fund_publicity
  to wuxin_app;

-- A township publishes what is meant for it: it sees its own part, and what each 资金 is called (there are no sums in it).
create policy fund_allotment_of_place on fund_allotment for select
  using (county_code = app_county() and in_scope(division_code));
create policy fund_account_named on fund_account for select
  using (county_code = app_county() and app_scope() is not null);

-- From which 资金 an item was paid in some days: names, no sums, for whoever publishes the use of money below the county.
create policy fund_journal_for_owner on fund_journal for select to wuxin_owner using (county_code = app_county());
create policy fund_entry_for_owner on fund_entry for select to wuxin_owner using (county_code = app_county());
create function fund_sources_paid(first_day date, last_day date)
  returns table (item text, source text, document text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct j.item, a.source, a.document
    from fund_journal j
    join fund_entry e on e.county_code = j.county_code and e.journal_id = j.id and e.class = 'paid'
    join fund_account a on a.county_code = e.county_code and a.id = e.account_id
   where j.county_code = app_county() and app_scope() is not null and j.kind = 'payment'
     and j.moved_on between first_day and last_day;
end;
revoke all on function fund_sources_paid(date, date) from public;
grant execute on function fund_sources_paid(date, date) to wuxin_app;
