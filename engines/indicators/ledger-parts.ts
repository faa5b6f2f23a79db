/** Pieces that ledgers are written with: when rows belong to a month, columns, and how a row is shown. */
import { firstDay, lastDay } from "@wuxin/kernel";
import { type DetailColumn, firstMonth, type Ledger, type LedgerColumn, lastMonth } from "./ledger.ts";

type Months = Pick<Ledger, "keys" | "window" | "flow">;
type Stock = Required<Pick<Ledger, "stock">>;

/** The month of a day, as SQL. */
export const month = (day: string) => `to_char(${day}, 'YYYY-MM')`;
/** What happens in any of the months that the keys name. */
export const inAnyOf =
  (keys: readonly string[]): Ledger["flow"] =>
  (at) =>
    `(${keys.map((k) => `coalesce(${at(k)} = m.month, false)`).join(" or ")})`;

/** Each row is of one month. */
export const ofMonth = (key = "month"): Months => ({
  keys: [key],
  window: (p, c) => `r.${key} = any (${p.bind(c.months, "text[]")})`,
  flow: (at) => `${at(key)} = m.month`,
});
/** The relation itself says, month by month, what is there when the month ends. */
export const eachMonth: Months & Stock = {
  keys: ["month"],
  window: () => "true",
  flow: (at) => `${at("month")} = m.month`,
  stock: (at) => `${at("month")} = m.month`,
};
/** Something that falls due (`due_on`, `due_month`) and is done (`done_on`, `done_month`), maybe; in stock: due and not done. */
export const dueAndDone: Months & Stock = {
  keys: ["due_month", "done_month"],
  window: (p, c) => {
    const first = p.bind(firstDay(firstMonth(c)), "date");
    return `r.due_on <= ${p.bind(lastDay(lastMonth(c)), "date")} and (r.done_on is null or r.done_on >= ${first} or r.due_on >= ${first})`;
  },
  flow: inAnyOf(["due_month", "done_month"]),
  stock: (at) =>
    `(${at("due_month")} <= m.month and (${at("done_month")} is null or ${at("done_month")} > m.month))`,
};

export const text = (label: string, sql: string): LedgerColumn => ({ kind: "text", label, sql: () => sql });
export const flag = (label: string, sql: string): LedgerColumn => ({
  kind: "boolean",
  label,
  sql: () => sql,
});
export const number = (label: string, sql: string): LedgerColumn => ({
  kind: "number",
  label,
  sql: () => sql,
});
/** A key that equals the month. */
export const inPeriod = (label: string, key: string): LedgerColumn => ({
  kind: "boolean",
  label,
  period: (at) => `coalesce(${at(key)} = m.month, false)`,
});
/** Told from other columns, once per group. */
export const after = (
  label: string,
  needs: readonly string[],
  period: NonNullable<LedgerColumn["period"]>,
): LedgerColumn => ({ kind: "boolean", label, needs, period });
export const columns = (o: Record<string, LedgerColumn>): ReadonlyMap<string, LedgerColumn> =>
  new Map(Object.entries(o));

export const WHAT = {
  item: text("事项", "r.item"),
  areaClass: text("城乡", "r.area_class"),
  divisionCode: text("区划", "r.division_code"),
};
export const PERSON = "left join person p on p.county_code = r.county_code and p.id = r.person_id";
export const who: DetailColumn = { key: "name", label: "姓名", sql: "p.name", as: "name" };
export const where: DetailColumn = {
  key: "division",
  label: "所在地",
  sql: "r.division_code",
  as: "division",
};
export const what: DetailColumn = { key: "item", label: "事项", sql: "r.item", as: "item" };
export const money = (sql: string, label = "金额（元）", key = "amount"): DetailColumn => ({
  ...{ key, label, sql },
  as: "money",
});
/** Money in 分 as something to add up in 元 and 万元. */
export const amounts = (...named: readonly [name: string, sql: string][]): Ledger["numbers"] =>
  new Map(
    named.flatMap(([name, sql]): [string, { sql: string; divide: number }][] => [
      [`${name}Yuan`, { sql, divide: 100 }],
      [`${name}Wan`, { sql, divide: 1_000_000 }],
    ]),
  );
export const plain = (key: string, label: string, sql: string): DetailColumn => ({ key, label, sql });
export const NO_NUMBERS: Ledger["numbers"] = new Map();
