-- A foreign key asks for every row by itself and locks the entitlement each time: for a million amounts of one run that is
-- most of the time. The same question is asked once for a statement. Entitlements and runs are never deleted (nobody is
-- granted it), so nothing else of the keys is lost.
alter table entitlement_amount drop constraint entitlement_amount_county_code_entitlement_id_fkey;
alter table entitlement_amount drop constraint entitlement_amount_of_run;

create function entitlement_amount_belongs() returns trigger language plpgsql as $$
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
end $$;
create trigger entitlement_amount_belongs after insert on entitlement_amount
  referencing new table as added for each statement execute function entitlement_amount_belongs();
