-- Monthly rosters, their signatures, what was sent to the bank and what came back. The database itself refuses a
-- second payment of one person, exclusivity group and month; a change of what was signed; a second signature by the
-- same person; and a second "paid" of the same money.

create table roster (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  month month_text not null,
  kind text not null check (kind in ('monthly', 'reissue')),
  number text not null,
  title text not null,
  state text not null check (state in ('draft', 'made', 'checked', 'approved', 'sent', 'closed', 'discarded')),
  -- Of a reissue: the roster whose failures it pays again.
  parent_id uuid,
  -- Of a monthly one: the roster it is compared with.
  previous_id uuid,
  previous_total_fen bigint,
  generated_by uuid not null,
  generated_by_name text not null,
  generated_at timestamptz not null,
  -- SHA-256 over every line; what a signature signs.
  digest text not null default '' check (digest ~ '^([0-9a-f]{64})?$'),
  -- Frozen with the first signature.
  lines integer not null default 0,
  persons integer not null default 0,
  total_fen bigint not null default 0,
  included_lines integer not null default 0,
  included_fen bigint not null default 0,
  -- Where the lines stand now.
  held_lines integer not null default 0,
  held_fen bigint not null default 0,
  pending_fen bigint not null default 0,
  paid_lines integer not null default 0,
  paid_fen bigint not null default 0,
  failed_lines integer not null default 0,
  failed_fen bigint not null default 0,
  unknown_lines integer not null default 0,
  sent_at timestamptz,
  discarded_at timestamptz,
  discarded_by_name text,
  discard_reason text,
  primary key (county_code, id),
  unique (county_code, number),
  foreign key (county_code, parent_id) references roster (county_code, id),
  foreign key (county_code, previous_id) references roster (county_code, id),
  check ((kind = 'reissue') = (parent_id is not null))
);
-- Two people who generate the same month at once: one wins, the other is told.
create unique index roster_month_once on roster (county_code, month) where kind = 'monthly' and state <> 'discarded';
create index roster_by_time on roster (county_code, month desc, generated_at desc);
create index roster_by_parent on roster (county_code, parent_id) where parent_id is not null;

create table roster_line (
  county_code text not null,
  id uuid not null,
  roster_id uuid not null,
  seq integer not null check (seq > 0),
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
  change text not null check (change in ('new', 'changed', 'same', 'stopped', 'backpay', 'recovery', 'reissue')),
  amount_fen bigint not null,
  previous_fen bigint,
  persons integer not null check (persons >= 0),
  -- The account as it was when the line was made: what is signed is what is paid.
  account_id uuid,
  account_digest bytea,
  account_sealed bytea,
  bank_name text,
  holder_name text,
  -- To be paid by this roster; false for held and for stopped lines. Frozen with the first signature.
  included boolean not null,
  -- False once its roster is discarded.
  live boolean not null default true,
  state text not null check (state in ('ready', 'held', 'sent', 'paid', 'failed', 'unknown', 'reissued', 'stopped')),
  hold_reason text,
  fail_code text,
  fail_reason text,
  bank_serial text,
  -- The day the bank paid, or the day the failure was loaded.
  settled_on date,
  reissue_of uuid,
  -- The first line of a chain of reissues: it holds the slots.
  origin_line_id uuid not null,
  primary key (county_code, id),
  unique (county_code, roster_id, seq),
  foreign key (county_code, roster_id) references roster (county_code, id),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id),
  foreign key (county_code, payee_id) references person (county_code, id),
  check (state = 'stopped' or amount_fen > 0),
  check (state <> 'stopped' or amount_fen = 0),
  check (not included or account_digest is not null),
  check ((reissue_of is null) = (origin_line_id = id))
);
-- One line pays one month of one entitlement; one failure is paid again by one line.
create unique index roster_line_once on roster_line (county_code, entitlement_id, month)
  where live and reissue_of is null and change <> 'stopped';
create unique index roster_line_reissued_once on roster_line (county_code, reissue_of)
  where live and reissue_of is not null;
create index roster_line_of_entitlement on roster_line (county_code, entitlement_id, month desc);
create index roster_line_failed on roster_line (county_code, settled_on desc) where state in ('failed', 'reissued') and live;

