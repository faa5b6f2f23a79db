-- Who is owed what, for whom, from which month to which. Amounts are dated and only ever added to: an old month keeps
-- its old amount. A month is text 'YYYY-MM', which sorts in time order.

create domain month_text as text check (value ~ '^\d{4}-(0[1-9]|1[0-2])$');

create table entitlement (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  item text not null,
  -- Copied from the declaration at opening, so that a later change of the declaration does not move old slots.
  exclusivity_group text not null,
  subject_kind text not null check (subject_kind in ('household', 'person')),
  household_id uuid,
  applicant_id uuid not null,
  payee_id uuid not null,
  division_code text not null,
  area_class text,
  case_id uuid,
  from_month month_text not null,
  -- The last month owed. Earlier than from_month when it was ended before it began.
  end_month month_text,
  end_reason text,
  end_kind text check (end_kind in ('decision', 'death')),
  -- Whose death ended it.
  end_person_id uuid,
  review_months integer not null check (review_months between 1 and 120),
  review_class text,
  opened_at timestamptz not null,
  subject_id uuid generated always as (case when subject_kind = 'household' then household_id else applicant_id end) stored,
  primary key (county_code, id),
  foreign key (county_code, applicant_id) references person (county_code, id),
  foreign key (county_code, payee_id) references person (county_code, id),
  foreign key (county_code, household_id) references household (county_code, id),
  check (division_code like county_code || '%'),
  check (subject_kind = 'person' or household_id is not null),
  check ((end_month is null) = (end_reason is null) and (end_month is null) = (end_kind is null))
);
create unique index entitlement_live_once on entitlement (county_code, item, subject_id) where end_month is null;
create index entitlement_by_division on entitlement (county_code, division_code);
create index entitlement_by_payee on entitlement (county_code, payee_id);
create index entitlement_by_applicant on entitlement (county_code, applicant_id);
create index entitlement_by_household on entitlement (county_code, household_id) where household_id is not null;
create index entitlement_by_case on entitlement (county_code, case_id) where case_id is not null;

alter table entitlement enable row level security;
alter table entitlement force row level security;
create policy entitlement_seen on entitlement for select using (
  county_code = app_county()
  -- Who sees the whole county is told so once for the statement, not row by row.
  and ((select in_scope(app_county())) or in_scope(division_code) or applicant_id = app_person() or payee_id = app_person()));
create policy entitlement_opened on entitlement for insert
  with check (county_code = app_county() and in_scope(division_code));
create policy entitlement_moved on entitlement for update
  using (county_code = app_county() and in_scope(division_code));
grant select, insert on entitlement to wuxin_app;
grant update (payee_id, case_id, end_month, end_reason, end_kind, end_person_id, review_months, review_class)
  on entitlement to wuxin_app;

-- The children are seen with their entitlement. For a county-wide actor the first test settles it, so that sets of
-- many thousand rows do not probe the parent one by one.
create table entitlement_amount (
  county_code text not null,
  entitlement_id uuid not null,
  seq integer not null check (seq > 0),
  from_month month_text not null,
  amount_fen bigint not null check (amount_fen >= 0),
  persons integer not null check (persons >= 0),
  reason text not null,
  decision_id uuid,
  recorded_at timestamptz not null,
  recorded_by uuid default app_account(),
  primary key (county_code, entitlement_id, seq),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id)
);
create index entitlement_amount_in_force on entitlement_amount (county_code, entitlement_id, from_month desc, seq desc)
  include (amount_fen);
alter table entitlement_amount enable row level security;
alter table entitlement_amount force row level security;
create policy entitlement_amount_of_scope on entitlement_amount using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from entitlement e
    where e.county_code = entitlement_amount.county_code and e.id = entitlement_amount.entitlement_id)));
grant select, insert on entitlement_amount to wuxin_app;

create table entitlement_person (
  county_code text not null,
  entitlement_id uuid not null,
  person_id uuid not null,
  from_month month_text not null,
  end_month month_text,
  end_reason text,
  primary key (county_code, entitlement_id, person_id, from_month),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id),
  foreign key (county_code, person_id) references person (county_code, id),
  check ((end_month is null) = (end_reason is null))
);
create index entitlement_person_by_person on entitlement_person (county_code, person_id);
alter table entitlement_person enable row level security;
alter table entitlement_person force row level security;
create policy entitlement_person_of_scope on entitlement_person using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from entitlement e
    where e.county_code = entitlement_person.county_code and e.id = entitlement_person.entitlement_id)));
