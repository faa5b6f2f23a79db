-- People and households. Numbers are sealed, with a keyed digest beside them for equality; even the last four digits
-- of an ID are kept only as a digest, because with the birth date and the home county they are the whole number.
create table person (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  division_code text not null check (division_code like county_code || '%'),
  name text collate "C" not null check (length(name) between 1 and 50),
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  sex text not null check (sex in ('男', '女')),
  birth_date date not null,
  id_no_sealed bytea not null,
  id_no_digest bytea not null check (length(id_no_digest) = 32),
  id_tail_digest bytea not null check (length(id_tail_digest) = 32),
  phone_sealed bytea,
  phone_digest bytea check (length(phone_digest) = 32),
  address text not null check (length(address) <= 200),
  died_on date check (died_on >= birth_date),
  death_source text,
  -- Whereabouts and phone are not shown at village level (victims of violence, children in care).
  protected boolean not null default false,
  created_at timestamptz not null,
  created_by uuid default app_account(),
  primary key (county_code, id),
  unique (county_code, id_no_digest),
  -- Target of the keys below, so that a move carries the rows that hang on a person.
  unique (county_code, id, division_code),
  check ((phone_sealed is null) = (phone_digest is null)),
  check ((died_on is null) = (death_source is null))
);
create index person_by_name on person (county_code, name);
create index person_by_pinyin on person (county_code, pinyin);
create index person_by_initials on person (county_code, initials);
create index person_by_id_tail on person (county_code, id_tail_digest);
create index person_by_phone on person (county_code, phone_digest) where phone_digest is not null;
create index person_by_division on person (county_code, division_code, birth_date);
create index person_by_birth on person (county_code, birth_date) where died_on is null;

create table household (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  division_code text not null check (division_code like county_code || '%'),
  head_person_id uuid not null,
  address text not null check (length(address) <= 200),
  area_class text not null check (area_class in ('城市', '农村')),
  opened_on date not null,
  closed_on date check (closed_on >= opened_on),
  created_at timestamptz not null,
  created_by uuid default app_account(),
  primary key (county_code, id),
  unique (county_code, id, division_code),
  foreign key (county_code, head_person_id) references person (county_code, id)
);
create index household_by_division on household (county_code, division_code);
create index household_by_head on household (county_code, head_person_id);

create table household_member (
  county_code text not null default app_county(),
  id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  division_code text not null,
  relation text not null check (length(relation) between 1 and 20),
  from_date date not null,
  to_date date check (to_date >= from_date),
  end_reason text,
  recorded_at timestamptz not null,
  recorded_by uuid default app_account(),
  primary key (county_code, id),
  foreign key (county_code, household_id, division_code) references household (county_code, id, division_code) on update cascade,
  foreign key (county_code, person_id) references person (county_code, id)
);
-- A person is in at most one household at a time.
create unique index household_member_current on household_member (county_code, person_id) where to_date is null;
create index household_member_of_household on household_member (county_code, household_id, from_date);
create index household_member_of_person on household_member (county_code, person_id, from_date);

create table bank_account (
  county_code text not null default app_county(),
  id uuid not null,
  person_id uuid not null,
  division_code text not null,
  bank_name text not null check (length(bank_name) between 1 and 60),
  account_sealed bytea not null,
  account_digest bytea not null check (length(account_digest) = 32),
  holder_name text not null check (length(holder_name) between 1 and 50),
  since date not null,
  -- Null for the one in use. Old accounts stay: a payment says where it went.
  replaced_at timestamptz,
  reason text not null,
  recorded_at timestamptz not null,
  recorded_by uuid default app_account(),
  primary key (county_code, id),
  foreign key (county_code, person_id, division_code) references person (county_code, id, division_code) on update cascade
);
create unique index bank_account_current on bank_account (county_code, person_id) where replaced_at is null;
create index bank_account_of_person on bank_account (county_code, person_id, recorded_at);
create index bank_account_shared on bank_account (county_code, account_digest) where replaced_at is null;

create table relative_filing (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  division_code text not null check (division_code like county_code || '%'),
  case_id uuid not null,
  case_number text not null,
  applicant_id uuid not null,
  staff_name text not null,
  unit text not null,
  relation text not null,
  filed_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid default app_account(),
  primary key (county_code, id),
  foreign key (county_code, applicant_id) references person (county_code, id)
);
create index relative_filing_by_division on relative_filing (county_code, division_code, filed_on desc);
create index relative_filing_of_case on relative_filing (county_code, case_id);

