-- How many checks do not hold, kept at every count and correction: an indicator asks how tables stand. What was sealed was
-- signed with none failing.
alter table statistic_return add column failed integer not null default 0 check (failed >= 0),
  add constraint statistic_return_signed_clean check (state = 'draft' or failed = 0);
grant update (failed) on statistic_return to wuxin_app;
