-- 民生实事 by quantity, quality and date: a quality standard is an event of the target; an acceptance (验收单) and a survey of
-- satisfaction are evidence of their own kinds, so the second person and the guard of what was confirmed hold for them too.

alter table plan_event drop constraint plan_event_kind_check;
alter table plan_event add constraint plan_event_kind_check check (kind in (
  'found', 'added', 'corrected', 'dropped', 'bound', 'unbound', 'owner', 'public', 'merged',
  'urged', 'reported', 'accepted', 'returned', 'praised', 'criticised', 'raised',
  'split', 'serves', 'step', 'step-done', 'step-checked', 'step-returned', 'step-dropped', 'closed', 'quality'));

alter table plan_evidence
  add column kind text not null default 'figure' check (kind in ('figure', 'acceptance', 'survey')),
  -- Of an acceptance: the township where it was; null: the county's own.
  add column division_code text check (division_code like county_code || '%'),
  -- Of an acceptance: the quality standard as it stood that day.
  add column standard text check (standard <> ''),
  -- Of a survey: how many were asked; its value is how many of them were satisfied.
  add column asked integer check (asked > 0),
  add constraint plan_evidence_of_acceptance check (
    (kind = 'acceptance') = (standard is not null) and (kind = 'acceptance' or division_code is null)
    and (kind <> 'acceptance' or value > 0)),
  add constraint plan_evidence_of_survey check ((kind = 'survey') = (asked is not null) and (asked is null or value <= asked));

-- Of the quantity promised, how much was accepted, at most 100; null where the aim is no quantity.
alter table plan_standing add column accepted numeric check (accepted between 0 and 100);
