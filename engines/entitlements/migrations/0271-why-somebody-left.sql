-- Why somebody is covered no longer, in the word that the decision or the change chose (死亡, 服刑 …), beside the sentence: people
-- who left are counted by it.
alter table entitlement_person add column end_cause text check (length(end_cause) between 1 and 30);
grant update (end_cause) on entitlement_person to wuxin_app;
