-- Who is on record as dead is asked for department by department; the living are not read through for it.
create index person_by_death on person (county_code, died_on) where died_on is not null;
