-- Accounts of outside parties: a department's contact, an institution. Such a transaction carries no county and no scope, so that
-- every policy that is there, and every one to come, shows it nothing; what it may see, a policy must say by these two settings.
create function app_outside() returns text language sql stable parallel safe
  return nullif(current_setting('app.outside', true), '');
create function app_party() returns text language sql stable parallel safe
  return nullif(current_setting('app.party', true), '');

alter table account
  add column party text check (party ~ '^(department:[a-z][a-z-]{1,39}|institution:[0-9a-f-]{36})$'),
  add check ((role = 'department_contact') = coalesce(party like 'department:%', false)),
  add check ((role = 'institution') = coalesce(party like 'institution:%', false)),
  add check (party is null or scope = '');
create index account_of_party on account (county_code, party) where party is not null;

-- Its own account and sessions, and the line that tells what it did. Nothing that it was not can be written: which columns may be
-- changed is granted, and the role, the party and the scope are not among them.
create policy account_own_of_party on account using (county_code = app_outside() and id = app_account());
create policy account_login_own_of_party on account_login for select
  using (county_code = app_outside() and account_id = app_account());
create policy session_own_of_party on session using (county_code = app_outside() and account_id = app_account());
