-- 分配: for whom a 资金 is meant, once it came: the county's own offices, a township, a village. It moves no money; what is
-- paid is in the journals. Only added to: what was allotted wrongly is withdrawn by a row of its own.
create table fund_allotment (
  county_code text not null,
  id uuid not null,
  account_id uuid not null,
  -- The county's code: kept at the county.
  division_code text not null,
  purpose text not null check (length(btrim(purpose)) >= 2),
  document text not null check (document <> ''),
  allotted_on date not null,
  amount_fen bigint not null check (amount_fen > 0),
  -- Of a withdrawal: what it takes back, whole.
  withdraws uuid,
  at timestamptz not null,
  by_account uuid not null default app_account(),
  by_name text not null,
  primary key (county_code, id),
  foreign key (county_code, account_id) references fund_account (county_code, id),
  foreign key (county_code, withdraws) references fund_allotment (county_code, id),
  check (division_code like county_code || '%')
);
create unique index fund_allotment_withdrawn_once on fund_allotment (county_code, withdraws) where withdraws is not null;
create index fund_allotment_of_account on fund_allotment (county_code, account_id);

-- Nothing is allotted that did not come; a withdrawal is of the same 资金 and sum.
create function fund_allotment_guard() returns trigger language plpgsql as $$
begin
  if new.withdraws is not null and not exists (
    select from fund_allotment a where a.county_code = new.county_code and a.id = new.withdraws and a.withdraws is null
      and a.account_id = new.account_id and a.division_code = new.division_code and a.amount_fen = new.amount_fen)
  then raise exception 'allotment %: withdraws something else', new.id using errcode = 'WX125';
  end if;
  if (select coalesce(sum(case when a.withdraws is null then a.amount_fen else -a.amount_fen end), 0) from fund_allotment a
       where a.county_code = new.county_code and a.account_id = new.account_id)
     > (select coalesce(sum(e.credit_fen - e.debit_fen), 0) from fund_entry e
         where e.county_code = new.county_code and e.account_id = new.account_id and e.class = 'received')
  then raise exception 'account %: more is allotted than came in', new.account_id using errcode = 'WX125';
  end if;
  return null;
end $$;
create trigger fund_allotment_guard after insert on fund_allotment for each row execute function fund_allotment_guard();

alter table fund_allotment enable row level security;
alter table fund_allotment force row level security;
create policy fund_allotment_of_county on fund_allotment using (county_code = app_county() and in_scope(county_code));
grant select, insert on fund_allotment to wuxin_app;
