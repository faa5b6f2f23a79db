-- A fact is entered once, with its source and its time; a correction is a further fact. Nothing is changed or removed.
create table fact (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  subject_kind text not null check (subject_kind in ('person', 'household', 'case')),
  subject_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  value jsonb not null check (jsonb_typeof(value) in ('string', 'number', 'boolean', 'null')),
  source text not null,
  source_rank int not null,
  reference text,
  valid_from date not null,
  recorded_at timestamptz not null,
  recorded_by uuid default app_account(),
  recorded_by_name text not null,
  case_id uuid,
  -- Only for subject_kind 'case', whose table belongs to a later engine: where it is handled, and whose it is.
  division_code text,
  applicant_id uuid,
  primary key (county_code, id),
  check (subject_kind <> 'case' or division_code is not null),
  check (division_code is null or division_code like county_code || '%')
);
create index fact_of_subject on fact (county_code, subject_id, name, source_rank desc, recorded_at desc, id desc);
create index fact_of_case on fact (county_code, case_id) where case_id is not null;

alter table fact enable row level security;
alter table fact force row level security;
-- Who sees the person or the household (their own policies decide, inside these subqueries) sees its facts.
create policy fact_of_subject on fact using (
  county_code = app_county()
  and case subject_kind
        when 'person' then exists (select 1 from person p where p.county_code = fact.county_code and p.id = fact.subject_id)
        when 'household' then exists (select 1 from household h where h.county_code = fact.county_code and h.id = fact.subject_id)
        else in_scope(division_code) or applicant_id = app_person()
      end
);
grant select, insert on fact to wuxin_app;
