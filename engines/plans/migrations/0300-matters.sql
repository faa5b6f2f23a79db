-- Matters put on supervision (督办立项) that no plan names: from a meeting, an instruction, the hotline, a petition, or a row of
-- a register that stays unsolved. What is done about one is only ever added; how it stands is the fold of it.

create table supervision_matter (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  -- The township that answers; the county's own code where an office does.
  division_code text not null check (division_code like county_code || '%'),
  source text not null check (source in ('meeting', 'instruction', 'hotline', 'petition', 'register')),
  -- Which meeting, whose instruction, the number of the call or letter.
  source_text text not null check (length(source_text) >= 2),
  source_on date not null,
  register text,
  entry_id uuid,
  line_id uuid,
  title text not null check (title <> ''),
  demand text not null check (length(demand) >= 4),
  owner text not null check (owner <> ''),
  due_on date not null,
  made_at timestamptz not null,
  made_by uuid not null,
  made_by_name text not null,
  primary key (county_code, id),
  constraint supervision_matter_of_register check (
    (source = 'register') = (entry_id is not null) and (register is null) = (entry_id is null)
    and (line_id is null or entry_id is not null))
);
create index supervision_matter_by_division on supervision_matter (county_code, division_code, due_on);
-- A row of a register is put on supervision once.
create unique index supervision_matter_of_line on supervision_matter (county_code, entry_id, line_id) where line_id is not null;

create table supervision_event (
  county_code text not null,
  id uuid not null,
  matter_id uuid not null,
  position bigint not null generated always as identity,
  kind text not null check (kind in (
    'urged', 'reported', 'returned', 'closed', 'raised', 'praised', 'criticised')),
  data jsonb not null,
  at timestamptz not null,
  -- Null: the house itself, when a matter goes up a level.
  actor_id uuid,
  actor_name text not null,
  primary key (county_code, id),
  foreign key (county_code, matter_id) references supervision_matter (county_code, id),
  check ((kind = 'raised') = (actor_id is null))
);
create index supervision_event_of_matter on supervision_event (county_code, matter_id, position);
create unique index supervision_event_closes_once on supervision_event (county_code, matter_id) where kind = 'closed';

alter table supervision_matter enable row level security;
alter table supervision_matter force row level security;
create policy supervision_matter_of_scope on supervision_matter using (county_code = app_county() and in_scope(division_code));
alter table supervision_event enable row level security;
alter table supervision_event force row level security;
create policy supervision_event_of_scope on supervision_event using (
  county_code = app_county() and exists (
    select 1 from supervision_matter m where m.county_code = supervision_event.county_code and m.id = matter_id));

grant select, insert on supervision_matter, supervision_event to wuxin_app;

-- What a target was urged for goes up a level too.
alter table plan_event drop constraint plan_event_kind_check;
alter table plan_event add constraint plan_event_kind_check check (kind in (
  'found', 'added', 'corrected', 'dropped', 'bound', 'unbound', 'owner', 'public', 'merged',
  'urged', 'reported', 'accepted', 'returned', 'praised', 'criticised', 'raised',
  'split', 'serves', 'step', 'step-done', 'step-checked', 'step-returned', 'step-dropped', 'closed'));
alter table plan_event alter column actor_id drop not null;
alter table plan_event add constraint plan_event_raised_by_house check ((kind = 'raised') = (actor_id is null));
