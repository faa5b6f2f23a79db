-- Somebody who asks for help (一键求助) is to be seen within hours, not days; null once somebody was there.
alter table clue add column answer_by timestamptz;
create index clue_pressing on clue (county_code, answer_by) where answer_by is not null;
grant update (answer_by) on clue to wuxin_app;
