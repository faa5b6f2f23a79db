/** 低收入人口: who is of which tier of hardship when a month ends, and who came in and went out, when and why. */
import { type Catalogue, LISTED_TIER_RANK } from "@wuxin/declare";
import type { Parameters } from "@wuxin/engines/registers";
import { type Context, firstMonth, type Ledger, type LedgerColumn, lastMonth } from "./ledger.ts";
import {
  columns,
  eachMonth,
  flag,
  inAnyOf,
  inPeriod,
  month,
  NO_NUMBERS,
  PERSON,
  plain,
  text,
  WHAT,
  what,
  where,
  who,
} from "./ledger-parts.ts";

const { divisionCode } = WHAT;
type Items = Catalogue["items"];

const MONTH_END = "((r.month || '-01')::date + interval '1 month' - interval '1 day')";

/** What is on file of the person when the month ends, of all that forms ask about a member: `fact.<name>`. */
const onFile = (items: Items): Record<string, LedgerColumn> =>
  Object.fromEntries(
    [...items.values()]
      .flatMap((i) => i.form.member)
      .flatMap((f) =>
        f.fact === undefined
          ? []
          : [
              [
                `fact.${f.fact}`,
                text(
                  f.label,
                  `(select f.value #>> '{}' from fact f where f.county_code = r.county_code and f.subject_kind = 'person'
                      and f.subject_id = r.person_id and f.name = '${f.fact.replaceAll("'", "''")}' and f.valid_from <= ${MONTH_END}
                    order by f.source_rank desc, f.recorded_at desc, f.id desc limit 1)`,
                ),
              ],
            ],
      ),
  );

/** The items that put whoever draws them, or is recognised by them, into the ledger, as rows (item, rank). */
function tiers(items: Items, p: Parameters): string {
  const known = [...items.values()].filter((i) => i.system === "救助" && i.tier);
  const codes = p.bind(
    known.map((i) => i.code),
    "text[]",
  );
  const ranks = p.bind(
    known.map((i) => i.tier?.rank ?? LISTED_TIER_RANK),
    "int[]",
  );
  return `unnest(${codes}, ${ranks}) as k (item, rank)`;
}

/**
 * Per month and person one row: whom an item with a tier covers or a class of an exchanged list names when the month ends. Of
 * several the lowest rank counts; `households` is 1 on one person of a household, one of its lowest rank.
 */
export const lowIncome = (items: Items): Ledger => ({
  code: "low-income",
  title: "低收入人口",
  relation: (p, c: Context) => {
    const county = p.bind(c.countyCode, "text");
    const months = p.bind(c.months, "text[]");
    return `(
    select o.*, (row_number() over (partition by o.month, coalesce(o.household_id, o.person_id) order by o.rank, o.person_id) = 1)::int as household
      from (
        select distinct on (x.month, x.person_id) x.month, x.person_id, x.tier as item, x.since, x.drawing, x.rank, p.county_code,
               p.division_code, p.birth_date, h.household_id
          from (
            select mm.month, c.person_id, e.item as tier, e.from_month as since, not e.recognition as drawing, k.rank
              from entitlement e
              join ${tiers(items, p)} on k.item = e.item
              join entitlement_person c on c.county_code = e.county_code and c.entitlement_id = e.id
              cross join unnest(${months}) as mm (month)
             where e.county_code = ${county}
               and e.from_month <= mm.month and (e.end_month is null or e.end_month > mm.month)
               and c.from_month <= mm.month and (c.end_month is null or c.end_month > mm.month)
            union all
            select mm.month, t.person_id, t.class, ${month("t.from_on")}, false, ${LISTED_TIER_RANK}
              from low_income_tag t cross join unnest(${months}) as mm (month)
             where t.county_code = ${county} and ${month("t.from_on")} <= mm.month
               and (t.until_on is null or ${month("t.until_on")} > mm.month)) x
          join person p on p.county_code = ${county} and p.id = x.person_id
          left join household_member h on h.county_code = p.county_code and h.person_id = p.id and h.to_date is null
         order by x.month, x.person_id, x.rank, x.tier) o) r`;
  },
  ...eachMonth,
  columns: columns({
    item: text("层级", "r.item"),
    divisionCode,
    drawing: flag("在享救助", "r.drawing"),
    listed: flag("只在名单上", `r.rank = ${LISTED_TIER_RANK}`),
    underEighteen: flag("未满十八周岁", `r.birth_date > ${MONTH_END} - interval '18 years'`),
    ...onFile(items),
  }),
  persons: "1",
  numbers: new Map([["households", { sql: "r.household", divide: 1 }]]),
  detail: {
    joins: PERSON,
    columns: [who, where, { ...what, label: "层级" }, plain("since", "自", "r.since")],
    orderBy: "r.division_code, r.item, r.person_id",
    opens: { kind: "person", id: "r.person_id" },
  },
});

