-- Subsidies that follow from others (物价联动): an index entered month by month, what the rules say of it, and, once a
-- second person confirmed, an entitlement of that one month beside each one that was drawn in it.

create table linkage_month (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  linkage text not null,
  month month_text not null,
  -- What was entered, in percent, by the name that the rules give it; and the paper it was read from.
  index_values jsonb not null,
  source text not null check (length(btrim(source)) >= 2),
  -- What the rules said: whether it sets the subsidy going, and 分 a person by area and class, with its words.
  starts boolean not null,
  rates jsonb not null,
  told jsonb not null,
  rule_version text not null,
  -- idle: not set going. replaced: entered anew.
  state text not null check (state in ('idle', 'proposed', 'confirmed', 'dismissed', 'replaced')),
  entered_by uuid not null default app_account(),
  entered_by_name text not null,
  entered_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  decision_note text,
  -- What was confirmed.
  households integer,
  persons integer,
  amount_fen bigint,
  primary key (county_code, id),
  check (starts = (state in ('proposed', 'confirmed', 'dismissed')) or state = 'replaced'),
  check ((state in ('confirmed', 'dismissed')) = (decided_by is not null)),
  check ((decided_by is null) = (decided_at is null)),
  check ((state = 'confirmed') = (amount_fen is not null)),
  -- Who confirms is not who entered.
  constraint linkage_two_people check (decided_by <> entered_by)
);
create unique index linkage_month_once on linkage_month (county_code, linkage, month)
  where state in ('idle', 'proposed', 'confirmed');
alter table linkage_month enable row level security;
alter table linkage_month force row level security;
-- A head holds sums and no person: staff of the county read it, whoever answers for the whole county writes.
create policy linkage_month_seen on linkage_month for select using (county_code = app_county() and app_scope() is not null);
create policy linkage_month_added on linkage_month for insert with check (county_code = app_county() and in_scope(county_code));
create policy linkage_month_moved on linkage_month for update using (county_code = app_county() and in_scope(county_code));
grant select, insert on linkage_month to wuxin_app;
grant update (state, decided_by, decided_by_name, decided_at, decision_note, households, persons, amount_fen)
  on linkage_month to wuxin_app;

-- What was entered and what was confirmed stays.
create function linkage_month_guard() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and not (old.state, new.state) in
    (('proposed', 'confirmed'), ('proposed', 'dismissed'), ('proposed', 'replaced'), ('idle', 'replaced'))
  then raise exception 'linkage %: % may not become %', new.id, old.state, new.state using errcode = 'WX101';
  end if;
  return new;
end $$;
create trigger linkage_month_guard before update on linkage_month for each row execute function linkage_month_guard();

-- Each entitlement that was opened, with the one it follows from. Nothing drawn in a month is followed twice.
create table linkage_share (
  county_code text not null,
  linkage_id uuid not null,
  linkage text not null,
  month month_text not null,
  source_id uuid not null,
  entitlement_id uuid not null,
  persons uuid[] not null check (cardinality(persons) > 0),
  amount_fen bigint not null check (amount_fen > 0),
  primary key (county_code, linkage, month, source_id),
  unique (county_code, entitlement_id),
  foreign key (county_code, linkage_id) references linkage_month (county_code, id),
  foreign key (county_code, source_id) references entitlement (county_code, id)
);
create index linkage_share_of on linkage_share (county_code, linkage_id);
alter table linkage_share enable row level security;
alter table linkage_share force row level security;
create policy linkage_share_of_scope on linkage_share using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from entitlement e
    where e.county_code = linkage_share.county_code and e.id = linkage_share.source_id)));
grant select, insert on linkage_share to wuxin_app;
