-- Numbers without gaps (the row is locked until the transaction that took a number ends), documents as they were
-- issued, and the register of uploaded files. The bytes lie sealed in the file store, by their SHA-256.
create table document_series (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  series text not null check (length(series) between 1 and 100),
  year int not null check (year between 2000 and 2100),
  last_number int not null check (last_number > 0),
  primary key (county_code, series, year)
);

create table document (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  case_id uuid,
  division_code text not null check (division_code like county_code || '%'),
  applicant_id uuid,
  code text not null,
  title text not null,
  series text not null,
  year int not null,
  sequence int not null check (sequence > 0),
  number text not null,
  issuer text not null,
  addressee text not null,
  body jsonb not null check (jsonb_typeof(body) = 'array'),
  issued_on date not null,
  issued_at timestamptz not null,
  issued_by uuid default app_account(),
  primary key (county_code, id),
  unique (county_code, series, year, sequence)
);
create index document_of_case on document (county_code, case_id, issued_at) where case_id is not null;
create index document_by_division on document (county_code, division_code, issued_on);

create table stored_file (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  size_bytes bigint not null check (size_bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  uploaded_at timestamptz not null,
  uploaded_by uuid default app_account(),
  owner_person_id uuid default app_person(),
  -- Empty until the file is attached to a case; set once.
  case_id uuid,
  division_code text check (division_code like county_code || '%'),
  applicant_id uuid,
  primary key (county_code, id),
  check ((case_id is null) = (division_code is null))
);
create index stored_file_of_case on stored_file (county_code, case_id) where case_id is not null;
create index stored_file_loose on stored_file (county_code, uploaded_at) where case_id is null;

alter table document_series enable row level security;
alter table document_series force row level security;
alter table document enable row level security;
alter table document force row level security;
alter table stored_file enable row level security;
alter table stored_file force row level security;

create policy document_series_of_county on document_series using (county_code = app_county());
create policy document_read on document for select using (
  county_code = app_county() and (in_scope(division_code) or applicant_id = app_person())
);
create policy document_issue on document for insert with check (county_code = app_county() and in_scope(division_code));
-- A loose file is the uploader's alone. A resident may attach the own files to the own case; that the case is the
-- resident's own is the cases engine's affair.
create policy stored_file_read on stored_file for select using (
  county_code = app_county()
  and (in_scope(division_code) or uploaded_by = app_account() or owner_person_id = app_person() or applicant_id = app_person())
);
create policy stored_file_add on stored_file for insert with check (
  county_code = app_county() and case_id is null and uploaded_by is not distinct from app_account()
  and owner_person_id is not distinct from app_person()
);
create policy stored_file_attach on stored_file for update
  using (
    county_code = app_county() and case_id is null
    and (uploaded_by = app_account() or owner_person_id = app_person() or app_scope() = app_county())
  )
  with check (county_code = app_county() and case_id is not null);

grant select, insert, update (last_number) on document_series to wuxin_app;
grant select, insert on document to wuxin_app;
grant select, insert, update (case_id, division_code, applicant_id) on stored_file to wuxin_app;
