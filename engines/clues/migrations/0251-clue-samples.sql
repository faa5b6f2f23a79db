-- The county's second look: closed clues of a month, drawn by lot. Whoever knows the seed draws the same ones again from the
-- same closed clues; a list is only added, never drawn anew until it pleases.

create table clue_sample (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  month month_text not null,
  percent smallint not null check (percent between 1 and 100),
  seed text not null check (seed ~ '^[0-9a-f]{32}$'),
  population int not null check (population > 0),
  -- Of the closed clues that it was drawn from.
  population_sha256 text not null check (population_sha256 ~ '^[0-9a-f]{64}$'),
  -- In the order of their tickets.
  drawn uuid[] not null check (cardinality(drawn) between 1 and population),
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  primary key (county_code, id)
);
create index clue_sample_of_month on clue_sample (county_code, month);
alter table clue_sample enable row level security;
alter table clue_sample force row level security;
create policy clue_sample_of_county on clue_sample using (county_code = app_county() and in_scope(county_code));
grant select, insert on clue_sample to wuxin_app;
