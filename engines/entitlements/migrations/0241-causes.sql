-- Why it ended or was lowered, in the word that the decision chose (服刑, 收入超过标准 …): what is asked back says it too.
alter table entitlement add column end_cause text check (length(end_cause) between 1 and 30);
alter table entitlement_amount add column cause text check (length(cause) between 1 and 30);
grant update (end_cause) on entitlement to wuxin_app;
