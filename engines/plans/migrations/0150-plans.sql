-- A plan is a text that was read, the targets that were found in it, and everything that people did about them afterwards,
-- only ever added. Evidence for what no ledger counts is confirmed by a second person.

create table plan (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  title text not null check (title <> ''),
  issuer text not null,
  -- Of a five-year plan: first and last year.
  year integer not null check (year between 2000 and 2100),
  until_year integer not null check (until_year between 2000 and 2100),
  body text not null check (body <> ''),
  outline jsonb not null,
  read_at timestamptz not null,
  read_by uuid not null,
  read_by_name text not null,
  primary key (county_code, id),
  check (until_year >= year and until_year <= year + 9)
);

create table plan_event (
  county_code text not null,
  id uuid not null,
  plan_id uuid not null,
  position bigint not null generated always as identity,
  kind text not null check (kind in (
    'found', 'added', 'corrected', 'dropped', 'bound', 'unbound', 'owner', 'public', 'merged',
    'urged', 'reported', 'accepted', 'returned', 'praised', 'criticised')),
  target_id uuid not null,
  data jsonb not null,
  at timestamptz not null,
  actor_id uuid not null,
  actor_name text not null,
  primary key (county_code, id),
  foreign key (county_code, plan_id) references plan (county_code, id)
);
create index plan_event_of_plan on plan_event (county_code, plan_id, position);

-- Where no ledger counts: a figure with its reason (and files), counted once somebody else confirmed it.
create table plan_evidence (
  county_code text not null,
  id uuid not null,
  plan_id uuid not null,
  target_id uuid not null,
  as_of date not null,
  value numeric not null check (value >= 0),
  words text not null check (length(words) >= 4),
  files uuid[] not null,
  given_at timestamptz not null,
  given_by uuid not null,
  given_by_name text not null,
  confirmed_at timestamptz,
  confirmed_by uuid,
  confirmed_by_name text,
  primary key (county_code, id),
  foreign key (county_code, plan_id) references plan (county_code, id),
  constraint plan_evidence_second_person check (confirmed_by is null or confirmed_by <> given_by),
  check ((confirmed_by is null) = (confirmed_at is null) and (confirmed_by is null) = (confirmed_by_name is null))
);
create index plan_evidence_of_plan on plan_evidence (county_code, plan_id, target_id, as_of);

create function plan_evidence_guard() returns trigger language plpgsql as $$
begin
  if old.confirmed_at is not null then
    raise exception 'evidence %: already confirmed', old.id using errcode = 'WX150';
  end if;
  return new;
end $$;
create trigger plan_evidence_guard before update on plan_evidence for each row execute function plan_evidence_guard();

-- The plan is the whole county's: every office reads it. Who may do what is the service's to say.
do $$
declare t text;
begin
  foreach t in array array['plan', 'plan_event', 'plan_evidence'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county())', t || '_of_county', t);
  end loop;
end $$;

grant select, insert on plan, plan_event, plan_evidence to wuxin_app;
grant update (confirmed_at, confirmed_by, confirmed_by_name) on plan_evidence to wuxin_app;
