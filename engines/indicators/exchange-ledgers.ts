/** The ledgers of what comes from other departments and goes to them: lists received, what they said, 核对, lists exchanged. */
import type { Catalogue } from "@wuxin/declare";
import type { Ledger } from "./ledger.ts";
import {
  columns,
  flag,
  inAnyOf,
  inPeriod,
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

const { divisionCode } = WHAT;

/** How long a 核对 took: from the day it was asked for in the case; else it was done on the day. */
const checks = (items: Catalogue["items"]): Ledger => {
  const asking = [...items.values()].flatMap((i) =>
    i.flow.actions.filter((a) => a.effects?.requestVerification).map((a) => a.id),
  );
  return {
    code: "checks",
    title: "核对报告",
    relation: (p) => `(
      select c.county_code, c.id, c.number, c.division_code, c.applicant_id as person_id, c.purpose, c.made_on,
             c.differences, c.valid_until, f.item, f.area_class, f.decision, ${month("c.made_on")} as made_month, f.decided_month,
             c.made_on - coalesce((
               select max(a.acted_on) from case_action a
                where a.county_code = c.county_code and a.case_id = c.case_id and a.acted_at <= c.made_at
                  and a.action = any (${p.bind([...new Set(asking)], "text[]")})), c.made_on) as days,
             not exists (select from means_check n where n.county_code = c.county_code and n.case_id = c.case_id
                          and (n.made_at, n.id) > (c.made_at, c.id)) as newest
        from means_check c
        left join indicator_case f on f.county_code = c.county_code and f.case_id = c.case_id) r`,
    keys: ["made_month", "decided_month"],
    window: (p, c) => {
      const months = p.bind(c.months, "text[]");
      return `(r.made_month = any (${months}) or r.decided_month = any (${months}))`;
    },
    flow: inAnyOf(["made_month", "decided_month"]),
    columns: columns({
      ...WHAT,
      purpose: text("目的", "r.purpose"),
      decision: text("办件决定", "r.decision"),
      differing: flag("有不一致", "r.differences > 0"),
      newest: flag("该件最近一份", "r.newest"),
      madeInPeriod: inPeriod("当月出具", "made_month"),
      decidedInPeriod: inPeriod("办件当月决定", "decided_month"),
    }),
    numbers: new Map([["days", { sql: "r.days", divide: 1 }]]),
    detail: {
      joins: PERSON,
      columns: [
        plain("number", "报告编号", "r.number"),
        who,
        where,
        what,
        plain("made", "出具日", "r.made_on::text"),
        plain("differences", "不一致项", "r.differences::text"),
        plain("days", "用时（天）", "r.days::text"),
      ],
      orderBy: "r.made_on, r.id",
      opens: { kind: "check", id: "r.id" },
    },
  };
};

/** One file of another department. Lists come to the county: a township sees none. */
const feeds: Ledger = {
  code: "feeds",
  title: "部门数据",
  relation: () => `(
    select f.county_code, f.id, f.feed, f.county_code as division_code, f.state, f.file_name, f.as_of, f.received_at,
           to_char(f.received_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
           coalesce((f.report ->> 'rows')::bigint, 0) as rows,
           greatest(0, coalesce((f.report ->> 'rows')::bigint, 0) - coalesce((
             select sum(b.value::bigint) from jsonb_each_text(f.report -> 'broken') b), 0)
             - coalesce((f.report ->> 'misshapen')::bigint, 0)) as accepted,
           row_number() over (partition by f.feed, to_char(f.received_at at time zone 'Asia/Shanghai', 'YYYY-MM'), f.state
             order by f.received_at) = 1 as first_of_month
      from feed_run f where f.ended_at is not null) r`,
  ...ofMonth(),
  columns: columns({
    divisionCode,
    feed: text("数据源", "r.feed"),
    state: text("结果", "r.state"),
    firstOfMonth: flag("该数据源当月第一份", "r.first_of_month"),
  }),
  numbers: new Map([
    ["rows", { sql: "r.rows", divide: 1 }],
    ["accepted", { sql: "r.accepted", divide: 1 }],
  ]),
  detail: {
    joins: "",
    columns: [
      plain("feed", "数据源", "r.feed"),
      plain("file", "文件", "r.file_name"),
      plain("asOf", "截至", "r.as_of::text"),
      plain(
        "state",
        "结果",
        "case r.state when 'done' then '已比对' when 'refused' then '未接收' else '出错' end",
      ),
      plain("rows", "行数", "r.rows::text"),
      plain("accepted", "可用", "r.accepted::text"),
    ],
    orderBy: "r.received_at, r.id",
    opens: { kind: "feed-run", id: "r.id" },
  },
};

/** What lists said of watched people: one row per person and file. */
const matches: Ledger = {
  code: "matches",
  title: "命中记录",
  relation: () => `(select f.*, ${month("f.as_of")} as month from feed_match f where not f.replaced) r`,
  ...ofMonth(),
  columns: columns({ divisionCode, feed: text("数据源", "r.feed") }),
  persons: "1",
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [who, where, plain("feed", "数据源", "r.feed"), plain("asOf", "截至", "r.as_of::text")],
    orderBy: "r.as_of, r.run_id, r.person_id",
    opens: { kind: "person", id: "r.person_id" },
  },
};

