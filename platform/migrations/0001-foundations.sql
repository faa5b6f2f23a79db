-- What every engine's tables stand on: who is acting (set per transaction by platform/database.ts), the outbox,
-- jobs and settings. An unset setting is NULL, and NULL sees nothing: once a setting has been made in a session it
-- reads '' ever after, hence nullif.

-- Plain SQL, STABLE and without subqueries, so the planner inlines them and can use indexes.
create function app_county() returns text language sql stable parallel safe
  return nullif(current_setting('app.county', true), '');

create function app_scope() returns text language sql stable parallel safe
  return nullif(current_setting('app.scope', true), '');

create function app_account() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.account', true), '')::uuid;

create function app_person() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.person', true), '')::uuid;

-- Does the division lie within the actor's scope? Codes are digits; in every collation digits sort before 'z', so
-- the range is the prefix, and (unlike LIKE with a computed pattern) an index on (county_code, division_code) serves it.
create function in_scope(division_code text) returns boolean language sql stable parallel safe
  return division_code >= nullif(current_setting('app.scope', true), '')
     and division_code < nullif(current_setting('app.scope', true), '') || 'z';

-- Proves that the keys beside the database are the ones its data was sealed with (platform/vault.ts). Read and
-- written at start by the migrating login; the application has no business here.
create table vault_fingerprint (
  only_one boolean primary key default true check (only_one),
  digest bytea not null
);

create table setting (
  county_code text not null check (county_code ~ '^\d{6}$'),
  key text not null,
  value jsonb not null,
  set_at timestamptz not null default now(),
  set_by uuid default app_account(),
  primary key (county_code, key)
);
alter table setting enable row level security;
alter table setting force row level security;
create policy setting_of_county on setting using (county_code = app_county());
grant select, insert, update on setting to wuxin_app;
