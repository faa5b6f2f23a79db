-- 转移: whoever has an entitlement sees its months, those too that were paid in another township. A policy on the lines would be
-- asked for every line of a roster, this for a handful. Which entitlements are the caller's, their own policy says; a resident
-- sees what was paid to him, as before.
create policy roster_line_of_owner on roster_line for select to wuxin_owner using (county_code = app_county());
create function months_of_entitlements(ids uuid[]) returns table (
    id uuid, entitlement_id uuid, item text, month month_text, amount_fen bigint, state text, change text, roster_id uuid,
    payee_id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.id, l.entitlement_id, l.item, l.month, l.amount_fen, l.state, l.change, l.roster_id, l.payee_id
    from entitlement e
    join roster_line l on l.county_code = e.county_code and l.entitlement_id = e.id
   where e.county_code = app_county() and e.id = any (ids) and (app_person() is null or l.payee_id = app_person())
     and l.live and l.change <> 'stopped' and l.state <> 'reissued';
end;
revoke all on function months_of_entitlements(uuid[]) from public;
grant execute on function months_of_entitlements(uuid[]) to wuxin_app;
-- What is asked back goes with the entitlement.
grant update (division_code) on recovery to wuxin_app;