const exchanges: Ledger = {
  code: "exchanges",
  title: "名单交换",
  relation: () => `(
    select x.county_code, x.id, x.county_code as division_code, x.direction, x.partner, x.class, x.total, x.recognised, x.at,
           to_char(x.at at time zone 'Asia/Shanghai', 'YYYY-MM') as month from exchanged_list x) r`,
  ...ofMonth(),
  columns: columns({ divisionCode, direction: text("方向", "r.direction"), class: text("类别", "r.class") }),
  numbers: new Map([
    ["total", { sql: "r.total", divide: 1 }],
    ["recognised", { sql: "r.recognised", divide: 1 }],
  ]),
  detail: {
    joins: "",
    columns: [
      plain("direction", "方向", "case r.direction when 'in' then '收到' else '推送' end"),
      plain("partner", "对方", "r.partner"),
      plain("class", "类别", "r.class"),
      plain("total", "人数", "r.total::text"),
      plain("recognised", "已认定", "r.recognised::text"),
      plain("at", "日期", "(r.at at time zone 'Asia/Shanghai')::date::text"),
    ],
    orderBy: "r.at, r.id",
    opens: { kind: "exchange", id: "r.id" },
  },
};

/** One 委托核对批次 that went out. Without a receipt, what was answered was received. */
const packages: Ledger = {
  code: "check-packages",
  title: "委托核对批次",
  relation: () => `(
    select k.county_code, k.id, k.county_code as division_code, k.number, k.persons, k.lines, k.sent_at, k.receipt_number,
           coalesce(k.receipt_lines, (select count(r.answer_id)::int from check_package_row r
             where r.county_code = k.county_code and r.package_id = k.id)) as received,
           to_char(k.sent_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month
      from check_package k where k.sent_at is not null) r`,
  ...ofMonth(),
  columns: columns({ divisionCode }),
  numbers: new Map([
    ["lines", { sql: "r.lines", divide: 1 }],
    ["received", { sql: "r.received", divide: 1 }],
  ]),
  detail: {
    joins: "",
    columns: [
      plain("number", "批次", "r.number"),
      plain("sent", "送出", "(r.sent_at at time zone 'Asia/Shanghai')::date::text"),
      plain("persons", "人数", "r.persons::text"),
      plain("lines", "送出行数", "r.lines::text"),
      plain("receipt", "回执", "coalesce(r.receipt_number, '没有')"),
      plain("received", "对方接收", "r.received::text"),
    ],
    orderBy: "r.sent_at, r.id",
    opens: { kind: "check-package", id: "r.id" },
  },
};

/** One file of answers that was taken, wholly or in part. */
const answers: Ledger = {
  code: "check-answers",
  title: "核对答复文件",
  relation: () => `(
    select a.county_code, a.id, a.county_code as division_code, a.package_id, k.number, a.file_name, a.lines, a.accepted,
           a.received_at, to_char(a.received_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month
      from check_answer a join check_package k on k.county_code = a.county_code and k.id = a.package_id) r`,
  ...ofMonth(),
  columns: columns({ divisionCode }),
  numbers: new Map([
    ["lines", { sql: "r.lines", divide: 1 }],
    ["accepted", { sql: "r.accepted", divide: 1 }],
  ]),
  detail: {
    joins: "",
    columns: [
      plain("number", "批次", "r.number"),
      plain("file", "文件", "r.file_name"),
      plain("received", "收到", "(r.received_at at time zone 'Asia/Shanghai')::date::text"),
      plain("lines", "行数", "r.lines::text"),
      plain("accepted", "可用", "r.accepted::text"),
    ],
    orderBy: "r.received_at, r.id",
    opens: { kind: "check-package", id: "r.package_id" },
  },
};

export const exchangeLedgers = (items: Catalogue["items"]): readonly Ledger[] => [
  feeds,
  matches,
  checks(items),
  packages,
  answers,
  exchanges,
];
