-- The summary of a half year or a year: each saving is a version that stays; what is said of a number without source, and who
-- signed which version, is only ever added.

create table summary (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  kind text not null check (kind in ('half', 'year')),
  year integer not null check (year between 2000 and 2100),
  -- Indicators that the templates ask for and that had no value when the draft was made.
  missing jsonb not null,
  begun_at timestamptz not null,
  begun_by uuid not null,
  begun_by_name text not null,
  primary key (county_code, id)
);

create table summary_version (
  county_code text not null,
  summary_id uuid not null,
  version integer not null check (version > 0),
  content jsonb not null,
  saved_at timestamptz not null,
  saved_by uuid not null,
  saved_by_name text not null,
  primary key (county_code, summary_id, version),
  foreign key (county_code, summary_id) references summary (county_code, id)
);

create table summary_reason (
  county_code text not null,
  id uuid not null,
  summary_id uuid not null,
  -- The finding it speaks of; another number is another finding.
  key text not null check (key <> ''),
  reason text not null check (length(reason) >= 4),
  at timestamptz not null,
  actor_id uuid not null,
  actor_name text not null,
  primary key (county_code, id),
  foreign key (county_code, summary_id) references summary (county_code, id)
);
create index summary_reason_of_summary on summary_reason (county_code, summary_id, key);

create table summary_signature (
  county_code text not null,
  summary_id uuid not null,
  version integer not null,
  saved_by uuid not null,
  signed_at timestamptz not null,
  signed_by uuid not null,
  signed_by_name text not null,
  primary key (county_code, summary_id, version),
  foreign key (county_code, summary_id, version) references summary_version (county_code, summary_id, version),
  constraint summary_signature_second_person check (signed_by <> saved_by)
);

do $$
declare t text;
begin
  foreach t in array array['summary', 'summary_version', 'summary_reason', 'summary_signature'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county())', t || '_of_county', t);
  end loop;
end $$;

grant select, insert on summary, summary_version, summary_reason, summary_signature to wuxin_app;
