-- A bank's layout is data now: `format` is its code (csv and xlsx are still two of them), and a return says by which it
-- was read (null: before there were layouts).
alter table bank_file drop constraint bank_file_format_check;
alter table bank_file add check (format ~ '^[a-z0-9-]{1,40}$');
alter table bank_return add column layout text;
