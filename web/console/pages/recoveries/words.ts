import type { Reply } from "../../app/api.ts";

export type Recovery = Reply<"getRecovery">;
export type RecoveryState = Recovery["state"];
export const RECOVERY_TONE = {
  proposed: "waiting",
  confirmed: "active",
  dismissed: "neutral",
  settled: "good",
} as const;
