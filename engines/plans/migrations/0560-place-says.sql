-- A place that a campaign checks says how it stands by the checklist, and that it put right what was found.
alter table plan_event drop constraint plan_event_kind_check;
alter table plan_event add constraint plan_event_kind_check check (kind in (
  'found', 'added', 'corrected', 'dropped', 'bound', 'unbound', 'owner', 'public', 'merged',
  'urged', 'reported', 'accepted', 'returned', 'praised', 'criticised', 'raised',
  'split', 'serves', 'step', 'step-done', 'step-checked', 'step-returned', 'step-dropped', 'closed', 'quality',
  'weighed', 'adjusted', 'scope', 'checklist', 'self-checked'));
alter table supervision_event drop constraint supervision_event_kind_check;
alter table supervision_event add constraint supervision_event_kind_check check (kind in (
  'urged', 'rectified', 'reported', 'returned', 'closed', 'raised', 'praised', 'criticised'));
