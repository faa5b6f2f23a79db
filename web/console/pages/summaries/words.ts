import type { Reply } from "../../app/api.ts";

export type Summary = Reply<"getSummary">;
export type Section = Summary["sections"][number];
export type Paragraph = Section["paragraphs"][number];
export type Piece = Paragraph["pieces"][number];
export type Figure = Summary["figures"][number];
export type Finding = Summary["findings"][number];

export const FINDING_WORDS: Record<Finding["kind"], string> = {
  changed: "和来源不同",
  gone: "来源没有了",
  typed: "手写的数",
  "open-month": "没有冻结",
  "to-write": "还没有写",
};
