-- A decision computes its first month. What its facts give for later months whose standard is known already stands beside
-- it, with the rules that said so; a run and a change know theirs.
alter table entitlement_amount add column rule_version text;
