-- Who asks in writing to have no more was not refused anything: a decision at the household's own wish deviates from
-- nothing. Decisions of before keep their mark: nobody said then whose wish it was.
alter table case_decision add column own_wish boolean not null default false;
drop policy case_deviation_review_by_another on case_deviation_review;
alter table case_decision drop column deviates;
alter table case_decision add column deviates boolean not null generated always as (
  coalesce(eligible, false) and not own_wish and case
    when kind in ('refuse', 'stop', 'gradual-exit') then coalesce((explanation ->> 'amountFen')::bigint, 1) > 0
    when kind = 'continue' then amount_fen is distinct from (explanation ->> 'amountFen')::bigint
    else false end) stored;
create index case_decision_deviating on case_decision (county_code, case_id) where deviates;
create policy case_deviation_review_by_another on case_deviation_review as restrictive for insert
  with check (exists (select from case_decision d
    where d.county_code = case_deviation_review.county_code and d.id = decision_id and d.deviates
      and d.account_id is distinct from reviewed_by));
-- Only a stop is somebody's wish.
alter table case_decision add constraint case_decision_own_wish check (not own_wish or kind = 'stop');
