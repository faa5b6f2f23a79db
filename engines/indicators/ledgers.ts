/** The ledgers of the engines before this one. The README lists their columns for authors. */
import type { Catalogue } from "@wuxin/declare";
import type { Parameters } from "@wuxin/engines/registers";
import { firstDay, lastDay } from "@wuxin/kernel";
import { freshness } from "./freshness-ledger.ts";
import { type Context, firstMonth, type Ledger, lastMonth, partSql } from "./ledger.ts";
import {
  after,
  amounts,
  columns,
  dueAndDone,
  flag,
  inAnyOf,
  inPeriod,
  money,
  NO_NUMBERS,
  number,
  ofMonth,
  PERSON,
  plain,
  text,
  WHAT,
  what,
  where,
  who,
} from "./ledger-parts.ts";
import { moneyLedgers } from "./money-ledgers.ts";
import { monitoringLedgers } from "./monitoring-ledgers.ts";

const owed = (at: (name: string) => string) =>
  `${at("from_month")} <= m.month and (${at("until_month")} is null or ${at("until_month")} > m.month)`;

const entitlements: Ledger = {
  code: "entitlements",
  title: "在享待遇",
  relation: () => "indicator_entitlement r",
  keys: ["start_month", "end_month", "from_month", "until_month", "gone_month"],
  window: (p, c) => {
    const first = p.bind(firstMonth(c), "text");
    return `r.from_month <= ${p.bind(lastMonth(c), "text")} and (r.gone_month is null or r.gone_month >= ${first}) and (r.until_month is null or r.until_month > ${first})`;
  },
  // What ends in a month is owed in it and gone at its end: last stock + started − ended = stock.
  flow: (at) => `(${owed(at)} and (${at("gone_month")} is null or ${at("gone_month")} >= m.month))`,
  stock: (at) => `(${owed(at)} and (${at("gone_month")} is null or ${at("gone_month")} > m.month))`,
  columns: columns({
    ...WHAT,
    amountFen: number("月金额", "r.amount_fen"),
    startedInPeriod: inPeriod("当月开始", "start_month"),
    startedInYear: {
      ...{ kind: "boolean", label: "本年开始" },
      period: (at) =>
        `coalesce(left(${at("start_month")}, 4) = left(m.month, 4) and ${at("start_month")} <= m.month, false)`,
    },
    endedInPeriod: inPeriod("当月结束", "end_month"),
  }),
  counts: "r.n",
  persons: "r.persons",
  numbers: new Map([
    ["amountFen", { sql: "r.amount_fen", divide: 1 }],
    ...amounts(["amount", "r.amount_fen"]),
    ["persons", { sql: "r.persons", divide: 1 }],
  ]),
  detail: {
    joins: PERSON,
    columns: [
      who,
      where,
      what,
      plain("from", "起始月", "coalesce(r.start_month, r.from_month)"),
      plain("end", "结束月", "r.end_month"),
      money("r.amount_fen", "月金额（元）"),
    ],
    orderBy: "r.division_code, r.start_month, r.entitlement_id, r.person_id",
    opens: { kind: "entitlement", id: "r.entitlement_id" },
  },
};

/** Whoever draws no longer, by the last month: the entitlement that ended, and each person who is covered no longer. */
const exits: Ledger = {
  code: "exits",
  title: "退出",
  relation: () => "indicator_exit r",
  ...ofMonth("gone_month"),
  columns: columns({
    ...WHAT,
    cause: text("原因", "coalesce(r.cause, '')"),
    whole: flag("待遇一并结束", "r.whole"),
  }),
  counts: "r.n",
  persons: "r.persons",
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      who,
      where,
      what,
      plain("cause", "原因", "coalesce(r.cause, '其他')"),
      plain("reason", "说明", "r.reason"),
      plain("end", "最后一个月", "r.gone_month"),
    ],
    orderBy: "r.division_code, r.entitlement_id, r.person_id",
    opens: { kind: "entitlement", id: "r.entitlement_id" },
  },
};

