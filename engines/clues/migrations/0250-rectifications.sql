-- 整改通知单: what the county found wanting in a township's work, by when it must be put right, what the township answered
-- with its evidence, and whether the county took it. The row is the fold of its actions, which are only added to.

create table rectification (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  id uuid not null,
  number text not null,
  -- A township.
  division_code text not null check (division_code like county_code || '%' and length(division_code) >= 9),
  -- The month that was looked at.
  month month_text not null,
  -- What was wrong, what is asked, the figures of the day: may name people.
  words_sealed bytea not null,
  issued_on date not null,
  due_on date not null,
  state text not null check (state in ('issued', 'answered', 'accepted', 'withdrawn')),
  version int not null check (version > 0),
  returned int not null default 0 check (returned >= 0),
  answered_on date check (answered_on >= issued_on),
  closed_on date check (closed_on >= issued_on),
  issued_by uuid default app_account(),
  issued_by_name text not null,
  primary key (county_code, id),
  unique (county_code, number),
  check ((state in ('accepted', 'withdrawn')) = (closed_on is not null)),
  check (state not in ('answered', 'accepted') or answered_on is not null)
);
create index rectification_by_division on rectification (county_code, division_code, due_on);

create table rectification_action (
  county_code text not null default app_county(),
  id uuid not null,
  rectification_id uuid not null,
  version int not null check (version > 0),
  action text not null check (action in ('issue', 'answer', 'accept', 'send-back', 'withdraw')),
  to_state text not null check (to_state in ('issued', 'answered', 'accepted', 'withdrawn')),
  data_sealed bytea not null,
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  primary key (county_code, id),
  unique (county_code, rectification_id, version),
  foreign key (county_code, rectification_id) references rectification (county_code, id)
);

alter table rectification enable row level security;
alter table rectification force row level security;
alter table rectification_action enable row level security;
alter table rectification_action force row level security;
create policy rectification_of_scope on rectification using (county_code = app_county() and in_scope(division_code));
create policy rectification_action_of_scope on rectification_action using (
  county_code = app_county()
  and exists (select from rectification r
    where r.county_code = rectification_action.county_code and r.id = rectification_action.rectification_id)
);
grant select, insert, update (due_on, state, version, returned, answered_on, closed_on) on rectification to wuxin_app;
grant select, insert on rectification_action to wuxin_app;
