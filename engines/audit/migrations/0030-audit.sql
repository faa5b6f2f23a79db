-- The trail of who did and read what. Entries and seals are only ever added; the application may neither change nor
-- remove them, and whoever can (a superuser) is found out by `verify`: every entry carries a keyed code of its own
-- content, and seals chain the entries in order.
create table audit_entry (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  position bigint not null generated always as identity,
  at timestamptz not null,
  account_id uuid,
  person_id uuid,
  actor_name text not null,
  role text not null,
  action text not null,
  object text not null,
  object_id text,
  detail text not null,
  mac bytea not null check (length(mac) = 32),
  primary key (county_code, id)
);
create unique index audit_entry_by_position on audit_entry (county_code, position);
create index audit_entry_by_time on audit_entry (county_code, at desc, position desc);
create index audit_entry_by_object on audit_entry (county_code, object_id, at desc);
create index audit_entry_by_actor on audit_entry (county_code, actor_name, at desc);
create index audit_entry_by_action on audit_entry (county_code, action, at desc);

-- chain: 'audit', or one that another engine registered ('payments'). hash = keyed(chain, county, seq, entry, digest, previous).
create table audit_seal (
  county_code text not null default app_county(),
  chain text not null,
  seq bigint not null check (seq > 0),
  entry_id uuid not null,
  position bigint not null,
  entry_digest bytea not null check (length(entry_digest) = 32),
  hash bytea not null check (length(hash) = 32),
  sealed_at timestamptz not null,
  primary key (county_code, chain, seq),
  unique (county_code, chain, entry_id)
);

-- Where each chain ends, with a keyed code, so that cutting off the end is seen too. Everything up to `settled` is
-- sealed: an unsealed row at or before it was put in afterwards. `settling` follows when every transaction that ran
-- when it was marked (`settling_until`: the next transaction number then) has ended. The links up to `settled_seq` are
-- those of the rows up to `settled`.
create table audit_head (
  county_code text not null default app_county(),
  chain text not null,
  seq bigint not null,
  hash bytea not null,
  settled bigint not null,
  settling bigint not null,
  settled_seq bigint not null,
  settling_seq bigint not null,
  settling_since timestamptz not null,
  settling_until bigint not null,
  mac bytea not null,
  primary key (county_code, chain)
);

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
alter table audit_seal enable row level security;
alter table audit_seal force row level security;
alter table audit_head enable row level security;
alter table audit_head force row level security;

-- Everybody writes (visitors without an account too); residents and visitors read nothing.
create policy audit_entry_write on audit_entry for insert with check (county_code = app_county());
create policy audit_entry_read on audit_entry for select using (
  county_code = app_county() and app_person() is null and (app_account() is not null or app_scope() is not null)
);
create policy audit_seal_of_county on audit_seal using (county_code = app_county());
create policy audit_head_of_county on audit_head using (county_code = app_county());

grant select, insert on audit_entry, audit_seal to wuxin_app;
grant select, insert, update (seq, hash, settled, settling, settled_seq, settling_seq, settling_since, settling_until, mac) on audit_head to wuxin_app;
