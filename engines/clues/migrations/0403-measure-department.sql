-- Whose contact is asked. Of what was planned before, the department is only a name.
alter table measure add column department_code text check (department_code ~ '^[a-z][a-z-]{1,39}$');
