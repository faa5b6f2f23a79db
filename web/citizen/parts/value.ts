/** A declared field's value in words, for reading. */
import type { Division, Field, FieldValue } from "../app/types.ts";
import { t } from "../texts/index.ts";
import { dateWords, yuanWords } from "./words.ts";

/** One answer in words; money in 元, places by name, choices by label. */
export function valueWords(
  field: Field,
  value: FieldValue | undefined,
  places: readonly Division[] = [],
): string {
  if (value === undefined || value === null || value === "") return t("review.nothing");
  if (field.type === "money" && typeof value === "number") return yuanWords(value);
  if (typeof value === "boolean") return value ? t("field.yes") : t("field.no");
  if (field.type === "date" || field.type === "month") return dateWords(String(value));
  if (field.type === "division") return placeName(String(value), places);
  if (Array.isArray(value)) {
    if (field.type === "file") return t("review.files", { n: value.length });
    return value
      .map((v) => (typeof v === "string" ? (field.choices?.find((c) => c.value === v)?.label ?? v) : v.name))
      .join(t("mark.and"));
  }
  if (typeof value === "object" && "name" in value) return value.name;
  const label = field.choices?.find((c) => c.value === value)?.label;
  return label ?? `${String(value)}${field.unit ? ` ${field.unit}` : ""}`;
}

/** 荣家湾镇 某村 */
export function placeName(code: string, places: readonly Division[]): string {
  const names = places.filter((d) => d.level !== "county" && code.startsWith(d.code)).map((d) => d.name);
  return names.length > 0 ? names.join(" ") : code;
}
