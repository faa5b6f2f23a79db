-- With what a department's machine delivers one list: a token for one feed, of which only the keyed digest is kept.
create table feed_token (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  feed text not null check (feed <> ''),
  digest bytea not null check (length(digest) = 32),
  expires_on date not null,
  created_at timestamptz not null,
  created_by uuid,
  created_by_name text not null,
  last_used_at timestamptz,
  -- Files of the hour that began then.
  hour_began_at timestamptz,
  hour_files integer not null default 0 check (hour_files >= 0),
  revoked_at timestamptz,
  revoked_by_name text,
  primary key (county_code, id),
  unique (county_code, digest),
  check ((revoked_at is null) = (revoked_by_name is null))
);
alter table feed_token enable row level security;
alter table feed_token force row level security;
-- The administrators have no division; residents and villages have no business here.
create policy feed_token_of_county on feed_token using (county_code = app_county() and app_person() is null
  and (in_scope(county_code) or (app_scope() is null and app_account() is not null)));
grant select, insert on feed_token to wuxin_app;
grant update (last_used_at, hour_began_at, hour_files, revoked_at, revoked_by_name) on feed_token to wuxin_app;
