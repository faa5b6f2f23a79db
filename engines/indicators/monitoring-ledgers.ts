/** The ledgers of monitoring: alerts, clues, visits, and who is of low income. */
import type { Catalogue } from "@wuxin/declare";
import { exchangeLedgers } from "./exchange-ledgers.ts";
import { firstMonth, type Ledger, lastMonth } from "./ledger.ts";
import {
  columns,
  dueAndDone,
  eachMonth,
  flag,
  inAnyOf,
  inPeriod,
  money,
  month,
  NO_NUMBERS,
  number,
  PERSON,
  plain,
  text,
  WHAT,
  where,
  who,
} from "./ledger-parts.ts";
import { lowIncome, lowIncomeEntries, unreceived } from "./low-income-ledgers.ts";
import { helped, riskDecisions } from "./measure-ledgers.ts";
import { supervised } from "./supervision-ledger.ts";

const { divisionCode } = WHAT;
/** Something that begins, may be answered, and is there until then. */
const whole = (began: string, ended: string): Pick<Ledger, "window" | "stock"> => ({
  window: (p, c) =>
    `r.${began} <= ${p.bind(lastMonth(c), "text")} and (r.${ended} is null or r.${ended} >= ${p.bind(firstMonth(c), "text")})`,
  stock: (at) => `(${at(began)} <= m.month and (${at(ended)} is null or ${at(ended)} > m.month))`,
});
const alerts: Ledger = {
  code: "alerts",
  title: "预警",
  relation: () =>
    `(select a.*, ${month("a.raised_on")} as raised_month, ${month("a.judged_on")} as judged_month from alert a
      where a.state <> 'withdrawn') r`,
  keys: ["raised_month", "judged_month"],
  ...whole("raised_month", "judged_month"),
  flow: inAnyOf(["raised_month", "judged_month"]),
  columns: columns({
    divisionCode,
    feed: text("数据源", "r.feed"),
    rule: text("规则", "r.rule"),
    proposes: text("建议", "r.proposes"),
    state: text("核查结果", "r.state"),
    level: number("级别", "r.level"),
    overpaid: flag("有多发", "coalesce(r.overpaid_fen > 0, false)"),
    raisedInPeriod: inPeriod("当月产生", "raised_month"),
    judgedInPeriod: inPeriod("当月核查", "judged_month"),
  }),
  persons: "1",
  numbers: new Map([
    ["overpaidYuan", { sql: "r.overpaid_fen", divide: 100 }],
    ["savedYuan", { sql: "r.saved_fen", divide: 100 }],
  ]),
  detail: {
    joins: PERSON,
    columns: [
      who,
      where,
      plain("title", "预警", "r.title"),
      plain("level", "级别", "r.level::text"),
      plain("raised", "产生日", "r.raised_on::text"),
      plain("judged", "核查日", "r.judged_on::text"),
      money("r.overpaid_fen", "多发（元）"),
    ],
    orderBy: "r.level, r.raised_on, r.id",
    opens: { kind: "alert", id: "r.id" },
  },
};

/** Per month, household (else lone person) and the highest level that was open about it when the month ended. */
const warned: Ledger = {
  code: "warned-households",
  title: "预警户",
  relation: (p, c) => `(
    select distinct on (mm.month, coalesce(a.household_id, a.person_id)) a.*, mm.month
      from alert a cross join unnest(${p.bind(c.months, "text[]")}) as mm (month)
     where a.county_code = ${p.bind(c.countyCode, "text")} and a.state <> 'withdrawn' and ${month("a.raised_on")} <= mm.month
       and (a.judged_on is null or ${month("a.judged_on")} > mm.month)
     order by mm.month, coalesce(a.household_id, a.person_id), a.level, a.raised_on) r`,
  ...eachMonth,
  columns: columns({ divisionCode, level: number("级别", "r.level") }),
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      who,
      where,
      plain("level", "级别", "r.level::text"),
      plain("title", "因为", "r.title"),
      plain("raised", "产生日", "r.raised_on::text"),
    ],
    orderBy: "r.level, r.raised_on, r.id",
    opens: { kind: "alert", id: "r.id" },
  },
};

