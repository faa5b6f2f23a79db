-- What the house itself takes in for somebody without an account (a picture with a call for help) is loose until it is
-- attached, and only the house sees it then.
create policy stored_file_loose_of_house on stored_file for select using (
  county_code = app_county() and case_id is null and uploaded_by is null and owner_person_id is null
  and app_account() is null and app_person() is null and app_scope() = county_code);
