-- 付款单: money that is paid otherwise than by a roster (a contract, a project, a service bought), from a paper of its own.
-- Entered by one person and confirmed by another; only then it stands in the ledger. A wrong one is taken back whole by a
-- row of its own, which goes the same way.
create table fund_outlay (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  account_id uuid not null,
  way text not null check (way in ('contract', 'project', 'service', 'other')),
  payee text not null check (length(btrim(payee)) between 2 and 120),
  purpose text not null check (length(btrim(purpose)) between 2 and 120),
  -- The contract or approval by which it is paid, and the voucher of the payment.
  document text not null check (document <> ''),
  voucher text not null check (voucher <> ''),
  file_id uuid not null,
  month month_text not null,
  paid_on date not null,
  amount_fen bigint not null check (amount_fen > 0),
  -- Of one that takes another back: which, and why.
  reverses uuid,
  reason text not null,
  asked_by uuid not null default app_account(),
  asked_by_name text not null,
  asked_at timestamptz not null,
  decision text check (decision in ('confirmed', 'declined')),
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  decided_note text,
  primary key (county_code, id),
  foreign key (county_code, account_id) references fund_account (county_code, id),
  foreign key (county_code, reverses) references fund_outlay (county_code, id),
  check ((reverses is null) or length(btrim(reason)) >= 2),
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)
    and (decision is null) = (decided_by_name is null) and (decision is null) = (decided_note is null)),
  -- Whoever asked may give it up, never confirm it.
  constraint fund_outlay_second_person check (decision is distinct from 'confirmed' or decided_by <> asked_by)
);
create index fund_outlay_by_day on fund_outlay (county_code, paid_on, id);
create unique index fund_outlay_reversed_once on fund_outlay (county_code, reverses)
  where reverses is not null and decision is distinct from 'declined';

create function fund_outlay_guard() returns trigger language plpgsql as $$
begin
  if old.decision is not null then
    raise exception 'outlay %: already decided', old.id using errcode = 'WX123';
  end if;
  return new;
end $$;
create trigger fund_outlay_guard before update on fund_outlay for each row execute function fund_outlay_guard();

alter table fund_journal drop constraint fund_journal_kind_check;
alter table fund_journal add constraint fund_journal_kind_check
  check (kind in ('allocation', 'commitment', 'payment', 'outlay', 'return', 'recovery', 'reversal'));

-- Its journal has the id of the 付款单; without one that was confirmed, of the same sum, there is none.
create function fund_outlay_confirmed() returns trigger language plpgsql as $$
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
end $$;
create constraint trigger fund_outlay_confirmed after insert on fund_journal
  deferrable initially deferred for each row when (new.roster_id is null) execute function fund_outlay_confirmed();

alter table fund_outlay enable row level security;
alter table fund_outlay force row level security;
create policy fund_outlay_of_county on fund_outlay using (county_code = app_county() and in_scope(county_code));
grant select, insert on fund_outlay to wuxin_app;
grant update (decision, decided_by, decided_by_name, decided_at, decided_note) on fund_outlay to wuxin_app;
