/** The ledgers of money about people: recoveries, raised standards, lists made public, spot checks. */
import type { Catalogue } from "@wuxin/declare";
import { USE_PARAMETERS, useDueSql } from "@wuxin/engines/funds";
import { firstDay, lastDay } from "@wuxin/kernel";
import { fundLedgers } from "./fund-ledgers.ts";
import { type Context, firstMonth, type Ledger, lastMonth } from "./ledger.ts";
import {
  after,
  amounts,
  columns,
  eachMonth,
  flag,
  inPeriod,
  money,
  month,
  NO_NUMBERS,
  ofMonth,
  PERSON,
  plain,
  text,
  WHAT,
  what,
  where,
  who,
} from "./ledger-parts.ts";

const { divisionCode, item } = WHAT;
/** Each recovery as it stands when a month ends, and what became of it in the month. */
const recoveries: Ledger = {
  code: "recoveries",
  title: "追缴",
  relation: (p, c) => `(
    select mm.month, x.county_code, x.id, x.item, e.area_class, x.division_code, x.payee_id as person_id, x.cause, x.reason,
           x.amount_fen, x.opened_month, x.decided_month,
           case when x.decided_month <= mm.month then case when x.state = 'dismissed' then 'dismissed' else 'confirmed' end
                else 'proposed' end as standing,
           s.back_fen, s.back_in_fen, x.amount_fen - s.gone_fen as left_fen
      from (select y.*, ${month("(y.opened_at at time zone 'Asia/Shanghai')")} as opened_month,
                   ${month("(y.decided_at at time zone 'Asia/Shanghai')")} as decided_month
              from recovery y where y.county_code = ${p.bind(c.countyCode, "text")}) x
      join entitlement e on e.county_code = x.county_code and e.id = x.entitlement_id
      join unnest(${p.bind(c.months, "text[]")}) as mm (month) on mm.month >= x.opened_month
     cross join lateral (
       select coalesce(sum(n.amount_fen), 0)::bigint as gone_fen,
              coalesce(sum(n.amount_fen) filter (where n.kind in ('cash', 'deduction', 'reversal')), 0)::bigint as back_fen,
              coalesce(sum(n.amount_fen) filter (where n.kind in ('cash', 'deduction', 'reversal')
                and ${month("n.entered_on")} = mm.month), 0)::bigint as back_in_fen
         from recovery_entry n
        where n.county_code = x.county_code and n.recovery_id = x.id and ${month("n.entered_on")} <= mm.month) s) r`,
  ...eachMonth,
  keys: ["month", "opened_month", "decided_month"],
  columns: columns({
    ...WHAT,
    cause: text("起因", "r.cause"),
    standing: text("月末状态", "r.standing"),
    open: flag("月末还没追回完", "(r.standing <> 'dismissed' and r.left_fen > 0)"),
    openedInPeriod: inPeriod("当月提出", "opened_month"),
    decidedInPeriod: inPeriod("当月决定", "decided_month"),
  }),
  numbers: amounts(
    ["amount", "r.amount_fen"],
    ["left", "r.left_fen"],
    ["back", "r.back_fen"],
    ["backInPeriod", "r.back_in_fen"],
  ),
  detail: {
    joins: PERSON,
    columns: [
      who,
      where,
      what,
      plain("reason", "原因", "r.reason"),
      plain(
        "standing",
        "月末状态",
        "case r.standing when 'proposed' then '待确认' when 'dismissed' then '不予追缴' else case when r.left_fen > 0 then '追缴中' else '已办结' end end",
      ),
      money("r.amount_fen", "多发（元）"),
      money("r.left_fen", "还剩（元）", "left"),
    ],
    orderBy: "r.opened_month, r.id",
    opens: { kind: "recovery", id: "r.id" },
  },
};

/**
 * Whom a raise concerned, from the month in which it was released until the next raise: paid once a month (no mere
 * difference) came onto the account at the new amount. Those whom the run left for a person to look at belong to it.
 */
