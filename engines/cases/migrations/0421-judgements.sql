-- What a household may have, as the facts on file say, kept from the day it was first so until the day it was not: for whoever
-- neither draws it nor applied. The newest row of a household and item has no end.
create table household_judgement (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  household_id uuid not null,
  division_code text not null check (division_code like county_code || '%'),
  item text not null check (item <> ''),
  state text not null check (state in ('yes', 'no', 'unsure')),
  -- Whom it is about: the people of the item, or all who live there.
  person_ids uuid[] not null,
  reason_sealed bytea not null,
  rule_version text not null,
  since_on date not null,
  until_on date,
  primary key (county_code, id),
  foreign key (county_code, household_id) references household (county_code, id),
  check (until_on >= since_on)
);
create unique index household_judgement_open on household_judgement (county_code, household_id, item) where until_on is null;
create index household_judgement_yes on household_judgement (county_code, since_on) where state = 'yes';

-- When a household was last judged, whatever came of it.
create table household_judged (
  county_code text not null check (county_code ~ '^\d{6}$'),
  household_id uuid not null,
  division_code text not null check (division_code like county_code || '%'),
  judged_at timestamptz not null,
  primary key (county_code, household_id),
  foreign key (county_code, household_id) references household (county_code, id)
);
do $$
declare t text;
begin
  foreach t in array array['household_judgement', 'household_judged'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county() and app_person() is null
      and ((select in_scope(app_county())) or in_scope(division_code)))', t || '_of_scope', t);
  end loop;
end $$;
grant select, insert on household_judgement, household_judged to wuxin_app;
grant update (until_on) on household_judgement to wuxin_app;
grant update (judged_at, division_code) on household_judged to wuxin_app;
-- Which households have facts or steps of a case newer than their judgement.
create index case_action_acted on case_action (county_code, acted_at);
create index fact_recorded on fact (county_code, recorded_at);
