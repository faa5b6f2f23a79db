-- A household that draws becomes two, or two become one: proposed by one officer with what it will do, confirmed by another;
-- then both entitlements, the people and the households are changed in one transaction.
alter table entitlement_change drop constraint entitlement_change_kind_check;
alter table entitlement_change add constraint entitlement_change_kind_check
  check (kind in ('suspend', 'resume', 'member-out', 'transfer', 'split', 'merge'));

create table entitlement_reshape (
  county_code text not null,
  id uuid not null,
  kind text not null check (kind in ('split', 'merge')),
  -- The household that stays, or that the other joins.
  entitlement_id uuid not null,
  -- merge: the one that joins. split: the one that was opened, once it is.
  other_id uuid,
  from_month month_text not null,
  reason text not null check (length(btrim(reason)) >= 2),
  -- split: the head of the new household.
  head_id uuid,
  -- Who goes over, and what he is to the head there.
  people jsonb not null,
  -- What the officer entered of the property of either side, where it is not what the system would assume.
  facts jsonb not null,
  -- What each side was owed and will be, as shown to both officers.
  told jsonb not null,
  state text not null check (state in ('proposed', 'confirmed', 'rejected', 'withdrawn')),
  opened_by uuid not null default app_account(),
  opened_by_name text not null,
  opened_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  note text,
  primary key (county_code, id),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id),
  check ((kind = 'split') = (head_id is not null)),
  check (kind = 'split' or other_id is not null),
  check (other_id <> entitlement_id),
  check ((state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
  -- Who confirms is not who proposed; he may take it back.
  constraint entitlement_reshape_two_people check (state not in ('confirmed', 'rejected') or decided_by <> opened_by)
);
-- One at a time, on either side.
create unique index entitlement_reshape_once on entitlement_reshape (county_code, entitlement_id) where state = 'proposed';
create unique index entitlement_reshape_other_once on entitlement_reshape (county_code, other_id) where state = 'proposed';
create index entitlement_reshape_of on entitlement_reshape (county_code, entitlement_id, opened_at);
create index entitlement_reshape_of_other on entitlement_reshape (county_code, other_id) where other_id is not null;
alter table entitlement_reshape enable row level security;
alter table entitlement_reshape force row level security;
create policy entitlement_reshape_of_scope on entitlement_reshape using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from entitlement e
    where e.county_code = entitlement_reshape.county_code and e.id = entitlement_reshape.entitlement_id)));
grant select, insert on entitlement_reshape to wuxin_app;
grant update (state, other_id, decided_by, decided_by_name, decided_at, note) on entitlement_reshape to wuxin_app;

-- What was proposed stays; it is answered once.
create function entitlement_reshape_guard() returns trigger language plpgsql as $$
begin
  if old.state <> 'proposed'
  then raise exception 'reshape %: answered already', new.id using errcode = 'WX101';
  end if;
  return new;
end $$;
create trigger entitlement_reshape_guard before update on entitlement_reshape
  for each row execute function entitlement_reshape_guard();
