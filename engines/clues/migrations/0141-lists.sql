-- Lists of people exchanged with another department's monitoring (防返贫): what came, row by row, what we recognised, and
-- what we gave. A recognised person carries the class as a tag until it ends; tags are never removed.

create table exchanged_list (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  partner text not null check (length(partner) between 1 and 60),
  class text not null check (length(class) between 1 and 30),
  file_name text not null,
  total int not null,
  recognised int not null,
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  primary key (county_code, id)
);

create table exchanged_row (
  county_code text not null default app_county(),
  list_id uuid not null,
  line int not null check (line > 0),
  name text not null,
  id_no_digest bytea,
  id_no_masked text not null,
  person_id uuid,
  recognised boolean not null,
  -- In words: why it was not recognised, or what it was recognised as.
  reason text not null,
  primary key (county_code, list_id, line),
  foreign key (county_code, list_id) references exchanged_list (county_code, id),
  foreign key (county_code, person_id) references person (county_code, id)
);
create index exchanged_row_of_person on exchanged_row (county_code, person_id) where person_id is not null;

create table low_income_tag (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  person_id uuid not null,
  class text not null,
  from_on date not null,
  until_on date check (until_on >= from_on),
  list_id uuid not null,
  primary key (county_code, person_id, class, from_on),
  foreign key (county_code, person_id) references person (county_code, id),
  foreign key (county_code, list_id) references exchanged_list (county_code, id)
);
create unique index low_income_tag_current on low_income_tag (county_code, person_id, class) where until_on is null;

alter table exchanged_list enable row level security;
alter table exchanged_list force row level security;
alter table exchanged_row enable row level security;
alter table exchanged_row force row level security;
alter table low_income_tag enable row level security;
alter table low_income_tag force row level security;

create policy exchanged_list_of_county on exchanged_list using (county_code = app_county() and in_scope(county_code));
create policy exchanged_row_of_county on exchanged_row using (county_code = app_county() and in_scope(county_code));
create policy low_income_tag_of_person on low_income_tag using (
  county_code = app_county()
  and exists (select from person p where p.county_code = low_income_tag.county_code and p.id = low_income_tag.person_id)
);
grant select, insert on exchanged_list, exchanged_row to wuxin_app;
grant select, insert, update (until_on) on low_income_tag to wuxin_app;