/**
 * Every time somebody was in the ledger: from which month and by what, until which month and why no longer. Nothing is ever
 * taken out: what ended is closed.
 */
export const lowIncomeEntries = (items: Items): Ledger => ({
  code: "low-income-entries",
  title: "低收入人口进出",
  relation: (p, c: Context) => {
    const county = p.bind(c.countyCode, "text");
    return `(
    select e.county_code, e.id as entitlement_id, c.person_id, e.division_code, e.item, c.from_month::text as in_month,
           least(c.end_month, e.end_month)::text as out_month,
           case when e.recognition then '审核认定' else '审核确认待遇' end as in_reason,
           case when least(c.end_month, e.end_month) is not null then
             coalesce(c.end_cause, e.end_cause, case e.end_kind when 'death' then '死亡' end, c.end_reason, e.end_reason) end as out_reason
      from entitlement e
      join ${tiers(items, p)} on k.item = e.item
      join entitlement_person c on c.county_code = e.county_code and c.entitlement_id = e.id
     where e.county_code = ${county} and not c.moved
       and coalesce(least(c.end_month, e.end_month), '9999-12') >= c.from_month
    union all
    select t.county_code, null, t.person_id, q.division_code, t.class, ${month("t.from_on")}, ${month("t.until_on")}, '部门名单互认',
           case when t.until_on is not null then '不在新的名单里' end
      from low_income_tag t join person q on q.county_code = t.county_code and q.id = t.person_id
     where t.county_code = ${county}) r`;
  },
  keys: ["in_month", "out_month"],
  window: (p, c) =>
    `r.in_month <= ${p.bind(lastMonth(c), "text")} and (r.out_month is null or r.out_month >= ${p.bind(firstMonth(c), "text")})`,
  flow: inAnyOf(["in_month", "out_month"]),
  stock: (at) =>
    `(${at("in_month")} <= m.month and (${at("out_month")} is null or ${at("out_month")} > m.month))`,
  columns: columns({
    item: text("层级", "r.item"),
    divisionCode,
    cameInPeriod: inPeriod("当月进入", "in_month"),
    leftInPeriod: inPeriod("当月退出", "out_month"),
  }),
  persons: "1",
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      who,
      where,
      { ...what, label: "层级" },
      plain("in", "进入", "r.in_month"),
      plain("by", "进入的原因", "r.in_reason"),
      plain("out", "退出", "r.out_month"),
      plain("why", "退出的原因", "r.out_reason"),
    ],
    orderBy: "r.in_month desc, r.division_code, r.person_id",
    opens: { kind: "person", id: "r.person_id" },
  },
});

/**
 * Per month and person one row: whom a list, a rule over the registry or the facts of his household found entitled to something,
 * and who neither has it nor was settled.
 */
export const unreceived = (items: Items): Ledger => ({
  code: "entitled-unreceived",
  title: "应享未享",
  relation: (p, c: Context) => {
    const county = p.bind(c.countyCode, "text");
    const codes = p.bind([...items.keys()], "text[]");
    const titles = p.bind(
      [...items.values()].map((i) => i.shortTitle),
      "text[]",
    );
    return `(
    select distinct on (mm.month, x.person_id) x.*, h.household_id, mm.month
      from (
        select c.county_code, c.person_id, c.division_code, c.opened_on as since, c.closed_on as until, 1 as rank,
               '线索 ' || c.number as basis
          from clue c where c.county_code = ${county} and c.source = 'alert' and c.proposes = 'help'
        union all
        select j.county_code, q.person_id, j.division_code, j.since_on, j.until_on, 2, '按登记的事实：' || coalesce(k.title, j.item)
          from household_judgement j
          cross join unnest(j.person_ids) as q (person_id)
          left join unnest(${codes}, ${titles}) as k (item, title) on k.item = j.item
         where j.county_code = ${county} and j.state = 'yes') x
      cross join unnest(${p.bind(c.months, "text[]")}) as mm (month)
      left join household_member h on h.county_code = x.county_code and h.person_id = x.person_id and h.to_date is null
     where ${month("x.since")} <= mm.month and (x.until is null or ${month("x.until")} > mm.month)
     order by mm.month, x.person_id, x.rank, x.since) r`;
  },
  ...eachMonth,
  columns: columns({ divisionCode, judged: flag("按登记的事实判断", "r.rank = 2") }),
  persons: "1",
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [who, where, plain("basis", "凭什么", "r.basis"), plain("since", "自", "r.since::text")],
    orderBy: "r.since, r.household_id, r.person_id",
    opens: { kind: "household", id: "r.household_id" },
  },
});
