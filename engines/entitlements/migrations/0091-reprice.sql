-- Repricing: what an amount was computed from, ready to be computed again by the million; and the runs that did so.

-- The facts of a decision as whole numbers in a fixed order: money in 分, yes/no 0 and 1, text as its place among the
-- choices, a date as yyyymmdd; 4 bytes each, the household's first, then each member's. A copy for speed: the decision
-- keeps the facts with their sources, and wherever `layout` is not that of the rules in force the copy is made anew.
create table entitlement_basis (
  county_code text not null,
  entitlement_id uuid not null,
  seq integer not null check (seq > 0),
  -- The decision, or the change, whose facts these are.
  source_id uuid not null,
  from_month month_text not null,
  layout text not null,
  -- 0: the facts do not fit the rules; then there are none here.
  members integer not null check (members >= 0),
  facts bytea not null,
  -- 渐退: the amount stays, whatever the standards do.
  frozen boolean not null,
  primary key (county_code, entitlement_id, seq),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id)
);
alter table entitlement_basis alter column facts set storage main;
alter table entitlement_basis enable row level security;
alter table entitlement_basis force row level security;
create policy entitlement_basis_of_scope on entitlement_basis using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from entitlement e
    where e.county_code = entitlement_basis.county_code and e.id = entitlement_basis.entitlement_id)));
grant select, insert on entitlement_basis to wuxin_app;
grant update (layout, members, facts) on entitlement_basis to wuxin_app;

-- One approved standard applied to everybody whose rules read it.
create table reprice (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  standard_id uuid not null,
  parameter text not null,
  label text not null,
  document text not null,
  -- First month in which the standard holds.
  first_month month_text not null,
  -- Items and the version of their rules: what was counted is what is applied.
  items jsonb not null,
  state text not null check (state in ('counting', 'ready', 'applying', 'done', 'cancelled')),
  -- Whoever approved the standard, or asked for the count again.
  opened_by uuid,
  opened_by_name text not null,
  opened_at timestamptz not null,
  -- Amounts that fall are lowered too, from the first month that no roster has; only when asked for.
  lowers boolean not null,
  -- The present job, and the totals it came to.
  job_id uuid not null,
  preview jsonb,
  report jsonb,
  -- How far applying has come: the next job goes on from here.
  place jsonb,
  released_by uuid,
  released_by_name text,
  released_at timestamptz,
  release_note text,
  ended_at timestamptz,
  primary key (county_code, id),
  check ((released_by is null) = (released_at is null)),
  check (state not in ('applying', 'done') or (preview is not null and released_at is not null)),
  -- Who releases is not who opened.
  constraint reprice_two_people check (released_by <> opened_by),
  check ((ended_at is not null) = (state in ('done', 'cancelled')))
);
create unique index reprice_open_once on reprice (county_code, standard_id) where state in ('counting', 'ready', 'applying');
create index reprice_by_time on reprice (county_code, opened_at desc);
alter table reprice enable row level security;
alter table reprice force row level security;
-- A head holds sums and no person: staff of the county read it, whoever answers for the whole county writes.
create policy reprice_seen on reprice for select using (county_code = app_county() and app_scope() is not null);
create policy reprice_added on reprice for insert with check (county_code = app_county() and in_scope(county_code));
create policy reprice_moved on reprice for update using (county_code = app_county() and in_scope(county_code));
grant select, insert on reprice to wuxin_app;
grant update (state, job_id, lowers, preview, report, place, released_by, released_by_name, released_at, release_note, ended_at)
  on reprice to wuxin_app;

-- Whom a run leaves as he is, and why: somebody must look.
create table reprice_exception (
  county_code text not null,
  reprice_id uuid not null,
  entitlement_id uuid not null,
  division_code text not null,
  kind text not null check (kind in ('lower', 'leave', 'unknown')),
  before_fen bigint not null,
  after_fen bigint,
  primary key (county_code, reprice_id, entitlement_id),
  foreign key (county_code, reprice_id) references reprice (county_code, id),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id)
);
alter table reprice_exception enable row level security;
alter table reprice_exception force row level security;
create policy reprice_exception_seen on reprice_exception for select using (
  county_code = app_county() and ((select in_scope(app_county())) or in_scope(division_code)));
create policy reprice_exception_added on reprice_exception for insert
  with check (county_code = app_county() and in_scope(county_code));
grant select, insert on reprice_exception to wuxin_app;

-- An amount that a run gave: which run, and the facts of which decision (or change) it was computed from.
alter table entitlement_amount add column reprice_id uuid;
alter table entitlement_amount add column basis_id uuid;
alter table entitlement_amount add constraint entitlement_amount_of_run
  foreign key (county_code, reprice_id) references reprice (county_code, id);
-- However often a piece of a run is done again: one amount a household and month.
create unique index entitlement_amount_of_run_once on entitlement_amount (county_code, reprice_id, entitlement_id, from_month)
  where reprice_id is not null;