grant select, insert on entitlement_person to wuxin_app;
grant update (end_month, end_reason) on entitlement_person to wuxin_app;

-- A decision is applied once, however often its event arrives.
create table entitlement_decision (
  county_code text not null,
  decision_id uuid not null,
  entitlement_id uuid not null,
  kind text not null check (kind in ('award', 'adjust', 'continue', 'gradual-exit', 'stop')),
  applied_at timestamptz not null,
  primary key (county_code, decision_id),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id)
);
create index entitlement_decision_by_entitlement on entitlement_decision (county_code, entitlement_id);
alter table entitlement_decision enable row level security;
alter table entitlement_decision force row level security;
create policy entitlement_decision_of_scope on entitlement_decision using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from entitlement e
    where e.county_code = entitlement_decision.county_code and e.id = entitlement_decision.entitlement_id)));
grant select, insert on entitlement_decision to wuxin_app;

create table entitlement_review (
  county_code text not null,
  id uuid not null,
  entitlement_id uuid not null,
  -- 'periodic': the item's own review; 'death': a covered member died and others remain.
  kind text not null check (kind in ('periodic', 'death')),
  -- What it is about: the entitlement, or the person who died.
  about_id uuid not null,
  label text not null,
  due_on date not null,
  opened_at timestamptz not null,
  -- The request that recorded it: a repeated request is the same request.
  request_id uuid,
  done_on date,
  result text check (result in ('continue', 'recheck', 'stop')),
  method text check (method in ('home-visit', 'video', 'data-match', 'office', 'decision')),
  note text,
  done_by uuid,
  done_by_name text,
  -- Its result asks for a decision that has not come yet.
  pending boolean not null default false,
  primary key (county_code, id),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id),
  check ((done_on is null) = (result is null) and (done_on is null) = (method is null)),
  check (not pending or result in ('recheck', 'stop'))
);
create index entitlement_review_pending on entitlement_review (county_code, entitlement_id) where pending;
create unique index entitlement_review_open_once on entitlement_review (county_code, entitlement_id, kind, about_id)
  where done_on is null;
create unique index entitlement_review_death_once on entitlement_review (county_code, entitlement_id, about_id)
  where kind = 'death';
create unique index entitlement_review_request_once on entitlement_review (county_code, request_id)
  where request_id is not null;
create index entitlement_review_due on entitlement_review (county_code, due_on) where done_on is null;
create index entitlement_review_of on entitlement_review (county_code, entitlement_id, due_on);
alter table entitlement_review enable row level security;
alter table entitlement_review force row level security;
create policy entitlement_review_of_scope on entitlement_review using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from entitlement e
    where e.county_code = entitlement_review.county_code and e.id = entitlement_review.entitlement_id)));
grant select, insert on entitlement_review to wuxin_app;
grant update (request_id, done_on, result, method, note, done_by, done_by_name, pending)
  on entitlement_review to wuxin_app;

-- What the county owes in a month: one row per entitlement, the amount in force then. This is the door through which
-- later engines compute with sets; it runs as the caller, so row-level security holds inside it.
create function entitlement_owed(p_month text) returns table (
  county_code text, entitlement_id uuid, item text, exclusivity_group text, subject_kind text, household_id uuid,
  applicant_id uuid, payee_id uuid, division_code text, area_class text, case_id uuid, from_month text,
  amount_fen bigint
) language sql stable as $$
  select e.county_code, e.id, e.item, e.exclusivity_group, e.subject_kind, e.household_id,
         e.applicant_id, e.payee_id, e.division_code, e.area_class, e.case_id, e.from_month::text, a.amount_fen
  from entitlement e
  cross join lateral (
    select x.amount_fen from entitlement_amount x
    where x.county_code = e.county_code and x.entitlement_id = e.id and x.from_month <= p_month
    order by x.from_month desc, x.seq desc limit 1) a
  where e.county_code = app_county()
    and e.from_month <= p_month and (e.end_month is null or e.end_month >= p_month)
    and a.amount_fen > 0
$$;

-- Whom those entitlements cover in that month.
create function entitlement_covered(p_month text) returns table (
  county_code text, entitlement_id uuid, person_id uuid
) language sql stable as $$
  select distinct p.county_code, p.entitlement_id, p.person_id
  from entitlement_person p
  where p.county_code = app_county()
    and p.from_month <= p_month and (p.end_month is null or p.end_month >= p_month)
$$;
revoke execute on function entitlement_owed(text), entitlement_covered(text) from public;
grant execute on function entitlement_owed(text), entitlement_covered(text) to wuxin_app;
