-- A list that nobody sends is fetched: from where, when, with what secret (sealed, never shown), and what came of each try.
create table feed_connector (
  county_code text not null check (county_code ~ '^\d{6}$'),
  feed text not null check (feed <> ''),
  url text not null check (url ~ '^https?://' and length(url) <= 500),
  header text not null check (header ~ '^[A-Za-z0-9-]{1,60}$'),
  secret_sealed bytea,
  every text not null check (every in ('day', 'workday', 'week', 'month')),
  hour smallint not null check (hour between 0 and 23),
  -- 1 Monday to 7 Sunday.
  weekday smallint check (weekday between 1 and 7),
  month_day smallint check (month_day between 1 and 28),
  -- When it is due; null: switched off.
  next_at timestamptz,
  -- Asked for by a person, not by the calendar.
  asked_by_name text,
  -- Who is fetching holds it so long; a process that died lets go by itself.
  claim uuid,
  claimed_until timestamptz,
  -- In a row.
  failures integer not null default 0 check (failures >= 0),
  -- The file that came last, so that the same is not compared again within days.
  last_digest bytea check (length(last_digest) = 32),
  last_received_at timestamptz,
  updated_at timestamptz not null,
  updated_by_name text not null,
  primary key (county_code, feed),
  check ((every = 'week') = (weekday is not null)),
  check ((every = 'month') = (month_day is not null)),
  check ((claim is null) = (claimed_until is null)),
  check ((last_digest is null) = (last_received_at is null))
);

-- Each try; only added to.
create table feed_fetch (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  feed text not null check (feed <> ''),
  began_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null check (outcome in ('received', 'same', 'failed')),
  -- In a sentence; nothing of the file.
  words text not null check (length(words) between 1 and 300),
  bytes bigint check (bytes >= 0),
  run_id uuid,
  asked_by_name text,
  primary key (county_code, id),
  foreign key (county_code, run_id) references feed_run (county_code, id),
  check ((outcome = 'received') = (run_id is not null)),
  check ((outcome = 'failed') = (bytes is null))
);
create index feed_fetch_newest on feed_fetch (county_code, began_at desc);

do $$
declare t text;
begin
  foreach t in array array['feed_connector', 'feed_fetch'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    -- The administrators have no division; residents and villages have no business here.
    execute format('create policy %I on %I using (county_code = app_county() and app_person() is null
      and (in_scope(county_code) or (app_scope() is null and app_account() is not null)))', t || '_of_county', t);
  end loop;
end $$;
grant select, insert on feed_connector, feed_fetch to wuxin_app;
grant update (url, header, secret_sealed, every, hour, weekday, month_day, next_at, asked_by_name, claim, claimed_until,
  failures, last_digest, last_received_at, updated_at, updated_by_name) on feed_connector to wuxin_app;
