/** What a list asks for → SQL over declared columns. Column names come from the declaration, typed values are bound. */
import type { LimitRule } from "@wuxin/declare";
import { type Condition, DomainError, fieldsOf, type IsoDate } from "@wuxin/kernel";
import type { RegisterColumn } from "./columns.ts";
import { conditionFaults, conditionSql, type FindColumn, Parameters } from "./condition-sql.ts";
import { badFilter } from "./errors.ts";
import type { FindParameter } from "./model.ts";
import type { ListSql } from "./store.ts";

export interface EntryQuery {
  readonly page: number;
  readonly size: number;
  /** Part of the title or of a text column; a whole number finds a sealed one. */
  readonly q?: string | undefined;
  /** A column, `-` before it for descending; also `checkDueOn`, `updatedAt`. */
  readonly sort?: string | undefined;
  /** Prefix. */
  readonly division?: string | undefined;
  readonly flagged?: "true" | undefined;
  /** A Condition as JSON over the register's columns and `flagged`, `checkDue`, `active`. */
  readonly filter?: string | undefined;
}

export interface Listed {
  readonly code: string;
  readonly columns: ReadonlyMap<string, RegisterColumn>;
  /** Of the columns, those that the declaration lists: where words are searched. */
  readonly shown: readonly string[];
  /** Columns to sum; undefined = every number. */
  readonly sums: readonly string[] | undefined;
  readonly limits: readonly LimitRule[];
  readonly everyMonths: number | undefined;
}

const DUE_FROM = "coalesce(e.last_checked_on, e.created_on)";

/** Limits with a value today, as one condition over the entry. */
export function flaggedSql(r: Listed, find: FindParameter, parameters: Parameters): string {
  const parts = r.limits.flatMap((l) => {
    const limit = find(l.parameter);
    const column = r.columns.get(l.field);
    if (!limit || !column) return [];
    const over = `coalesce(${column.sql} > ${parameters.bind(limit.value, "numeric")}, false)`;
    return [l.when ? `(${over} and ${conditionSql(l.when, (n) => r.columns.get(n), parameters)})` : over];
  });
  return parts.length === 0 ? "false" : `(${parts.join(" or ")})`;
}

export function checkDueSql(r: Listed, today: IsoDate, parameters: Parameters): string {
  if (r.everyMonths === undefined) return "false";
  return `((${DUE_FROM} + make_interval(months => ${parameters.bind(r.everyMonths, "int")}))::date <= ${parameters.bind(today, "date")})`;
}

/** The first two parameters of every statement on a register. */
export function parametersOf(countyCode: string, register: string): Parameters {
  const parameters = new Parameters();
  parameters.bind(countyCode, "text");
  parameters.bind(register, "text");
  return parameters;
}

export function listSql(
  r: Listed,
  query: EntryQuery,
  more: {
    readonly countyCode: string;
    readonly today: IsoDate;
    readonly find: FindParameter;
    /** Digest of a whole number, hex. */
    readonly digest: (name: string, text: string) => string;
  },
): ListSql {
  const parameters = parametersOf(more.countyCode, r.code);
  const columns =
    (p: Parameters): FindColumn =>
    (name) => {
      if (name === "active") return { kind: "boolean", sql: "e.active" };
      if (name === "flagged") return { kind: "boolean", sql: flaggedSql(r, more.find, p) };
      if (name === "checkDue") return { kind: "boolean", sql: checkDueSql(r, more.today, p) };
      return open(r, name);
    };
  const where = ["e.county_code = $1", "e.register = $2"];
  // Checked against throw-away parameters: PostgreSQL refuses a bound value that no text uses.
  const condition = query.filter ? parseFilter(query.filter, columns(new Parameters())) : undefined;
  if (condition) where.push(conditionSql(condition, columns(parameters), parameters));
  if (!condition || !fieldsOf(condition).includes("active")) where.push("e.active");
  if (query.flagged === "true") where.push(flaggedSql(r, more.find, parameters));
  if (query.division) {
    const prefix = parameters.bind(query.division, "text");
    where.push(`e.division_code >= ${prefix} and e.division_code < ${prefix} || 'z'`);
  }
  const q = query.q?.trim();
  if (q) where.push(searchSql(r, q, parameters, more.digest));
  const sums = new Map(
    [...r.columns.values()].flatMap((c) =>
      c.kind === "number" && !c.personal && (r.sums?.includes(c.name) ?? true)
        ? [[c.name, c.sql] as const]
        : [],
    ),
  );
  return {
    where: where.join(" and "),
    orderBy: orderSql(r, query.sort),
    sums,
    parameters: parameters.values,
  };
}

