-- Statutory tables: one row per table, period, place and version. A draft may be counted again; two persons sign; what is
-- sealed is never changed, a correction is a next version with its reason.

create table statistic_return (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  division_code text not null check (left(division_code, 6) = county_code),
  table_code text not null check (table_code <> ''),
  -- 2024-05, 2024-Q2, 2024
  period text not null check (period ~ '^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$'),
  version integer not null check (version > 0),
  title text not null check (title <> ''),
  due_on date not null,
  -- Why there is a next version; empty for the first.
  reason text not null,
  state text not null default 'draft' check (state in ('draft', 'filled', 'sealed')),
  -- The edition of the table and every cell as it was counted.
  content jsonb not null,
  counted_at timestamptz not null,
  opened_at timestamptz not null,
  opened_by uuid,
  opened_by_name text not null,
  filled_at timestamptz,
  filled_by uuid,
  filled_by_name text,
  sealed_at timestamptz,
  sealed_by uuid,
  sealed_by_name text,
  -- The lines as they were signed, and the digest over them.
  sealed jsonb,
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  primary key (county_code, id),
  unique (county_code, table_code, period, division_code, version),
  constraint statistic_return_reason check ((version = 1) = (reason = '')),
  constraint statistic_return_filled check ((state = 'draft') = (filled_by is null)
    and (filled_by is null) = (filled_at is null) and (filled_by is null) = (filled_by_name is null)),
  constraint statistic_return_sealed check ((state = 'sealed') = (sealed_by is not null)
    and (sealed_by is null) = (sealed_at is null) and (sealed_by is null) = (sealed_by_name is null)
    and (sealed_by is null) = (sealed is null) and (sealed_by is null) = (digest is null)),
  constraint statistic_return_second_person check (sealed_by is null or sealed_by <> filled_by)
);

-- All that anybody did about one, only ever added. `cell` is row/column, empty where the whole table is meant.
create table statistic_note (
  county_code text not null,
  id uuid not null,
  division_code text not null,
  return_id uuid not null,
  position bigint not null generated always as identity,
  kind text not null check (kind in ('opened', 'counted', 'corrected', 'explained', 'filled', 'returned', 'sealed')),
  cell text not null,
  value numeric,
  text text not null,
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  primary key (county_code, id),
  foreign key (county_code, return_id) references statistic_return (county_code, id),
  constraint statistic_note_says check (kind not in ('corrected', 'explained', 'returned') or length(text) >= 2),
  constraint statistic_note_cell check ((kind in ('corrected', 'explained')) = (cell <> ''))
);
create index statistic_note_of on statistic_note (county_code, return_id, position);

create function statistic_return_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' then
      raise exception 'a table starts as a draft' using errcode = 'WX170';
    end if;
    if new.version > 1 and not exists (
      select from statistic_return r where r.county_code = new.county_code and r.table_code = new.table_code
        and r.period = new.period and r.division_code = new.division_code and r.version = new.version - 1
        and r.state = 'sealed')
    then raise exception 'version % of % % follows nothing sealed', new.version, new.table_code, new.period using errcode = 'WX170';
    end if;
    return new;
  end if;
  if old.state = 'sealed' then
    raise exception 'table % is sealed', old.id using errcode = 'WX171';
  end if;
  if old.state = 'draft' and new.state = 'sealed' then
    raise exception 'table % has no first signature', old.id using errcode = 'WX170';
  end if;
  if new.content is distinct from old.content and (old.state <> 'draft' or new.state <> 'draft') then
    raise exception 'table % is signed', old.id using errcode = 'WX171';
  end if;
  return new;
end $$;
create trigger statistic_return_guard before insert or update on statistic_return
  for each row execute function statistic_return_guard();

-- A correction or an explanation belongs to a draft.
create function statistic_note_guard() returns trigger language plpgsql as $$
begin
  if new.kind in ('corrected', 'explained') and not exists (
    select from statistic_return r where r.county_code = new.county_code and r.id = new.return_id and r.state = 'draft')
  then raise exception 'table % is signed', new.return_id using errcode = 'WX171';
  end if;
  return new;
end $$;
create trigger statistic_note_guard before insert on statistic_note
  for each row execute function statistic_note_guard();

do $$
declare t text;
begin
  foreach t in array array['statistic_return', 'statistic_note'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county() and in_scope(division_code))', t || '_of_division', t);
  end loop;
end $$;

grant select, insert on statistic_return, statistic_note to wuxin_app;
grant update (state, content, counted_at, filled_at, filled_by, filled_by_name, sealed_at, sealed_by, sealed_by_name, sealed, digest)
  on statistic_return to wuxin_app;
