-- The whole schema after all migrations, written by `npm run schema`. Do not edit: edit a migration.
-- Grants are those beside the owner (wuxin_owner); a table without a policy line has no row-level security.

create domain month_text as text CHECK ((VALUE ~ '^\d{4}-(0[1-9]|1[0-2])$'::text));

create table account (
  county_code text default app_county() not null,
  id uuid not null,
  login_name text not null,
  name text not null,
  role text not null,
  scope text not null,
  person_id uuid,
  password_hash text not null,
  active boolean default true not null,
  totp_sealed bytea,
  totp_pending_sealed bytea,
  totp_last_step bigint default 0 not null,
  last_login_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by uuid default app_account(),
  party text,
  constraint account_pkey PRIMARY KEY (county_code, id),
  constraint account_check CHECK (((scope ~ '^\d{0,12}$'::text) AND ((scope = ''::text) OR (scope ~~ (county_code || '%'::text))))),
  constraint account_check1 CHECK (((role = 'resident'::text) = (person_id IS NOT NULL))),
  constraint account_check2 CHECK (((role <> 'resident'::text) OR (scope = ''::text))),
  constraint account_check3 CHECK (((role = 'department_contact'::text) = COALESCE((party ~~ 'department:%'::text), false))),
  constraint account_check4 CHECK (((role = 'institution'::text) = COALESCE((party ~~ 'institution:%'::text), false))),
  constraint account_check5 CHECK (((party IS NULL) OR (scope = ''::text))),
  constraint account_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint account_login_name_check CHECK (((length(login_name) >= 1) AND (length(login_name) <= 50))),
  constraint account_name_check CHECK (((length(name) >= 1) AND (length(name) <= 50))),
  constraint account_party_check CHECK ((party ~ '^(department:[a-z][a-z-]{1,39}|institution:[0-9a-f-]{36})$'::text)),
  constraint account_password_hash_check CHECK ((password_hash ~~ '$argon2id$%'::text))
);
CREATE INDEX account_by_role ON public.account USING btree (county_code, role, scope);
CREATE INDEX account_of_party ON public.account USING btree (county_code, party) WHERE (party IS NOT NULL);
CREATE UNIQUE INDEX account_of_person ON public.account USING btree (county_code, person_id) WHERE (person_id IS NOT NULL);
alter table account enable row level security;
alter table account force row level security;
create policy account_of_county on account using (((county_code = app_county()) AND ((id = app_account()) OR ((app_person() IS NULL) AND ((app_account() IS NOT NULL) OR (app_scope() IS NOT NULL))))));
create policy account_own_of_party on account using (((county_code = app_outside()) AND (id = app_account())));
grant insert, select on account to wuxin_app;
grant update (login_name, name, password_hash, active, totp_sealed, totp_pending_sealed, totp_last_step, last_login_at) on account to wuxin_app;

create table account_login (
  county_code text default app_county() not null,
  login_digest bytea not null,
  account_id uuid not null,
  constraint account_login_pkey PRIMARY KEY (county_code, login_digest),
  constraint account_login_county_code_account_id_fkey FOREIGN KEY (county_code, account_id) REFERENCES account(county_code, id),
  constraint account_login_login_digest_check CHECK ((length(login_digest) = 32))
);
CREATE INDEX account_login_of_account ON public.account_login USING btree (county_code, account_id);
alter table account_login enable row level security;
alter table account_login force row level security;
create policy account_login_of_county on account_login using ((county_code = app_county()));
create policy account_login_own_of_party on account_login for select using (((county_code = app_outside()) AND (account_id = app_account())));
grant insert, select on account_login to wuxin_app;

create table alert (
  county_code text not null,
  id uuid not null,
  feed text not null,
  rule text not null,
  rule_version text not null,
  level smallint not null,
  proposes text not null,
  person_id uuid not null,
  household_id uuid,
  division_code text not null,
  title text not null,
  reason_sealed bytea not null,
  run_id uuid,
  raised_on date not null,
  occurred_on date,
  act_by date,
  overpaid_fen bigint,
  seen integer default 1 not null,
  last_seen_on date not null,
  state text default 'pending'::text not null,
  judged_on date,
  saved_fen bigint default 0 not null,
  helped_fen bigint default 0 not null,
  check_id uuid,
  constraint alert_pkey PRIMARY KEY (county_code, id),
  constraint alert_county_code_check_id_fkey FOREIGN KEY (county_code, check_id) REFERENCES means_check(county_code, id),
  constraint alert_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint alert_county_code_run_id_fkey FOREIGN KEY (county_code, run_id) REFERENCES feed_run(county_code, id),
  constraint alert_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint alert_check1 CHECK (((state = 'pending'::text) = (judged_on IS NULL))),
  constraint alert_check2 CHECK (((run_id IS NULL) <> (check_id IS NULL))),
  constraint alert_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint alert_helped_fen_check CHECK ((helped_fen >= 0)),
  constraint alert_level_check CHECK (((level >= 1) AND (level <= 3))),
  constraint alert_overpaid_fen_check CHECK ((overpaid_fen >= 0)),
  constraint alert_proposes_check CHECK ((proposes = ANY (ARRAY['review'::text, 'help'::text, 'stop-payment'::text]))),
  constraint alert_saved_fen_check CHECK ((saved_fen >= 0)),
  constraint alert_seen_check CHECK ((seen > 0)),
  constraint alert_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'confirmed'::text, 'false'::text, 'no-change'::text, 'withdrawn'::text])))
);
CREATE INDEX alert_by_division ON public.alert USING btree (county_code, division_code);
CREATE INDEX alert_by_rule ON public.alert USING btree (county_code, rule, state);
CREATE INDEX alert_of_person ON public.alert USING btree (county_code, person_id);
CREATE INDEX alert_pending ON public.alert USING btree (county_code, level, raised_on) WHERE (state = 'pending'::text);
alter table alert enable row level security;
alter table alert force row level security;
create policy alert_of_scope on alert using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code))));
grant insert, select on alert to wuxin_app;
grant update (division_code, run_id, seen, last_seen_on, state, judged_on, saved_fen, helped_fen) on alert to wuxin_app;

create table alert_judgement (
  county_code text not null,
  id uuid not null,
  alert_id uuid not null,
  clue_id uuid,
  judgement text not null,
  saved_fen bigint not null,
  helped_fen bigint not null,
  judged_at timestamp with time zone not null,
  judged_by uuid,
  judged_by_name text not null,
  outcome_sealed bytea not null,
  constraint alert_judgement_pkey PRIMARY KEY (county_code, id),
  constraint alert_judgement_county_code_alert_id_key UNIQUE (county_code, alert_id),
  constraint alert_judgement_county_code_alert_id_fkey FOREIGN KEY (county_code, alert_id) REFERENCES alert(county_code, id),
  constraint alert_judgement_helped_fen_check CHECK ((helped_fen >= 0)),
  constraint alert_judgement_judgement_check CHECK ((judgement = ANY (ARRAY['confirmed'::text, 'false'::text, 'no-change'::text]))),
  constraint alert_judgement_saved_fen_check CHECK ((saved_fen >= 0))
);
alter table alert_judgement enable row level security;
alter table alert_judgement force row level security;
create policy alert_judgement_of_scope on alert_judgement using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM alert a
  WHERE ((a.county_code = alert_judgement.county_code) AND (a.id = alert_judgement.alert_id)))))));
grant insert, select on alert_judgement to wuxin_app;

create table audit_entry (
  county_code text default app_county() not null,
  id uuid not null,
  position bigint generated as identity not null,
  at timestamp with time zone not null,
  account_id uuid,
  person_id uuid,
  actor_name text not null,
  role text not null,
  action text not null,
  object text not null,
  object_id text,
  detail text not null,
  mac bytea not null,
  constraint audit_entry_pkey PRIMARY KEY (county_code, id),
  constraint audit_entry_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint audit_entry_mac_check CHECK ((length(mac) = 32))
);
CREATE INDEX audit_entry_by_action ON public.audit_entry USING btree (county_code, action, at DESC);
CREATE INDEX audit_entry_by_actor ON public.audit_entry USING btree (county_code, actor_name, at DESC);
CREATE INDEX audit_entry_by_object ON public.audit_entry USING btree (county_code, object_id, at DESC);
CREATE INDEX audit_entry_by_time ON public.audit_entry USING btree (county_code, at DESC, "position" DESC);
CREATE UNIQUE INDEX audit_entry_by_position ON public.audit_entry USING btree (county_code, "position");
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy audit_entry_read on audit_entry for select using (((county_code = app_county()) AND (app_person() IS NULL) AND ((app_account() IS NOT NULL) OR (app_scope() IS NOT NULL))));
create policy audit_entry_write on audit_entry for insert with check ((county_code = app_county()));
create policy audit_entry_write_of_party on audit_entry for insert with check (((county_code = app_outside()) AND (account_id = app_account())));
grant insert, select on audit_entry to wuxin_app;

create table audit_export (
  county_code text not null,
  id uuid not null,
  requested_by uuid not null,
  requested_by_name text not null,
  requested_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  file_sha256 text,
  file_bytes bigint,
  row_count bigint,
  manifest_sha256 text,
  constraint audit_export_pkey PRIMARY KEY (county_code, id),
  constraint audit_export_check CHECK ((((finished_at IS NULL) = (file_sha256 IS NULL)) AND ((finished_at IS NULL) = (manifest_sha256 IS NULL)))),
  constraint audit_export_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint audit_export_file_sha256_check CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint audit_export_manifest_sha256_check CHECK ((manifest_sha256 ~ '^[0-9a-f]{64}$'::text))
);
alter table audit_export enable row level security;
alter table audit_export force row level security;
create policy audit_export_of_county on audit_export using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on audit_export to wuxin_app;
grant update (finished_at, file_sha256, file_bytes, row_count, manifest_sha256) on audit_export to wuxin_app;

create table audit_head (
  county_code text default app_county() not null,
  chain text not null,
  seq bigint not null,
  hash bytea not null,
  settled bigint not null,
  settling bigint not null,
  settled_seq bigint not null,
  settling_seq bigint not null,
  settling_since timestamp with time zone not null,
  settling_until bigint not null,
  mac bytea not null,
  constraint audit_head_pkey PRIMARY KEY (county_code, chain)
);
alter table audit_head enable row level security;
alter table audit_head force row level security;
create policy audit_head_of_county on audit_head using ((county_code = app_county()));
grant insert, select on audit_head to wuxin_app;
grant update (seq, hash, settled, settling, settled_seq, settling_seq, settling_since, settling_until, mac) on audit_head to wuxin_app;

create table audit_seal (
  county_code text default app_county() not null,
  chain text not null,
  seq bigint not null,
  entry_id uuid not null,
  position bigint not null,
  entry_digest bytea not null,
  hash bytea not null,
  sealed_at timestamp with time zone not null,
  constraint audit_seal_pkey PRIMARY KEY (county_code, chain, seq),
  constraint audit_seal_county_code_chain_entry_id_key UNIQUE (county_code, chain, entry_id),
  constraint audit_seal_entry_digest_check CHECK ((length(entry_digest) = 32)),
  constraint audit_seal_hash_check CHECK ((length(hash) = 32)),
  constraint audit_seal_seq_check CHECK ((seq > 0))
);
alter table audit_seal enable row level security;
alter table audit_seal force row level security;
create policy audit_seal_of_county on audit_seal using ((county_code = app_county()));
grant insert, select on audit_seal to wuxin_app;

create table bank_account (
  county_code text default app_county() not null,
  id uuid not null,
  person_id uuid not null,
  division_code text not null,
  bank_name text not null,
  account_sealed bytea not null,
  account_digest bytea not null,
  holder_name text not null,
  since date not null,
  replaced_at timestamp with time zone,
  reason text not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid default app_account(),
  constraint bank_account_pkey PRIMARY KEY (county_code, id),
  constraint bank_account_county_code_person_id_division_code_fkey FOREIGN KEY (county_code, person_id, division_code) REFERENCES person(county_code, id, division_code) ON UPDATE CASCADE,
  constraint bank_account_account_digest_check CHECK ((length(account_digest) = 32)),
  constraint bank_account_bank_name_check CHECK (((length(bank_name) >= 1) AND (length(bank_name) <= 60))),
  constraint bank_account_holder_name_check CHECK (((length(holder_name) >= 1) AND (length(holder_name) <= 50)))
);
CREATE INDEX bank_account_by_digest ON public.bank_account USING btree (county_code, account_digest);
CREATE INDEX bank_account_of_person ON public.bank_account USING btree (county_code, person_id, recorded_at);
CREATE UNIQUE INDEX bank_account_current ON public.bank_account USING btree (county_code, person_id) WHERE (replaced_at IS NULL);
alter table bank_account enable row level security;
alter table bank_account force row level security;
create policy bank_account_add on bank_account for insert to wuxin_app with check (((county_code = app_county()) AND in_scope(division_code)));
create policy bank_account_change on bank_account for update to wuxin_app using (((county_code = app_county()) AND in_scope(division_code)));
create policy bank_account_read on bank_account for select to wuxin_app using (((county_code = app_county()) AND (in_scope(division_code) OR (person_id = app_person()))));
grant insert, select on bank_account to wuxin_app;
grant update (replaced_at) on bank_account to wuxin_app;

create table bank_file (
  county_code text not null,
  id uuid not null,
  roster_id uuid not null,
  format text not null,
  name text not null,
  lines integer not null,
  total_fen bigint not null,
  digest text not null,
  content_sealed bytea,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  created_by_name text not null,
  constraint bank_file_pkey PRIMARY KEY (county_code, id),
  constraint bank_file_county_code_roster_id_format_key UNIQUE (county_code, roster_id, format),
  constraint bank_file_county_code_roster_id_fkey FOREIGN KEY (county_code, roster_id) REFERENCES roster(county_code, id),
  constraint bank_file_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint bank_file_format_check CHECK ((format ~ '^[a-z0-9-]{1,40}$'::text))
);
alter table bank_file enable row level security;
alter table bank_file force row level security;
create policy bank_file_of_county on bank_file using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on bank_file to wuxin_app;

create table bank_file_making (
  county_code text not null,
  roster_id uuid not null,
  format text not null,
  id uuid not null,
  job_id uuid not null,
  asked_at timestamp with time zone not null,
  asked_by uuid not null,
  asked_by_name text not null,
  constraint bank_file_making_pkey PRIMARY KEY (county_code, roster_id, format),
  constraint bank_file_making_county_code_id_key UNIQUE (county_code, id),
  constraint bank_file_making_county_code_roster_id_fkey FOREIGN KEY (county_code, roster_id) REFERENCES roster(county_code, id),
  constraint bank_file_making_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint bank_file_making_format_check CHECK ((format ~ '^[a-z0-9-]{1,40}$'::text))
);
alter table bank_file_making enable row level security;
alter table bank_file_making force row level security;
create policy bank_file_making_of_county on bank_file_making using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant insert, select on bank_file_making to wuxin_app;
grant update (job_id) on bank_file_making to wuxin_app;

create table bank_file_piece (
  county_code text not null,
  file_id uuid not null,
  no integer not null,
  sealed bytea not null,
  constraint bank_file_piece_pkey PRIMARY KEY (county_code, file_id, no),
  constraint bank_file_piece_no_check CHECK ((no >= 0))
);
alter table bank_file_piece enable row level security;
alter table bank_file_piece force row level security;
create policy bank_file_piece_added on bank_file_piece for insert with check (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope) AND (NOT (EXISTS ( SELECT
   FROM bank_file f
  WHERE ((f.county_code = bank_file_piece.county_code) AND (f.id = bank_file_piece.file_id)))))));
create policy bank_file_piece_dropped on bank_file_piece for delete using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope) AND (NOT (EXISTS ( SELECT
   FROM bank_file f
  WHERE ((f.county_code = bank_file_piece.county_code) AND (f.id = bank_file_piece.file_id)))))));
create policy bank_file_piece_seen on bank_file_piece for select using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant delete, insert, select on bank_file_piece to wuxin_app;

create table bank_return (
  county_code text not null,
  id uuid not null,
  roster_id uuid not null,
  name text not null,
  digest text not null,
  content_sealed bytea,
  loaded_at timestamp with time zone not null,
  loaded_by uuid not null,
  loaded_by_name text not null,
  paid integer not null,
  failed integer not null,
  unknown integer not null,
  duplicated integer not null,
  layout text,
  constraint bank_return_pkey PRIMARY KEY (county_code, id),
  constraint bank_return_county_code_roster_id_digest_key UNIQUE (county_code, roster_id, digest),
  constraint bank_return_county_code_roster_id_fkey FOREIGN KEY (county_code, roster_id) REFERENCES roster(county_code, id),
  constraint bank_return_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
);
alter table bank_return enable row level security;
alter table bank_return force row level security;
create policy bank_return_of_county on bank_return using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on bank_return to wuxin_app;

create table calendar_day (
  county_code text default app_county() not null,
  date date not null,
  year integer generated always as ((EXTRACT(year FROM date))::integer) stored not null,
  kind text not null,
  name text not null,
  constraint calendar_day_pkey PRIMARY KEY (county_code, date),
  constraint calendar_day_county_code_year_fkey FOREIGN KEY (county_code, year) REFERENCES calendar_year(county_code, year),
  constraint calendar_day_kind_check CHECK ((kind = ANY (ARRAY['off'::text, 'on'::text]))),
  constraint calendar_day_name_check CHECK ((length(name) <= 40))
);
CREATE INDEX calendar_day_of_year ON public.calendar_day USING btree (county_code, year);
alter table calendar_day enable row level security;
alter table calendar_day force row level security;
create policy calendar_day_of_county on calendar_day using ((county_code = app_county()));
grant delete, insert, select on calendar_day to wuxin_app;

create table calendar_year (
  county_code text default app_county() not null,
  year integer not null,
  published boolean not null,
  document text,
  saved_at timestamp with time zone not null,
  saved_by uuid default app_account(),
  constraint calendar_year_pkey PRIMARY KEY (county_code, year),
  constraint calendar_year_check CHECK (((NOT published) OR (document IS NOT NULL))),
  constraint calendar_year_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint calendar_year_document_check CHECK (((document IS NULL) OR (length(document) <= 200))),
  constraint calendar_year_year_check CHECK (((year >= 2000) AND (year <= 2100)))
);
alter table calendar_year enable row level security;
alter table calendar_year force row level security;
create policy calendar_year_of_county on calendar_year using ((county_code = app_county()));
grant insert, select on calendar_year to wuxin_app;
grant update (published, document, saved_at, saved_by) on calendar_year to wuxin_app;

create table card_conflict (
  county_code text default app_county() not null,
  id uuid not null,
  subject_id uuid not null,
  field text not null,
  division_code text not null,
  visit_id uuid not null,
  base_version integer not null,
  their_version integer not null,
  mine_sealed bytea not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  resolved_at timestamp with time zone,
  resolved_by_name text,
  kept text,
  constraint card_conflict_pkey PRIMARY KEY (county_code, id),
  constraint card_conflict_county_code_visit_id_fkey FOREIGN KEY (county_code, visit_id) REFERENCES visit(county_code, id),
  constraint card_conflict_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint card_conflict_check1 CHECK (((resolved_at IS NULL) = (kept IS NULL))),
  constraint card_conflict_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint card_conflict_kept_check CHECK ((kept = ANY (ARRAY['mine'::text, 'theirs'::text])))
);
CREATE INDEX card_conflict_open ON public.card_conflict USING btree (county_code, division_code) WHERE (resolved_at IS NULL);
alter table card_conflict enable row level security;
alter table card_conflict force row level security;
create policy card_conflict_of_scope on card_conflict using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on card_conflict to wuxin_app;
grant update (division_code, resolved_at, resolved_by_name, kept) on card_conflict to wuxin_app;

create table card_field (
  county_code text default app_county() not null,
  subject_id uuid not null,
  field text not null,
  version integer not null,
  division_code text not null,
  value_sealed bytea not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  constraint card_field_pkey PRIMARY KEY (county_code, subject_id, field, version),
  constraint card_field_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint card_field_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint card_field_version_check CHECK ((version > 0))
);
alter table card_field enable row level security;
alter table card_field force row level security;
create policy card_field_of_scope on card_field using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on card_field to wuxin_app;
grant update (division_code) on card_field to wuxin_app;

create table case_action (
  county_code text not null,
  case_id uuid not null,
  seq integer not null,
  id uuid not null,
  action text not null,
  from_state text not null,
  to_state text not null,
  acted_on date not null,
  acted_at timestamp with time zone not null,
  account_id uuid,
  person_id uuid,
  actor_name text not null,
  role text not null,
  data jsonb not null,
  data_sealed bytea,
  outcome jsonb not null,
  constraint case_action_pkey PRIMARY KEY (county_code, case_id, seq),
  constraint case_action_county_code_id_key UNIQUE (county_code, id),
  constraint case_action_county_code_case_id_fkey FOREIGN KEY (county_code, case_id) REFERENCES case_file(county_code, id),
  constraint case_action_seq_check CHECK ((seq > 0))
);
CREATE INDEX case_action_acted ON public.case_action USING btree (county_code, acted_at);
alter table case_action enable row level security;
alter table case_action force row level security;
create policy case_action_of_case on case_action using (((county_code = ( SELECT app_county() AS app_county)) AND (( SELECT in_scope(app_county()) AS in_scope) OR ( SELECT true
   FROM case_file f
  WHERE ((f.county_code = case_action.county_code) AND (f.id = case_action.case_id))))));
grant insert, select on case_action to wuxin_app;

create table case_clock (
  county_code text not null,
  case_id uuid not null,
  key text not null,
  round integer not null,
  started_on date not null,
  limit_units integer not null,
  unit text not null,
  owner text not null,
  due_on date not null,
  warn_on date not null,
  stopped_on date,
  constraint case_clock_pkey PRIMARY KEY (county_code, case_id, key, round),
  constraint case_clock_county_code_case_id_fkey FOREIGN KEY (county_code, case_id) REFERENCES case_file(county_code, id),
  constraint case_clock_limit_units_check CHECK ((limit_units >= 0)),
  constraint case_clock_round_check CHECK ((round > 0)),
  constraint case_clock_unit_check CHECK ((unit = ANY (ARRAY['workingDays'::text, 'calendarDays'::text, 'months'::text])))
);
CREATE INDEX case_clock_due ON public.case_clock USING btree (county_code, due_on) WHERE (stopped_on IS NULL);
alter table case_clock enable row level security;
alter table case_clock force row level security;
create policy case_clock_of_case on case_clock using (((county_code = ( SELECT app_county() AS app_county)) AND (( SELECT in_scope(app_county()) AS in_scope) OR ( SELECT true
   FROM case_file f
  WHERE ((f.county_code = case_clock.county_code) AND (f.id = case_clock.case_id))))));
grant insert, select on case_clock to wuxin_app;
grant update (limit_units, due_on, warn_on, stopped_on) on case_clock to wuxin_app;

create table case_decision (
  county_code text not null,
  id uuid not null,
  case_id uuid not null,
  seq integer not null,
  kind text not null,
  month text not null,
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
  decided_at timestamp with time zone not null,
  account_id uuid,
  decided_by text not null,
  own_wish boolean default false not null,
  deviates boolean generated always as ((COALESCE(eligible, false) AND (NOT own_wish) AND
CASE
    WHEN (kind = ANY (ARRAY['refuse'::text, 'stop'::text, 'gradual-exit'::text])) THEN (COALESCE(((explanation ->> 'amountFen'::text))::bigint, (1)::bigint) > 0)
    WHEN (kind = 'continue'::text) THEN (amount_fen IS DISTINCT FROM ((explanation ->> 'amountFen'::text))::bigint)
    ELSE false
END)) stored not null,
  constraint case_decision_pkey PRIMARY KEY (county_code, id),
  constraint case_decision_county_code_case_id_seq_key UNIQUE (county_code, case_id, seq),
  constraint case_decision_county_code_case_id_fkey FOREIGN KEY (county_code, case_id) REFERENCES case_file(county_code, id),
  constraint case_decision_kind_check CHECK ((kind = ANY (ARRAY['award'::text, 'refuse'::text, 'adjust'::text, 'continue'::text, 'gradual-exit'::text, 'stop'::text]))),
  constraint case_decision_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text)),
  constraint case_decision_own_wish CHECK (((NOT own_wish) OR (kind = 'stop'::text)))
);
CREATE INDEX case_decision_deviating ON public.case_decision USING btree (county_code, case_id) WHERE deviates;
alter table case_decision enable row level security;
alter table case_decision force row level security;
create policy case_decision_of_case on case_decision using (((county_code = ( SELECT app_county() AS app_county)) AND (( SELECT in_scope(app_county()) AS in_scope) OR ( SELECT true
   FROM case_file f
  WHERE ((f.county_code = case_decision.county_code) AND (f.id = case_decision.case_id))))));
grant insert, select on case_decision to wuxin_app;

create table case_deviation_review (
  county_code text not null,
  decision_id uuid not null,
  result text not null,
  note text not null,
  reviewed_at timestamp with time zone not null,
  reviewed_by uuid not null,
  reviewed_by_name text not null,
  constraint case_deviation_review_pkey PRIMARY KEY (county_code, decision_id),
  constraint case_deviation_review_county_code_decision_id_fkey FOREIGN KEY (county_code, decision_id) REFERENCES case_decision(county_code, id),
  constraint case_deviation_review_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint case_deviation_review_note_check CHECK (((length(note) >= 2) AND (length(note) <= 500))),
  constraint case_deviation_review_result_check CHECK ((result = ANY (ARRAY['accepted'::text, 'redo'::text])))
);
alter table case_deviation_review enable row level security;
alter table case_deviation_review force row level security;
create policy case_deviation_review_by_another on case_deviation_review as restrictive for insert with check ((EXISTS ( SELECT
   FROM case_decision d
  WHERE ((d.county_code = case_deviation_review.county_code) AND (d.id = case_deviation_review.decision_id) AND d.deviates AND (d.account_id IS DISTINCT FROM case_deviation_review.reviewed_by)))));
create policy case_deviation_review_of_decision on case_deviation_review using (((county_code = ( SELECT app_county() AS app_county)) AND (EXISTS ( SELECT
   FROM case_decision d
  WHERE ((d.county_code = case_deviation_review.county_code) AND (d.id = case_deviation_review.decision_id))))));
grant insert, select on case_deviation_review to wuxin_app;

create table case_draft (
  county_code text not null,
  id uuid not null,
  account_id uuid not null,
  item text not null,
  body_sealed bytea not null,
  saved_at timestamp with time zone not null,
  constraint case_draft_pkey PRIMARY KEY (county_code, id),
  constraint case_draft_county_code_check CHECK ((county_code ~ '^\d{6}$'::text))
);
CREATE INDEX case_draft_account ON public.case_draft USING btree (county_code, account_id, saved_at DESC);
alter table case_draft enable row level security;
alter table case_draft force row level security;
create policy case_draft_own on case_draft using (((county_code = app_county()) AND (account_id = app_account())));
grant delete, insert, select, update on case_draft to wuxin_app;

create table case_file (
  county_code text not null,
  id uuid not null,
  item text not null,
  number text not null,
  subject text not null,
  state text not null,
  version integer not null,
  is_open boolean not null,
  household_id uuid,
  applicant_id uuid not null,
  applicant_name text not null,
  member_ids uuid[] not null,
  division_code text not null,
  address text not null,
  area_class text not null,
  channel text not null,
  relative boolean not null,
  agent_sealed bytea,
  tracking_digest bytea not null,
  submitted_on date not null,
  submitted_at timestamp with time zone not null,
  submitted_by uuid,
  due_on date,
  warn_on date,
  due_key text,
  amount_fen bigint,
  constraint case_file_pkey PRIMARY KEY (county_code, id),
  constraint case_file_county_code_number_key UNIQUE (county_code, number),
  constraint case_file_county_code_applicant_id_fkey FOREIGN KEY (county_code, applicant_id) REFERENCES person(county_code, id),
  constraint case_file_county_code_household_id_fkey FOREIGN KEY (county_code, household_id) REFERENCES household(county_code, id),
  constraint case_file_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint case_file_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint case_file_division_code_check CHECK ((division_code ~ '^(\d{6}|\d{9}|\d{12})$'::text)),
  constraint case_file_subject_check CHECK ((subject = ANY (ARRAY['household'::text, 'person'::text]))),
  constraint case_file_version_check CHECK ((version > 0))
);
CREATE INDEX case_file_applicant ON public.case_file USING btree (county_code, applicant_id);
CREATE INDEX case_file_division ON public.case_file USING btree (county_code, division_code);
CREATE INDEX case_file_due ON public.case_file USING btree (county_code, due_on, id) WHERE is_open;
CREATE INDEX case_file_household ON public.case_file USING btree (county_code, household_id);
CREATE INDEX case_file_members ON public.case_file USING gin (member_ids);
CREATE INDEX case_file_newest ON public.case_file USING btree (county_code, submitted_at DESC, id DESC);
CREATE INDEX case_file_state ON public.case_file USING btree (county_code, item, state, submitted_at DESC);
CREATE INDEX case_file_tracking ON public.case_file USING btree (county_code, tracking_digest);
alter table case_file enable row level security;
alter table case_file force row level security;
create policy case_file_seen on case_file using (((county_code = ( SELECT app_county() AS app_county)) AND (((division_code >= ( SELECT app_scope() AS app_scope)) AND (division_code < ( SELECT (app_scope() || 'z'::text)))) OR (applicant_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_person() AS app_person) = ANY (member_ids)) OR ((( SELECT app_scope() AS app_scope) IS NULL) AND (submitted_by = ( SELECT app_account() AS app_account))))));
grant insert, select on case_file to wuxin_app;
grant update (state, version, is_open, division_code, address, area_class, due_on, warn_on, due_key, amount_fen) on case_file to wuxin_app;

