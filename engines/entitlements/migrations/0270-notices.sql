-- Which amounts were told on paper: the number of the paper, and the run it is of, so that a township sees who is still to be
-- told. The paper itself is a document.
create table entitlement_notice (
  county_code text not null,
  entitlement_id uuid not null,
  seq integer not null,
  document_id uuid not null,
  number text not null,
  -- Of an amount of a run; null of a change between two decisions.
  reprice_id uuid,
  division_code text not null check (division_code like county_code || '%'),
  issued_on date not null,
  primary key (county_code, entitlement_id, seq),
  foreign key (county_code, entitlement_id, seq) references entitlement_amount (county_code, entitlement_id, seq),
  foreign key (county_code, document_id) references document (county_code, id)
);
-- A run tells a household once, however many months it changed.
create unique index entitlement_notice_of_run on entitlement_notice (county_code, reprice_id, entitlement_id)
  where reprice_id is not null;
alter table entitlement_notice enable row level security;
alter table entitlement_notice force row level security;
create policy entitlement_notice_seen on entitlement_notice for select using (
  county_code = app_county() and ((select in_scope(app_county())) or in_scope(division_code)));
create policy entitlement_notice_added on entitlement_notice for insert
  with check (county_code = app_county() and in_scope(division_code));
grant select, insert on entitlement_notice to wuxin_app;
