-- A recheck of who draws that finds otherwise than was declared raises an alert too: what found it is then the report.
alter table alert
  alter column run_id drop not null,
  add column check_id uuid,
  add foreign key (county_code, check_id) references means_check (county_code, id),
  add check ((run_id is null) <> (check_id is null));