-- One person, one exclusivity group, one month: one live slot. There is no county in the key on purpose: somebody who
-- draws in two counties is one person. A county sees only its own slots, yet the key refuses across all of them.
-- A slot is given up (released_at), never deleted, and only with a discarded roster or by a held line.
create table payment_slot (
  county_code text not null,
  line_id uuid not null,
  person_id uuid not null,
  person_digest bytea not null check (length(person_digest) = 32),
  exclusivity_group text not null,
  month month_text not null,
  entitlement_id uuid not null,
  taken_at timestamptz not null,
  released_at timestamptz,
  primary key (county_code, line_id, person_id),
  foreign key (county_code, line_id) references roster_line (county_code, id),
  foreign key (county_code, person_id) references person (county_code, id)
);
create unique index payment_slot_once on payment_slot (person_digest, exclusivity_group, month)
  where released_at is null;

create table roster_flag (
  county_code text not null,
  roster_id uuid not null,
  line_id uuid not null,
  rule text not null,
  severity text not null check (severity in ('block', 'warn')),
  reason text not null,
  raised_at timestamptz not null,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  answered_by_name text,
  primary key (county_code, line_id, rule),
  foreign key (county_code, line_id) references roster_line (county_code, id),
  foreign key (county_code, roster_id) references roster (county_code, id),
  check ((answer is null) = (answered_at is null))
);
create index roster_flag_of_roster on roster_flag (county_code, roster_id, rule);

create table roster_signature (
  county_code text not null,
  roster_id uuid not null,
  step text not null check (step in ('maker', 'checker', 'approver')),
  account_id uuid not null,
  name text not null,
  digest text not null,
  signed_at timestamptz not null,
  -- Three steps by three different people.
  constraint roster_signature_step_once primary key (county_code, roster_id, step),
  constraint roster_signature_person_once unique (county_code, roster_id, account_id),
  foreign key (county_code, roster_id) references roster (county_code, id)
);

create table bank_file (
  county_code text not null,
  id uuid not null,
  roster_id uuid not null,
  format text not null check (format in ('csv', 'xlsx')),
  name text not null,
  lines integer not null,
  total_fen bigint not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  content_sealed bytea not null,
  created_at timestamptz not null,
  created_by uuid not null,
  created_by_name text not null,
  primary key (county_code, id),
  unique (county_code, roster_id, format),
  foreign key (county_code, roster_id) references roster (county_code, id)
);
alter table bank_file alter column content_sealed set storage external;

create table bank_return (
  county_code text not null,
  id uuid not null,
  roster_id uuid not null,
  name text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  content_sealed bytea not null,
  loaded_at timestamptz not null,
  loaded_by uuid not null,
  loaded_by_name text not null,
  paid integer not null,
  failed integer not null,
  unknown integer not null,
  duplicated integer not null,
  primary key (county_code, id),
  unique (county_code, roster_id, digest),
  foreign key (county_code, roster_id) references roster (county_code, id)
);
alter table bank_return alter column content_sealed set storage external;

-- The money trail: only added to, and chained by the audit engine.
create table payment_event (
  county_code text not null,
  id uuid not null default gen_random_uuid(),
  position bigint not null generated always as identity,
  at timestamptz not null,
  kind text not null check (kind in ('sent', 'paid', 'failed', 'unknown', 'held', 'released', 'reissued')),
  roster_id uuid not null,
  line_id uuid not null,
  origin_line_id uuid not null,
  entitlement_id uuid not null,
  payee_id uuid not null,
  month month_text not null,
  amount_fen bigint not null check (amount_fen > 0),
  detail text not null,
  bank_serial text,
  settled_on date,
  return_id uuid,
  account_id uuid,
  actor_name text not null,
  primary key (county_code, id),
  foreign key (county_code, line_id) references roster_line (county_code, id)
);
create unique index payment_event_by_position on payment_event (county_code, position);
create index payment_event_of_line on payment_event (county_code, line_id);
create index payment_event_of_roster on payment_event (county_code, roster_id, kind);
-- Whatever happens, through however many reissues: the same money is paid once.
create unique index payment_event_paid_once on payment_event (county_code, origin_line_id) where kind = 'paid';

-- ── what may not happen ──────────────────────────────────────────────────────────────────────────────────────────

create function roster_guard() returns trigger language plpgsql as $$
declare signing text := case new.state when 'made' then 'maker' when 'checked' then 'checker' when 'approved' then 'approver' end;
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
  -- Nothing is sent for a person whose month is not held by this very money.
  if old.state = 'approved' and new.state = 'sent' and exists (
    select from roster_line l where l.county_code = new.county_code and l.roster_id = new.id and l.included
      and l.reissue_of is null and (l.persons = 0 or l.persons <> (
        select count(*) from payment_slot s
        where s.county_code = l.county_code and s.line_id = l.id and s.released_at is null)))
  then raise exception 'roster %: a line without its slots', new.id using errcode = 'WX103';
  end if;
  return new;