create table check_answer (
  county_code text not null,
  id uuid not null,
  package_id uuid,
  file_name text not null,
  digest text not null,
  lines integer not null,
  accepted integer not null,
  refusal text,
  received_at timestamp with time zone not null,
  received_by_name text not null,
  constraint check_answer_pkey PRIMARY KEY (county_code, id),
  constraint check_answer_county_code_package_id_digest_key UNIQUE (county_code, package_id, digest),
  constraint check_answer_county_code_package_id_fkey FOREIGN KEY (county_code, package_id) REFERENCES check_package(county_code, id),
  constraint check_answer_check CHECK (((accepted >= 0) AND (accepted <= lines))),
  constraint check_answer_check1 CHECK (((package_id IS NULL) = (refusal IS NOT NULL))),
  constraint check_answer_check2 CHECK (((refusal IS NULL) OR (lines = 0))),
  constraint check_answer_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint check_answer_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint check_answer_lines_check CHECK ((lines >= 0))
);
CREATE INDEX check_answer_newest ON public.check_answer USING btree (county_code, received_at DESC);
alter table check_answer enable row level security;
alter table check_answer force row level security;
create policy check_answer_of_county on check_answer using (((county_code = app_county()) AND (app_person() IS NULL) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant insert, select on check_answer to wuxin_app;

create table check_answer_refusal (
  county_code text not null,
  answer_id uuid not null,
  line integer not null,
  reason text not null,
  constraint check_answer_refusal_pkey PRIMARY KEY (county_code, answer_id, line),
  constraint check_answer_refusal_county_code_answer_id_fkey FOREIGN KEY (county_code, answer_id) REFERENCES check_answer(county_code, id),
  constraint check_answer_refusal_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint check_answer_refusal_line_check CHECK ((line > 0)),
  constraint check_answer_refusal_reason_check CHECK ((reason = ANY (ARRAY['order'::text, 'digits'::text, 'person'::text, 'not-asked'::text, 'twice'::text, 'value'::text])))
);
alter table check_answer_refusal enable row level security;
alter table check_answer_refusal force row level security;
create policy check_answer_refusal_of_county on check_answer_refusal using (((county_code = app_county()) AND (app_person() IS NULL) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant insert, select on check_answer_refusal to wuxin_app;

create table check_package (
  county_code text not null,
  id uuid not null,
  number text not null,
  persons integer not null,
  lines integer not null,
  digest text not null,
  file_sealed bytea not null,
  made_at timestamp with time zone not null,
  made_by uuid not null,
  made_by_name text not null,
  sent_at timestamp with time zone,
  sent_by uuid,
  sent_by_name text,
  due_on date,
  receipt_on date,
  receipt_number text,
  receipt_lines integer,
  receipt_by_name text,
  ended_at timestamp with time zone,
  ended_by_name text,
  ended_because text,
  constraint check_package_pkey PRIMARY KEY (county_code, id),
  constraint check_package_county_code_number_key UNIQUE (county_code, number),
  constraint check_package_check CHECK ((lines >= persons)),
  constraint check_package_check1 CHECK ((num_nulls(sent_at, sent_by, sent_by_name, due_on) = ANY (ARRAY[0, 4]))),
  constraint check_package_check2 CHECK (((sent_by IS NULL) OR (sent_by <> made_by))),
  constraint check_package_check3 CHECK ((num_nulls(receipt_on, receipt_number, receipt_lines, receipt_by_name) = ANY (ARRAY[0, 4]))),
  constraint check_package_check4 CHECK (((receipt_on IS NULL) OR (sent_at IS NOT NULL))),
  constraint check_package_check5 CHECK (((receipt_lines IS NULL) OR ((receipt_lines >= 0) AND (receipt_lines <= lines)))),
  constraint check_package_check6 CHECK (((ended_at IS NULL) = (ended_by_name IS NULL))),
  constraint check_package_check7 CHECK (((ended_because IS NULL) = ((ended_at IS NULL) OR (sent_at IS NULL)))),
  constraint check_package_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint check_package_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint check_package_persons_check CHECK ((persons > 0))
);
CREATE INDEX check_package_newest ON public.check_package USING btree (county_code, made_at DESC);
alter table check_package enable row level security;
alter table check_package force row level security;
create policy check_package_of_county on check_package using (((county_code = app_county()) AND (app_person() IS NULL) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant insert, select on check_package to wuxin_app;
grant update (sent_at, sent_by, sent_by_name, due_on, receipt_on, receipt_number, receipt_lines, receipt_by_name, ended_at, ended_by_name, ended_because) on check_package to wuxin_app;

create table check_package_case (
  county_code text not null,
  package_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  constraint check_package_case_pkey PRIMARY KEY (county_code, package_id, case_id, person_id),
  constraint check_package_case_county_code_case_id_fkey FOREIGN KEY (county_code, case_id) REFERENCES case_file(county_code, id),
  constraint check_package_case_county_code_package_id_fkey FOREIGN KEY (county_code, package_id) REFERENCES check_package(county_code, id),
  constraint check_package_case_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint check_package_case_county_code_check CHECK ((county_code ~ '^\d{6}$'::text))
);
CREATE INDEX check_package_case_of_case ON public.check_package_case USING btree (county_code, case_id);
alter table check_package_case enable row level security;
alter table check_package_case force row level security;
create policy check_package_case_of_county on check_package_case using (((county_code = app_county()) AND (app_person() IS NULL) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant insert, select on check_package_case to wuxin_app;

create table check_package_row (
  county_code text not null,
  package_id uuid not null,
  line integer not null,
  person_id uuid not null,
  id_no_digest bytea not null,
  feed text not null,
  item text not null,
  answer_id uuid,
  as_of date,
  found_sealed bytea,
  constraint check_package_row_pkey PRIMARY KEY (county_code, package_id, line),
  constraint check_package_row_county_code_package_id_person_id_item_key UNIQUE (county_code, package_id, person_id, item),
  constraint check_package_row_county_code_answer_id_fkey FOREIGN KEY (county_code, answer_id) REFERENCES check_answer(county_code, id),
  constraint check_package_row_county_code_package_id_fkey FOREIGN KEY (county_code, package_id) REFERENCES check_package(county_code, id),
  constraint check_package_row_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint check_package_row_check CHECK ((num_nulls(answer_id, as_of, found_sealed) = ANY (ARRAY[0, 3]))),
  constraint check_package_row_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint check_package_row_line_check CHECK ((line > 0))
);
CREATE INDEX check_package_row_of_person ON public.check_package_row USING btree (county_code, person_id) WHERE (answer_id IS NOT NULL);
alter table check_package_row enable row level security;
alter table check_package_row force row level security;
create policy check_package_row_of_county on check_package_row using (((county_code = app_county()) AND (app_person() IS NULL) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant insert, select on check_package_row to wuxin_app;
grant update (answer_id, as_of, found_sealed) on check_package_row to wuxin_app;

create table check_supporter (
  county_code text not null,
  id uuid not null,
  case_id uuid not null,
  division_code text not null,
  of_person_id uuid not null,
  name text not null,
  relation text not null,
  id_no_sealed bytea not null,
  id_no_digest bytea not null,
  declared_sealed bytea not null,
  named_at timestamp with time zone not null,
  named_by uuid,
  named_by_name text not null,
  person_id uuid,
  authorised_at timestamp with time zone,
  authorised_on date,
  authorised_until date,
  authorisation_file uuid,
  authorised_by_name text,
  removed_at timestamp with time zone,
  removed_by_name text,
  removed_because_sealed bytea,
  constraint check_supporter_pkey PRIMARY KEY (county_code, id),
  constraint check_supporter_county_code_case_id_fkey FOREIGN KEY (county_code, case_id) REFERENCES case_file(county_code, id),
  constraint check_supporter_county_code_of_person_id_fkey FOREIGN KEY (county_code, of_person_id) REFERENCES person(county_code, id),
  constraint check_supporter_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint check_supporter_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint check_supporter_check1 CHECK (((person_id IS NULL) = (authorised_at IS NULL))),
  constraint check_supporter_check2 CHECK ((((authorised_at IS NULL) = (authorised_on IS NULL)) AND ((authorised_at IS NULL) = (authorised_until IS NULL)) AND ((authorised_at IS NULL) = (authorisation_file IS NULL)) AND ((authorised_at IS NULL) = (authorised_by_name IS NULL)))),
  constraint check_supporter_check3 CHECK ((authorised_until > authorised_on)),
  constraint check_supporter_check4 CHECK ((((removed_at IS NULL) = (removed_by_name IS NULL)) AND ((removed_at IS NULL) = (removed_because_sealed IS NULL)))),
  constraint check_supporter_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint check_supporter_name_check CHECK (((length(name) >= 1) AND (length(name) <= 50))),
  constraint check_supporter_relation_check CHECK (((length(relation) >= 1) AND (length(relation) <= 30)))
);
CREATE INDEX check_supporter_person ON public.check_supporter USING btree (county_code, person_id) WHERE (person_id IS NOT NULL);
CREATE UNIQUE INDEX check_supporter_once ON public.check_supporter USING btree (county_code, case_id, of_person_id, id_no_digest) WHERE (removed_at IS NULL);
alter table check_supporter enable row level security;
alter table check_supporter force row level security;
create policy check_supporter_of_scope on check_supporter using (((county_code = app_county()) AND (app_person() IS NULL) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code) OR (case_id IN ( SELECT f.id
   FROM case_file f
  WHERE ((f.county_code = app_county()) AND in_scope(f.division_code)))))));
grant insert, select on check_supporter to wuxin_app;
grant update (declared_sealed, person_id, authorised_at, authorised_on, authorised_until, authorisation_file, authorised_by_name, removed_at, removed_by_name, removed_because_sealed) on check_supporter to wuxin_app;

create table clue (
  county_code text default app_county() not null,
  id uuid not null,
  number text not null,
  source text not null,
  source_name text not null,
  level text not null,
  proposes text not null,
  person_id uuid,
  household_id uuid,
  phone_sealed bytea,
  division_code text not null,
  occurred_on date not null,
  opened_on date not null,
  opened_at timestamp with time zone not null,
  reported_by uuid,
  reported_by_name text not null,
  state text not null,
  version integer not null,
  dispatched_on date,
  batch_month month_text,
  worker_id uuid,
  worker_name text,
  due_on date,
  check_due_on date,
  checked_on date,
  escalated smallint default 0 not null,
  urged integer default 0 not null,
  returned integer default 0 not null,
  case_id uuid,
  entitlement_id uuid,
  department text,
  outcome text,
  judgement text,
  closed_on date,
  saved_fen_per_month bigint default 0 not null,
  helped_fen_per_month bigint default 0 not null,
  recheck text,
  words_sealed bytea not null,
  name_digest bytea,
  wish text,
  wish_why text,
  reached_on date,
  ask_again_on date,
  answer_by timestamp with time zone,
  constraint clue_pkey PRIMARY KEY (county_code, id),
  constraint clue_county_code_number_key UNIQUE (county_code, number),
  constraint clue_county_code_household_id_fkey FOREIGN KEY (county_code, household_id) REFERENCES household(county_code, id),
  constraint clue_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint clue_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint clue_check1 CHECK ((((state = 'closed'::text) = (closed_on IS NOT NULL)) AND ((state = 'closed'::text) = (judgement IS NOT NULL)))),
  constraint clue_check2 CHECK (((worker_id IS NULL) = (worker_name IS NULL))),
  constraint clue_check3 CHECK (((reached_on IS NOT NULL) OR (wish IS NULL) OR (wish = 'unreachable'::text))),
  constraint clue_check4 CHECK (((wish_why IS NULL) OR (wish = 'unwilling'::text))),
  constraint clue_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint clue_escalated_check CHECK (((escalated >= 0) AND (escalated <= 2))),
  constraint clue_helped_fen_per_month_check CHECK ((helped_fen_per_month >= 0)),
  constraint clue_judgement_check CHECK ((judgement = ANY (ARRAY['confirmed'::text, 'false'::text, 'no-change'::text]))),
  constraint clue_outcome_check CHECK ((outcome = ANY (ARRAY['new-case'::text, 'adjust'::text, 'stop'::text, 'refer'::text, 'no-change'::text]))),
  constraint clue_proposes_check CHECK ((proposes = ANY (ARRAY['review'::text, 'help'::text, 'stop-payment'::text]))),
  constraint clue_recheck_check CHECK ((recheck = ANY (ARRAY['agrees'::text, 'differs'::text]))),
  constraint clue_saved_fen_per_month_check CHECK ((saved_fen_per_month >= 0)),
  constraint clue_source_check CHECK ((source = ANY (ARRAY['alert'::text, 'worker'::text, 'resident'::text, 'hotline'::text, 'department'::text]))),
  constraint clue_source_name_check CHECK ((length(source_name) <= 60)),
  constraint clue_state_check CHECK ((state = ANY (ARRAY['new'::text, 'dispatched'::text, 'assigned'::text, 'visited'::text, 'handling'::text, 'referred'::text, 'closed'::text]))),
  constraint clue_version_check CHECK ((version > 0)),
  constraint clue_wish_check CHECK ((wish = ANY (ARRAY['willing'::text, 'unwilling'::text, 'ineligible'::text, 'unreachable'::text, 'moved'::text]))),
  constraint clue_wish_why_check CHECK ((length(wish_why) <= 30))
);
CREATE INDEX clue_by_division ON public.clue USING btree (county_code, division_code, state);
CREATE INDEX clue_by_name ON public.clue USING btree (county_code, name_digest) WHERE (name_digest IS NOT NULL);
CREATE INDEX clue_by_state ON public.clue USING btree (county_code, state, due_on) WHERE (state <> 'closed'::text);
CREATE INDEX clue_found ON public.clue USING btree (county_code, division_code, wish) WHERE ((source = 'alert'::text) AND (proposes = 'help'::text));
CREATE INDEX clue_of_case ON public.clue USING btree (county_code, case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX clue_of_household ON public.clue USING btree (county_code, household_id) WHERE (household_id IS NOT NULL);
CREATE INDEX clue_of_person ON public.clue USING btree (county_code, person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX clue_of_worker ON public.clue USING btree (county_code, worker_id) WHERE (state = 'assigned'::text);
CREATE INDEX clue_pressing ON public.clue USING btree (county_code, answer_by) WHERE (answer_by IS NOT NULL);
alter table clue enable row level security;
alter table clue force row level security;
create policy clue_of_scope on clue using (((county_code = app_county()) AND (in_scope(division_code) OR (worker_id = app_account()) OR (reported_by = app_account()))));
grant insert, select on clue to wuxin_app;
grant update (level, person_id, household_id, division_code, state, version, dispatched_on, batch_month, worker_id, worker_name, due_on, check_due_on, checked_on, escalated, urged, returned, case_id, entitlement_id, department, outcome, judgement, closed_on, saved_fen_per_month, helped_fen_per_month, recheck, wish, wish_why, reached_on, ask_again_on, answer_by) on clue to wuxin_app;

create table clue_action (
  county_code text default app_county() not null,
  id uuid not null,
  clue_id uuid not null,
  version integer not null,
  action text not null,
  to_state text not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  by_role text not null,
  data_sealed bytea not null,
  constraint clue_action_pkey PRIMARY KEY (county_code, id),
  constraint clue_action_county_code_clue_id_version_key UNIQUE (county_code, clue_id, version),
  constraint clue_action_county_code_clue_id_fkey FOREIGN KEY (county_code, clue_id) REFERENCES clue(county_code, id),
  constraint clue_action_version_check CHECK ((version > 0))
);
alter table clue_action enable row level security;
alter table clue_action force row level security;
create policy clue_action_of_scope on clue_action using (((county_code = app_county()) AND (EXISTS ( SELECT
   FROM clue c
  WHERE ((c.county_code = clue_action.county_code) AND (c.id = clue_action.clue_id))))));
grant insert, select on clue_action to wuxin_app;

create table clue_sample (
  county_code text default app_county() not null,
  id uuid not null,
  month month_text not null,
  percent smallint not null,
  seed text not null,
  population integer not null,
  population_sha256 text not null,
  drawn uuid[] not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  constraint clue_sample_pkey PRIMARY KEY (county_code, id),
  constraint clue_sample_check CHECK (((cardinality(drawn) >= 1) AND (cardinality(drawn) <= population))),
  constraint clue_sample_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint clue_sample_percent_check CHECK (((percent >= 1) AND (percent <= 100))),
  constraint clue_sample_population_check CHECK ((population > 0)),
  constraint clue_sample_population_sha256_check CHECK ((population_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint clue_sample_seed_check CHECK ((seed ~ '^[0-9a-f]{32}$'::text))
);
CREATE INDEX clue_sample_of_month ON public.clue_sample USING btree (county_code, month);
alter table clue_sample enable row level security;
alter table clue_sample force row level security;
create policy clue_sample_of_county on clue_sample using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on clue_sample to wuxin_app;

create table clue_signal (
  county_code text default app_county() not null,
  alert_id uuid not null,
  clue_id uuid not null,
  feed text not null,
  rule text not null,
  rule_version text not null,
  level text not null,
  title text not null,
  bring jsonb not null,
  occurred_on date not null,
  joined_at timestamp with time zone not null,
  words_sealed bytea not null,
  constraint clue_signal_pkey PRIMARY KEY (county_code, alert_id),
  constraint clue_signal_county_code_clue_id_fkey FOREIGN KEY (county_code, clue_id) REFERENCES clue(county_code, id),
  constraint clue_signal_bring_check CHECK ((jsonb_typeof(bring) = 'array'::text))
);
CREATE INDEX clue_signal_of_clue ON public.clue_signal USING btree (county_code, clue_id);
alter table clue_signal enable row level security;
alter table clue_signal force row level security;
create policy clue_signal_of_scope on clue_signal using (((county_code = app_county()) AND (EXISTS ( SELECT
   FROM clue c
  WHERE ((c.county_code = clue_signal.county_code) AND (c.id = clue_signal.clue_id))))));
grant insert, select on clue_signal to wuxin_app;

create table county_rule (
  county_code text default app_county() not null,
  id uuid not null,
  item text not null,
  from_month text not null,
  base text not null,
  state text not null,
  entered_by uuid not null,
  entered_by_name text not null,
  entered_at timestamp with time zone not null,
  approved_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint county_rule_pkey PRIMARY KEY (county_code, id),
  constraint county_rule_county_code_id_entered_by_key UNIQUE (county_code, id, entered_by),
  constraint county_rule_base_check CHECK ((base ~ '^[0-9a-f]{64}$'::text)),
  constraint county_rule_check CHECK (((approved_at IS NOT NULL) OR (state = ANY (ARRAY['draft'::text, 'submitted'::text, 'withdrawn'::text])))),
  constraint county_rule_check1 CHECK (((approved_at IS NULL) OR (state = ANY (ARRAY['active'::text, 'withdrawn'::text, 'replaced'::text])))),
  constraint county_rule_check2 CHECK (((ended_at IS NOT NULL) = ((approved_at IS NOT NULL) AND (state <> 'active'::text)))),
  constraint county_rule_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint county_rule_from_month_check CHECK ((from_month ~ '^\d{4}-(0[1-9]|1[0-2])$'::text)),
  constraint county_rule_item_check CHECK (((length(item) >= 1) AND (length(item) <= 60))),
  constraint county_rule_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'active'::text, 'withdrawn'::text, 'replaced'::text])))
);
CREATE INDEX county_rule_of ON public.county_rule USING btree (county_code, item, entered_at DESC);
CREATE UNIQUE INDEX county_rule_active_once ON public.county_rule USING btree (county_code, item, from_month) WHERE (state = 'active'::text);
alter table county_rule enable row level security;
alter table county_rule force row level security;
create policy county_rule_enter on county_rule for insert with check (((county_code = app_county()) AND in_scope(app_county())));
create policy county_rule_move on county_rule for update using (((county_code = app_county()) AND in_scope(app_county())));
create policy county_rule_read on county_rule for select using ((county_code = app_county()));
grant insert, select on county_rule to wuxin_app;
grant update (from_month, state, approved_at, ended_at) on county_rule to wuxin_app;

create table county_rule_step (
  county_code text default app_county() not null,
  rule_id uuid not null,
  seq integer not null,
  step text not null,
  text_seq integer not null,
  entered_by uuid not null,
  account_id uuid not null,
  actor_name text not null,
  at timestamp with time zone not null,
  reason text,
  trial jsonb,
  constraint county_rule_step_pkey PRIMARY KEY (county_code, rule_id, seq),
  constraint county_rule_step_county_code_rule_id_entered_by_fkey FOREIGN KEY (county_code, rule_id, entered_by) REFERENCES county_rule(county_code, id, entered_by),
  constraint county_rule_step_county_code_rule_id_text_seq_fkey FOREIGN KEY (county_code, rule_id, text_seq) REFERENCES county_rule_text(county_code, rule_id, seq),
  constraint county_rule_step_check CHECK (((step <> ALL (ARRAY['approved'::text, 'returned'::text])) OR (account_id <> entered_by))),
  constraint county_rule_step_check1 CHECK (((step <> ALL (ARRAY['entered'::text, 'submitted'::text])) OR (account_id = entered_by))),
  constraint county_rule_step_check2 CHECK (((step = 'submitted'::text) = (trial IS NOT NULL))),
  constraint county_rule_step_reason_check CHECK ((length(reason) <= 500)),
  constraint county_rule_step_seq_check CHECK ((seq > 0)),
  constraint county_rule_step_step_check CHECK ((step = ANY (ARRAY['entered'::text, 'submitted'::text, 'returned'::text, 'approved'::text, 'withdrawn'::text, 'replaced'::text])))
);
CREATE UNIQUE INDEX county_rule_approved_once ON public.county_rule_step USING btree (county_code, rule_id) WHERE (step = 'approved'::text);
alter table county_rule_step enable row level security;
alter table county_rule_step force row level security;
create policy county_rule_step_add on county_rule_step for insert with check (((county_code = app_county()) AND in_scope(app_county())));
create policy county_rule_step_read on county_rule_step for select using ((county_code = app_county()));
grant insert, select on county_rule_step to wuxin_app;

create table county_rule_text (
  county_code text default app_county() not null,
  rule_id uuid not null,
  seq integer not null,
  from_month text not null,
  document text not null,
  note text not null,
  rules text not null,
  parameters text not null,
  examples text not null,
  saved_by uuid not null,
  saved_at timestamp with time zone not null,
  constraint county_rule_text_pkey PRIMARY KEY (county_code, rule_id, seq),
  constraint county_rule_text_county_code_rule_id_saved_by_fkey FOREIGN KEY (county_code, rule_id, saved_by) REFERENCES county_rule(county_code, id, entered_by),
  constraint county_rule_text_document_check CHECK ((length(document) <= 200)),
  constraint county_rule_text_examples_check CHECK ((length(examples) <= 1000000)),
  constraint county_rule_text_from_month_check CHECK ((from_month ~ '^\d{4}-(0[1-9]|1[0-2])$'::text)),
  constraint county_rule_text_note_check CHECK ((length(note) <= 1000)),
  constraint county_rule_text_parameters_check CHECK ((length(parameters) <= 1000000)),
  constraint county_rule_text_rules_check CHECK (((length(rules) >= 1) AND (length(rules) <= 1000000))),
  constraint county_rule_text_seq_check CHECK ((seq > 0))
);
alter table county_rule_text enable row level security;
alter table county_rule_text force row level security;
create policy county_rule_text_add on county_rule_text for insert with check (((county_code = app_county()) AND in_scope(app_county())));
create policy county_rule_text_read on county_rule_text for select using ((county_code = app_county()));
grant insert, select on county_rule_text to wuxin_app;

create table county_standard (
  county_code text default app_county() not null,
  id uuid not null,
  parameter text not null,
  since date not null,
  form text not null,
  values jsonb not null,
  multiple jsonb,
  document text not null,
  note text,
  corrects boolean not null,
  state text not null,
  entered_by uuid not null,
  entered_by_name text not null,
  entered_at timestamp with time zone not null,
  approved_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint county_standard_pkey PRIMARY KEY (county_code, id),
  constraint county_standard_county_code_id_entered_by_key UNIQUE (county_code, id, entered_by),
  constraint county_standard_check CHECK (((form = 'multiple'::text) = (multiple IS NOT NULL))),
  constraint county_standard_check1 CHECK (((approved_at IS NOT NULL) = (state = ANY (ARRAY['active'::text, 'replaced'::text])))),
  constraint county_standard_check2 CHECK (((ended_at IS NOT NULL) = (state = 'replaced'::text))),
  constraint county_standard_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint county_standard_document_check CHECK (((length(btrim(document)) >= 2) AND (length(btrim(document)) <= 200))),
  constraint county_standard_form_check CHECK ((form = ANY (ARRAY['amount'::text, 'multiple'::text]))),
  constraint county_standard_note_check CHECK ((length(note) <= 1000)),
  constraint county_standard_parameter_check CHECK (((length(parameter) >= 1) AND (length(parameter) <= 100))),
  constraint county_standard_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'active'::text, 'withdrawn'::text, 'replaced'::text])))
);
CREATE INDEX county_standard_of ON public.county_standard USING btree (county_code, parameter, since DESC);
CREATE UNIQUE INDEX county_standard_active_once ON public.county_standard USING btree (county_code, parameter, since) WHERE (state = 'active'::text);
CREATE UNIQUE INDEX county_standard_pending_once ON public.county_standard USING btree (county_code, parameter, since) WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text]));
alter table county_standard enable row level security;
alter table county_standard force row level security;
create policy county_standard_enter on county_standard for insert with check (((county_code = app_county()) AND in_scope(app_county())));
create policy county_standard_move on county_standard for update using (((county_code = app_county()) AND in_scope(app_county())));
create policy county_standard_read on county_standard for select using ((county_code = app_county()));
grant insert, select on county_standard to wuxin_app;
grant update (state, approved_at, ended_at) on county_standard to wuxin_app;

create table county_standard_step (
  county_code text default app_county() not null,
  standard_id uuid not null,
  seq integer not null,
  step text not null,
  entered_by uuid not null,
  account_id uuid not null,
  actor_name text not null,
  at timestamp with time zone not null,
  reason text,
  constraint county_standard_step_pkey PRIMARY KEY (county_code, standard_id, seq),
  constraint county_standard_step_county_code_standard_id_entered_by_fkey FOREIGN KEY (county_code, standard_id, entered_by) REFERENCES county_standard(county_code, id, entered_by),
  constraint county_standard_step_check CHECK (((step <> 'approved'::text) OR (account_id <> entered_by))),
  constraint county_standard_step_check1 CHECK (((step <> ALL (ARRAY['entered'::text, 'submitted'::text])) OR (account_id = entered_by))),
  constraint county_standard_step_reason_check CHECK ((length(reason) <= 500)),
  constraint county_standard_step_seq_check CHECK ((seq > 0)),
  constraint county_standard_step_step_check CHECK ((step = ANY (ARRAY['entered'::text, 'submitted'::text, 'approved'::text, 'withdrawn'::text, 'replaced'::text])))
);
CREATE UNIQUE INDEX county_standard_approved_once ON public.county_standard_step USING btree (county_code, standard_id) WHERE (step = 'approved'::text);
alter table county_standard_step enable row level security;
alter table county_standard_step force row level security;
create policy county_standard_step_add on county_standard_step for insert with check (((county_code = app_county()) AND in_scope(app_county())));
create policy county_standard_step_read on county_standard_step for select using ((county_code = app_county()));
grant insert, select on county_standard_step to wuxin_app;

create table death_correction (
  county_code text default app_county() not null,
  id uuid not null,
  person_id uuid not null,
  died_on date not null,
  right_on date,
  reason text not null,
  state text not null,
  asked_by uuid default app_account() not null,
  asked_by_name text not null,
  asked_at timestamp with time zone not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamp with time zone,
  note text,
  told jsonb,
  departments_told_on date,
  departments_told_by_name text,
  constraint death_correction_pkey PRIMARY KEY (county_code, id),
  constraint death_correction_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint death_correction_check CHECK ((right_on IS DISTINCT FROM died_on)),
  constraint death_correction_check1 CHECK ((((state = 'proposed'::text) = (decided_by IS NULL)) AND ((decided_by IS NULL) = (decided_at IS NULL)))),
  constraint death_correction_check2 CHECK (((state <> 'refused'::text) OR (length(btrim(note)) >= 2))),
  constraint death_correction_note_check CHECK ((length(note) <= 500)),
  constraint death_correction_reason_check CHECK (((length(btrim(reason)) >= 2) AND (length(btrim(reason)) <= 500))),
  constraint death_correction_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint death_correction_two_people CHECK (((decided_by = asked_by) = (state = 'withdrawn'::text)))
);
CREATE INDEX death_correction_of_person ON public.death_correction USING btree (county_code, person_id, asked_at);
CREATE INDEX death_correction_to_tell ON public.death_correction USING btree (county_code) WHERE ((state = 'confirmed'::text) AND (right_on IS NULL) AND (departments_told_on IS NULL));
CREATE UNIQUE INDEX death_correction_once ON public.death_correction USING btree (county_code, person_id) WHERE (state = 'proposed'::text);
alter table death_correction enable row level security;
alter table death_correction force row level security;
create policy death_correction_of_person on death_correction to wuxin_app using (((county_code = app_county()) AND (app_person() IS NULL) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM person p
  WHERE ((p.county_code = death_correction.county_code) AND (p.id = death_correction.person_id)))))));
CREATE TRIGGER death_correction_guard BEFORE UPDATE ON public.death_correction FOR EACH ROW EXECUTE FUNCTION death_correction_guard();
grant insert, select on death_correction to wuxin_app;
grant update (state, decided_by, decided_by_name, decided_at, note, told, departments_told_on, departments_told_by_name) on death_correction to wuxin_app;

create table death_list (
  county_code text not null,
  id uuid not null,
  code text not null,
  department text not null,
  until_on date not null,
  persons integer not null,
  drafted_at timestamp with time zone not null,
  drafted_by uuid not null,
  drafted_by_name text not null,
  confirmed_at timestamp with time zone,
  confirmed_by uuid,
  confirmed_by_name text,
  dropped_at timestamp with time zone,
  received_at timestamp with time zone,
  received integer,
  received_note_sealed bytea,
  constraint death_list_pkey PRIMARY KEY (county_code, id),
  constraint death_list_check CHECK (((confirmed_at IS NULL) = (confirmed_by IS NULL))),
  constraint death_list_check1 CHECK (((confirmed_by IS NULL) OR (confirmed_by <> drafted_by))),
  constraint death_list_check2 CHECK (((confirmed_at IS NULL) OR (dropped_at IS NULL))),
  constraint death_list_check3 CHECK (((received_at IS NULL) OR (confirmed_at IS NOT NULL))),
  constraint death_list_code_check CHECK (((length(code) >= 1) AND (length(code) <= 60))),
  constraint death_list_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint death_list_persons_check CHECK ((persons > 0))
);
CREATE INDEX death_list_by_code ON public.death_list USING btree (county_code, code, drafted_at DESC);
CREATE UNIQUE INDEX death_list_one_draft ON public.death_list USING btree (county_code, code) WHERE ((confirmed_at IS NULL) AND (dropped_at IS NULL));
alter table death_list enable row level security;
alter table death_list force row level security;
create policy death_list_of_county on death_list using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant insert, select on death_list to wuxin_app;
grant update (confirmed_at, confirmed_by, confirmed_by_name, dropped_at, received_at, received, received_note_sealed) on death_list to wuxin_app;

create table death_list_row (
  county_code text not null,
  list_id uuid not null,
  line integer not null,
  person_id uuid not null,
  died_on date not null,
  differs_sealed bytea,
  handled_note_sealed bytea,
  handled_on date,
  handled_by_name text,
  constraint death_list_row_pkey PRIMARY KEY (county_code, list_id, line),
  constraint death_list_row_county_code_list_id_person_id_key UNIQUE (county_code, list_id, person_id),
  constraint death_list_row_county_code_list_id_fkey FOREIGN KEY (county_code, list_id) REFERENCES death_list(county_code, id),
  constraint death_list_row_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint death_list_row_check CHECK (((handled_on IS NULL) = (handled_note_sealed IS NULL))),
  constraint death_list_row_check1 CHECK (((handled_on IS NULL) OR (differs_sealed IS NOT NULL))),
  constraint death_list_row_line_check CHECK ((line > 0))
);
CREATE INDEX death_list_row_of_person ON public.death_list_row USING btree (county_code, person_id);
CREATE INDEX death_list_row_open ON public.death_list_row USING btree (county_code, list_id) WHERE ((differs_sealed IS NOT NULL) AND (handled_on IS NULL));
alter table death_list_row enable row level security;
alter table death_list_row force row level security;
create policy death_list_row_of_county on death_list_row using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant insert, select on death_list_row to wuxin_app;
grant update (differs_sealed, handled_note_sealed, handled_on, handled_by_name) on death_list_row to wuxin_app;

create table document (
  county_code text default app_county() not null,
  id uuid not null,
  case_id uuid,
  division_code text not null,
  applicant_id uuid,
  code text not null,
  title text not null,
  series text not null,
  year integer not null,
  sequence integer not null,
  number text not null,
  issuer text not null,
  addressee text not null,
  body jsonb not null,
  issued_on date not null,
  issued_at timestamp with time zone not null,
  issued_by uuid default app_account(),
  constraint document_pkey PRIMARY KEY (county_code, id),
  constraint document_county_code_series_year_sequence_key UNIQUE (county_code, series, year, sequence),
  constraint document_body_check CHECK ((jsonb_typeof(body) = 'array'::text)),
  constraint document_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint document_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint document_sequence_check CHECK ((sequence > 0))
);
CREATE INDEX document_by_division ON public.document USING btree (county_code, division_code, issued_on);
CREATE INDEX document_of_case ON public.document USING btree (county_code, case_id, issued_at) WHERE (case_id IS NOT NULL);
alter table document enable row level security;
alter table document force row level security;
create policy document_issue on document for insert with check (((county_code = app_county()) AND in_scope(division_code)));
create policy document_read on document for select using (((county_code = app_county()) AND (in_scope(division_code) OR (applicant_id = app_person()) OR (case_id IN ( SELECT f.id
   FROM case_file f
  WHERE ((f.county_code = app_county()) AND in_scope(f.division_code)))))));
grant insert, select on document to wuxin_app;

create table document_series (
  county_code text default app_county() not null,
  series text not null,
  year integer not null,
  last_number integer not null,
  constraint document_series_pkey PRIMARY KEY (county_code, series, year),
  constraint document_series_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint document_series_last_number_check CHECK ((last_number > 0)),
  constraint document_series_series_check CHECK (((length(series) >= 1) AND (length(series) <= 100))),
  constraint document_series_year_check CHECK (((year >= 2000) AND (year <= 2100)))
);
alter table document_series enable row level security;
alter table document_series force row level security;
create policy document_series_of_county on document_series using ((county_code = app_county()));
grant insert, select on document_series to wuxin_app;
grant update (last_number) on document_series to wuxin_app;

create table duty (
  county_code text default app_county() not null,
  id uuid not null,
  duty text not null,
  subject_id uuid not null,
  person_id uuid not null,
  household_id uuid,
  division_code text not null,
  period text not null,
  reason text not null,
  opened_on date not null,
  due_on date not null,
  entitlement_id uuid,
  state text not null,
  visit_id uuid,
  done_on date,
  constraint duty_pkey PRIMARY KEY (county_code, id),
  constraint duty_county_code_duty_person_id_period_key UNIQUE (county_code, duty, person_id, period),
  constraint duty_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint duty_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint duty_check1 CHECK (((state = 'done'::text) = ((visit_id IS NOT NULL) AND (done_on IS NOT NULL)))),
  constraint duty_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint duty_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'void'::text])))
);
CREATE INDEX duty_of_subject ON public.duty USING btree (county_code, subject_id);
CREATE INDEX duty_open ON public.duty USING btree (county_code, division_code, due_on) WHERE (state = 'open'::text);
alter table duty enable row level security;
alter table duty force row level security;
create policy duty_of_scope on duty using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on duty to wuxin_app;
grant update (subject_id, household_id, division_code, reason, due_on, state, visit_id, done_on) on duty to wuxin_app;

create table entitlement (
  county_code text not null,
  id uuid not null,
  item text not null,
  exclusivity_group text not null,
  subject_kind text not null,
  household_id uuid,
  applicant_id uuid not null,
  payee_id uuid not null,
  division_code text not null,
  area_class text,
  case_id uuid,
  from_month month_text not null,
  end_month month_text,
  end_reason text,
  end_kind text,
  end_person_id uuid,
  review_months integer not null,
  review_class text,
  opened_at timestamp with time zone not null,
  subject_id uuid generated always as (
CASE
    WHEN (subject_kind = 'household'::text) THEN household_id
    ELSE applicant_id
END) stored,
  open_kind text default 'decision'::text not null,
  end_cause text,
  recognition boolean default false not null,
  constraint entitlement_pkey PRIMARY KEY (county_code, id),
  constraint entitlement_county_code_applicant_id_fkey FOREIGN KEY (county_code, applicant_id) REFERENCES person(county_code, id),
  constraint entitlement_county_code_household_id_fkey FOREIGN KEY (county_code, household_id) REFERENCES household(county_code, id),
  constraint entitlement_county_code_payee_id_fkey FOREIGN KEY (county_code, payee_id) REFERENCES person(county_code, id),
  constraint entitlement_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint entitlement_check1 CHECK (((subject_kind = 'person'::text) OR (household_id IS NOT NULL))),
  constraint entitlement_check2 CHECK ((((end_month IS NULL) = (end_reason IS NULL)) AND ((end_month IS NULL) = (end_kind IS NULL)))),
  constraint entitlement_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint entitlement_end_cause_check CHECK (((length(end_cause) >= 1) AND (length(end_cause) <= 30))),
  constraint entitlement_end_kind_check CHECK ((end_kind = ANY (ARRAY['decision'::text, 'death'::text, 'merged'::text]))),
  constraint entitlement_open_kind_check CHECK ((open_kind = ANY (ARRAY['decision'::text, 'split'::text]))),
  constraint entitlement_review_months_check CHECK (((review_months >= 1) AND (review_months <= 120))),
  constraint entitlement_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['household'::text, 'person'::text])))
);
CREATE INDEX entitlement_by_applicant ON public.entitlement USING btree (county_code, applicant_id);
CREATE INDEX entitlement_by_case ON public.entitlement USING btree (county_code, case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX entitlement_by_division ON public.entitlement USING btree (county_code, division_code);
CREATE INDEX entitlement_by_household ON public.entitlement USING btree (county_code, household_id) WHERE (household_id IS NOT NULL);
CREATE INDEX entitlement_by_payee ON public.entitlement USING btree (county_code, payee_id);
CREATE UNIQUE INDEX entitlement_live_once ON public.entitlement USING btree (county_code, item, subject_id) WHERE (end_month IS NULL);
alter table entitlement enable row level security;
alter table entitlement force row level security;
create policy entitlement_moved on entitlement for update using (((county_code = app_county()) AND in_scope(division_code)));
create policy entitlement_opened on entitlement for insert with check (((county_code = app_county()) AND in_scope(division_code)));
create policy entitlement_seen on entitlement for select using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code) OR (applicant_id = app_person()) OR (payee_id = app_person()))));
grant insert, select on entitlement to wuxin_app;
grant update (payee_id, division_code, area_class, case_id, end_month, end_reason, end_kind, end_person_id, review_months, review_class, end_cause) on entitlement to wuxin_app;

create table entitlement_amount (
  county_code text not null,
  entitlement_id uuid not null,
  seq integer not null,
  from_month month_text not null,
  amount_fen bigint not null,
  persons integer not null,
  reason text not null,
  decision_id uuid,
  recorded_at timestamp with time zone not null,
  recorded_by uuid default app_account(),
  reprice_id uuid,
  basis_id uuid,
  rule_version text,
  cause text,
  constraint entitlement_amount_pkey PRIMARY KEY (county_code, entitlement_id, seq),
  constraint entitlement_amount_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint entitlement_amount_cause_check CHECK (((length(cause) >= 1) AND (length(cause) <= 30))),
  constraint entitlement_amount_persons_check CHECK ((persons >= 0)),
  constraint entitlement_amount_seq_check CHECK ((seq > 0))
);
CREATE INDEX entitlement_amount_in_force ON public.entitlement_amount USING btree (county_code, entitlement_id, from_month DESC, seq DESC) INCLUDE (amount_fen);
CREATE INDEX entitlement_amount_recorded ON public.entitlement_amount USING brin (recorded_at) WITH (pages_per_range='32');
CREATE UNIQUE INDEX entitlement_amount_of_run_once ON public.entitlement_amount USING btree (county_code, reprice_id, entitlement_id, from_month) WHERE (reprice_id IS NOT NULL);
alter table entitlement_amount enable row level security;
alter table entitlement_amount force row level security;
create policy entitlement_amount_of_scope on entitlement_amount using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM entitlement e
  WHERE ((e.county_code = entitlement_amount.county_code) AND (e.id = entitlement_amount.entitlement_id)))))));
CREATE TRIGGER entitlement_amount_belongs AFTER INSERT ON public.entitlement_amount REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION entitlement_amount_belongs();
grant insert, select on entitlement_amount to wuxin_app;

create table entitlement_basis (
  county_code text not null,
  entitlement_id uuid not null,
  seq integer not null,
  source_id uuid not null,
  from_month month_text not null,
  layout text not null,
  members integer not null,
  facts bytea not null,
  frozen boolean not null,
  constraint entitlement_basis_pkey PRIMARY KEY (county_code, entitlement_id, seq),
  constraint entitlement_basis_county_code_entitlement_id_fkey FOREIGN KEY (county_code, entitlement_id) REFERENCES entitlement(county_code, id),
  constraint entitlement_basis_members_check CHECK ((members >= 0)),
  constraint entitlement_basis_seq_check CHECK ((seq > 0))
);
alter table entitlement_basis enable row level security;
alter table entitlement_basis force row level security;
create policy entitlement_basis_of_scope on entitlement_basis using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM entitlement e
  WHERE ((e.county_code = entitlement_basis.county_code) AND (e.id = entitlement_basis.entitlement_id)))))));
grant insert, select on entitlement_basis to wuxin_app;
grant update (layout, members, facts) on entitlement_basis to wuxin_app;

