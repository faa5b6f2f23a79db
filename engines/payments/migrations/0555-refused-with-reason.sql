-- 不批准的，写明理由: who asked reads it and knows what to do next. What was refused before this has none.
alter table recovery_request add column answer_note text not null default '' check (length(answer_note) <= 500);
alter table recovery_request add constraint recovery_request_refused_with_reason
  check (given is distinct from false or length(btrim(answer_note)) >= 2) not valid;
grant update (answer_note) on recovery_request to wuxin_app;
