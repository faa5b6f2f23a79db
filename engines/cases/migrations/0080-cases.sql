-- Cases: what residents apply for and the bureau decides. `case_action` and `case_decision` are append-only and are the
-- truth; `case_file`, `case_clock` and `publicity` hold what a list must find quickly and are derived from them.

create table case_file (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  item text not null,
  number text not null,
  subject text not null check (subject in ('household', 'person')),
  state text not null,
  version integer not null check (version > 0),
  is_open boolean not null,
  household_id uuid,
  applicant_id uuid not null,
  applicant_name text not null,
  member_ids uuid[] not null,
  division_code text not null check (division_code ~ '^(\d{6}|\d{9}|\d{12})$'),
  address text not null,
  area_class text not null,
  channel text not null,
  relative boolean not null,
  agent_sealed bytea,
  -- HMAC of number and last six of the applicant's ID: lets a person without an account look up progress.
  tracking_digest bytea not null,
  submitted_on date not null,
  submitted_at timestamptz not null,
  submitted_by uuid,
  -- The earliest running clock, for lists and the workbench.
  due_on date,
  warn_on date,
  due_key text,
  amount_fen bigint,
  primary key (county_code, id),
  unique (county_code, number),
  foreign key (county_code, applicant_id) references person (county_code, id),
  foreign key (county_code, household_id) references household (county_code, id),
  check (division_code like county_code || '%')
);
create index case_file_newest on case_file (county_code, submitted_at desc, id desc);
create index case_file_division on case_file (county_code, division_code);
create index case_file_due on case_file (county_code, due_on, id) where is_open;
create index case_file_state on case_file (county_code, item, state, submitted_at desc);
create index case_file_applicant on case_file (county_code, applicant_id);
create index case_file_members on case_file using gin (member_ids);
create index case_file_household on case_file (county_code, household_id);
create index case_file_tracking on case_file (county_code, tracking_digest);

alter table case_file enable row level security;
alter table case_file force row level security;
-- Staff by division; a resident sees cases of himself, of his household, and those he filed for another.
-- The settings stand in sub-selects so that they are read once for a statement and not for every row.
create policy case_file_seen on case_file using (
  county_code = (select app_county()) and (
    (division_code >= (select app_scope()) and division_code < (select app_scope() || 'z'))
    or applicant_id = (select app_person())
    or (select app_person()) = any (member_ids)
    or ((select app_scope()) is null and submitted_by = (select app_account()))
  )
);
grant select, insert on case_file to wuxin_app;
grant update (state, version, is_open, due_on, warn_on, due_key, amount_fen) on case_file to wuxin_app;

-- Whoever sees the file sees what belongs to it. A scalar lookup by key, on purpose: `exists` would be planned as a hash of
-- every file in scope, to read the few rows of one case. Who sees the whole county is told so once, so that sets of many
-- thousand rows (figures, lists) need no lookup at all.
create table case_action (
  county_code text not null,
  case_id uuid not null,
  seq integer not null check (seq > 0),
  id uuid not null,
  action text not null,
  from_state text not null,
  to_state text not null,
  acted_on date not null,
  acted_at timestamptz not null,
  account_id uuid,
  person_id uuid,
  actor_name text not null,
  role text not null,
  data jsonb not null,
  -- Answers that are identity numbers, phones or accounts, as sealed JSON.
  data_sealed bytea,
  outcome jsonb not null,
  primary key (county_code, case_id, seq),
  unique (county_code, id),
  foreign key (county_code, case_id) references case_file (county_code, id)
);
alter table case_action enable row level security;
alter table case_action force row level security;
create policy case_action_of_case on case_action using (
  county_code = (select app_county())
  and ((select in_scope(app_county()))
       or (select true from case_file f where f.county_code = case_action.county_code and f.id = case_action.case_id))
);
grant select, insert on case_action to wuxin_app;

create table case_clock (
  county_code text not null,
  case_id uuid not null,
  key text not null,
  round integer not null check (round > 0),
  started_on date not null,
  limit_units integer not null check (limit_units >= 0),
  unit text not null check (unit in ('workingDays', 'calendarDays', 'months')),
  owner text not null,
  due_on date not null,
  warn_on date not null,
  stopped_on date,
  primary key (county_code, case_id, key, round),
  foreign key (county_code, case_id) references case_file (county_code, id)
);
create index case_clock_due on case_clock (county_code, due_on) where stopped_on is null;
alter table case_clock enable row level security;
alter table case_clock force row level security;
create policy case_clock_of_case on case_clock using (
  county_code = (select app_county())
  and ((select in_scope(app_county()))
       or (select true from case_file f where f.county_code = case_clock.county_code and f.id = case_clock.case_id))
);
grant select, insert on case_clock to wuxin_app;
grant update (limit_units, due_on, warn_on, stopped_on) on case_clock to wuxin_app;

