-- On what ground a list with full numbers was given, in the sender's words; and what was done about a row that was not
-- recognised. A row may be recognised later, when the registry knows the number.
alter table exchanged_list add column basis text check (length(basis) between 4 and 200);
alter table exchanged_row
  -- Of the name as the list gave it: the masked one would make two people of one number the same.
  add column name_digest bytea,
  add column handled_note_sealed bytea,
  add column handled_on date,
  add column handled_by_name text,
  add check ((handled_note_sealed is null) = (handled_on is null) and (handled_on is null) = (handled_by_name is null));
grant update (recognised) on exchanged_list to wuxin_app;
grant update (recognised, reason, person_id, handled_note_sealed, handled_on, handled_by_name) on exchanged_row to wuxin_app;
