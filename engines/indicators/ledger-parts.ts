/** Pieces that ledgers are written with. */
import type { DetailColumn, Ledger, LedgerColumn } from "./ledger.ts";

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
export const money = (sql: string, label = "金额（元）"): DetailColumn => ({
  key: "amount",
  label,
  sql,
  as: "money",
});
export const plain = (key: string, label: string, sql: string): DetailColumn => ({ key, label, sql });
export const NO_NUMBERS: Ledger["numbers"] = new Map();
