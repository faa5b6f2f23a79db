-- A plan that was read in by mistake is taken back by two people, with a reason: from then on its targets count nowhere and are
-- carried over into no later plan. The plan, its text and all that was done about it stay to be seen.
create table plan_take_back (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  plan_id uuid not null,
  reason text not null check (length(reason) >= 4),
  asked_at timestamptz not null,
  asked_by uuid not null,
  asked_by_name text not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  accepted boolean,
  note text not null default '',
  primary key (county_code, id),
  foreign key (county_code, plan_id) references plan,
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (accepted is null)
         and (decided_by is null) = (decided_by_name is null)),
  check (accepted is distinct from false or length(note) >= 4),
  constraint plan_take_back_second_person check (accepted is not true or decided_by <> asked_by)
);
-- One at a time, and once only.
create unique index plan_take_back_one on plan_take_back (county_code, plan_id) where accepted is distinct from false;

create function plan_take_back_guard() returns trigger language plpgsql as $$
begin
  if old.decided_at is not null then
    raise exception 'taking back plan %: already decided', old.plan_id using errcode = 'WX590';
  end if;
  return new;
end $$;
create trigger plan_take_back_guard before update on plan_take_back for each row execute function plan_take_back_guard();

alter table plan_take_back enable row level security;
alter table plan_take_back force row level security;
create policy plan_take_back_of_county on plan_take_back using (county_code = app_county());
grant select, insert, update (decided_at, decided_by, decided_by_name, accepted, note) on plan_take_back to wuxin_app;

-- What counts: every plan but those that two people took back.
create view plan_in_force with (security_invoker = true) as
  select p.* from plan p where not exists (
    select from plan_take_back b where b.county_code = p.county_code and b.plan_id = p.id and b.accepted);
grant select on plan_in_force to wuxin_app;

-- Nothing is done any more about what was taken back.
create function plan_taken_back_guard() returns trigger language plpgsql as $$
begin
  if exists (select from plan_take_back b
              where b.county_code = new.county_code and b.plan_id = new.plan_id and b.accepted) then
    raise exception 'plan %: taken back', new.plan_id using errcode = 'WX590';
  end if;
  return new;
end $$;
create trigger plan_event_taken_back before insert on plan_event for each row execute function plan_taken_back_guard();
create trigger plan_evidence_taken_back before insert on plan_evidence for each row execute function plan_taken_back_guard();

-- A target that was merged into one of a plan that goes stands by itself again.
alter table plan_event drop constraint plan_event_kind_check;
alter table plan_event add constraint plan_event_kind_check check (kind in (
  'found', 'added', 'corrected', 'dropped', 'bound', 'unbound', 'owner', 'public', 'merged', 'parted',
  'urged', 'reported', 'accepted', 'returned', 'praised', 'criticised', 'raised',
  'split', 'serves', 'step', 'step-done', 'step-checked', 'step-returned', 'step-dropped', 'closed', 'quality',
  'weighed', 'adjusted', 'scope', 'checklist', 'self-checked'));
