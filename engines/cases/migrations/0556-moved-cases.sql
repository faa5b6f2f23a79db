-- 转移: a case goes on where its people live now. What was recorded and issued in it before stays as it was written and is
-- read by whoever has the case. The cases here are hashed once, when a row of another place is met;
-- a function would be called for every row.
grant update (division_code, area_class, address) on case_file to wuxin_app;

-- What was judged of a household is where the household is, whoever moves it.
update household_judged j set division_code = h.division_code from household h
 where h.county_code = j.county_code and h.id = j.household_id and h.division_code <> j.division_code;
update household_judgement j set division_code = h.division_code from household h
 where h.county_code = j.county_code and h.id = j.household_id and h.division_code <> j.division_code;
alter table household_judged add foreign key (county_code, household_id, division_code)
  references household (county_code, id, division_code) on update cascade;
alter table household_judgement add foreign key (county_code, household_id, division_code)
  references household (county_code, id, division_code) on update cascade;

drop policy fact_of_subject on fact;
create policy fact_of_subject on fact using (county_code = app_county() and
  case subject_kind
    when 'person' then exists (select 1 from person p where p.county_code = fact.county_code and p.id = fact.subject_id)
    when 'household' then exists (
      select 1 from household h where h.county_code = fact.county_code and h.id = fact.subject_id)
    else in_scope(division_code) or applicant_id = app_person()
      or subject_id in (select f.id from case_file f where f.county_code = app_county() and in_scope(f.division_code))
  end);

drop policy document_read on document;
create policy document_read on document for select using (county_code = app_county() and
  (in_scope(division_code) or applicant_id = app_person()
    or case_id in (select f.id from case_file f where f.county_code = app_county() and in_scope(f.division_code))));

drop policy stored_file_read on stored_file;
create policy stored_file_read on stored_file for select using (county_code = app_county() and
  (in_scope(division_code) or uploaded_by = app_account() or owner_person_id = app_person() or applicant_id = app_person()
    or case_id in (select f.id from case_file f where f.county_code = app_county() and in_scope(f.division_code))));
