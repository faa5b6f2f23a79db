/** Plans in force as ledgers that indicators count: what was planned, the lights month by month, what was given out and urged. */
import {
  columns,
  firstMonth,
  flag,
  type Ledger,
  lastMonth,
  NO_NUMBERS,
  ofMonth,
  plain,
  text,
  where,
} from "@wuxin/engines/indicators";
import { firstDay, lastDay } from "@wuxin/kernel";

const DAY = (at: string) => `(${at} at time zone 'Asia/Shanghai')::date`;
const detail = (list: Ledger["detail"]["columns"], orderBy: string, id: string): Ledger["detail"] => ({
  ...{ joins: "", columns: list, orderBy, opens: { kind: "plan", id } },
});

/** Plans and campaigns whose years or days reach into the month. */
const plans: Ledger = {
  code: "plans",
  title: "计划",
  relation: () => `(select p.*, p.county_code as division_code,
     to_char(coalesce(p.starts_on, make_date(p.year, 1, 1)), 'YYYY-MM') as from_month,
     to_char(coalesce(p.ends_on, make_date(p.until_year, 12, 1)), 'YYYY-MM') as to_month from plan_in_force p) r`,
  keys: ["from_month", "to_month"],
  window: () => "true",
  flow: (at) => `(${at("from_month")} <= m.month and ${at("to_month")} >= m.month)`,
  stock: (at) => `(${at("from_month")} <= m.month and ${at("to_month")} >= m.month)`,
  columns: columns({
    kind: text("种类", "r.kind"),
    years: flag("跨年", "(r.until_year > r.year)"),
    divisionCode: text("区划", "r.division_code"),
  }),
  numbers: new Map([["items", { sql: "coalesce(r.items, 0)", divide: 1 }]]),
  detail: detail(
    [
      plain("title", "计划", "r.title"),
      plain("year", "年份", "r.year::text"),
      plain("items", "事项", "r.items::text"),
    ],
    "r.year desc, r.title",
    "r.id",
  ),
};

/** The lights of each month, as the house kept them when something was done and at night. */
const targets: Ledger = {
  code: "plan-targets",
  title: "计划目标",
  relation: () => `(select s.*, s.county_code as division_code, p.title, p.until_year > p.year as years,
     to_char(s.due_on, 'YYYY-MM') <= s.month as due, s.light = 'done' as met, s.light in ('yellow', 'red') as behind,
     round(coalesce(s.weight, 100.0 / count(*) over (partition by s.county_code, s.plan_id, s.month)) * 10000) as heavy
     from plan_standing s join plan_in_force p on p.county_code = s.county_code and p.id = s.plan_id) r`,
  ...ofMonth(),
  stock: (at) => `${at("month")} = m.month`,
  columns: columns({
    light: text("灯", "r.light"),
    due: flag("已到期", "r.due"),
    met: flag("已完成", "r.met"),
    behind: flag("偏慢或滞后", "r.behind"),
    counted: flag("由指标取数", "r.counted"),
    shown: flag("民生实事", "r.shown"),
    years: flag("五年规划", "r.years"),
    divisionCode: text("区划", "r.division_code"),
  }),
  numbers: new Map([
    ["percent", { sql: "coalesce(r.percent, 0)", divide: 1 }],
    // Where the aim is no quantity (全覆盖), nothing is accepted piece by piece: the way done counts.
    ["accepted", { sql: "coalesce(r.accepted, r.percent, 0)", divide: 1 }],
    ["weight", { sql: "r.heavy", divide: 10_000 }],
  ]),
  detail: detail(
    [
      plain("object", "目标", "r.object"),
      plain("plan", "计划", "r.title"),
      plain("due", "期限", "r.due_on::text"),
      plain("percent", "完成%", "r.percent::text"),
      plain("accepted", "验收%", "r.accepted::text"),
      plain("weight", "权重", "case when r.years then round(r.heavy / 10000, 2)::text end"),
    ],
    "r.due_on, r.target_id",
    "r.plan_id",
  ),
};

const ended = (kind: string) => `(select min(${DAY("d.at")}) from plan_event d
   where d.county_code = e.county_code and d.plan_id = e.plan_id and d.kind = '${kind}' and d.data->>'step' = e.id::text)`;

/** The first day of the campaign on which one of these sub-ledgers says that the place was inspected; with a checklist that is not enough. */
const inspected = (ledgers: string) => `(select min(w.on_date) from register_row w
   where p.kind = 'campaign' and e.data->>'step' = 'check' and w.county_code = e.county_code
     and w.register || ':' || w.ledger = any (${ledgers})
     and (w.register, w.entry_id) in (
       select o->>'register', (o->>'entryId')::uuid
       from jsonb_array_elements(e.data->'place' || coalesce(e.data->'place'->'also', '[]')) o)
     and not exists (select 1 from plan_event c where c.county_code = e.county_code and c.plan_id = e.plan_id
       and c.kind = 'checklist')
     and w.on_date between p.starts_on and p.ends_on)`;

