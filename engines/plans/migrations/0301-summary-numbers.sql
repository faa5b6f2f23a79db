-- Of each version, how many numbers its text has and how many of them have a source (总结数据可追溯率); null for what was saved
-- before they were counted.
alter table summary_version
  add column numbers integer check (numbers >= 0),
  add column linked integer check (linked >= 0),
  add constraint summary_version_linked_of_numbers check ((numbers is null) = (linked is null) and linked <= numbers);
