-- A month of a million lines is written as sets: what was asked for every row by itself is asked once for a statement.
-- The rules are those of before (decision 14).

-- ── keys between tables ──────────────────────────────────────────────────────────────────────────────────────────
-- A foreign key asks for every row and locks the other side each time: seven of them took a third of a roster's time.
-- Nobody is granted to delete a roster, line, entitlement or person, so the question when a row joins is all there is.
-- Whose slot it is says its digest; the person beside it is asked for no more.
alter table roster_line drop constraint roster_line_county_code_roster_id_fkey;
alter table roster_line drop constraint roster_line_county_code_entitlement_id_fkey;
alter table roster_line drop constraint roster_line_county_code_payee_id_fkey;
alter table payment_slot drop constraint payment_slot_county_code_line_id_fkey;
alter table payment_slot drop constraint payment_slot_county_code_person_id_fkey;
alter table payment_event drop constraint payment_event_county_code_line_id_fkey;

-- `execute`: planned for the number of rows at hand, one or a million.
create or replace function roster_line_add_guard() returns trigger language plpgsql as $$
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
end $$;

create function payment_slot_belongs() returns trigger language plpgsql as $$
declare wrong boolean;
begin
  execute 'select exists (select from added s
             left join roster_line l on l.county_code = s.county_code and l.id = s.line_id
             where l.id is null)' into wrong;
  if wrong then raise exception 'a slot of no line' using errcode = '23503';
  end if;
  return null;
end $$;
create trigger payment_slot_belongs after insert on payment_slot
  referencing new table as added for each statement execute function payment_slot_belongs();

create function payment_event_belongs() returns trigger language plpgsql as $$
declare wrong boolean;
begin
  execute 'select exists (select from added v
             left join roster_line l on l.county_code = v.county_code and l.id = v.line_id
             where l.id is null)' into wrong;
  if wrong then raise exception 'an event of no line' using errcode = '23503';
  end if;
  return null;
end $$;
create trigger payment_event_belongs after insert on payment_event
  referencing new table as added for each statement execute function payment_event_belongs();

-- ── indexes ──────────────────────────────────────────────────────────────────────────────────────────────────────
-- The month first: a month's slots lie together, however many years lie beside them.
drop index payment_slot_once;
create unique index payment_slot_once on payment_slot (month, exclusivity_group, person_digest)
  where released_at is null;
-- One index instead of two. Its last column is empty for the line that pays a month, and of those there is one; of
-- others (discarded, stopped, a failure once more) it is their id.
drop index roster_line_once;
drop index roster_line_of_entitlement;
create unique index roster_line_once on roster_line (county_code, entitlement_id, month, round,
    (case when live and reissue_of is null and change <> 'stopped' then null else id end)) nulls not distinct;
-- Of failures, by what only a failure has: an index that knows `state` would have every index of the table written
-- again each time a line moves on.
drop index roster_line_failed;
create index roster_line_failed on roster_line (county_code, id) where fail_reason is not null;

-- ── who sees ─────────────────────────────────────────────────────────────────────────────────────────────────────
-- The county is the same for all rows of a statement: its scope is asked once, not row by row.
alter policy roster_line_added on roster_line
  with check (county_code = app_county() and (select in_scope(app_county())));
alter policy roster_line_moved on roster_line
  using (county_code = app_county() and (select in_scope(app_county())));
alter policy payment_slot_of_county on payment_slot
  using (county_code = app_county() and (select in_scope(app_county())));
alter policy payment_event_of_county on payment_event
  using (county_code = app_county() and (select in_scope(app_county())));
