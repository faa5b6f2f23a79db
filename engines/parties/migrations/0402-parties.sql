-- What was given to an outside party (a department, an institution), and what it answered. Nothing else of the house is open to its
-- accounts: app_county() is null there, and these policies are the only ones that ask for app_party().
create table party_item (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  party text not null check (party ~ '^(department|institution):'),
  -- What it is about, and which of those: carried by the composition root.
  kind text not null,
  subject_id uuid not null,
  -- Who of the house sees it.
  division_code text not null,
  -- No personal data.
  title text not null,
  -- What is told and what is asked, as it was told.
  told_sealed bytea not null,
  state text not null check (state in ('waiting', 'shared', 'done')),
  due_on date,
  shared_at timestamptz not null,
  changed_at timestamptz not null,
  version int not null default 1,
  primary key (county_code, id),
  unique (county_code, party, kind, subject_id),
  check (division_code like county_code || '%')
);
create index party_item_of_desk on party_item (county_code, party, state, due_on);
create index party_item_of_subject on party_item (county_code, kind, subject_id);

create table party_reply (
  county_code text not null check (county_code ~ '^\d{6}$'),
  id uuid not null,
  item_id uuid not null,
  action text not null,
  data_sealed bytea not null,
  at timestamptz not null,
  account_id uuid not null default app_account(),
  by_name text not null,
  -- Taken over into the ledger that it answers, or why not.
  taken_at timestamptz,
  refused text,
  primary key (county_code, id),
  foreign key (county_code, item_id) references party_item (county_code, id)
);
create index party_reply_of_item on party_reply (county_code, item_id, at);
create index party_reply_not_taken on party_reply (county_code, at) where taken_at is null and refused is null;

alter table party_item enable row level security;
alter table party_item force row level security;
alter table party_reply enable row level security;
alter table party_reply force row level security;

create policy party_item_of_house on party_item using (county_code = app_county() and in_scope(division_code));
create policy party_item_of_party on party_item for select using (county_code = app_outside() and party = app_party());
create policy party_reply_of_house on party_reply using (
  county_code = app_county() and exists (select from party_item i where i.county_code = party_reply.county_code and i.id = item_id));
create policy party_reply_seen on party_reply for select using (
  county_code = app_outside()
  and exists (select from party_item i where i.county_code = party_reply.county_code and i.id = item_id and i.party = app_party()));
-- Answered is what is given and open, by the contact itself, before anybody took it over.
create policy party_reply_made on party_reply for insert with check (
  county_code = app_outside() and account_id = app_account() and taken_at is null and refused is null
  and exists (select from party_item i where i.county_code = party_reply.county_code and i.id = item_id
              and i.party = app_party() and i.state <> 'done'));

grant select, insert, update (division_code, title, told_sealed, state, due_on, changed_at, version) on party_item to wuxin_app;
grant select, insert, update (taken_at, refused) on party_reply to wuxin_app;

-- A party uploads papers of its own, gives them to what it answers, and sees them. Nobody else's, though they hang on the same thing.
create policy stored_file_add_of_party on stored_file for insert with check (
  county_code = app_outside() and case_id is null and uploaded_by = app_account() and owner_person_id is null);
create policy stored_file_read_of_party on stored_file for select using (county_code = app_outside() and uploaded_by = app_account());
create policy stored_file_attach_of_party on stored_file for update
  using (county_code = app_outside() and case_id is null and uploaded_by = app_account())
  with check (county_code = app_outside() and exists (
    select from party_item i where i.county_code = stored_file.county_code and i.subject_id = case_id and i.party = app_party()
      and i.division_code = stored_file.division_code));
