-- Figures as they were when their month closed. A snapshot is never changed: a correction is a next version with its
-- reason, and the sentence that explains a jump stands beside it.

create table indicator_snapshot (
  county_code text not null check (county_code ~ '^\d{6}$'),
  -- The county itself or one of its townships.
  division_code text not null check (left(division_code, 6) = county_code),
  indicator text not null check (indicator <> ''),
  month month_text not null,
  version integer not null check (version > 0),
  -- As they were when it was taken: what is declared later changes no old figure.
  name text not null,
  unit text not null,
  definition text not null,
  value numeric,
  numerator numeric,
  denominator numeric,
  -- Empty for the first, which the month's end makes; a correction says why.
  reason text not null,
  taken_at timestamptz not null,
  taken_by uuid,
  taken_by_name text not null,
  primary key (county_code, division_code, indicator, month, version),
  constraint indicator_snapshot_reason check ((version = 1) = (reason = '')),
  constraint indicator_snapshot_person check (version = 1 or taken_by is not null)
);
create index indicator_snapshot_of_month on indicator_snapshot (county_code, month, division_code);

create table indicator_explanation (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  division_code text not null,
  indicator text not null,
  month month_text not null,
  -- Which version it explains.
  version integer not null,
  text text not null check (length(text) >= 2),
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  primary key (county_code, id),
  foreign key (county_code, division_code, indicator, month, version) references indicator_snapshot
);
create index indicator_explanation_of on indicator_explanation (county_code, division_code, indicator, month, version);

-- A version follows the one before it.
create function indicator_snapshot_follows() returns trigger language plpgsql as $$
begin
  if new.version > 1 and not exists (
    select from indicator_snapshot s where s.county_code = new.county_code and s.division_code = new.division_code
      and s.indicator = new.indicator and s.month = new.month and s.version = new.version - 1)
  then raise exception 'snapshot % of % follows nothing', new.version, new.month using errcode = 'WX111';
  end if;
  return new;
end $$;
create trigger indicator_snapshot_follows before insert on indicator_snapshot
  for each row execute function indicator_snapshot_follows();

do $$
declare t text;
begin
  foreach t in array array['indicator_snapshot', 'indicator_explanation'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county() and in_scope(division_code))', t || '_of_division', t);
  end loop;
end $$;

grant select, insert on indicator_snapshot, indicator_explanation to wuxin_app;
