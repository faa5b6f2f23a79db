/** Which households are to be judged anew (应享未享): those in the ledger of low income once a month, and those of whom a fact or a step of a case is newer. */
import type { Tx } from "@wuxin/platform";

/** Facts so old have been looked at by the daily run of their day. */
const LOOKED_BACK = "40 days";

/** In a fixed order; a household that was judged is no longer due, so that a run that was cut goes on with the rest. */
export const householdsToJudge = (tx: Tx, month: string, now: Date, limit: number) =>
  tx.query<{ id: string }>(
    `with ledger as (
       select m.household_id as id from entitlement_person c
         join entitlement e on e.county_code = c.county_code and e.id = c.entitlement_id and e.end_month is null
         join household_member m on m.county_code = c.county_code and m.person_id = c.person_id and m.to_date is null
        where c.county_code = app_county() and c.end_month is null
       union
       select m.household_id from low_income_tag t
         join household_member m on m.county_code = t.county_code and m.person_id = t.person_id and m.to_date is null
        where t.county_code = app_county() and t.until_on is null),
     said as (
       select coalesce(m.household_id, f.subject_id) as id, max(f.recorded_at) as at
         from fact f
         left join household_member m on m.county_code = f.county_code and m.person_id = f.subject_id and m.to_date is null
        where f.county_code = app_county() and f.recorded_at > $2::timestamptz - interval '${LOOKED_BACK}'
        group by 1
       union all
       select m.household_id, max(a.acted_at)
         from case_action a
         join case_file c on c.county_code = a.county_code and c.id = a.case_id
         join household_member m on m.county_code = c.county_code and m.person_id = c.applicant_id and m.to_date is null
        where a.county_code = app_county() and a.acted_at > $2::timestamptz - interval '${LOOKED_BACK}'
        group by 1),
     newest as (select id, max(at) as at from said group by 1)
     select h.id from household h
       left join household_judged j on j.county_code = h.county_code and j.household_id = h.id
       left join newest s on s.id = h.id
      where h.county_code = app_county() and h.closed_on is null
        and ((h.id in (select id from ledger) and (j.judged_at is null or to_char(j.judged_at at time zone 'Asia/Shanghai', 'YYYY-MM') < $1))
          or s.at > coalesce(j.judged_at, '-infinity'))
      order by h.id limit $3`,
    [month, now, limit],
  );
