-- 转移: which amounts were told is seen with the entitlement, wherever it was told.
drop policy entitlement_notice_seen on entitlement_notice;
create policy entitlement_notice_seen on entitlement_notice for select using (county_code = app_county() and
  ((select in_scope(app_county())) or in_scope(division_code)
    or entitlement_id in (select e.id from entitlement e where e.county_code = app_county() and in_scope(e.division_code))));
