/** The columns of a register and of its sub-ledgers, as SQL over `values`, typed and named by the declaration alone. */
import type { Field, FieldType, LimitRule, RegisterDefinition, SubLedger } from "@wuxin/declare";
import type { ColumnKind, SqlColumn } from "./condition-sql.ts";
import { householdFaults } from "./households.ts";

export interface RegisterColumn extends SqlColumn {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly personal: boolean;
  /** Sealed at rest: shown masked, found only by the whole number. */
  readonly sealed: boolean;
}

const KINDS: Partial<Record<FieldType, ColumnKind>> = {
  integer: "number",
  money: "number",
  boolean: "boolean",
  choices: "list",
  staff: "opaque",
  file: "list",
  signature: "opaque",
};

/** Numbers of people: encrypted at rest, like those of the registry. A phone is sealed when it is a person's own. */
export const isSealed = (f: Field): boolean =>
  f.type === "resident-id" || f.type === "bank-account" || (f.type === "phone" && f.personal === true);

export const isPersonal = (f: Field): boolean => f.personal === true || isSealed(f);

const literal = (name: string): string => `'${name.replaceAll("'", "''")}'`;

/**
 * A declaration may change the type of a field after rows were written: a value of another JSON type then reads as
 * unanswered instead of failing the whole list.
 */
function fieldSql(kind: ColumnKind, name: string, source: string): string {
  const at = `${source}.values -> ${literal(name)}`;
  if (kind === "text") return `(${source}.values ->> ${literal(name)})`;
  if (kind === "opaque") return `(${at})`;
  const type = kind === "list" ? "array" : kind;
  const cast = kind === "number" ? "::bigint" : kind === "boolean" ? "::boolean" : "";
  return `(case when jsonb_typeof(${at}) = '${type}' then (${at})${cast} end)`;
}

function column(f: Field, source: string): RegisterColumn {
  const sealed = isSealed(f);
  const kind = sealed ? "opaque" : (KINDS[f.type] ?? "text");
  return {
    name: f.name,
    label: f.label,
    type: f.type,
    personal: isPersonal(f),
    sealed,
    kind,
    sql: fieldSql(kind, f.name, source),
  };
}

/** Fields and derived columns of a register. `source` is the alias of a row that has `values`. */
export function columnsOf(
  r: Pick<RegisterDefinition, "fields" | "derived">,
  source = "e",
): ReadonlyMap<string, RegisterColumn> {
  const map = new Map(r.fields.map((f) => [f.name, column(f, source)]));
  for (const d of r.derived ?? []) {
    const [a, b] = d.minus.map((name) => map.get(name));
    if (!a || !b) continue;
    const money = a.type === "money" && b.type === "money";
    map.set(d.name, {
      name: d.name,
      label: d.label,
      type: money ? "money" : "integer",
      personal: false,
      sealed: false,
      kind: "number",
      sql: `(${a.sql} - ${b.sql})`,
    });
  }
  return map;
}

export const ledgerColumns = (
  l: Pick<SubLedger, "fields">,
  source = "w",
): ReadonlyMap<string, RegisterColumn> => columnsOf(l, source);

/** Names that mean something of every entry, beside its fields. */
export const ENTRY_COLUMNS = ["flagged", "checkDue", "active"] as const;

/** The day that a line or a check is about: its first date field. */
export const dateField = (fields: readonly Field[]): string | undefined =>
  fields.find((f) => f.type === "date")?.name;

/** What is wrong with a declaration that `declare` cannot see: limits over text, personal data made public … */
export function registerFaults(r: RegisterDefinition): string[] {
  const faults: string[] = [];
  const columns = columnsOf(r);
  for (const d of r.derived ?? [])
    for (const name of d.minus)
      if (columns.get(name)?.kind !== "number")
        faults.push(`计算栏 ${d.name} 用到的 ${name} 不是整数或金额。`);
  if (r.divisionField === undefined) {
    // An entry of the whole county is out of a township's sight, so nobody there could have written it.
    const below = r.editBy.filter((role) => role === "township" || role === "village");
    if (below.length > 0) faults.push(`全县的台账（没有 divisionField）不能由 ${below.join("、")} 登记。`);
  } else if (columns.get(r.divisionField)?.type !== "division")
    faults.push(`divisionField ${r.divisionField} 应当是 division 类型的栏目。`);
  if (columns.get(r.titleField)?.kind !== "text") faults.push(`titleField ${r.titleField} 应当是文字栏目。`);
  for (const name of r.publicFields ?? [])
    if (columns.get(name)?.personal) faults.push(`公开栏目 ${name} 是个人信息，请从 publicFields 删去。`);
  for (const name of ENTRY_COLUMNS)
    if (columns.has(name)) faults.push(`栏目名 ${name} 是每个台账都有的，请改名。`);
  faults.push(...limitFaults(r.limits ?? [], columns), ...householdFaults(r));
  const codes = (r.ledgers ?? []).map((l) => l.code);
  if (new Set(codes).size !== codes.length) faults.push("子台账代码有重复。");
  for (const l of r.ledgers ?? []) faults.push(...limitFaults(l.limits ?? [], ledgerColumns(l)));
  return faults;
}

function limitFaults(limits: readonly LimitRule[], columns: ReadonlyMap<string, RegisterColumn>): string[] {
  return limits
    .filter((l) => columns.get(l.field)?.kind !== "number")
    .map((l) => `限额 ${l.code} 的栏目 ${l.field} 不是整数或金额，无法与标准比较。`);
}
