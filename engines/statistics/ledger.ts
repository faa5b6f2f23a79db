/** Statutory tables as a ledger that indicators count: which were due, and sealed by their day. */
import type { Ledger } from "@wuxin/engines/indicators";

const SEALED_ON = "(r.sealed_at at time zone 'Asia/Shanghai')::date";

/** One row per table, period and place: its first version, with what became of it. */
export const statisticsLedger: Ledger = {
  code: "statistics",
  title: "统计报表",
  relation: () =>
    "(select x.*, to_char(x.due_on, 'YYYY-MM') as due_month from statistic_return x where x.version = 1) r",
  keys: ["due_month"],
  window: (p, c) => `r.due_month = any (${p.bind(c.months, "text[]")})`,
  flow: (at) => `${at("due_month")} = m.month`,
  columns: new Map([
    ["table", { kind: "text", label: "报表", sql: () => "r.table_code" }],
    ["divisionCode", { kind: "text", label: "区划", sql: () => "r.division_code" }],
    ["sealed", { kind: "boolean", label: "已封存", sql: () => "(r.state = 'sealed')" }],
    [
      "onTime",
      { kind: "boolean", label: "按期封存", sql: () => `coalesce(${SEALED_ON} <= r.due_on, false)` },
    ],
  ]),
  numbers: new Map(),
  detail: {
    joins: "",
    columns: [
      { key: "title", label: "报表", sql: "r.title" },
      { key: "period", label: "报告期", sql: "r.period" },
      { key: "division", label: "填报单位", sql: "r.division_code", as: "division" },
      { key: "due", label: "报送期限", sql: "r.due_on::text" },
      { key: "sealed", label: "封存日", sql: `${SEALED_ON}::text` },
    ],
    orderBy: "r.due_on, r.table_code, r.id",
    opens: { kind: "statistics", id: "r.id" },
  },
};
