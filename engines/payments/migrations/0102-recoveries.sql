-- Recovery 追缴: what was paid for months in which nothing, or less, was owed. Proposed by the system, confirmed by a
-- person, paid off by cash or out of the following months, waived or written off by two people.

create table recovery (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  entitlement_id uuid not null,
  item text not null,
  division_code text not null,
  payee_id uuid not null,
  cause text not null check (cause in ('death', 'decision')),
  reason text not null,
  state text not null check (state in ('proposed', 'confirmed', 'dismissed', 'settled')),
  amount_fen bigint not null check (amount_fen > 0),
  opened_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  decision_note text,
  -- The plan: how much a month out of which entitlement; or paid back in cash.
  way text check (way in ('deduct', 'cash')),
  instalment_fen bigint check (instalment_fen > 0),
  deduct_from uuid,
  primary key (county_code, id),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id),
  foreign key (county_code, payee_id) references person (county_code, id),
  foreign key (county_code, deduct_from) references entitlement (county_code, id),
  check (division_code like county_code || '%'),
  check ((state = 'proposed') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((state in ('confirmed', 'settled')) = (way is not null)),
  check ((way is not distinct from 'deduct') = (instalment_fen is not null and deduct_from is not null))
);
create index recovery_by_division on recovery (county_code, division_code);
create index recovery_of_entitlement on recovery (county_code, entitlement_id);
create index recovery_deducting on recovery (county_code, deduct_from) where state = 'confirmed';

create table recovery_month (
  county_code text not null,
  recovery_id uuid not null,
  entitlement_id uuid not null,
  month month_text not null,
  paid_fen bigint not null,
  owed_fen bigint not null check (owed_fen >= 0),
  -- Of what was paid beyond what is owed, the part that no earlier recovery asks back.
  amount_fen bigint not null check (amount_fen > 0),
  primary key (county_code, recovery_id, month),
  foreign key (county_code, recovery_id) references recovery (county_code, id),
  check (amount_fen <= paid_fen - owed_fen)
);
-- A month down to what it owes is asked back once.
create unique index recovery_month_once on recovery_month (county_code, entitlement_id, month, owed_fen);

-- Kept back in a roster, one row a past month. It counts once the bank has paid the line.
create table recovery_deduction (
  county_code text not null,
  line_id uuid not null,
  recovery_id uuid not null,
  month month_text not null,
  amount_fen bigint not null check (amount_fen > 0),
  primary key (county_code, line_id, recovery_id, month),
  foreign key (county_code, line_id) references roster_line (county_code, id),
  foreign key (county_code, recovery_id, month) references recovery_month (county_code, recovery_id, month)
);
create index recovery_deduction_of on recovery_deduction (county_code, recovery_id, month);

-- What has come back, or will not be asked any more. Only added to.
create table recovery_entry (
  county_code text not null,
  -- The receipt, the roster line or the request that it came with.
  receipt_id uuid not null,
  recovery_id uuid not null,
  month month_text not null,
  kind text not null check (kind in ('cash', 'deduction', 'waiver', 'write-off')),
  amount_fen bigint not null check (amount_fen > 0),
  entered_on date not null,
  note text not null,
  at timestamptz not null,
  by_name text not null,
  account_id uuid default app_account(),
  primary key (county_code, receipt_id, recovery_id, month),
  foreign key (county_code, recovery_id, month) references recovery_month (county_code, recovery_id, month)
);
create index recovery_entry_of on recovery_entry (county_code, recovery_id, month);

-- To waive for hardship or to write off: asked by one, given by another.
create table recovery_request (
  county_code text not null,
  id uuid not null,
  recovery_id uuid not null,
  kind text not null check (kind in ('waiver', 'write-off')),
  amount_fen bigint not null check (amount_fen > 0),
  reason text not null check (length(btrim(reason)) >= 2),
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  given_by uuid,
  given_by_name text,
  given_at timestamptz,
  given boolean,
  primary key (county_code, id),
  foreign key (county_code, recovery_id) references recovery (county_code, id),
  check ((given_by is null) = (given is null) and (given_by is null) = (given_at is null)),
  constraint recovery_request_two_people check (given_by <> asked_by)
);
create unique index recovery_request_open_once on recovery_request (county_code, recovery_id) where given is null;

-- Nothing comes back, or is let go, twice: entries and what rosters keep back never exceed the month.
create function recovery_guard() returns trigger language plpgsql as $$
begin
  if exists (
    select from (select distinct county_code, recovery_id, month from added) a
    join recovery_month m using (county_code, recovery_id, month)
    where m.amount_fen
      < coalesce((select sum(e.amount_fen) from recovery_entry e where e.county_code = m.county_code
                  and e.recovery_id = m.recovery_id and e.month = m.month), 0)
      + coalesce((select sum(d.amount_fen) from recovery_deduction d
                  join roster_line l on l.county_code = d.county_code and l.id = d.line_id
                  where d.county_code = m.county_code and d.recovery_id = m.recovery_id and d.month = m.month and l.live
                    and not exists (select from recovery_entry e where e.county_code = d.county_code
                      and e.receipt_id = d.line_id and e.recovery_id = d.recovery_id and e.month = d.month)), 0))
  then raise exception 'more would come back than was overpaid' using errcode = 'WX106';
  end if;
  return null;
end $$;
create trigger recovery_entry_guard after insert on recovery_entry
  referencing new table as added for each statement execute function recovery_guard();
create trigger recovery_deduction_guard after insert on recovery_deduction
  referencing new table as added for each statement execute function recovery_guard();

do $$
declare t text;
begin
  foreach t in array array['recovery', 'recovery_month', 'recovery_deduction', 'recovery_entry', 'recovery_request'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  -- The rows of a recovery are seen with it.
  foreach t in array array['recovery_month', 'recovery_deduction', 'recovery_entry', 'recovery_request'] loop
    execute format(
      'create policy %I on %I using (county_code = app_county() and ((select in_scope(app_county())) or exists (
         select from recovery r where r.county_code = %I.county_code and r.id = %I.recovery_id)))', t || '_of_scope', t, t, t);
  end loop;
end $$;
create policy recovery_seen on recovery for select using (
  county_code = app_county() and ((select in_scope(app_county())) or in_scope(division_code)));
create policy recovery_added on recovery for insert with check (county_code = app_county() and in_scope(county_code));
create policy recovery_moved on recovery for update using (county_code = app_county() and in_scope(county_code));
grant select, insert on recovery, recovery_month, recovery_deduction, recovery_entry, recovery_request to wuxin_app;
grant update (state, decided_by, decided_by_name, decided_at, decision_note, way, instalment_fen, deduct_from)
  on recovery to wuxin_app;
grant update (given_by, given_by_name, given_at, given) on recovery_request to wuxin_app;
