-- Accounts, sessions and the brake on guessing. Passwords are argon2id; of a session's token only its SHA-256 is kept.
create table account (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  -- As shown. For residents it is a masked phone; what they type is found by the digest in account_login.
  login_name text not null check (length(login_name) between 1 and 50),
  name text not null check (length(name) between 1 and 50),
  role text not null,
  scope text not null check (scope ~ '^\d{0,12}$' and (scope = '' or scope like county_code || '%')),
  person_id uuid,
  password_hash text not null check (password_hash like '$argon2id$%'),
  active boolean not null default true,
  -- The secret is sealed; a pending one becomes the secret when its first code was right.
  totp_sealed bytea,
  totp_pending_sealed bytea,
  -- The last time step that was used: a code works once.
  totp_last_step bigint not null default 0,
  last_login_at timestamptz,
  created_at timestamptz not null,
  created_by uuid default app_account(),
  primary key (county_code, id),
  -- Residents have a person and no scope; staff have no person.
  check ((role = 'resident') = (person_id is not null)),
  check (role <> 'resident' or scope = '')
);
create unique index account_of_person on account (county_code, person_id) where person_id is not null;
create index account_by_role on account (county_code, role, scope);

create table account_login (
  county_code text not null default app_county(),
  login_digest bytea not null check (length(login_digest) = 32),
  account_id uuid not null,
  primary key (county_code, login_digest),
  foreign key (county_code, account_id) references account (county_code, id)
);
create index account_login_of_account on account_login (county_code, account_id);

create table session (
  county_code text not null default app_county(),
  token_digest bytea not null check (length(token_digest) = 32),
  account_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (county_code, token_digest),
  foreign key (county_code, account_id) references account (county_code, id)
);
create index session_of_account on session (county_code, account_id);
create index session_by_expiry on session (county_code, expires_at);

-- One row per login name tried (by keyed digest, existing or not) and per address.
create table login_throttle (
  county_code text not null default app_county(),
  key_digest bytea not null check (length(key_digest) = 32),
  attempts int not null,
  since timestamptz not null,
  locked_until timestamptz,
  primary key (county_code, key_digest)
);
create index login_throttle_by_age on login_throttle (county_code, since);

alter table account enable row level security;
alter table account force row level security;
alter table account_login enable row level security;
alter table account_login force row level security;
alter table session enable row level security;
alter table session force row level security;
alter table login_throttle enable row level security;
alter table login_throttle force row level security;

-- A resident sees the own account only; staff see the county's (names of colleagues); a bare connection nothing.
create policy account_of_county on account using (
  county_code = app_county()
  and (id = app_account() or (app_person() is null and (app_account() is not null or app_scope() is not null)))
);
create policy account_login_of_county on account_login using (county_code = app_county());
create policy session_of_county on session using (county_code = app_county());
create policy login_throttle_of_county on login_throttle using (county_code = app_county());

grant select, insert,
  update (login_name, name, password_hash, active, totp_sealed, totp_pending_sealed, totp_last_step, last_login_at)
  on account to wuxin_app;
grant select, insert on account_login to wuxin_app;
grant select, insert, update (last_seen_at), delete on session to wuxin_app;
grant select, insert, update (attempts, since, locked_until), delete on login_throttle to wuxin_app;
