-- A plan of several years: weights of its lines are an event of the plan; its mid-term and end assessment is an object that
-- keeps what each line was to have reached by a day and what it had reached. A target is adjusted by two people, and the
-- figure before stays in its events.

alter table plan_event drop constraint plan_event_kind_check;
alter table plan_event add constraint plan_event_kind_check check (kind in (
  'found', 'added', 'corrected', 'dropped', 'bound', 'unbound', 'owner', 'public', 'merged',
  'urged', 'reported', 'accepted', 'returned', 'praised', 'criticised', 'raised',
  'split', 'serves', 'step', 'step-done', 'step-checked', 'step-returned', 'step-dropped', 'closed', 'quality',
  'weighed', 'adjusted'));

-- The weight of a line in that month, of a hundred for the plan; null for what was kept before lines were weighed.
alter table plan_standing add column weight numeric check (weight > 0 and weight <= 100);

create table plan_assessment (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  plan_id uuid not null,
  kind text not null check (kind in ('mid', 'end')),
  begun_at timestamptz not null,
  begun_by uuid not null,
  begun_by_name text not null,
  primary key (county_code, id),
  foreign key (county_code, plan_id) references plan (county_code, id),
  constraint plan_assessment_once unique (county_code, plan_id, kind)
);

-- What was read for it, each reading beside the ones before.
create table plan_assessment_reading (
  county_code text not null,
  assessment_id uuid not null,
  version integer not null check (version > 0),
  as_of date not null,
  content jsonb not null,
  read_at timestamptz not null,
  read_by uuid not null,
  read_by_name text not null,
  primary key (county_code, assessment_id, version),
  foreign key (county_code, assessment_id) references plan_assessment (county_code, id)
);

-- Why a line is behind, and what is done about it; the last word counts, those before stay.
create table plan_assessment_word (
  county_code text not null,
  id uuid not null,
  assessment_id uuid not null,
  target_id uuid not null,
  position bigint not null generated always as identity,
  why text not null check (length(why) >= 4),
  measures text not null check (length(measures) >= 4),
  at timestamptz not null,
  actor_id uuid not null,
  actor_name text not null,
  primary key (county_code, id),
  foreign key (county_code, assessment_id) references plan_assessment (county_code, id)
);

create table plan_adjustment (
  county_code text not null,
  id uuid not null,
  assessment_id uuid not null,
  target_id uuid not null,
  value_before numeric not null,
  value numeric not null,
  due_before date not null,
  due_on date not null,
  reason text not null check (length(reason) >= 4),
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  proposed_by_name text not null,
  agreed boolean,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  primary key (county_code, id),
  foreign key (county_code, assessment_id) references plan_assessment (county_code, id),
  constraint plan_adjustment_changes check (value <> value_before or due_on <> due_before),
  constraint plan_adjustment_second_person check (decided_by <> proposed_by),
  check ((agreed is null) = (decided_at is null) and (agreed is null) = (decided_by is null)
    and (agreed is null) = (decided_by_name is null))
);
-- One proposal at a time for a target.
create unique index plan_adjustment_open on plan_adjustment (county_code, target_id) where agreed is null;

create function plan_adjustment_guard() returns trigger language plpgsql as $$
begin
  if old.agreed is not null then
    raise exception 'adjustment %: already decided', old.id using errcode = 'WX150';
  end if;
  return new;
end $$;
create trigger plan_adjustment_guard before update on plan_adjustment for each row execute function plan_adjustment_guard();

-- The report of an assessment is a summary over the plan's months, with one more source of figures.
alter table summary drop constraint summary_kind_check;
alter table summary
  add constraint summary_kind_check check (kind in ('half', 'year', 'mid', 'end')),
  add column assessment_id uuid,
  add column since text check (since ~ '^\d{4}-\d{2}$'),
  add column until text check (until ~ '^\d{4}-\d{2}$'),
  add foreign key (county_code, assessment_id) references plan_assessment (county_code, id),
  add constraint summary_of_assessment check (
    (kind in ('mid', 'end')) = (assessment_id is not null) and (assessment_id is null) = (since is null)
    and (since is null) = (until is null));
create unique index summary_one_of_assessment on summary (county_code, assessment_id) where assessment_id is not null;

do $$
declare t text;
begin
  foreach t in array array['plan_assessment', 'plan_assessment_reading', 'plan_assessment_word', 'plan_adjustment'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county())', t || '_of_county', t);
  end loop;
end $$;

grant select, insert on plan_assessment, plan_assessment_reading, plan_assessment_word, plan_adjustment to wuxin_app;
grant update (agreed, decided_at, decided_by, decided_by_name) on plan_adjustment to wuxin_app;
