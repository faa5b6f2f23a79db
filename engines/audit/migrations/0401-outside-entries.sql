create policy audit_entry_write_of_party on audit_entry for insert
  with check (county_code = app_outside() and account_id = app_account());
