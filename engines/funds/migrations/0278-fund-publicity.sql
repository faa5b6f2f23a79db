-- 资金使用公示: what came in, was paid, came back and is left in a month, quarter or year, by source, paper and item. The
-- figures are those of the ledger when it was published and never change; nobody is named. It ends by itself with its
-- last day.
create table fund_publicity (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  period text not null check (period ~ '^\d{4}(-(0[1-9]|1[0-2])|Q[1-4])?$'),
  figures jsonb not null check (jsonb_typeof(figures) = 'array' and jsonb_array_length(figures) > 0),
  from_day date not null,
  to_day date not null,
  published_by uuid not null default app_account(),
  published_by_name text not null,
  published_at timestamptz not null,
  taken_down_at timestamptz,
  taken_down_by_name text,
  take_down_reason text check (length(btrim(take_down_reason)) >= 2),
  primary key (county_code, id),
  check (to_day >= from_day),
  check ((taken_down_at is null) = (take_down_reason is null) and (taken_down_at is null) = (taken_down_by_name is null))
);
create unique index fund_publicity_hangs_once on fund_publicity (county_code, period) where taken_down_at is null;
create index fund_publicity_by_day on fund_publicity (county_code, to_day) where taken_down_at is null;
alter table fund_publicity enable row level security;
alter table fund_publicity force row level security;
create policy fund_publicity_of_county on fund_publicity
  using (county_code = app_county() and in_scope(county_code));
grant select, insert, update (taken_down_at, taken_down_by_name, take_down_reason) on fund_publicity to wuxin_app;

-- What is said against it comes by the same form and gets the same clock as what is said against a list.
alter table roster_objection alter column publicity_id drop not null;
alter table roster_objection add column fund_publicity_id uuid;
alter table roster_objection add constraint roster_objection_fund_publicity_fkey
  foreign key (county_code, fund_publicity_id) references fund_publicity (county_code, id);
alter table roster_objection add constraint roster_objection_against_one
  check (num_nonnulls(publicity_id, fund_publicity_id) = 1);
create index roster_objection_of_fund_publicity on roster_objection (county_code, fund_publicity_id)
  where fund_publicity_id is not null;