const CLUE_MONTHS = [
  "opened_month",
  "dispatched_month",
  "due_month",
  "checked_month",
  "closed_month",
] as const;
const clues: Ledger = {
  code: "clues",
  title: "线索",
  relation: () => `(
    select c.*, ${month("c.opened_on")} as opened_month, ${month("c.dispatched_on")} as dispatched_month,
           ${month("c.check_due_on")} as due_month, ${month("c.checked_on")} as checked_month,
           ${month("c.closed_on")} as closed_month from clue c) r`,
  keys: CLUE_MONTHS,
  ...whole("opened_month", "closed_month"),
  // A clue of another month may fall due in this one, also after it was closed.
  window: (p, c) =>
    `r.opened_month <= ${p.bind(lastMonth(c), "text")} and (r.closed_month is null or r.closed_month >= ${p.bind(firstMonth(c), "text")} or r.due_month >= ${p.bind(firstMonth(c), "text")})`,
  flow: inAnyOf(CLUE_MONTHS),
  columns: columns({
    divisionCode,
    source: text("来源", "r.source"),
    proposes: text("建议", "r.proposes"),
    outcome: text("结果", "r.outcome"),
    judgement: text("结论", "r.judgement"),
    level: text("级别", "r.level"),
    onTime: flag("按时入户", "coalesce(r.checked_on <= r.check_due_on, false)"),
    rechecked: flag("抽查过", "r.recheck is not null"),
    agrees: flag("抽查一致", "coalesce(r.recheck = 'agrees', false)"),
    openedInPeriod: inPeriod("当月发现", "opened_month"),
    dispatchedInPeriod: inPeriod("当月下发", "dispatched_month"),
    dueInPeriod: inPeriod("当月应入户", "due_month"),
    checkedInPeriod: inPeriod("当月入户", "checked_month"),
    closedInPeriod: inPeriod("当月办结", "closed_month"),
  }),
  numbers: new Map([
    ["helpedYuan", { sql: "r.helped_fen_per_month", divide: 100 }],
    ["savedYuan", { sql: "r.saved_fen_per_month", divide: 100 }],
  ]),
  detail: {
    joins: PERSON,
    columns: [
      plain("number", "编号", "r.number"),
      who,
      where,
      plain("opened", "发现日", "r.opened_on::text"),
      plain("due", "应入户", "r.check_due_on::text"),
      plain("checked", "入户日", "r.checked_on::text"),
      plain("closed", "办结日", "r.closed_on::text"),
    ],
    orderBy: "r.opened_on, r.id",
    opens: { kind: "clue", id: "r.id" },
  },
};

/** 政策找人: clues about whoever a list or rule found entitled, with what came of asking. */
const FOUND_MONTHS = ["opened_month", "reached_month", "applied_month", "closed_month"] as const;
const found: Ledger = {
  code: "found",
  title: "政策找人",
  relation: () => `(
    select c.*, ${month("c.opened_on")} as opened_month, ${month("c.reached_on")} as reached_month,
           ${month("f.submitted_on")} as applied_month, ${month("c.closed_on")} as closed_month, f.submitted_on
      from clue c
      left join case_file f on f.county_code = c.county_code and f.id = c.case_id
     where c.source = 'alert' and c.proposes = 'help') r`,
  keys: FOUND_MONTHS,
  ...whole("opened_month", "closed_month"),
  flow: inAnyOf(FOUND_MONTHS),
  columns: columns({
    divisionCode,
    wish: text("联系结果", "r.wish"),
    why: text("不愿的原因", "r.wish_why"),
    outcome: text("结果", "r.outcome"),
    reached: {
      ...{ kind: "boolean", label: "联系上了" },
      period: (at) => `coalesce(${at("reached_month")} <= m.month, false)`,
    },
    openedInPeriod: inPeriod("当月找到", "opened_month"),
    reachedInPeriod: inPeriod("当月联系上", "reached_month"),
    appliedInPeriod: inPeriod("当月申请", "applied_month"),
    closedInPeriod: inPeriod("当月办结", "closed_month"),
  }),
  persons: "1",
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      plain("number", "编号", "r.number"),
      who,
      where,
      plain("opened", "找到", "r.opened_on::text"),
      plain("reached", "联系上", "r.reached_on::text"),
      plain("why", "不愿的原因", "r.wish_why"),
      plain("applied", "申请", "r.submitted_on::text"),
      plain("closed", "办结", "r.closed_on::text"),
    ],
    orderBy: "r.opened_on, r.id",
    opens: { kind: "clue", id: "r.id" },
  },
};

const visits: Ledger = {
  code: "visits",
  title: "走访任务",
  relation: () => `(
    select d.*, ${month("d.due_on")} as due_month, ${month("d.done_on")} as done_month
      from duty d where d.state <> 'void') r`,
  ...dueAndDone,
  columns: columns({
    divisionCode,
    duty: text("职责", "r.duty"),
    reason: text("类别", "r.reason"),
    dueInPeriod: inPeriod("当月应访", "due_month"),
    doneInPeriod: inPeriod("当月走访", "done_month"),
    onTime: flag("按时", "coalesce(r.done_on <= r.due_on, false)"),
  }),
  persons: "1",
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      who,
      where,
      plain("reason", "为什么去", "r.reason"),
      plain("due", "到期日", "r.due_on::text"),
      plain("done", "走访日", "r.done_on::text"),
    ],
    orderBy: "r.due_on, r.id",
    opens: { kind: "person", id: "r.person_id" },
  },
};

export const monitoringLedgers = (items: Catalogue["items"]): readonly Ledger[] => [
  ...exchangeLedgers(items),
  alerts,
  warned,
  clues,
  found,
  visits,
  supervised,
  unreceived(items),
  helped,
  riskDecisions,
  lowIncome(items),
  lowIncomeEntries(items),
];
