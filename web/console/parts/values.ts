/** How the answer to a declared field reads. */
import type { Field, FieldValue } from "@wuxin/declare/fields";
import { yuan } from "../../kit/format.ts";

export function say(f: Field | undefined, v: FieldValue | undefined): string {
  if (v === undefined || v === null || v === "") return "—";
  if (Array.isArray(v)) {
    if (v.length === 0) return "—";
    if (f?.type === "file") return `${v.length} 份`;
    return v
      .map((x) => (typeof x === "string" ? (f?.choices?.find((c) => c.value === x)?.label ?? x) : x.name))
      .join("、");
  }
  if (typeof v === "object" && "name" in v) return v.name;
  if (typeof v === "boolean") return v ? "是" : "否";
  if (f?.type === "money" && typeof v === "number") return `${yuan(v)} 元`;
  if (f?.type === "choice") return f.choices?.find((c) => c.value === v)?.label ?? String(v);
  if (typeof v === "number") return `${v.toLocaleString("zh-CN")}${f?.unit ? ` ${f.unit}` : ""}`;
  return String(v);
}
