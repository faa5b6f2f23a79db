/** What is asked for a figure, for an acceptance, for a survey, and for the standard that an acceptance is held against. */
import type { Field } from "@wuxin/declare/fields";
import { type Asked, type DoingKind, note, number } from "./act.tsx";
import type { Target } from "./light.tsx";

export type EvidenceDoing = "evidence" | "acceptance" | "survey";
export const isEvidence = (kind: DoingKind): kind is EvidenceDoing =>
  kind === "evidence" || kind === "acceptance" || kind === "survey";

interface EvidenceAsked {
  readonly kind: Target["evidence"][number]["kind"];
  readonly title: string;
  readonly fields: readonly Field[];
}
export function evidenceAsked(kind: EvidenceDoing, target: Target | null): EvidenceAsked {
  const unit = target?.unit ?? "";
  const words = (label: string): Field => ({ ...note(label), name: "words" });
  const day = (label: string): Field => ({ name: "asOf", label, type: "date", required: true });
  const files: Field = { name: "files", label: "附件", type: "file", max: 20 };
  switch (kind) {
    case "acceptance":
      return {
        ...{ kind, title: `验收单：${target?.object ?? ""}` },
        fields: [
          day("验收日期"),
          { name: "division", label: "在哪个乡镇（街道）", type: "division", help: "县级自己的不填。" },
          number("value", `这次验收多少（${unit}）`, { required: true }),
          words("验收了什么，对照标准怎样"),
          files,
        ],
      };
    case "survey":
      return {
        ...{ kind, title: `满意度：${target?.object ?? ""}` },
        fields: [
          day("调查日期"),
          number("asked", "调查了多少人", { required: true, help: "整数。" }),
          number("value", "其中多少人满意", { required: true, help: "整数。" }),
          words("谁调查的，怎样选人、怎样问"),
          files,
        ],
      };
    default:
      return {
        ...{ kind: "figure", title: "填报佐证" },
        fields: [
          day("截至"),
          number("value", `数值（${unit}）`, { required: true }),
          words("数从哪里来"),
          files,
        ],
      };
  }
}

export function qualityAsked(target: Target | null): Asked {
  const { text = "", source = "" } = target?.livelihood.quality ?? {};
  return {
    ...{ title: "质量标准", verb: "写定" },
    fields: [
      { name: "text", label: "做到什么样算合格", type: "longtext", required: true, min: 4, max: 500 },
      { name: "source", label: "标准出自哪份文件或合同", type: "text", required: true, min: 4, max: 200 },
    ],
    initial: { text, source },
    act: (v) => ({ kind: "quality", text: String(v.text), source: String(v.source) }),
  };
}
