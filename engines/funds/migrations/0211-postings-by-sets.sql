-- The county is the same for all rows of a statement: its scope is asked once, not row by row (as migration 0112 has it for
-- the money trail). Asked of each row's county it became a range over the whole key, and every event of a roster was held
-- against every posting: the square of a month.
alter policy fund_posting_of_county on fund_posting
  using (county_code = app_county() and (select in_scope(app_county())));
-- Of a table that nobody has counted yet the planner takes any index that begins with the county for as good as the key.
-- A journal's id is one in all counties: its index needs no county, and then there is one way to an event.
drop index fund_posting_of_journal;
create index fund_posting_of_journal on fund_posting (journal_id, event_id);
