-- A clue: a signal about a person or household that somebody has to look at, from the first hint to the outcome. The row
-- is the fold of its actions, which are only added to. It changes no payment: what must change goes through a case.

create table clue (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  number text not null,
  source text not null check (source in ('alert', 'worker', 'resident', 'hotline', 'department')),
  -- Feed, department or hotline by its name.
  source_name text not null check (length(source_name) <= 60),
  level text not null,
  proposes text not null check (proposes in ('review', 'help', 'stop-payment')),
  person_id uuid,
  household_id uuid,
  -- Of somebody the registry does not know.
  subject_name text not null check (length(subject_name) <= 50),
  phone_sealed bytea,
  address text not null check (length(address) <= 200),
  division_code text not null check (division_code like county_code || '%'),
  title text not null check (length(title) between 1 and 200),
  reason text not null check (length(reason) <= 2000),
  occurred_on date not null,
  opened_on date not null,
  opened_at timestamptz not null,
  reported_by uuid,
  reported_by_name text not null,
  state text not null check (state in ('new', 'dispatched', 'assigned', 'visited', 'handling', 'referred', 'closed')),
  version int not null check (version > 0),
  dispatched_on date,
  -- Of the monthly hand-over it went with; null when at once.
  batch_month month_text,
  worker_id uuid,
  worker_name text,
  -- Of the present state; null where nothing runs.
  due_on date,
  -- The day by which somebody must have been there, and the day somebody was.
  check_due_on date,
  checked_on date,
  -- 0 the worker's, 1 the township was told, 2 the county was told; begins again with each state.
  escalated smallint not null default 0 check (escalated between 0 and 2),
  urged int not null default 0,
  returned int not null default 0,
  case_id uuid,
  entitlement_id uuid,
  department text,
  outcome text check (outcome in ('new-case', 'adjust', 'stop', 'refer', 'no-change')),
  judgement text check (judgement in ('confirmed', 'false', 'no-change')),
  closed_on date,
  saved_fen_per_month bigint not null default 0 check (saved_fen_per_month >= 0),
  helped_fen_per_month bigint not null default 0 check (helped_fen_per_month >= 0),
  -- Looked at again by the county: do the findings agree?
  recheck text check (recheck in ('agrees', 'differs')),
  primary key (county_code, id),
  unique (county_code, number),
  foreign key (county_code, person_id) references person (county_code, id),
  foreign key (county_code, household_id) references household (county_code, id),
  check ((state = 'closed') = (closed_on is not null) and (state = 'closed') = (judgement is not null)),
  check ((worker_id is null) = (worker_name is null))
);
create index clue_by_division on clue (county_code, division_code, state);
create index clue_by_state on clue (county_code, state, due_on) where state <> 'closed';
create index clue_of_person on clue (county_code, person_id) where person_id is not null;
create index clue_of_household on clue (county_code, household_id) where household_id is not null;
create index clue_of_case on clue (county_code, case_id) where case_id is not null;
create index clue_of_worker on clue (county_code, worker_id) where state = 'assigned';

-- Each signal once; several of one person join one clue.
create table clue_signal (
  county_code text not null default app_county(),
  alert_id uuid not null,
  clue_id uuid not null,
  feed text not null,
  rule text not null,
  rule_version text not null,
  level text not null,
  title text not null,
  reason text not null,
  evidence jsonb not null check (jsonb_typeof(evidence) = 'array'),
  bring jsonb not null check (jsonb_typeof(bring) = 'array'),
  occurred_on date not null,
  joined_at timestamptz not null,
  primary key (county_code, alert_id),
  foreign key (county_code, clue_id) references clue (county_code, id)
);
create index clue_signal_of_clue on clue_signal (county_code, clue_id);

create table clue_action (
  county_code text not null default app_county(),
  id uuid not null,
  clue_id uuid not null,
  version int not null check (version > 0),
  action text not null,
  to_state text not null,
  data jsonb not null check (jsonb_typeof(data) = 'object'),
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  by_role text not null,
  primary key (county_code, id),
  unique (county_code, clue_id, version),
  foreign key (county_code, clue_id) references clue (county_code, id)
);

alter table clue enable row level security;
alter table clue force row level security;
alter table clue_signal enable row level security;
alter table clue_signal force row level security;
alter table clue_action enable row level security;
alter table clue_action force row level security;

-- Besides those who oversee the place: the worker who is sent there, and whoever told us, to see what became of it.
create policy clue_of_scope on clue using (
  county_code = app_county()
  and (in_scope(division_code) or worker_id = app_account() or reported_by = app_account())
);
create policy clue_signal_of_scope on clue_signal using (
  county_code = app_county()
  and exists (select from clue c where c.county_code = clue_signal.county_code and c.id = clue_signal.clue_id)
);
create policy clue_action_of_scope on clue_action using (
  county_code = app_county()
  and exists (select from clue c where c.county_code = clue_action.county_code and c.id = clue_action.clue_id)
);

grant select, insert, update (level, person_id, household_id, division_code, state, version, dispatched_on, batch_month,
  worker_id, worker_name, due_on, check_due_on, checked_on, escalated, urged, returned, case_id, entitlement_id,
  department, outcome, judgement, closed_on, saved_fen_per_month, helped_fen_per_month, recheck) on clue to wuxin_app;
grant select, insert on clue_signal, clue_action to wuxin_app;
