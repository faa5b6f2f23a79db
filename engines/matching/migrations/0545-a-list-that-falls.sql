-- A whole list much shorter than the one before: what it tells counts at once, but it ends nothing that older lists told until
-- a person has asked its department (whole), or says that it is only a part (part).
alter table feed_run
  add column fall text check (fall in ('held', 'whole', 'part')),
  -- Rows of the list before it.
  add column fall_from bigint check (fall_from > 0),
  add column fall_judged_at timestamptz,
  add column fall_judged_by uuid,
  add column fall_judged_by_name text,
  add column fall_reason_sealed bytea,
  add check ((fall is null) = (fall_from is null)),
  add check (fall is null or state = 'done'),
  add check ((fall_judged_at is not null) = (coalesce(fall, 'held') <> 'held')),
  add check ((fall_judged_at is null) = (fall_judged_by_name is null) and (fall_judged_at is null) = (fall_reason_sealed is null));
grant update (fall, fall_from, fall_judged_at, fall_judged_by, fall_judged_by_name, fall_reason_sealed) on feed_run to wuxin_app;

create or replace function feed_last() returns table (feed text, as_of date, received_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct on (r.feed) r.feed, r.as_of, r.received_at from feed_run r
  where r.county_code = app_county() and r.state = 'done' and coalesce(r.fall, 'whole') = 'whole'
  order by r.feed, r.as_of desc, r.received_at desc;
end;
