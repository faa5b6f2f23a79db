-- Who draws no longer: a row for an entitlement that ended (n), and one for each person who was covered and is not (persons), by
-- the last month and the cause. `whole`: the entitlement ended; else others go on drawing. Who goes over into another household
-- has not left; what ended before its first month was never drawn.
create view indicator_exit with (security_invoker = true) as
  select e.county_code, e.id as entitlement_id, e.applicant_id as person_id, e.item,
         case when m.entitlement_id is null then e.area_class else m.area_class end as area_class,
         coalesce(m.division_code, e.division_code) as division_code, e.end_month::text as gone_month,
         coalesce(e.end_cause, case e.end_kind when 'death' then '死亡' end) as cause, e.end_reason as reason,
         true as whole, 1 as n, 0 as persons
    from entitlement e
    left join entitlement_place m on m.county_code = e.county_code and m.entitlement_id = e.id
         and m.from_month <= e.end_month::text and (m.until_month is null or m.until_month > e.end_month::text)
   where e.end_month >= e.from_month and e.end_kind <> 'merged'
  union all
  select x.county_code, x.entitlement_id, x.person_id, x.item,
         case when m.entitlement_id is null then x.area_class else m.area_class end,
         coalesce(m.division_code, x.division_code), x.gone_month, x.cause, x.reason, x.whole, 0, 1
    from (select e.county_code, e.id as entitlement_id, p.person_id, e.item, e.area_class, e.division_code,
                 least(p.end_month, e.end_month)::text as gone_month, p.from_month,
                 e.end_month is not null and (p.end_month is null or p.end_month >= e.end_month) as whole, e.end_kind,
                 case when e.end_month is null or p.end_month < e.end_month then p.end_cause
                      else coalesce(p.end_cause, e.end_cause, case e.end_kind when 'death' then '死亡' end) end as cause,
                 case when e.end_month is null or p.end_month < e.end_month then p.end_reason else e.end_reason end as reason
            from entitlement e
            join entitlement_person p on p.county_code = e.county_code and p.entitlement_id = e.id and not p.moved) x
    left join entitlement_place m on m.county_code = x.county_code and m.entitlement_id = x.entitlement_id
         and m.from_month <= x.gone_month and (m.until_month is null or m.until_month > x.gone_month)
   where x.gone_month >= x.from_month and not (x.whole and x.end_kind = 'merged');
grant select on indicator_exit to wuxin_app;
