-- A list sent again corrected for the same day replaces the former: what only the former told counts no more.
alter table feed_run
  -- Its sender says that it corrects the day's list, rather than being another part of it.
  add column replaces boolean not null default false,
  add column replaced_by uuid,
  add foreign key (county_code, replaced_by) references feed_run (county_code, id),
  add check (replaced_by is null or state = 'done'),
  add check (replaced_by is null or fall is distinct from 'held');
grant update (replaced_by) on feed_run to wuxin_app;

-- Beside the match too: a township reads matches, not files.
alter table feed_match add column replaced boolean not null default false;
grant update (replaced) on feed_match to wuxin_app;

-- Withdrawn: only a list told it that was corrected since, and nobody had judged it.
alter table alert drop constraint alert_state_check;
alter table alert add constraint alert_state_check
  check (state in ('pending', 'confirmed', 'false', 'no-change', 'withdrawn'));

create or replace function feed_last() returns table (feed text, as_of date, received_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct on (r.feed) r.feed, r.as_of, r.received_at from feed_run r
  where r.county_code = app_county() and r.state = 'done' and r.replaced_by is null and coalesce(r.fall, 'whole') = 'whole'
  order by r.feed, r.as_of desc, r.received_at desc;
end;
