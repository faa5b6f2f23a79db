-- A roster whose failures are paid again is open until the reissue is closed: those that closed too early open again.
-- Of every county: for these lines the owner is not held to the county of a transaction.
alter table roster no force row level security;
update roster r set state = 'sent' where r.state = 'closed' and exists (
  select from roster c where c.county_code = r.county_code and c.parent_id = r.id
    and c.state not in ('closed', 'discarded'));
alter table roster force row level security;