create table case_decision (
  county_code text not null,
  id uuid not null,
  case_id uuid not null,
  seq integer not null,
  kind text not null check (kind in ('award', 'refuse', 'adjust', 'continue', 'gradual-exit', 'stop')),
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  eligible boolean,
  amount_fen bigint,
  persons integer,
  covered uuid[] not null,
  from_month text,
  until_month text,
  review_months integer,
  review_class text,
  rule_version text not null,
  inputs jsonb not null,
  trace jsonb not null,
  explanation jsonb not null,
  reason text,
  decided_on date not null,
  decided_at timestamptz not null,
  account_id uuid,
  decided_by text not null,
  primary key (county_code, id),
  unique (county_code, case_id, seq),
  foreign key (county_code, case_id) references case_file (county_code, id)
);
alter table case_decision enable row level security;
alter table case_decision force row level security;
create policy case_decision_of_case on case_decision using (
  county_code = (select app_county())
  and ((select in_scope(app_county()))
       or (select true from case_file f where f.county_code = case_decision.county_code and f.id = case_decision.case_id))
);
grant select, insert on case_decision to wuxin_app;

create table publicity (
  county_code text not null,
  id uuid not null,
  case_id uuid not null,
  code text not null,
  item text not null,
  title text not null,
  article text not null,
  division_code text not null,
  from_date date not null,
  to_date date not null,
  -- Label and text of the lawful fields, frozen at posting; nothing else of the case is here.
  rows jsonb not null,
  accepts_objections boolean not null,
  taken_down_on date,
  primary key (county_code, id),
  foreign key (county_code, case_id) references case_file (county_code, id),
  check (to_date >= from_date)
);
create index publicity_hanging on publicity (county_code, to_date) where taken_down_on is null;
create index publicity_case on publicity (county_code, case_id);
alter table publicity enable row level security;
alter table publicity force row level security;
-- Everybody may read what hangs; what was taken down is for those who may read the case.
create policy publicity_read on publicity for select using (
  county_code = app_county() and (
    taken_down_on is null
    or (select true from case_file f where f.county_code = publicity.county_code and f.id = publicity.case_id)
  )
);
create policy publicity_post on publicity for insert with check (
  county_code = app_county() and in_scope(division_code)
);
create policy publicity_take_down on publicity for update using (
  county_code = app_county() and in_scope(division_code)
);
grant select, insert on publicity to wuxin_app;
grant update (taken_down_on) on publicity to wuxin_app;

create table objection (
  county_code text not null,
  id uuid not null,
  publicity_id uuid not null,
  case_id uuid not null,
  -- Name and phone of the objector, sealed: shown to handling staff only, never to the applicant.
  contact_sealed bytea not null,
  text text not null,
  made_on date not null,
  made_at timestamptz not null,
  handled_on date,
  handled_seq integer,
  outcome text,
  primary key (county_code, id),
  foreign key (county_code, publicity_id) references publicity (county_code, id),
  foreign key (county_code, case_id) references case_file (county_code, id)
);
create index objection_case on objection (county_code, case_id);
create index objection_open on objection (county_code, publicity_id) where handled_on is null;
alter table objection enable row level security;
alter table objection force row level security;
create policy objection_read on objection for select using (
  county_code = (select app_county())
  and (select true from case_file f where f.county_code = objection.county_code and f.id = objection.case_id)
);
create policy objection_make on objection for insert with check (
  county_code = app_county()
  and exists (
    select 1 from publicity p
     where p.county_code = objection.county_code and p.id = objection.publicity_id and p.case_id = objection.case_id
       and p.taken_down_on is null and p.accepts_objections
  )
);
create policy objection_handle on objection for update using (
  county_code = (select app_county())
  and (select true from case_file f where f.county_code = objection.county_code and f.id = objection.case_id)
);
grant select, insert on objection to wuxin_app;
grant update (handled_on, handled_seq, outcome) on objection to wuxin_app;

-- Drafts belong to the account that types them, to nobody else, and are sealed as a whole.
create table case_draft (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  account_id uuid not null,
  item text not null,
  body_sealed bytea not null,
  saved_at timestamptz not null,
  primary key (county_code, id)
);
create index case_draft_account on case_draft (county_code, account_id, saved_at desc);
alter table case_draft enable row level security;
alter table case_draft force row level security;
create policy case_draft_own on case_draft using (county_code = app_county() and account_id = app_account());
grant select, insert, update, delete on case_draft to wuxin_app;
