-- A recognition (低保边缘, 刚性支出困难) is kept like what is drawn, for whom, from when, looked at again when; only no money
-- comes of it: its one amount is 0, so that no roster and no raise ever has it. Told apart by this mark, copied from the
-- declaration at opening, from what was suspended.
alter table entitlement add column recognition boolean not null default false;
