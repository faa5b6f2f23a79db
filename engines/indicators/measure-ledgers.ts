/** The ledgers of help: households with a measure in force, and what was decided about their risk. */
import type { Ledger } from "./ledger.ts";
import {
  columns,
  eachMonth,
  month,
  NO_NUMBERS,
  ofMonth,
  PERSON,
  plain,
  text,
  WHAT,
  where,
  who,
} from "./ledger-parts.ts";

const { divisionCode } = WHAT;
const HEAD = "join household h on h.county_code = s.county_code and h.id = s.household_id";

/** Per month and household one row: with at least one measure in force when the month ended. */
export const helped: Ledger = {
  code: "helped-households",
  title: "帮扶户",
  relation: (p, c) => `(
    select s.*, h.head_person_id as person_id from (
      select m.county_code, mm.month, m.household_id, m.division_code, min(m.in_force_on) as since,
             string_agg(distinct m.department, '、') as departments, count(*)::int as measures
        from measure m cross join unnest(${p.bind(c.months, "text[]")}) as mm (month)
       where m.county_code = ${p.bind(c.countyCode, "text")} and ${month("m.in_force_on")} <= mm.month
         and (m.closed_on is null or ${month("m.closed_on")} > mm.month)
       group by 1, 2, 3, 4) s ${HEAD}) r`,
  ...eachMonth,
  columns: columns({ divisionCode }),
  persons: "1",
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      { ...who, label: "户主" },
      where,
      plain("departments", "哪些部门", "r.departments"),
      plain("measures", "几项", "r.measures::text"),
      plain("since", "最早落实", "r.since::text"),
    ],
    orderBy: "r.since, r.household_id",
    opens: { kind: "household", id: "r.household_id" },
  },
};

/** Per month and household the last that was decided. */
export const riskDecisions: Ledger = {
  code: "risk-decisions",
  title: "风险研判",
  relation: (p, c) => `(
    select distinct on (s.household_id, ${month("s.decided_on")})
           s.*, h.head_person_id as person_id, ${month("s.decided_on")} as month
      from measure_return s ${HEAD}
     where s.county_code = ${p.bind(c.countyCode, "text")} and s.decision is not null
     order by s.household_id, ${month("s.decided_on")}, s.decided_at desc) r`,
  ...ofMonth(),
  columns: columns({ divisionCode, decision: text("结论", "r.decision") }),
  persons: "1",
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      { ...who, label: "户主" },
      where,
      plain("on", "回访", "r.on_date::text"),
      plain("decided", "研判", "r.decided_on::text"),
      plain("by", "谁研判", "r.decided_by_name"),
    ],
    orderBy: "r.decided_on, r.id",
    opens: { kind: "household", id: "r.household_id" },
  },
};
