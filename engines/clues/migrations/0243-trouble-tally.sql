-- How often somebody told us of trouble today, by phone and by network address, and how often a number was guessed wrongly:
-- keyed digests and counts, no contents; forgotten after a week.
create table trouble_tally (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  day date not null,
  kind text not null check (kind in ('phone', 'address', 'wrong')),
  digest bytea not null check (length(digest) = 32),
  n int not null check (n > 0),
  primary key (county_code, day, kind, digest)
);
alter table trouble_tally enable row level security;
alter table trouble_tally force row level security;
-- Only the house itself counts: no account and no resident reads who told what.
create policy trouble_tally_of_house on trouble_tally using (
  county_code = app_county() and app_account() is null and app_person() is null and in_scope(county_code));
grant select, insert, update (n), delete on trouble_tally to wuxin_app;
