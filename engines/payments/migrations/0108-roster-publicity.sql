-- One benefit of a roster, published for some days: who was paid (name), for how many, how much. What is shown is read
-- from the lines; nobody who is not grown up is among them. It ends by itself with its last day.
create table roster_publicity (
  county_code text not null,
  id uuid not null,
  roster_id uuid not null,
  item text not null,
  article text not null,
  from_day date not null,
  to_day date not null,
  published_by uuid not null,
  published_by_name text not null,
  published_at timestamptz not null,
  taken_down_at timestamptz,
  taken_down_by_name text,
  take_down_reason text,
  primary key (county_code, id),
  foreign key (county_code, roster_id) references roster (county_code, id),
  check (to_day >= from_day),
  check ((taken_down_at is null) = (take_down_reason is null))
);
create unique index roster_publicity_hangs_once on roster_publicity (county_code, roster_id, item)
  where taken_down_at is null;
create index roster_publicity_by_day on roster_publicity (county_code, to_day) where taken_down_at is null;
alter table roster_publicity enable row level security;
alter table roster_publicity force row level security;
create policy roster_publicity_of_county on roster_publicity
  using (county_code = app_county() and in_scope(county_code));
grant select, insert, update (taken_down_at, taken_down_by_name, take_down_reason) on roster_publicity to wuxin_app;
