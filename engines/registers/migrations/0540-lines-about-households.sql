-- A line of a sub-ledger may be about a household of the registry; which sub-ledgers are, their declarations say. Lines
-- stay append-only: how a household stands is what its latest line says.
alter table register_row add column household_id uuid;
alter table register_row add foreign key (county_code, household_id) references household (county_code, id);
create index register_row_of_household on register_row (county_code, household_id, on_date desc)
  where household_id is not null;
