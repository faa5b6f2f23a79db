-- 红冲: cash of a recovery that was entered wrongly is taken back by an entry of its own, below zero, which names the
-- receipt. Asked by one person, given by another; the wrong entry stays.
alter table recovery_entry add column reverses uuid;
alter table recovery_entry drop constraint recovery_entry_kind_check;
alter table recovery_entry add constraint recovery_entry_kind_check
  check (kind in ('cash', 'deduction', 'waiver', 'write-off', 'reversal'));
alter table recovery_entry drop constraint recovery_entry_amount_fen_check;
alter table recovery_entry add constraint recovery_entry_amount_fen_check
  check (case kind when 'reversal' then amount_fen < 0 else amount_fen > 0 end);
alter table recovery_entry add check ((kind = 'reversal') = (reverses is not null));
alter table recovery_entry add foreign key (county_code, reverses, recovery_id, month)
  references recovery_entry (county_code, receipt_id, recovery_id, month);
create unique index recovery_entry_reversed_once on recovery_entry (county_code, recovery_id, reverses, month)
  where reverses is not null;

alter table recovery_request add column receipt_id uuid;
alter table recovery_request drop constraint recovery_request_kind_check;
alter table recovery_request add constraint recovery_request_kind_check
  check (kind in ('waiver', 'write-off', 'reversal'));
alter table recovery_request add check ((kind = 'reversal') = (receipt_id is not null));

-- What is taken back is cash, the whole of the row, and was given by the second person.
create function recovery_reversal_guard() returns trigger language plpgsql as $$
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
end $$;
create trigger recovery_reversal_guard after insert on recovery_entry
  referencing new table as added for each statement execute function recovery_reversal_guard();
