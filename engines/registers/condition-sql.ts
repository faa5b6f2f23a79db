/** A condition of the kernel as parameterised SQL. It means exactly what `holds` means; a property test compares them. */
import { type Condition, DomainError, type Scalar } from "@wuxin/kernel";

/** `list`: a jsonb array of texts; `opaque`: only whether it is there can be asked. */
export type ColumnKind = "text" | "number" | "boolean" | "list" | "opaque";

export interface SqlColumn {
  readonly kind: ColumnKind;
  /** SQL expression, NULL when unanswered. Never holds anything that a user typed. */
  readonly sql: string;
}
export type FindColumn = (name: string) => SqlColumn | undefined;

/** Collects the values of one statement: `bind(v)` gives its placeholder. */
export class Parameters {
  readonly values: unknown[] = [];

  bind(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** What is wrong with a condition over these columns, in words; empty when nothing is. */
export function conditionFaults(c: Condition, find: FindColumn): string[] {
  if ("all" in c) return c.all.flatMap((part) => conditionFaults(part, find));
  if ("any" in c) return c.any.flatMap((part) => conditionFaults(part, find));
  if ("not" in c) return conditionFaults(c.not, find);
  const column = find(c.field);
  if (!column) return [`没有「${c.field}」这一列`];
  if (("atLeast" in c || "atMost" in c) && column.kind !== "number")
    return [`「${c.field}」不是数，不能比大小`];
  if (column.kind === "opaque" && !("known" in c)) return [`「${c.field}」只能问是否已填`];
  return [];
}

/** @throws DomainError("bad-condition") for a column that `find` does not know */
export function conditionSql(c: Condition, find: FindColumn, parameters: Parameters): string {
  const part = (x: Condition) => conditionSql(x, find, parameters);
  if ("all" in c) return c.all.length === 0 ? "true" : `(${c.all.map(part).join(" and ")})`;
  if ("any" in c) return c.any.length === 0 ? "false" : `(${c.any.map(part).join(" or ")})`;
  if ("not" in c) return `(not ${part(c.not)})`;
  const column = find(c.field);
  if (!column) throw new DomainError("bad-condition", `条件里的「${c.field}」不是可用的列，请改用已有的列。`);
  const is = (wanted: Scalar) => equals(column, wanted, parameters);
  if ("is" in c) return is(c.is);
  if ("isNot" in c) return `(not ${is(c.isNot)})`;
  if ("in" in c) return c.in.length === 0 ? "false" : `(${c.in.map(is).join(" or ")})`;
  if ("atLeast" in c) return bound(column, ">=", c.atLeast, parameters);
  if ("atMost" in c) return bound(column, "<=", c.atMost, parameters);
  const known =
    column.kind === "text"
      ? `(coalesce(${column.sql}, '') <> '')`
      : column.kind === "list"
        ? `(coalesce(${column.sql}, '[]') <> '[]')`
        : `(${column.sql} is not null)`;
  return c.known ? known : `(not ${known})`;
}

const SQL_TYPE = { string: "text", number: "numeric", boolean: "boolean" } as const;

/** Two-valued on purpose: an unanswered column is not equal, rather than unknown, as in `holds`. */
function equals(column: SqlColumn, wanted: Scalar, parameters: Parameters): string {
  if (wanted === null) return `(${column.sql} is null)`;
  const type = typeof wanted as keyof typeof SQL_TYPE;
  if (column.kind === "list")
    return type === "string"
      ? `coalesce(jsonb_exists(${column.sql}, ${parameters.bind(wanted, "text")}), false)`
      : "false";
  if (SQL_TYPE[type] !== (column.kind === "number" ? "numeric" : column.kind)) return "false";
  return `(${column.sql} is not distinct from ${parameters.bind(wanted, SQL_TYPE[type])})`;
}

function bound(column: SqlColumn, sign: ">=" | "<=", limit: number, parameters: Parameters): string {
  if (column.kind !== "number") return "false";
  return `coalesce(${column.sql} ${sign} ${parameters.bind(limit, "numeric")}, false)`;
}
