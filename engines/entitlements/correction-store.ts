/** The SQL of deaths put right, and nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { DEATH_CAUSE } from "./model.ts";

/** The last month that a death left to this person here; undefined when none did. */
export const endedByDeath = async (
  tx: Tx,
  entitlementId: string,
  personId: string,
): Promise<Month | undefined> =>
  (
    await tx.maybe<{ endMonth: Month }>(
      `select end_month as "endMonth" from entitlement_person
       where county_code = app_county() and entitlement_id = $1 and person_id = $2 and end_cause = $3
       order by from_month desc limit 1`,
      [entitlementId, personId, DEATH_CAUSE],
    )
  )?.endMonth;

/** Covered again, as if the death had not been told. */
export const coverAgain = (tx: Tx, entitlementId: string, personId: string) =>
  tx.exec(
    `update entitlement_person set end_month = null, end_reason = null, end_cause = null
     where county_code = app_county() and entitlement_id = $1 and person_id = $2 and end_cause = $3`,
    [entitlementId, personId, DEATH_CAUSE],
  );
export const reopen = (tx: Tx, entitlementId: string) =>
  tx.exec(
    `update entitlement set end_month = null, end_reason = null, end_kind = null, end_person_id = null, end_cause = null
     where county_code = app_county() and id = $1`,
    [entitlementId],
  );

/** What stands in the way of undoing, as far as the register of entitlements says. */
export const since = (tx: Tx, entitlementId: string, personId: string, reviewId: string) =>
  tx.one<{
    lastDecision: string | null;
    hasPeriodic: boolean;
    recountedFrom: Month | null;
    other: string | null;
  }>(
    `with told as (select opened_at as at from entitlement_review
       where county_code = app_county() and entitlement_id = $1 and id = $3)
     select
       (select d.kind from entitlement_decision d where d.county_code = app_county() and d.entitlement_id = $1
        order by d.applied_at desc limit 1) as "lastDecision",
       exists (select from entitlement_review r where r.county_code = app_county() and r.entitlement_id = $1
         and r.kind = 'periodic') as "hasPeriodic",
       (select max(x.month) from (
          select a.from_month as month from entitlement_amount a, told
          where a.county_code = app_county() and a.entitlement_id = $1 and a.decision_id is not null and a.recorded_at > told.at
          union all select c.from_month from entitlement_change c, told
          where c.county_code = app_county() and c.entitlement_id = $1 and c.at > told.at and c.kind in ('split', 'merge')
          union all select c.from_month from entitlement_change c
          where c.county_code = app_county() and c.entitlement_id = $1 and c.person_id = $2 and c.kind = 'member-out') x) as "recountedFrom",
       (select o.item from entitlement e
        join entitlement o on o.county_code = e.county_code and o.exclusivity_group = e.exclusivity_group and o.id <> e.id
        where e.county_code = app_county() and e.id = $1 and (o.end_month is null or o.end_month > e.end_month)
          and o.from_month <= coalesce(o.end_month, '9999-12') and exists (
            select from entitlement_person m
            join entitlement_person n on n.county_code = m.county_code and n.person_id = m.person_id
            where m.county_code = e.county_code and m.entitlement_id = e.id and n.entitlement_id = o.id
              and (n.end_month is null or n.end_month > e.end_month)
              and (m.person_id = $2 or m.end_month is null or m.end_month > e.end_month))
        order by o.from_month desc limit 1) as other`,
    [entitlementId, personId, reviewId],
  );
