-- A figure that 动态调标 worked out, and that a person said is not to be: with his reason, kept. It is about that working
-- (what followed what, from when, how much): another one is another proposal. Only added to.
create table growth_refusal (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  parameter text not null check (length(parameter) between 1 and 100),
  working text not null check (working <> ''),
  reason text not null check (length(btrim(reason)) between 2 and 500),
  refused_by uuid not null default app_account(),
  refused_by_name text not null,
  refused_at timestamptz not null,
  primary key (county_code, id)
);
create unique index growth_refusal_once on growth_refusal (county_code, parameter, md5(working));
alter table growth_refusal enable row level security;
alter table growth_refusal force row level security;
create policy growth_refusal_read on growth_refusal for select using (county_code = app_county());
create policy growth_refusal_add on growth_refusal for insert
  with check (county_code = app_county() and in_scope(app_county()));
grant select, insert on growth_refusal to wuxin_app;
