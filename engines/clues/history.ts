/** What somebody wrote with a step of a clue, in words. */
import type { Field } from "@wuxin/declare";
import { JUDGEMENTS } from "./model.ts";

/** What was answered, as a person reads it. */
export function linesOf(data: Record<string, unknown>, fields: ReadonlyMap<string, Field>) {
  return Object.entries(data).flatMap(([name, value]) => {
    if (UNSAID.has(name)) return [];
    if (value === null || value === undefined || value === "") return [];
    const f = fields.get(name);
    return [{ label: f?.label ?? WORDS[name] ?? name, text: say(value, f) }];
  });
}
const UNSAID: ReadonlySet<string> = new Set([
  "photos",
  "worker",
  "item",
  "entitlement",
  "alertId",
  "visitId",
]);
const WORDS: Readonly<Record<string, string>> = {
  ...{ note: "说明", on: "日期", department: "部门", outcome: "结果", result: "结论", title: "预警" },
  ...{ to: "已告知", lateDays: "超期工作日", month: "批次", kind: "决定", helpedFen: "每月帮扶（分）" },
  ...{ visit: "走访", judgement: "核查结果", judgedBy: "核查人" },
  ...{ diedOn: "登记的死亡日期", told: "预警所说", todo: "怎么办" },
};
const VALUES: Readonly<Record<string, string>> = {
  ...JUDGEMENTS,
  ...{
    recheck: "重新核查",
    stop: "停发",
    agrees: "一致",
    differs: "不一致",
    done: "已帮扶",
    declined: "不符合",
  },
  ...{ award: "确认", refuse: "不予确认", adjust: "调整", continue: "继续", "gradual-exit": "渐退" },
};
function say(value: unknown, f: Field | undefined): string {
  const label = (v: unknown) =>
    f?.choices?.find((c) => c.value === v)?.label ?? VALUES[String(v)] ?? String(v);
  if (typeof value === "boolean") return value ? "是" : "否";
  if (Array.isArray(value)) return value.map(label).join("、");
  if (typeof value === "object" && value !== null && "name" in value) return String(value.name);
  return label(value);
}
