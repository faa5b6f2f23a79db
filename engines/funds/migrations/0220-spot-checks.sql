-- 抽查: of those to whom a month's rosters paid, some are drawn by lot and looked at: at home, in the file, on the account.
-- The lot is the smallest digests of seed and id, so anybody who has the trail of payments and the seed draws the same.

create table spot_check (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  title text not null check (length(btrim(title)) >= 2),
  -- By which plan or rule it is made.
  basis text not null,
  -- Empty: every benefit.
  item text not null,
  month month_text not null,
  seed text not null check (length(seed) >= 8),
  -- Out of how many, which (digest of their ids in order), and how many were drawn.
  population integer not null check (population > 0),
  population_sha256 text not null check (population_sha256 ~ '^[0-9a-f]{64}$'),
  drawn integer not null check (drawn > 0 and drawn <= population),
  drawn_at timestamptz not null,
  drawn_by uuid not null default app_account(),
  drawn_by_name text not null,
  primary key (county_code, id)
);
create index spot_check_by_time on spot_check (county_code, drawn_at desc);

create table spot_check_household (
  county_code text not null,
  check_id uuid not null,
  entitlement_id uuid not null,
  -- The place in the lot.
  seq integer not null check (seq > 0),
  item text not null,
  division_code text not null,
  payee_id uuid not null,
  paid_fen bigint not null,
  state text not null check (state in ('waiting', 'clean', 'found', 'confirmed', 'rectified', 'closed', 'transferred')),
  rectify_by date,
  primary key (county_code, check_id, entitlement_id),
  unique (county_code, check_id, seq),
  foreign key (county_code, check_id) references spot_check (county_code, id),
  foreign key (county_code, entitlement_id) references entitlement (county_code, id),
  foreign key (county_code, payee_id) references person (county_code, id),
  check (division_code like county_code || '%'),
  check (state <> 'confirmed' or rectify_by is not null)
);
create index spot_check_household_by_division on spot_check_household (county_code, division_code);

-- Everything that was seen, looked at again, set right, handed over. Only added to.
create table spot_check_act (
  county_code text not null,
  id uuid not null,
  check_id uuid not null,
  entitlement_id uuid not null,
  seq integer not null check (seq > 0),
  kind text not null check (kind in ('looked', 'confirmed', 'returned', 'rectified', 'accepted', 'reopened', 'transferred')),
  -- Of a look: was the home, the file, the account in order?
  home_ok boolean,
  file_ok boolean,
  account_ok boolean,
  -- Wrongly paid, as far as the look can tell.
  amount_fen bigint check (amount_fen >= 0),
  words text not null,
  rectify_by date,
  acted_on date not null,
  at timestamptz not null,
  account_id uuid not null default app_account(),
  by_name text not null,
  primary key (county_code, id),
  unique (county_code, check_id, entitlement_id, seq),
  foreign key (county_code, check_id, entitlement_id) references spot_check_household (county_code, check_id, entitlement_id),
  check ((kind = 'looked') = (home_ok is not null and file_ok is not null and account_ok is not null and amount_fen is not null)),
  check ((kind = 'confirmed') = (rectify_by is not null)),
  check (kind in ('looked', 'confirmed', 'accepted') or length(btrim(words)) >= 2)
);

-- Who looks again is not who looked; who accepts is not who set right.
create function spot_check_two_people() returns trigger language plpgsql as $$
declare before_by uuid;
begin
  select a.account_id into before_by from spot_check_act a
   where a.county_code = new.county_code and a.check_id = new.check_id and a.entitlement_id = new.entitlement_id
     and a.kind = case when new.kind in ('confirmed', 'returned') then 'looked' else 'rectified' end
   order by a.seq desc limit 1;
  if new.kind in ('confirmed', 'returned', 'accepted', 'reopened') and (before_by is null or before_by = new.account_id) then
    raise exception 'spot check: % needs another person', new.kind using errcode = 'WX124';
  end if;
  return new;
end $$;
create trigger spot_check_two_people before insert on spot_check_act for each row execute function spot_check_two_people();

create function spot_check_moves() returns trigger language plpgsql as $$
begin
  if not (old.state, new.state) in (('waiting', 'clean'), ('waiting', 'found'), ('found', 'waiting'), ('found', 'confirmed'),
    ('confirmed', 'rectified'), ('rectified', 'closed'), ('rectified', 'confirmed'), ('confirmed', 'transferred'))
  then raise exception 'spot check: % may not become %', old.state, new.state using errcode = 'WX101';
  end if;
  return new;
end $$;
create trigger spot_check_moves before update on spot_check_household for each row execute function spot_check_moves();

do $$
declare t text;
begin
  foreach t in array array['spot_check', 'spot_check_household', 'spot_check_act'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
-- A head holds sums and no person: staff of the county read it; who answers for the whole county draws.
create policy spot_check_seen on spot_check for select using (county_code = app_county() and app_scope() is not null);
create policy spot_check_drawn on spot_check for insert with check (county_code = app_county() and in_scope(county_code));
create policy spot_check_household_seen on spot_check_household for select using (
  county_code = app_county() and ((select in_scope(app_county())) or in_scope(division_code)));
create policy spot_check_household_drawn on spot_check_household for insert with check (
  county_code = app_county() and in_scope(county_code));
create policy spot_check_household_moved on spot_check_household for update using (
  county_code = app_county() and in_scope(division_code));
create policy spot_check_act_of_scope on spot_check_act using (
  county_code = app_county() and ((select in_scope(app_county())) or exists (
    select from spot_check_household h
    where h.county_code = spot_check_act.county_code and h.check_id = spot_check_act.check_id
      and h.entitlement_id = spot_check_act.entitlement_id)));

grant select, insert on spot_check, spot_check_household, spot_check_act to wuxin_app;
grant update (state, rectify_by) on spot_check_household to wuxin_app;
