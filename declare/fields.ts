/**
 * The typed field: one word for a question on a citizen's phone, an input of an officer's form and a column of a
 * register. The browser uses `visible`, `required` and the limits to guide; the server checks them again.
 */
import {
  type Condition,
  holds,
  isIsoDate,
  isMobilePhone,
  isMonth,
  isUuid,
  parseResidentId,
  parseUscc,
} from "@wuxin/kernel";

export type FieldType =
  | "text" // one line, at most 200 characters unless `max`
  | "longtext" // at most 2,000 characters unless `max`
  | "integer"
  | "money" // integer 分 in JSON, 元 on screen
  | "boolean"
  | "choice"
  | "choices"
  | "date" // YYYY-MM-DD
  | "month" // YYYY-MM
  | "resident-id"
  | "uscc"
  | "phone"
  | "bank-account"
  | "division" // 9 or 12 digits, chosen from the county's own
  | "staff" // one or more accounts of the county, as { id, name }
  | "file" // ids of uploaded files
  | "household" // id of a household of the registry; only in a sub-ledger about households
  | "signature"; // { name, fileId }

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The departments of `departments.yaml`; the declared feeds. */
export type ChoiceList = "departments" | "feeds";

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly required?: boolean | Condition;
  readonly visible?: Condition;
  /** Plain words under the field. */
  readonly help?: string;
  /** The question a resident is asked; officers see `label`. */
  readonly question?: string;
  readonly choices?: readonly Choice[];
  /** In a register: the choices are a list that is kept elsewhere, filled in at start. */
  readonly choicesFrom?: ChoiceList;
  /** Integers and money: the value; text: the length; `staff` and `file`: the count. */
  readonly min?: number;
  readonly max?: number;
  /** Dates after today are refused unless set. */
  readonly allowFuture?: boolean;
  /** The input fact (Chinese name in the rule set) that this answer records. */
  readonly fact?: string;
  readonly unit?: string;
  /** Fields of one group stand together under its name, e.g. a member's. */
  readonly group?: string;
  /** Something is to be looked at here: its group stands open. */
  readonly attention?: boolean;
  readonly initial?: Scalar;
  /** In an application: asked only of people with one of these relations to the applicant. */
  readonly ofRelations?: readonly string[];
  /** Personal data: masked in lists, never in public output. */
  readonly personal?: boolean;
}

export type Scalar = string | number | boolean | null;
export interface StaffRef {
  readonly id: string;
  readonly name: string;
}
export interface Signature {
  readonly name: string;
  readonly fileId: string | null;
}
export type FieldValue = Scalar | readonly string[] | readonly StaffRef[] | Signature;
export type Values = Readonly<Record<string, FieldValue | undefined>>;

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export const isEmpty = (v: FieldValue | undefined): boolean =>
  v === undefined ||
  v === null ||
  v === "" ||
  (Array.isArray(v) && v.length === 0) ||
  (typeof v === "object" && v !== null && "fileId" in v && v.name.trim() === "");

/** What a form begins with, where nothing was answered before. */
export const initialOf = (fields: readonly Field[]): Record<string, Scalar> =>
  Object.fromEntries(fields.filter((f) => f.initial !== undefined).map((f) => [f.name, f.initial ?? null]));

/** The questions that a person of an application is asked, by his relation to the applicant. */
export const askedOf = (fields: readonly Field[], relation: string): readonly Field[] =>
  fields.filter((f) => !f.ofRelations || f.ofRelations.includes(relation));

/** Whether an application names other people beside the applicant: his household, or those whom the law looks at. */
export const namesOthers = (item: {
  readonly subject: "household" | "person";
  readonly form: { readonly relations: readonly string[] };
}): boolean => item.subject === "household" || item.form.relations.length > 1;

export const isVisible = (f: Field, values: Values): boolean => !f.visible || holds(f.visible, { ...values });

export const isRequired = (f: Field, values: Values): boolean =>
  typeof f.required === "object" ? holds(f.required, { ...values }) : f.required === true;

/**
 * Checks answers against their fields. Hidden fields are not asked and so not checked.
 * @param today refuses dates after it unless the field allows them
 * @returns one sentence per wrong field, in the order of the fields; names outside `fields` are refused too
 */
export function checkFields(fields: readonly Field[], values: Values, today: string): FieldError[] {
  const errors: FieldError[] = [];
  const known = new Set(fields.map((f) => f.name));
  for (const name of Object.keys(values))
    if (!known.has(name))
      errors.push({ field: name, message: `表单里没有「${name}」这一项，请刷新页面后重填。` });
  for (const f of fields) {
    if (!isVisible(f, values)) continue;
    const v = values[f.name];
    if (isEmpty(v)) {
      if (isRequired(f, values)) errors.push({ field: f.name, message: `请填写「${f.label}」。` });
      continue;
    }
    const message = wrong(f, v as FieldValue, today);
    if (message) errors.push({ field: f.name, message });
  }
  return errors;
}