create table entitlement_change (
  county_code text not null,
  id uuid not null,
  entitlement_id uuid not null,
  kind text not null,
  from_month month_text not null,
  reason text not null,
  person_id uuid,
  event text,
  happened_on date,
  division_before text,
  division_after text,
  area_before text,
  area_after text,
  before_fen bigint not null,
  after_fen bigint not null,
  inputs jsonb,
  rule_version text,
  at timestamp with time zone not null,
  account_id uuid default app_account(),
  by_name text not null,
  constraint entitlement_change_pkey PRIMARY KEY (county_code, id),
  constraint entitlement_change_county_code_entitlement_id_fkey FOREIGN KEY (county_code, entitlement_id) REFERENCES entitlement(county_code, id),
  constraint entitlement_change_after_fen_check CHECK ((after_fen >= 0)),
  constraint entitlement_change_before_fen_check CHECK ((before_fen >= 0)),
  constraint entitlement_change_check CHECK (((kind = 'member-out'::text) = (person_id IS NOT NULL))),
  constraint entitlement_change_check1 CHECK (((inputs IS NULL) = (rule_version IS NULL))),
  constraint entitlement_change_event_check CHECK ((event = ANY (ARRAY['died'::text, 'left'::text, 'jailed'::text, 'adult'::text, 'split'::text, 'merged'::text]))),
  constraint entitlement_change_kind_check CHECK ((kind = ANY (ARRAY['suspend'::text, 'resume'::text, 'member-out'::text, 'transfer'::text, 'split'::text, 'merge'::text]))),
  constraint entitlement_change_reason_check CHECK ((length(btrim(reason)) >= 2))
);
CREATE INDEX entitlement_change_moved ON public.entitlement_change USING btree (county_code, entitlement_id) WHERE (kind = 'transfer'::text);
CREATE INDEX entitlement_change_of ON public.entitlement_change USING btree (county_code, entitlement_id, at);
alter table entitlement_change enable row level security;
alter table entitlement_change force row level security;
create policy entitlement_change_of_scope on entitlement_change using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM entitlement e
  WHERE ((e.county_code = entitlement_change.county_code) AND (e.id = entitlement_change.entitlement_id)))))));
grant insert, select on entitlement_change to wuxin_app;

create table entitlement_decision (
  county_code text not null,
  decision_id uuid not null,
  entitlement_id uuid not null,
  kind text not null,
  applied_at timestamp with time zone not null,
  constraint entitlement_decision_pkey PRIMARY KEY (county_code, decision_id),
  constraint entitlement_decision_county_code_entitlement_id_fkey FOREIGN KEY (county_code, entitlement_id) REFERENCES entitlement(county_code, id),
  constraint entitlement_decision_kind_check CHECK ((kind = ANY (ARRAY['award'::text, 'adjust'::text, 'continue'::text, 'gradual-exit'::text, 'stop'::text])))
);
CREATE INDEX entitlement_decision_by_entitlement ON public.entitlement_decision USING btree (county_code, entitlement_id);
alter table entitlement_decision enable row level security;
alter table entitlement_decision force row level security;
create policy entitlement_decision_of_scope on entitlement_decision using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM entitlement e
  WHERE ((e.county_code = entitlement_decision.county_code) AND (e.id = entitlement_decision.entitlement_id)))))));
grant insert, select on entitlement_decision to wuxin_app;

create table entitlement_notice (
  county_code text not null,
  entitlement_id uuid not null,
  seq integer not null,
  document_id uuid not null,
  number text not null,
  reprice_id uuid,
  division_code text not null,
  issued_on date not null,
  constraint entitlement_notice_pkey PRIMARY KEY (county_code, entitlement_id, seq),
  constraint entitlement_notice_county_code_document_id_fkey FOREIGN KEY (county_code, document_id) REFERENCES document(county_code, id),
  constraint entitlement_notice_county_code_entitlement_id_seq_fkey FOREIGN KEY (county_code, entitlement_id, seq) REFERENCES entitlement_amount(county_code, entitlement_id, seq),
  constraint entitlement_notice_check CHECK ((division_code ~~ (county_code || '%'::text)))
);
CREATE UNIQUE INDEX entitlement_notice_of_run ON public.entitlement_notice USING btree (county_code, reprice_id, entitlement_id) WHERE (reprice_id IS NOT NULL);
alter table entitlement_notice enable row level security;
alter table entitlement_notice force row level security;
create policy entitlement_notice_added on entitlement_notice for insert with check (((county_code = app_county()) AND in_scope(division_code)));
create policy entitlement_notice_seen on entitlement_notice for select using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code) OR (entitlement_id IN ( SELECT e.id
   FROM entitlement e
  WHERE ((e.county_code = app_county()) AND in_scope(e.division_code)))))));
grant insert, select on entitlement_notice to wuxin_app;

create table entitlement_person (
  county_code text not null,
  entitlement_id uuid not null,
  person_id uuid not null,
  from_month month_text not null,
  end_month month_text,
  end_reason text,
  moved boolean default false not null,
  end_cause text,
  constraint entitlement_person_pkey PRIMARY KEY (county_code, entitlement_id, person_id, from_month),
  constraint entitlement_person_county_code_entitlement_id_fkey FOREIGN KEY (county_code, entitlement_id) REFERENCES entitlement(county_code, id),
  constraint entitlement_person_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint entitlement_person_check CHECK (((end_month IS NULL) = (end_reason IS NULL))),
  constraint entitlement_person_end_cause_check CHECK (((length(end_cause) >= 1) AND (length(end_cause) <= 30)))
);
CREATE INDEX entitlement_person_by_person ON public.entitlement_person USING btree (county_code, person_id);
alter table entitlement_person enable row level security;
alter table entitlement_person force row level security;
create policy entitlement_person_of_scope on entitlement_person using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM entitlement e
  WHERE ((e.county_code = entitlement_person.county_code) AND (e.id = entitlement_person.entitlement_id)))))));
grant insert, select on entitlement_person to wuxin_app;
grant update (end_month, end_reason, moved, end_cause) on entitlement_person to wuxin_app;

create table entitlement_reshape (
  county_code text not null,
  id uuid not null,
  kind text not null,
  entitlement_id uuid not null,
  other_id uuid,
  from_month month_text not null,
  reason text not null,
  head_id uuid,
  people jsonb not null,
  facts jsonb not null,
  told jsonb not null,
  state text not null,
  opened_by uuid default app_account() not null,
  opened_by_name text not null,
  opened_at timestamp with time zone not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamp with time zone,
  note text,
  constraint entitlement_reshape_pkey PRIMARY KEY (county_code, id),
  constraint entitlement_reshape_county_code_entitlement_id_fkey FOREIGN KEY (county_code, entitlement_id) REFERENCES entitlement(county_code, id),
  constraint entitlement_reshape_check CHECK (((kind = 'split'::text) = (head_id IS NOT NULL))),
  constraint entitlement_reshape_check1 CHECK (((kind = 'split'::text) OR (other_id IS NOT NULL))),
  constraint entitlement_reshape_check2 CHECK ((other_id <> entitlement_id)),
  constraint entitlement_reshape_check3 CHECK ((((state = 'proposed'::text) = (decided_by IS NULL)) AND ((decided_by IS NULL) = (decided_at IS NULL)))),
  constraint entitlement_reshape_kind_check CHECK ((kind = ANY (ARRAY['split'::text, 'merge'::text]))),
  constraint entitlement_reshape_reason_check CHECK ((length(btrim(reason)) >= 2)),
  constraint entitlement_reshape_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'rejected'::text, 'withdrawn'::text]))),
  constraint entitlement_reshape_two_people CHECK (((state <> ALL (ARRAY['confirmed'::text, 'rejected'::text])) OR (decided_by <> opened_by)))
);
CREATE INDEX entitlement_reshape_of ON public.entitlement_reshape USING btree (county_code, entitlement_id, opened_at);
CREATE INDEX entitlement_reshape_of_other ON public.entitlement_reshape USING btree (county_code, other_id) WHERE (other_id IS NOT NULL);
CREATE UNIQUE INDEX entitlement_reshape_once ON public.entitlement_reshape USING btree (county_code, entitlement_id) WHERE (state = 'proposed'::text);
CREATE UNIQUE INDEX entitlement_reshape_other_once ON public.entitlement_reshape USING btree (county_code, other_id) WHERE (state = 'proposed'::text);
alter table entitlement_reshape enable row level security;
alter table entitlement_reshape force row level security;
create policy entitlement_reshape_of_scope on entitlement_reshape using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM entitlement e
  WHERE ((e.county_code = entitlement_reshape.county_code) AND (e.id = entitlement_reshape.entitlement_id)))))));
CREATE TRIGGER entitlement_reshape_guard BEFORE UPDATE ON public.entitlement_reshape FOR EACH ROW EXECUTE FUNCTION entitlement_reshape_guard();
grant insert, select on entitlement_reshape to wuxin_app;
grant update (other_id, state, decided_by, decided_by_name, decided_at, note) on entitlement_reshape to wuxin_app;

create table entitlement_review (
  county_code text not null,
  id uuid not null,
  entitlement_id uuid not null,
  kind text not null,
  about_id uuid not null,
  label text not null,
  due_on date not null,
  opened_at timestamp with time zone not null,
  request_id uuid,
  done_on date,
  result text,
  method text,
  note text,
  done_by uuid,
  done_by_name text,
  pending boolean default false not null,
  constraint entitlement_review_pkey PRIMARY KEY (county_code, id),
  constraint entitlement_review_county_code_entitlement_id_fkey FOREIGN KEY (county_code, entitlement_id) REFERENCES entitlement(county_code, id),
  constraint entitlement_review_check CHECK ((((done_on IS NULL) = (result IS NULL)) AND ((done_on IS NULL) = (method IS NULL)))),
  constraint entitlement_review_check1 CHECK (((NOT pending) OR (result = ANY (ARRAY['recheck'::text, 'stop'::text])))),
  constraint entitlement_review_kind_check CHECK ((kind = ANY (ARRAY['periodic'::text, 'death'::text, 'age'::text]))),
  constraint entitlement_review_method_check CHECK ((method = ANY (ARRAY['home-visit'::text, 'video'::text, 'data-match'::text, 'office'::text, 'decision'::text]))),
  constraint entitlement_review_result_check CHECK ((result = ANY (ARRAY['continue'::text, 'recheck'::text, 'stop'::text])))
);
CREATE INDEX entitlement_review_due ON public.entitlement_review USING btree (county_code, due_on) WHERE (done_on IS NULL);
CREATE INDEX entitlement_review_of ON public.entitlement_review USING btree (county_code, entitlement_id, due_on);
CREATE INDEX entitlement_review_pending ON public.entitlement_review USING btree (county_code, entitlement_id) WHERE pending;
CREATE UNIQUE INDEX entitlement_review_death_once ON public.entitlement_review USING btree (county_code, entitlement_id, about_id) WHERE (kind = 'death'::text);
CREATE UNIQUE INDEX entitlement_review_open_once ON public.entitlement_review USING btree (county_code, entitlement_id, kind, about_id) WHERE (done_on IS NULL);
CREATE UNIQUE INDEX entitlement_review_request_once ON public.entitlement_review USING btree (county_code, request_id) WHERE (request_id IS NOT NULL);
alter table entitlement_review enable row level security;
alter table entitlement_review force row level security;
create policy entitlement_review_of_scope on entitlement_review using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM entitlement e
  WHERE ((e.county_code = entitlement_review.county_code) AND (e.id = entitlement_review.entitlement_id)))))));
grant insert, select on entitlement_review to wuxin_app;
grant update (request_id, done_on, result, method, note, done_by, done_by_name, pending) on entitlement_review to wuxin_app;

create table exchanged_list (
  county_code text default app_county() not null,
  id uuid not null,
  direction text not null,
  partner text not null,
  class text not null,
  file_name text not null,
  total integer not null,
  recognised integer not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  basis text,
  constraint exchanged_list_pkey PRIMARY KEY (county_code, id),
  constraint exchanged_list_basis_check CHECK (((length(basis) >= 4) AND (length(basis) <= 200))),
  constraint exchanged_list_class_check CHECK (((length(class) >= 1) AND (length(class) <= 30))),
  constraint exchanged_list_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint exchanged_list_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint exchanged_list_partner_check CHECK (((length(partner) >= 1) AND (length(partner) <= 60)))
);
alter table exchanged_list enable row level security;
alter table exchanged_list force row level security;
create policy exchanged_list_of_county on exchanged_list using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on exchanged_list to wuxin_app;
grant update (recognised) on exchanged_list to wuxin_app;

create table exchanged_row (
  county_code text default app_county() not null,
  list_id uuid not null,
  line integer not null,
  name text not null,
  id_no_digest bytea,
  id_no_masked text not null,
  person_id uuid,
  recognised boolean not null,
  reason text not null,
  name_digest bytea,
  handled_note_sealed bytea,
  handled_on date,
  handled_by_name text,
  constraint exchanged_row_pkey PRIMARY KEY (county_code, list_id, line),
  constraint exchanged_row_county_code_list_id_fkey FOREIGN KEY (county_code, list_id) REFERENCES exchanged_list(county_code, id),
  constraint exchanged_row_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint exchanged_row_check CHECK ((((handled_note_sealed IS NULL) = (handled_on IS NULL)) AND ((handled_on IS NULL) = (handled_by_name IS NULL)))),
  constraint exchanged_row_line_check CHECK ((line > 0))
);
CREATE INDEX exchanged_row_of_person ON public.exchanged_row USING btree (county_code, person_id) WHERE (person_id IS NOT NULL);
alter table exchanged_row enable row level security;
alter table exchanged_row force row level security;
create policy exchanged_row_of_county on exchanged_row using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on exchanged_row to wuxin_app;
grant update (person_id, recognised, reason, handled_note_sealed, handled_on, handled_by_name) on exchanged_row to wuxin_app;

create table fact (
  county_code text default app_county() not null,
  id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  name text not null,
  value jsonb not null,
  source text not null,
  source_rank integer not null,
  reference text,
  valid_from date not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid default app_account(),
  recorded_by_name text not null,
  case_id uuid,
  division_code text,
  applicant_id uuid,
  constraint fact_pkey PRIMARY KEY (county_code, id),
  constraint fact_check CHECK (((subject_kind <> 'case'::text) OR (division_code IS NOT NULL))),
  constraint fact_check1 CHECK (((division_code IS NULL) OR (division_code ~~ (county_code || '%'::text)))),
  constraint fact_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint fact_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint fact_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['person'::text, 'household'::text, 'case'::text]))),
  constraint fact_value_check CHECK ((jsonb_typeof(value) = ANY (ARRAY['string'::text, 'number'::text, 'boolean'::text, 'null'::text])))
);
CREATE INDEX fact_of_case ON public.fact USING btree (county_code, case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX fact_of_subject ON public.fact USING btree (county_code, subject_id, name, source_rank DESC, recorded_at DESC, id DESC);
CREATE INDEX fact_recorded ON public.fact USING btree (county_code, recorded_at);
alter table fact enable row level security;
alter table fact force row level security;
create policy fact_of_subject on fact using (((county_code = app_county()) AND
CASE subject_kind
    WHEN 'person'::text THEN (EXISTS ( SELECT 1
       FROM person p
      WHERE ((p.county_code = fact.county_code) AND (p.id = fact.subject_id))))
    WHEN 'household'::text THEN (EXISTS ( SELECT 1
       FROM household h
      WHERE ((h.county_code = fact.county_code) AND (h.id = fact.subject_id))))
    ELSE (in_scope(division_code) OR (applicant_id = app_person()) OR (subject_id IN ( SELECT f.id
       FROM case_file f
      WHERE ((f.county_code = app_county()) AND in_scope(f.division_code)))))
END));
grant insert, select on fact to wuxin_app;

create table feed_connector (
  county_code text not null,
  feed text not null,
  url text not null,
  header text not null,
  secret_sealed bytea,
  every text not null,
  hour smallint not null,
  weekday smallint,
  month_day smallint,
  next_at timestamp with time zone,
  asked_by_name text,
  claim uuid,
  claimed_until timestamp with time zone,
  failures integer default 0 not null,
  last_digest bytea,
  last_received_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  updated_by_name text not null,
  protocol jsonb,
  constraint feed_connector_pkey PRIMARY KEY (county_code, feed),
  constraint feed_connector_check CHECK (((every = 'week'::text) = (weekday IS NOT NULL))),
  constraint feed_connector_check1 CHECK (((every = 'month'::text) = (month_day IS NOT NULL))),
  constraint feed_connector_check2 CHECK (((claim IS NULL) = (claimed_until IS NULL))),
  constraint feed_connector_check3 CHECK (((last_digest IS NULL) = (last_received_at IS NULL))),
  constraint feed_connector_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint feed_connector_every_check CHECK ((every = ANY (ARRAY['day'::text, 'workday'::text, 'week'::text, 'month'::text]))),
  constraint feed_connector_failures_check CHECK ((failures >= 0)),
  constraint feed_connector_feed_check CHECK ((feed <> ''::text)),
  constraint feed_connector_header_check CHECK ((header ~ '^[A-Za-z0-9-]{1,60}$'::text)),
  constraint feed_connector_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint feed_connector_last_digest_check CHECK ((length(last_digest) = 32)),
  constraint feed_connector_month_day_check CHECK (((month_day >= 1) AND (month_day <= 28))),
  constraint feed_connector_protocol_check CHECK ((jsonb_typeof(protocol) = 'object'::text)),
  constraint feed_connector_url_check CHECK (((url ~ '^https?://'::text) AND (length(url) <= 500))),
  constraint feed_connector_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
);
alter table feed_connector enable row level security;
alter table feed_connector force row level security;
create policy feed_connector_of_county on feed_connector using (((county_code = app_county()) AND (app_person() IS NULL) AND (in_scope(county_code) OR ((app_scope() IS NULL) AND (app_account() IS NOT NULL)))));
grant insert, select on feed_connector to wuxin_app;
grant update (url, header, secret_sealed, every, hour, weekday, month_day, next_at, asked_by_name, claim, claimed_until, failures, last_digest, last_received_at, updated_at, updated_by_name, protocol) on feed_connector to wuxin_app;

create table feed_fetch (
  county_code text not null,
  id uuid not null,
  feed text not null,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone not null,
  outcome text not null,
  words text not null,
  bytes bigint,
  run_id uuid,
  asked_by_name text,
  constraint feed_fetch_pkey PRIMARY KEY (county_code, id),
  constraint feed_fetch_county_code_run_id_fkey FOREIGN KEY (county_code, run_id) REFERENCES feed_run(county_code, id),
  constraint feed_fetch_bytes_check CHECK ((bytes >= 0)),
  constraint feed_fetch_check CHECK (((outcome = 'received'::text) = (run_id IS NOT NULL))),
  constraint feed_fetch_check1 CHECK (((outcome = 'failed'::text) = (bytes IS NULL))),
  constraint feed_fetch_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint feed_fetch_feed_check CHECK ((feed <> ''::text)),
  constraint feed_fetch_outcome_check CHECK ((outcome = ANY (ARRAY['received'::text, 'same'::text, 'failed'::text]))),
  constraint feed_fetch_words_check CHECK (((length(words) >= 1) AND (length(words) <= 300)))
);
CREATE INDEX feed_fetch_newest ON public.feed_fetch USING btree (county_code, began_at DESC);
alter table feed_fetch enable row level security;
alter table feed_fetch force row level security;
create policy feed_fetch_of_county on feed_fetch using (((county_code = app_county()) AND (app_person() IS NULL) AND (in_scope(county_code) OR ((app_scope() IS NULL) AND (app_account() IS NOT NULL)))));
grant insert, select on feed_fetch to wuxin_app;

create table feed_match (
  county_code text not null,
  run_id uuid not null,
  person_id uuid not null,
  division_code text not null,
  feed text not null,
  as_of date not null,
  rows integer not null,
  score real,
  facts jsonb not null,
  codes text[],
  sealed bytea not null,
  replaced boolean default false not null,
  constraint feed_match_pkey PRIMARY KEY (county_code, run_id, person_id),
  constraint feed_match_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint feed_match_county_code_run_id_fkey FOREIGN KEY (county_code, run_id) REFERENCES feed_run(county_code, id),
  constraint feed_match_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint feed_match_rows_check CHECK ((rows > 0)),
  constraint feed_match_score_check CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision)))
);
CREATE INDEX feed_match_codes ON public.feed_match USING btree (county_code, feed) WHERE (codes IS NOT NULL);
CREATE INDEX feed_match_of_person ON public.feed_match USING btree (county_code, person_id, feed, as_of DESC);
alter table feed_match enable row level security;
alter table feed_match force row level security;
create policy feed_match_of_scope on feed_match using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code))));
grant insert, select on feed_match to wuxin_app;
grant update (replaced) on feed_match to wuxin_app;

create table feed_run (
  county_code text not null,
  id uuid not null,
  feed text not null,
  origin text not null,
  file_name text not null,
  file_bytes bigint not null,
  as_of date not null,
  state text not null,
  report jsonb default '{}'::jsonb not null,
  received_at timestamp with time zone not null,
  received_by uuid,
  received_by_name text not null,
  ended_at timestamp with time zone,
  file_deleted_at timestamp with time zone,
  fall text,
  fall_from bigint,
  fall_judged_at timestamp with time zone,
  fall_judged_by uuid,
  fall_judged_by_name text,
  fall_reason_sealed bytea,
  replaces boolean default false not null,
  replaced_by uuid,
  constraint feed_run_pkey PRIMARY KEY (county_code, id),
  constraint feed_run_county_code_replaced_by_fkey FOREIGN KEY (county_code, replaced_by) REFERENCES feed_run(county_code, id),
  constraint feed_run_check CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  constraint feed_run_check1 CHECK (((file_deleted_at IS NULL) OR (ended_at IS NOT NULL))),
  constraint feed_run_check2 CHECK (((fall IS NULL) = (fall_from IS NULL))),
  constraint feed_run_check3 CHECK (((fall IS NULL) OR (state = 'done'::text))),
  constraint feed_run_check4 CHECK (((fall_judged_at IS NOT NULL) = (COALESCE(fall, 'held'::text) <> 'held'::text))),
  constraint feed_run_check5 CHECK ((((fall_judged_at IS NULL) = (fall_judged_by_name IS NULL)) AND ((fall_judged_at IS NULL) = (fall_reason_sealed IS NULL)))),
  constraint feed_run_check6 CHECK (((replaced_by IS NULL) OR (state = 'done'::text))),
  constraint feed_run_check7 CHECK (((replaced_by IS NULL) OR (fall IS DISTINCT FROM 'held'::text))),
  constraint feed_run_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint feed_run_fall_check CHECK ((fall = ANY (ARRAY['held'::text, 'whole'::text, 'part'::text]))),
  constraint feed_run_fall_from_check CHECK ((fall_from > 0)),
  constraint feed_run_feed_check CHECK ((feed <> ''::text)),
  constraint feed_run_file_bytes_check CHECK ((file_bytes >= 0)),
  constraint feed_run_origin_check CHECK ((origin = ANY (ARRAY['console'::text, 'api'::text, 'folder'::text, 'connector'::text]))),
  constraint feed_run_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text, 'failed'::text])))
);
CREATE INDEX feed_run_by_feed ON public.feed_run USING btree (county_code, feed, received_at DESC);
CREATE INDEX feed_run_with_file ON public.feed_run USING btree (county_code) WHERE (file_deleted_at IS NULL);
alter table feed_run enable row level security;
alter table feed_run force row level security;
create policy feed_run_for_owner on feed_run for select to wuxin_owner using ((county_code = app_county()));
create policy feed_run_of_county on feed_run using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on feed_run to wuxin_app;
grant update (state, report, ended_at, file_deleted_at, fall, fall_from, fall_judged_at, fall_judged_by, fall_judged_by_name, fall_reason_sealed, replaced_by) on feed_run to wuxin_app;

create table feed_token (
  county_code text not null,
  id uuid not null,
  feed text not null,
  digest bytea not null,
  expires_on date not null,
  created_at timestamp with time zone not null,
  created_by uuid,
  created_by_name text not null,
  last_used_at timestamp with time zone,
  hour_began_at timestamp with time zone,
  hour_files integer default 0 not null,
  revoked_at timestamp with time zone,
  revoked_by_name text,
  constraint feed_token_pkey PRIMARY KEY (county_code, id),
  constraint feed_token_county_code_digest_key UNIQUE (county_code, digest),
  constraint feed_token_check CHECK (((revoked_at IS NULL) = (revoked_by_name IS NULL))),
  constraint feed_token_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint feed_token_digest_check CHECK ((length(digest) = 32)),
  constraint feed_token_feed_check CHECK ((feed <> ''::text)),
  constraint feed_token_hour_files_check CHECK ((hour_files >= 0))
);
alter table feed_token enable row level security;
alter table feed_token force row level security;
create policy feed_token_of_county on feed_token using (((county_code = app_county()) AND (app_person() IS NULL) AND (in_scope(county_code) OR ((app_scope() IS NULL) AND (app_account() IS NOT NULL)))));
grant insert, select on feed_token to wuxin_app;
grant update (last_used_at, hour_began_at, hour_files, revoked_at, revoked_by_name) on feed_token to wuxin_app;

create table field_device (
  county_code text default app_county() not null,
  id uuid not null,
  account_id uuid not null,
  account_name text not null,
  division_code text not null,
  label text not null,
  key_sealed bytea not null,
  enrolled_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_by_name text,
  revoke_reason text,
  constraint field_device_pkey PRIMARY KEY (county_code, id),
  constraint field_device_county_code_account_id_fkey FOREIGN KEY (county_code, account_id) REFERENCES account(county_code, id),
  constraint field_device_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint field_device_check1 CHECK (((revoked_at IS NULL) = (revoked_by_name IS NULL))),
  constraint field_device_check2 CHECK (((revoke_reason IS NULL) OR (revoked_at IS NOT NULL))),
  constraint field_device_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint field_device_label_check CHECK ((length(label) <= 100)),
  constraint field_device_revoke_reason_check CHECK (((length(revoke_reason) >= 2) AND (length(revoke_reason) <= 200)))
);
CREATE INDEX field_device_of_account ON public.field_device USING btree (county_code, account_id);
alter table field_device enable row level security;
alter table field_device force row level security;
create policy field_device_of_scope on field_device using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on field_device to wuxin_app;
grant update (key_sealed, last_seen_at, revoked_at, revoked_by_name, revoke_reason) on field_device to wuxin_app;

create table fund_account (
  county_code text not null,
  id uuid not null,
  source text not null,
  document text not null,
  item text not null,
  issued_on date not null,
  opened_at timestamp with time zone not null,
  constraint fund_account_pkey PRIMARY KEY (county_code, id),
  constraint fund_account_county_code_source_document_item_key UNIQUE (county_code, source, document, item),
  constraint fund_account_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint fund_account_document_check CHECK ((document <> ''::text))
);
alter table fund_account enable row level security;
alter table fund_account force row level security;
create policy fund_account_named on fund_account for select using (((county_code = app_county()) AND (app_scope() IS NOT NULL)));
create policy fund_account_of_county on fund_account using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on fund_account to wuxin_app;

create table fund_allotment (
  county_code text not null,
  id uuid not null,
  account_id uuid not null,
  division_code text not null,
  purpose text not null,
  document text not null,
  allotted_on date not null,
  amount_fen bigint not null,
  withdraws uuid,
  at timestamp with time zone not null,
  by_account uuid default app_account() not null,
  by_name text not null,
  constraint fund_allotment_pkey PRIMARY KEY (county_code, id),
  constraint fund_allotment_county_code_account_id_fkey FOREIGN KEY (county_code, account_id) REFERENCES fund_account(county_code, id),
  constraint fund_allotment_county_code_withdraws_fkey FOREIGN KEY (county_code, withdraws) REFERENCES fund_allotment(county_code, id),
  constraint fund_allotment_amount_fen_check CHECK ((amount_fen > 0)),
  constraint fund_allotment_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint fund_allotment_document_check CHECK ((document <> ''::text)),
  constraint fund_allotment_purpose_check CHECK ((length(btrim(purpose)) >= 2))
);
CREATE INDEX fund_allotment_of_account ON public.fund_allotment USING btree (county_code, account_id);
CREATE UNIQUE INDEX fund_allotment_withdrawn_once ON public.fund_allotment USING btree (county_code, withdraws) WHERE (withdraws IS NOT NULL);
alter table fund_allotment enable row level security;
alter table fund_allotment force row level security;
create policy fund_allotment_of_county on fund_allotment using (((county_code = app_county()) AND in_scope(county_code)));
create policy fund_allotment_of_place on fund_allotment for select using (((county_code = app_county()) AND in_scope(division_code)));
CREATE TRIGGER fund_allotment_guard AFTER INSERT ON public.fund_allotment FOR EACH ROW EXECUTE FUNCTION fund_allotment_guard();
grant insert, select on fund_allotment to wuxin_app;

create table fund_balance (
  county_code text not null,
  account_id uuid not null,
  class text not null,
  amount_fen bigint not null,
  constraint fund_balance_pkey PRIMARY KEY (county_code, account_id, class),
  constraint fund_balance_county_code_account_id_fkey FOREIGN KEY (county_code, account_id) REFERENCES fund_account(county_code, id)
);
alter table fund_balance enable row level security;
alter table fund_balance force row level security;
create policy fund_balance_of_county on fund_balance using (((county_code = app_county()) AND in_scope(county_code)));
grant select on fund_balance to wuxin_app;

create table fund_entry (
  county_code text not null,
  journal_id uuid not null,
  seq integer not null,
  account_id uuid not null,
  class text not null,
  month month_text not null,
  debit_fen bigint not null,
  credit_fen bigint not null,
  constraint fund_entry_whole TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint fund_entry_pkey PRIMARY KEY (county_code, journal_id, seq),
  constraint fund_entry_county_code_account_id_fkey FOREIGN KEY (county_code, account_id) REFERENCES fund_account(county_code, id),
  constraint fund_entry_county_code_journal_id_fkey FOREIGN KEY (county_code, journal_id) REFERENCES fund_journal(county_code, id),
  constraint fund_entry_check CHECK (((debit_fen > 0) <> (credit_fen > 0))),
  constraint fund_entry_class_check CHECK ((class = ANY (ARRAY['received'::text, 'available'::text, 'committed'::text, 'paid'::text, 'recovered'::text]))),
  constraint fund_entry_credit_fen_check CHECK ((credit_fen >= 0)),
  constraint fund_entry_debit_fen_check CHECK ((debit_fen >= 0)),
  constraint fund_entry_seq_check CHECK ((seq > 0))
);
CREATE INDEX fund_entry_of_account ON public.fund_entry USING btree (county_code, account_id);
alter table fund_entry enable row level security;
alter table fund_entry force row level security;
create policy fund_entry_for_owner on fund_entry for select to wuxin_owner using ((county_code = app_county()));
create policy fund_entry_of_county on fund_entry using (((county_code = app_county()) AND in_scope(county_code)));
CREATE CONSTRAINT TRIGGER fund_entry_whole AFTER INSERT ON public.fund_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fund_entry_whole();
CREATE TRIGGER fund_entry_count AFTER INSERT ON public.fund_entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION fund_entry_count();
grant insert, select on fund_entry to wuxin_app;

create table fund_journal (
  county_code text not null,
  id uuid not null,
  position bigint generated as identity not null,
  at timestamp with time zone not null,
  kind text not null,
  roster_id uuid,
  item text not null,
  month month_text not null,
  moved_on date not null,
  amount_fen bigint not null,
  reference text not null,
  note text not null,
  reverses uuid,
  actor_id uuid,
  actor_name text not null,
  mac bytea not null,
  constraint fund_journal_whole TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint fund_outlay_confirmed TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint fund_journal_pkey PRIMARY KEY (county_code, id),
  constraint fund_journal_county_code_reverses_fkey FOREIGN KEY (county_code, reverses) REFERENCES fund_journal(county_code, id),
  constraint fund_journal_county_code_roster_id_fkey FOREIGN KEY (county_code, roster_id) REFERENCES roster(county_code, id),
  constraint fund_journal_amount_fen_check CHECK ((amount_fen > 0)),
  constraint fund_journal_check CHECK (((kind = 'reversal'::text) = (reverses IS NOT NULL))),
  constraint fund_journal_check1 CHECK (((kind = ANY (ARRAY['commitment'::text, 'payment'::text, 'return'::text])) = (roster_id IS NOT NULL))),
  constraint fund_journal_kind_check CHECK ((kind = ANY (ARRAY['allocation'::text, 'commitment'::text, 'payment'::text, 'outlay'::text, 'return'::text, 'recovery'::text, 'reversal'::text]))),
  constraint fund_journal_mac_check CHECK ((length(mac) = 32))
);
CREATE INDEX fund_journal_by_month ON public.fund_journal USING btree (county_code, month);
CREATE INDEX fund_journal_of_roster ON public.fund_journal USING btree (county_code, roster_id, item, month) WHERE (roster_id IS NOT NULL);
CREATE UNIQUE INDEX fund_journal_by_position ON public.fund_journal USING btree (county_code, "position");
CREATE UNIQUE INDEX fund_journal_reversed_once ON public.fund_journal USING btree (county_code, reverses) WHERE (reverses IS NOT NULL);
alter table fund_journal enable row level security;
alter table fund_journal force row level security;
create policy fund_journal_for_owner on fund_journal for select to wuxin_owner using ((county_code = app_county()));
create policy fund_journal_of_county on fund_journal using (((county_code = app_county()) AND in_scope(county_code)));
CREATE CONSTRAINT TRIGGER fund_journal_whole AFTER INSERT ON public.fund_journal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fund_journal_whole();
CREATE CONSTRAINT TRIGGER fund_outlay_confirmed AFTER INSERT ON public.fund_journal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.roster_id IS NULL)) EXECUTE FUNCTION fund_outlay_confirmed();
grant insert, select on fund_journal to wuxin_app;

create table fund_outlay (
  county_code text not null,
  id uuid not null,
  account_id uuid not null,
  way text not null,
  payee text not null,
  purpose text not null,
  document text not null,
  voucher text not null,
  file_id uuid not null,
  month month_text not null,
  paid_on date not null,
  amount_fen bigint not null,
  reverses uuid,
  reason text not null,
  asked_by uuid default app_account() not null,
  asked_by_name text not null,
  asked_at timestamp with time zone not null,
  decision text,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamp with time zone,
  decided_note text,
  constraint fund_outlay_pkey PRIMARY KEY (county_code, id),
  constraint fund_outlay_county_code_account_id_fkey FOREIGN KEY (county_code, account_id) REFERENCES fund_account(county_code, id),
  constraint fund_outlay_county_code_reverses_fkey FOREIGN KEY (county_code, reverses) REFERENCES fund_outlay(county_code, id),
  constraint fund_outlay_amount_fen_check CHECK ((amount_fen > 0)),
  constraint fund_outlay_check CHECK (((reverses IS NULL) OR (length(btrim(reason)) >= 2))),
  constraint fund_outlay_check1 CHECK ((((decision IS NULL) = (decided_by IS NULL)) AND ((decision IS NULL) = (decided_at IS NULL)) AND ((decision IS NULL) = (decided_by_name IS NULL)) AND ((decision IS NULL) = (decided_note IS NULL)))),
  constraint fund_outlay_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint fund_outlay_decision_check CHECK ((decision = ANY (ARRAY['confirmed'::text, 'declined'::text]))),
  constraint fund_outlay_document_check CHECK ((document <> ''::text)),
  constraint fund_outlay_payee_check CHECK (((length(btrim(payee)) >= 2) AND (length(btrim(payee)) <= 120))),
  constraint fund_outlay_purpose_check CHECK (((length(btrim(purpose)) >= 2) AND (length(btrim(purpose)) <= 120))),
  constraint fund_outlay_second_person CHECK (((decision IS DISTINCT FROM 'confirmed'::text) OR (decided_by <> asked_by))),
  constraint fund_outlay_voucher_check CHECK ((voucher <> ''::text)),
  constraint fund_outlay_way_check CHECK ((way = ANY (ARRAY['contract'::text, 'project'::text, 'service'::text, 'other'::text])))
);
CREATE INDEX fund_outlay_by_day ON public.fund_outlay USING btree (county_code, paid_on, id);
CREATE UNIQUE INDEX fund_outlay_reversed_once ON public.fund_outlay USING btree (county_code, reverses) WHERE ((reverses IS NOT NULL) AND (decision IS DISTINCT FROM 'declined'::text));
alter table fund_outlay enable row level security;
alter table fund_outlay force row level security;
create policy fund_outlay_of_county on fund_outlay using (((county_code = app_county()) AND in_scope(county_code)));
CREATE TRIGGER fund_outlay_guard BEFORE UPDATE ON public.fund_outlay FOR EACH ROW EXECUTE FUNCTION fund_outlay_guard();
grant insert, select on fund_outlay to wuxin_app;
grant update (decision, decided_by, decided_by_name, decided_at, decided_note) on fund_outlay to wuxin_app;

