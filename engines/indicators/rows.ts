/** Rows of a ledger that some of these atoms count, each with what it counts for: listed on a page, kept when a month is frozen. */
import { conditionSql, Parameters } from "@wuxin/engines/registers";
import { formatYuan, maskName } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type Figure, monthsSql, numberOf } from "./batch.ts";
import { type Context, type DetailColumn, type Ledger, type Place, partSql } from "./ledger.ts";
import type { Atom } from "./measure.ts";

export interface CountedRow {
  /** Of the page that shows it; one id may stand in several rows. */
  readonly id: string;
  readonly division: string;
  /** As the columns of the ledger's detail; names are masked. */
  readonly cells: readonly (string | null)[];
  /** For each atom: what the row adds to it, a whole number; null where it is not counted. */
  readonly values: readonly (number | null)[];
}
export interface Words {
  readonly division: (code: string) => string;
  readonly item: (code: string) => string;
}

/** @param limit with it `total` says how many there are beside those returned */
export async function countedRows(
  tx: Tx,
  ledger: Ledger,
  atoms: readonly Atom[],
  context: Context,
  limit: number | null,
): Promise<{ rows: CountedRow[]; total: number }> {
  const p = new Parameters();
  const months = monthsSql(p, context.months);
  const at: Place = (name) =>
    ledger.keys.includes(name) ? `r.${name}` : (ledger.columns.get(name)?.sql?.(p, context) ?? "null");
  const find = (name: string) => {
    const column = ledger.columns.get(name);
    return column && { kind: column.kind, sql: column.period ? column.period(at, p, context) : at(name) };
  };
  const values = atoms.map((a, i) => {
    const belongs = a.kind === "stock" && ledger.stock ? ledger.stock(at) : ledger.flow(at);
    const { adds, some } = addsSql(ledger, a);
    const where = a.where ? ` and ${conditionSql(a.where, find, p)}` : "";
    return `case when ${belongs} and ${some}${where} then (${adds})::bigint end as v${i}`;
  });
  const cells = ledger.detail.columns.map((c, i) => `(${c.sql})::text as c${i}`);
  const found = await tx.query<Record<string, unknown> & { total: number }>(
    `select *, count(*) over ()::int as total from (
       select ${[...cells, ...values].join(", ")}, ${ledger.detail.opens.id}::text as id, r.division_code as place,
              row_number() over (order by ${ledger.detail.orderBy}) as nth
         from ${ledger.relation(p, context)}
         cross join unnest(${months}) with ordinality as m (month, i)
         ${ledger.detail.joins}
        where ${partSql("r", p, context)} and ${ledger.window(p, context)}) x
      where ${atoms.map((_, i) => `v${i} is not null`).join(" or ")}
      order by nth ${limit === null ? "" : `limit ${limit}`}`,
    p.values,
  );
  const rows = found.map(
    (row): CountedRow => ({
      id: String(row.id ?? ""),
      division: String(row.place),
      cells: ledger.detail.columns.map((c, i) => {
        const value = row[`c${i}`];
        if (value === null || value === undefined) return null;
        return c.as === "name" ? maskName(String(value)) : String(value);
      }),
      values: atoms.map((_, i) => (row[`v${i}`] ?? null) as number | null),
    }),
  );
  return { rows, total: found[0]?.total ?? 0 };
}

/** What a row adds, and whether it is one of those counted; a mean is of the rows that have the number. */
function addsSql(ledger: Ledger, { what }: Atom): { adds: string; some: string } {
  const one = ledger.counts ?? "1";
  if (what === "rows") return { adds: one, some: ledger.counts ? `${one} > 0` : "true" };
  if (what === "persons") return { adds: `${ledger.persons}`, some: `${ledger.persons} > 0` };
  if (what === "townships") return { adds: "1", some: ledger.counts ? `${one} > 0` : "true" };
  const { sql } = numberOf(ledger, what);
  if ("mean" in what) return { adds: sql, some: `(${sql}) is not null` };
  return {
    adds: `coalesce(${sql}, 0)`,
    some: ledger.counts ? `(${one} > 0 or coalesce(${sql}, 0) <> 0)` : "true",
  };
}

/** The figure that these rows make: nothing else is counted when a month is frozen. */
export function figureOf(
  rows: readonly CountedRow[],
  n: number,
  { what }: Atom,
  ledger: Ledger | undefined,
): Figure {
  const own = rows.flatMap((r) => {
    const value = r.values[n];
    return value === null || value === undefined ? [] : [{ value, division: r.division }];
  });
  if (what === "townships") {
    const places = own.filter((r) => r.division.length >= 9).map((r) => r.division.slice(0, 9));
    return { total: new Set(places).size, divide: 1 };
  }
  const total = own.reduce((sum, r) => sum + r.value, 0);
  if (typeof what !== "object" || !ledger) return { total, divide: 1 };
  const { divide } = numberOf(ledger, what);
  return { total, divide, ...("mean" in what ? { count: own.length } : {}) };
}

/** A cell as it is written on a page. */
export function cellText(as: DetailColumn["as"], value: string | null | undefined, words: Words): string {
  if (value === null || value === undefined) return "";
  switch (as) {
    case "money":
      return formatYuan(Number(value));
    case "division":
      return words.division(value);
    case "item":
      return words.item(value);
    case "boolean":
      return value === "true" ? "是" : "否";
    default:
      return value;
  }
}
