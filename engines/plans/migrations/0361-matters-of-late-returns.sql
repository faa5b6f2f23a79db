-- A look at a household that is long past its day becomes a matter of its township by itself, once a day that passed.
alter table supervision_matter drop constraint supervision_matter_source_check;
alter table supervision_matter add constraint supervision_matter_source_check
  check (source in ('meeting', 'instruction', 'hotline', 'petition', 'register', 'return'));
alter table supervision_matter alter column made_by drop not null;
alter table supervision_matter
  add column household_id uuid,
  add constraint supervision_matter_by_house check ((source = 'return') = (made_by is null)),
  add constraint supervision_matter_of_household check ((source = 'return') = (household_id is not null));