const payments: Ledger = {
  code: "payments",
  title: "发放明细",
  relation: () => "indicator_payment r",
  ...ofMonth(),
  columns: columns({
    ...WHAT,
    state: text("状态", "r.state"),
    change: text("变动", "r.change"),
    firstState: text("首次报送的状态", "r.first_state"),
    settledOn: { kind: "opaque", label: "到账日", sql: () => "r.settled_on" },
    // Told from the groups, not from each of many lines: there are few states and few days on which money arrives.
    everFailed: after(
      "曾失败",
      ["firstState"],
      (at) => `coalesce(${at("firstState")} in ('failed', 'reissued'), false)`,
    ),
    sent: after(
      "已报送银行",
      ["firstState"],
      (at) => `coalesce(${at("firstState")} in ('sent', 'paid', 'failed', 'unknown', 'reissued'), false)`,
    ),
    paidOnTime: after(
      "按时发放",
      ["state", "settledOn"],
      (at, p, c) =>
        `coalesce(${at("state")} = 'paid' and ${at("settledOn")} <= make_date(left(m.month, 4)::int, right(m.month, 2)::int, ${p.bind(c.payDay, "int")}), false)`,
    ),
  }),
  persons: "r.persons",
  numbers: new Map([
    ["amountFen", { sql: "r.amount_fen", divide: 1 }],
    ...amounts(["amount", "r.amount_fen"]),
    ["persons", { sql: "r.persons", divide: 1 }],
  ]),
  detail: {
    joins: PERSON,
    columns: [
      who,
      where,
      what,
      plain("month", "月份", "r.month"),
      money("r.amount_fen"),
      plain(
        "state",
        "结果",
        "case r.state when 'paid' then '成功' when 'failed' then '失败' when 'unknown' then '未知' when 'held' then '暂缓' when 'sent' then '已报送' else '未报送' end || case when r.first_state = 'reissued' and r.state = 'paid' then '（补发）' else '' end",
      ),
      plain("settled", "到账日", "r.settled_on::text"),
    ],
    orderBy: "r.division_code, r.line_id",
    opens: { kind: "person", id: "r.person_id" },
  },
};

const reviews: Ledger = {
  code: "reviews",
  title: "定期复核",
  relation: () => "indicator_review r",
  ...dueAndDone,
  columns: columns({
    ...WHAT,
    kind: text("种类", "r.kind"),
    result: text("结论", "r.result"),
    dueInPeriod: inPeriod("当月到期", "due_month"),
    doneInPeriod: inPeriod("当月完成", "done_month"),
    onTime: flag("按期完成", "coalesce(r.done_on <= r.due_on, false)"),
  }),
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      who,
      where,
      what,
      plain("label", "复核", "r.label"),
      plain("due", "到期日", "r.due_on::text"),
      plain("done", "完成日", "r.done_on::text"),
    ],
    orderBy: "r.due_on, r.review_id",
    opens: { kind: "entitlement", id: "r.entitlement_id" },
  },
};

const flags: Ledger = {
  code: "flags",
  countyOnly: true,
  title: "名册预警",
  relation: () => "indicator_flag r",
  ...ofMonth(),
  columns: columns({
    ...WHAT,
    rule: text("规则", "r.rule"),
    severity: text("程度", "r.severity"),
    answered: flag("已处理", "r.answered"),
  }),
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [who, where, what, plain("month", "月份", "r.month"), plain("reason", "原因", "r.reason")],
    orderBy: "r.month, r.division_code, r.line_id",
    opens: { kind: "roster", id: "r.roster_id" },
  },
};

interface CaseActions {
  /** Documents that a done action must have issued: item, action, document, side by side. */
  readonly documents: readonly [string[], string[], string[]];
  /** Actions whose outcome holds the application, and those that ask for a 告知承诺 in place of papers. */
  readonly promising: readonly string[];
}

