/** The rows that a figure is made of. */
import type { IndicatorDefinition } from "@wuxin/declare";
import { conditionSql, Parameters } from "@wuxin/engines/registers";
import { formatYuan, maskName } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { monthsSql } from "./batch.ts";
import { type Context, type DetailColumn, type Ledger, type Place, partSql } from "./ledger.ts";
import type { Atom } from "./measure.ts";

export interface DrillRows {
  readonly columns: { readonly key: string; readonly label: string }[];
  /** By column key; also `opens` (kind of page) and `id` of the page that shows the row. */
  readonly rows: Record<string, string>[];
  readonly total: number;
}
export interface Words {
  readonly division: (code: string) => string;
  readonly item: (code: string) => string;
}

/** More rows than a person reads; the total says how many there are. */
export const MAX_ROWS = 500;

/**
 * `parts`: the numerator and, when it counts rows of the same ledger, the denominator; then every row of either is
 * listed and says whether it is in the numerator.
 */
export async function drillRows(
  tx: Tx,
  d: IndicatorDefinition,
  ledger: Ledger,
  parts: readonly Atom[],
  context: Context,
  words: Words,
): Promise<DrillRows> {
  const p = new Parameters();
  const months = monthsSql(p, context.months);
  const at: Place = (name) =>
    ledger.keys.includes(name) ? `r.${name}` : (ledger.columns.get(name)?.sql?.(p, context) ?? "null");
  const find = (name: string) => {
    const column = ledger.columns.get(name);
    return column && { kind: column.kind, sql: column.period ? column.period(at, p, context) : at(name) };
  };
  const counted = (a: Atom): string => {
    const belongs = a.kind === "stock" && ledger.stock ? ledger.stock(at) : ledger.flow(at);
    const some =
      a.what === "persons" ? `${ledger.persons} > 0` : ledger.counts ? `${ledger.counts} > 0` : "true";
    return `(${belongs} and ${some}${a.where ? ` and ${conditionSql(a.where, find, p)}` : ""})`;
  };
  const conditions = parts.map(counted);
  const marked = parts.length > 1;
  const cells = ledger.detail.columns.map((c, i) => `${c.sql} as c${i}`);
  const rows = await tx.query<Record<string, unknown> & { total: number }>(
    `select ${cells.join(", ")}, ${ledger.detail.opens.id}::text as id, ${conditions[0]} as hit, count(*) over ()::int as total
       from ${ledger.relation(p, context)}
       cross join unnest(${months}) with ordinality as m (month, i)
       ${ledger.detail.joins}
      where ${partSql("r", p, context)} and ${ledger.window(p, context)} and (${conditions.join(" or ")})
      order by ${ledger.detail.orderBy} limit ${MAX_ROWS}`,
    p.values,
  );
  const mark = marked ? [{ key: "hit", label: `计入「${d.name}」的分子` }] : [];
  return {
    columns: [...ledger.detail.columns.map(({ key, label }) => ({ key, label })), ...mark],
    rows: rows.map((row) => ({
      ...Object.fromEntries(ledger.detail.columns.map((c, i) => [c.key, cell(c, row[`c${i}`], words)])),
      ...(marked ? { hit: row.hit === true ? "是" : "否" } : {}),
      opens: ledger.detail.opens.kind,
      id: String(row.id),
    })),
    total: rows[0]?.total ?? 0,
  };
}

function cell(c: DetailColumn, value: unknown, words: Words): string {
  if (value === null || value === undefined) return "";
  switch (c.as) {
    case "name":
      return maskName(String(value));
    case "money":
      return formatYuan(Number(value));
    case "division":
      return words.division(String(value));
    case "item":
      return words.item(String(value));
    case "boolean":
      return value === true ? "是" : "否";
    default:
      return String(value);
  }
}