-- Which household the acting resident lives in. It reads as the owner, whose only view of members is that one row,
-- because a policy on household_member cannot look into household_member itself.
create policy member_for_owner on household_member for select to wuxin_owner
  using (county_code = app_county() and person_id = app_person() and to_date is null);
create function app_household() returns uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select household_id from household_member
   where county_code = app_county() and person_id = app_person() and to_date is null;
end;
revoke all on function app_household() from public;
grant execute on function app_household() to wuxin_app;

-- Who holds a full ID number may learn that the person is registered, wherever in the county: so that nobody is entered
-- twice. Nothing else crosses a township's border.
create policy person_for_owner on person to wuxin_owner using (county_code = app_county());
create function person_by_id_digests(digests bytea[])
  returns table (id_no_digest bytea, id uuid, name text, division_code text, died_on date)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id_no_digest, p.id, p.name, p.division_code, p.died_on from person p
   where p.county_code = app_county() and p.id_no_digest = any (digests);
end;
revoke all on function person_by_id_digests(bytea[]) from public;
grant execute on function person_by_id_digests(bytea[]) to wuxin_app;

-- A person of another township who belongs to no household there moves with an application made here; who does belong
-- to one must first leave it, which that township does.
create policy member_lookup_for_owner on household_member for select to wuxin_owner
  using (county_code = app_county() and to_date is null and app_scope() is not null);
create function person_claim(digest bytea, division text) returns setof uuid
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update person p set division_code = division
   where p.county_code = app_county() and p.id_no_digest = digest and p.died_on is null and in_scope(division)
     and not exists (
       select 1 from household_member m
        where m.county_code = p.county_code and m.person_id = p.id and m.to_date is null)
  returning p.id;
end;
revoke all on function person_claim(bytea, text) from public;
grant execute on function person_claim(bytea, text) to wuxin_app;

alter table person enable row level security;
alter table person force row level security;
alter table household enable row level security;
alter table household force row level security;
alter table household_member enable row level security;
alter table household_member force row level security;
alter table bank_account enable row level security;
alter table bank_account force row level security;
alter table relative_filing enable row level security;
alter table relative_filing force row level security;

-- Staff: by division. Residents: themselves and who lives with them now.
create policy household_member_read on household_member for select to wuxin_app using (
  county_code = app_county()
  and (in_scope(division_code) or (to_date is null and household_id = (select app_household())))
);
create policy household_member_add on household_member for insert to wuxin_app
  with check (county_code = app_county() and in_scope(division_code));
create policy household_member_change on household_member for update to wuxin_app
  using (county_code = app_county() and in_scope(division_code));

create policy household_read on household for select to wuxin_app using (
  county_code = app_county() and (in_scope(division_code) or id = (select app_household()))
);
create policy household_add on household for insert to wuxin_app
  with check (county_code = app_county() and in_scope(division_code));
create policy household_change on household for update to wuxin_app
  using (county_code = app_county() and in_scope(division_code));

create policy person_read on person for select to wuxin_app using (
  county_code = app_county()
  and (
    in_scope(division_code)
    or id = app_person()
    or id = any (array(
         select m.person_id from household_member m
          where m.county_code = app_county() and m.household_id = (select app_household()) and m.to_date is null))
  )
);
create policy person_add on person for insert to wuxin_app
  with check (county_code = app_county() and in_scope(division_code));
create policy person_change on person for update to wuxin_app
  using (county_code = app_county() and in_scope(division_code));

create policy bank_account_read on bank_account for select to wuxin_app using (
  county_code = app_county() and (in_scope(division_code) or person_id = app_person())
);
create policy bank_account_add on bank_account for insert to wuxin_app
  with check (county_code = app_county() and in_scope(division_code));
create policy bank_account_change on bank_account for update to wuxin_app
  using (county_code = app_county() and in_scope(division_code));

create policy relative_filing_read on relative_filing for select to wuxin_app
  using (county_code = app_county() and in_scope(division_code));
create policy relative_filing_add on relative_filing for insert to wuxin_app
  with check (county_code = app_county() and in_scope(division_code));

grant select, insert,
  update (name, pinyin, initials, division_code, phone_sealed, phone_digest, address, died_on, death_source, protected)
  on person to wuxin_app;
grant select, insert, update (division_code, head_person_id, address, area_class, closed_on) on household to wuxin_app;
grant select, insert, update (relation, to_date, end_reason) on household_member to wuxin_app;
grant select, insert, update (replaced_at) on bank_account to wuxin_app;
grant select, insert on relative_filing to wuxin_app;
