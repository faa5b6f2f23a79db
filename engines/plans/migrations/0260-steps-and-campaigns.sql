-- A campaign is a plan with days instead of years. Steps (milestones, measures, places to check) are events of a plan,
-- as everything people do about it. What the lights were is kept by month, so that indicators can count it.

alter table plan
  add column kind text not null default 'plan' check (kind in ('plan', 'campaign')),
  add column starts_on date,
  add column ends_on date,
  -- Matters that the reading found in the text (计划事项数); null for what was read before they were counted.
  add column items integer check (items >= 0),
  add constraint plan_campaign_has_days check (
    (kind = 'plan' and starts_on is null and ends_on is null) or (kind = 'campaign' and ends_on >= starts_on));

alter table plan_event drop constraint plan_event_kind_check;
alter table plan_event add constraint plan_event_kind_check check (kind in (
  'found', 'added', 'corrected', 'dropped', 'bound', 'unbound', 'owner', 'public', 'merged',
  'urged', 'reported', 'accepted', 'returned', 'praised', 'criticised',
  'split', 'serves', 'step', 'step-done', 'step-checked', 'step-returned', 'step-dropped', 'closed'));

create table plan_standing (
  county_code text not null check (county_code ~ '^\d{6}$'),
  target_id uuid not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  plan_id uuid not null,
  object text not null,
  light text not null check (light in ('done', 'green', 'yellow', 'red', 'unknown')),
  due_on date not null,
  counted boolean not null,
  shown boolean not null,
  -- Of the way done, at most 100; null where nothing counts.
  percent numeric check (percent between 0 and 100),
  kept_at timestamptz not null,
  primary key (county_code, target_id, month),
  foreign key (county_code, plan_id) references plan (county_code, id)
);
alter table plan_standing enable row level security;
alter table plan_standing force row level security;
create policy plan_standing_of_county on plan_standing using (county_code = app_county());
grant select, insert, update, delete on plan_standing to wuxin_app;
