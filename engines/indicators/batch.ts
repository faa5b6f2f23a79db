/**
 * One statement per ledger for all its figures and all months. The ledger's rows are first grouped by the columns that
 * the conditions name (few distinct combinations), then the small result is counted once per month and figure.
 */
import { conditionSql, Parameters, type SqlColumn } from "@wuxin/engines/registers";
import { grouped, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type Context, type Ledger, type Place, partSql } from "./ledger.ts";
import { type Atom, keyOf } from "./measure.ts";

/** A whole number and what it is divided by; a mean also has how many it is the mean of. */
export interface Figure {
  readonly total: number;
  readonly divide: number;
  readonly count?: number;
}
export type Figures = ReadonlyMap<string, ReadonlyMap<Month, Figure>>;

export const monthsSql = (p: Parameters, months: readonly Month[]): string => p.bind(months, "text[]");

/** Finds columns in a grouped statement and notes which have to be grouped by. */
class Groups {
  readonly dims = new Map<string, string>();
  readonly #ledger: Ledger;
  readonly #p: Parameters;
  readonly #c: Context;

  constructor(ledger: Ledger, p: Parameters, c: Context) {
    this.#ledger = ledger;
    this.#p = p;
    this.#c = c;
  }

  /** Keys by their own name; columns by the alias under which they are grouped. */
  readonly at: Place = (name) => (this.#ledger.keys.includes(name) ? `g.${name}` : `g.${this.#dim(name)}`);

  readonly find = (name: string): SqlColumn | undefined => {
    const column = this.#ledger.columns.get(name);
    if (!column) return undefined;
    const sql = column.period ? column.period(this.at, this.#p, this.#c) : this.at(name);
    return { kind: column.kind, sql };
  };

  #dim(name: string): string {
    const known = this.dims.get(name);
    if (known) return known;
    const alias = `d${this.dims.size}`;
    this.dims.set(name, alias);
    return alias;
  }
}

/** The whole of what was asked for, beside its townships by their codes. */
export const WHOLE = "";

/** With `eachTownship` every township beside the whole, in the same statement; one without a row is not in the map. */
export async function computePlaces(
  tx: Tx,
  ledger: Ledger,
  atoms: readonly Atom[],
  context: Context,
  eachTownship: boolean,
): Promise<ReadonlyMap<string, Figures>> {
  const p = new Parameters();
  const months = monthsSql(p, context.months);
  const groups = new Groups(ledger, p, context);
  const inner: string[] = [];
  const outer: string[] = [];
  const totals = new Map<string, string>();
  const total = (sql: string): string => {
    const alias = totals.get(sql) ?? `s${totals.size}`;
    if (!totals.has(sql)) totals.set(sql, alias);
    return `g.${alias}`;
  };
  const rows = ledger.counts ? `sum(${ledger.counts})` : "count(*)";
  let townships = eachTownship;
  for (const [i, a] of atoms.entries()) {
    const belongs = a.kind === "stock" && ledger.stock ? ledger.stock(groups.at) : ledger.flow(groups.at);
    const filter = `filter (where ${a.where ? `${belongs} and ${conditionSql(a.where, groups.find, p)}` : belongs})`;
    const sum = (sql: string) => `coalesce(sum(${total(sql)}) ${filter}, 0)::bigint`;
    if (a.what === "rows") outer.push(`${sum(rows)} as v${i}`);
    else if (a.what === "persons") outer.push(`${sum(`sum(${ledger.persons})`)} as v${i}`);
    else if (a.what === "townships") {
      townships = true;
      outer.push(`count(distinct case when ${total(rows)} > 0 then g.township end) ${filter} as v${i}`);
    } else {
      const n = ledger.numbers.get("sum" in a.what ? a.what.sum : a.what.mean);
      outer.push(`${sum(`sum(${n?.sql})`)} as v${i}`);
      if ("mean" in a.what) outer.push(`${sum(`count(${n?.sql})`)} as c${i}`);
    }
  }
  const kinds = new Set(atoms.map((a) => a.kind));
  const joined = [...kinds].map((k) =>
    k === "stock" && ledger.stock ? ledger.stock(groups.at) : ledger.flow(groups.at),
  );
  for (const key of ledger.keys) inner.push(`r.${key}`);
  for (const [name, alias] of groups.dims) {
    const sql = ledger.columns.get(name)?.sql;
    if (sql) inner.push(`${sql(p, context)} as ${alias}`);
  }
  if (townships)
    inner.push("case when length(r.division_code) >= 9 then left(r.division_code, 9) end as township");
  const by = inner.map((_, i) => i + 1).join(", ");
  for (const [sql, alias] of totals) inner.push(`${sql} as ${alias}`);
  const place = eachTownship ? "case when grouping(g.township) = 0 then g.township end" : "null::text";
  const sets = eachTownship ? "grouping sets ((m.month), (m.month, g.township))" : "m.month";
  const result = await tx.query<Counted>(
    `with g as materialized (
       select ${inner.join(", ")} from ${ledger.relation(p, context)}
        where ${partSql("r", p, context)} and ${ledger.window(p, context)} group by ${by})
     select m.month, ${place} as place, ${eachTownship ? "grouping(g.township) = 0" : "false"} as one, ${outer.join(", ")}
       from unnest(${months}) with ordinality as m (month, i) left join g on ${joined.join(" or ")}
      group by ${sets}`,
    p.values,
  );
  // A row of no township is the county's own: it is in the whole only.
  const counted = result.filter((row) => !(row.one && row.place === null));
  const byPlace = grouped(counted, (row) => row.place ?? WHOLE);
  return new Map([...byPlace].map(([key, rows]) => [key, figuresOf(ledger, atoms, rows)]));
}

/** A month of a place, with its figures as v0, v1 … and how many a mean is of as c0, c1 … */
interface Counted {
  readonly month: Month;
  readonly place: string | null;
  readonly one: boolean;
  readonly [figure: `${"v" | "c"}${number}`]: number;
}

function figuresOf(ledger: Ledger, atoms: readonly Atom[], result: readonly Counted[]): Figures {
  return new Map(
    atoms.map((a, i) => {
      const divide = typeof a.what === "object" ? numberOf(ledger, a.what).divide : 1;
      const byMonth = result.map((row): [Month, Figure] => [
        row.month,
        {
          total: row[`v${i}`] ?? 0,
          divide,
          ...(row[`c${i}`] === undefined ? {} : { count: row[`c${i}`] }),
        },
      ]);
      return [keyOf(a), new Map(byMonth)];
    }),
  );
}

export function numberOf(ledger: Ledger, what: { readonly sum: string } | { readonly mean: string }) {
  return ledger.numbers.get("sum" in what ? what.sum : what.mean) ?? { sql: "0", divide: 1 };
}