const repriced: Ledger = {
  code: "repriced",
  title: "提标对象",
  relation: (p, c) => `(
    with runs as materialized (
      select x.county_code, x.id, x.label, ${month("(x.released_at at time zone 'Asia/Shanghai')")} as applied_month, x.released_at
        from reprice x where x.county_code = ${p.bind(c.countyCode, "text")} and x.released_at is not null),
    touched as (
      select distinct on (a.entitlement_id, a.reprice_id) a.entitlement_id, a.reprice_id, a.from_month, a.amount_fen, true as raised
        from runs join entitlement_amount a on a.county_code = runs.county_code and a.reprice_id = runs.id
       order by a.entitlement_id, a.reprice_id, a.from_month desc),
    all_touched as (
      select * from touched
      union all
      select n.entitlement_id, n.reprice_id, null, n.before_fen, false
        from runs join reprice_exception n on n.county_code = runs.county_code and n.reprice_id = runs.id
       where not exists (select from touched t where t.entitlement_id = n.entitlement_id and t.reprice_id = n.reprice_id))
    select e.county_code, e.id as entitlement_id, e.item, e.area_class, e.division_code, e.applicant_id as person_id,
           e.end_month::text as gone_month, runs.label, runs.applied_month, t.amount_fen, t.raised,
           lead(runs.applied_month) over (partition by e.id order by runs.released_at, runs.id) as next_month,
           (select ${month("min(l.settled_on)")} from roster_line l
             where t.raised and l.county_code = e.county_code and l.entitlement_id = e.id and l.month >= t.from_month
               and l.change <> 'backpay' and l.state = 'paid' and l.live
               and l.amount_fen + l.deducted_fen >= t.amount_fen) as paid_month
      from all_touched t
      join runs on runs.id = t.reprice_id
      join entitlement e on e.county_code = runs.county_code and e.id = t.entitlement_id) r`,
  keys: ["applied_month", "paid_month", "gone_month", "next_month"],
  window: (p, c) =>
    `r.applied_month <= ${p.bind(lastMonth(c), "text")} and (r.gone_month is null or r.gone_month > ${p.bind(firstMonth(c), "text")})`,
  flow: (at) => `${at("applied_month")} = m.month`,
  stock: (at) =>
    `(${at("applied_month")} <= m.month and (${at("gone_month")} is null or ${at("gone_month")} > m.month)
      and (${at("next_month")} is null or ${at("next_month")} > m.month))`,
  columns: columns({
    ...WHAT,
    raised: flag("已调整", "r.raised"),
    paid: after("已按新标准到账", [], (at) => `coalesce(${at("paid_month")} <= m.month, false)`),
  }),
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      who,
      where,
      what,
      plain("raise", "提标", "r.label"),
      money("r.amount_fen", "月金额（元）"),
      plain(
        "paid",
        "按新标准到账",
        "coalesce(r.paid_month, case when r.raised then '还没有' else '未调整，待人工处理' end)",
      ),
    ],
    orderBy: "r.division_code, r.entitlement_id",
    opens: { kind: "entitlement", id: "r.entitlement_id" },
  },
};

/**
 * What is to hang. Lists: each benefit of a month's roster that went to the bank; in time when hung within so many days
 * (the county's dated parameter) of that. 资金使用: each period that the county's parameters say, of the month after it.
 */
const publicities = (items: Catalogue["items"]): Ledger => ({
  code: "publications-due",
  title: "应公示的",
  relation: (p, c) => `(
    select d.county_code, d.division_code, d.title, d.item, d.due_from, d.month, h.from_day,
           h.from_day - d.due_from as days, null::boolean as use_in_time, d.roster_id, false as of_use
      from (select j.county_code, j.county_code as division_code, j.roster_id, j.item, o.title,
                   min((j.at at time zone 'Asia/Shanghai')::date) as due_from,
                   ${month("min(j.at at time zone 'Asia/Shanghai')")} as month
              from fund_journal j
              join roster o on o.county_code = j.county_code and o.id = j.roster_id and o.kind = 'monthly'
             where j.county_code = ${p.bind(c.countyCode, "text")} and j.kind = 'commitment'
               and j.item = any (${p.bind(publicItems(items), "text[]")})
             group by j.county_code, j.roster_id, j.item, o.title) d
      left join lateral (
        select x.id, x.from_day from roster_publicity x
         where x.county_code = d.county_code and x.roster_id = d.roster_id and x.item = d.item
         order by x.from_day, x.id limit 1) h on true
     where d.due_from between ${p.bind(firstDay(firstMonth(c)), "date")} and ${p.bind(lastDay(lastMonth(c)), "date")}
    union all
    select app_county(), u.division_code, u.period || ' 资金使用情况', '', u.due_from, u.month, u.from_day, null,
           coalesce(u.from_day <= u.due_on, false), null::uuid, true
      from (${useDue(p, c)}) u) r`,
  ...ofMonth(),
  columns: columns({
    divisionCode,
    item,
    ofUse: flag("资金使用", "r.of_use"),
    days: { kind: "opaque", label: "报送后几天公示", sql: () => "r.days" },
    useInTime: flag("资金使用按期公示", "r.use_in_time"),
    onTime: after(
      "按期公示",
      ["days", "useInTime"],
      (at, p, c) =>
        `coalesce(${at("useInTime")}, ${at("days")} <= (${p.bind(c.parameterByMonth("发放公示期限"), "int[]")})[m.i], false)`,
    ),
  }),
  numbers: NO_NUMBERS,
  detail: {
    joins: "",
    columns: [
      plain("title", "应公示的", "r.title"),
      what,
      where,
      plain("due", "起算日（名册报送、期满次日）", "r.due_from::text"),
      plain("hung", "公示起始日", "coalesce(r.from_day::text, '没有公示')"),
    ],
    orderBy: "r.due_from, r.division_code, r.item, r.roster_id",
    opens: { kind: "roster", id: "r.roster_id" },
  },
});
function useDue(p: Parameters<Ledger["relation"]>[0], c: Context): string {
  const each = (name: string) => p.bind(c.parameterByMonth(name), "int[]");
  const { everyCounty, everyTownship, within } = USE_PARAMETERS;
  return useDueSql(p.bind(c.months, "text[]"), each(everyCounty), each(everyTownship), each(within));
}

