/** Pure: what an entry's answers are, what is wrong with them, what passed a limit, what changed. */
import {
  checkFields,
  type Field,
  type FieldError,
  type FieldValue,
  isEmpty,
  isVisible,
  type LimitRule,
  type RegisterDefinition,
  type StaffRef,
  type Values,
} from "@wuxin/declare";
import {
  formatYuan,
  holds,
  type IsoDate,
  maskAccount,
  maskName,
  maskPhone,
  maskResidentId,
  parseResidentId,
} from "@wuxin/kernel";
import { isPersonal, isSealed } from "./columns.ts";

/** What lies in the database in place of a person's number. */
export interface Sealed {
  readonly sealed: string; // base64
  readonly digest: string; // hex
  readonly masked: string;
}
export type StoredValues = Readonly<Record<string, FieldValue | Sealed>>;

/** A dated value that a limit compares with, in the unit of the field (money in 分). */
export interface ParameterValue {
  readonly value: number;
  /** As people write it, e.g. 15,000.00 元. */
  readonly text: string;
  /** 文号, or who approved it; null when the county recorded none. */
  readonly document: string | null;
  readonly since: IsoDate;
  readonly unverified: boolean;
}
export type FindParameter = (name: string) => ParameterValue | undefined;

export const isSealedValue = (v: unknown): v is Sealed =>
  typeof v === "object" && v !== null && "sealed" in v;

const MASKS: Partial<Record<Field["type"], (text: string) => string>> = {
  "resident-id": maskResidentId,
  phone: maskPhone,
  "bank-account": maskAccount,
};

/** Personal answers masked by their type; others as they are. */
export function masked(f: Field, value: FieldValue): FieldValue {
  if (!isPersonal(f) || typeof value !== "string") return value;
  return (MASKS[f.type] ?? maskName)(value);
}

/** One way of writing, so that the same answer is the same value and the same digest. */
function canonical(f: Field, value: FieldValue): FieldValue {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (f.type === "resident-id") {
    const parsed = parseResidentId(text);
    return parsed.ok ? parsed.id : text;
  }
  if (f.type === "bank-account" || f.type === "phone") return text.replaceAll(/[\s-]/g, "");
  if (f.type === "uscc") return text.toUpperCase();
  return text;
}

/**
 * The whole answers after a save: what is left out stays, null clears, a mask sent back unchanged stays what it masks.
 * Answers to questions that are not asked are dropped, so nothing unchecked is stored.
 * @param before plain stored answers; empty for a new entry, which then takes the fields' initial values
 */
export function completed(fields: readonly Field[], input: Values, before: Values | undefined): Values {
  const values: Record<string, FieldValue> = {};
  const known = new Map(fields.map((f) => [f.name, f]));
  for (const f of fields) {
    const old = before ? before[f.name] : f.initial;
    const given = input[f.name];
    const same = given !== undefined && old !== undefined && given === masked(f, old as FieldValue);
    const value = given === undefined || same ? old : given === null ? undefined : canonical(f, given);
    if (value !== undefined && !isEmpty(value)) values[f.name] = value as FieldValue;
  }
  // A name that no field has must be refused by the check, not lost.
  for (const [name, value] of Object.entries(input))
    if (!known.has(name) && value !== undefined) values[name] = value;
  for (let dropped = true; dropped; ) {
    dropped = false;
    for (const f of fields)
      if (f.name in values && !isVisible(f, values)) {
        delete values[f.name];
        dropped = true;
      }
  }
  return values;
}

/** The answers with their computed columns; a column with a part missing is absent. */
export function withDerived(r: Pick<RegisterDefinition, "derived">, values: Values): Values {
  const all: Record<string, FieldValue | undefined> = { ...values };
  for (const d of r.derived ?? []) {
    const [a, b] = [all[d.minus[0]], all[d.minus[1]]];
    if (typeof a === "number" && typeof b === "number") all[d.name] = a - b;
  }
  return all;
}

export interface Exceeded {
  readonly code: string;
  readonly field: string;
  readonly severity: LimitRule["severity"];
  readonly message: string;
}