create table fund_override (
  county_code text not null,
  id uuid not null,
  account_id uuid not null,
  limit_fen bigint not null,
  reason text not null,
  requested_by uuid not null,
  requested_by_name text not null,
  requested_at timestamp with time zone not null,
  approved_by uuid,
  approved_by_name text,
  approved_at timestamp with time zone,
  refused_by uuid,
  refused_by_name text,
  refused_at timestamp with time zone,
  refused_note text,
  constraint fund_override_pkey PRIMARY KEY (county_code, id),
  constraint fund_override_county_code_account_id_fkey FOREIGN KEY (county_code, account_id) REFERENCES fund_account(county_code, id),
  constraint fund_override_check CHECK ((((approved_by IS NULL) = (approved_at IS NULL)) AND ((approved_by IS NULL) = (approved_by_name IS NULL)))),
  constraint fund_override_limit_fen_check CHECK ((limit_fen > 0)),
  constraint fund_override_one_answer CHECK (((approved_at IS NULL) OR (refused_at IS NULL))),
  constraint fund_override_reason_check CHECK ((length(reason) >= 2)),
  constraint fund_override_refused CHECK ((((refused_by IS NULL) = (refused_at IS NULL)) AND ((refused_by IS NULL) = (refused_by_name IS NULL)) AND ((refused_by IS NULL) = (refused_note IS NULL)))),
  constraint fund_override_refused_note CHECK ((length(btrim(refused_note)) >= 2)),
  constraint fund_override_second_person CHECK (((approved_by IS NULL) OR (approved_by <> requested_by)))
);
CREATE INDEX fund_override_of_account ON public.fund_override USING btree (county_code, account_id);
alter table fund_override enable row level security;
alter table fund_override force row level security;
create policy fund_override_of_county on fund_override using (((county_code = app_county()) AND in_scope(county_code)));
CREATE TRIGGER fund_override_guard BEFORE UPDATE ON public.fund_override FOR EACH ROW EXECUTE FUNCTION fund_override_guard();
grant insert, select on fund_override to wuxin_app;
grant update (approved_by, approved_by_name, approved_at, refused_by, refused_by_name, refused_at, refused_note) on fund_override to wuxin_app;

create table fund_posting (
  county_code text not null,
  event_id uuid not null,
  journal_id uuid not null,
  constraint fund_posting_pkey PRIMARY KEY (county_code, event_id),
  constraint fund_posting_county_code_event_id_fkey FOREIGN KEY (county_code, event_id) REFERENCES payment_event(county_code, id),
  constraint fund_posting_county_code_journal_id_fkey FOREIGN KEY (county_code, journal_id) REFERENCES fund_journal(county_code, id)
);
CREATE INDEX fund_posting_of_journal ON public.fund_posting USING btree (journal_id, event_id);
alter table fund_posting enable row level security;
alter table fund_posting force row level security;
create policy fund_posting_of_county on fund_posting using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
CREATE TRIGGER fund_posting_whole AFTER INSERT ON public.fund_posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION fund_posting_whole();
grant insert, select on fund_posting to wuxin_app;

create table fund_publicity (
  county_code text not null,
  id uuid not null,
  period text not null,
  figures jsonb not null,
  from_day date,
  to_day date,
  drafted_by uuid default app_account() not null,
  drafted_by_name text not null,
  drafted_at timestamp with time zone not null,
  taken_down_at timestamp with time zone,
  taken_down_by_name text,
  take_down_reason text,
  division_code text not null,
  decision text,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamp with time zone,
  decided_note text,
  constraint fund_publicity_pkey PRIMARY KEY (county_code, id),
  constraint fund_publicity_check CHECK ((to_day >= from_day)),
  constraint fund_publicity_check1 CHECK ((((taken_down_at IS NULL) = (take_down_reason IS NULL)) AND ((taken_down_at IS NULL) = (taken_down_by_name IS NULL)))),
  constraint fund_publicity_check2 CHECK ((starts_with(division_code, county_code) AND (length(division_code) = ANY (ARRAY[6, 9, 12])))),
  constraint fund_publicity_check3 CHECK ((((COALESCE(decision, 'unchecked'::text) = 'unchecked'::text) = (decided_by IS NULL)) AND ((decided_by IS NULL) = (decided_by_name IS NULL)) AND ((decided_by IS NULL) = (decided_at IS NULL)) AND ((decided_by IS NULL) = (decided_note IS NULL)))),
  constraint fund_publicity_check4 CHECK ((((COALESCE(decision, 'returned'::text) <> 'returned'::text) = (from_day IS NOT NULL)) AND ((from_day IS NULL) = (to_day IS NULL)))),
  constraint fund_publicity_check5 CHECK (((decision IS DISTINCT FROM 'returned'::text) OR (length(btrim(decided_note)) >= 2))),
  constraint fund_publicity_check6 CHECK (((taken_down_at IS NULL) OR (from_day IS NOT NULL))),
  constraint fund_publicity_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint fund_publicity_decision_check CHECK ((decision = ANY (ARRAY['confirmed'::text, 'returned'::text, 'unchecked'::text]))),
  constraint fund_publicity_figures_check CHECK (((jsonb_typeof(figures) = 'array'::text) AND (jsonb_array_length(figures) > 0))),
  constraint fund_publicity_period_check CHECK ((period ~ '^\d{4}(-(0[1-9]|1[0-2])|Q[1-4])?$'::text)),
  constraint fund_publicity_second_person CHECK (((decision IS DISTINCT FROM 'confirmed'::text) OR (decided_by <> drafted_by))),
  constraint fund_publicity_take_down_reason_check CHECK ((length(btrim(take_down_reason)) >= 2))
);
CREATE INDEX fund_publicity_by_day ON public.fund_publicity USING btree (county_code, to_day) WHERE (taken_down_at IS NULL);
CREATE UNIQUE INDEX fund_publicity_hangs_once ON public.fund_publicity USING btree (county_code, division_code, period) WHERE ((taken_down_at IS NULL) AND (decision IS DISTINCT FROM 'returned'::text));
alter table fund_publicity enable row level security;
alter table fund_publicity force row level security;
create policy fund_publicity_of_place on fund_publicity using (((county_code = app_county()) AND in_scope(division_code)));
CREATE TRIGGER fund_publicity_guard BEFORE INSERT OR UPDATE ON public.fund_publicity FOR EACH ROW EXECUTE FUNCTION fund_publicity_guard();
grant insert, select on fund_publicity to wuxin_app;
grant update (from_day, to_day, taken_down_at, taken_down_by_name, take_down_reason, decision, decided_by, decided_by_name, decided_at, decided_note) on fund_publicity to wuxin_app;

create table fund_receipt (
  county_code text not null,
  receipt_id uuid not null,
  recovery_id uuid not null,
  month month_text not null,
  journal_id uuid not null,
  constraint fund_receipt_pkey PRIMARY KEY (county_code, receipt_id, recovery_id, month),
  constraint fund_receipt_county_code_journal_id_key UNIQUE (county_code, journal_id),
  constraint fund_receipt_county_code_journal_id_fkey FOREIGN KEY (county_code, journal_id) REFERENCES fund_journal(county_code, id),
  constraint fund_receipt_county_code_receipt_id_recovery_id_month_fkey FOREIGN KEY (county_code, receipt_id, recovery_id, month) REFERENCES recovery_entry(county_code, receipt_id, recovery_id, month)
);
alter table fund_receipt enable row level security;
alter table fund_receipt force row level security;
create policy fund_receipt_of_county on fund_receipt using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on fund_receipt to wuxin_app;

create table fund_waiting (
  county_code text not null,
  roster_id uuid not null,
  item text not null,
  month month_text not null,
  needed_fen bigint not null,
  missing_fen bigint not null,
  since timestamp with time zone not null,
  constraint fund_waiting_pkey PRIMARY KEY (county_code, roster_id, item, month),
  constraint fund_waiting_county_code_roster_id_fkey FOREIGN KEY (county_code, roster_id) REFERENCES roster(county_code, id),
  constraint fund_waiting_missing_fen_check CHECK ((missing_fen > 0)),
  constraint fund_waiting_needed_fen_check CHECK ((needed_fen > 0))
);
alter table fund_waiting enable row level security;
alter table fund_waiting force row level security;
create policy fund_waiting_of_county on fund_waiting using (((county_code = app_county()) AND in_scope(county_code)));
grant delete, insert, select on fund_waiting to wuxin_app;
grant update (needed_fen, missing_fen) on fund_waiting to wuxin_app;

create table growth_refusal (
  county_code text default app_county() not null,
  id uuid not null,
  parameter text not null,
  working text not null,
  reason text not null,
  refused_by uuid default app_account() not null,
  refused_by_name text not null,
  refused_at timestamp with time zone not null,
  constraint growth_refusal_pkey PRIMARY KEY (county_code, id),
  constraint growth_refusal_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint growth_refusal_parameter_check CHECK (((length(parameter) >= 1) AND (length(parameter) <= 100))),
  constraint growth_refusal_reason_check CHECK (((length(btrim(reason)) >= 2) AND (length(btrim(reason)) <= 500))),
  constraint growth_refusal_working_check CHECK ((working <> ''::text))
);
CREATE UNIQUE INDEX growth_refusal_once ON public.growth_refusal USING btree (county_code, parameter, md5(working));
alter table growth_refusal enable row level security;
alter table growth_refusal force row level security;
create policy growth_refusal_add on growth_refusal for insert with check (((county_code = app_county()) AND in_scope(app_county())));
create policy growth_refusal_read on growth_refusal for select using ((county_code = app_county()));
grant insert, select on growth_refusal to wuxin_app;

create table household (
  county_code text default app_county() not null,
  id uuid not null,
  division_code text not null,
  head_person_id uuid not null,
  address text not null,
  area_class text not null,
  opened_on date not null,
  closed_on date,
  created_at timestamp with time zone not null,
  created_by uuid default app_account(),
  constraint household_pkey PRIMARY KEY (county_code, id),
  constraint household_county_code_id_division_code_key UNIQUE (county_code, id, division_code),
  constraint household_county_code_head_person_id_fkey FOREIGN KEY (county_code, head_person_id) REFERENCES person(county_code, id),
  constraint household_address_check CHECK ((length(address) <= 200)),
  constraint household_area_class_check CHECK ((area_class = ANY (ARRAY['城市'::text, '农村'::text]))),
  constraint household_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint household_check1 CHECK ((closed_on >= opened_on)),
  constraint household_county_code_check CHECK ((county_code ~ '^\d{6}$'::text))
);
CREATE INDEX household_by_division ON public.household USING btree (county_code, division_code);
CREATE INDEX household_by_head ON public.household USING btree (county_code, head_person_id);
alter table household enable row level security;
alter table household force row level security;
create policy household_add on household for insert to wuxin_app with check (((county_code = app_county()) AND in_scope(division_code)));
create policy household_change on household for update to wuxin_app using (((county_code = app_county()) AND in_scope(division_code)));
create policy household_read on household for select to wuxin_app using (((county_code = app_county()) AND (in_scope(division_code) OR (id = ( SELECT app_household() AS app_household)))));
grant insert, select on household to wuxin_app;
grant update (division_code, head_person_id, address, area_class, closed_on) on household to wuxin_app;

create table household_judged (
  county_code text not null,
  household_id uuid not null,
  division_code text not null,
  judged_at timestamp with time zone not null,
  constraint household_judged_pkey PRIMARY KEY (county_code, household_id),
  constraint household_judged_county_code_household_id_division_code_fkey FOREIGN KEY (county_code, household_id, division_code) REFERENCES household(county_code, id, division_code) ON UPDATE CASCADE,
  constraint household_judged_county_code_household_id_fkey FOREIGN KEY (county_code, household_id) REFERENCES household(county_code, id),
  constraint household_judged_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint household_judged_county_code_check CHECK ((county_code ~ '^\d{6}$'::text))
);
alter table household_judged enable row level security;
alter table household_judged force row level security;
create policy household_judged_of_scope on household_judged using (((county_code = app_county()) AND (app_person() IS NULL) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code))));
grant insert, select on household_judged to wuxin_app;
grant update (division_code, judged_at) on household_judged to wuxin_app;

create table household_judgement (
  county_code text not null,
  id uuid not null,
  household_id uuid not null,
  division_code text not null,
  item text not null,
  state text not null,
  person_ids uuid[] not null,
  reason_sealed bytea not null,
  rule_version text not null,
  since_on date not null,
  until_on date,
  constraint household_judgement_pkey PRIMARY KEY (county_code, id),
  constraint household_judgement_county_code_household_id_division_code_fkey FOREIGN KEY (county_code, household_id, division_code) REFERENCES household(county_code, id, division_code) ON UPDATE CASCADE,
  constraint household_judgement_county_code_household_id_fkey FOREIGN KEY (county_code, household_id) REFERENCES household(county_code, id),
  constraint household_judgement_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint household_judgement_check1 CHECK ((until_on >= since_on)),
  constraint household_judgement_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint household_judgement_item_check CHECK ((item <> ''::text)),
  constraint household_judgement_state_check CHECK ((state = ANY (ARRAY['yes'::text, 'no'::text, 'unsure'::text])))
);
CREATE INDEX household_judgement_yes ON public.household_judgement USING btree (county_code, since_on) WHERE (state = 'yes'::text);
CREATE UNIQUE INDEX household_judgement_open ON public.household_judgement USING btree (county_code, household_id, item) WHERE (until_on IS NULL);
alter table household_judgement enable row level security;
alter table household_judgement force row level security;
create policy household_judgement_of_scope on household_judgement using (((county_code = app_county()) AND (app_person() IS NULL) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code))));
grant insert, select on household_judgement to wuxin_app;
grant update (until_on) on household_judgement to wuxin_app;

create table household_member (
  county_code text default app_county() not null,
  id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  division_code text not null,
  relation text not null,
  from_date date not null,
  to_date date,
  end_reason text,
  recorded_at timestamp with time zone not null,
  recorded_by uuid default app_account(),
  constraint household_member_pkey PRIMARY KEY (county_code, id),
  constraint household_member_county_code_household_id_division_code_fkey FOREIGN KEY (county_code, household_id, division_code) REFERENCES household(county_code, id, division_code) ON UPDATE CASCADE,
  constraint household_member_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint household_member_check CHECK ((to_date >= from_date)),
  constraint household_member_relation_check CHECK (((length(relation) >= 1) AND (length(relation) <= 20)))
);
CREATE INDEX household_member_of_household ON public.household_member USING btree (county_code, household_id, from_date);
CREATE INDEX household_member_of_person ON public.household_member USING btree (county_code, person_id, from_date);
CREATE UNIQUE INDEX household_member_current ON public.household_member USING btree (county_code, person_id) WHERE (to_date IS NULL);
alter table household_member enable row level security;
alter table household_member force row level security;
create policy household_member_add on household_member for insert to wuxin_app with check (((county_code = app_county()) AND in_scope(division_code)));
create policy household_member_change on household_member for update to wuxin_app using (((county_code = app_county()) AND in_scope(division_code)));
create policy household_member_read on household_member for select to wuxin_app using (((county_code = app_county()) AND (in_scope(division_code) OR ((to_date IS NULL) AND (household_id = ( SELECT app_household() AS app_household))))));
create policy member_for_owner on household_member for select to wuxin_owner using (((county_code = app_county()) AND (person_id = app_person()) AND (to_date IS NULL)));
create policy member_lookup_for_owner on household_member for select to wuxin_owner using (((county_code = app_county()) AND (to_date IS NULL) AND (app_scope() IS NOT NULL)));
grant insert, select on household_member to wuxin_app;
grant update (relation, to_date, end_reason) on household_member to wuxin_app;

create table indicator_correction (
  county_code text not null,
  id uuid not null,
  division_code text not null,
  indicator text not null,
  month month_text not null,
  version integer not null,
  value numeric,
  numerator numeric,
  denominator numeric,
  reason text not null,
  asked_at timestamp with time zone not null,
  asked_by uuid not null,
  asked_by_name text not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  decided_by_name text,
  accepted boolean,
  note text default ''::text not null,
  constraint indicator_correction_pkey PRIMARY KEY (county_code, id),
  constraint indicator_correction_check CHECK ((((decided_by IS NULL) = (decided_at IS NULL)) AND ((decided_by IS NULL) = (accepted IS NULL)) AND ((decided_by IS NULL) = (decided_by_name IS NULL)))),
  constraint indicator_correction_check1 CHECK (((accepted IS DISTINCT FROM false) OR (length(note) >= 2))),
  constraint indicator_correction_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint indicator_correction_reason_check CHECK ((length(reason) >= 2)),
  constraint indicator_correction_second_person CHECK (((accepted IS DISTINCT FROM true) OR (decided_by <> asked_by))),
  constraint indicator_correction_version_check CHECK ((version > 1))
);
CREATE UNIQUE INDEX indicator_correction_one_open ON public.indicator_correction USING btree (county_code, division_code, indicator, month) WHERE (decided_at IS NULL);
alter table indicator_correction enable row level security;
alter table indicator_correction force row level security;
create policy indicator_correction_of_division on indicator_correction using (((county_code = app_county()) AND in_scope(division_code)));
CREATE TRIGGER indicator_correction_guard BEFORE UPDATE ON public.indicator_correction FOR EACH ROW EXECUTE FUNCTION indicator_correction_guard();
grant insert, select on indicator_correction to wuxin_app;
grant update (decided_at, decided_by, decided_by_name, accepted, note) on indicator_correction to wuxin_app;

create table indicator_explanation (
  county_code text not null,
  id uuid not null,
  division_code text not null,
  indicator text not null,
  month month_text not null,
  version integer not null,
  text text not null,
  at timestamp with time zone not null,
  by_id uuid not null,
  by_name text not null,
  constraint indicator_explanation_pkey PRIMARY KEY (county_code, id),
  constraint indicator_explanation_county_code_division_code_indicator__fkey FOREIGN KEY (county_code, division_code, indicator, month, version) REFERENCES indicator_snapshot(county_code, division_code, indicator, month, version),
  constraint indicator_explanation_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint indicator_explanation_text_check CHECK ((length(text) >= 2))
);
CREATE INDEX indicator_explanation_of ON public.indicator_explanation USING btree (county_code, division_code, indicator, month, version);
alter table indicator_explanation enable row level security;
alter table indicator_explanation force row level security;
create policy indicator_explanation_of_division on indicator_explanation using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on indicator_explanation to wuxin_app;

create table indicator_rows (
  county_code text not null,
  batch uuid not null,
  ledger text not null,
  division_code text not null,
  month month_text not null,
  count integer not null,
  body bytea not null,
  constraint indicator_rows_pkey PRIMARY KEY (county_code, batch, ledger, division_code),
  constraint indicator_rows_check CHECK (("left"(division_code, 6) = county_code)),
  constraint indicator_rows_count_check CHECK ((count > 0)),
  constraint indicator_rows_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint indicator_rows_ledger_check CHECK ((ledger <> ''::text))
);
alter table indicator_rows enable row level security;
alter table indicator_rows force row level security;
create policy indicator_rows_of_division on indicator_rows using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on indicator_rows to wuxin_app;

create table indicator_snapshot (
  county_code text not null,
  division_code text not null,
  indicator text not null,
  month month_text not null,
  version integer not null,
  name text not null,
  unit text not null,
  definition text not null,
  value numeric,
  numerator numeric,
  denominator numeric,
  reason text not null,
  taken_at timestamp with time zone not null,
  taken_by uuid,
  taken_by_name text not null,
  confirmed_by uuid,
  confirmed_by_name text,
  rows_of uuid,
  constraint indicator_snapshot_pkey PRIMARY KEY (county_code, division_code, indicator, month, version),
  constraint indicator_snapshot_check CHECK (("left"(division_code, 6) = county_code)),
  constraint indicator_snapshot_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint indicator_snapshot_indicator_check CHECK ((indicator <> ''::text)),
  constraint indicator_snapshot_person CHECK (((version = 1) OR (taken_by IS NOT NULL))),
  constraint indicator_snapshot_reason CHECK (((version = 1) = (reason = ''::text))),
  constraint indicator_snapshot_second_person CHECK (((version = 1) OR ((confirmed_by IS NOT NULL) AND (confirmed_by_name IS NOT NULL) AND (confirmed_by <> taken_by)))) NOT VALID,
  constraint indicator_snapshot_version_check CHECK ((version > 0))
);
CREATE INDEX indicator_snapshot_of_month ON public.indicator_snapshot USING btree (county_code, month, division_code);
alter table indicator_snapshot enable row level security;
alter table indicator_snapshot force row level security;
create policy indicator_snapshot_of_division on indicator_snapshot using (((county_code = app_county()) AND in_scope(division_code)));
CREATE TRIGGER indicator_snapshot_follows BEFORE INSERT ON public.indicator_snapshot FOR EACH ROW EXECUTE FUNCTION indicator_snapshot_follows();
grant insert, select on indicator_snapshot to wuxin_app;

create table job (
  county_code text default app_county() not null,
  id uuid not null,
  kind text not null,
  input jsonb not null,
  state text default 'queued'::text not null,
  done_count bigint default 0 not null,
  total_count bigint,
  checkpoint jsonb,
  report jsonb,
  error text,
  attempts integer default 0 not null,
  cancel_asked boolean default false not null,
  run_after timestamp with time zone default clock_timestamp() not null,
  lease_until timestamp with time zone,
  worker uuid,
  created_by uuid default app_account(),
  created_at timestamp with time zone default clock_timestamp() not null,
  ended_at timestamp with time zone,
  constraint job_pkey PRIMARY KEY (county_code, id),
  constraint job_done_count_check CHECK ((done_count >= 0)),
  constraint job_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  constraint job_total_count_check CHECK ((total_count >= 0))
);
CREATE INDEX job_open ON public.job USING btree (county_code, run_after) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
alter table job enable row level security;
alter table job force row level security;
create policy job_for_owner on job for select to wuxin_owner using (true);
create policy job_of_county on job using ((county_code = app_county()));
grant insert, select on job to wuxin_app;
grant update (state, done_count, total_count, checkpoint, report, error, attempts, cancel_asked, run_after, lease_until, worker, ended_at) on job to wuxin_app;

create table linkage_month (
  county_code text not null,
  id uuid not null,
  linkage text not null,
  month month_text not null,
  index_values jsonb not null,
  source text not null,
  starts boolean not null,
  rates jsonb not null,
  told jsonb not null,
  rule_version text not null,
  state text not null,
  entered_by uuid default app_account() not null,
  entered_by_name text not null,
  entered_at timestamp with time zone not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamp with time zone,
  decision_note text,
  households integer,
  persons integer,
  amount_fen bigint,
  constraint linkage_month_pkey PRIMARY KEY (county_code, id),
  constraint linkage_month_check CHECK (((starts = (state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'dismissed'::text]))) OR (state = 'replaced'::text))),
  constraint linkage_month_check1 CHECK (((state = ANY (ARRAY['confirmed'::text, 'dismissed'::text])) = (decided_by IS NOT NULL))),
  constraint linkage_month_check2 CHECK (((decided_by IS NULL) = (decided_at IS NULL))),
  constraint linkage_month_check3 CHECK (((state = 'confirmed'::text) = (amount_fen IS NOT NULL))),
  constraint linkage_month_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint linkage_month_source_check CHECK ((length(btrim(source)) >= 2)),
  constraint linkage_month_state_check CHECK ((state = ANY (ARRAY['idle'::text, 'proposed'::text, 'confirmed'::text, 'dismissed'::text, 'replaced'::text]))),
  constraint linkage_two_people CHECK ((decided_by <> entered_by))
);
CREATE UNIQUE INDEX linkage_month_once ON public.linkage_month USING btree (county_code, linkage, month) WHERE (state = ANY (ARRAY['idle'::text, 'proposed'::text, 'confirmed'::text]));
alter table linkage_month enable row level security;
alter table linkage_month force row level security;
create policy linkage_month_added on linkage_month for insert with check (((county_code = app_county()) AND in_scope(county_code)));
create policy linkage_month_moved on linkage_month for update using (((county_code = app_county()) AND in_scope(county_code)));
create policy linkage_month_seen on linkage_month for select using (((county_code = app_county()) AND (app_scope() IS NOT NULL)));
CREATE TRIGGER linkage_month_guard BEFORE UPDATE ON public.linkage_month FOR EACH ROW EXECUTE FUNCTION linkage_month_guard();
grant insert, select on linkage_month to wuxin_app;
grant update (state, decided_by, decided_by_name, decided_at, decision_note, households, persons, amount_fen) on linkage_month to wuxin_app;

create table linkage_share (
  county_code text not null,
  linkage_id uuid not null,
  linkage text not null,
  month month_text not null,
  source_id uuid not null,
  entitlement_id uuid not null,
  persons uuid[] not null,
  amount_fen bigint not null,
  constraint linkage_share_pkey PRIMARY KEY (county_code, linkage, month, source_id),
  constraint linkage_share_county_code_entitlement_id_key UNIQUE (county_code, entitlement_id),
  constraint linkage_share_county_code_linkage_id_fkey FOREIGN KEY (county_code, linkage_id) REFERENCES linkage_month(county_code, id),
  constraint linkage_share_county_code_source_id_fkey FOREIGN KEY (county_code, source_id) REFERENCES entitlement(county_code, id),
  constraint linkage_share_amount_fen_check CHECK ((amount_fen > 0)),
  constraint linkage_share_persons_check CHECK ((cardinality(persons) > 0))
);
CREATE INDEX linkage_share_of ON public.linkage_share USING btree (county_code, linkage_id);
alter table linkage_share enable row level security;
alter table linkage_share force row level security;
create policy linkage_share_of_scope on linkage_share using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM entitlement e
  WHERE ((e.county_code = linkage_share.county_code) AND (e.id = linkage_share.source_id)))))));
grant insert, select on linkage_share to wuxin_app;

create table login_throttle (
  county_code text default app_county() not null,
  key_digest bytea not null,
  attempts integer not null,
  since timestamp with time zone not null,
  locked_until timestamp with time zone,
  constraint login_throttle_pkey PRIMARY KEY (county_code, key_digest),
  constraint login_throttle_key_digest_check CHECK ((length(key_digest) = 32))
);
CREATE INDEX login_throttle_by_age ON public.login_throttle USING btree (county_code, since);
alter table login_throttle enable row level security;
alter table login_throttle force row level security;
create policy login_throttle_of_county on login_throttle using ((county_code = app_county()));
grant delete, insert, select on login_throttle to wuxin_app;
grant update (attempts, since, locked_until) on login_throttle to wuxin_app;

create table low_income_tag (
  county_code text default app_county() not null,
  person_id uuid not null,
  class text not null,
  from_on date not null,
  until_on date,
  list_id uuid not null,
  constraint low_income_tag_pkey PRIMARY KEY (county_code, person_id, class, from_on),
  constraint low_income_tag_county_code_list_id_fkey FOREIGN KEY (county_code, list_id) REFERENCES exchanged_list(county_code, id),
  constraint low_income_tag_county_code_person_id_fkey FOREIGN KEY (county_code, person_id) REFERENCES person(county_code, id),
  constraint low_income_tag_check CHECK ((until_on >= from_on)),
  constraint low_income_tag_county_code_check CHECK ((county_code ~ '^\d{6}$'::text))
);
CREATE UNIQUE INDEX low_income_tag_current ON public.low_income_tag USING btree (county_code, person_id, class) WHERE (until_on IS NULL);
alter table low_income_tag enable row level security;
alter table low_income_tag force row level security;
create policy low_income_tag_of_person on low_income_tag using (((county_code = app_county()) AND (EXISTS ( SELECT
   FROM person p
  WHERE ((p.county_code = low_income_tag.county_code) AND (p.id = low_income_tag.person_id))))));
grant insert, select on low_income_tag to wuxin_app;
grant update (until_on) on low_income_tag to wuxin_app;

create table means_check (
  county_code text not null,
  id uuid not null,
  number text not null,
  purpose text not null,
  batch_id uuid,
  case_id uuid not null,
  applicant_id uuid not null,
  division_code text not null,
  persons integer not null,
  differences integer not null,
  report_sealed bytea not null,
  made_on date not null,
  valid_until date not null,
  made_at timestamp with time zone not null,
  made_by uuid,
  made_by_name text not null,
  replaces uuid,
  constraint means_check_pkey PRIMARY KEY (county_code, id),
  constraint means_check_county_code_number_key UNIQUE (county_code, number),
  constraint means_check_county_code_applicant_id_fkey FOREIGN KEY (county_code, applicant_id) REFERENCES person(county_code, id),
  constraint means_check_county_code_replaces_fkey FOREIGN KEY (county_code, replaces) REFERENCES means_check(county_code, id),
  constraint means_check_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint means_check_check1 CHECK ((valid_until >= made_on)),
  constraint means_check_check2 CHECK (((purpose = 'objection'::text) = (replaces IS NOT NULL))),
  constraint means_check_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint means_check_differences_check CHECK ((differences >= 0)),
  constraint means_check_persons_check CHECK ((persons > 0)),
  constraint means_check_purpose_check CHECK ((purpose = ANY (ARRAY['application'::text, 'recheck'::text, 'objection'::text])))
);
CREATE INDEX means_check_newest ON public.means_check USING btree (county_code, made_at DESC);
CREATE INDEX means_check_of_case ON public.means_check USING btree (county_code, case_id, made_at DESC);
CREATE UNIQUE INDEX means_check_batch_once ON public.means_check USING btree (county_code, batch_id, case_id) WHERE (batch_id IS NOT NULL);
alter table means_check enable row level security;
alter table means_check force row level security;
create policy means_check_of_scope on means_check using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code) OR (case_id IN ( SELECT f.id
   FROM case_file f
  WHERE ((f.county_code = app_county()) AND in_scope(f.division_code)))))));
grant insert, select on means_check to wuxin_app;

create table means_objection (
  county_code text not null,
  id uuid not null,
  check_id uuid not null,
  raised_on date not null,
  raised_by_name text not null,
  raised_by uuid,
  answered_on date,
  answered_by_name text,
  reason_sealed bytea not null,
  answer_sealed bytea,
  constraint means_objection_pkey PRIMARY KEY (county_code, id),
  constraint means_objection_county_code_check_id_fkey FOREIGN KEY (county_code, check_id) REFERENCES means_check(county_code, id),
  constraint means_objection_check CHECK ((((answered_on IS NULL) = (answer_sealed IS NULL)) AND ((answered_on IS NULL) = (answered_by_name IS NULL))))
);
CREATE INDEX means_objection_of_check ON public.means_objection USING btree (county_code, check_id);
alter table means_objection enable row level security;
alter table means_objection force row level security;
create policy means_objection_of_scope on means_objection using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM means_check c
  WHERE ((c.county_code = means_objection.county_code) AND (c.id = means_objection.check_id)))))));
grant insert, select on means_objection to wuxin_app;
grant update (answered_on, answered_by_name, answer_sealed) on means_objection to wuxin_app;

create table measure (
  county_code text default app_county() not null,
  id uuid not null,
  household_id uuid not null,
  division_code text not null,
  number text not null,
  kind text not null,
  department text not null,
  starts_on date not null,
  ends_on date,
  amount_fen bigint,
  each text,
  words_sealed bytea not null,
  state text not null,
  version integer not null,
  planned_at timestamp with time zone not null,
  answer_due_on date not null,
  in_force_on date,
  closed_on date,
  return_due_on date,
  planned_by uuid default app_account(),
  planned_by_name text not null,
  department_code text,
  constraint measure_pkey PRIMARY KEY (county_code, id),
  constraint measure_county_code_number_key UNIQUE (county_code, number),
  constraint measure_county_code_household_id_division_code_fkey FOREIGN KEY (county_code, household_id, division_code) REFERENCES household(county_code, id, division_code) ON UPDATE CASCADE,
  constraint measure_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint measure_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint measure_check1 CHECK ((ends_on >= starts_on)),
  constraint measure_check2 CHECK (((amount_fen IS NULL) = (each IS NULL))),
  constraint measure_check3 CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text])) = (closed_on IS NOT NULL))),
  constraint measure_check4 CHECK (((state <> ALL (ARRAY['in-force'::text, 'done'::text])) OR (in_force_on IS NOT NULL))),
  constraint measure_check5 CHECK (((closed_on IS NULL) OR (in_force_on IS NULL) OR (closed_on >= in_force_on))),
  constraint measure_check6 CHECK (((return_due_on IS NULL) OR (in_force_on IS NOT NULL))),
  constraint measure_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint measure_department_check CHECK (((length(department) >= 2) AND (length(department) <= 60))),
  constraint measure_department_code_check CHECK ((department_code ~ '^[a-z][a-z-]{1,39}$'::text)),
  constraint measure_each_check CHECK ((each = ANY (ARRAY['once'::text, 'month'::text]))),
  constraint measure_kind_check CHECK ((kind ~ '^[a-z][a-z0-9-]*$'::text)),
  constraint measure_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'in-force'::text, 'done'::text, 'failed'::text]))),
  constraint measure_version_check CHECK ((version > 0))
);
CREATE INDEX measure_of_household ON public.measure USING btree (county_code, household_id);
CREATE INDEX measure_open ON public.measure USING btree (county_code, division_code) WHERE (closed_on IS NULL);
alter table measure enable row level security;
alter table measure force row level security;
create policy measure_of_scope on measure using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on measure to wuxin_app;
grant update (starts_on, ends_on, amount_fen, each, words_sealed, state, version, in_force_on, closed_on, return_due_on) on measure to wuxin_app;

create table measure_action (
  county_code text default app_county() not null,
  id uuid not null,
  measure_id uuid not null,
  version integer not null,
  action text not null,
  to_state text not null,
  data_sealed bytea not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  constraint measure_action_pkey PRIMARY KEY (county_code, id),
  constraint measure_action_county_code_measure_id_version_key UNIQUE (county_code, measure_id, version),
  constraint measure_action_county_code_measure_id_fkey FOREIGN KEY (county_code, measure_id) REFERENCES measure(county_code, id),
  constraint measure_action_action_check CHECK ((action = ANY (ARRAY['plan'::text, 'answer'::text, 'finish'::text, 'stop'::text, 'settle'::text]))),
  constraint measure_action_to_state_check CHECK ((to_state = ANY (ARRAY['planned'::text, 'in-force'::text, 'done'::text, 'failed'::text]))),
  constraint measure_action_version_check CHECK ((version > 0))
);
alter table measure_action enable row level security;
alter table measure_action force row level security;
create policy measure_action_of_scope on measure_action using (((county_code = app_county()) AND (EXISTS ( SELECT
   FROM measure m
  WHERE ((m.county_code = measure_action.county_code) AND (m.id = measure_action.measure_id))))));
grant insert, select on measure_action to wuxin_app;

create table measure_return (
  county_code text default app_county() not null,
  id uuid not null,
  household_id uuid not null,
  division_code text not null,
  due_on date not null,
  on_date date not null,
  risk text not null,
  data_sealed bytea not null,
  visit_id uuid,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  decide_due_on date,
  decision text,
  decision_sealed bytea,
  decided_at timestamp with time zone,
  decided_on date,
  decided_by uuid,
  decided_by_name text,
  decision_id uuid,
  constraint measure_return_pkey PRIMARY KEY (county_code, id),
  constraint measure_return_county_code_household_id_division_code_fkey FOREIGN KEY (county_code, household_id, division_code) REFERENCES household(county_code, id, division_code) ON UPDATE CASCADE,
  constraint measure_return_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint measure_return_check1 CHECK ((decided_on >= on_date)),
  constraint measure_return_check2 CHECK (((risk = 'remains'::text) = (decide_due_on IS NULL))),
  constraint measure_return_check3 CHECK ((((decision IS NULL) = (decided_on IS NULL)) AND ((decision IS NULL) = (decision_sealed IS NULL)) AND ((decision IS NULL) = (decided_by IS NULL)) AND ((decision IS NULL) = (decided_by_name IS NULL)) AND ((decision IS NULL) = (decided_at IS NULL)) AND ((decision IS NULL) = (decision_id IS NULL)))),
  constraint measure_return_check4 CHECK (((decision IS NULL) OR (risk <> 'remains'::text))),
  constraint measure_return_check5 CHECK (((decision IS DISTINCT FROM 'removed'::text) OR (risk = 'removed'::text))),
  constraint measure_return_check6 CHECK (((decision IS DISTINCT FROM 'raised'::text) OR (risk = 'worse'::text))),
  constraint measure_return_check7 CHECK (((decided_by IS NULL) OR (decided_by IS DISTINCT FROM by_account))),
  constraint measure_return_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint measure_return_decision_check CHECK ((decision = ANY (ARRAY['removed'::text, 'remains'::text, 'raised'::text]))),
  constraint measure_return_risk_check CHECK ((risk = ANY (ARRAY['removed'::text, 'remains'::text, 'worse'::text])))
);
CREATE INDEX measure_return_of_household ON public.measure_return USING btree (county_code, household_id, at);
CREATE UNIQUE INDEX measure_return_waiting ON public.measure_return USING btree (county_code, household_id) WHERE ((decide_due_on IS NOT NULL) AND (decision IS NULL));
alter table measure_return enable row level security;
alter table measure_return force row level security;
create policy measure_return_of_scope on measure_return using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on measure_return to wuxin_app;
grant update (decision, decision_sealed, decided_at, decided_on, decided_by, decided_by_name, decision_id) on measure_return to wuxin_app;

