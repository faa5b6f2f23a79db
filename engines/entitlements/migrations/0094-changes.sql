-- What happens to an entitlement between two decisions, each confirmed by a person: suspended, resumed, somebody leaves,
-- moved to another township or from town to country. Only added to; the amounts stand in entitlement_amount.
create table entitlement_change (
  county_code text not null,
  id uuid not null,
  entitlement_id uuid not null,
  kind text not null check (kind in ('suspend', 'resume', 'member-out', 'transfer')),
  from_month month_text not null,
  reason text not null check (length(btrim(reason)) >= 2),
  -- Who leaves, why and when.
  person_id uuid,
  event text check (event in ('died', 'left', 'jailed', 'adult', 'split', 'merged')),
  happened_on date,
  division_before text,
  division_after text,
  area_before text,
  area_after text,
  before_fen bigint not null check (before_fen >= 0),
  after_fen bigint not null check (after_fen >= 0),
  -- What the rules were given for the new amount, and which rules; none where no rule was asked.
  inputs jsonb,
  rule_version text,
  at timestamptz not null,
  account_id uuid default app_account(),
  by_name text not null,
  primary key (county_code, id),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id),
  check ((kind = 'member-out') = (person_id is not null)),
  check ((inputs is null) = (rule_version is null))
);
create index entitlement_change_of on entitlement_change (county_code, entitlement_id, at);
alter table entitlement_change enable row level security;
alter table entitlement_change force row level security;
create policy entitlement_change_of_scope on entitlement_change using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from entitlement e
    where e.county_code = entitlement_change.county_code and e.id = entitlement_change.entitlement_id)));
grant select, insert on entitlement_change to wuxin_app;
grant update (division_code, area_class) on entitlement to wuxin_app;