/** Milestones, measures and places to check that were given out and not taken back. */
const steps = (inspecting: readonly string[]): Ledger => ({
  code: "plan-steps",
  title: "措施、节点和检查",
  relation: (b) => `(select x.*, to_char(x.checked_on, 'YYYY-MM') as checked_month
     from (select e.county_code, coalesce(e.data->>'division', e.county_code) as division_code, e.id, e.plan_id,
       e.data->>'step' as step, e.data->>'title' as title, e.data->>'owner' as owner, (e.data->>'due')::date as due_on,
       p.kind, to_char(${DAY("e.at")}, 'YYYY-MM') as made_month,
       coalesce(${ended("step-checked")}, ${inspected(b.bind(inspecting, "text[]"))}) as checked_on,
       to_char(coalesce(p.ends_on, make_date(p.until_year, 12, 1)), 'YYYY-MM') as to_month
       from plan_event e join plan_in_force p on p.county_code = e.county_code and p.id = e.plan_id
       where e.kind = 'step' and ${ended("step-dropped")} is null) x) r`,
  keys: ["made_month", "checked_month", "to_month"],
  window: () => "true",
  flow: (at) => `${at("made_month")} = m.month`,
  stock: (at) => `(${at("made_month")} <= m.month and ${at("to_month")} >= m.month)`,
  columns: columns({
    step: text("种类", "r.step"),
    campaign: flag("专项行动", "(r.kind = 'campaign')"),
    done: {
      kind: "boolean",
      label: "已核实完成",
      period: (at) => `coalesce(${at("checked_month")} <= m.month, false)`,
    },
    divisionCode: text("区划", "r.division_code"),
  }),
  numbers: NO_NUMBERS,
  detail: detail(
    [
      plain("title", "事项", "r.title"),
      where,
      plain("owner", "责任", "r.owner"),
      plain("due", "期限", "r.due_on::text"),
      plain("checked", "核实日", "r.checked_on::text"),
    ],
    "r.due_on, r.id",
    "r.plan_id",
  ),
});

/** What is supervised, targets of plans and matters of their own, with the day on which it was settled. */
const urgings: Ledger = {
  code: "plan-urgings",
  title: "督办事项",
  relation:
    () => `(select x.*, to_char(x.until, 'YYYY-MM') as until_month, to_char(x.accepted_on, 'YYYY-MM') as accepted_month
     from (select e.county_code, e.county_code as division_code, e.id, e.plan_id, 'plan' as source,
         (e.data->>'until')::date as until, e.data->>'note' as note, e.actor_name, (select min(${DAY("a.at")})
           from plan_event a where a.county_code = e.county_code and a.target_id = e.target_id and a.kind = 'accepted'
             and a.position > e.position) as accepted_on
         from plan_event e join plan_in_force p on p.county_code = e.county_code and p.id = e.plan_id where e.kind = 'urged'
       union all
       select m.county_code, m.division_code, m.id, m.id, m.source, m.due_on, m.title, m.made_by_name, (select min(${DAY("c.at")})
         from supervision_event c where c.county_code = m.county_code and c.matter_id = m.id and c.kind = 'closed')
         from supervision_matter m) x) r`,
  keys: ["until_month", "accepted_month"],
  window: (p, c) =>
    `(r.until <= ${p.bind(lastDay(lastMonth(c)), "date")} and (r.accepted_on is null
       or greatest(r.accepted_on, r.until) >= ${p.bind(firstDay(firstMonth(c)), "date")}))`,
  flow: (at) => `${at("until_month")} = m.month`,
  // Past its day when the month ends (today, in the month that runs), and not accepted by then.
  stock: (at) =>
    `(${at("until_month")} <= m.month and (${at("accepted_month")} is null or ${at("accepted_month")} > m.month))`,
  columns: columns({
    source: text("来源", "r.source"),
    onTime: flag("按期办结", "coalesce(r.accepted_on <= r.until, false)"),
    past: {
      kind: "boolean",
      label: "已过期限",
      sql: (p, c) => `(r.until < ${p.bind(c.today, "date")})`,
    },
    divisionCode: text("区划", "r.division_code"),
  }),
  numbers: NO_NUMBERS,
  detail: detail(
    [
      plain("note", "督办事项", "r.note"),
      where,
      plain("by", "督办人", "r.actor_name"),
      plain("until", "答复期限", "r.until::text"),
      plain("accepted", "办结日", "r.accepted_on::text"),
    ],
    "r.until, r.id",
    "r.plan_id",
  ),
};

/** Summaries of this year and the last, each by the version that was the newest when the month ended. */
const summaries: Ledger = {
  code: "summaries",
  title: "工作总结",
  relation: () => `(select v.*, v.county_code as division_code, s.kind, s.year, v.content->>'title' as title,
     to_char(${DAY("v.saved_at")}, 'YYYY-MM') as from_month,
     (select to_char(min(${DAY("n.saved_at")}), 'YYYY-MM') from summary_version n where n.county_code = v.county_code
       and n.summary_id = v.summary_id and n.version = v.version + 1) as to_month
     from summary_version v join summary s on s.county_code = v.county_code and s.id = v.summary_id) r`,
  keys: ["from_month", "to_month", "year"],
  window: () => "r.numbers is not null",
  flow: (at) => `${at("from_month")} = m.month`,
  stock: (at) =>
    `(${at("from_month")} <= m.month and (${at("to_month")} is null or ${at("to_month")} > m.month)
      and ${at("year")} >= left(m.month, 4)::int - 1)`,
  columns: columns({ kind: text("时段", "r.kind"), divisionCode: text("区划", "r.division_code") }),
  numbers: new Map([
    ["numbers", { sql: "coalesce(r.numbers, 0)", divide: 1 }],
    ["linked", { sql: "coalesce(r.linked, 0)", divide: 1 }],
  ]),
  detail: {
    ...detail(
      [
        plain("title", "总结", "r.title"),
        plain("version", "版本", "r.version::text"),
        plain("numbers", "文中的数", "r.numbers::text"),
        plain("linked", "有来源的", "r.linked::text"),
        plain("by", "修改人", "r.saved_by_name"),
      ],
      "r.year desc, r.kind",
      "r.summary_id",
    ),
    opens: { kind: "summary", id: "r.summary_id" },
  },
};

/** `inspecting`: sub-ledgers of registers (`register:ledger`) whose lines are inspections. */
export const plansLedgers = (inspecting: readonly string[]): readonly Ledger[] => [
  ...[plans, targets, steps(inspecting), urgings, summaries],
];
