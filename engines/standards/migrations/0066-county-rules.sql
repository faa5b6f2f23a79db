-- An item's rules as a county has rewritten them: whole texts in the grammar of `domains/`, in force from a month on. Every
-- save adds a text; who began, submitted, returned, approved or withdrew it is only ever added. `state` and `from_month`
-- are where the last step and the last text led.

create table county_rule (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  item text not null check (length(item) between 1 and 60),
  from_month text not null check (from_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  -- Digest of the texts that it was begun from: approved only while those are still in force, or the change of somebody
  -- else would be lost.
  base text not null check (base ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('draft', 'submitted', 'active', 'withdrawn', 'replaced')),
  entered_by uuid not null,
  entered_by_name text not null,
  entered_at timestamptz not null,
  approved_at timestamptz,
  ended_at timestamptz,
  primary key (county_code, id),
  unique (county_code, id, entered_by),
  check (approved_at is not null or state in ('draft', 'submitted', 'withdrawn')),
  check (approved_at is null or state in ('active', 'withdrawn', 'replaced')),
  check ((ended_at is not null) = (approved_at is not null and state <> 'active'))
);
create unique index county_rule_active_once on county_rule (county_code, item, from_month) where state = 'active';
create index county_rule_of on county_rule (county_code, item, entered_at desc);

create table county_rule_text (
  county_code text not null default app_county(),
  rule_id uuid not null,
  seq integer not null check (seq > 0),
  from_month text not null check (from_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  document text not null check (length(document) <= 200),
  note text not null check (length(note) <= 1000),
  rules text not null check (length(rules) between 1 and 1000000),
  parameters text not null check (length(parameters) <= 1000000),
  examples text not null check (length(examples) <= 1000000),
  saved_by uuid not null,
  saved_at timestamptz not null,
  primary key (county_code, rule_id, seq),
  -- Only who began it writes it.
  foreign key (county_code, rule_id, saved_by) references county_rule (county_code, id, entered_by)
);

create table county_rule_step (
  county_code text not null default app_county(),
  rule_id uuid not null,
  seq integer not null check (seq > 0),
  step text not null check (step in ('entered', 'submitted', 'returned', 'approved', 'withdrawn', 'replaced')),
  -- Which text it is about.
  text_seq integer not null,
  entered_by uuid not null,
  account_id uuid not null,
  actor_name text not null,
  at timestamptz not null,
  reason text check (length(reason) <= 500),
  -- What the trial on examples and households said when it was submitted.
  trial jsonb,
  primary key (county_code, rule_id, seq),
  foreign key (county_code, rule_id, entered_by) references county_rule (county_code, id, entered_by),
  foreign key (county_code, rule_id, text_seq) references county_rule_text (county_code, rule_id, seq),
  -- Who approves is not who wrote; who submits is.
  check (step not in ('approved', 'returned') or account_id <> entered_by),
  check (step not in ('entered', 'submitted') or account_id = entered_by),
  check ((step = 'submitted') = (trial is not null))
);
create unique index county_rule_approved_once on county_rule_step (county_code, rule_id) where step = 'approved';

alter table county_rule enable row level security;
alter table county_rule force row level security;
alter table county_rule_text enable row level security;
alter table county_rule_text force row level security;
alter table county_rule_step enable row level security;
alter table county_rule_step force row level security;
-- The rules are the same for everybody in the county, residents too; only who answers for the whole county writes.
create policy county_rule_read on county_rule for select using (county_code = app_county());
create policy county_rule_enter on county_rule for insert
  with check (county_code = app_county() and in_scope(app_county()));
create policy county_rule_move on county_rule for update
  using (county_code = app_county() and in_scope(app_county()));
create policy county_rule_text_read on county_rule_text for select using (county_code = app_county());
create policy county_rule_text_add on county_rule_text for insert
  with check (county_code = app_county() and in_scope(app_county()));
create policy county_rule_step_read on county_rule_step for select using (county_code = app_county());
create policy county_rule_step_add on county_rule_step for insert
  with check (county_code = app_county() and in_scope(app_county()));
grant select, insert on county_rule to wuxin_app;
grant update (from_month, state, approved_at, ended_at) on county_rule to wuxin_app;
grant select, insert on county_rule_text to wuxin_app;
grant select, insert on county_rule_step to wuxin_app;
