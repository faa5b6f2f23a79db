-- 委托核对批次: who is asked about, sent once to a system that no line reaches, by two people; what came back, line by line.
create table check_package (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  number text not null,
  -- Control totals of the file.
  persons int not null check (persons > 0),
  lines int not null check (lines >= persons),
  -- SHA-256 of the file, hex, and the file as it goes out: whoever fetches it again gets the same bytes.
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  file_sealed bytea not null,
  made_at timestamptz not null,
  made_by uuid not null,
  made_by_name text not null,
  sent_at timestamptz,
  sent_by uuid,
  sent_by_name text,
  -- Answered by then, or the partner is asked why.
  due_on date,
  -- 接收回执: what the partner says it took in.
  receipt_on date,
  receipt_number text,
  receipt_lines int,
  receipt_by_name text,
  -- A draft dropped, or a sent package withdrawn with its reason.
  ended_at timestamptz,
  ended_by_name text,
  ended_because text,
  primary key (county_code, id),
  unique (county_code, number),
  check (num_nulls(sent_at, sent_by, sent_by_name, due_on) in (0, 4)),
  -- Whoever made it does not send it.
  check (sent_by is null or sent_by <> made_by),
  check (num_nulls(receipt_on, receipt_number, receipt_lines, receipt_by_name) in (0, 4)),
  check (receipt_on is null or sent_at is not null),
  check (receipt_lines is null or receipt_lines between 0 and lines),
  check ((ended_at is null) = (ended_by_name is null)),
  check ((ended_because is null) = (ended_at is null or sent_at is null))
);
create index check_package_newest on check_package (county_code, made_at desc);

-- Whom a package asks about, for which case; who belongs to two cases stands for each and is asked once.
create table check_package_case (
  county_code text not null check (county_code ~ '^\d{6}$'),
  package_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  primary key (county_code, package_id, case_id, person_id),
  foreign key (county_code, package_id) references check_package (county_code, id),
  foreign key (county_code, case_id) references case_file (county_code, id),
  foreign key (county_code, person_id) references person (county_code, id)
);
create index check_package_case_of_case on check_package_case (county_code, case_id);

-- A file that came back: how many lines it answered and how many were taken, or why it was refused as a whole.
create table check_answer (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  package_id uuid,
  file_name text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  lines int not null check (lines >= 0),
  accepted int not null check (accepted between 0 and lines),
  refusal text,
  received_at timestamptz not null,
  received_by_name text not null,
  primary key (county_code, id),
  -- The same file is taken once.
  unique (county_code, package_id, digest),
  foreign key (county_code, package_id) references check_package (county_code, id),
  check ((package_id is null) = (refusal is not null)),
  check (refusal is null or lines = 0)
);
create index check_answer_newest on check_answer (county_code, received_at desc);

-- One person and one item.
create table check_package_row (
  county_code text not null check (county_code ~ '^\d{6}$'),
  package_id uuid not null,
  line int not null check (line > 0),
  person_id uuid not null,
  id_no_digest bytea not null,
  feed text not null,
  item text not null,
  answer_id uuid,
  as_of date,
  -- What was found; null inside where nothing was.
  found_sealed bytea,
  primary key (county_code, package_id, line),
  unique (county_code, package_id, person_id, item),
  foreign key (county_code, package_id) references check_package (county_code, id),
  foreign key (county_code, person_id) references person (county_code, id),
  foreign key (county_code, answer_id) references check_answer (county_code, id),
  check (num_nulls(answer_id, as_of, found_sealed) in (0, 3))
);
create index check_package_row_of_person on check_package_row (county_code, person_id) where answer_id is not null;

-- A line that was not taken: its place in the file and why, no personal data.
create table check_answer_refusal (
  county_code text not null check (county_code ~ '^\d{6}$'),
  answer_id uuid not null,
  line int not null check (line > 0),
  reason text not null check (reason in ('order', 'digits', 'person', 'not-asked', 'twice', 'value')),
  primary key (county_code, answer_id, line),
  foreign key (county_code, answer_id) references check_answer (county_code, id)
);

-- Files go out from the county and come to it. What was found of a person is told elsewhere only in a report about him.
do $$
declare t text;
begin
  foreach t in array array['check_package', 'check_package_case', 'check_answer', 'check_package_row', 'check_answer_refusal'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county() and app_person() is null and (select in_scope(app_county())))',
      t || '_of_county', t);
  end loop;
end $$;
grant select, insert on check_package, check_package_case, check_answer, check_package_row, check_answer_refusal to wuxin_app;
grant update (sent_at, sent_by, sent_by_name, due_on, receipt_on, receipt_number, receipt_lines, receipt_by_name,
  ended_at, ended_by_name, ended_because) on check_package to wuxin_app;
grant update (answer_id, as_of, found_sealed) on check_package_row to wuxin_app;
