/** Per month one row a township with something due or looked at again: its score, weighed as the page of supervision does. */
import { SCORE_WEIGHTS } from "@wuxin/engines/clues";
import type { Ledger } from "./ledger.ts";
import { columns, eachMonth, month, plain, WHAT, where } from "./ledger-parts.ts";

const PARTS = [
  { weight: SCORE_WEIGHTS.onTime, of: "x.due", good: "x.on_time" },
  { weight: SCORE_WEIGHTS.notReturned, of: "x.due", good: "(x.due - least(x.returned, x.due))" },
  { weight: SCORE_WEIGHTS.agreed, of: "x.rechecked", good: "x.agreed" },
];
const earned = PARTS.map((p) => `coalesce(${p.weight}.0 * ${p.good} / nullif(${p.of}, 0), 0)`).join(" + ");
/** A part that nothing was counted for is left out. */
const asked = PARTS.map((p) => `case when ${p.of} > 0 then ${p.weight} else 0 end`).join(" + ");

export const supervised: Ledger = {
  code: "supervised-townships",
  title: "乡镇监管",
  relation: (p, c) => {
    const due = `${month("c.check_due_on")} = mm.month
      and (c.check_due_on < ${p.bind(c.today, "date")} or c.checked_on is not null)`;
    const again = `${month("c.closed_on")} = mm.month and c.recheck is not null`;
    return `(
    select x.*, round(100 * (${earned}) / (${asked}))::int as score
      from (
        select c.county_code, mm.month, left(c.division_code, 9) as division_code,
               count(*) filter (where ${due}) as due,
               count(*) filter (where ${due} and c.checked_on <= c.check_due_on) as on_time,
               coalesce(sum(c.returned) filter (where ${due}), 0) as returned,
               count(*) filter (where ${again}) as rechecked,
               count(*) filter (where ${again} and c.recheck = 'agrees') as agreed
          from clue c cross join unnest(${p.bind(c.months, "text[]")}) as mm (month)
         where c.county_code = ${p.bind(c.countyCode, "text")} and length(c.division_code) >= 9
         group by 1, 2, 3) x
     where x.due > 0 or x.rechecked > 0) r`;
  },
  ...eachMonth,
  columns: columns({ divisionCode: WHAT.divisionCode }),
  numbers: new Map([["score", { sql: "r.score", divide: 1 }]]),
  detail: {
    joins: "",
    columns: [
      where,
      plain("due", "应上门", "r.due::text"),
      plain("onTime", "按时", "r.on_time::text"),
      plain("returned", "退回", "r.returned::text"),
      plain("rechecked", "抽查", "r.rechecked::text"),
      plain("agreed", "一致", "r.agreed::text"),
      plain("score", "得分", "r.score::text"),
    ],
    orderBy: "r.score, r.division_code",
    opens: { kind: "division", id: "r.division_code" },
  },
};
