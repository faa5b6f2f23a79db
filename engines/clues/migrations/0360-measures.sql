-- 帮扶措施 of one household by one department: planned, answered by the department with its paper, in force, ended; and 回访,
-- the looks at whether the help helps and the risk is gone. A measure is the fold of its actions, which are only added to.

create table measure (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  household_id uuid not null,
  -- Goes along when the household moves.
  division_code text not null check (division_code like county_code || '%'),
  number text not null,
  kind text not null check (kind ~ '^[a-z][a-z0-9-]*$'),
  department text not null check (length(department) between 2 and 60),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  amount_fen bigint check (amount_fen >= 0),
  each text check (each in ('once', 'month')),
  -- What is given or done, and what came of it: words about people.
  words_sealed bytea not null,
  state text not null check (state in ('planned', 'in-force', 'done', 'failed')),
  version int not null check (version > 0),
  planned_at timestamptz not null,
  -- By when the department has to answer.
  answer_due_on date not null,
  in_force_on date,
  closed_on date,
  -- The day of the next look; from when it is in force until the risk is said to be gone, also after it ended.
  return_due_on date,
  planned_by uuid default app_account(),
  planned_by_name text not null,
  primary key (county_code, id),
  unique (county_code, number),
  foreign key (county_code, household_id, division_code)
    references household (county_code, id, division_code) on update cascade,
  check ((amount_fen is null) = (each is null)),
  check ((state in ('done', 'failed')) = (closed_on is not null)),
  check (state not in ('in-force', 'done') or in_force_on is not null),
  check (closed_on is null or in_force_on is null or closed_on >= in_force_on),
  check (return_due_on is null or in_force_on is not null)
);
create index measure_of_household on measure (county_code, household_id);
create index measure_open on measure (county_code, division_code) where closed_on is null;

create table measure_action (
  county_code text not null default app_county(),
  id uuid not null,
  measure_id uuid not null,
  version int not null check (version > 0),
  action text not null check (action in ('plan', 'answer', 'finish', 'stop', 'settle')),
  to_state text not null check (to_state in ('planned', 'in-force', 'done', 'failed')),
  data_sealed bytea not null,
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  primary key (county_code, id),
  unique (county_code, measure_id, version),
  foreign key (county_code, measure_id) references measure (county_code, id)
);

create table measure_return (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  household_id uuid not null,
  division_code text not null check (division_code like county_code || '%'),
  -- The day that it was due, the day of the look.
  due_on date not null,
  on_date date not null,
  risk text not null check (risk in ('removed', 'remains', 'worse')),
  data_sealed bytea not null,
  visit_id uuid,
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  -- Asked for where the risk is said to be gone or worse: a second person decides.
  decide_due_on date,
  decision text check (decision in ('removed', 'remains', 'raised')),
  decision_sealed bytea,
  decided_at timestamptz,
  decided_on date check (decided_on >= on_date),
  decided_by uuid,
  decided_by_name text,
  decision_id uuid,
  primary key (county_code, id),
  foreign key (county_code, household_id, division_code)
    references household (county_code, id, division_code) on update cascade,
  check ((risk = 'remains') = (decide_due_on is null)),
  check ((decision is null) = (decided_on is null) and (decision is null) = (decision_sealed is null)
    and (decision is null) = (decided_by is null) and (decision is null) = (decided_by_name is null)
    and (decision is null) = (decided_at is null) and (decision is null) = (decision_id is null)),
  check (decision is null or risk <> 'remains'),
  check (decision is distinct from 'removed' or risk = 'removed'),
  check (decision is distinct from 'raised' or risk = 'worse'),
  check (decided_by is null or decided_by is distinct from by_account)
);
create index measure_return_of_household on measure_return (county_code, household_id, at);
-- One look waits at a time.
create unique index measure_return_waiting on measure_return (county_code, household_id)
  where decide_due_on is not null and decision is null;

alter table measure enable row level security;
alter table measure force row level security;
alter table measure_action enable row level security;
alter table measure_action force row level security;
alter table measure_return enable row level security;
alter table measure_return force row level security;
create policy measure_of_scope on measure using (county_code = app_county() and in_scope(division_code));
create policy measure_action_of_scope on measure_action using (
  county_code = app_county()
  and exists (select from measure m where m.county_code = measure_action.county_code and m.id = measure_action.measure_id)
);
create policy measure_return_of_scope on measure_return using (county_code = app_county() and in_scope(division_code));
grant select, insert on measure, measure_action, measure_return to wuxin_app;
grant update (amount_fen, each, starts_on, ends_on, words_sealed, state, version, in_force_on, closed_on, return_due_on)
  on measure to wuxin_app;
grant update (decision, decision_sealed, decided_at, decided_on, decided_by, decided_by_name, decision_id)
  on measure_return to wuxin_app;
