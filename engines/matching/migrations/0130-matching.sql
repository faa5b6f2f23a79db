-- Lists of other departments, matched against the people whom the county watches. Only rows about these people are kept,
-- sealed; the file is deleted after its run and the deletion recorded.

create table feed_run (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  feed text not null check (feed <> ''),
  origin text not null check (origin in ('console', 'api', 'folder', 'connector')),
  file_name text not null,
  file_bytes bigint not null check (file_bytes >= 0),
  -- The day as of which the list speaks; the day of receipt unless said.
  as_of date not null,
  state text not null check (state in ('waiting', 'done', 'refused', 'failed')),
  -- Counts, encoding, refused rows by reason: figures and places in the file, no personal data.
  report jsonb not null default '{}',
  received_at timestamptz not null,
  received_by uuid,
  received_by_name text not null,
  ended_at timestamptz,
  file_deleted_at timestamptz,
  primary key (county_code, id),
  check ((state = 'waiting') = (ended_at is null)),
  check (file_deleted_at is null or ended_at is not null)
);
create index feed_run_by_feed on feed_run (county_code, feed, received_at desc);
create index feed_run_with_file on feed_run (county_code) where file_deleted_at is null;

-- What a run said of one watched person: figures for the rules, and the rows themselves, sealed.
create table feed_match (
  county_code text not null,
  run_id uuid not null,
  person_id uuid not null,
  division_code text not null,
  feed text not null,
  as_of date not null,
  rows integer not null check (rows > 0),
  -- Likeness of a match by name and birth; null for a match by number.
  score real check (score between 0 and 1),
  facts jsonb not null,
  -- Codes of bodies the person stands behind (统一社会信用代码), for feeds that only know those.
  codes text[],
  sealed bytea not null,
  primary key (county_code, run_id, person_id),
  foreign key (county_code, run_id) references feed_run (county_code, id),
  foreign key (county_code, person_id) references person (county_code, id),
  check (division_code like county_code || '%')
);
create index feed_match_of_person on feed_match (county_code, person_id, feed, as_of desc);
create index feed_match_codes on feed_match (county_code, feed) where codes is not null;

-- One fact of one person under one rule: told again it is the same alert.
create table alert (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  feed text not null,
  rule text not null,
  rule_version text not null,
  level smallint not null check (level between 1 and 3),
  proposes text not null check (proposes in ('review', 'help', 'stop-payment')),
  person_id uuid not null,
  household_id uuid,
  division_code text not null check (division_code like county_code || '%'),
  title text not null,
  reason_sealed bytea not null,
  run_id uuid not null,
  raised_on date not null,
  occurred_on date,
  -- A stop of payment is proposed for this working day at the latest.
  act_by date,
  -- Paid for months after what happened; information, recovery is decided by a person.
  overpaid_fen bigint check (overpaid_fen >= 0),
  seen integer not null default 1 check (seen > 0),
  last_seen_on date not null,
  state text not null default 'pending' check (state in ('pending', 'confirmed', 'false', 'no-change')),
  judged_on date,
  saved_fen bigint not null default 0 check (saved_fen >= 0),
  helped_fen bigint not null default 0 check (helped_fen >= 0),
  primary key (county_code, id),
  foreign key (county_code, person_id) references person (county_code, id),
  foreign key (county_code, run_id) references feed_run (county_code, id),
  check ((state = 'pending') = (judged_on is null))
);
create index alert_by_rule on alert (county_code, rule, state);
create index alert_pending on alert (county_code, level, raised_on) where state = 'pending';
create index alert_of_person on alert (county_code, person_id);
create index alert_by_division on alert (county_code, division_code);

-- Who judged, when and why; only added to.
create table alert_judgement (
  county_code text not null,
  id uuid not null,
  alert_id uuid not null,
  clue_id uuid,
  judgement text not null check (judgement in ('confirmed', 'false', 'no-change')),
  outcome text not null check (length(outcome) between 1 and 500),
  saved_fen bigint not null check (saved_fen >= 0),
  helped_fen bigint not null check (helped_fen >= 0),
  judged_at timestamptz not null,
  judged_by uuid,
  judged_by_name text not null,
  primary key (county_code, id),
  unique (county_code, alert_id),
  foreign key (county_code, alert_id) references alert (county_code, id)
);

-- 核对: a numbered report about the people of one application or of one payment in force.
create table means_check (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  number text not null,
  -- application: an open case · recheck: of everybody in payment · objection: asked again after an objection
  purpose text not null check (purpose in ('application', 'recheck', 'objection')),
  batch_id uuid,
  case_id uuid not null,
  applicant_id uuid not null,
  division_code text not null check (division_code like county_code || '%'),
  persons integer not null check (persons > 0),
  differences integer not null check (differences >= 0),
  -- Declared beside found, item by item; amounts of people, hence sealed.
  report_sealed bytea not null,
  made_on date not null,
  valid_until date not null,
  made_at timestamptz not null,
  made_by uuid,
  made_by_name text not null,
  replaces uuid,
  primary key (county_code, id),
  unique (county_code, number),
  foreign key (county_code, applicant_id) references person (county_code, id),
  foreign key (county_code, replaces) references means_check (county_code, id),
  check (valid_until >= made_on),
  check ((purpose = 'objection') = (replaces is not null))
);
create index means_check_of_case on means_check (county_code, case_id, made_at desc);
create index means_check_newest on means_check (county_code, made_at desc);
create unique index means_check_batch_once on means_check (county_code, batch_id, case_id) where batch_id is not null;

create table means_objection (
  county_code text not null,
  id uuid not null,
  check_id uuid not null,
  reason text not null check (length(reason) between 2 and 500),
  raised_on date not null,
  raised_by_name text not null,
  raised_by uuid,
  answered_on date,
  answer text check (length(answer) between 2 and 500),
  answered_by_name text,
  primary key (county_code, id),
  foreign key (county_code, check_id) references means_check (county_code, id),
  check ((answered_on is null) = (answer is null) and (answered_on is null) = (answered_by_name is null))
);
create index means_objection_of_check on means_objection (county_code, check_id);

do $$
declare t text;
begin
  foreach t in array array['feed_run', 'feed_match', 'alert', 'alert_judgement', 'means_check', 'means_objection'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  -- By division; who sees the whole county is told so once for the statement.
  foreach t in array array['feed_match', 'alert', 'means_check'] loop
    execute format('create policy %I on %I using (county_code = app_county() and ((select in_scope(app_county())) or in_scope(division_code)))', t || '_of_scope', t);
  end loop;
end $$;
-- Lists come to the county.
create policy feed_run_of_county on feed_run using (county_code = app_county() and in_scope(county_code));
create policy alert_judgement_of_scope on alert_judgement using (
  county_code = app_county() and ((select in_scope(app_county())) or exists (
    select from alert a where a.county_code = alert_judgement.county_code and a.id = alert_judgement.alert_id)));
create policy means_objection_of_scope on means_objection using (
  county_code = app_county() and ((select in_scope(app_county())) or exists (
    select from means_check c where c.county_code = means_objection.county_code and c.id = means_objection.check_id)));

grant select, insert on feed_run, feed_match, alert, alert_judgement, means_check, means_objection to wuxin_app;
grant update (state, report, ended_at, file_deleted_at) on feed_run to wuxin_app;
grant update (seen, last_seen_on, run_id, state, judged_on, saved_fen, helped_fen) on alert to wuxin_app;
grant update (answered_on, answer, answered_by_name) on means_objection to wuxin_app;
