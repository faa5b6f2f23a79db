-- Who goes over into another household that draws has not left, and who was divided off has not come: ends and beginnings of
-- their own kind, so that no figure counts them.
alter table entitlement drop constraint entitlement_end_kind_check;
alter table entitlement add constraint entitlement_end_kind_check check (end_kind in ('decision', 'death', 'merged'));
alter table entitlement add column open_kind text not null default 'decision'
  constraint entitlement_open_kind_check check (open_kind in ('decision', 'split'));
-- Covered from the month after in another household: drawn to the very end of the last month.
alter table entitlement_person add column moved boolean not null default false;
grant update (moved) on entitlement_person to wuxin_app;

-- Where an entitlement stood, month by month, of those that were moved: told from the changes. The others stand where they are.
create view entitlement_place with (security_invoker = true) as
  select c.county_code, c.entitlement_id, c.from_month::text as from_month,
         lead(c.from_month) over w::text as until_month, c.division_after as division_code, c.area_after as area_class
    from entitlement_change c where c.kind = 'transfer'
  window w as (partition by c.county_code, c.entitlement_id order by c.from_month, c.at, c.id)
  union all
  (select distinct on (c.county_code, c.entitlement_id) c.county_code, c.entitlement_id, '0000-00', c.from_month::text,
         c.division_before, c.area_before
    from entitlement_change c where c.kind = 'transfer'
   order by c.county_code, c.entitlement_id, c.from_month, c.at, c.id);
grant select on entitlement_place to wuxin_app;
create index entitlement_change_moved on entitlement_change (county_code, entitlement_id) where kind = 'transfer';
