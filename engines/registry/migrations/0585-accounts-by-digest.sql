-- Who is paid into an account, also one that has been replaced meanwhile: a line keeps the account it was made with, and
-- one line under test need not read its whole roster to know whom else that account serves.
drop index bank_account_shared;
create index bank_account_by_digest on bank_account (county_code, account_digest);
