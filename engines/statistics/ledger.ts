/** Statutory tables as a ledger that indicators count: which were due, and sealed by their day. */
import { columns, flag, type Ledger, ofMonth, plain, text, where } from "@wuxin/engines/indicators";

const SEALED_ON = "(r.sealed_at at time zone 'Asia/Shanghai')::date";

/** One row per table, period and place: its first version, with what became of it. */
export const statisticsLedger: Ledger = {
  code: "statistics",
  title: "统计报表",
  relation: () =>
    "(select x.*, to_char(x.due_on, 'YYYY-MM') as due_month from statistic_return x where x.version = 1) r",
  ...ofMonth("due_month"),
  columns: columns({
    table: text("报表", "r.table_code"),
    divisionCode: text("区划", "r.division_code"),
    failing: flag("有校验没有通过", "(r.failed > 0)"),
    sealed: flag("已封存", "(r.state = 'sealed')"),
    onTime: flag("按期封存", `coalesce(${SEALED_ON} <= r.due_on, false)`),
  }),
  numbers: new Map([["failed", { sql: "r.failed", divide: 1 }]]),
  detail: {
    joins: "",
    columns: [
      plain("title", "报表", "r.title"),
      plain("period", "报告期", "r.period"),
      { ...where, label: "填报单位" },
      plain("due", "报送期限", "r.due_on::text"),
      plain("failed", "没有通过的校验", "r.failed::text"),
      plain("sealed", "封存日", `${SEALED_ON}::text`),
    ],
    orderBy: "r.due_on, r.table_code, r.id",
    opens: { kind: "statistics", id: "r.id" },
  },
};
