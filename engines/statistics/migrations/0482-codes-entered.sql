-- Codes of rows and numbers of forms that nobody had seen when the table was declared: the county enters them once it has
-- the original, each from a day on and with the document it stands in. Only ever added; the later word counts.
create table statistic_code (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  position bigint not null generated always as identity,
  table_code text not null check (table_code <> ''),
  -- Empty: the number of the form itself.
  row_code text not null,
  code text not null check (code ~ '^[0-9A-Za-z-]{2,30}$'),
  from_day date not null,
  source text not null check (length(source) >= 4),
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  primary key (county_code, id)
);
create index statistic_code_of on statistic_code (county_code, table_code, row_code, from_day, position);
alter table statistic_code enable row level security;
alter table statistic_code force row level security;
create policy statistic_code_seen on statistic_code for select using (county_code = app_county());
create policy statistic_code_added on statistic_code for insert with check (county_code = app_county() and in_scope(county_code));
grant select, insert on statistic_code to wuxin_app;

-- Whoever typed a figure is not the second person of it.
create function statistic_return_typed_by_another() returns trigger language plpgsql as $$
begin
  if new.state = 'sealed' and exists (
    select from statistic_note n where n.county_code = new.county_code and n.return_id = new.id
      and n.kind = 'corrected' and n.by_id = new.sealed_by)
  then raise exception 'table % has figures that its second signer typed', new.id using errcode = 'WX172';
  end if;
  return new;
end $$;
create trigger statistic_return_typed_by_another before update on statistic_return
  for each row execute function statistic_return_typed_by_another();
