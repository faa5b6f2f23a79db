-- 发放后复查: what a month's rosters paid is asked again with what is known today, by the same rules as before the
-- payment. A finding is raised once for a line and rule; what it comes to is a person's word, given once.
create table recheck (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  month month_text not null,
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  lines integer not null check (lines >= 0),
  found integer not null check (found >= 0),
  primary key (county_code, id)
);
create index recheck_of_month on recheck (county_code, month, at);

create table recheck_finding (
  county_code text not null,
  line_id uuid not null,
  rule text not null,
  recheck_id uuid not null,
  roster_id uuid not null,
  month month_text not null,
  severity text not null check (severity in ('block', 'warn')),
  reason text not null,
  found_at timestamptz not null,
  outcome text check (outcome in ('justified', 'recovery', 'clue')),
  note text,
  recovery_id uuid,
  clue_id uuid,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  primary key (county_code, line_id, rule),
  foreign key (county_code, recheck_id) references recheck (county_code, id),
  foreign key (county_code, roster_id) references roster (county_code, id),
  foreign key (county_code, recovery_id) references recovery (county_code, id),
  check ((outcome is null) = (decided_by is null) and (outcome is null) = (note is null)
    and (outcome is null) = (decided_at is null) and (outcome is null) = (decided_by_name is null)),
  check ((outcome is not distinct from 'recovery') = (recovery_id is not null)),
  check ((outcome is not distinct from 'clue') = (clue_id is not null)),
  check (outcome is distinct from 'justified' or length(btrim(note)) >= 4)
);
create index recheck_finding_of_month on recheck_finding (county_code, month, rule);

-- A word once given stands; whoever made the roster does not judge what it paid.
create function recheck_finding_guard() returns trigger language plpgsql as $$
begin
  if old.outcome is not null then
    raise exception 'finding %: already decided', old.line_id using errcode = 'WX123';
  end if;
  if exists (select from roster_signature s where s.county_code = new.county_code and s.roster_id = new.roster_id
      and s.step = 'maker' and s.account_id = new.decided_by)
  then raise exception 'finding %: decided by the maker', new.line_id using errcode = 'WX127';
  end if;
  return new;
end $$;
create trigger recheck_finding_guard before update on recheck_finding
  for each row execute function recheck_finding_guard();

do $$
declare t text;
begin
  foreach t in array array['recheck', 'recheck_finding'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county() and in_scope(county_code))', t || '_of_county', t);
  end loop;
end $$;
grant select, insert, update (found) on recheck to wuxin_app;
grant select, insert on recheck_finding to wuxin_app;
grant update (outcome, note, recovery_id, clue_id, decided_by, decided_by_name, decided_at) on recheck_finding to wuxin_app;
