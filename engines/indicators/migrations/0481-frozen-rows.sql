-- The rows that a frozen figure was made of, kept with it: ledgers go on changing, what was counted does not. One pack is
-- the rows of one ledger in one township (or of the county itself) as they were when a month was frozen or a figure
-- corrected; all figures of that ledger share it. It is compressed, names in it are masked as on the page.
create table indicator_rows (
  county_code text not null check (county_code ~ '^\d{6}$'),
  -- What was frozen at once.
  batch uuid not null,
  ledger text not null check (ledger <> ''),
  division_code text not null check (left(division_code, 6) = county_code),
  month month_text not null,
  -- How many rows, and deflated JSON: {atoms, columns, rows}; see kept-rows.ts.
  count integer not null check (count > 0),
  body bytea not null,
  primary key (county_code, batch, ledger, division_code)
);

-- Null: frozen before rows were kept.
alter table indicator_snapshot add column rows_of uuid;

alter table indicator_rows enable row level security;
alter table indicator_rows force row level security;
create policy indicator_rows_of_division on indicator_rows using (county_code = app_county() and in_scope(division_code));
grant select, insert on indicator_rows to wuxin_app;
