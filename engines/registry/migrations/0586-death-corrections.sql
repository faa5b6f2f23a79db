-- A registered death of the wrong person or with the wrong date is put right: one asks, another of the county answers.
create table death_correction (
  county_code text not null default app_county(),
  id uuid not null,
  person_id uuid not null,
  -- As registered, and as it is right. Null: has not died.
  died_on date not null,
  right_on date,
  reason text not null check (length(btrim(reason)) between 2 and 500),
  state text not null check (state in ('proposed', 'confirmed', 'refused')),
  asked_by uuid not null default app_account(),
  asked_by_name text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  note text check (length(note) <= 500),
  -- What became of each benefit, in sentences for whoever reads on.
  told jsonb,
  -- Departments that were given this death have been told that it was none.
  departments_told_on date,
  departments_told_by_name text,
  primary key (county_code, id),
  foreign key (county_code, person_id) references person (county_code, id),
  check (right_on is distinct from died_on),
  check ((state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
  check (state <> 'refused' or length(btrim(note)) >= 2),
  constraint death_correction_two_people check (decided_by <> asked_by)
);
create unique index death_correction_once on death_correction (county_code, person_id) where state = 'proposed';
create index death_correction_of_person on death_correction (county_code, person_id, asked_at);
create index death_correction_to_tell on death_correction (county_code)
  where state = 'confirmed' and right_on is null and departments_told_on is null;
alter table death_correction enable row level security;
alter table death_correction force row level security;
create policy death_correction_of_person on death_correction to wuxin_app using (
  county_code = app_county() and app_person() is null and ((select in_scope(app_county())) or exists (
    select from person p where p.county_code = death_correction.county_code and p.id = death_correction.person_id)));
grant select, insert on death_correction to wuxin_app;
grant update (state, decided_by, decided_by_name, decided_at, note, told, departments_told_on, departments_told_by_name)
  on death_correction to wuxin_app;

-- Asked and answered once; what came of it is written once.
create function death_correction_guard() returns trigger language plpgsql as $$
begin
  if old.state <> 'proposed' and (old.state, old.decided_by, old.decided_at, old.note)
      is distinct from (new.state, new.decided_by, new.decided_at, new.note)
    or old.told is not null and old.told is distinct from new.told
    or old.departments_told_on is not null and old.departments_told_on is distinct from new.departments_told_on
  then raise exception 'death correction %: answered already', new.id using errcode = 'WX101';
  end if;
  return new;
end $$;
create trigger death_correction_guard before update on death_correction
  for each row execute function death_correction_guard();

-- A day of death that stands is changed by two people or not at all.
create function person_death_guard() returns trigger language plpgsql as $$
begin
  if not exists (
    select from death_correction c where c.county_code = old.county_code and c.person_id = old.id
      and c.state = 'confirmed' and c.died_on = old.died_on and c.right_on is not distinct from new.died_on)
  then raise exception 'death of %: changed without a second person', old.id using errcode = 'WX101';
  end if;
  return new;
end $$;
create trigger person_death_guard before update of died_on on person
  for each row when (old.died_on is not null and old.died_on is distinct from new.died_on)
  execute function person_death_guard();