const money = (n: number) => (n / 100).toLocaleString("zh-CN", { minimumFractionDigits: 2 });

function wrong(f: Field, v: FieldValue, today: string): string | undefined {
  const L = `「${f.label}」`;
  switch (f.type) {
    case "text":
    case "longtext": {
      if (typeof v !== "string") return `${L}应为文字。`;
      const max = f.max ?? (f.type === "text" ? 200 : 2000);
      if (v.length > max) return `${L}最多 ${max} 个字，现在有 ${v.length} 个，请精简。`;
      if (f.min !== undefined && v.trim().length < f.min) return `${L}至少写 ${f.min} 个字。`;
      return undefined;
    }
    case "integer":
      if (typeof v !== "number" || !Number.isInteger(v)) return `${L}应为整数。`;
      return range(f, v, (n) => `${n}${f.unit ?? ""}`);
    case "money":
      if (typeof v !== "number" || !Number.isSafeInteger(v)) return `${L}应为金额，最多两位小数。`;
      if (v < (f.min ?? 0)) return `${L}不能小于 ${money(f.min ?? 0)} 元。`;
      // An amount above ten million yuan is a slip of the hand in every form of a county.
      if (v > (f.max ?? 1_000_000_000))
        return `${L}不能大于 ${money(f.max ?? 1_000_000_000)} 元，请核对是否多写了零。`;
      return undefined;
    case "boolean":
      return typeof v === "boolean" ? undefined : `${L}请选择「是」或「否」。`;
    case "choice":
      return f.choices?.some((c) => c.value === v) ? undefined : `${L}请从给出的选项里选。`;
    case "choices":
      return Array.isArray(v) && v.every((x) => f.choices?.some((c) => c.value === x))
        ? undefined
        : `${L}请从给出的选项里选。`;
    case "date":
      if (typeof v !== "string" || !isIsoDate(v)) return `${L}不是有效日期，请写成 2024-03-01。`;
      if (!f.allowFuture && v > today) return `${L}不能晚于今天（${today}）。`;
      if (v < "1900-01-01") return `${L}早于 1900 年，请核对。`;
      return undefined;
    case "month":
      return typeof v === "string" && isMonth(v) ? undefined : `${L}不是有效月份，请写成 2024-03。`;
    case "resident-id": {
      const r = parseResidentId(String(v));
      return r.ok ? undefined : r.message;
    }
    case "uscc": {
      const r = parseUscc(String(v));
      return r.ok ? undefined : r.message;
    }
    case "phone":
      return isMobilePhone(String(v)) ? undefined : `${L}应为 11 位手机号码，请核对。`;
    case "bank-account":
      return /^\d{8,30}$/.test(String(v).replaceAll(/\s/g, ""))
        ? undefined
        : `${L}应为 8 至 30 位数字，请照卡面填写。`;
    case "division":
      return /^(\d{9}|\d{12})$/.test(String(v)) ? undefined : `${L}请从列表里选择乡镇或村（社区）。`;
    case "household":
      return isUuid(String(v)) ? undefined : `${L}请按户主姓名或证件尾号查找，从找到的里选。`;
    case "staff":
      return count(f, v, "人");
    case "file":
      return count(f, v, "份");
    case "signature":
      return typeof v === "object" && v !== null && "fileId" in v ? undefined : `请在${L}处签名。`;
  }
}

function range(f: Field, v: number, say: (n: number) => string): string | undefined {
  if (f.min !== undefined && v < f.min) return `「${f.label}」不能小于 ${say(f.min)}。`;
  if (f.max !== undefined && v > f.max) return `「${f.label}」不能大于 ${say(f.max)}，请核对。`;
  return undefined;
}

function count(f: Field, v: FieldValue, unit: string): string | undefined {
  if (!Array.isArray(v)) return `「${f.label}」格式不对，请重新选择。`;
  const ids = v.map((x) => (typeof x === "string" ? x : (x as StaffRef).id));
  if (new Set(ids).size !== ids.length) return `「${f.label}」里有重复，请去掉。`;
  if (f.min !== undefined && v.length < f.min) return `「${f.label}」至少要 ${f.min} ${unit}。`;
  if (f.max !== undefined && v.length > f.max) return `「${f.label}」最多 ${f.max} ${unit}。`;
  return undefined;
}
