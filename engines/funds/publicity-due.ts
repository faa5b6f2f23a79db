/** Which 资金使用公示 is due: the county's every so many months, a township's for periods in which money was allotted to it. */

/** Parameters of the county, by which it is due, hangs and is shown. */
export const USE_PARAMETERS = {
  /** Months from one to the next, of the county and of its townships: 1, 3 or 12. */
  everyCounty: "资金使用公示周期.县级",
  everyTownship: "资金使用公示周期.乡镇级",
  /** Within how many days after the period. */
  within: "资金使用公示期限",
  /** For how many days it hangs. */
  days: "资金使用公示天数",
  /** The smallest number of households that a township or village shows by itself. */
  smallest: "资金使用公示最少户数",
} as const;

/**
 * A query of what falls due in `months` (the month after each period), with the first that was confirmed. The arguments
 * are SQL of arrays of one length: months, months between two of the county, of a township, days after the period.
 */
export const useDueSql = (months: string, county: string, township: string, within: string) => `
  select m.month, d.division_code, k.period, f.first as due_from, f.first - 1 + m.days as due_on,
         u.id as publicity_id, u.from_day
    from unnest(${months}::text[], ${county}::int[], ${township}::int[], ${within}::int[])
           as m (month, county_every, township_every, days)
   cross join lateral (select to_date(m.month, 'YYYY-MM') as first) f
   cross join lateral (
     select app_county() as division_code, m.county_every as every
      where exists (select from fund_journal j where j.county_code = app_county() and j.moved_on < f.first)
      union all
     select distinct left(a.division_code, 9), m.township_every from fund_allotment a
      where a.county_code = app_county() and a.withdraws is null and length(a.division_code) > 6
        and a.allotted_on >= f.first - make_interval(months => m.township_every) and a.allotted_on < f.first
        and not exists (select from fund_allotment w where w.county_code = a.county_code and w.withdraws = a.id)) d
   cross join lateral (
     select to_char(f.first - 1, case d.every when 1 then 'YYYY-MM' when 3 then 'YYYY"Q"Q' else 'YYYY' end) as period) k
    left join lateral (
      select p.id, p.from_day from fund_publicity p
       where p.county_code = app_county() and p.division_code = d.division_code and p.period = k.period
         and p.from_day is not null
       order by p.from_day, p.id limit 1) u on true
   where m.days is not null and d.every in (1, 3, 12)
     and (extract(month from f.first)::int - 1) % d.every = 0`;
