-- A recognition is in the ledger with amount 0: its household counts while it holds, as its persons do.
create or replace view indicator_entitlement with (security_invoker = true) as
  select e.county_code, e.id as entitlement_id, e.applicant_id as person_id, e.item,
         case when m.entitlement_id is null then e.area_class else m.area_class end as area_class,
         coalesce(m.division_code, e.division_code) as division_code,
         case e.open_kind when 'decision' then e.from_month::text end as start_month,
         case when e.end_kind is distinct from 'merged' then e.end_month::text end as end_month,
         greatest(a.from_month::text, e.from_month::text, m.from_month) as from_month,
         least(a.until_month::text, m.until_month) as until_month,
         case when e.end_kind is distinct from 'merged' then e.end_month::text end as gone_month, a.amount_fen, 1 as n, 0 as persons
    from entitlement e
    join (select x.county_code, x.entitlement_id, x.from_month, x.amount_fen,
                 lag(x.from_month) over (partition by x.county_code, x.entitlement_id order by x.from_month desc, x.seq desc) as until_month
            from entitlement_amount x) a
      on a.county_code = e.county_code and a.entitlement_id = e.id
    left join entitlement_place m on m.county_code = e.county_code and m.entitlement_id = e.id
          and m.from_month < coalesce(a.until_month::text, '9999-12') and coalesce(m.until_month, '9999-12') > a.from_month::text
   where a.amount_fen > 0 or e.recognition
  union all
  select e.county_code, e.id, p.person_id, e.item,
         case when m.entitlement_id is null then e.area_class else m.area_class end,
         coalesce(m.division_code, e.division_code),
         case e.open_kind when 'decision' then e.from_month::text end,
         case when e.end_kind is distinct from 'merged' then e.end_month::text end,
         greatest(p.from_month::text, e.from_month::text, m.from_month),
         least(m.until_month, case when p.moved then to_char((p.end_month || '-01')::date + interval '1 month', 'YYYY-MM') end),
         case when not p.moved then least(p.end_month, e.end_month)::text end, null::bigint, 0, 1
    from entitlement e
    join entitlement_person p on p.county_code = e.county_code and p.entitlement_id = e.id
    left join entitlement_place m on m.county_code = e.county_code and m.entitlement_id = e.id;
