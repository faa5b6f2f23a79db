-- Whom somebody must visit, call or check, the visits that did it, and the devices that carry the lists about. One visit
-- answers every duty of its person or household. What stays known about a subject (the card) is kept field by field.

create table duty (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  duty text not null,
  -- The stop: a household where there is one, else the person.
  subject_id uuid not null,
  person_id uuid not null,
  household_id uuid,
  division_code text not null check (division_code like county_code || '%'),
  -- Month of a repeating duty; the day of one that has its own.
  period text not null,
  -- Why: the group, the benefit.
  reason text not null,
  opened_on date not null,
  due_on date not null,
  entitlement_id uuid,
  state text not null check (state in ('open', 'done', 'void')),
  visit_id uuid,
  done_on date,
  primary key (county_code, id),
  unique (county_code, duty, person_id, period),
  foreign key (county_code, person_id) references person (county_code, id),
  check ((state = 'done') = (visit_id is not null and done_on is not null))
);
create index duty_open on duty (county_code, division_code, due_on) where state = 'open';
create index duty_of_subject on duty (county_code, subject_id);

create table visit (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  subject_id uuid not null,
  person_id uuid,
  household_id uuid,
  division_code text not null check (division_code like county_code || '%'),
  title text not null,
  method text not null check (method in ('visit', 'call', 'check')),
  on_date date not null,
  at timestamptz not null,
  received_at timestamptz not null,
  device_id uuid,
  -- Where the phone said it was; null when it did not know.
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  accuracy_m int check (accuracy_m >= 0),
  -- What was answered: health, hardship; sealed as a whole.
  answers_sealed bytea not null,
  photos uuid[] not null,
  signature_id uuid,
  by_account uuid default app_account(),
  by_name text not null,
  primary key (county_code, id)
);
create index visit_of_subject on visit (county_code, subject_id, at);
create index visit_by_division on visit (county_code, division_code, on_date);

-- What one visit answered: duties, and clues by their id.
create table visit_answer (
  county_code text not null default app_county(),
  visit_id uuid not null,
  kind text not null check (kind in ('duty', 'clue')),
  target_id uuid not null,
  title text not null,
  primary key (county_code, visit_id, target_id),
  foreign key (county_code, visit_id) references visit (county_code, id)
);

create table card_field (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  subject_id uuid not null,
  field text not null,
  version int not null check (version > 0),
  division_code text not null check (division_code like county_code || '%'),
  value_sealed bytea not null,
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  primary key (county_code, subject_id, field, version)
);

-- Two people changed one field from the same version: both are kept, a person chooses.
create table card_conflict (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  subject_id uuid not null,
  field text not null,
  division_code text not null check (division_code like county_code || '%'),
  visit_id uuid not null,
  -- What the visitor started from, and what stood there when it came.
  base_version int not null,
  their_version int not null,
  mine_sealed bytea not null,
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  resolved_at timestamptz,
  resolved_by_name text,
  kept text check (kept in ('mine', 'theirs')),
  primary key (county_code, id),
  foreign key (county_code, visit_id) references visit (county_code, id),
  check ((resolved_at is null) = (kept is null))
);
create index card_conflict_open on card_conflict (county_code, division_code) where resolved_at is null;

-- A phone that may carry a list. Its key is made here, handed over in a session, and withheld once revoked.
create table field_device (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  account_id uuid not null,
  account_name text not null,
  division_code text not null check (division_code like county_code || '%'),
  label text not null check (length(label) <= 100),
  key_sealed bytea not null,
  enrolled_at timestamptz not null,
  last_seen_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by_name text,
  primary key (county_code, id),
  foreign key (county_code, account_id) references account (county_code, id),
  check ((revoked_at is null) = (revoked_by_name is null))
);
create index field_device_of_account on field_device (county_code, account_id);

do $$
declare t text;
begin
  foreach t in array array['duty', 'visit', 'card_field', 'card_conflict', 'field_device'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county() and in_scope(division_code))', t || '_of_scope', t);
  end loop;
end $$;
alter table visit_answer enable row level security;
alter table visit_answer force row level security;
create policy visit_answer_of_visit on visit_answer using (
  county_code = app_county()
  and exists (select from visit v where v.county_code = visit_answer.county_code and v.id = visit_answer.visit_id)
);

grant select, insert, update (state, visit_id, done_on, due_on, reason) on duty to wuxin_app;
grant select, insert on visit, visit_answer, card_field to wuxin_app;
grant select, insert, update (resolved_at, resolved_by_name, kept) on card_conflict to wuxin_app;
grant select, insert, update (last_seen_at, revoked_at, revoked_by_name, key_sealed) on field_device to wuxin_app;
