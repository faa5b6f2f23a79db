-- A bank file of any length: written in sealed pieces that each stand for themselves, sent whole.

-- Who asked for which file, and the job that writes it now. It is made when its bank_file is there.
create table bank_file_making (
  county_code text not null check (county_code ~ '^\d{6}$'),
  roster_id uuid not null,
  format text not null check (format ~ '^[a-z0-9-]{1,40}$'),
  -- Of the file to be.
  id uuid not null,
  job_id uuid not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  asked_by_name text not null,
  primary key (county_code, roster_id, format),
  unique (county_code, id),
  foreign key (county_code, roster_id) references roster (county_code, id)
);

-- Its bytes. What was left of a writing that failed goes; of a made file nothing is added or taken away.
create table bank_file_piece (
  county_code text not null,
  file_id uuid not null,
  no integer not null check (no >= 0),
  sealed bytea not null,
  primary key (county_code, file_id, no)
);
alter table bank_file_piece alter column sealed set storage external;
-- The files of before lie whole in this column.
alter table bank_file alter column content_sealed drop not null;

alter table bank_file_making enable row level security;
alter table bank_file_making force row level security;
alter table bank_file_piece enable row level security;
alter table bank_file_piece force row level security;
create policy bank_file_making_of_county on bank_file_making
  using (county_code = app_county() and (select in_scope(app_county())));
create policy bank_file_piece_seen on bank_file_piece for select
  using (county_code = app_county() and (select in_scope(app_county())));
create policy bank_file_piece_added on bank_file_piece for insert
  with check (county_code = app_county() and (select in_scope(app_county()))
    and not exists (select from bank_file f where f.county_code = bank_file_piece.county_code and f.id = file_id));
create policy bank_file_piece_dropped on bank_file_piece for delete
  using (county_code = app_county() and (select in_scope(app_county()))
    and not exists (select from bank_file f where f.county_code = bank_file_piece.county_code and f.id = file_id));
grant select, insert on bank_file_making, bank_file_piece to wuxin_app;
grant update (job_id) on bank_file_making to wuxin_app;
grant delete on bank_file_piece to wuxin_app;

-- A line is written, sent and answered. With room on its page for one more version of it, a line that moves on has no
-- index written again (40,000 lines sent in a quarter of the time); without, the table grows to the same size on the way.
alter table roster_line set (fillfactor = 50);