/** What was said against published lists and 资金使用公示, by the day it came; who said it stays sealed. */
const objections: Ledger = {
  code: "roster-objections",
  title: "公示异议",
  relation: () => `(
    select o.county_code, o.county_code as division_code, o.id, p.roster_id, coalesce(p.item, '') as item,
           coalesce(x.title, '资金使用公示') as title, o.via, o.received_on,
           o.due_on, o.result, o.answered_on, ${month("o.received_on")} as month
      from roster_objection o
      left join roster_publicity p on p.county_code = o.county_code and p.id = o.publicity_id
      left join roster x on x.county_code = p.county_code and x.id = p.roster_id) r`,
  ...ofMonth(),
  columns: columns({ divisionCode, item, result: text("结果", "r.result") }),
  numbers: NO_NUMBERS,
  detail: {
    joins: "",
    columns: [
      plain("against", "对哪份公示", "r.title"),
      what,
      plain("on", "收到", "r.received_on::text"),
      plain("due", "答复期限", "coalesce(r.due_on::text, '没有定')"),
      plain(
        "result",
        "结果",
        "case r.result when 'upheld' then '属实，已处理' when 'unfounded' then '不属实' else '待答复' end",
      ),
    ],
    orderBy: "r.received_on, r.id",
    opens: { kind: "roster", id: "r.roster_id" },
  },
};

/** 资金使用公示 that a second person confirmed, by the month in which it was hung; what was taken down is left out. */
const usePublicities: Ledger = {
  code: "fund-publicities",
  title: "资金使用公示",
  relation: () => `(
    select f.county_code, f.division_code, f.id, f.period, f.from_day, f.to_day, ${month("f.from_day")} as month
      from fund_publicity f where f.from_day is not null and f.taken_down_at is null) r`,
  ...ofMonth(),
  columns: columns({ divisionCode }),
  numbers: NO_NUMBERS,
  detail: {
    joins: "",
    columns: [
      plain("period", "哪一期", "r.period"),
      where,
      plain("from", "公示起始日", "r.from_day::text"),
      plain("to", "公示到", "r.to_day::text"),
    ],
    orderBy: "r.from_day, r.id",
    opens: { kind: "funds", id: "r.id" },
  },
};

/** Households drawn for a look, by the month of the lot; a problem counts once a second person looked at it. */
const spotChecks: Ledger = {
  code: "spot-checks",
  title: "资金抽查",
  relation: () => `(
    select h.*, c.title, ${month("c.drawn_at at time zone 'Asia/Shanghai'")} as month, h.payee_id as person_id
      from spot_check_household h
      join spot_check c on c.county_code = h.county_code and c.id = h.check_id) r`,
  ...ofMonth(),
  columns: columns({
    divisionCode,
    item,
    state: text("状态", "r.state"),
    problem: flag("有问题", "r.state in ('confirmed', 'rectified', 'closed', 'transferred')"),
  }),
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      plain("check", "抽查", "r.title"),
      who,
      where,
      what,
      money("r.paid_fen", "当月已发（元）"),
      plain(
        "state",
        "结果",
        "case r.state when 'waiting' then '待检查' when 'clean' then '没有问题' when 'found' then '待复核' when 'confirmed' then '待整改' when 'rectified' then '待验收' when 'closed' then '已整改' else '已移送' end",
      ),
    ],
    orderBy: "r.check_id, r.seq",
    opens: { kind: "spot-check", id: "r.check_id" },
  },
};

/** Benefits of which the law lets, and makes, the list hang. */
const publicItems = (items: Catalogue["items"]): string[] =>
  [...items.values()].filter((i) => "days" in (i.entitlement.rosterPublicity ?? {})).map((i) => i.code);

export const moneyLedgers = (items: Catalogue["items"]): readonly Ledger[] => [
  ...fundLedgers,
  recoveries,
  repriced,
  publicities(items),
  objections,
  usePublicities,
  spotChecks,
];