create table objection (
  county_code text not null,
  id uuid not null,
  publicity_id uuid not null,
  case_id uuid not null,
  contact_sealed bytea not null,
  text text not null,
  made_on date not null,
  made_at timestamp with time zone not null,
  handled_on date,
  handled_seq integer,
  outcome text,
  constraint objection_pkey PRIMARY KEY (county_code, id),
  constraint objection_county_code_case_id_fkey FOREIGN KEY (county_code, case_id) REFERENCES case_file(county_code, id),
  constraint objection_county_code_publicity_id_fkey FOREIGN KEY (county_code, publicity_id) REFERENCES publicity(county_code, id)
);
CREATE INDEX objection_case ON public.objection USING btree (county_code, case_id);
CREATE INDEX objection_open ON public.objection USING btree (county_code, publicity_id) WHERE (handled_on IS NULL);
alter table objection enable row level security;
alter table objection force row level security;
create policy objection_handle on objection for update using (((county_code = ( SELECT app_county() AS app_county)) AND ( SELECT true
   FROM case_file f
  WHERE ((f.county_code = objection.county_code) AND (f.id = objection.case_id)))));
create policy objection_make on objection for insert with check (((county_code = app_county()) AND (EXISTS ( SELECT 1
   FROM publicity p
  WHERE ((p.county_code = objection.county_code) AND (p.id = objection.publicity_id) AND (p.case_id = objection.case_id) AND (p.taken_down_on IS NULL) AND p.accepts_objections)))));
create policy objection_read on objection for select using (((county_code = ( SELECT app_county() AS app_county)) AND ( SELECT true
   FROM case_file f
  WHERE ((f.county_code = objection.county_code) AND (f.id = objection.case_id)))));
grant insert, select on objection to wuxin_app;
grant update (handled_on, handled_seq, outcome) on objection to wuxin_app;

create table outbox (
  county_code text default app_county() not null,
  id uuid not null,
  kind text not null,
  payload jsonb not null,
  account_id uuid default app_account(),
  created_at timestamp with time zone default clock_timestamp() not null,
  state text default 'pending'::text not null,
  attempts integer default 0 not null,
  next_attempt_at timestamp with time zone default clock_timestamp() not null,
  last_error text,
  handled_at timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (county_code, id),
  constraint outbox_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'done'::text, 'ignored'::text, 'dead'::text])))
);
CREATE INDEX outbox_pending ON public.outbox USING btree (county_code, next_attempt_at, created_at) WHERE (state = 'pending'::text);
alter table outbox enable row level security;
alter table outbox force row level security;
create policy outbox_for_owner on outbox for select to wuxin_owner using (true);
create policy outbox_of_county on outbox using ((county_code = app_county()));
grant insert, select on outbox to wuxin_app;
grant update (state, attempts, next_attempt_at, last_error, handled_at) on outbox to wuxin_app;

create table party_item (
  county_code text not null,
  id uuid not null,
  party text not null,
  kind text not null,
  subject_id uuid not null,
  division_code text not null,
  title text not null,
  told_sealed bytea not null,
  state text not null,
  due_on date,
  shared_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  version integer default 1 not null,
  constraint party_item_pkey PRIMARY KEY (county_code, id),
  constraint party_item_county_code_party_kind_subject_id_key UNIQUE (county_code, party, kind, subject_id),
  constraint party_item_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint party_item_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint party_item_party_check CHECK ((party ~ '^(department|institution):'::text)),
  constraint party_item_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'shared'::text, 'done'::text])))
);
CREATE INDEX party_item_of_desk ON public.party_item USING btree (county_code, party, state, due_on);
CREATE INDEX party_item_of_subject ON public.party_item USING btree (county_code, kind, subject_id);
alter table party_item enable row level security;
alter table party_item force row level security;
create policy party_item_of_house on party_item using (((county_code = app_county()) AND in_scope(division_code)));
create policy party_item_of_party on party_item for select using (((county_code = app_outside()) AND (party = app_party())));
grant insert, select on party_item to wuxin_app;
grant update (division_code, title, told_sealed, state, due_on, changed_at, version) on party_item to wuxin_app;

create table party_reply (
  county_code text not null,
  id uuid not null,
  item_id uuid not null,
  action text not null,
  data_sealed bytea not null,
  at timestamp with time zone not null,
  account_id uuid default app_account() not null,
  by_name text not null,
  taken_at timestamp with time zone,
  refused text,
  constraint party_reply_pkey PRIMARY KEY (county_code, id),
  constraint party_reply_county_code_item_id_fkey FOREIGN KEY (county_code, item_id) REFERENCES party_item(county_code, id),
  constraint party_reply_county_code_check CHECK ((county_code ~ '^\d{6}$'::text))
);
CREATE INDEX party_reply_not_taken ON public.party_reply USING btree (county_code, at) WHERE ((taken_at IS NULL) AND (refused IS NULL));
CREATE INDEX party_reply_of_item ON public.party_reply USING btree (county_code, item_id, at);
alter table party_reply enable row level security;
alter table party_reply force row level security;
create policy party_reply_made on party_reply for insert with check (((county_code = app_outside()) AND (account_id = app_account()) AND (taken_at IS NULL) AND (refused IS NULL) AND (EXISTS ( SELECT
   FROM party_item i
  WHERE ((i.county_code = party_reply.county_code) AND (i.id = party_reply.item_id) AND (i.party = app_party()) AND (i.state <> 'done'::text))))));
create policy party_reply_of_house on party_reply using (((county_code = app_county()) AND (EXISTS ( SELECT
   FROM party_item i
  WHERE ((i.county_code = party_reply.county_code) AND (i.id = party_reply.item_id))))));
create policy party_reply_seen on party_reply for select using (((county_code = app_outside()) AND (EXISTS ( SELECT
   FROM party_item i
  WHERE ((i.county_code = party_reply.county_code) AND (i.id = party_reply.item_id) AND (i.party = app_party()))))));
grant insert, select on party_reply to wuxin_app;
grant update (taken_at, refused) on party_reply to wuxin_app;

create table payment_event (
  county_code text not null,
  id uuid default gen_random_uuid() not null,
  position bigint generated as identity not null,
  at timestamp with time zone not null,
  kind text not null,
  roster_id uuid not null,
  line_id uuid not null,
  origin_line_id uuid not null,
  entitlement_id uuid not null,
  payee_id uuid not null,
  month month_text not null,
  amount_fen bigint not null,
  detail text not null,
  bank_serial text,
  settled_on date,
  return_id uuid,
  account_id uuid,
  actor_name text not null,
  constraint payment_event_pkey PRIMARY KEY (county_code, id),
  constraint payment_event_amount_fen_check CHECK ((amount_fen > 0)),
  constraint payment_event_kind_check CHECK ((kind = ANY (ARRAY['sent'::text, 'paid'::text, 'failed'::text, 'unknown'::text, 'held'::text, 'released'::text, 'reissued'::text])))
);
CREATE INDEX payment_event_of_line ON public.payment_event USING btree (county_code, line_id);
CREATE INDEX payment_event_of_roster ON public.payment_event USING btree (county_code, roster_id, kind);
CREATE UNIQUE INDEX payment_event_by_position ON public.payment_event USING btree (county_code, "position");
CREATE UNIQUE INDEX payment_event_paid_once ON public.payment_event USING btree (county_code, origin_line_id) WHERE (kind = 'paid'::text);
alter table payment_event enable row level security;
alter table payment_event force row level security;
create policy payment_event_of_county on payment_event using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
CREATE TRIGGER payment_event_altered AFTER UPDATE ON public.payment_event REFERENCING OLD TABLE AS was NEW TABLE AS becomes FOR EACH STATEMENT EXECUTE FUNCTION payment_event_altered();
CREATE TRIGGER payment_event_counted AFTER INSERT ON public.payment_event REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payment_event_counted();
grant insert, select on payment_event to wuxin_app;

create table payment_event_sum (
  county_code text not null,
  roster_id uuid not null,
  item text not null,
  month month_text not null,
  kind text not null,
  events integer not null,
  amount_fen bigint not null,
  constraint payment_event_sum_pkey PRIMARY KEY (county_code, roster_id, item, month, kind)
);
alter table payment_event_sum enable row level security;
alter table payment_event_sum force row level security;
create policy payment_event_sum_of_county on payment_event_sum using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
create policy payment_event_sum_of_owner on payment_event_sum to wuxin_owner using (true);
grant select on payment_event_sum to wuxin_app;

create table payment_exclusion (
  county_code text not null,
  month month_text not null,
  item text not null,
  slot text not null,
  article text not null,
  applied_at timestamp with time zone not null,
  constraint payment_exclusion_pkey PRIMARY KEY (county_code, month, item, slot),
  constraint payment_exclusion_county_code_check CHECK ((county_code ~ '^\d{6}$'::text))
);
alter table payment_exclusion enable row level security;
alter table payment_exclusion force row level security;
create policy payment_exclusion_of_county on payment_exclusion using (((county_code = app_county()) AND in_scope(county_code)));
CREATE TRIGGER payment_exclusion_guard BEFORE DELETE ON public.payment_exclusion FOR EACH ROW EXECUTE FUNCTION payment_exclusion_guard();
grant delete, insert, select on payment_exclusion to wuxin_app;

create table payment_slot (
  county_code text not null,
  line_id uuid not null,
  person_id uuid not null,
  person_digest bytea not null,
  exclusivity_group text not null,
  month month_text not null,
  entitlement_id uuid not null,
  taken_at timestamp with time zone not null,
  released_at timestamp with time zone,
  constraint payment_slot_pkey PRIMARY KEY (county_code, line_id, person_id, exclusivity_group),
  constraint payment_slot_person_digest_check CHECK ((length(person_digest) = 32))
);
CREATE UNIQUE INDEX payment_slot_once ON public.payment_slot USING btree (month, exclusivity_group, person_digest) WHERE (released_at IS NULL);
alter table payment_slot enable row level security;
alter table payment_slot force row level security;
create policy payment_slot_of_county on payment_slot using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
CREATE TRIGGER payment_slot_belongs AFTER INSERT ON public.payment_slot REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payment_slot_belongs();
CREATE TRIGGER payment_slot_guard BEFORE UPDATE ON public.payment_slot FOR EACH ROW WHEN (((old.released_at IS NULL) AND (new.released_at IS NOT NULL))) EXECUTE FUNCTION payment_slot_guard();
grant insert, select on payment_slot to wuxin_app;
grant update (taken_at, released_at) on payment_slot to wuxin_app;

create table person (
  county_code text default app_county() not null,
  id uuid not null,
  division_code text not null,
  name text not null,
  pinyin text not null,
  initials text not null,
  sex text not null,
  birth_date date not null,
  id_no_sealed bytea not null,
  id_no_digest bytea not null,
  id_tail_digest bytea not null,
  phone_sealed bytea,
  phone_digest bytea,
  address text not null,
  died_on date,
  death_source text,
  protected boolean default false not null,
  created_at timestamp with time zone not null,
  created_by uuid default app_account(),
  constraint person_pkey PRIMARY KEY (county_code, id),
  constraint person_county_code_id_division_code_key UNIQUE (county_code, id, division_code),
  constraint person_county_code_id_no_digest_key UNIQUE (county_code, id_no_digest),
  constraint person_address_check CHECK ((length(address) <= 200)),
  constraint person_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint person_check1 CHECK ((died_on >= birth_date)),
  constraint person_check2 CHECK (((phone_sealed IS NULL) = (phone_digest IS NULL))),
  constraint person_check3 CHECK (((died_on IS NULL) = (death_source IS NULL))),
  constraint person_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint person_id_no_digest_check CHECK ((length(id_no_digest) = 32)),
  constraint person_id_tail_digest_check CHECK ((length(id_tail_digest) = 32)),
  constraint person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 50))),
  constraint person_phone_digest_check CHECK ((length(phone_digest) = 32)),
  constraint person_sex_check CHECK ((sex = ANY (ARRAY['男'::text, '女'::text])))
);
CREATE INDEX person_by_birth ON public.person USING btree (county_code, birth_date) WHERE (died_on IS NULL);
CREATE INDEX person_by_death ON public.person USING btree (county_code, died_on) WHERE (died_on IS NOT NULL);
CREATE INDEX person_by_division ON public.person USING btree (county_code, division_code, birth_date);
CREATE INDEX person_by_id_tail ON public.person USING btree (county_code, id_tail_digest);
CREATE INDEX person_by_initials ON public.person USING btree (county_code, initials);
CREATE INDEX person_by_name ON public.person USING btree (county_code, name);
CREATE INDEX person_by_phone ON public.person USING btree (county_code, phone_digest) WHERE (phone_digest IS NOT NULL);
CREATE INDEX person_by_pinyin ON public.person USING btree (county_code, pinyin);
alter table person enable row level security;
alter table person force row level security;
create policy person_add on person for insert to wuxin_app with check (((county_code = app_county()) AND in_scope(division_code)));
create policy person_change on person for update to wuxin_app using (((county_code = app_county()) AND in_scope(division_code)));
create policy person_for_owner on person to wuxin_owner using ((county_code = app_county()));
create policy person_read on person for select to wuxin_app using (((county_code = app_county()) AND (in_scope(division_code) OR (id = app_person()) OR (id = ANY (ARRAY( SELECT m.person_id
   FROM household_member m
  WHERE ((m.county_code = app_county()) AND (m.household_id = ( SELECT app_household() AS app_household)) AND (m.to_date IS NULL))))))));
CREATE TRIGGER person_death_guard BEFORE UPDATE OF died_on ON public.person FOR EACH ROW WHEN (((old.died_on IS NOT NULL) AND (old.died_on IS DISTINCT FROM new.died_on))) EXECUTE FUNCTION person_death_guard();
grant insert, select on person to wuxin_app;
grant update (division_code, name, pinyin, initials, phone_sealed, phone_digest, address, died_on, death_source, protected) on person to wuxin_app;

create table plan (
  county_code text not null,
  id uuid not null,
  title text not null,
  issuer text not null,
  year integer not null,
  until_year integer not null,
  body text not null,
  outline jsonb not null,
  read_at timestamp with time zone not null,
  read_by uuid not null,
  read_by_name text not null,
  kind text default 'plan'::text not null,
  starts_on date,
  ends_on date,
  items integer,
  constraint plan_pkey PRIMARY KEY (county_code, id),
  constraint plan_body_check CHECK ((body <> ''::text)),
  constraint plan_campaign_has_days CHECK ((((kind = 'plan'::text) AND (starts_on IS NULL) AND (ends_on IS NULL)) OR ((kind = 'campaign'::text) AND (ends_on >= starts_on)))),
  constraint plan_check CHECK (((until_year >= year) AND (until_year <= (year + 9)))),
  constraint plan_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint plan_items_check CHECK ((items >= 0)),
  constraint plan_kind_check CHECK ((kind = ANY (ARRAY['plan'::text, 'campaign'::text]))),
  constraint plan_title_check CHECK ((title <> ''::text)),
  constraint plan_until_year_check CHECK (((until_year >= 2000) AND (until_year <= 2100))),
  constraint plan_year_check CHECK (((year >= 2000) AND (year <= 2100)))
);
alter table plan enable row level security;
alter table plan force row level security;
create policy plan_of_county on plan using ((county_code = app_county()));
grant insert, select on plan to wuxin_app;

create table plan_adjustment (
  county_code text not null,
  id uuid not null,
  assessment_id uuid not null,
  target_id uuid not null,
  value_before numeric not null,
  value numeric not null,
  due_before date not null,
  due_on date not null,
  reason text not null,
  proposed_at timestamp with time zone not null,
  proposed_by uuid not null,
  proposed_by_name text not null,
  agreed boolean,
  decided_at timestamp with time zone,
  decided_by uuid,
  decided_by_name text,
  constraint plan_adjustment_pkey PRIMARY KEY (county_code, id),
  constraint plan_adjustment_county_code_assessment_id_fkey FOREIGN KEY (county_code, assessment_id) REFERENCES plan_assessment(county_code, id),
  constraint plan_adjustment_changes CHECK (((value <> value_before) OR (due_on <> due_before))),
  constraint plan_adjustment_check CHECK ((((agreed IS NULL) = (decided_at IS NULL)) AND ((agreed IS NULL) = (decided_by IS NULL)) AND ((agreed IS NULL) = (decided_by_name IS NULL)))),
  constraint plan_adjustment_reason_check CHECK ((length(reason) >= 4)),
  constraint plan_adjustment_second_person CHECK ((decided_by <> proposed_by))
);
CREATE UNIQUE INDEX plan_adjustment_open ON public.plan_adjustment USING btree (county_code, target_id) WHERE (agreed IS NULL);
alter table plan_adjustment enable row level security;
alter table plan_adjustment force row level security;
create policy plan_adjustment_of_county on plan_adjustment using ((county_code = app_county()));
CREATE TRIGGER plan_adjustment_guard BEFORE UPDATE ON public.plan_adjustment FOR EACH ROW EXECUTE FUNCTION plan_adjustment_guard();
grant insert, select on plan_adjustment to wuxin_app;
grant update (agreed, decided_at, decided_by, decided_by_name) on plan_adjustment to wuxin_app;

create table plan_assessment (
  county_code text not null,
  id uuid not null,
  plan_id uuid not null,
  kind text not null,
  begun_at timestamp with time zone not null,
  begun_by uuid not null,
  begun_by_name text not null,
  constraint plan_assessment_pkey PRIMARY KEY (county_code, id),
  constraint plan_assessment_once UNIQUE (county_code, plan_id, kind),
  constraint plan_assessment_county_code_plan_id_fkey FOREIGN KEY (county_code, plan_id) REFERENCES plan(county_code, id),
  constraint plan_assessment_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint plan_assessment_kind_check CHECK ((kind = ANY (ARRAY['mid'::text, 'end'::text])))
);
alter table plan_assessment enable row level security;
alter table plan_assessment force row level security;
create policy plan_assessment_of_county on plan_assessment using ((county_code = app_county()));
grant insert, select on plan_assessment to wuxin_app;

create table plan_assessment_reading (
  county_code text not null,
  assessment_id uuid not null,
  version integer not null,
  as_of date not null,
  content jsonb not null,
  read_at timestamp with time zone not null,
  read_by uuid not null,
  read_by_name text not null,
  constraint plan_assessment_reading_pkey PRIMARY KEY (county_code, assessment_id, version),
  constraint plan_assessment_reading_county_code_assessment_id_fkey FOREIGN KEY (county_code, assessment_id) REFERENCES plan_assessment(county_code, id),
  constraint plan_assessment_reading_version_check CHECK ((version > 0))
);
alter table plan_assessment_reading enable row level security;
alter table plan_assessment_reading force row level security;
create policy plan_assessment_reading_of_county on plan_assessment_reading using ((county_code = app_county()));
grant insert, select on plan_assessment_reading to wuxin_app;

create table plan_assessment_word (
  county_code text not null,
  id uuid not null,
  assessment_id uuid not null,
  target_id uuid not null,
  position bigint generated as identity not null,
  why text not null,
  measures text not null,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_name text not null,
  constraint plan_assessment_word_pkey PRIMARY KEY (county_code, id),
  constraint plan_assessment_word_county_code_assessment_id_fkey FOREIGN KEY (county_code, assessment_id) REFERENCES plan_assessment(county_code, id),
  constraint plan_assessment_word_measures_check CHECK ((length(measures) >= 4)),
  constraint plan_assessment_word_why_check CHECK ((length(why) >= 4))
);
alter table plan_assessment_word enable row level security;
alter table plan_assessment_word force row level security;
create policy plan_assessment_word_of_county on plan_assessment_word using ((county_code = app_county()));
grant insert, select on plan_assessment_word to wuxin_app;

create table plan_event (
  county_code text not null,
  id uuid not null,
  plan_id uuid not null,
  position bigint generated as identity not null,
  kind text not null,
  target_id uuid not null,
  data jsonb not null,
  at timestamp with time zone not null,
  actor_id uuid,
  actor_name text not null,
  constraint plan_event_pkey PRIMARY KEY (county_code, id),
  constraint plan_event_county_code_plan_id_fkey FOREIGN KEY (county_code, plan_id) REFERENCES plan(county_code, id),
  constraint plan_event_kind_check CHECK ((kind = ANY (ARRAY['found'::text, 'added'::text, 'corrected'::text, 'dropped'::text, 'bound'::text, 'unbound'::text, 'owner'::text, 'public'::text, 'merged'::text, 'parted'::text, 'urged'::text, 'reported'::text, 'accepted'::text, 'returned'::text, 'praised'::text, 'criticised'::text, 'raised'::text, 'split'::text, 'serves'::text, 'step'::text, 'step-done'::text, 'step-checked'::text, 'step-returned'::text, 'step-dropped'::text, 'closed'::text, 'quality'::text, 'weighed'::text, 'adjusted'::text, 'scope'::text, 'checklist'::text, 'self-checked'::text]))),
  constraint plan_event_raised_by_house CHECK (((kind = 'raised'::text) = (actor_id IS NULL)))
);
CREATE INDEX plan_event_of_place ON public.plan_event USING btree (county_code, (((data -> 'place'::text) ->> 'entryId'::text))) WHERE (kind = 'step'::text);
CREATE INDEX plan_event_of_plan ON public.plan_event USING btree (county_code, plan_id, "position");
alter table plan_event enable row level security;
alter table plan_event force row level security;
create policy plan_event_of_county on plan_event using ((county_code = app_county()));
CREATE TRIGGER plan_event_taken_back BEFORE INSERT ON public.plan_event FOR EACH ROW EXECUTE FUNCTION plan_taken_back_guard();
grant insert, select on plan_event to wuxin_app;

create table plan_evidence (
  county_code text not null,
  id uuid not null,
  plan_id uuid not null,
  target_id uuid not null,
  as_of date not null,
  value numeric not null,
  words text not null,
  files uuid[] not null,
  given_at timestamp with time zone not null,
  given_by uuid not null,
  given_by_name text not null,
  confirmed_at timestamp with time zone,
  confirmed_by uuid,
  confirmed_by_name text,
  kind text default 'figure'::text not null,
  division_code text,
  standard text,
  asked integer,
  constraint plan_evidence_pkey PRIMARY KEY (county_code, id),
  constraint plan_evidence_county_code_plan_id_fkey FOREIGN KEY (county_code, plan_id) REFERENCES plan(county_code, id),
  constraint plan_evidence_asked_check CHECK ((asked > 0)),
  constraint plan_evidence_check CHECK ((((confirmed_by IS NULL) = (confirmed_at IS NULL)) AND ((confirmed_by IS NULL) = (confirmed_by_name IS NULL)))),
  constraint plan_evidence_check1 CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint plan_evidence_kind_check CHECK ((kind = ANY (ARRAY['figure'::text, 'acceptance'::text, 'survey'::text]))),
  constraint plan_evidence_of_acceptance CHECK ((((kind = 'acceptance'::text) = (standard IS NOT NULL)) AND ((kind = 'acceptance'::text) OR (division_code IS NULL)) AND ((kind <> 'acceptance'::text) OR (value > (0)::numeric)))),
  constraint plan_evidence_of_survey CHECK ((((kind = 'survey'::text) = (asked IS NOT NULL)) AND ((asked IS NULL) OR (value <= (asked)::numeric)))),
  constraint plan_evidence_second_person CHECK (((confirmed_by IS NULL) OR (confirmed_by <> given_by))),
  constraint plan_evidence_standard_check CHECK ((standard <> ''::text)),
  constraint plan_evidence_value_check CHECK ((value >= (0)::numeric)),
  constraint plan_evidence_words_check CHECK ((length(words) >= 4))
);
CREATE INDEX plan_evidence_of_plan ON public.plan_evidence USING btree (county_code, plan_id, target_id, as_of);
alter table plan_evidence enable row level security;
alter table plan_evidence force row level security;
create policy plan_evidence_of_county on plan_evidence using ((county_code = app_county()));
CREATE TRIGGER plan_evidence_guard BEFORE UPDATE ON public.plan_evidence FOR EACH ROW EXECUTE FUNCTION plan_evidence_guard();
CREATE TRIGGER plan_evidence_taken_back BEFORE INSERT ON public.plan_evidence FOR EACH ROW EXECUTE FUNCTION plan_taken_back_guard();
grant insert, select on plan_evidence to wuxin_app;
grant update (confirmed_at, confirmed_by, confirmed_by_name) on plan_evidence to wuxin_app;

create table plan_evidence_take_back (
  county_code text not null,
  id uuid not null,
  evidence_id uuid not null,
  reason text not null,
  asked_at timestamp with time zone not null,
  asked_by uuid not null,
  asked_by_name text not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  decided_by_name text,
  accepted boolean,
  note text default ''::text not null,
  constraint plan_evidence_take_back_pkey PRIMARY KEY (county_code, id),
  constraint plan_evidence_take_back_county_code_evidence_id_fkey FOREIGN KEY (county_code, evidence_id) REFERENCES plan_evidence(county_code, id),
  constraint plan_evidence_take_back_check CHECK ((((decided_by IS NULL) = (decided_at IS NULL)) AND ((decided_by IS NULL) = (accepted IS NULL)) AND ((decided_by IS NULL) = (decided_by_name IS NULL)))),
  constraint plan_evidence_take_back_check1 CHECK (((accepted IS DISTINCT FROM false) OR (length(note) >= 4))),
  constraint plan_evidence_take_back_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint plan_evidence_take_back_reason_check CHECK ((length(reason) >= 4))
);
CREATE UNIQUE INDEX plan_evidence_take_back_one ON public.plan_evidence_take_back USING btree (county_code, evidence_id) WHERE (accepted IS DISTINCT FROM false);
alter table plan_evidence_take_back enable row level security;
alter table plan_evidence_take_back force row level security;
create policy plan_evidence_take_back_of_county on plan_evidence_take_back using ((county_code = app_county()));
CREATE TRIGGER plan_evidence_take_back_guard BEFORE INSERT OR UPDATE ON public.plan_evidence_take_back FOR EACH ROW EXECUTE FUNCTION plan_evidence_take_back_guard();
grant insert, select on plan_evidence_take_back to wuxin_app;
grant update (decided_at, decided_by, decided_by_name, accepted, note) on plan_evidence_take_back to wuxin_app;

create table plan_standing (
  county_code text not null,
  target_id uuid not null,
  month text not null,
  plan_id uuid not null,
  object text not null,
  light text not null,
  due_on date not null,
  counted boolean not null,
  shown boolean not null,
  percent numeric,
  kept_at timestamp with time zone not null,
  accepted numeric,
  weight numeric,
  constraint plan_standing_pkey PRIMARY KEY (county_code, target_id, month),
  constraint plan_standing_county_code_plan_id_fkey FOREIGN KEY (county_code, plan_id) REFERENCES plan(county_code, id),
  constraint plan_standing_accepted_check CHECK (((accepted >= (0)::numeric) AND (accepted <= (100)::numeric))),
  constraint plan_standing_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint plan_standing_light_check CHECK ((light = ANY (ARRAY['done'::text, 'green'::text, 'yellow'::text, 'red'::text, 'unknown'::text]))),
  constraint plan_standing_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text)),
  constraint plan_standing_percent_check CHECK (((percent >= (0)::numeric) AND (percent <= (100)::numeric))),
  constraint plan_standing_weight_check CHECK (((weight > (0)::numeric) AND (weight <= (100)::numeric)))
);
alter table plan_standing enable row level security;
alter table plan_standing force row level security;
create policy plan_standing_of_county on plan_standing using ((county_code = app_county()));
grant delete, insert, select, update on plan_standing to wuxin_app;

create table plan_take_back (
  county_code text not null,
  id uuid not null,
  plan_id uuid not null,
  reason text not null,
  asked_at timestamp with time zone not null,
  asked_by uuid not null,
  asked_by_name text not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  decided_by_name text,
  accepted boolean,
  note text default ''::text not null,
  constraint plan_take_back_pkey PRIMARY KEY (county_code, id),
  constraint plan_take_back_county_code_plan_id_fkey FOREIGN KEY (county_code, plan_id) REFERENCES plan(county_code, id),
  constraint plan_take_back_check CHECK ((((decided_by IS NULL) = (decided_at IS NULL)) AND ((decided_by IS NULL) = (accepted IS NULL)) AND ((decided_by IS NULL) = (decided_by_name IS NULL)))),
  constraint plan_take_back_check1 CHECK (((accepted IS DISTINCT FROM false) OR (length(note) >= 4))),
  constraint plan_take_back_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint plan_take_back_reason_check CHECK ((length(reason) >= 4)),
  constraint plan_take_back_second_person CHECK (((accepted IS NOT TRUE) OR (decided_by <> asked_by)))
);
CREATE UNIQUE INDEX plan_take_back_one ON public.plan_take_back USING btree (county_code, plan_id) WHERE (accepted IS DISTINCT FROM false);
alter table plan_take_back enable row level security;
alter table plan_take_back force row level security;
create policy plan_take_back_of_county on plan_take_back using ((county_code = app_county()));
CREATE TRIGGER plan_take_back_guard BEFORE UPDATE ON public.plan_take_back FOR EACH ROW EXECUTE FUNCTION plan_take_back_guard();
grant insert, select on plan_take_back to wuxin_app;
grant update (decided_at, decided_by, decided_by_name, accepted, note) on plan_take_back to wuxin_app;

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
  rows jsonb not null,
  accepts_objections boolean not null,
  taken_down_on date,
  constraint publicity_pkey PRIMARY KEY (county_code, id),
  constraint publicity_county_code_case_id_fkey FOREIGN KEY (county_code, case_id) REFERENCES case_file(county_code, id),
  constraint publicity_check CHECK ((to_date >= from_date))
);
CREATE INDEX publicity_case ON public.publicity USING btree (county_code, case_id);
CREATE INDEX publicity_hanging ON public.publicity USING btree (county_code, to_date) WHERE (taken_down_on IS NULL);
alter table publicity enable row level security;
alter table publicity force row level security;
create policy publicity_post on publicity for insert with check (((county_code = app_county()) AND in_scope(division_code)));
create policy publicity_read on publicity for select using (((county_code = app_county()) AND ((taken_down_on IS NULL) OR ( SELECT true
   FROM case_file f
  WHERE ((f.county_code = publicity.county_code) AND (f.id = publicity.case_id))))));
create policy publicity_take_down on publicity for update using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on publicity to wuxin_app;
grant update (taken_down_on) on publicity to wuxin_app;

create table recheck (
  county_code text not null,
  id uuid not null,
  month month_text not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  lines integer not null,
  found integer not null,
  constraint recheck_pkey PRIMARY KEY (county_code, id),
  constraint recheck_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint recheck_found_check CHECK ((found >= 0)),
  constraint recheck_lines_check CHECK ((lines >= 0))
);
CREATE INDEX recheck_of_month ON public.recheck USING btree (county_code, month, at);
alter table recheck enable row level security;
alter table recheck force row level security;
create policy recheck_of_county on recheck using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on recheck to wuxin_app;
grant update (found) on recheck to wuxin_app;

create table recheck_finding (
  county_code text not null,
  line_id uuid not null,
  rule text not null,
  recheck_id uuid not null,
  roster_id uuid not null,
  month month_text not null,
  severity text not null,
  reason text not null,
  found_at timestamp with time zone not null,
  outcome text,
  note text,
  recovery_id uuid,
  clue_id uuid,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamp with time zone,
  constraint recheck_finding_pkey PRIMARY KEY (county_code, line_id, rule),
  constraint recheck_finding_county_code_recheck_id_fkey FOREIGN KEY (county_code, recheck_id) REFERENCES recheck(county_code, id),
  constraint recheck_finding_county_code_recovery_id_fkey FOREIGN KEY (county_code, recovery_id) REFERENCES recovery(county_code, id),
  constraint recheck_finding_county_code_roster_id_fkey FOREIGN KEY (county_code, roster_id) REFERENCES roster(county_code, id),
  constraint recheck_finding_check CHECK ((((outcome IS NULL) = (decided_by IS NULL)) AND ((outcome IS NULL) = (note IS NULL)) AND ((outcome IS NULL) = (decided_at IS NULL)) AND ((outcome IS NULL) = (decided_by_name IS NULL)))),
  constraint recheck_finding_check1 CHECK (((NOT (outcome IS DISTINCT FROM 'recovery'::text)) = (recovery_id IS NOT NULL))),
  constraint recheck_finding_check2 CHECK (((NOT (outcome IS DISTINCT FROM 'clue'::text)) = (clue_id IS NOT NULL))),
  constraint recheck_finding_check3 CHECK (((outcome IS DISTINCT FROM 'justified'::text) OR (length(btrim(note)) >= 4))),
  constraint recheck_finding_outcome_check CHECK ((outcome = ANY (ARRAY['justified'::text, 'recovery'::text, 'clue'::text]))),
  constraint recheck_finding_severity_check CHECK ((severity = ANY (ARRAY['block'::text, 'warn'::text])))
);
CREATE INDEX recheck_finding_of_month ON public.recheck_finding USING btree (county_code, month, rule);
alter table recheck_finding enable row level security;
alter table recheck_finding force row level security;
create policy recheck_finding_of_county on recheck_finding using (((county_code = app_county()) AND in_scope(county_code)));
CREATE TRIGGER recheck_finding_guard BEFORE UPDATE ON public.recheck_finding FOR EACH ROW EXECUTE FUNCTION recheck_finding_guard();
grant insert, select on recheck_finding to wuxin_app;
grant update (outcome, note, recovery_id, clue_id, decided_by, decided_by_name, decided_at) on recheck_finding to wuxin_app;

create table recovery (
  county_code text not null,
  id uuid not null,
  entitlement_id uuid not null,
  item text not null,
  division_code text not null,
  payee_id uuid not null,
  cause text not null,
  reason text not null,
  state text not null,
  amount_fen bigint not null,
  opened_at timestamp with time zone not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamp with time zone,
  decision_note text,
  way text,
  instalment_fen bigint,
  deduct_from uuid,
  cause_name text,
  constraint recovery_pkey PRIMARY KEY (county_code, id),
  constraint recovery_county_code_deduct_from_fkey FOREIGN KEY (county_code, deduct_from) REFERENCES entitlement(county_code, id),
  constraint recovery_county_code_entitlement_id_fkey FOREIGN KEY (county_code, entitlement_id) REFERENCES entitlement(county_code, id),
  constraint recovery_county_code_payee_id_fkey FOREIGN KEY (county_code, payee_id) REFERENCES person(county_code, id),
  constraint recovery_amount_fen_check CHECK ((amount_fen > 0)),
  constraint recovery_cause_check CHECK ((cause = ANY (ARRAY['death'::text, 'decision'::text]))),
  constraint recovery_cause_name_check CHECK (((length(cause_name) >= 1) AND (length(cause_name) <= 30))),
  constraint recovery_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint recovery_check1 CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  constraint recovery_check2 CHECK (((decided_at IS NULL) = (decided_by IS NULL))),
  constraint recovery_check3 CHECK (((state = ANY (ARRAY['confirmed'::text, 'settled'::text])) = (way IS NOT NULL))),
  constraint recovery_check4 CHECK (((NOT (way IS DISTINCT FROM 'deduct'::text)) = ((instalment_fen IS NOT NULL) AND (deduct_from IS NOT NULL)))),
  constraint recovery_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint recovery_instalment_fen_check CHECK ((instalment_fen > 0)),
  constraint recovery_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'dismissed'::text, 'settled'::text]))),
  constraint recovery_way_check CHECK ((way = ANY (ARRAY['deduct'::text, 'cash'::text])))
);
CREATE INDEX recovery_by_division ON public.recovery USING btree (county_code, division_code);
CREATE INDEX recovery_deducting ON public.recovery USING btree (county_code, deduct_from) WHERE (state = 'confirmed'::text);
CREATE INDEX recovery_in_order ON public.recovery USING btree (county_code, (
CASE state
    WHEN 'proposed'::text THEN 4
    WHEN 'confirmed'::text THEN 3
    WHEN 'settled'::text THEN 2
    ELSE 1
END), opened_at, id);
CREATE INDEX recovery_of_entitlement ON public.recovery USING btree (county_code, entitlement_id);
alter table recovery enable row level security;
alter table recovery force row level security;
create policy recovery_added on recovery for insert with check (((county_code = app_county()) AND in_scope(county_code)));
create policy recovery_moved on recovery for update using (((county_code = app_county()) AND in_scope(county_code)));
create policy recovery_seen on recovery for select using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code))));
grant insert, select on recovery to wuxin_app;
grant update (division_code, state, decided_by, decided_by_name, decided_at, decision_note, way, instalment_fen, deduct_from) on recovery to wuxin_app;

