-- 政策找人: what came of asking somebody whom a list or rule found entitled. The words of each try are in the clue's actions;
-- here stands the last result, why he would rather not, the first day on which he was reached, and when to ask again.
alter table clue
  add column wish text check (wish in ('willing', 'unwilling', 'ineligible', 'unreachable', 'moved')),
  add column wish_why text check (length(wish_why) <= 30),
  add column reached_on date,
  add column ask_again_on date,
  -- Nothing but being unreachable is known of somebody whom nobody has reached.
  add check (reached_on is not null or wish is null or wish = 'unreachable'),
  add check (wish_why is null or wish = 'unwilling');
create index clue_found on clue (county_code, division_code, wish) where source = 'alert' and proposes = 'help';
grant update (wish, wish_why, reached_on, ask_again_on) on clue to wuxin_app;
