-- 异议: what somebody says against a published list, from the public page or told to an officer, with its clock and answer.
-- Name, telephone and words are sealed: they are never public.
create table roster_objection (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  publicity_id uuid not null,
  via text not null check (via in ('page', 'letter', 'phone', 'visit')),
  name_sealed bytea not null,
  phone_sealed bytea,
  text_sealed bytea not null,
  received_on date not null,
  -- Empty: the county has not said within how many days it answers.
  due_on date,
  entered_by_name text not null,
  entered_at timestamptz not null,
  result text check (result in ('upheld', 'unfounded')),
  answer_sealed bytea,
  answered_on date,
  answered_by uuid,
  answered_by_name text,
  primary key (county_code, id),
  foreign key (county_code, publicity_id) references roster_publicity (county_code, id),
  check ((result is null) = (answer_sealed is null) and (result is null) = (answered_on is null)
    and (result is null) = (answered_by is null) and (result is null) = (answered_by_name is null))
);
create index roster_objection_of_publicity on roster_objection (county_code, publicity_id);
create index roster_objection_open on roster_objection (county_code, due_on) where result is null;

create function roster_objection_guard() returns trigger language plpgsql as $$
begin
  if old.result is not null then
    raise exception 'objection %: already answered', old.id using errcode = 'WX123';
  end if;
  return new;
end $$;
create trigger roster_objection_guard before update on roster_objection
  for each row execute function roster_objection_guard();

alter table roster_objection enable row level security;
alter table roster_objection force row level security;
create policy roster_objection_of_county on roster_objection
  using (county_code = app_county() and in_scope(county_code));
grant select, insert, update (result, answer_sealed, answered_on, answered_by, answered_by_name) on roster_objection
  to wuxin_app;