/** The limits that the answers pass. A parameter that the county has not recorded limits nothing. */
export function exceeded(
  limits: readonly LimitRule[] | undefined,
  fields: readonly Pick<Field, "name" | "type" | "unit">[],
  values: Values,
  find: FindParameter,
): Exceeded[] {
  return (limits ?? []).flatMap((l) => {
    const value = values[l.field];
    const limit = find(l.parameter);
    if (typeof value !== "number" || !limit || value <= limit.value) return [];
    if (l.when && !holds(l.when, { ...values })) return [];
    const field = fields.find((f) => f.name === l.field);
    const shown = field?.type === "money" ? `${formatYuan(value)} 元` : `${value}${field?.unit ?? ""}`;
    const message = l.message
      .replaceAll("{{value}}", shown)
      .replaceAll("{{limit}}", limit.text)
      .replaceAll("{{document}}", limit.document ?? "未载文号");
    return [{ code: l.code, field: l.field, severity: l.severity, message }];
  });
}

/** Every reason why these answers cannot be stored, each at its field. */
export function refusals(
  part: Pick<RegisterDefinition, "fields" | "derived" | "rules" | "limits">,
  values: Values,
  today: IsoDate,
  find: FindParameter,
): FieldError[] {
  const errors = checkFields(part.fields, values, today);
  if (errors.length > 0) return errors;
  const all = withDerived(part, values);
  for (const rule of part.rules ?? [])
    if (holds(rule.when, { ...all })) errors.push({ field: rule.field, message: rule.message });
  for (const e of exceeded(part.limits, part.fields, all, find))
    if (e.severity === "refuse") errors.push({ field: e.field, message: e.message });
  return errors;
}

/** As people read it. */
export function textOf(
  f: Pick<Field, "type" | "choices">,
  value: unknown,
  divisionName: (code: string) => string,
): string {
  if (value === undefined || value === null) return "";
  if (isSealedValue(value)) return value.masked;
  const label = (v: unknown) => f.choices?.find((c) => c.value === v)?.label ?? String(v);
  switch (f.type) {
    case "money":
      return typeof value === "number" ? formatYuan(value) : String(value);
    case "boolean":
      return value === true ? "是" : "否";
    case "choice":
      return label(value);
    case "choices":
      return Array.isArray(value) ? value.map(label).join("、") : label(value);
    case "division":
      return divisionName(String(value));
    case "staff":
      return Array.isArray(value)
        ? value.map((x) => (typeof x === "string" ? x : (x as StaffRef).name)).join("、")
        : "";
    case "file":
      return Array.isArray(value) ? `${value.length} 份` : "";
    case "signature":
      return (value as { name?: string }).name ?? "";
    default:
      return String(value);
  }
}

export interface Change {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a version changed, field by field in the order of the form; personal data masked. */
export function changes(
  fields: readonly Field[],
  before: StoredValues,
  after: StoredValues,
  divisionName: (code: string) => string,
): Change[] {
  return fields.flatMap((f) => {
    const [a, b] = [before[f.name], after[f.name]];
    if (sameValue(a, b)) return [];
    const text = (v: FieldValue | Sealed | undefined) => {
      if (v === undefined || v === null) return null;
      return textOf(f, isSealedValue(v) ? v : masked(f, v), divisionName);
    };
    return [{ label: f.label, before: text(a), after: text(b) }];
  });
}

/** Sealing the same number twice gives other bytes: the digest tells whether it is the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (isSealedValue(a) && isSealedValue(b)) return a.digest === b.digest;
  return stable(a) === stable(b);
}

export const sameValues = (a: StoredValues, b: StoredValues): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => sameValue(a[name], b[name]));

/** jsonb gives keys back in its own order. */
function stable(v: unknown): string {
  if (v === undefined) return "";
  if (typeof v !== "object" || v === null) return JSON.stringify(v);
  if (Array.isArray(v)) return `[${v.map(stable).join(",")}]`;
  const record = v as Record<string, unknown>;
  return `{${Object.keys(record)
    .sort()
    .map((k) => `${JSON.stringify(k)}:${stable(record[k])}`)
    .join(",")}}`;
}

/** Stored answers that are scalars, for rows; lists and signatures are told in words beside them. */
export const isScalar = (v: unknown): v is string | number | boolean | null =>
  v === null || ["string", "number", "boolean"].includes(typeof v);

export { isSealed };
