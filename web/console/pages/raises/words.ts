import type { Reply } from "../../app/api.ts";

export type Run = Reply<"getReprice">;
export const RUN_TONE = {
  counting: "active",
  ready: "waiting",
  applying: "active",
  done: "good",
  cancelled: "neutral",
} as const;
