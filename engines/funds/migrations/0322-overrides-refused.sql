-- 垫付 that is not given: a leader says no, or whoever asked takes it back, with a reason. What was answered stands.
alter table fund_override
  add column refused_by uuid,
  add column refused_by_name text,
  add column refused_at timestamptz,
  add column refused_note text,
  add constraint fund_override_refused check ((refused_by is null) = (refused_at is null)
    and (refused_by is null) = (refused_by_name is null) and (refused_by is null) = (refused_note is null)),
  add constraint fund_override_one_answer check (approved_at is null or refused_at is null),
  add constraint fund_override_refused_note check (length(btrim(refused_note)) >= 2);
grant update (refused_by, refused_by_name, refused_at, refused_note) on fund_override to wuxin_app;

create or replace function fund_override_guard() returns trigger language plpgsql as $$
begin
  if old.approved_at is not null or old.refused_at is not null then
    raise exception 'override %: already answered', old.id using errcode = 'WX123';
  end if;
  return new;
end $$;