end $$;
create trigger roster_guard before update on roster for each row execute function roster_guard();

create function roster_line_add_guard() returns trigger language plpgsql as $$
begin
  if exists (select from added l join roster r on r.county_code = l.county_code and r.id = l.roster_id
             where r.state <> 'draft')
  then raise exception 'lines may only join a draft' using errcode = 'WX102';
  end if;
  return null;
end $$;
create trigger roster_line_add_guard after insert on roster_line
  referencing new table as added for each statement execute function roster_line_add_guard();

create function roster_line_guard() returns trigger language plpgsql as $$
begin
  if old.state = 'paid' then
    raise exception 'line %: paid is final', old.id using errcode = 'WX104';
  end if;
  if (select state from roster r where r.county_code = old.county_code and r.id = old.roster_id) <> 'draft' then
    raise exception 'line %: signed content may not change', old.id using errcode = 'WX102';
  end if;
  return new;
end $$;
-- `when` is judged without calling the function: loading a return of many lines costs nothing extra.
create trigger roster_line_guard before update on roster_line for each row
  when ((old.included, old.account_digest, old.account_sealed, old.bank_name, old.holder_name)
        is distinct from (new.included, new.account_digest, new.account_sealed, new.bank_name, new.holder_name)
        or old.state = 'paid' and (new.state <> 'paid' or new.live <> old.live))
  execute function roster_line_guard();

create function payment_slot_guard() returns trigger language plpgsql as $$
begin
  if exists (select from roster_line l where l.county_code = old.county_code and l.id = old.line_id
             and l.live and l.state <> 'held')
  then raise exception 'a slot is given up only by a held line or a discarded roster' using errcode = 'WX103';
  end if;
  return new;
end $$;
create trigger payment_slot_guard before update on payment_slot for each row
  when (old.released_at is null and new.released_at is not null) execute function payment_slot_guard();

create function roster_signature_guard() returns trigger language plpgsql as $$
begin
  if not exists (
    select from roster r where r.county_code = new.county_code and r.id = new.roster_id and r.digest = new.digest
      and r.state = case new.step when 'maker' then 'draft' when 'checker' then 'made' else 'checked' end)
  then raise exception 'roster %: signature does not fit its state or content', new.roster_id using errcode = 'WX102';
  end if;
  return new;
end $$;
create trigger roster_signature_guard before insert on roster_signature
  for each row execute function roster_signature_guard();

-- ── who sees ─────────────────────────────────────────────────────────────────────────────────────────────────────

do $$
declare t text;
begin
  foreach t in array array['roster', 'roster_line', 'payment_slot', 'roster_flag', 'roster_signature', 'bank_file',
                           'bank_return', 'payment_event'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    if t not in ('roster', 'roster_line') then
      -- Money work is the county's: a narrower scope neither reads nor writes.
      execute format('create policy %I on %I using (county_code = app_county() and in_scope(county_code))', t || '_of_county', t);
    end if;
  end loop;
end $$;

-- The head of a roster holds sums and no person.
create policy roster_seen on roster for select using (county_code = app_county());
create policy roster_added on roster for insert with check (county_code = app_county() and in_scope(county_code));
create policy roster_moved on roster for update using (county_code = app_county() and in_scope(county_code));
create policy roster_line_seen on roster_line for select using (
  -- Who sees the whole county is told so once, not line by line.
  county_code = app_county()
  and ((select in_scope(app_county())) or in_scope(division_code) or payee_id = app_person()));
create policy roster_line_added on roster_line for insert with check (county_code = app_county() and in_scope(county_code));
create policy roster_line_moved on roster_line for update using (county_code = app_county() and in_scope(county_code));

grant select, insert on roster, roster_line, payment_slot, roster_flag, roster_signature, bank_file, bank_return,
  payment_event to wuxin_app;
grant update (state, digest, lines, persons, total_fen, included_lines, included_fen, held_lines, held_fen, pending_fen,
  paid_lines, paid_fen, failed_lines, failed_fen, unknown_lines, sent_at, discarded_at, discarded_by_name, discard_reason)
  on roster to wuxin_app;
grant update (included, live, state, hold_reason, account_id, account_digest, account_sealed, bank_name, holder_name,
  fail_code, fail_reason, bank_serial, settled_on) on roster_line to wuxin_app;
grant update (released_at, taken_at) on payment_slot to wuxin_app;
grant update (reason, raised_at, answer, answered_at, answered_by, answered_by_name) on roster_flag to wuxin_app;
