-- What is said of somebody in words (who, where, why, what was seen) names people: sealed, with a digest of the reported
-- name for an exact search. No release holds clues, and SQL cannot seal: what a developer's database has is let go.
truncate clue_action, clue_signal, clue;

alter table clue
  drop column subject_name, drop column address, drop column title, drop column reason,
  add column words_sealed bytea not null,
  -- Of somebody whom the registry does not know.
  add column name_digest bytea;
create index clue_by_name on clue (county_code, name_digest) where name_digest is not null;

alter table clue_signal drop column reason, drop column evidence, add column words_sealed bytea not null;
alter table clue_action drop column data, add column data_sealed bytea not null;
