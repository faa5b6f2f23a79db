-- How fresh each list is and when it came: who was entered, or gave an authorisation, only afterwards was not looked for in it.
drop function feed_last();
create function feed_last() returns table (feed text, as_of date, received_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct on (r.feed) r.feed, r.as_of, r.received_at from feed_run r
  where r.county_code = app_county() and r.state = 'done'
  order by r.feed, r.as_of desc, r.received_at desc;
end;
revoke all on function feed_last() from public;
grant execute on function feed_last() to wuxin_app;
