-- What was wrongly given is taken back, never edited: one person asks with a reason, another agrees, and from then on
-- it counts nowhere; both stay to be seen. What nobody confirmed yet counts nowhere anyway: one person is enough.
create table plan_evidence_take_back (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  evidence_id uuid not null,
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
  foreign key (county_code, evidence_id) references plan_evidence,
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (accepted is null)
         and (decided_by is null) = (decided_by_name is null)),
  check (accepted is distinct from false or length(note) >= 4)
);
-- One at a time, and once only.
create unique index plan_evidence_take_back_one on plan_evidence_take_back (county_code, evidence_id)
  where accepted is distinct from false;

create function plan_evidence_take_back_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.decided_at is not null then
    raise exception 'taking back %: already decided', old.id using errcode = 'WX480';
  end if;
  if new.accepted and new.decided_by = new.asked_by and exists (
    select from plan_evidence e
     where e.county_code = new.county_code and e.id = new.evidence_id and e.confirmed_at is not null)
  then
    raise exception 'taking back %: what was confirmed is taken back by two', new.id using errcode = 'WX480';
  end if;
  return new;
end $$;
create trigger plan_evidence_take_back_guard before insert or update on plan_evidence_take_back
  for each row execute function plan_evidence_take_back_guard();

-- What was taken back before anybody confirmed it is not confirmed afterwards.
create or replace function plan_evidence_guard() returns trigger language plpgsql as $$
begin
  if old.confirmed_at is not null then
    raise exception 'evidence %: already confirmed', old.id using errcode = 'WX150';
  end if;
  if exists (select from plan_evidence_take_back b
              where b.county_code = old.county_code and b.evidence_id = old.id and b.accepted) then
    raise exception 'evidence %: taken back', old.id using errcode = 'WX480';
  end if;
  return new;
end $$;

alter table plan_evidence_take_back enable row level security;
alter table plan_evidence_take_back force row level security;
create policy plan_evidence_take_back_of_county on plan_evidence_take_back using (county_code = app_county());
grant select, insert, update (decided_at, decided_by, decided_by_name, accepted, note) on plan_evidence_take_back to wuxin_app;
