-- Who must support a member of the household and does not live in it: named for a case, asked about only once he has signed.
create table check_supporter (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  case_id uuid not null,
  -- Of the case.
  division_code text not null check (division_code like county_code || '%'),
  -- The member whom he must support.
  of_person_id uuid not null,
  name text not null check (length(name) between 1 and 50),
  relation text not null check (length(relation) between 1 and 30),
  id_no_sealed bytea not null,
  id_no_digest bytea not null,
  -- What he declared: income, whom else he supports, an agreement.
  declared_sealed bytea not null,
  named_at timestamptz not null,
  named_by uuid,
  named_by_name text not null,
  -- In the registry, and so in any watch list, from the signature on.
  person_id uuid,
  authorised_at timestamptz,
  authorised_on date,
  authorised_until date,
  authorisation_file uuid,
  authorised_by_name text,
  removed_at timestamptz,
  removed_by_name text,
  removed_because_sealed bytea,
  primary key (county_code, id),
  foreign key (county_code, case_id) references case_file (county_code, id),
  foreign key (county_code, of_person_id) references person (county_code, id),
  foreign key (county_code, person_id) references person (county_code, id),
  check ((person_id is null) = (authorised_at is null)),
  check ((authorised_at is null) = (authorised_on is null) and (authorised_at is null) = (authorised_until is null)
    and (authorised_at is null) = (authorisation_file is null) and (authorised_at is null) = (authorised_by_name is null)),
  check (authorised_until > authorised_on),
  check ((removed_at is null) = (removed_by_name is null) and (removed_at is null) = (removed_because_sealed is null))
);
create unique index check_supporter_once on check_supporter (county_code, case_id, of_person_id, id_no_digest)
  where removed_at is null;
create index check_supporter_person on check_supporter (county_code, person_id) where person_id is not null;

alter table check_supporter enable row level security;
alter table check_supporter force row level security;
create policy check_supporter_of_scope on check_supporter using (county_code = app_county() and app_person() is null
  and ((select in_scope(app_county())) or in_scope(division_code)));
grant select, insert on check_supporter to wuxin_app;
grant update (declared_sealed, person_id, authorised_at, authorised_on, authorised_until, authorisation_file, authorised_by_name,
  removed_at, removed_by_name, removed_because_sealed) on check_supporter to wuxin_app;
