/** Typed text ⇄ the value that is stored. What cannot be read yet stays text, so that nothing typed is lost. */
import {
  DomainError,
  formatDateChinese,
  formatMonthChinese,
  formatYuan,
  isIsoDate,
  isMonth,
  luhnValid,
  normalizePhone,
  parseResidentId,
  parseYuan,
  toHalfWidth,
} from "@wuxin/kernel";
import type { Field, FieldValue } from "../app/types.ts";
import { t } from "../texts/index.ts";

/** `1948年5月6日`, `1948.5.6`, `19480506` → `1948-05-06`; other text comes back trimmed. */
export function readDate(text: string): string {
  const typed = toHalfWidth(text).trim();
  const parts = /^(\d{4})(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))$/.exec(typed);
  if (!parts) return typed;
  const [, year, m1, d1, m2, d2] = parts;
  return `${year}-${(m1 ?? m2 ?? "").padStart(2, "0")}-${(d1 ?? d2 ?? "").padStart(2, "0")}`;
}

/** `2024年3月`, `2024.3`, `202403` → `2024-03`. */
export function readMonth(text: string): string {
  const typed = toHalfWidth(text).trim();
  const parts = /^(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*月?|(\d{2}))$/.exec(typed);
  return parts ? `${parts[1]}-${(parts[2] ?? parts[3] ?? "").padStart(2, "0")}` : typed;
}

/** @returns undefined when nothing is typed */
export function readTyped(type: Field["type"], text: string): FieldValue | undefined {
  if (text.trim() === "") return undefined;
  switch (type) {
    case "money":
      try {
        return parseYuan(text);
      } catch (e) {
        if (e instanceof DomainError) return text;
        throw e;
      }
    case "integer": {
      const typed = toHalfWidth(text).trim();
      return /^-?\d{1,9}$/.test(typed) ? Number(typed) : text;
    }
    case "date":
      return readDate(text);
    case "month":
      return readMonth(text);
    case "phone":
      return normalizePhone(text);
    case "resident-id":
    case "uscc":
      return toHalfWidth(text).replace(/\s/g, "").toUpperCase();
    case "bank-account":
      return toHalfWidth(text).replace(/[\s-]/g, "");
    default:
      return text;
  }
}

/** The stored value as one would type it. */
export function showTyped(type: Field["type"], value: FieldValue | undefined): string {
  if (value === undefined || value === null) return "";
  if (type === "money" && typeof value === "number")
    return formatYuan(value).replaceAll(",", "").replace(/\.00$/, "");
  return typeof value === "object" ? "" : String(value);
}

/** What the house understood, said back under the input. */
export function echoOf(
  type: Field["type"],
  value: FieldValue | undefined,
  today: string,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (type === "money" && typeof value === "number") return t("money.yuan", { yuan: formatYuan(value) });
  if (type === "date" && isIsoDate(value)) return formatDateChinese(String(value));
  if (type === "month" && isMonth(value)) return formatMonthChinese(String(value));
  if (type === "resident-id") {
    const read = parseResidentId(String(value), today);
    return read.ok ? idEcho(read, today) : undefined;
  }
  // Passbooks carry no check digit: a hint, never a refusal.
  if (type === "bank-account" && /^\d{12,}$/.test(String(value)) && !luhnValid(String(value)))
    return t("field.cardHint");
  return undefined;
}

export function idEcho(read: { sex: string; birthDate: string }, today: string): string {
  const age = Number(today.slice(0, 4)) - Number(read.birthDate.slice(0, 4));
  const before = today.slice(5) < read.birthDate.slice(5);
  return t("field.idEcho", {
    sex: read.sex,
    birth: formatDateChinese(read.birthDate),
    age: before ? age - 1 : age,
  });
}
