-- How fresh each list is, for whoever writes or reads a 核对 report: a township sees no runs, only their dates.
create policy feed_run_for_owner on feed_run for select to wuxin_owner using (county_code = app_county());
create function feed_last() returns table (feed text, as_of date)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.feed, max(r.as_of) from feed_run r where r.county_code = app_county() and r.state = 'done' group by r.feed;
end;
revoke all on function feed_last() from public;
grant execute on function feed_last() to wuxin_app;