create table recovery_deduction (
  county_code text not null,
  line_id uuid not null,
  recovery_id uuid not null,
  month month_text not null,
  amount_fen bigint not null,
  constraint recovery_deduction_pkey PRIMARY KEY (county_code, line_id, recovery_id, month),
  constraint recovery_deduction_county_code_line_id_fkey FOREIGN KEY (county_code, line_id) REFERENCES roster_line(county_code, id),
  constraint recovery_deduction_county_code_recovery_id_month_fkey FOREIGN KEY (county_code, recovery_id, month) REFERENCES recovery_month(county_code, recovery_id, month),
  constraint recovery_deduction_amount_fen_check CHECK ((amount_fen > 0))
);
CREATE INDEX recovery_deduction_of ON public.recovery_deduction USING btree (county_code, recovery_id, month);
alter table recovery_deduction enable row level security;
alter table recovery_deduction force row level security;
create policy recovery_deduction_of_scope on recovery_deduction using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM recovery r
  WHERE ((r.county_code = recovery_deduction.county_code) AND (r.id = recovery_deduction.recovery_id)))))));
CREATE TRIGGER recovery_deduction_guard AFTER INSERT ON public.recovery_deduction REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION recovery_guard();
grant insert, select on recovery_deduction to wuxin_app;

create table recovery_entry (
  county_code text not null,
  receipt_id uuid not null,
  recovery_id uuid not null,
  month month_text not null,
  kind text not null,
  amount_fen bigint not null,
  entered_on date not null,
  note text not null,
  at timestamp with time zone not null,
  by_name text not null,
  account_id uuid default app_account(),
  reverses uuid,
  constraint recovery_entry_pkey PRIMARY KEY (county_code, receipt_id, recovery_id, month),
  constraint recovery_entry_county_code_recovery_id_month_fkey FOREIGN KEY (county_code, recovery_id, month) REFERENCES recovery_month(county_code, recovery_id, month),
  constraint recovery_entry_county_code_reverses_recovery_id_month_fkey FOREIGN KEY (county_code, reverses, recovery_id, month) REFERENCES recovery_entry(county_code, receipt_id, recovery_id, month),
  constraint recovery_entry_amount_fen_check CHECK (
CASE kind
    WHEN 'reversal'::text THEN (amount_fen < 0)
    ELSE (amount_fen > 0)
END),
  constraint recovery_entry_check CHECK (((kind = 'reversal'::text) = (reverses IS NOT NULL))),
  constraint recovery_entry_kind_check CHECK ((kind = ANY (ARRAY['cash'::text, 'deduction'::text, 'waiver'::text, 'write-off'::text, 'reversal'::text, 'reduction'::text])))
);
CREATE INDEX recovery_entry_of ON public.recovery_entry USING btree (county_code, recovery_id, month);
CREATE UNIQUE INDEX recovery_entry_reversed_once ON public.recovery_entry USING btree (county_code, recovery_id, reverses, month) WHERE (reverses IS NOT NULL);
alter table recovery_entry enable row level security;
alter table recovery_entry force row level security;
create policy recovery_entry_of_scope on recovery_entry using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM recovery r
  WHERE ((r.county_code = recovery_entry.county_code) AND (r.id = recovery_entry.recovery_id)))))));
CREATE TRIGGER recovery_entry_guard AFTER INSERT ON public.recovery_entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION recovery_guard();
CREATE TRIGGER recovery_reversal_guard AFTER INSERT ON public.recovery_entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION recovery_reversal_guard();
grant insert, select on recovery_entry to wuxin_app;

create table recovery_month (
  county_code text not null,
  recovery_id uuid not null,
  entitlement_id uuid not null,
  month month_text not null,
  paid_fen bigint not null,
  owed_fen bigint not null,
  amount_fen bigint not null,
  asked_before_fen bigint default 0 not null,
  constraint recovery_month_pkey PRIMARY KEY (county_code, recovery_id, month),
  constraint recovery_month_county_code_recovery_id_fkey FOREIGN KEY (county_code, recovery_id) REFERENCES recovery(county_code, id),
  constraint recovery_month_amount_fen_check CHECK ((amount_fen > 0)),
  constraint recovery_month_asked_before_fen_check CHECK ((asked_before_fen >= 0)),
  constraint recovery_month_check CHECK ((amount_fen <= (paid_fen - owed_fen))),
  constraint recovery_month_owed_fen_check CHECK ((owed_fen >= 0))
);
CREATE UNIQUE INDEX recovery_month_once ON public.recovery_month USING btree (county_code, entitlement_id, month, owed_fen, asked_before_fen);
alter table recovery_month enable row level security;
alter table recovery_month force row level security;
create policy recovery_month_of_scope on recovery_month using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM recovery r
  WHERE ((r.county_code = recovery_month.county_code) AND (r.id = recovery_month.recovery_id)))))));
grant insert, select on recovery_month to wuxin_app;

create table recovery_request (
  county_code text not null,
  id uuid not null,
  recovery_id uuid not null,
  kind text not null,
  amount_fen bigint not null,
  reason text not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamp with time zone not null,
  given_by uuid,
  given_by_name text,
  given_at timestamp with time zone,
  given boolean,
  receipt_id uuid,
  answer_note text default ''::text not null,
  constraint recovery_request_pkey PRIMARY KEY (county_code, id),
  constraint recovery_request_county_code_recovery_id_fkey FOREIGN KEY (county_code, recovery_id) REFERENCES recovery(county_code, id),
  constraint recovery_request_amount_fen_check CHECK ((amount_fen > 0)),
  constraint recovery_request_answer_note_check CHECK ((length(answer_note) <= 500)),
  constraint recovery_request_check CHECK ((((given_by IS NULL) = (given IS NULL)) AND ((given_by IS NULL) = (given_at IS NULL)))),
  constraint recovery_request_check1 CHECK (((kind = 'reversal'::text) = (receipt_id IS NOT NULL))),
  constraint recovery_request_kind_check CHECK ((kind = ANY (ARRAY['waiver'::text, 'write-off'::text, 'reversal'::text]))),
  constraint recovery_request_reason_check CHECK ((length(btrim(reason)) >= 2)),
  constraint recovery_request_refused_with_reason CHECK (((given IS DISTINCT FROM false) OR (length(btrim(answer_note)) >= 2))) NOT VALID,
  constraint recovery_request_two_people CHECK ((given_by <> asked_by))
);
CREATE UNIQUE INDEX recovery_request_open_once ON public.recovery_request USING btree (county_code, recovery_id) WHERE (given IS NULL);
alter table recovery_request enable row level security;
alter table recovery_request force row level security;
create policy recovery_request_of_scope on recovery_request using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM recovery r
  WHERE ((r.county_code = recovery_request.county_code) AND (r.id = recovery_request.recovery_id)))))));
grant insert, select on recovery_request to wuxin_app;
grant update (given_by, given_by_name, given_at, given, answer_note) on recovery_request to wuxin_app;

create table rectification (
  county_code text default app_county() not null,
  id uuid not null,
  number text not null,
  division_code text not null,
  month month_text not null,
  words_sealed bytea not null,
  issued_on date not null,
  due_on date not null,
  state text not null,
  version integer not null,
  returned integer default 0 not null,
  answered_on date,
  closed_on date,
  issued_by uuid default app_account(),
  issued_by_name text not null,
  constraint rectification_pkey PRIMARY KEY (county_code, id),
  constraint rectification_county_code_number_key UNIQUE (county_code, number),
  constraint rectification_check CHECK (((division_code ~~ (county_code || '%'::text)) AND (length(division_code) >= 9))),
  constraint rectification_check1 CHECK ((answered_on >= issued_on)),
  constraint rectification_check2 CHECK ((closed_on >= issued_on)),
  constraint rectification_check3 CHECK (((state = ANY (ARRAY['accepted'::text, 'withdrawn'::text])) = (closed_on IS NOT NULL))),
  constraint rectification_check4 CHECK (((state <> ALL (ARRAY['answered'::text, 'accepted'::text])) OR (answered_on IS NOT NULL))),
  constraint rectification_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint rectification_returned_check CHECK ((returned >= 0)),
  constraint rectification_state_check CHECK ((state = ANY (ARRAY['issued'::text, 'answered'::text, 'accepted'::text, 'withdrawn'::text]))),
  constraint rectification_version_check CHECK ((version > 0))
);
CREATE INDEX rectification_by_division ON public.rectification USING btree (county_code, division_code, due_on);
alter table rectification enable row level security;
alter table rectification force row level security;
create policy rectification_of_scope on rectification using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on rectification to wuxin_app;
grant update (due_on, state, version, returned, answered_on, closed_on) on rectification to wuxin_app;

create table rectification_action (
  county_code text default app_county() not null,
  id uuid not null,
  rectification_id uuid not null,
  version integer not null,
  action text not null,
  to_state text not null,
  data_sealed bytea not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  constraint rectification_action_pkey PRIMARY KEY (county_code, id),
  constraint rectification_action_county_code_rectification_id_version_key UNIQUE (county_code, rectification_id, version),
  constraint rectification_action_county_code_rectification_id_fkey FOREIGN KEY (county_code, rectification_id) REFERENCES rectification(county_code, id),
  constraint rectification_action_action_check CHECK ((action = ANY (ARRAY['issue'::text, 'answer'::text, 'accept'::text, 'send-back'::text, 'withdraw'::text]))),
  constraint rectification_action_to_state_check CHECK ((to_state = ANY (ARRAY['issued'::text, 'answered'::text, 'accepted'::text, 'withdrawn'::text]))),
  constraint rectification_action_version_check CHECK ((version > 0))
);
alter table rectification_action enable row level security;
alter table rectification_action force row level security;
create policy rectification_action_of_scope on rectification_action using (((county_code = app_county()) AND (EXISTS ( SELECT
   FROM rectification r
  WHERE ((r.county_code = rectification_action.county_code) AND (r.id = rectification_action.rectification_id))))));
grant insert, select on rectification_action to wuxin_app;

create table register_check (
  county_code text default app_county() not null,
  register text not null,
  entry_id uuid not null,
  id uuid not null,
  on_date date not null,
  values jsonb not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  constraint register_check_pkey PRIMARY KEY (county_code, register, id),
  constraint register_check_county_code_register_entry_id_fkey FOREIGN KEY (county_code, register, entry_id) REFERENCES register_entry(county_code, register, id),
  constraint register_check_values_check CHECK ((jsonb_typeof("values") = 'object'::text))
);
CREATE INDEX register_check_of_entry ON public.register_check USING btree (county_code, register, entry_id, on_date DESC);
alter table register_check enable row level security;
alter table register_check force row level security;
create policy register_check_of_scope on register_check using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM register_entry e
  WHERE ((e.county_code = register_check.county_code) AND (e.register = register_check.register) AND (e.id = register_check.entry_id)))))));
grant insert, select on register_check to wuxin_app;

create table register_entry (
  county_code text default app_county() not null,
  register text not null,
  id uuid not null,
  version integer not null,
  division_code text not null,
  title text not null,
  values jsonb not null,
  active boolean default true not null,
  last_checked_on date,
  created_on date not null,
  updated_at timestamp with time zone not null,
  constraint register_entry_pkey PRIMARY KEY (county_code, register, id),
  constraint register_entry_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint register_entry_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint register_entry_title_check CHECK ((length(title) <= 200)),
  constraint register_entry_values_check CHECK ((jsonb_typeof("values") = 'object'::text)),
  constraint register_entry_version_check CHECK ((version > 0))
);
CREATE INDEX register_entry_by_division ON public.register_entry USING btree (county_code, register, division_code);
CREATE INDEX register_entry_by_title ON public.register_entry USING btree (county_code, register, title);
alter table register_entry enable row level security;
alter table register_entry force row level security;
create policy register_entry_of_scope on register_entry using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on register_entry to wuxin_app;
grant update (version, division_code, title, values, active, last_checked_on, updated_at) on register_entry to wuxin_app;

create table register_history (
  county_code text default app_county() not null,
  register text not null,
  entry_id uuid not null,
  version integer not null,
  action text not null,
  division_code text not null,
  values jsonb not null,
  active boolean not null,
  reason text default ''::text not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  by_role text not null,
  constraint register_history_pkey PRIMARY KEY (county_code, register, entry_id, version),
  constraint register_history_county_code_register_entry_id_fkey FOREIGN KEY (county_code, register, entry_id) REFERENCES register_entry(county_code, register, id),
  constraint register_history_action_check CHECK ((action = ANY (ARRAY['create'::text, 'change'::text, 'retire'::text, 'restore'::text]))),
  constraint register_history_reason_check CHECK ((length(reason) <= 300)),
  constraint register_history_version_check CHECK ((version > 0))
);
alter table register_history enable row level security;
alter table register_history force row level security;
create policy register_history_of_scope on register_history using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM register_entry e
  WHERE ((e.county_code = register_history.county_code) AND (e.register = register_history.register) AND (e.id = register_history.entry_id)))))));
grant insert, select on register_history to wuxin_app;

create table register_row (
  county_code text default app_county() not null,
  register text not null,
  entry_id uuid not null,
  ledger text not null,
  id uuid not null,
  on_date date not null,
  values jsonb not null,
  flags jsonb default '[]'::jsonb not null,
  at timestamp with time zone not null,
  by_account uuid default app_account(),
  by_name text not null,
  household_id uuid,
  constraint register_row_pkey PRIMARY KEY (county_code, register, ledger, id),
  constraint register_row_county_code_household_id_fkey FOREIGN KEY (county_code, household_id) REFERENCES household(county_code, id),
  constraint register_row_county_code_register_entry_id_fkey FOREIGN KEY (county_code, register, entry_id) REFERENCES register_entry(county_code, register, id),
  constraint register_row_flags_check CHECK ((jsonb_typeof(flags) = 'array'::text)),
  constraint register_row_values_check CHECK ((jsonb_typeof("values") = 'object'::text))
);
CREATE INDEX register_row_by_day ON public.register_row USING btree (county_code, register, ledger, on_date);
CREATE INDEX register_row_of_entry ON public.register_row USING btree (county_code, register, entry_id, ledger, on_date DESC);
CREATE INDEX register_row_of_household ON public.register_row USING btree (county_code, household_id, on_date DESC) WHERE (household_id IS NOT NULL);
alter table register_row enable row level security;
alter table register_row force row level security;
create policy register_row_of_scope on register_row using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM register_entry e
  WHERE ((e.county_code = register_row.county_code) AND (e.register = register_row.register) AND (e.id = register_row.entry_id)))))));
grant insert, select on register_row to wuxin_app;

create table relative_filing (
  county_code text default app_county() not null,
  id uuid not null,
  division_code text not null,
  case_id uuid not null,
  case_number text not null,
  applicant_id uuid not null,
  staff_name text not null,
  unit text not null,
  relation text not null,
  filed_on date not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid default app_account(),
  constraint relative_filing_pkey PRIMARY KEY (county_code, id),
  constraint relative_filing_county_code_applicant_id_fkey FOREIGN KEY (county_code, applicant_id) REFERENCES person(county_code, id),
  constraint relative_filing_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint relative_filing_county_code_check CHECK ((county_code ~ '^\d{6}$'::text))
);
CREATE INDEX relative_filing_by_division ON public.relative_filing USING btree (county_code, division_code, filed_on DESC);
CREATE INDEX relative_filing_of_case ON public.relative_filing USING btree (county_code, case_id);
alter table relative_filing enable row level security;
alter table relative_filing force row level security;
create policy relative_filing_add on relative_filing for insert to wuxin_app with check (((county_code = app_county()) AND in_scope(division_code)));
create policy relative_filing_read on relative_filing for select to wuxin_app using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on relative_filing to wuxin_app;

create table reprice (
  county_code text not null,
  id uuid not null,
  standard_id uuid not null,
  parameter text not null,
  label text not null,
  document text not null,
  first_month month_text not null,
  items jsonb not null,
  state text not null,
  opened_by uuid,
  opened_by_name text not null,
  opened_at timestamp with time zone not null,
  lowers boolean not null,
  job_id uuid not null,
  preview jsonb,
  report jsonb,
  place jsonb,
  released_by uuid,
  released_by_name text,
  released_at timestamp with time zone,
  release_note text,
  ended_at timestamp with time zone,
  cause text default 'standard'::text not null,
  constraint reprice_pkey PRIMARY KEY (county_code, id),
  constraint reprice_cause_check CHECK ((cause = ANY (ARRAY['standard'::text, 'rule'::text]))),
  constraint reprice_check CHECK (((released_by IS NULL) = (released_at IS NULL))),
  constraint reprice_check1 CHECK (((state <> ALL (ARRAY['applying'::text, 'done'::text])) OR ((preview IS NOT NULL) AND (released_at IS NOT NULL)))),
  constraint reprice_check2 CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['done'::text, 'cancelled'::text])))),
  constraint reprice_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint reprice_state_check CHECK ((state = ANY (ARRAY['counting'::text, 'ready'::text, 'applying'::text, 'done'::text, 'cancelled'::text]))),
  constraint reprice_two_people CHECK ((released_by <> opened_by))
);
CREATE INDEX reprice_by_time ON public.reprice USING btree (county_code, opened_at DESC);
CREATE UNIQUE INDEX reprice_open_once ON public.reprice USING btree (county_code, standard_id) WHERE (state = ANY (ARRAY['counting'::text, 'ready'::text, 'applying'::text]));
alter table reprice enable row level security;
alter table reprice force row level security;
create policy reprice_added on reprice for insert with check (((county_code = app_county()) AND in_scope(county_code)));
create policy reprice_moved on reprice for update using (((county_code = app_county()) AND in_scope(county_code)));
create policy reprice_seen on reprice for select using (((county_code = app_county()) AND (app_scope() IS NOT NULL)));
grant insert, select on reprice to wuxin_app;
grant update (state, lowers, job_id, preview, report, place, released_by, released_by_name, released_at, release_note, ended_at) on reprice to wuxin_app;

create table reprice_exception (
  county_code text not null,
  reprice_id uuid not null,
  entitlement_id uuid not null,
  division_code text not null,
  kind text not null,
  before_fen bigint not null,
  after_fen bigint,
  constraint reprice_exception_pkey PRIMARY KEY (county_code, reprice_id, entitlement_id),
  constraint reprice_exception_county_code_entitlement_id_fkey FOREIGN KEY (county_code, entitlement_id) REFERENCES entitlement(county_code, id),
  constraint reprice_exception_county_code_reprice_id_fkey FOREIGN KEY (county_code, reprice_id) REFERENCES reprice(county_code, id),
  constraint reprice_exception_kind_check CHECK ((kind = ANY (ARRAY['lower'::text, 'leave'::text, 'unknown'::text])))
);
alter table reprice_exception enable row level security;
alter table reprice_exception force row level security;
create policy reprice_exception_added on reprice_exception for insert with check (((county_code = app_county()) AND in_scope(county_code)));
create policy reprice_exception_seen on reprice_exception for select using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code))));
grant insert, select on reprice_exception to wuxin_app;

create table return_intake (
  county_code text not null,
  id uuid not null,
  roster_id uuid not null,
  name text not null,
  digest text not null,
  bytes bigint not null,
  kind text not null,
  encoding text,
  newlines integer,
  layout text not null,
  state text not null,
  job_id uuid not null,
  received_at timestamp with time zone not null,
  received_by uuid not null,
  received_by_name text not null,
  ended_at timestamp with time zone,
  report jsonb default '{}'::jsonb not null,
  constraint return_intake_pkey PRIMARY KEY (county_code, id),
  constraint return_intake_county_code_roster_id_fkey FOREIGN KEY (county_code, roster_id) REFERENCES roster(county_code, id),
  constraint return_intake_check CHECK (((kind = 'text'::text) = (encoding IS NOT NULL))),
  constraint return_intake_check1 CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  constraint return_intake_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint return_intake_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint return_intake_encoding_check CHECK ((encoding = ANY (ARRAY['utf-8'::text, 'gb18030'::text]))),
  constraint return_intake_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'xlsx'::text]))),
  constraint return_intake_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'loaded'::text, 'refused'::text])))
);
CREATE INDEX return_intake_of_roster ON public.return_intake USING btree (county_code, roster_id, received_at DESC);
CREATE UNIQUE INDEX return_intake_once ON public.return_intake USING btree (county_code, roster_id, digest) WHERE (state = 'waiting'::text);
alter table return_intake enable row level security;
alter table return_intake force row level security;
create policy return_intake_of_county on return_intake using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
CREATE TRIGGER return_intake_guard BEFORE UPDATE ON public.return_intake FOR EACH ROW EXECUTE FUNCTION return_intake_guard();
grant insert, select on return_intake to wuxin_app;
grant update (state, job_id, ended_at, report) on return_intake to wuxin_app;

create table return_piece (
  county_code text not null,
  return_id uuid not null,
  no integer not null,
  sealed bytea not null,
  constraint return_piece_pkey PRIMARY KEY (county_code, return_id, no),
  constraint return_piece_no_check CHECK ((no >= 0))
);
alter table return_piece enable row level security;
alter table return_piece force row level security;
create policy return_piece_of_county on return_piece using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant delete, insert, select on return_piece to wuxin_app;

create table return_row (
  county_code text not null,
  return_id uuid not null,
  row integer not null,
  line_id uuid,
  outcome text,
  fail_code text,
  fail_reason text,
  bank_serial text,
  settled_on date,
  problem text,
  constraint return_row_pkey PRIMARY KEY (county_code, return_id, "row"),
  constraint return_row_check CHECK (((problem IS NOT NULL) OR ((line_id IS NOT NULL) AND (outcome IS NOT NULL)))),
  constraint return_row_outcome_check CHECK ((outcome = ANY (ARRAY['paid'::text, 'failed'::text, 'unknown'::text])))
);
alter table return_row enable row level security;
alter table return_row force row level security;
create policy return_row_of_county on return_row using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant delete, insert, select on return_row to wuxin_app;

create table roster (
  county_code text not null,
  id uuid not null,
  month month_text not null,
  kind text not null,
  number text not null,
  title text not null,
  state text not null,
  parent_id uuid,
  previous_id uuid,
  previous_total_fen bigint,
  generated_by uuid not null,
  generated_by_name text not null,
  generated_at timestamp with time zone not null,
  digest text default ''::text not null,
  lines integer default 0 not null,
  persons integer default 0 not null,
  total_fen bigint default 0 not null,
  included_lines integer default 0 not null,
  included_fen bigint default 0 not null,
  held_lines integer default 0 not null,
  held_fen bigint default 0 not null,
  pending_fen bigint default 0 not null,
  paid_lines integer default 0 not null,
  paid_fen bigint default 0 not null,
  failed_lines integer default 0 not null,
  failed_fen bigint default 0 not null,
  unknown_lines integer default 0 not null,
  sent_at timestamp with time zone,
  discarded_at timestamp with time zone,
  discarded_by_name text,
  discard_reason text,
  digest_form smallint default 2 not null,
  constraint roster_pkey PRIMARY KEY (county_code, id),
  constraint roster_county_code_number_key UNIQUE (county_code, number),
  constraint roster_county_code_parent_id_fkey FOREIGN KEY (county_code, parent_id) REFERENCES roster(county_code, id),
  constraint roster_county_code_previous_id_fkey FOREIGN KEY (county_code, previous_id) REFERENCES roster(county_code, id),
  constraint roster_check CHECK (((kind = 'reissue'::text) = (parent_id IS NOT NULL))),
  constraint roster_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint roster_digest_check CHECK ((digest ~ '^([0-9a-f]{64})?$'::text)),
  constraint roster_digest_form_check CHECK ((digest_form = ANY (ARRAY[1, 2]))),
  constraint roster_kind_check CHECK ((kind = ANY (ARRAY['monthly'::text, 'reissue'::text]))),
  constraint roster_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'made'::text, 'checked'::text, 'approved'::text, 'sent'::text, 'closed'::text, 'discarded'::text])))
);
CREATE INDEX roster_by_parent ON public.roster USING btree (county_code, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX roster_by_time ON public.roster USING btree (county_code, month DESC, generated_at DESC);
CREATE UNIQUE INDEX roster_month_once ON public.roster USING btree (county_code, month) WHERE ((kind = 'monthly'::text) AND (state <> 'discarded'::text));
alter table roster enable row level security;
alter table roster force row level security;
create policy roster_added on roster for insert with check (((county_code = app_county()) AND in_scope(county_code)));
create policy roster_moved on roster for update using (((county_code = app_county()) AND in_scope(county_code)));
create policy roster_seen on roster for select using ((county_code = app_county()));
CREATE TRIGGER roster_guard BEFORE UPDATE ON public.roster FOR EACH ROW EXECUTE FUNCTION roster_guard();
grant insert, select on roster to wuxin_app;
grant update (state, digest, lines, persons, total_fen, included_lines, included_fen, held_lines, held_fen, pending_fen, paid_lines, paid_fen, failed_lines, failed_fen, unknown_lines, sent_at, discarded_at, discarded_by_name, discard_reason, digest_form) on roster to wuxin_app;

create table roster_chunk (
  county_code text not null,
  roster_id uuid not null,
  no integer not null,
  digest text not null,
  constraint roster_chunk_pkey PRIMARY KEY (county_code, roster_id, no),
  constraint roster_chunk_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
);
alter table roster_chunk enable row level security;
alter table roster_chunk force row level security;
create policy roster_chunk_of_county on roster_chunk using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
grant insert, select on roster_chunk to wuxin_app;
grant update (digest) on roster_chunk to wuxin_app;

create table roster_flag (
  county_code text not null,
  roster_id uuid not null,
  line_id uuid not null,
  rule text not null,
  severity text not null,
  reason text not null,
  raised_at timestamp with time zone not null,
  answer text,
  answered_at timestamp with time zone,
  answered_by uuid,
  answered_by_name text,
  constraint roster_flag_pkey PRIMARY KEY (county_code, line_id, rule),
  constraint roster_flag_county_code_line_id_fkey FOREIGN KEY (county_code, line_id) REFERENCES roster_line(county_code, id),
  constraint roster_flag_county_code_roster_id_fkey FOREIGN KEY (county_code, roster_id) REFERENCES roster(county_code, id),
  constraint roster_flag_check CHECK (((answer IS NULL) = (answered_at IS NULL))),
  constraint roster_flag_severity_check CHECK ((severity = ANY (ARRAY['block'::text, 'warn'::text])))
);
CREATE INDEX roster_flag_of_roster ON public.roster_flag USING btree (county_code, roster_id, rule);
alter table roster_flag enable row level security;
alter table roster_flag force row level security;
create policy roster_flag_of_county on roster_flag using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on roster_flag to wuxin_app;
grant update (reason, raised_at, answer, answered_at, answered_by, answered_by_name) on roster_flag to wuxin_app;

create table roster_line (
  county_code text not null,
  id uuid not null,
  roster_id uuid not null,
  seq integer not null,
  entitlement_id uuid not null,
  item text not null,
  exclusivity_group text not null,
  case_id uuid,
  payee_id uuid not null,
  payee_name text not null,
  payee_digest bytea not null,
  relation text not null,
  division_code text not null,
  month month_text not null,
  change text not null,
  amount_fen bigint not null,
  previous_fen bigint,
  persons integer not null,
  account_id uuid,
  account_digest bytea,
  account_sealed bytea,
  bank_name text,
  holder_name text,
  included boolean not null,
  live boolean default true not null,
  state text not null,
  hold_reason text,
  fail_code text,
  fail_reason text,
  bank_serial text,
  settled_on date,
  reissue_of uuid,
  origin_line_id uuid not null,
  round integer default 0 not null,
  deducted_fen bigint default 0 not null,
  constraint roster_line_pkey PRIMARY KEY (county_code, id),
  constraint roster_line_county_code_roster_id_seq_key UNIQUE (county_code, roster_id, seq),
  constraint roster_line_change_check CHECK ((change = ANY (ARRAY['new'::text, 'changed'::text, 'same'::text, 'stopped'::text, 'backpay'::text, 'recovery'::text, 'reissue'::text]))),
  constraint roster_line_check CHECK (((state = 'stopped'::text) OR (amount_fen > 0))),
  constraint roster_line_check1 CHECK (((state <> 'stopped'::text) OR (amount_fen = 0))),
  constraint roster_line_check2 CHECK (((NOT included) OR (account_digest IS NOT NULL))),
  constraint roster_line_check3 CHECK (((reissue_of IS NULL) = (origin_line_id = id))),
  constraint roster_line_check4 CHECK (((round = 0) OR (change = ANY (ARRAY['backpay'::text, 'reissue'::text])))),
  constraint roster_line_check5 CHECK (((deducted_fen = 0) OR (round = 0))),
  constraint roster_line_deducted_fen_check CHECK ((deducted_fen >= 0)),
  constraint roster_line_persons_check CHECK ((persons >= 0)),
  constraint roster_line_round_check CHECK ((round >= 0)),
  constraint roster_line_seq_check CHECK ((seq > 0)),
  constraint roster_line_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'held'::text, 'sent'::text, 'paid'::text, 'failed'::text, 'unknown'::text, 'reissued'::text, 'stopped'::text])))
);
CREATE INDEX roster_line_failed ON public.roster_line USING btree (county_code, roster_id, seq) WHERE (fail_reason IS NOT NULL);
CREATE INDEX roster_line_held ON public.roster_line USING btree (county_code, roster_id, seq) WHERE (hold_reason IS NOT NULL);
CREATE INDEX roster_line_rare_change ON public.roster_line USING btree (county_code, roster_id, change, seq) WHERE (change <> ALL (ARRAY['same'::text, 'new'::text]));
CREATE UNIQUE INDEX roster_line_once ON public.roster_line USING btree (county_code, entitlement_id, month, round, (
CASE
    WHEN (live AND (reissue_of IS NULL) AND (change <> 'stopped'::text)) THEN NULL::uuid
    ELSE id
END)) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX roster_line_reissued_once ON public.roster_line USING btree (county_code, reissue_of) WHERE (live AND (reissue_of IS NOT NULL));
alter table roster_line enable row level security;
alter table roster_line force row level security;
create policy roster_line_added on roster_line for insert with check (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
create policy roster_line_moved on roster_line for update using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
create policy roster_line_of_owner on roster_line for select to wuxin_owner using ((county_code = app_county()));
create policy roster_line_seen on roster_line for select using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code) OR (payee_id = app_person()))));
CREATE TRIGGER roster_line_add_guard AFTER INSERT ON public.roster_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION roster_line_add_guard();
CREATE TRIGGER roster_line_difference_guard AFTER INSERT ON public.roster_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION roster_line_difference_guard();
CREATE TRIGGER roster_line_guard BEFORE UPDATE ON public.roster_line FOR EACH ROW WHEN (((((((old.included IS DISTINCT FROM new.included) OR (old.account_digest IS DISTINCT FROM new.account_digest)) OR (old.account_sealed IS DISTINCT FROM new.account_sealed)) OR (old.bank_name IS DISTINCT FROM new.bank_name)) OR (old.holder_name IS DISTINCT FROM new.holder_name)) OR ((old.state = 'paid'::text) AND ((new.state <> 'paid'::text) OR (new.live <> old.live))))) EXECUTE FUNCTION roster_line_guard();
CREATE TRIGGER roster_line_sum_added AFTER INSERT ON public.roster_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION roster_line_sum_added();
CREATE TRIGGER roster_line_sum_moved AFTER UPDATE ON public.roster_line REFERENCING OLD TABLE AS was NEW TABLE AS becomes FOR EACH STATEMENT EXECUTE FUNCTION roster_line_sum_moved();
grant insert, select on roster_line to wuxin_app;
grant update (account_id, account_digest, account_sealed, bank_name, holder_name, included, live, state, hold_reason, fail_code, fail_reason, bank_serial, settled_on) on roster_line to wuxin_app;

create table roster_objection (
  county_code text not null,
  id uuid not null,
  publicity_id uuid,
  via text not null,
  name_sealed bytea not null,
  phone_sealed bytea,
  text_sealed bytea not null,
  received_on date not null,
  due_on date,
  entered_by_name text not null,
  entered_at timestamp with time zone not null,
  result text,
  answer_sealed bytea,
  answered_on date,
  answered_by uuid,
  answered_by_name text,
  fund_publicity_id uuid,
  division_code text not null,
  constraint roster_objection_pkey PRIMARY KEY (county_code, id),
  constraint roster_objection_county_code_publicity_id_fkey FOREIGN KEY (county_code, publicity_id) REFERENCES roster_publicity(county_code, id),
  constraint roster_objection_fund_publicity_fkey FOREIGN KEY (county_code, fund_publicity_id) REFERENCES fund_publicity(county_code, id),
  constraint roster_objection_against_one CHECK ((num_nonnulls(publicity_id, fund_publicity_id) = 1)),
  constraint roster_objection_check CHECK ((((result IS NULL) = (answer_sealed IS NULL)) AND ((result IS NULL) = (answered_on IS NULL)) AND ((result IS NULL) = (answered_by IS NULL)) AND ((result IS NULL) = (answered_by_name IS NULL)))),
  constraint roster_objection_check1 CHECK ((starts_with(division_code, county_code) AND ((publicity_id IS NULL) OR (division_code = county_code)))),
  constraint roster_objection_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint roster_objection_result_check CHECK ((result = ANY (ARRAY['upheld'::text, 'unfounded'::text]))),
  constraint roster_objection_via_check CHECK ((via = ANY (ARRAY['page'::text, 'letter'::text, 'phone'::text, 'visit'::text])))
);
CREATE INDEX roster_objection_of_fund_publicity ON public.roster_objection USING btree (county_code, fund_publicity_id) WHERE (fund_publicity_id IS NOT NULL);
CREATE INDEX roster_objection_of_publicity ON public.roster_objection USING btree (county_code, publicity_id);
CREATE INDEX roster_objection_open ON public.roster_objection USING btree (county_code, due_on) WHERE (result IS NULL);
alter table roster_objection enable row level security;
alter table roster_objection force row level security;
create policy roster_objection_of_place on roster_objection using (((county_code = app_county()) AND in_scope(division_code)));
CREATE TRIGGER roster_objection_guard BEFORE UPDATE ON public.roster_objection FOR EACH ROW EXECUTE FUNCTION roster_objection_guard();
grant insert, select on roster_objection to wuxin_app;
grant update (result, answer_sealed, answered_on, answered_by, answered_by_name) on roster_objection to wuxin_app;

create table roster_publicity (
  county_code text not null,
  id uuid not null,
  roster_id uuid not null,
  item text not null,
  article text not null,
  from_day date not null,
  to_day date not null,
  published_by uuid not null,
  published_by_name text not null,
  published_at timestamp with time zone not null,
  taken_down_at timestamp with time zone,
  taken_down_by_name text,
  take_down_reason text,
  constraint roster_publicity_pkey PRIMARY KEY (county_code, id),
  constraint roster_publicity_county_code_roster_id_fkey FOREIGN KEY (county_code, roster_id) REFERENCES roster(county_code, id),
  constraint roster_publicity_check CHECK ((to_day >= from_day)),
  constraint roster_publicity_check1 CHECK (((taken_down_at IS NULL) = (take_down_reason IS NULL)))
);
CREATE INDEX roster_publicity_by_day ON public.roster_publicity USING btree (county_code, to_day) WHERE (taken_down_at IS NULL);
CREATE UNIQUE INDEX roster_publicity_hangs_once ON public.roster_publicity USING btree (county_code, roster_id, item) WHERE (taken_down_at IS NULL);
alter table roster_publicity enable row level security;
alter table roster_publicity force row level security;
create policy roster_publicity_of_county on roster_publicity using (((county_code = app_county()) AND in_scope(county_code)));
grant insert, select on roster_publicity to wuxin_app;
grant update (taken_down_at, taken_down_by_name, take_down_reason) on roster_publicity to wuxin_app;

