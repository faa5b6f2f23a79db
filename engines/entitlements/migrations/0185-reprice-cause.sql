-- A run follows a standard, or a rule text that the county wrote itself: both change what everybody who draws is owed.
alter table reprice add column cause text not null default 'standard' check (cause in ('standard', 'rule'));
