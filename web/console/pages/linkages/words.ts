import type { Reply } from "../../app/api.ts";

export type LinkageMonth = Reply<"getLinkage">;
export const MONTH_TONE = {
  idle: "neutral",
  proposed: "waiting",
  confirmed: "good",
  dismissed: "neutral",
  replaced: "neutral",
} as const;
export const count = (value: number) => value.toLocaleString("zh-CN");
