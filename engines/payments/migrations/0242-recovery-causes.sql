-- The cause by its name: "decision" alone says nothing to whoever asks the money back, or is asked.
alter table recovery add column cause_name text check (length(cause_name) between 1 and 30);
