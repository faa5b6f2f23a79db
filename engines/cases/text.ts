/** How a stored value reads on a page or a paper. Personal numbers come out masked. */
import type { Field, FieldValue, Signature, StaffRef } from "@wuxin/declare";
import { formatYuan, maskAccount, maskPhone, maskResidentId, type Scalar } from "@wuxin/kernel";

const PERSONAL = new Set(["resident-id", "phone", "bank-account"]);
/** Sealed at rest, masked on screens. */
export const isPersonal = (f: Field): boolean => f.personal === true || PERSONAL.has(f.type);

export function fieldText(f: Field, v: FieldValue | undefined): string {
  if (v === undefined || v === null || v === "") return "";
  switch (f.type) {
    case "resident-id":
      return maskResidentId(String(v));
    case "phone":
      return maskPhone(String(v));
    case "bank-account":
      return maskAccount(String(v));
    case "staff":
      return Array.isArray(v) ? (v as readonly StaffRef[]).map((s) => s.name).join("、") : "";
    case "file":
      return Array.isArray(v) ? `${v.length} 份` : "";
    case "signature":
      return typeof v === "object" && "fileId" in v ? (v as Signature).name : "";
    case "choices":
      return Array.isArray(v) ? v.map((x) => choiceLabel(f, x as string)).join("、") : "";
    default:
      return scalarText(f, v as Scalar);
  }
}

function choiceLabel(f: Field, value: Scalar): string {
  return f.choices?.find((c) => c.value === value)?.label ?? String(value);
}

/** 1,234.56 元 · 是 · 3人 · 2024-03-01 · the label of a choice. */
export function scalarText(f: Pick<Field, "type" | "unit" | "choices">, v: Scalar | undefined): string {
  if (v === undefined || v === null) return "";
  if (typeof v === "boolean") return v ? "是" : "否";
  if (f.type === "money" && typeof v === "number") return `${formatYuan(v)} 元`;
  if (f.type === "choice") return choiceLabel(f as Field, v);
  return typeof v === "number" ? `${v}${f.unit ? ` ${f.unit}` : ""}` : v;
}

/** Files that an answer names, for links. */
export function filesOf(f: Field, v: FieldValue | undefined): string[] {
  if (f.type === "file" && Array.isArray(v)) return v.filter((x): x is string => typeof x === "string");
  if (f.type === "signature" && typeof v === "object" && v !== null && "fileId" in v)
    return (v as Signature).fileId ? [(v as Signature).fileId as string] : [];
  return [];
}
