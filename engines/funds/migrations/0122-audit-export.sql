-- The auditor's exports: who asked for one, and what it came to. The file itself lies in the file store.
create table audit_export (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  requested_by uuid not null,
  requested_by_name text not null,
  requested_at timestamptz not null,
  finished_at timestamptz,
  file_sha256 text check (file_sha256 ~ '^[0-9a-f]{64}$'),
  file_bytes bigint,
  row_count bigint,
  manifest_sha256 text check (manifest_sha256 ~ '^[0-9a-f]{64}$'),
  primary key (county_code, id),
  check ((finished_at is null) = (file_sha256 is null) and (finished_at is null) = (manifest_sha256 is null))
);
alter table audit_export enable row level security;
alter table audit_export force row level security;
create policy audit_export_of_county on audit_export using (county_code = app_county() and in_scope(county_code));
grant select, insert, update (finished_at, file_sha256, file_bytes, row_count, manifest_sha256) on audit_export
  to wuxin_app;
