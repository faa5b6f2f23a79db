-- A campaign takes its places from the registers, frozen when it is launched, and has a checklist; both are events of the plan.
alter table plan_event drop constraint plan_event_kind_check;
alter table plan_event add constraint plan_event_kind_check check (kind in (
  'found', 'added', 'corrected', 'dropped', 'bound', 'unbound', 'owner', 'public', 'merged',
  'urged', 'reported', 'accepted', 'returned', 'praised', 'criticised', 'raised',
  'split', 'serves', 'step', 'step-done', 'step-checked', 'step-returned', 'step-dropped', 'closed', 'quality',
  'weighed', 'adjusted', 'scope', 'checklist'));
-- A place is in the scope of a campaign once, whoever puts it there.
create index plan_event_of_place on plan_event (county_code, (data->'place'->>'entryId')) where kind = 'step';