/** Any declared column may be sorted and filtered by, except what is personal: its order would tell it. */
function open(r: Listed, name: string): RegisterColumn | undefined {
  const c = r.columns.get(name);
  return c && !c.personal ? c : undefined;
}

function searchSql(
  r: Listed,
  q: string,
  parameters: Parameters,
  digest: (name: string, text: string) => string,
): string {
  const pattern = parameters.bind(`%${q.replaceAll(/[\\%_]/g, "\\$&")}%`, "text");
  const texts = r.shown.flatMap((name) => {
    const c = open(r, name);
    return c?.kind === "text" && c.type !== "division" ? [c.sql] : [];
  });
  const parts = ["e.title", ...texts].map((sql) => `${sql} ilike ${pattern}`);
  for (const c of r.columns.values())
    if (c.sealed) parts.push(`${c.sql} ->> 'digest' = ${parameters.bind(digest(c.name, q), "text")}`);
  return `(${parts.map((p) => `coalesce(${p}, false)`).join(" or ")})`;
}

function orderSql(r: Listed, sort: string | undefined): string {
  if (!sort) return "e.title";
  const descending = sort.startsWith("-");
  const name = descending ? sort.slice(1) : sort;
  const c = open(r, name);
  const sql =
    name === "checkDueOn"
      ? DUE_FROM
      : name === "updatedAt"
        ? "e.updated_at"
        : c && c.kind !== "opaque" && c.kind !== "list"
          ? c.sql
          : undefined;
  if (!sql)
    throw new DomainError("invalid-input", `不能按「${name}」排序，请改用台账的其他列。`, { field: "sort" });
  return `${sql} ${descending ? "desc" : "asc"} nulls last`;
}

const MAX_DEPTH = 5;
const MAX_PARTS = 60;

/** A filter comes from a browser: shape, size and columns are checked before anything is made of it. */
function parseFilter(text: string, find: FindColumn): Condition {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw badFilter("不是有效的条件。");
  }
  let parts = 0;
  const check = (c: unknown, depth: number): c is Condition => {
    parts += 1;
    if (depth > MAX_DEPTH || parts > MAX_PARTS || typeof c !== "object" || c === null || Array.isArray(c))
      return false;
    const keys = Object.keys(c);
    const x = c as Record<string, unknown>;
    const all = (list: unknown) => Array.isArray(list) && list.every((part) => check(part, depth + 1));
    if (keys.length === 1) {
      if ("all" in x) return all(x.all);
      if ("any" in x) return all(x.any);
      return "not" in x && check(x.not, depth + 1);
    }
    if (keys.length !== 2 || typeof x.field !== "string") return false;
    const scalar = (v: unknown) => v === null || ["string", "number", "boolean"].includes(typeof v);
    if ("is" in x) return scalar(x.is);
    if ("isNot" in x) return scalar(x.isNot);
    if ("in" in x) return Array.isArray(x.in) && x.in.length <= 200 && x.in.every(scalar);
    if ("atLeast" in x) return typeof x.atLeast === "number";
    if ("atMost" in x) return typeof x.atMost === "number";
    return "known" in x && typeof x.known === "boolean";
  };
  if (!check(parsed, 1)) throw badFilter("的写法不对或太长。");
  const faults = conditionFaults(parsed, find);
  if (faults.length > 0) throw badFilter(`有误：${faults.join("；")}。`);
  return parsed;
}
