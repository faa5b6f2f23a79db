-- What was found and what is objected to is told in words about people: sealed. No release holds any, and SQL cannot seal.
truncate alert_judgement, means_objection;

alter table alert_judgement drop column outcome, add column outcome_sealed bytea not null;
alter table means_objection
  drop constraint means_objection_check,
  drop column reason, drop column answer,
  add column reason_sealed bytea not null,
  add column answer_sealed bytea,
  add check ((answered_on is null) = (answer_sealed is null) and (answered_on is null) = (answered_by_name is null));
grant update (answer_sealed) on means_objection to wuxin_app;
