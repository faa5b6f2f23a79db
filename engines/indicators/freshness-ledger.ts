/** How old the newest frozen figures are, month by month: what a page of snapshots shows is as fresh as they are. */
import type { Ledger } from "./ledger.ts";
import { columns, eachMonth, plain, WHAT, where } from "./ledger-parts.ts";

export const freshness: Ledger = {
  code: "snapshots",
  title: "指标快照",
  // A month that is over is looked at from its end, the one that runs from now.
  relation: (p, c) => {
    const place = p.bind(c.prefixes.at(-1) ?? c.countyCode, "text");
    const until = `least(((mm.month || '-01')::date + interval '1 month') at time zone 'Asia/Shanghai',
      ${p.bind(c.now.toISOString(), "timestamptz")})`;
    return `(
    with taken as materialized (
      select distinct s.county_code, s.division_code, s.month as of_month, s.taken_at, s.taken_by_name
        from indicator_snapshot s
       where s.county_code = ${p.bind(c.countyCode, "text")} and s.division_code = ${place})
    select n.*, mm.month, floor(extract(epoch from u.until - n.taken_at) / 3600)::int as hours
      from unnest(${p.bind(c.months, "text[]")}) as mm (month)
      cross join lateral (select ${until} as until) u
      cross join lateral (
        select t.* from taken t where t.taken_at <= u.until order by t.taken_at desc limit 1) n) r`;
  },
  ...eachMonth,
  columns: columns({ divisionCode: WHAT.divisionCode }),
  numbers: new Map([["hours", { sql: "r.hours", divide: 1 }]]),
  detail: {
    joins: "",
    columns: [
      where,
      plain("ofMonth", "冻结的月份", "r.of_month"),
      plain("takenAt", "冻结时间", "to_char(r.taken_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')"),
      plain("takenBy", "由谁", "r.taken_by_name"),
      plain("hours", "隔了（小时）", "r.hours::text"),
    ],
    orderBy: "r.month",
    opens: { kind: "division", id: "r.division_code" },
  },
};
