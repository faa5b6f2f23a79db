-- 死亡登记共享: which deaths were given to which department, by two people; what came back of it. A death is given to a department
-- once, and again only when its day was put right.
create table death_list (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  -- Of the declaration.
  code text not null check (length(code) between 1 and 60),
  department text not null,
  -- Deaths on record up to this day.
  until_on date not null,
  persons int not null check (persons > 0),
  drafted_at timestamptz not null,
  drafted_by uuid not null,
  drafted_by_name text not null,
  confirmed_at timestamptz,
  confirmed_by uuid,
  confirmed_by_name text,
  dropped_at timestamptz,
  received_at timestamptz,
  received int,
  received_note_sealed bytea,
  primary key (county_code, id),
  check ((confirmed_at is null) = (confirmed_by is null)),
  -- Whoever drafted it does not send it.
  check (confirmed_by is null or confirmed_by <> drafted_by),
  check (confirmed_at is null or dropped_at is null),
  check (received_at is null or confirmed_at is not null)
);
-- One draft of a list at a time.
create unique index death_list_one_draft on death_list (county_code, code) where confirmed_at is null and dropped_at is null;
create index death_list_by_code on death_list (county_code, code, drafted_at desc);

create table death_list_row (
  county_code text not null,
  list_id uuid not null,
  line int not null check (line > 0),
  person_id uuid not null,
  died_on date not null,
  -- What the department says is otherwise, and what was done about it.
  differs_sealed bytea,
  handled_note_sealed bytea,
  handled_on date,
  handled_by_name text,
  primary key (county_code, list_id, line),
  unique (county_code, list_id, person_id),
  foreign key (county_code, list_id) references death_list (county_code, id),
  foreign key (county_code, person_id) references person (county_code, id),
  check ((handled_on is null) = (handled_note_sealed is null)),
  check (handled_on is null or differs_sealed is not null)
);
create index death_list_row_of_person on death_list_row (county_code, person_id);
create index death_list_row_open on death_list_row (county_code, list_id) where differs_sealed is not null and handled_on is null;

do $$
declare t text;
begin
  foreach t in array array['death_list', 'death_list_row'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county() and (select in_scope(app_county())))',
      t || '_of_county', t);
  end loop;
end $$;
grant select, insert, update (confirmed_at, confirmed_by, confirmed_by_name, dropped_at, received_at, received, received_note_sealed)
  on death_list to wuxin_app;
grant select, insert, update (differs_sealed, handled_note_sealed, handled_on, handled_by_name) on death_list_row to wuxin_app;
