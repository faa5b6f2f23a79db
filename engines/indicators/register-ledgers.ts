/** `register:<code>` and `register:<code>:<sub-ledger>`: made from the declaration, so a new register brings its own. */
import type { ResolvedRegister, SubLedger } from "@wuxin/declare";
import { columnsOf, conditionSql, ledgerColumns, type RegisterColumn } from "@wuxin/engines/registers";
import { fieldsOf } from "@wuxin/kernel";
import { type DetailColumn, type Ledger, type LedgerColumn, lastMonth } from "./ledger.ts";
import { ofMonth } from "./ledger-parts.ts";

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function answers(all: ReadonlyMap<string, RegisterColumn>): [string, LedgerColumn][] {
  return [...all.values()]
    .filter((c) => c.kind !== "opaque")
    .map((c) => [c.name, { kind: c.kind, label: c.label, sql: () => c.sql }]);
}

/** Money is also offered in 元 and 万元, named as the ledgers of payments name it: priceFen → priceYuan, priceWan. */
function numbers(all: ReadonlyMap<string, RegisterColumn>): Ledger["numbers"] {
  const map = new Map<string, { sql: string; divide: number }>();
  for (const c of all.values()) {
    if (c.kind !== "number") continue;
    map.set(c.name, { sql: c.sql, divide: 1 });
    if (c.type === "money" && c.name.endsWith("Fen")) {
      map.set(c.name.replace(/Fen$/, "Yuan"), { sql: c.sql, divide: 100 });
      map.set(c.name.replace(/Fen$/, "Wan"), { sql: c.sql, divide: 1_000_000 });
    }
  }
  return map;
}

/** Whoever may not see the household reads nothing here: the registry's own rows decide. */
const HEAD_OF_HOUSEHOLD = `(select p.name from household h
    join person p on p.county_code = h.county_code and p.id = h.head_person_id
   where h.county_code = r.county_code and h.id = r.household_id)`;

function cells(all: ReadonlyMap<string, RegisterColumn>, names: readonly string[]): DetailColumn[] {
  return names.flatMap((name): DetailColumn[] => {
    const c = all.get(name);
    if (!c || c.kind === "opaque" || c.kind === "list") return [];
    if (c.type === "household") return [{ key: c.name, label: c.label, sql: HEAD_OF_HOUSEHOLD, as: "name" }];
    const as = c.personal
      ? "name"
      : c.type === "money"
        ? "money"
        : c.type === "division"
          ? "division"
          : c.type === "boolean"
            ? "boolean"
            : undefined;
    return [{ key: c.name, label: c.label, sql: c.sql, ...(as ? { as } : {}) } as DetailColumn];
  });
}

/** Entries in use at the end of a month, with the answers they then had; as a flow, the entries made in it, as first written. */
function entries(r: ResolvedRegister): Ledger {
  const all = columnsOf(r, "r");
  const columns = new Map(answers(all));
  const limits = (r.limits ?? []).filter((l) => all.has(l.field));
  columns.set("flagged", {
    kind: "boolean",
    label: "超过限额",
    needs: [...new Set(limits.flatMap((l) => [l.field, ...conditionFields(l.when)]))],
    period: (at, p, c) => {
      const parts = limits.map((l) => {
        const limit = `(${p.bind(c.parameterByMonth(l.parameter), "numeric[]")})[m.i]`;
        const over = `coalesce(${at(l.field)} > ${limit}, false)`;
        if (!l.when) return over;
        const find = (name: string) => {
          const column = all.get(name);
          return column && { kind: column.kind, sql: at(name) };
        };
        return `(${over} and ${conditionSql(l.when, find, p)})`;
      });
      return parts.length === 0 ? "false" : `(${parts.join(" or ")})`;
    },
  });
  columns.set("divisionCode", { kind: "text", label: "区划", sql: () => "r.division_code" });
  const lasts = (at: (name: string) => string) =>
    `${at("from_month")} <= m.month and (${at("to_month")} is null or ${at("to_month")} > m.month)`;
  return {
    code: `register:${r.code}`,
    title: r.title,
    relation: () => `(select * from register_stretch where register = ${quoted(r.code)} and active) r`,
    keys: ["from_month", "to_month", "created"],
    window: (p, c) => `r.from_month <= ${p.bind(lastMonth(c), "text")}`,
    flow: (at) => `(${at("created")} and ${at("from_month")} = m.month)`,
    stock: (at) => `(${lasts(at)})`,
    columns,
    numbers: numbers(all),
    detail: {
      joins: "",
      columns: cells(all, r.columns),
      orderBy: "r.division_code, r.entry_id",
      opens: { kind: `register:${r.code}`, id: "r.entry_id" },
    },
  };
}

