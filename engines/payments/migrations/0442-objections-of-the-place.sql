-- Who published answers: of whom an objection is. Those against a list of a roster are the county's, those against
-- 资金使用公示 of a township or village are that place's; the county sees all and may answer in its stead.
alter table roster_objection add column division_code text;
-- Of every county, the answered ones too.
alter table roster_objection no force row level security;
alter table fund_publicity no force row level security;
alter table roster_objection disable trigger roster_objection_guard;
update roster_objection o set division_code = coalesce(
  (select p.division_code from fund_publicity p
   where p.county_code = o.county_code and p.id = o.fund_publicity_id), o.county_code);
alter table roster_objection enable trigger roster_objection_guard;
alter table fund_publicity force row level security;
alter table roster_objection force row level security;
alter table roster_objection alter column division_code set not null;
alter table roster_objection add check (starts_with(division_code, county_code)
  and (publicity_id is null or division_code = county_code));
drop policy roster_objection_of_county on roster_objection;
create policy roster_objection_of_place on roster_objection
  using (county_code = app_county() and in_scope(division_code));
