-- A decision that is not what the rules gave on the facts: allowed, with reasons, and never overlooked. The database says
-- which one is: who was entitled by the rules and got or kept nothing, or whose amount was left at another one.
alter table case_decision add column deviates boolean not null generated always as (
  coalesce(eligible, false) and case
    when kind in ('refuse', 'stop', 'gradual-exit') then coalesce((explanation ->> 'amountFen')::bigint, 1) > 0
    when kind = 'continue' then amount_fen is distinct from (explanation ->> 'amountFen')::bigint
    else false end) stored;
create index case_decision_deviating on case_decision (county_code, case_id) where deviates;

-- That a leader, not the one who decided, has looked at it, and what he found.
create table case_deviation_review (
  county_code text not null check (county_code ~ '^\d{6}$'),
  decision_id uuid not null,
  result text not null check (result in ('accepted', 'redo')),
  note text not null check (length(note) between 2 and 500),
  reviewed_at timestamptz not null,
  reviewed_by uuid not null,
  reviewed_by_name text not null,
  primary key (county_code, decision_id),
  foreign key (county_code, decision_id) references case_decision (county_code, id)
);
alter table case_deviation_review enable row level security;
alter table case_deviation_review force row level security;
create policy case_deviation_review_of_decision on case_deviation_review
  using (county_code = (select app_county()) and exists (select from case_decision d
    where d.county_code = case_deviation_review.county_code and d.id = decision_id));
create policy case_deviation_review_by_another on case_deviation_review as restrictive for insert
  with check (exists (select from case_decision d
    where d.county_code = case_deviation_review.county_code and d.id = decision_id and d.deviates
      and d.account_id is distinct from reviewed_by));
grant select, insert on case_deviation_review to wuxin_app;
