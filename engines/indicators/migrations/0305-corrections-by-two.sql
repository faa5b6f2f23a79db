-- A frozen figure is corrected by two people: one asks with a reason and the figure as it was then counted, another
-- looks at it and confirms, or sends it back. Until then the frozen figure stands.
create table indicator_correction (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  division_code text not null,
  indicator text not null,
  month month_text not null,
  -- The version that it would become.
  version integer not null check (version > 1),
  value numeric,
  numerator numeric,
  denominator numeric,
  reason text not null check (length(reason) >= 2),
  asked_at timestamptz not null,
  asked_by uuid not null,
  asked_by_name text not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  accepted boolean,
  note text not null default '',
  primary key (county_code, id),
  constraint indicator_correction_second_person check (accepted is distinct from true or decided_by <> asked_by),
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (accepted is null)
         and (decided_by is null) = (decided_by_name is null)),
  check (accepted is distinct from false or length(note) >= 2)
);
create unique index indicator_correction_one_open
  on indicator_correction (county_code, division_code, indicator, month) where decided_at is null;

create function indicator_correction_guard() returns trigger language plpgsql as $$
begin
  if old.decided_at is not null then
    raise exception 'correction %: already decided', old.id using errcode = 'WX305';
  end if;
  return new;
end $$;
create trigger indicator_correction_guard before update on indicator_correction
  for each row execute function indicator_correction_guard();

alter table indicator_correction enable row level security;
alter table indicator_correction force row level security;
create policy indicator_correction_of_division on indicator_correction
  using (county_code = app_county() and in_scope(division_code));
grant select, insert, update (decided_at, decided_by, decided_by_name, accepted, note) on indicator_correction to wuxin_app;

alter table indicator_snapshot add column confirmed_by uuid, add column confirmed_by_name text;
-- What one person corrected before there was this rule stays as it is.
alter table indicator_snapshot add constraint indicator_snapshot_second_person
  check (version = 1 or (confirmed_by is not null and confirmed_by_name is not null and confirmed_by <> taken_by)) not valid;
