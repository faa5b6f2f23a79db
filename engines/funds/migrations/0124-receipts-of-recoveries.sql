-- Which cash of a recovery stands in which journal: each once. What is not here waits, and says why.
create table fund_receipt (
  county_code text not null,
  receipt_id uuid not null,
  recovery_id uuid not null,
  month month_text not null,
  journal_id uuid not null,
  primary key (county_code, receipt_id, recovery_id, month),
  unique (county_code, journal_id),
  foreign key (county_code, receipt_id, recovery_id, month)
    references recovery_entry (county_code, receipt_id, recovery_id, month),
  foreign key (county_code, journal_id) references fund_journal (county_code, id)
);
alter table fund_receipt enable row level security;
alter table fund_receipt force row level security;
create policy fund_receipt_of_county on fund_receipt using (county_code = app_county() and in_scope(county_code));
grant select, insert on fund_receipt to wuxin_app;
