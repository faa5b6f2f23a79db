-- 转移: whoever has the case reads its 核对 reports and the supporters named in it; an alert that waits goes with the person.
grant update (division_code) on alert to wuxin_app;

drop policy means_check_of_scope on means_check;
create policy means_check_of_scope on means_check using (county_code = app_county() and
  ((select in_scope(app_county())) or in_scope(division_code)
    or case_id in (select f.id from case_file f where f.county_code = app_county() and in_scope(f.division_code))));

drop policy check_supporter_of_scope on check_supporter;
create policy check_supporter_of_scope on check_supporter using (county_code = app_county() and app_person() is null and
  ((select in_scope(app_county())) or in_scope(division_code)
    or case_id in (select f.id from case_file f where f.county_code = app_county() and in_scope(f.division_code))));