create table roster_signature (
  county_code text not null,
  roster_id uuid not null,
  step text not null,
  account_id uuid not null,
  name text not null,
  digest text not null,
  signed_at timestamp with time zone not null,
  constraint roster_signature_step_once PRIMARY KEY (county_code, roster_id, step),
  constraint roster_signature_person_once UNIQUE (county_code, roster_id, account_id),
  constraint roster_signature_county_code_roster_id_fkey FOREIGN KEY (county_code, roster_id) REFERENCES roster(county_code, id),
  constraint roster_signature_step_check CHECK ((step = ANY (ARRAY['maker'::text, 'checker'::text, 'approver'::text])))
);
alter table roster_signature enable row level security;
alter table roster_signature force row level security;
create policy roster_signature_of_county on roster_signature using (((county_code = app_county()) AND in_scope(county_code)));
CREATE TRIGGER roster_signature_guard BEFORE INSERT ON public.roster_signature FOR EACH ROW EXECUTE FUNCTION roster_signature_guard();
grant insert, select on roster_signature to wuxin_app;

create table roster_sum (
  county_code text not null,
  roster_id uuid not null,
  item text not null,
  month month_text not null,
  change text not null,
  state text not null,
  included boolean not null,
  lines integer not null,
  persons integer not null,
  amount_fen bigint not null,
  deducted_fen bigint not null,
  previous_fen bigint not null,
  constraint roster_sum_pkey PRIMARY KEY (county_code, roster_id, item, month, change, state, included)
);
alter table roster_sum enable row level security;
alter table roster_sum force row level security;
create policy roster_sum_of_county on roster_sum using (((county_code = app_county()) AND ( SELECT in_scope(app_county()) AS in_scope)));
create policy roster_sum_of_owner on roster_sum to wuxin_owner using (true);
grant select on roster_sum to wuxin_app;

create table schema_migration (
  name text not null,
  digest text not null,
  applied_at timestamp with time zone default now() not null,
  constraint schema_migration_pkey PRIMARY KEY (name)
);
grant select on schema_migration to wuxin_app;

create table session (
  county_code text default app_county() not null,
  token_digest bytea not null,
  account_id uuid not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint session_pkey PRIMARY KEY (county_code, token_digest),
  constraint session_county_code_account_id_fkey FOREIGN KEY (county_code, account_id) REFERENCES account(county_code, id),
  constraint session_token_digest_check CHECK ((length(token_digest) = 32))
);
CREATE INDEX session_by_expiry ON public.session USING btree (county_code, expires_at);
CREATE INDEX session_of_account ON public.session USING btree (county_code, account_id);
alter table session enable row level security;
alter table session force row level security;
create policy session_of_county on session using ((county_code = app_county()));
create policy session_own_of_party on session using (((county_code = app_outside()) AND (account_id = app_account())));
grant delete, insert, select on session to wuxin_app;
grant update (last_seen_at) on session to wuxin_app;

create table setting (
  county_code text not null,
  key text not null,
  value jsonb not null,
  set_at timestamp with time zone default now() not null,
  set_by uuid default app_account(),
  constraint setting_pkey PRIMARY KEY (county_code, key),
  constraint setting_county_code_check CHECK ((county_code ~ '^\d{6}$'::text))
);
alter table setting enable row level security;
alter table setting force row level security;
create policy setting_of_county on setting using ((county_code = app_county()));
grant insert, select, update on setting to wuxin_app;

create table spot_check (
  county_code text not null,
  id uuid not null,
  title text not null,
  basis text not null,
  item text not null,
  month month_text not null,
  seed text not null,
  population integer not null,
  population_sha256 text not null,
  drawn integer not null,
  drawn_at timestamp with time zone not null,
  drawn_by uuid default app_account() not null,
  drawn_by_name text not null,
  constraint spot_check_pkey PRIMARY KEY (county_code, id),
  constraint spot_check_check CHECK (((drawn > 0) AND (drawn <= population))),
  constraint spot_check_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint spot_check_population_check CHECK ((population > 0)),
  constraint spot_check_population_sha256_check CHECK ((population_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint spot_check_seed_check CHECK ((length(seed) >= 8)),
  constraint spot_check_title_check CHECK ((length(btrim(title)) >= 2))
);
CREATE INDEX spot_check_by_time ON public.spot_check USING btree (county_code, drawn_at DESC);
alter table spot_check enable row level security;
alter table spot_check force row level security;
create policy spot_check_drawn on spot_check for insert with check (((county_code = app_county()) AND in_scope(county_code)));
create policy spot_check_seen on spot_check for select using (((county_code = app_county()) AND (app_scope() IS NOT NULL)));
grant insert, select on spot_check to wuxin_app;

create table spot_check_act (
  county_code text not null,
  id uuid not null,
  check_id uuid not null,
  entitlement_id uuid not null,
  seq integer not null,
  kind text not null,
  home_ok boolean,
  file_ok boolean,
  account_ok boolean,
  amount_fen bigint,
  words text not null,
  rectify_by date,
  acted_on date not null,
  at timestamp with time zone not null,
  account_id uuid default app_account() not null,
  by_name text not null,
  constraint spot_check_act_pkey PRIMARY KEY (county_code, id),
  constraint spot_check_act_county_code_check_id_entitlement_id_seq_key UNIQUE (county_code, check_id, entitlement_id, seq),
  constraint spot_check_act_county_code_check_id_entitlement_id_fkey FOREIGN KEY (county_code, check_id, entitlement_id) REFERENCES spot_check_household(county_code, check_id, entitlement_id),
  constraint spot_check_act_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint spot_check_act_check CHECK (((kind = 'looked'::text) = ((home_ok IS NOT NULL) AND (file_ok IS NOT NULL) AND (account_ok IS NOT NULL) AND (amount_fen IS NOT NULL)))),
  constraint spot_check_act_check1 CHECK (((kind = 'confirmed'::text) = (rectify_by IS NOT NULL))),
  constraint spot_check_act_check2 CHECK (((kind = ANY (ARRAY['looked'::text, 'confirmed'::text, 'accepted'::text])) OR (length(btrim(words)) >= 2))),
  constraint spot_check_act_kind_check CHECK ((kind = ANY (ARRAY['looked'::text, 'confirmed'::text, 'returned'::text, 'rectified'::text, 'accepted'::text, 'reopened'::text, 'transferred'::text]))),
  constraint spot_check_act_seq_check CHECK ((seq > 0))
);
alter table spot_check_act enable row level security;
alter table spot_check_act force row level security;
create policy spot_check_act_of_scope on spot_check_act using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR (EXISTS ( SELECT
   FROM spot_check_household h
  WHERE ((h.county_code = spot_check_act.county_code) AND (h.check_id = spot_check_act.check_id) AND (h.entitlement_id = spot_check_act.entitlement_id)))))));
CREATE TRIGGER spot_check_two_people BEFORE INSERT ON public.spot_check_act FOR EACH ROW EXECUTE FUNCTION spot_check_two_people();
grant insert, select on spot_check_act to wuxin_app;

create table spot_check_household (
  county_code text not null,
  check_id uuid not null,
  entitlement_id uuid not null,
  seq integer not null,
  item text not null,
  division_code text not null,
  payee_id uuid not null,
  paid_fen bigint not null,
  state text not null,
  rectify_by date,
  constraint spot_check_household_pkey PRIMARY KEY (county_code, check_id, entitlement_id),
  constraint spot_check_household_county_code_check_id_seq_key UNIQUE (county_code, check_id, seq),
  constraint spot_check_household_county_code_check_id_fkey FOREIGN KEY (county_code, check_id) REFERENCES spot_check(county_code, id),
  constraint spot_check_household_county_code_entitlement_id_fkey FOREIGN KEY (county_code, entitlement_id) REFERENCES entitlement(county_code, id),
  constraint spot_check_household_county_code_payee_id_fkey FOREIGN KEY (county_code, payee_id) REFERENCES person(county_code, id),
  constraint spot_check_household_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint spot_check_household_check1 CHECK (((state <> 'confirmed'::text) OR (rectify_by IS NOT NULL))),
  constraint spot_check_household_seq_check CHECK ((seq > 0)),
  constraint spot_check_household_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'clean'::text, 'found'::text, 'confirmed'::text, 'rectified'::text, 'closed'::text, 'transferred'::text])))
);
CREATE INDEX spot_check_household_by_division ON public.spot_check_household USING btree (county_code, division_code);
alter table spot_check_household enable row level security;
alter table spot_check_household force row level security;
create policy spot_check_household_drawn on spot_check_household for insert with check (((county_code = app_county()) AND in_scope(county_code)));
create policy spot_check_household_moved on spot_check_household for update using (((county_code = app_county()) AND in_scope(division_code)));
create policy spot_check_household_seen on spot_check_household for select using (((county_code = app_county()) AND (( SELECT in_scope(app_county()) AS in_scope) OR in_scope(division_code))));
CREATE TRIGGER spot_check_moves BEFORE UPDATE ON public.spot_check_household FOR EACH ROW EXECUTE FUNCTION spot_check_moves();
grant insert, select on spot_check_household to wuxin_app;
grant update (state, rectify_by) on spot_check_household to wuxin_app;

create table statistic_code (
  county_code text not null,
  id uuid not null,
  position bigint generated as identity not null,
  table_code text not null,
  row_code text not null,
  code text not null,
  from_day date not null,
  source text not null,
  at timestamp with time zone not null,
  by_id uuid not null,
  by_name text not null,
  constraint statistic_code_pkey PRIMARY KEY (county_code, id),
  constraint statistic_code_code_check CHECK ((code ~ '^[0-9A-Za-z-]{2,30}$'::text)),
  constraint statistic_code_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint statistic_code_source_check CHECK ((length(source) >= 4)),
  constraint statistic_code_table_code_check CHECK ((table_code <> ''::text))
);
CREATE INDEX statistic_code_of ON public.statistic_code USING btree (county_code, table_code, row_code, from_day, "position");
alter table statistic_code enable row level security;
alter table statistic_code force row level security;
create policy statistic_code_added on statistic_code for insert with check (((county_code = app_county()) AND in_scope(county_code)));
create policy statistic_code_seen on statistic_code for select using ((county_code = app_county()));
grant insert, select on statistic_code to wuxin_app;

create table statistic_note (
  county_code text not null,
  id uuid not null,
  division_code text not null,
  return_id uuid not null,
  position bigint generated as identity not null,
  kind text not null,
  cell text not null,
  value numeric,
  text text not null,
  at timestamp with time zone not null,
  by_id uuid,
  by_name text not null,
  constraint statistic_note_pkey PRIMARY KEY (county_code, id),
  constraint statistic_note_county_code_return_id_fkey FOREIGN KEY (county_code, return_id) REFERENCES statistic_return(county_code, id),
  constraint statistic_note_cell CHECK (((kind = ANY (ARRAY['corrected'::text, 'explained'::text])) = (cell <> ''::text))),
  constraint statistic_note_kind_check CHECK ((kind = ANY (ARRAY['opened'::text, 'counted'::text, 'corrected'::text, 'explained'::text, 'filled'::text, 'returned'::text, 'sealed'::text]))),
  constraint statistic_note_says CHECK (((kind <> ALL (ARRAY['corrected'::text, 'explained'::text, 'returned'::text])) OR (length(text) >= 2)))
);
CREATE INDEX statistic_note_of ON public.statistic_note USING btree (county_code, return_id, "position");
alter table statistic_note enable row level security;
alter table statistic_note force row level security;
create policy statistic_note_of_division on statistic_note using (((county_code = app_county()) AND in_scope(division_code)));
CREATE TRIGGER statistic_note_guard BEFORE INSERT ON public.statistic_note FOR EACH ROW EXECUTE FUNCTION statistic_note_guard();
grant insert, select on statistic_note to wuxin_app;

create table statistic_return (
  county_code text not null,
  id uuid not null,
  division_code text not null,
  table_code text not null,
  period text not null,
  version integer not null,
  title text not null,
  due_on date not null,
  reason text not null,
  state text default 'draft'::text not null,
  content jsonb not null,
  counted_at timestamp with time zone not null,
  opened_at timestamp with time zone not null,
  opened_by uuid,
  opened_by_name text not null,
  filled_at timestamp with time zone,
  filled_by uuid,
  filled_by_name text,
  sealed_at timestamp with time zone,
  sealed_by uuid,
  sealed_by_name text,
  sealed jsonb,
  digest text,
  failed integer default 0 not null,
  constraint statistic_return_pkey PRIMARY KEY (county_code, id),
  constraint statistic_return_county_code_table_code_period_division_cod_key UNIQUE (county_code, table_code, period, division_code, version),
  constraint statistic_return_check CHECK (("left"(division_code, 6) = county_code)),
  constraint statistic_return_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint statistic_return_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint statistic_return_failed_check CHECK ((failed >= 0)),
  constraint statistic_return_filled CHECK ((((state = 'draft'::text) = (filled_by IS NULL)) AND ((filled_by IS NULL) = (filled_at IS NULL)) AND ((filled_by IS NULL) = (filled_by_name IS NULL)))),
  constraint statistic_return_period_check CHECK ((period ~ '^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$'::text)),
  constraint statistic_return_reason CHECK (((version = 1) = (reason = ''::text))),
  constraint statistic_return_sealed CHECK ((((state = 'sealed'::text) = (sealed_by IS NOT NULL)) AND ((sealed_by IS NULL) = (sealed_at IS NULL)) AND ((sealed_by IS NULL) = (sealed_by_name IS NULL)) AND ((sealed_by IS NULL) = (sealed IS NULL)) AND ((sealed_by IS NULL) = (digest IS NULL)))),
  constraint statistic_return_second_person CHECK (((sealed_by IS NULL) OR (sealed_by <> filled_by))),
  constraint statistic_return_signed_clean CHECK (((state = 'draft'::text) OR (failed = 0))),
  constraint statistic_return_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'filled'::text, 'sealed'::text]))),
  constraint statistic_return_table_code_check CHECK ((table_code <> ''::text)),
  constraint statistic_return_title_check CHECK ((title <> ''::text)),
  constraint statistic_return_version_check CHECK ((version > 0))
);
alter table statistic_return enable row level security;
alter table statistic_return force row level security;
create policy statistic_return_of_division on statistic_return using (((county_code = app_county()) AND in_scope(division_code)));
CREATE TRIGGER statistic_return_guard BEFORE INSERT OR UPDATE ON public.statistic_return FOR EACH ROW EXECUTE FUNCTION statistic_return_guard();
CREATE TRIGGER statistic_return_typed_by_another BEFORE UPDATE ON public.statistic_return FOR EACH ROW EXECUTE FUNCTION statistic_return_typed_by_another();
grant insert, select on statistic_return to wuxin_app;
grant update (state, content, counted_at, filled_at, filled_by, filled_by_name, sealed_at, sealed_by, sealed_by_name, sealed, digest, failed) on statistic_return to wuxin_app;

create table stored_file (
  county_code text default app_county() not null,
  id uuid not null,
  name text not null,
  media_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  uploaded_at timestamp with time zone not null,
  uploaded_by uuid default app_account(),
  owner_person_id uuid default app_person(),
  case_id uuid,
  division_code text,
  applicant_id uuid,
  constraint stored_file_pkey PRIMARY KEY (county_code, id),
  constraint stored_file_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint stored_file_check1 CHECK (((case_id IS NULL) = (division_code IS NULL))),
  constraint stored_file_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint stored_file_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint stored_file_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint stored_file_size_bytes_check CHECK ((size_bytes > 0))
);
CREATE INDEX stored_file_loose ON public.stored_file USING btree (county_code, uploaded_at) WHERE (case_id IS NULL);
CREATE INDEX stored_file_of_case ON public.stored_file USING btree (county_code, case_id) WHERE (case_id IS NOT NULL);
alter table stored_file enable row level security;
alter table stored_file force row level security;
create policy stored_file_add on stored_file for insert with check (((county_code = app_county()) AND (case_id IS NULL) AND (NOT (uploaded_by IS DISTINCT FROM app_account())) AND (NOT (owner_person_id IS DISTINCT FROM app_person()))));
create policy stored_file_add_of_party on stored_file for insert with check (((county_code = app_outside()) AND (case_id IS NULL) AND (uploaded_by = app_account()) AND (owner_person_id IS NULL)));
create policy stored_file_attach on stored_file for update using (((county_code = app_county()) AND (case_id IS NULL) AND ((uploaded_by = app_account()) OR (owner_person_id = app_person()) OR (app_scope() = app_county())))) with check (((county_code = app_county()) AND (case_id IS NOT NULL)));
create policy stored_file_attach_of_party on stored_file for update using (((county_code = app_outside()) AND (case_id IS NULL) AND (uploaded_by = app_account()))) with check (((county_code = app_outside()) AND (EXISTS ( SELECT
   FROM party_item i
  WHERE ((i.county_code = stored_file.county_code) AND (i.subject_id = stored_file.case_id) AND (i.party = app_party()) AND (i.division_code = stored_file.division_code))))));
create policy stored_file_loose_of_house on stored_file for select using (((county_code = app_county()) AND (case_id IS NULL) AND (uploaded_by IS NULL) AND (owner_person_id IS NULL) AND (app_account() IS NULL) AND (app_person() IS NULL) AND (app_scope() = county_code)));
create policy stored_file_read on stored_file for select using (((county_code = app_county()) AND (in_scope(division_code) OR (uploaded_by = app_account()) OR (owner_person_id = app_person()) OR (applicant_id = app_person()) OR (case_id IN ( SELECT f.id
   FROM case_file f
  WHERE ((f.county_code = app_county()) AND in_scope(f.division_code)))))));
create policy stored_file_read_of_party on stored_file for select using (((county_code = app_outside()) AND (uploaded_by = app_account())));
grant insert, select on stored_file to wuxin_app;
grant update (case_id, division_code, applicant_id) on stored_file to wuxin_app;

create table summary (
  county_code text not null,
  id uuid not null,
  kind text not null,
  year integer not null,
  missing jsonb not null,
  begun_at timestamp with time zone not null,
  begun_by uuid not null,
  begun_by_name text not null,
  assessment_id uuid,
  since text,
  until text,
  constraint summary_pkey PRIMARY KEY (county_code, id),
  constraint summary_county_code_assessment_id_fkey FOREIGN KEY (county_code, assessment_id) REFERENCES plan_assessment(county_code, id),
  constraint summary_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint summary_kind_check CHECK ((kind = ANY (ARRAY['half'::text, 'year'::text, 'mid'::text, 'end'::text]))),
  constraint summary_of_assessment CHECK ((((kind = ANY (ARRAY['mid'::text, 'end'::text])) = (assessment_id IS NOT NULL)) AND ((assessment_id IS NULL) = (since IS NULL)) AND ((since IS NULL) = (until IS NULL)))),
  constraint summary_since_check CHECK ((since ~ '^\d{4}-\d{2}$'::text)),
  constraint summary_until_check CHECK ((until ~ '^\d{4}-\d{2}$'::text)),
  constraint summary_year_check CHECK (((year >= 2000) AND (year <= 2100)))
);
CREATE UNIQUE INDEX summary_one_of_assessment ON public.summary USING btree (county_code, assessment_id) WHERE (assessment_id IS NOT NULL);
alter table summary enable row level security;
alter table summary force row level security;
create policy summary_of_county on summary using ((county_code = app_county()));
grant insert, select on summary to wuxin_app;

create table summary_reason (
  county_code text not null,
  id uuid not null,
  summary_id uuid not null,
  key text not null,
  reason text not null,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_name text not null,
  constraint summary_reason_pkey PRIMARY KEY (county_code, id),
  constraint summary_reason_county_code_summary_id_fkey FOREIGN KEY (county_code, summary_id) REFERENCES summary(county_code, id),
  constraint summary_reason_key_check CHECK ((key <> ''::text)),
  constraint summary_reason_reason_check CHECK ((length(reason) >= 4))
);
CREATE INDEX summary_reason_of_summary ON public.summary_reason USING btree (county_code, summary_id, key);
alter table summary_reason enable row level security;
alter table summary_reason force row level security;
create policy summary_reason_of_county on summary_reason using ((county_code = app_county()));
grant insert, select on summary_reason to wuxin_app;

create table summary_signature (
  county_code text not null,
  summary_id uuid not null,
  version integer not null,
  saved_by uuid not null,
  signed_at timestamp with time zone not null,
  signed_by uuid not null,
  signed_by_name text not null,
  constraint summary_signature_pkey PRIMARY KEY (county_code, summary_id, version),
  constraint summary_signature_county_code_summary_id_version_fkey FOREIGN KEY (county_code, summary_id, version) REFERENCES summary_version(county_code, summary_id, version),
  constraint summary_signature_second_person CHECK ((signed_by <> saved_by))
);
alter table summary_signature enable row level security;
alter table summary_signature force row level security;
create policy summary_signature_of_county on summary_signature using ((county_code = app_county()));
grant insert, select on summary_signature to wuxin_app;

create table summary_version (
  county_code text not null,
  summary_id uuid not null,
  version integer not null,
  content jsonb not null,
  saved_at timestamp with time zone not null,
  saved_by uuid not null,
  saved_by_name text not null,
  numbers integer,
  linked integer,
  constraint summary_version_pkey PRIMARY KEY (county_code, summary_id, version),
  constraint summary_version_county_code_summary_id_fkey FOREIGN KEY (county_code, summary_id) REFERENCES summary(county_code, id),
  constraint summary_version_linked_check CHECK ((linked >= 0)),
  constraint summary_version_linked_of_numbers CHECK ((((numbers IS NULL) = (linked IS NULL)) AND (linked <= numbers))),
  constraint summary_version_numbers_check CHECK ((numbers >= 0)),
  constraint summary_version_version_check CHECK ((version > 0))
);
alter table summary_version enable row level security;
alter table summary_version force row level security;
create policy summary_version_of_county on summary_version using ((county_code = app_county()));
grant insert, select on summary_version to wuxin_app;

create table supervision_event (
  county_code text not null,
  id uuid not null,
  matter_id uuid not null,
  position bigint generated as identity not null,
  kind text not null,
  data jsonb not null,
  at timestamp with time zone not null,
  actor_id uuid,
  actor_name text not null,
  constraint supervision_event_pkey PRIMARY KEY (county_code, id),
  constraint supervision_event_county_code_matter_id_fkey FOREIGN KEY (county_code, matter_id) REFERENCES supervision_matter(county_code, id),
  constraint supervision_event_check CHECK (((kind = 'raised'::text) = (actor_id IS NULL))),
  constraint supervision_event_kind_check CHECK ((kind = ANY (ARRAY['urged'::text, 'rectified'::text, 'reported'::text, 'returned'::text, 'closed'::text, 'raised'::text, 'praised'::text, 'criticised'::text])))
);
CREATE INDEX supervision_event_of_matter ON public.supervision_event USING btree (county_code, matter_id, "position");
CREATE UNIQUE INDEX supervision_event_closes_once ON public.supervision_event USING btree (county_code, matter_id) WHERE (kind = 'closed'::text);
alter table supervision_event enable row level security;
alter table supervision_event force row level security;
create policy supervision_event_of_scope on supervision_event using (((county_code = app_county()) AND (EXISTS ( SELECT 1
   FROM supervision_matter m
  WHERE ((m.county_code = supervision_event.county_code) AND (m.id = supervision_event.matter_id))))));
grant insert, select on supervision_event to wuxin_app;

create table supervision_matter (
  county_code text not null,
  id uuid not null,
  division_code text not null,
  source text not null,
  source_text text not null,
  source_on date not null,
  register text,
  entry_id uuid,
  line_id uuid,
  title text not null,
  demand text not null,
  owner text not null,
  due_on date not null,
  made_at timestamp with time zone not null,
  made_by uuid,
  made_by_name text not null,
  household_id uuid,
  constraint supervision_matter_pkey PRIMARY KEY (county_code, id),
  constraint supervision_matter_by_house CHECK (((source = 'return'::text) = (made_by IS NULL))),
  constraint supervision_matter_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint supervision_matter_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint supervision_matter_demand_check CHECK ((length(demand) >= 4)),
  constraint supervision_matter_of_household CHECK (((source = 'return'::text) = (household_id IS NOT NULL))),
  constraint supervision_matter_of_register CHECK ((((source = 'register'::text) = (entry_id IS NOT NULL)) AND ((register IS NULL) = (entry_id IS NULL)) AND ((line_id IS NULL) OR (entry_id IS NOT NULL)))),
  constraint supervision_matter_owner_check CHECK ((owner <> ''::text)),
  constraint supervision_matter_source_check CHECK ((source = ANY (ARRAY['meeting'::text, 'instruction'::text, 'hotline'::text, 'petition'::text, 'register'::text, 'return'::text]))),
  constraint supervision_matter_source_text_check CHECK ((length(source_text) >= 2)),
  constraint supervision_matter_title_check CHECK ((title <> ''::text))
);
CREATE INDEX supervision_matter_by_division ON public.supervision_matter USING btree (county_code, division_code, due_on);
CREATE UNIQUE INDEX supervision_matter_of_line ON public.supervision_matter USING btree (county_code, entry_id, line_id) WHERE (line_id IS NOT NULL);
alter table supervision_matter enable row level security;
alter table supervision_matter force row level security;
create policy supervision_matter_of_scope on supervision_matter using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on supervision_matter to wuxin_app;

create table trouble_tally (
  county_code text default app_county() not null,
  day date not null,
  kind text not null,
  digest bytea not null,
  n integer not null,
  constraint trouble_tally_pkey PRIMARY KEY (county_code, day, kind, digest),
  constraint trouble_tally_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint trouble_tally_digest_check CHECK ((length(digest) = 32)),
  constraint trouble_tally_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'address'::text, 'wrong'::text]))),
  constraint trouble_tally_n_check CHECK ((n > 0))
);
alter table trouble_tally enable row level security;
alter table trouble_tally force row level security;
create policy trouble_tally_of_house on trouble_tally using (((county_code = app_county()) AND (app_account() IS NULL) AND (app_person() IS NULL) AND in_scope(county_code)));
grant delete, insert, select on trouble_tally to wuxin_app;
grant update (n) on trouble_tally to wuxin_app;

create table vault_fingerprint (
  only_one boolean default true not null,
  digest bytea not null,
  constraint vault_fingerprint_pkey PRIMARY KEY (only_one),
  constraint vault_fingerprint_only_one_check CHECK (only_one)
);

create table visit (
  county_code text default app_county() not null,
  id uuid not null,
  subject_id uuid not null,
  person_id uuid,
  household_id uuid,
  division_code text not null,
  title text not null,
  method text not null,
  on_date date not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  device_id uuid,
  latitude double precision,
  longitude double precision,
  accuracy_m integer,
  answers_sealed bytea not null,
  photos uuid[] not null,
  signature_id uuid,
  by_account uuid default app_account(),
  by_name text not null,
  constraint visit_pkey PRIMARY KEY (county_code, id),
  constraint visit_accuracy_m_check CHECK ((accuracy_m >= 0)),
  constraint visit_check CHECK ((division_code ~~ (county_code || '%'::text))),
  constraint visit_county_code_check CHECK ((county_code ~ '^\d{6}$'::text)),
  constraint visit_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
  constraint visit_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
  constraint visit_method_check CHECK ((method = ANY (ARRAY['visit'::text, 'call'::text, 'check'::text])))
);
CREATE INDEX visit_by_division ON public.visit USING btree (county_code, division_code, on_date);
CREATE INDEX visit_of_subject ON public.visit USING btree (county_code, subject_id, at);
alter table visit enable row level security;
alter table visit force row level security;
create policy visit_of_scope on visit using (((county_code = app_county()) AND in_scope(division_code)));
grant insert, select on visit to wuxin_app;

create table visit_answer (
  county_code text default app_county() not null,
  visit_id uuid not null,
  kind text not null,
  target_id uuid not null,
  title text not null,
  constraint visit_answer_pkey PRIMARY KEY (county_code, visit_id, target_id),
  constraint visit_answer_county_code_visit_id_fkey FOREIGN KEY (county_code, visit_id) REFERENCES visit(county_code, id),
  constraint visit_answer_kind_check CHECK ((kind = ANY (ARRAY['duty'::text, 'clue'::text])))
);
alter table visit_answer enable row level security;
alter table visit_answer force row level security;
create policy visit_answer_of_visit on visit_answer using (((county_code = app_county()) AND (EXISTS ( SELECT
   FROM visit v
  WHERE ((v.county_code = visit_answer.county_code) AND (v.id = visit_answer.visit_id))))));
grant insert, select on visit_answer to wuxin_app;

create sequence audit_entry_position_seq;
create sequence fund_journal_position_seq;
create sequence payment_event_position_seq;
create sequence plan_assessment_word_position_seq;
create sequence plan_event_position_seq;
create sequence statistic_code_position_seq;
create sequence statistic_note_position_seq;
create sequence supervision_event_position_seq;
create view entitlement_place with (security_invoker=true) as
 SELECT c.county_code,
    c.entitlement_id,
    (c.from_month)::text AS from_month,
    (lead(c.from_month) OVER w)::text AS until_month,
    c.division_after AS division_code,
    c.area_after AS area_class
   FROM entitlement_change c
  WHERE (c.kind = 'transfer'::text)
  WINDOW w AS (PARTITION BY c.county_code, c.entitlement_id ORDER BY c.from_month, c.at, c.id)
UNION ALL
( SELECT DISTINCT ON (c.county_code, c.entitlement_id) c.county_code,
    c.entitlement_id,
    '0000-00'::text AS from_month,
    (c.from_month)::text AS until_month,
    c.division_before AS division_code,
    c.area_before AS area_class
   FROM entitlement_change c
  WHERE (c.kind = 'transfer'::text)
  ORDER BY c.county_code, c.entitlement_id, c.from_month, c.at, c.id);
create view indicator_case with (security_invoker=true) as
 SELECT f.county_code,
    f.id AS case_id,
    f.number,
    f.applicant_id AS person_id,
    f.item,
    f.area_class,
    f.division_code,
    f.channel,
    f.relative,
    f.state,
    f.submitted_on,
    to_char((f.submitted_on)::timestamp with time zone, 'YYYY-MM'::text) AS submitted_month,
    d.decided_on,
    to_char((d.decided_on)::timestamp with time zone, 'YYYY-MM'::text) AS decided_month,
    d.kind AS decision,
    COALESCE(k.late, false) AS late,
    k.running_due_on
   FROM ((case_file f
     LEFT JOIN ( SELECT DISTINCT ON (x.county_code, x.case_id) x.county_code,
            x.case_id,
            x.decided_on,
            x.kind
           FROM case_decision x
          ORDER BY x.county_code, x.case_id, x.seq) d ON (((d.county_code = f.county_code) AND (d.case_id = f.id))))
     LEFT JOIN ( SELECT c.county_code,
            c.case_id,
            bool_or((c.stopped_on > c.due_on)) AS late,
            min(c.due_on) FILTER (WHERE (c.stopped_on IS NULL)) AS running_due_on
           FROM case_clock c
          WHERE (c.key = 'total'::text)
          GROUP BY c.county_code, c.case_id) k ON (((k.county_code = f.county_code) AND (k.case_id = f.id))));
create view indicator_entitlement with (security_invoker=true) as
 SELECT e.county_code,
    e.id AS entitlement_id,
    e.applicant_id AS person_id,
    e.item,
        CASE
            WHEN (m.entitlement_id IS NULL) THEN e.area_class
            ELSE m.area_class
        END AS area_class,
    COALESCE(m.division_code, e.division_code) AS division_code,
        CASE e.open_kind
            WHEN 'decision'::text THEN (e.from_month)::text
            ELSE NULL::text
        END AS start_month,
        CASE
            WHEN (e.end_kind IS DISTINCT FROM 'merged'::text) THEN (e.end_month)::text
            ELSE NULL::text
        END AS end_month,
    GREATEST((a.from_month)::text, (e.from_month)::text, m.from_month) AS from_month,
    LEAST((a.until_month)::text, m.until_month) AS until_month,
        CASE
            WHEN (e.end_kind IS DISTINCT FROM 'merged'::text) THEN (e.end_month)::text
            ELSE NULL::text
        END AS gone_month,
    a.amount_fen,
    1 AS n,
    0 AS persons
   FROM ((entitlement e
     JOIN ( SELECT x.county_code,
            x.entitlement_id,
            x.from_month,
            x.amount_fen,
            lag(x.from_month) OVER (PARTITION BY x.county_code, x.entitlement_id ORDER BY x.from_month DESC, x.seq DESC) AS until_month
           FROM entitlement_amount x) a ON (((a.county_code = e.county_code) AND (a.entitlement_id = e.id))))
     LEFT JOIN entitlement_place m ON (((m.county_code = e.county_code) AND (m.entitlement_id = e.id) AND (m.from_month < COALESCE((a.until_month)::text, '9999-12'::text)) AND (COALESCE(m.until_month, '9999-12'::text) > (a.from_month)::text))))
  WHERE ((a.amount_fen > 0) OR e.recognition)
UNION ALL
 SELECT e.county_code,
    e.id AS entitlement_id,
    p.person_id,
    e.item,
        CASE
            WHEN (m.entitlement_id IS NULL) THEN e.area_class
            ELSE m.area_class
        END AS area_class,
    COALESCE(m.division_code, e.division_code) AS division_code,
        CASE e.open_kind
            WHEN 'decision'::text THEN (e.from_month)::text
            ELSE NULL::text
        END AS start_month,
        CASE
            WHEN (e.end_kind IS DISTINCT FROM 'merged'::text) THEN (e.end_month)::text
            ELSE NULL::text
        END AS end_month,
    GREATEST((p.from_month)::text, (e.from_month)::text, m.from_month) AS from_month,
    LEAST(m.until_month,
        CASE
            WHEN p.moved THEN to_char(((((p.end_month)::text || '-01'::text))::date + '1 mon'::interval), 'YYYY-MM'::text)
            ELSE NULL::text
        END) AS until_month,
        CASE
            WHEN (NOT p.moved) THEN (LEAST(p.end_month, e.end_month))::text
            ELSE NULL::text
        END AS gone_month,
    NULL::bigint AS amount_fen,
    0 AS n,
    1 AS persons
   FROM ((entitlement e
     JOIN entitlement_person p ON (((p.county_code = e.county_code) AND (p.entitlement_id = e.id))))
     LEFT JOIN entitlement_place m ON (((m.county_code = e.county_code) AND (m.entitlement_id = e.id))));
create view indicator_exit with (security_invoker=true) as
 SELECT e.county_code,
    e.id AS entitlement_id,
    e.applicant_id AS person_id,
    e.item,
        CASE
            WHEN (m.entitlement_id IS NULL) THEN e.area_class
            ELSE m.area_class
        END AS area_class,
    COALESCE(m.division_code, e.division_code) AS division_code,
    (e.end_month)::text AS gone_month,
    COALESCE(e.end_cause,
        CASE e.end_kind
            WHEN 'death'::text THEN '死亡'::text
            ELSE NULL::text
        END) AS cause,
    e.end_reason AS reason,
    true AS whole,
    1 AS n,
    0 AS persons
   FROM (entitlement e
     LEFT JOIN entitlement_place m ON (((m.county_code = e.county_code) AND (m.entitlement_id = e.id) AND (m.from_month <= (e.end_month)::text) AND ((m.until_month IS NULL) OR (m.until_month > (e.end_month)::text)))))
  WHERE (((e.end_month)::text >= (e.from_month)::text) AND (e.end_kind <> 'merged'::text))
