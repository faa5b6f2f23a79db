-- A bank's answer of any length: taken in sealed pieces, read in pieces that each stand for themselves, loaded whole.

-- What was taken in. `waiting`: being read, or about to be.
create table return_intake (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  roster_id uuid not null,
  name text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  kind text not null check (kind in ('text', 'xlsx')),
  -- Of a text.
  encoding text check (encoding in ('utf-8', 'gb18030')),
  newlines integer,
  -- The code of the bank's layout.
  layout text not null,
  state text not null check (state in ('waiting', 'loaded', 'refused')),
  -- The job that reads it now.
  job_id uuid not null,
  received_at timestamptz not null,
  received_by uuid not null,
  received_by_name text not null,
  ended_at timestamptz,
  -- Counts of what was loaded, or why nothing was and in which rows.
  report jsonb not null default '{}',
  primary key (county_code, id),
  foreign key (county_code, roster_id) references roster (county_code, id),
  check ((kind = 'text') = (encoding is not null)),
  check ((state = 'waiting') = (ended_at is null))
);
-- The same file twice is one.
create unique index return_intake_once on return_intake (county_code, roster_id, digest) where state = 'waiting';
create index return_intake_of_roster on return_intake (county_code, roster_id, received_at desc);

-- Its bytes, a mebibyte a piece. Of a loaded return they stay; what was refused is not kept.
create table return_piece (
  county_code text not null,
  return_id uuid not null,
  no integer not null check (no >= 0),
  sealed bytea not null,
  primary key (county_code, return_id, no)
);
alter table return_piece alter column sealed set storage external;
-- The returns of before lie whole in this column.
alter table bank_return alter column content_sealed drop not null;

-- Rows read and not yet loaded; gone when it is. `problem`: why the file will be refused.
create table return_row (
  county_code text not null,
  return_id uuid not null,
  row integer not null,
  line_id uuid,
  outcome text check (outcome in ('paid', 'failed', 'unknown')),
  fail_code text,
  fail_reason text,
  bank_serial text,
  settled_on date,
  problem text,
  primary key (county_code, return_id, row),
  check (problem is not null or line_id is not null and outcome is not null)
);

-- A return is made of an intake that waits; so nothing is loaded twice or after it was refused.
create function return_intake_guard() returns trigger language plpgsql as $$
begin
  if old.state <> 'waiting'
  then raise exception 'return %: what was % stays so', old.id, old.state using errcode = 'WX102';
  end if;
  return new;
end $$;
create trigger return_intake_guard before update on return_intake
  for each row execute function return_intake_guard();

do $$
declare t text;
begin
  foreach t in array array['return_intake', 'return_piece', 'return_row'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county() and (select in_scope(app_county())))',
      t || '_of_county', t);
  end loop;
end $$;
grant select, insert on return_intake, return_piece, return_row to wuxin_app;
grant update (state, job_id, ended_at, report) on return_intake to wuxin_app;
grant delete on return_piece, return_row to wuxin_app;
