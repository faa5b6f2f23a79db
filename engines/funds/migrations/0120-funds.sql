-- The county's money as double entry: what came in by source, document and item, what is bound by a roster that went to
-- the bank, what was paid. Journals, entries and postings are only added to; journals are chained by the audit engine.

create table fund_account (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  source text not null,
  -- 文号 of the paper with which the money came.
  document text not null check (document <> ''),
  -- Empty: for any item.
  item text not null,
  issued_on date not null,
  opened_at timestamptz not null,
  primary key (county_code, id),
  unique (county_code, source, document, item)
);

create table fund_journal (
  county_code text not null,
  id uuid not null,
  position bigint not null generated always as identity,
  at timestamptz not null,
  kind text not null check (kind in ('allocation', 'commitment', 'payment', 'return', 'recovery', 'reversal')),
  -- Of what follows a roster: which, and for which item.
  roster_id uuid,
  item text not null,
  month month_text not null,
  -- The day the money moved, as the voucher says.
  moved_on date not null,
  amount_fen bigint not null check (amount_fen > 0),
  reference text not null,
  note text not null,
  -- Of a reversal: what it takes back.
  reverses uuid,
  actor_id uuid,
  actor_name text not null,
  mac bytea not null check (length(mac) = 32),
  primary key (county_code, id),
  foreign key (county_code, roster_id) references roster (county_code, id),
  foreign key (county_code, reverses) references fund_journal (county_code, id),
  check ((kind = 'reversal') = (reverses is not null)),
  check ((kind in ('commitment', 'payment', 'return')) = (roster_id is not null))
);
create unique index fund_journal_by_position on fund_journal (county_code, position);
create index fund_journal_of_roster on fund_journal (county_code, roster_id, item, month) where roster_id is not null;
create index fund_journal_by_month on fund_journal (county_code, month);
create unique index fund_journal_reversed_once on fund_journal (county_code, reverses) where reverses is not null;

-- class: received 拨入, available 可用, committed 占用, paid 已付, recovered 追回.
create table fund_entry (
  county_code text not null,
  journal_id uuid not null,
  seq integer not null check (seq > 0),
  account_id uuid not null,
  class text not null check (class in ('received', 'available', 'committed', 'paid', 'recovered')),
  month month_text not null,
  debit_fen bigint not null check (debit_fen >= 0),
  credit_fen bigint not null check (credit_fen >= 0),
  primary key (county_code, journal_id, seq),
  foreign key (county_code, journal_id) references fund_journal (county_code, id),
  foreign key (county_code, account_id) references fund_account (county_code, id),
  check ((debit_fen > 0) <> (credit_fen > 0))
);
create index fund_entry_of_account on fund_entry (county_code, account_id);

-- Which event of the money trail stands in which journal: each once.
create table fund_posting (
  county_code text not null,
  event_id uuid not null,
  journal_id uuid not null,
  primary key (county_code, event_id),
  foreign key (county_code, event_id) references payment_event (county_code, id),
  foreign key (county_code, journal_id) references fund_journal (county_code, id)
);
create index fund_posting_of_journal on fund_posting (county_code, journal_id, event_id);

-- The sums of the entries, kept by a trigger; the application only reads them.
create table fund_balance (
  county_code text not null,
  account_id uuid not null,
  class text not null,
  -- Debit less credit.
  amount_fen bigint not null,
  primary key (county_code, account_id, class),
  foreign key (county_code, account_id) references fund_account (county_code, id)
);

-- Leave to overdraw an account up to a limit: asked for by one person with a reason, given by another.
create table fund_override (
  county_code text not null,
  id uuid not null,
  account_id uuid not null,
  limit_fen bigint not null check (limit_fen > 0),
  reason text not null check (length(reason) >= 2),
  requested_by uuid not null,
  requested_by_name text not null,
  requested_at timestamptz not null,
  approved_by uuid,
  approved_by_name text,
  approved_at timestamptz,
  primary key (county_code, id),
  foreign key (county_code, account_id) references fund_account (county_code, id),
  constraint fund_override_second_person check (approved_by is null or approved_by <> requested_by),
  check ((approved_by is null) = (approved_at is null) and (approved_by is null) = (approved_by_name is null))
);
create index fund_override_of_account on fund_override (county_code, account_id);

