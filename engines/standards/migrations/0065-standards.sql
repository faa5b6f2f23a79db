-- A county's dated standards as officers enter them: over the national values and the county's own file. What was entered
-- never changes; who submitted, approved or withdrew it is only ever added. `state` is where the last step led.

create table county_standard (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  parameter text not null check (length(parameter) between 1 and 100),
  since date not null,
  -- 'amount': values as printed; 'multiple': so many times another standard, rounded.
  form text not null check (form in ('amount', 'multiple')),
  values jsonb not null,
  multiple jsonb,
  document text not null check (length(btrim(document)) between 2 and 200),
  note text check (length(note) <= 1000),
  -- Takes the place of the version of the same day, which is else a conflict.
  corrects boolean not null,
  state text not null check (state in ('draft', 'submitted', 'active', 'withdrawn', 'replaced')),
  entered_by uuid not null,
  entered_by_name text not null,
  entered_at timestamptz not null,
  -- Order of approval: the rules as they stood at any time can be put together again.
  approved_at timestamptz,
  ended_at timestamptz,
  primary key (county_code, id),
  unique (county_code, id, entered_by),
  check ((form = 'multiple') = (multiple is not null)),
  check ((approved_at is not null) = (state in ('active', 'replaced'))),
  check ((ended_at is not null) = (state = 'replaced'))
);
-- One version of a standard from one day on, and one on its way.
create unique index county_standard_active_once on county_standard (county_code, parameter, since) where state = 'active';
create unique index county_standard_pending_once on county_standard (county_code, parameter, since)
  where state in ('draft', 'submitted');
create index county_standard_of on county_standard (county_code, parameter, since desc);

create table county_standard_step (
  county_code text not null default app_county(),
  standard_id uuid not null,
  seq integer not null check (seq > 0),
  step text not null check (step in ('entered', 'submitted', 'approved', 'withdrawn', 'replaced')),
  entered_by uuid not null,
  account_id uuid not null,
  actor_name text not null,
  at timestamptz not null,
  reason text check (length(reason) <= 500),
  primary key (county_code, standard_id, seq),
  foreign key (county_code, standard_id, entered_by) references county_standard (county_code, id, entered_by),
  -- Who approves is not who entered; who submits is.
  check (step <> 'approved' or account_id <> entered_by),
  check (step not in ('entered', 'submitted') or account_id = entered_by)
);
create unique index county_standard_approved_once on county_standard_step (county_code, standard_id)
  where step = 'approved';

alter table county_standard enable row level security;
alter table county_standard force row level security;
alter table county_standard_step enable row level security;
alter table county_standard_step force row level security;
-- The rules are the same for everybody in the county, residents too; only who answers for the whole county writes.
create policy county_standard_read on county_standard for select using (county_code = app_county());
create policy county_standard_enter on county_standard for insert
  with check (county_code = app_county() and in_scope(app_county()));
create policy county_standard_move on county_standard for update
  using (county_code = app_county() and in_scope(app_county()));
create policy county_standard_step_read on county_standard_step for select using (county_code = app_county());
create policy county_standard_step_add on county_standard_step for insert
  with check (county_code = app_county() and in_scope(app_county()));
grant select, insert on county_standard to wuxin_app;
grant update (state, approved_at, ended_at) on county_standard to wuxin_app;
grant select, insert on county_standard_step to wuxin_app;
