-- The working calendar of a county: one row per year that somebody has looked at, one per day that differs from an
-- ordinary week. A year is `published` once the State Council's notice for it was entered.
create table calendar_year (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  year int not null check (year between 2000 and 2100),
  published boolean not null,
  document text check (document is null or length(document) <= 200),
  saved_at timestamptz not null,
  saved_by uuid default app_account(),
  primary key (county_code, year),
  check (not published or document is not null)
);
create table calendar_day (
  county_code text not null default app_county(),
  date date not null,
  year int not null generated always as (extract(year from date)::int) stored,
  kind text not null check (kind in ('off', 'on')),
  name text not null check (length(name) <= 40),
  primary key (county_code, date),
  foreign key (county_code, year) references calendar_year (county_code, year)
);
create index calendar_day_of_year on calendar_day (county_code, year);

alter table calendar_year enable row level security;
alter table calendar_year force row level security;
alter table calendar_day enable row level security;
alter table calendar_day force row level security;
-- Everybody in the county counts by the same calendar, residents too.
create policy calendar_year_of_county on calendar_year using (county_code = app_county());
create policy calendar_day_of_county on calendar_day using (county_code = app_county());
grant select, insert, update (published, document, saved_at, saved_by) on calendar_year to wuxin_app;
grant select, insert, delete on calendar_day to wuxin_app;