UNION ALL
 SELECT x.county_code,
    x.entitlement_id,
    x.person_id,
    x.item,
        CASE
            WHEN (m.entitlement_id IS NULL) THEN x.area_class
            ELSE m.area_class
        END AS area_class,
    COALESCE(m.division_code, x.division_code) AS division_code,
    x.gone_month,
    x.cause,
    x.reason,
    x.whole,
    0 AS n,
    1 AS persons
   FROM (( SELECT e.county_code,
            e.id AS entitlement_id,
            p.person_id,
            e.item,
            e.area_class,
            e.division_code,
            (LEAST(p.end_month, e.end_month))::text AS gone_month,
            p.from_month,
            ((e.end_month IS NOT NULL) AND ((p.end_month IS NULL) OR ((p.end_month)::text >= (e.end_month)::text))) AS whole,
            e.end_kind,
                CASE
                    WHEN ((e.end_month IS NULL) OR ((p.end_month)::text < (e.end_month)::text)) THEN p.end_cause
                    ELSE COALESCE(p.end_cause, e.end_cause,
                    CASE e.end_kind
                        WHEN 'death'::text THEN '死亡'::text
                        ELSE NULL::text
                    END)
                END AS cause,
                CASE
                    WHEN ((e.end_month IS NULL) OR ((p.end_month)::text < (e.end_month)::text)) THEN p.end_reason
                    ELSE e.end_reason
                END AS reason
           FROM (entitlement e
             JOIN entitlement_person p ON (((p.county_code = e.county_code) AND (p.entitlement_id = e.id) AND (NOT p.moved))))) x
     LEFT JOIN entitlement_place m ON (((m.county_code = x.county_code) AND (m.entitlement_id = x.entitlement_id) AND (m.from_month <= x.gone_month) AND ((m.until_month IS NULL) OR (m.until_month > x.gone_month)))))
  WHERE ((x.gone_month >= (x.from_month)::text) AND (NOT (x.whole AND (x.end_kind = 'merged'::text))));
create view indicator_flag with (security_invoker=true) as
 SELECT f.county_code,
    f.line_id,
    f.roster_id,
    l.payee_id AS person_id,
    l.item,
    e.area_class,
    l.division_code,
    (l.month)::text AS month,
    f.rule,
    f.severity,
    f.reason,
    (f.answer IS NOT NULL) AS answered
   FROM ((roster_flag f
     JOIN roster_line l ON (((l.county_code = f.county_code) AND (l.id = f.line_id))))
     LEFT JOIN entitlement e ON (((e.county_code = l.county_code) AND (e.id = l.entitlement_id))))
  WHERE l.live;
create view indicator_payment with (security_invoker=true) as
 SELECT o.county_code,
    o.id AS line_id,
    o.roster_id,
    o.entitlement_id,
    o.payee_id AS person_id,
    o.item,
        CASE
            WHEN (m.entitlement_id IS NULL) THEN e.area_class
            ELSE m.area_class
        END AS area_class,
    o.division_code,
    (o.month)::text AS month,
    o.change,
    o.persons,
    COALESCE(x.amount_fen, o.amount_fen) AS amount_fen,
    COALESCE(x.state, o.state) AS state,
    COALESCE(x.settled_on, o.settled_on) AS settled_on,
    o.state AS first_state
   FROM (((roster_line o
     LEFT JOIN entitlement e ON (((e.county_code = o.county_code) AND (e.id = o.entitlement_id))))
     LEFT JOIN entitlement_place m ON (((m.county_code = o.county_code) AND (m.entitlement_id = o.entitlement_id) AND (m.from_month <= (o.month)::text) AND ((m.until_month IS NULL) OR (m.until_month > (o.month)::text)))))
     LEFT JOIN roster_line x ON (((x.county_code = o.county_code) AND (x.origin_line_id = o.id) AND (x.reissue_of IS NOT NULL) AND x.live AND (x.state <> 'reissued'::text))))
  WHERE (o.live AND (o.reissue_of IS NULL) AND (o.change <> 'stopped'::text));
create view indicator_review with (security_invoker=true) as
 SELECT v.county_code,
    v.id AS review_id,
    v.entitlement_id,
    e.applicant_id AS person_id,
    e.item,
    e.area_class,
    e.division_code,
    v.kind,
    v.label,
    v.due_on,
    v.done_on,
    v.result,
    to_char((v.due_on)::timestamp with time zone, 'YYYY-MM'::text) AS due_month,
    to_char((v.done_on)::timestamp with time zone, 'YYYY-MM'::text) AS done_month
   FROM (entitlement_review v
     JOIN entitlement e ON (((e.county_code = v.county_code) AND (e.id = v.entitlement_id))));
create view plan_in_force with (security_invoker=true) as
 SELECT county_code,
    id,
    title,
    issuer,
    year,
    until_year,
    body,
    outline,
    read_at,
    read_by,
    read_by_name,
    kind,
    starts_on,
    ends_on,
    items
   FROM plan p
  WHERE (NOT (EXISTS ( SELECT
           FROM plan_take_back b
          WHERE ((b.county_code = p.county_code) AND (b.plan_id = p.id) AND b.accepted))));
create view register_stretch with (security_invoker=true) as
 SELECT county_code,
    register,
    entry_id,
    version,
    division_code,
    "values",
    active,
    to_char((at AT TIME ZONE 'Asia/Shanghai'::text), 'YYYY-MM'::text) AS from_month,
    to_char((lead(at) OVER (PARTITION BY county_code, register, entry_id ORDER BY version) AT TIME ZONE 'Asia/Shanghai'::text), 'YYYY-MM'::text) AS to_month,
    (version = 1) AS created
   FROM register_history h;
CREATE OR REPLACE FUNCTION public.app_account()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid
;

CREATE OR REPLACE FUNCTION public.app_county()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('app.county'::text, true), ''::text)
;

CREATE OR REPLACE FUNCTION public.app_household()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT household_member.household_id
    FROM household_member
   WHERE ((household_member.county_code = app_county()) AND (household_member.person_id = app_person()) AND (household_member.to_date IS NULL));
END
;

CREATE OR REPLACE FUNCTION public.app_outside()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('app.outside'::text, true), ''::text)
;

CREATE OR REPLACE FUNCTION public.app_party()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('app.party'::text, true), ''::text)
;

CREATE OR REPLACE FUNCTION public.app_person()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid
;

CREATE OR REPLACE FUNCTION public.app_scope()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('app.scope'::text, true), ''::text)
;

CREATE OR REPLACE FUNCTION public.death_correction_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state <> 'proposed' and (old.state, old.decided_by, old.decided_at, old.note)
      is distinct from (new.state, new.decided_by, new.decided_at, new.note)
    or old.told is not null and old.told is distinct from new.told
    or old.departments_told_on is not null and old.departments_told_on is distinct from new.departments_told_on
  then raise exception 'death correction %: answered already', new.id using errcode = 'WX101';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.entitlement_amount_belongs()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from added a left join entitlement e on e.county_code = a.county_code and e.id = a.entitlement_id
             where e.id is null)
  then raise exception 'an amount of no entitlement' using errcode = '23503';
  end if;
  if exists (select from (select distinct county_code, reprice_id from added where reprice_id is not null) a
             left join reprice r on r.county_code = a.county_code and r.id = a.reprice_id where r.id is null)
  then raise exception 'an amount of no run' using errcode = '23503';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.entitlement_covered(p_month text)
 RETURNS TABLE(county_code text, entitlement_id uuid, person_id uuid)
 LANGUAGE sql
 STABLE
AS $function$
  select distinct p.county_code, p.entitlement_id, p.person_id
  from entitlement_person p
  where p.county_code = app_county()
    and p.from_month <= p_month and (p.end_month is null or p.end_month >= p_month)
$function$
;

CREATE OR REPLACE FUNCTION public.entitlement_owed(p_month text)
 RETURNS TABLE(county_code text, entitlement_id uuid, item text, exclusivity_group text, subject_kind text, household_id uuid, applicant_id uuid, payee_id uuid, division_code text, area_class text, case_id uuid, from_month text, amount_fen bigint)
 LANGUAGE sql
 STABLE
AS $function$
  select e.county_code, e.id, e.item, e.exclusivity_group, e.subject_kind, e.household_id,
         e.applicant_id, e.payee_id, e.division_code, e.area_class, e.case_id, e.from_month::text, a.amount_fen
  from entitlement e
  cross join lateral (
    select x.amount_fen from entitlement_amount x
    where x.county_code = e.county_code and x.entitlement_id = e.id and x.from_month <= p_month
    order by x.from_month desc, x.seq desc limit 1) a
  where e.county_code = app_county()
    and e.from_month <= p_month and (e.end_month is null or e.end_month >= p_month)
    and a.amount_fen > 0
$function$
;

CREATE OR REPLACE FUNCTION public.entitlement_reshape_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state <> 'proposed'
  then raise exception 'reshape %: answered already', new.id using errcode = 'WX101';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.feed_last()
 RETURNS TABLE(feed text, as_of date, received_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT DISTINCT ON (r.feed) r.feed,
     r.as_of,
     r.received_at
    FROM feed_run r
   WHERE ((r.county_code = app_county()) AND (r.state = 'done'::text) AND (r.replaced_by IS NULL) AND (COALESCE(r.fall, 'whole'::text) = 'whole'::text))
   ORDER BY r.feed, r.as_of DESC, r.received_at DESC;
END
;

CREATE OR REPLACE FUNCTION public.fund_allotment_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.withdraws is not null and not exists (
    select from fund_allotment a where a.county_code = new.county_code and a.id = new.withdraws and a.withdraws is null
      and a.account_id = new.account_id and a.division_code = new.division_code and a.amount_fen = new.amount_fen)
  then raise exception 'allotment %: withdraws something else', new.id using errcode = 'WX125';
  end if;
  if (select coalesce(sum(case when a.withdraws is null then a.amount_fen else -a.amount_fen end), 0) from fund_allotment a
       where a.county_code = new.county_code and a.account_id = new.account_id)
     > (select coalesce(sum(e.credit_fen - e.debit_fen), 0) from fund_entry e
         where e.county_code = new.county_code and e.account_id = new.account_id and e.class = 'received')
  then raise exception 'account %: more is allotted than came in', new.account_id using errcode = 'WX125';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.fund_entry_count()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare short record;
begin
  insert into fund_balance as b (county_code, account_id, class, amount_fen)
  select a.county_code, a.account_id, a.class, sum(a.debit_fen - a.credit_fen)
  from added a group by 1, 2, 3 order by 1, 2, 3
  on conflict (county_code, account_id, class) do update set amount_fen = b.amount_fen + excluded.amount_fen;
  select b.account_id, b.class, b.amount_fen into short
  from (select distinct a.county_code, a.account_id, a.class from added a) d
  join fund_balance b on b.county_code = d.county_code and b.account_id = d.account_id and b.class = d.class
  where case b.class
    when 'available' then b.amount_fen < - coalesce((
      select sum(o.limit_fen) from fund_override o
      where o.county_code = b.county_code and o.account_id = b.account_id and o.approved_at is not null), 0)
    when 'received' then b.amount_fen > 0
    when 'recovered' then b.amount_fen > 0
    else b.amount_fen < 0 end
  limit 1;
  if found then
    raise exception 'account %: % would be %', short.account_id, short.class, short.amount_fen using errcode = 'WX122';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.fund_entry_whole()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform fund_journal_check(new.county_code, new.journal_id);
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.fund_journal_check(p_county text, p_journal uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  j fund_journal; debit bigint; credit bigint;
begin
  select * into j from fund_journal x where x.county_code = p_county and x.id = p_journal;
  select coalesce(sum(e.debit_fen), 0), coalesce(sum(e.credit_fen), 0) into debit, credit
    from fund_entry e where e.county_code = p_county and e.journal_id = p_journal;
  if debit <> credit or debit <> j.amount_fen then
    raise exception 'journal %: debit %, credit %, amount %', p_journal, debit, credit, j.amount_fen using errcode = 'WX121';
  end if;
  if j.roster_id is not null and not exists (
    select from fund_posting p where p.county_code = p_county and p.journal_id = p_journal)
  then raise exception 'journal %: posts nothing', p_journal using errcode = 'WX121';
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION public.fund_journal_whole()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform fund_journal_check(new.county_code, new.id);
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.fund_outlay_confirmed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.kind = 'outlay' and not exists (
    select from fund_outlay o where o.county_code = new.county_code and o.id = new.id and o.decision = 'confirmed'
      and o.reverses is null and o.amount_fen = new.amount_fen and o.month = new.month)
    or new.kind = 'reversal' and exists (
      select from fund_journal j where j.county_code = new.county_code and j.id = new.reverses and j.kind = 'outlay')
    and not exists (
      select from fund_outlay o where o.county_code = new.county_code and o.id = new.id and o.decision = 'confirmed'
        and o.reverses = new.reverses and o.amount_fen = new.amount_fen)
  then raise exception 'journal %: of no 付款单 that was confirmed', new.id using errcode = 'WX126';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.fund_outlay_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.decision is not null then
    raise exception 'outlay %: already decided', old.id using errcode = 'WX123';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.fund_override_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.approved_at is not null or old.refused_at is not null then
    raise exception 'override %: already answered', old.id using errcode = 'WX123';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.fund_posting_whole()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (
    select from (select distinct a.county_code, a.journal_id from added a) d
    join fund_journal j on j.county_code = d.county_code and j.id = d.journal_id
    where j.roster_id is null or j.amount_fen <> (
      select sum(v.amount_fen) from fund_posting p
      join payment_event v on v.county_code = p.county_code and v.id = p.event_id
      where p.county_code = d.county_code and p.journal_id = d.journal_id))
  then raise exception 'postings do not add up to their journal' using errcode = 'WX121';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.fund_publicity_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    if new.decision is not null or new.taken_down_at is not null or new.drafted_by is distinct from app_account() then
      raise exception 'fund publicity %: begins as a draft of its own author', new.id using errcode = 'WX128';
    end if;
  elsif row (new.decision, new.decided_by, new.decided_by_name, new.decided_at, new.decided_note, new.from_day, new.to_day)
    is distinct from
    row (old.decision, old.decided_by, old.decided_by_name, old.decided_at, old.decided_note, old.from_day, old.to_day) then
    if old.decision is not null then
      raise exception 'fund publicity %: already decided', new.id using errcode = 'WX123';
    end if;
    if new.decision = 'unchecked' or new.decided_by is distinct from app_account() then
      raise exception 'fund publicity %: decided for somebody else', new.id using errcode = 'WX128';
    end if;
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.fund_sources_paid(first_day date, last_day date)
 RETURNS TABLE(item text, source text, document text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT DISTINCT j.item,
     a.source,
     a.document
    FROM ((fund_journal j
      JOIN fund_entry e ON (((e.county_code = j.county_code) AND (e.journal_id = j.id) AND (e.class = 'paid'::text))))
      JOIN fund_account a ON (((a.county_code = e.county_code) AND (a.id = e.account_id))))
   WHERE ((j.county_code = app_county()) AND (app_scope() IS NOT NULL) AND (j.kind = 'payment'::text) AND ((j.moved_on >= fund_sources_paid.first_day) AND (j.moved_on <= fund_sources_paid.last_day)));
END
;

CREATE OR REPLACE FUNCTION public.in_scope(division_code text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN ((division_code >= NULLIF(current_setting('app.scope'::text, true), ''::text)) AND (division_code < (NULLIF(current_setting('app.scope'::text, true), ''::text) || 'z'::text)))
;

CREATE OR REPLACE FUNCTION public.indicator_correction_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.decided_at is not null then
    raise exception 'correction %: already decided', old.id using errcode = 'WX305';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.indicator_snapshot_follows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.version > 1 and not exists (
    select from indicator_snapshot s where s.county_code = new.county_code and s.division_code = new.division_code
      and s.indicator = new.indicator and s.month = new.month and s.version = new.version - 1)
  then raise exception 'snapshot % of % follows nothing', new.version, new.month using errcode = 'WX111';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.job_due_counties()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT DISTINCT job.county_code
    FROM job
   WHERE (((job.state = 'queued'::text) AND (job.run_after <= clock_timestamp())) OR ((job.state = 'running'::text) AND (job.lease_until < clock_timestamp())));
END
;

CREATE OR REPLACE FUNCTION public.linkage_month_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state <> new.state and not (old.state, new.state) in
    (('proposed', 'confirmed'), ('proposed', 'dismissed'), ('proposed', 'replaced'), ('idle', 'replaced'))
  then raise exception 'linkage %: % may not become %', new.id, old.state, new.state using errcode = 'WX101';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.months_of_entitlements(ids uuid[])
 RETURNS TABLE(id uuid, entitlement_id uuid, item text, month month_text, amount_fen bigint, state text, change text, roster_id uuid, payee_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT l.id,
     l.entitlement_id,
     l.item,
     l.month,
     l.amount_fen,
     l.state,
     l.change,
     l.roster_id,
     l.payee_id
    FROM (entitlement e
      JOIN roster_line l ON (((l.county_code = e.county_code) AND (l.entitlement_id = e.id))))
   WHERE ((e.county_code = app_county()) AND (e.id = ANY (months_of_entitlements.ids)) AND ((app_person() IS NULL) OR (l.payee_id = app_person())) AND l.live AND (l.change <> 'stopped'::text) AND (l.state <> 'reissued'::text));
END
;

CREATE OR REPLACE FUNCTION public.outbox_due_counties()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT DISTINCT outbox.county_code
    FROM outbox
   WHERE ((outbox.state = 'pending'::text) AND (outbox.next_attempt_at <= clock_timestamp()));
END
;

CREATE OR REPLACE FUNCTION public.payment_event_altered()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update payment_event_sum s set amount_fen = s.amount_fen + c.fen
  from (select county_code, roster_id, month, kind, sum(fen) as fen from (
          select county_code, roster_id, month, kind, amount_fen as fen from becomes
          union all select county_code, roster_id, month, kind, -amount_fen from was) x group by 1, 2, 3, 4) c
  where (s.county_code, s.roster_id, s.month, s.kind) = (c.county_code, c.roster_id, c.month, c.kind)
    and s.item = (select min(item) from payment_event_sum i
      where (i.county_code, i.roster_id, i.month, i.kind) = (s.county_code, s.roster_id, s.month, s.kind));
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.payment_event_counted()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare c record;
begin
  -- `execute`: planned for the number of rows at hand, one or a million.
  for c in execute 'select v.county_code, v.roster_id, l.item, v.month, v.kind, count(*) as events,
      sum(v.amount_fen) as amount_fen
    from added v left join roster_line l on l.county_code = v.county_code and l.id = v.line_id
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5'
  loop
    if c.item is null then raise exception 'an event of no line' using errcode = '23503';
    end if;
    insert into payment_event_sum as s
    values (c.county_code, c.roster_id, c.item, c.month, c.kind, c.events, c.amount_fen)
    on conflict (county_code, roster_id, item, month, kind) do update set
      events = s.events + excluded.events, amount_fen = s.amount_fen + excluded.amount_fen;
  end loop;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.payment_exclusion_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from roster_line l join roster r on r.county_code = l.county_code and r.id = l.roster_id
             where l.county_code = old.county_code and l.month = old.month and l.item = old.item and l.live
               and r.state not in ('draft', 'discarded'))
  then raise exception 'month %: exclusions were applied and signed', old.month using errcode = 'WX102';
  end if;
  return old;
end $function$
;

CREATE OR REPLACE FUNCTION public.payment_slot_belongs()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare wrong boolean;
begin
  execute 'select exists (select from added s
             left join roster_line l on l.county_code = s.county_code and l.id = s.line_id
             where l.id is null)' into wrong;
  if wrong then raise exception 'a slot of no line' using errcode = '23503';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.payment_slot_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from roster_line l where l.county_code = old.county_code and l.id = old.line_id
             and l.live and l.state <> 'held')
  then raise exception 'a slot is given up only by a held line or a discarded roster' using errcode = 'WX103';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.person_by_id_digests(digests bytea[])
 RETURNS TABLE(id_no_digest bytea, id uuid, name text, division_code text, died_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT p.id_no_digest,
     p.id,
     p.name,
     p.division_code,
     p.died_on
    FROM person p
   WHERE ((p.county_code = app_county()) AND (p.id_no_digest = ANY (person_by_id_digests.digests)));
END
;

CREATE OR REPLACE FUNCTION public.person_claim(digest bytea, division text)
 RETURNS SETOF uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 UPDATE person p SET division_code = person_claim.division
   WHERE ((p.county_code = app_county()) AND (p.id_no_digest = person_claim.digest) AND (p.died_on IS NULL) AND in_scope(person_claim.division) AND (NOT (EXISTS ( SELECT 1
            FROM household_member m
           WHERE ((m.county_code = p.county_code) AND (m.person_id = p.id) AND (m.to_date IS NULL))))))
   RETURNING p.id;
END
;

CREATE OR REPLACE FUNCTION public.person_death_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (
    select from death_correction c where c.county_code = old.county_code and c.person_id = old.id
      and c.state = 'confirmed' and c.died_on = old.died_on and c.right_on is not distinct from new.died_on)
  then raise exception 'death of %: changed without a second person', old.id using errcode = 'WX101';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.plan_adjustment_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.agreed is not null then
    raise exception 'adjustment %: already decided', old.id using errcode = 'WX150';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.plan_evidence_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.confirmed_at is not null then
    raise exception 'evidence %: already confirmed', old.id using errcode = 'WX150';
  end if;
  if exists (select from plan_evidence_take_back b
              where b.county_code = old.county_code and b.evidence_id = old.id and b.accepted) then
    raise exception 'evidence %: taken back', old.id using errcode = 'WX480';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.plan_evidence_take_back_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.decided_at is not null then
    raise exception 'taking back %: already decided', old.id using errcode = 'WX480';
  end if;
  if new.accepted and new.decided_by = new.asked_by and exists (
    select from plan_evidence e
     where e.county_code = new.county_code and e.id = new.evidence_id and e.confirmed_at is not null)
  then
    raise exception 'taking back %: what was confirmed is taken back by two', new.id using errcode = 'WX480';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.plan_take_back_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.decided_at is not null then
    raise exception 'taking back plan %: already decided', old.plan_id using errcode = 'WX590';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.plan_taken_back_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from plan_take_back b
              where b.county_code = new.county_code and b.plan_id = new.plan_id and b.accepted) then
    raise exception 'plan %: taken back', new.plan_id using errcode = 'WX590';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.recheck_finding_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.outcome is not null then
    raise exception 'finding %: already decided', old.line_id using errcode = 'WX123';
  end if;
  if exists (select from roster_signature s where s.county_code = new.county_code and s.roster_id = new.roster_id
      and s.step = 'maker' and s.account_id = new.decided_by)
  then raise exception 'finding %: decided by the maker', new.line_id using errcode = 'WX127';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.recovery_deduction_waits(county text, line uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  with recursive chain as (
    select l.id, l.roster_id, l.live, l.included, l.state, l.deducted_fen from roster_line l
    where l.county_code = county and l.id = line
    union all
    select n.id, n.roster_id, n.live, n.included, n.state, n.deducted_fen
    from chain c join roster_line n on n.county_code = county and n.reissue_of = c.id and n.live
    where c.state = 'reissued')
  select exists (
    select from chain c join roster r on r.county_code = county and r.id = c.roster_id
    where c.live and c.state <> 'reissued' and c.deducted_fen > 0 and (c.included or r.state = 'draft'))
$function$
;

CREATE OR REPLACE FUNCTION public.recovery_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (
    select from (select distinct county_code, recovery_id, month from added) a
    join recovery_month m using (county_code, recovery_id, month)
    where m.amount_fen
      < coalesce((select sum(e.amount_fen) from recovery_entry e where e.county_code = m.county_code
                  and e.recovery_id = m.recovery_id and e.month = m.month), 0)
      + coalesce((select sum(d.amount_fen) from recovery_deduction d
                  where d.county_code = m.county_code and d.recovery_id = m.recovery_id and d.month = m.month
                    and not exists (select from recovery_entry e where e.county_code = d.county_code
                      and e.receipt_id = d.line_id and e.recovery_id = d.recovery_id and e.month = d.month)
                    and recovery_deduction_waits(d.county_code, d.line_id)), 0))
  then raise exception 'more would come back than was overpaid' using errcode = 'WX106';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.recovery_reversal_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (
    select from added a
    join recovery_entry e on e.county_code = a.county_code and e.receipt_id = a.reverses
      and e.recovery_id = a.recovery_id and e.month = a.month
    where a.kind = 'reversal' and (e.kind <> 'cash' or e.amount_fen <> -a.amount_fen or not exists (
      select from recovery_request q where q.county_code = a.county_code and q.id = a.receipt_id
        and q.recovery_id = a.recovery_id and q.receipt_id = a.reverses and q.given)))
  then raise exception 'a reversal of no cash, or that nobody gave' using errcode = 'WX106';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.return_intake_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state <> 'waiting'
  then raise exception 'return %: what was % stays so', old.id, old.state using errcode = 'WX102';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.roster_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  signing text := case new.state when 'made' then 'maker' when 'checked' then 'checker' when 'approved' then 'approver' end;
begin
  if old.state <> new.state and not (old.state, new.state) in (
    ('draft', 'made'), ('made', 'checked'), ('checked', 'approved'), ('approved', 'sent'), ('sent', 'closed'),
    ('closed', 'sent'), ('draft', 'discarded'), ('made', 'discarded'), ('checked', 'discarded'), ('approved', 'discarded'))
  then raise exception 'roster %: % may not become %', new.id, old.state, new.state using errcode = 'WX101';
  end if;
  if old.state <> 'draft' and (old.digest, old.lines, old.persons, old.total_fen, old.included_lines, old.included_fen)
     is distinct from (new.digest, new.lines, new.persons, new.total_fen, new.included_lines, new.included_fen)
  then raise exception 'roster %: signed content may not change', new.id using errcode = 'WX102';
  end if;
  if old.state <> new.state and signing is not null and not exists (
    select from roster_signature s where s.county_code = new.county_code and s.roster_id = new.id
      and s.step = signing and s.digest = new.digest)
  then raise exception 'roster %: % without its signature', new.id, new.state using errcode = 'WX101';
  end if;
  -- Nothing is sent for a person whose month is not held by this very money, in its group and in every pair.
  if old.state = 'approved' and new.state = 'sent' and exists (
    select from (
      select l.id, l.persons * (1 + coalesce(x.pairs, 0)) as needed, l.persons
      from roster_line l
      left join (select x.item, x.month, count(*) as pairs from payment_exclusion x
                 where x.county_code = new.county_code group by x.item, x.month) x on x.item = l.item and x.month = l.month
      where l.county_code = new.county_code and l.roster_id = new.id and l.included and l.reissue_of is null
      union all
      select s.line_id, -1, null from payment_slot s
      where s.county_code = new.county_code and s.released_at is null
        and s.line_id between (left(new.id::text, 24) || repeat('0', 12))::uuid
                          and (left(new.id::text, 24) || repeat('f', 12))::uuid) c
    -- A held line keeps its slots and is not sent: only lines that are count.
    group by c.id having count(c.persons) > 0 and (sum(c.needed) <> 0 or max(c.persons) = 0))
  then raise exception 'roster %: a line without its slots', new.id using errcode = 'WX103';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.roster_line_add_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare wrong boolean;
begin
  if exists (select from (select distinct county_code, roster_id from added) l
             left join roster r on r.county_code = l.county_code and r.id = l.roster_id
             where r.state is distinct from 'draft')
  then raise exception 'lines may only join a draft' using errcode = 'WX102';
  end if;
  execute 'select exists (select from added l
             left join entitlement e on e.county_code = l.county_code and e.id = l.entitlement_id
             left join person p on p.county_code = l.county_code and p.id = l.payee_id
             where e.id is null or p.id is null)' into wrong;
  if wrong then raise exception 'a line of no entitlement or no payee' using errcode = '23503';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.roster_line_difference_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (
    select from (select distinct d.county_code, d.entitlement_id, d.month from added d where d.round > 0) d
    where (select sum(l.amount_fen + l.deducted_fen) from roster_line l
           where l.county_code = d.county_code and l.entitlement_id = d.entitlement_id and l.month = d.month
             and l.live and l.reissue_of is null and l.change <> 'stopped')
        - coalesce((select sum(e.amount_fen) from recovery_month m
           join recovery_entry e on e.county_code = m.county_code and e.recovery_id = m.recovery_id and e.month = m.month
           where m.county_code = d.county_code and m.entitlement_id = d.entitlement_id and m.month = d.month
             and e.kind in ('cash', 'deduction', 'reversal')), 0)
        > (select a.amount_fen from entitlement_amount a
           where a.county_code = d.county_code and a.entitlement_id = d.entitlement_id and a.from_month <= d.month
           order by a.from_month desc, a.seq desc limit 1))
  then raise exception 'a month would be paid more than it owes' using errcode = 'WX105';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.roster_line_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state = 'paid' then
    raise exception 'line %: paid is final', old.id using errcode = 'WX104';
  end if;
  if (select state from roster r where r.county_code = old.county_code and r.id = old.roster_id) <> 'draft' then
    raise exception 'line %: signed content may not change', old.id using errcode = 'WX102';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.roster_line_sum_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into roster_sum as s
  select a.county_code, a.roster_id, a.item, a.month, a.change, a.state, a.included, count(*), sum(a.persons),
    sum(a.amount_fen), sum(a.deducted_fen), sum(coalesce(a.previous_fen, 0))
  from added a group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
  on conflict (county_code, roster_id, item, month, change, state, included) do update set
    lines = s.lines + excluded.lines, persons = s.persons + excluded.persons,
    amount_fen = s.amount_fen + excluded.amount_fen, deducted_fen = s.deducted_fen + excluded.deducted_fen,
    previous_fen = s.previous_fen + excluded.previous_fen;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.roster_line_sum_moved()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into roster_sum as s
  select c.county_code, c.roster_id, c.item, c.month, c.change, c.state, c.included, sum(c.n), sum(c.n * c.persons),
    sum(c.n * c.amount_fen), sum(c.n * c.deducted_fen), sum(c.n * coalesce(c.previous_fen, 0))
  from (
    select 1 as n, county_code, roster_id, item, month, change, state, included, persons, amount_fen, deducted_fen,
      previous_fen from becomes
    union all
    select -1, county_code, roster_id, item, month, change, state, included, persons, amount_fen, deducted_fen,
      previous_fen from was) c
  group by 1, 2, 3, 4, 5, 6, 7
  having (sum(c.n), sum(c.n * c.persons), sum(c.n * c.amount_fen), sum(c.n * c.deducted_fen),
    sum(c.n * coalesce(c.previous_fen, 0))) <> (0, 0, 0, 0, 0)
  order by 1, 2, 3, 4, 5, 6, 7
  on conflict (county_code, roster_id, item, month, change, state, included) do update set
    lines = s.lines + excluded.lines, persons = s.persons + excluded.persons,
    amount_fen = s.amount_fen + excluded.amount_fen, deducted_fen = s.deducted_fen + excluded.deducted_fen,
    previous_fen = s.previous_fen + excluded.previous_fen;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.roster_objection_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.result is not null then
    raise exception 'objection %: already answered', old.id using errcode = 'WX123';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.roster_signature_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (
    select from roster r where r.county_code = new.county_code and r.id = new.roster_id and r.digest = new.digest
      and r.state = case new.step when 'maker' then 'draft' when 'checker' then 'made' else 'checked' end)
  then raise exception 'roster %: signature does not fit its state or content', new.roster_id using errcode = 'WX102';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.spot_check_moves()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not (old.state, new.state) in (('waiting', 'clean'), ('waiting', 'found'), ('found', 'waiting'), ('found', 'confirmed'),
    ('confirmed', 'rectified'), ('rectified', 'closed'), ('rectified', 'confirmed'), ('confirmed', 'transferred'))
  then raise exception 'spot check: % may not become %', old.state, new.state using errcode = 'WX101';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.spot_check_two_people()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare before_by uuid;
begin
  select a.account_id into before_by from spot_check_act a
   where a.county_code = new.county_code and a.check_id = new.check_id and a.entitlement_id = new.entitlement_id
     and a.kind = case when new.kind in ('confirmed', 'returned') then 'looked' else 'rectified' end
   order by a.seq desc limit 1;
  if new.kind in ('confirmed', 'returned', 'accepted', 'reopened') and (before_by is null or before_by = new.account_id) then
    raise exception 'spot check: % needs another person', new.kind using errcode = 'WX124';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.statistic_note_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.kind in ('corrected', 'explained') and not exists (
    select from statistic_return r where r.county_code = new.county_code and r.id = new.return_id and r.state = 'draft')
  then raise exception 'table % is signed', new.return_id using errcode = 'WX171';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.statistic_return_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' then
      raise exception 'a table starts as a draft' using errcode = 'WX170';
    end if;
    if new.version > 1 and not exists (
      select from statistic_return r where r.county_code = new.county_code and r.table_code = new.table_code
        and r.period = new.period and r.division_code = new.division_code and r.version = new.version - 1
        and r.state = 'sealed')
    then raise exception 'version % of % % follows nothing sealed', new.version, new.table_code, new.period using errcode = 'WX170';
    end if;
    return new;
  end if;
  if old.state = 'sealed' then
    raise exception 'table % is sealed', old.id using errcode = 'WX171';
  end if;
  if old.state = 'draft' and new.state = 'sealed' then
    raise exception 'table % has no first signature', old.id using errcode = 'WX170';
  end if;
  if new.content is distinct from old.content and (old.state <> 'draft' or new.state <> 'draft') then
    raise exception 'table % is signed', old.id using errcode = 'WX171';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.statistic_return_typed_by_another()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.state = 'sealed' and exists (
    select from statistic_note n where n.county_code = new.county_code and n.return_id = new.id
      and n.kind = 'corrected' and n.by_id = new.sealed_by)
  then raise exception 'table % has figures that its second signer typed', new.id using errcode = 'WX172';
  end if;
  return new;
end $function$
;

grant execute on function app_account() to public;
grant execute on function app_county() to public;
grant execute on function app_household() to wuxin_app;
grant execute on function app_outside() to public;
grant execute on function app_party() to public;
grant execute on function app_person() to public;
grant execute on function app_scope() to public;
grant execute on function death_correction_guard() to public;
grant execute on function entitlement_amount_belongs() to public;
grant execute on function entitlement_covered(text) to wuxin_app;
grant execute on function entitlement_owed(text) to wuxin_app;
grant execute on function entitlement_reshape_guard() to public;
grant execute on function feed_last() to wuxin_app;
grant execute on function fund_allotment_guard() to public;
grant execute on function fund_entry_count() to public;
grant execute on function fund_entry_whole() to public;
grant execute on function fund_journal_check(text,uuid) to public;
grant execute on function fund_journal_whole() to public;
grant execute on function fund_outlay_confirmed() to public;
grant execute on function fund_outlay_guard() to public;
grant execute on function fund_override_guard() to public;
grant execute on function fund_posting_whole() to public;
grant execute on function fund_publicity_guard() to public;
grant execute on function fund_sources_paid(date,date) to wuxin_app;
grant execute on function in_scope(text) to public;
grant execute on function indicator_correction_guard() to public;
grant execute on function indicator_snapshot_follows() to public;
grant execute on function job_due_counties() to wuxin_app;
grant execute on function linkage_month_guard() to public;
grant execute on function months_of_entitlements(uuid[]) to wuxin_app;
grant execute on function outbox_due_counties() to wuxin_app;
grant execute on function payment_event_altered() to public;
grant execute on function payment_event_counted() to public;
grant execute on function payment_exclusion_guard() to public;
grant execute on function payment_slot_belongs() to public;
grant execute on function payment_slot_guard() to public;
grant execute on function person_by_id_digests(bytea[]) to wuxin_app;
grant execute on function person_claim(bytea,text) to wuxin_app;
grant execute on function person_death_guard() to public;
grant execute on function plan_adjustment_guard() to public;
grant execute on function plan_evidence_guard() to public;
grant execute on function plan_evidence_take_back_guard() to public;
grant execute on function plan_take_back_guard() to public;
grant execute on function plan_taken_back_guard() to public;
grant execute on function recheck_finding_guard() to public;
grant execute on function recovery_deduction_waits(text,uuid) to public;
grant execute on function recovery_guard() to public;
grant execute on function recovery_reversal_guard() to public;
grant execute on function return_intake_guard() to public;
grant execute on function roster_guard() to public;
grant execute on function roster_line_add_guard() to public;
grant execute on function roster_line_difference_guard() to public;
grant execute on function roster_line_guard() to public;
grant execute on function roster_line_sum_added() to public;
grant execute on function roster_line_sum_moved() to public;
grant execute on function roster_objection_guard() to public;
grant execute on function roster_signature_guard() to public;
grant execute on function spot_check_moves() to public;
grant execute on function spot_check_two_people() to public;
grant execute on function statistic_note_guard() to public;
grant execute on function statistic_return_guard() to public;
grant execute on function statistic_return_typed_by_another() to public;
