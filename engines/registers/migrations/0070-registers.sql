-- Every declared ledger lives in these four tables; which fields `values` holds is said by the declaration and checked
-- by this engine. What was is never lost: each save leaves the whole answers in register_history.
create table register_entry (
  county_code text not null default app_county() check (county_code ~ '^\d{6}$'),
  register text not null,
  id uuid not null,
  version int not null check (version > 0),
  division_code text not null check (division_code like county_code || '%'),
  title text not null check (length(title) <= 200),
  -- By field name; answers that were left empty are absent. Numbers of people are sealed inside:
  -- {"sealed": base64, "digest": hex, "masked": text}.
  values jsonb not null check (jsonb_typeof(values) = 'object'),
  active boolean not null default true,
  last_checked_on date,
  created_on date not null,
  updated_at timestamptz not null,
  primary key (county_code, register, id)
);
create index register_entry_by_division on register_entry (county_code, register, division_code);
create index register_entry_by_title on register_entry (county_code, register, title);

-- One row per version: who, when, why, and the answers as they then were. What changed is the difference to the row
-- before. to_month and the like are computed (view below), never written.
create table register_history (
  county_code text not null default app_county(),
  register text not null,
  entry_id uuid not null,
  version int not null check (version > 0),
  action text not null check (action in ('create', 'change', 'retire', 'restore')),
  division_code text not null,
  values jsonb not null,
  active boolean not null,
  reason text not null default '' check (length(reason) <= 300),
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  by_role text not null,
  primary key (county_code, register, entry_id, version),
  foreign key (county_code, register, entry_id) references register_entry (county_code, register, id)
);

-- A line of a sub-ledger. A mistake is put right by a further line.
create table register_row (
  county_code text not null default app_county(),
  register text not null,
  entry_id uuid not null,
  ledger text not null,
  id uuid not null,
  -- The day the line is about (its first date field), else the day it was written.
  on_date date not null,
  values jsonb not null check (jsonb_typeof(values) = 'object'),
  -- Sentences of the limits that it passed, by the standard of its own day; they stay when the standard changes.
  flags jsonb not null default '[]' check (jsonb_typeof(flags) = 'array'),
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  primary key (county_code, register, ledger, id),
  foreign key (county_code, register, entry_id) references register_entry (county_code, register, id)
);
create index register_row_of_entry on register_row (county_code, register, entry_id, ledger, on_date desc);
create index register_row_by_day on register_row (county_code, register, ledger, on_date);

create table register_check (
  county_code text not null default app_county(),
  register text not null,
  entry_id uuid not null,
  id uuid not null,
  on_date date not null,
  values jsonb not null check (jsonb_typeof(values) = 'object'),
  at timestamptz not null,
  by_account uuid default app_account(),
  by_name text not null,
  primary key (county_code, register, id),
  foreign key (county_code, register, entry_id) references register_entry (county_code, register, id)
);
create index register_check_of_entry on register_check (county_code, register, entry_id, on_date desc);

alter table register_entry enable row level security;
alter table register_entry force row level security;
alter table register_history enable row level security;
alter table register_history force row level security;
alter table register_row enable row level security;
alter table register_row force row level security;
alter table register_check enable row level security;
alter table register_check force row level security;

create policy register_entry_of_scope on register_entry using (county_code = app_county() and in_scope(division_code));
-- What hangs on an entry is seen with it. For a county-wide actor the first test settles it without a probe per row.
create policy register_history_of_scope on register_history using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from register_entry e
     where e.county_code = register_history.county_code and e.register = register_history.register and e.id = register_history.entry_id)));
create policy register_row_of_scope on register_row using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from register_entry e
     where e.county_code = register_row.county_code and e.register = register_row.register and e.id = register_row.entry_id)));
create policy register_check_of_scope on register_check using (
  county_code = app_county()
  and ((select in_scope(app_county())) or exists (
    select from register_entry e
     where e.county_code = register_check.county_code and e.register = register_check.register and e.id = register_check.entry_id)));

grant select, insert, update (version, division_code, title, values, active, last_checked_on, updated_at)
  on register_entry to wuxin_app;
grant select, insert on register_history, register_row, register_check to wuxin_app;

-- Which answers held at the end of which months: from from_month until before to_month (null: until now). Two versions
-- of one month give an empty stretch for the earlier. `created` marks the month in which the entry came to be.
create view register_stretch with (security_invoker = true) as
  select h.county_code, h.register, h.entry_id, h.version, h.division_code, h.values, h.active,
         to_char(h.at at time zone 'Asia/Shanghai', 'YYYY-MM') as from_month,
         to_char(lead(h.at) over (partition by h.county_code, h.register, h.entry_id order by h.version)
                 at time zone 'Asia/Shanghai', 'YYYY-MM') as to_month,
         h.version = 1 as created
    from register_history h;
grant select on register_stretch to wuxin_app;