-- Part of a roster that could not be entered because money was short; entered as soon as there is some.
create table fund_waiting (
  county_code text not null,
  roster_id uuid not null,
  item text not null,
  month month_text not null,
  needed_fen bigint not null check (needed_fen > 0),
  missing_fen bigint not null check (missing_fen > 0),
  since timestamptz not null,
  primary key (county_code, roster_id, item, month),
  foreign key (county_code, roster_id) references roster (county_code, id)
);

-- ── what may not happen ──────────────────────────────────────────────────────────────────────────────────────────

-- A journal balances, says what its entries say, and is as much as the events posted in it.
create function fund_journal_check(p_county text, p_journal uuid) returns void language plpgsql as $$
declare
  j fund_journal; debit bigint; credit bigint; posted bigint;
begin
  select * into j from fund_journal x where x.county_code = p_county and x.id = p_journal;
  select coalesce(sum(e.debit_fen), 0), coalesce(sum(e.credit_fen), 0) into debit, credit
    from fund_entry e where e.county_code = p_county and e.journal_id = p_journal;
  if debit <> credit or debit <> j.amount_fen then
    raise exception 'journal %: debit %, credit %, amount %', p_journal, debit, credit, j.amount_fen using errcode = 'WX121';
  end if;
  select coalesce(sum(v.amount_fen), 0) into posted
    from fund_posting p join payment_event v on v.county_code = p.county_code and v.id = p.event_id
    where p.county_code = p_county and p.journal_id = p_journal;
  if posted <> (case when j.roster_id is null then 0 else j.amount_fen end) then
    raise exception 'journal %: events of %, amount %', p_journal, posted, j.amount_fen using errcode = 'WX121';
  end if;
end $$;

create function fund_journal_whole() returns trigger language plpgsql as $$
begin
  perform fund_journal_check(new.county_code, new.id);
  return null;
end $$;
create constraint trigger fund_journal_whole after insert on fund_journal
  deferrable initially deferred for each row execute function fund_journal_whole();

-- An entry that joins later is refused too; its journal's own check has long passed.
create function fund_entry_whole() returns trigger language plpgsql as $$
begin
  perform fund_journal_check(new.county_code, new.journal_id);
  return null;
end $$;
create constraint trigger fund_entry_whole after insert on fund_entry
  deferrable initially deferred for each row execute function fund_entry_whole();

-- Once a statement, not once a row: a return has many thousand lines.
create function fund_posting_whole() returns trigger language plpgsql as $$
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
end $$;
create trigger fund_posting_whole after insert on fund_posting
  referencing new table as added for each statement execute function fund_posting_whole();

-- Keeps the balances and refuses one below zero without leave. Runs as the owner: the application may not write balances.
create function fund_entry_count() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
create trigger fund_entry_count after insert on fund_entry
  referencing new table as added for each statement execute function fund_entry_count();

-- Leave that was given is not given twice or changed.
create function fund_override_guard() returns trigger language plpgsql as $$
begin
  if old.approved_at is not null then
    raise exception 'override %: already given', old.id using errcode = 'WX123';
  end if;
  return new;
end $$;
create trigger fund_override_guard before update on fund_override for each row execute function fund_override_guard();

-- ── who sees: money work is the county's ─────────────────────────────────────────────────────────────────────────

do $$
declare t text;
begin
  foreach t in array array['fund_account', 'fund_journal', 'fund_entry', 'fund_posting', 'fund_balance', 'fund_override',
                           'fund_waiting'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county() and in_scope(county_code))', t || '_of_county', t);
  end loop;
end $$;

grant select, insert on fund_account, fund_journal, fund_entry, fund_posting, fund_override, fund_waiting to wuxin_app;
grant select on fund_balance to wuxin_app;
grant update (approved_by, approved_by_name, approved_at) on fund_override to wuxin_app;
grant update (needed_fen, missing_fen), delete on fund_waiting to wuxin_app;