/**
 * Lines of a sub-ledger by the day that they are about. Of lines about households the latest of each household, in
 * entries in use, is what stands at the end of a month.
 */
function lines(r: ResolvedRegister, l: SubLedger): Ledger {
  const all = ledgerColumns(l, "r");
  const columns = new Map(answers(all));
  columns.set("flagged", { kind: "boolean", label: "超过限额", sql: () => "(r.flags <> '[]')" });
  columns.set("divisionCode", { kind: "text", label: "区划", sql: () => "r.division_code" });
  // What the line belongs to, as it now is: a station that was finished in May is a station of its kind.
  for (const [name, c] of answers(columnsOf(r, "(r.entry)"))) columns.set(`entry.${name}`, c);
  return {
    code: `register:${r.code}:${l.code}`,
    title: `${r.title}·${l.title}`,
    relation: () =>
      `(select w.*, e as entry, e.division_code, e.title, to_char(w.on_date, 'YYYY-MM') as month${l.households ? HOLDS : ""}
          from register_row w
          join register_entry e on e.county_code = w.county_code and e.register = w.register and e.id = w.entry_id
         where w.register = ${quoted(r.code)} and w.ledger = ${quoted(l.code)}) r`,
    ...(l.households ? householdMonths : ofMonth()),
    columns,
    numbers: numbers(all),
    detail: {
      joins: "",
      columns: [
        { key: "entry", label: r.title.replace(/台账$/, ""), sql: "r.title" },
        { key: "division", label: "所在地", sql: "r.division_code", as: "division" },
        ...cells(
          all,
          l.fields.map((f) => f.name),
        ),
        {
          key: "flags",
          label: "预警",
          sql: "(select string_agg(x, '；') from jsonb_array_elements_text(r.flags) x)",
        },
      ],
      orderBy: "r.on_date, r.id",
      opens: { kind: `register:${r.code}`, id: "r.entry_id" },
    },
  };
}

/** Until when a line is the latest about its household: its month without end when none follows. */
const HOLDS = `, e.active as in_use, to_char(lead(w.on_date) over (
    partition by w.county_code, w.register, w.entry_id, w.ledger, w.household_id order by w.on_date, w.at, w.id), 'YYYY-MM') as to_month`;
const householdMonths: Pick<Ledger, "keys" | "window" | "flow" | "stock"> = {
  keys: ["month", "to_month", "in_use"],
  window: (p, c) => `r.month <= ${p.bind(lastMonth(c), "text")}`,
  flow: (at) => `${at("month")} = m.month`,
  stock: (at) =>
    `(${at("in_use")} and ${at("month")} <= m.month and (${at("to_month")} is null or ${at("to_month")} > m.month))`,
};

const conditionFields = (c: Parameters<typeof fieldsOf>[0] | undefined): string[] => (c ? fieldsOf(c) : []);

export const registerLedgers = (registers: ReadonlyMap<string, ResolvedRegister>): Ledger[] =>
  [...registers.values()].flatMap((r) => [entries(r), ...(r.ledgers ?? []).map((l) => lines(r, l))]);
