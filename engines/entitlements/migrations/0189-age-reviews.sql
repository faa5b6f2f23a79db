-- 'age': a covered person has reached an age at which the item says that it must be looked at again.
alter table entitlement_review drop constraint entitlement_review_kind_check;
alter table entitlement_review add constraint entitlement_review_kind_check check (kind in ('periodic', 'death', 'age'));