function actionsOf(items: Catalogue["items"]): CaseActions {
  const all = [...items.values()].flatMap((item) => item.flow.actions.map((a) => [item.code, a] as const));
  const rows = all.flatMap(([item, a]) =>
    (a.effects?.documents ?? []).map((code) => [item, a.id, code] as const),
  );
  const promising = all.filter(
    ([, a]) => a.effects?.submit || a.fields.some((f) => f.name === "commitments"),
  );
  return {
    documents: [rows.map((x) => x[0]), rows.map((x) => x[1]), rows.map((x) => x[2])],
    promising: [...new Set(promising.map(([, a]) => a.id))],
  };
}

/** Sets, not lookups case by case: each row of a case's tables is read through the policy of the case. */
function caseRelation(actions: CaseActions, p: Parameters, c: Context): string {
  const from = p.bind(firstDay(firstMonth(c)), "date");
  const to = p.bind(lastDay(lastMonth(c)), "date");
  const promising = p.bind(actions.promising, "text[]");
  const [item, action, code] = actions.documents.map((list) => p.bind(list, "text[]"));
  return `(
    with b as materialized (
      select x.* from indicator_case x
       where ${partSql("x", p, c)} and (x.submitted_on between ${from} and ${to} or x.decided_on between ${from} and ${to})),
    done as materialized (
      select b.county_code, b.item, a.case_id, a.action,
             case when a.action = any (${promising}) then
               case when jsonb_typeof(a.outcome -> 'application' -> 'commitments') = 'array'
                    then jsonb_array_length(a.outcome -> 'application' -> 'commitments') else 0 end
               + case when a.data -> 'commitments' = 'true' then 1 else 0 end
             else 0 end as commitments
        from b join case_action a on a.county_code = b.county_code and a.case_id = b.case_id
       where a.action = any (${promising}) or a.action = any (${action}))
    select b.*, coalesce(s.commitments, 0) as commitments, u.case_id is null as documents_complete
      from b
      left join (select case_id, sum(commitments)::bigint as commitments from done group by case_id) s on s.case_id = b.case_id
      left join (
        select distinct done.case_id
          from done
          join unnest(${item}, ${action}, ${code}) as x (item, action, code) on x.item = done.item and x.action = done.action
          left join document d on d.county_code = done.county_code and d.case_id = done.case_id and d.code = x.code
         where d.id is null) u on u.case_id = b.case_id) r`;
}

const cases = (items: Catalogue["items"]): Ledger => ({
  code: "cases",
  title: "办件",
  relation: (p, c) => caseRelation(actionsOf(items), p, c),
  keys: ["submitted_month", "decided_month"],
  window: () => "true",
  flow: inAnyOf(["submitted_month", "decided_month"]),
  columns: columns({
    ...WHAT,
    channel: text("渠道", "r.channel"),
    state: text("状态", "r.state"),
    decision: text("决定", "r.decision"),
    relative: flag("近亲属", "r.relative"),
    commitments: number("告知承诺数", "r.commitments"),
    submittedInPeriod: inPeriod("当月提交", "submitted_month"),
    decidedInPeriod: inPeriod("当月决定", "decided_month"),
    onTime: {
      kind: "boolean",
      label: "未超期",
      sql: (p, c) => `(not r.late and coalesce(r.running_due_on >= ${p.bind(c.today, "date")}, true))`,
    },
    documentsComplete: flag("文书齐全", "r.documents_complete"),
  }),
  numbers: NO_NUMBERS,
  detail: {
    joins: PERSON,
    columns: [
      plain("number", "编号", "r.number"),
      who,
      where,
      what,
      plain("submitted", "提交日", "r.submitted_on::text"),
      plain("decided", "决定日", "r.decided_on::text"),
    ],
    orderBy: "r.submitted_on, r.case_id",
    opens: { kind: "case", id: "r.case_id" },
  },
});

export const engineLedgers = (items: Catalogue["items"]): readonly Ledger[] => [
  entitlements,
  exits,
  cases(items),
  payments,
  reviews,
  flags,
  ...moneyLedgers(items),
  ...monitoringLedgers(items),
  freshness,
];
