import type { RosterLine } from "@wuxin/contract";
import type { Reply } from "../../app/api.ts";
import type { Tone } from "../../parts/marks.tsx";

export const ROSTER_TONE: Record<Reply<"getRoster">["state"], Tone> = {
  draft: "neutral",
  made: "active",
  checked: "active",
  approved: "active",
  sent: "waiting",
  closed: "good",
  discarded: "bad",
};
export const LINE_TONE: Record<RosterLine["state"], Tone> = {
  ready: "neutral",
  held: "waiting",
  sent: "active",
  paid: "good",
  failed: "bad",
  unknown: "warn",
  reissued: "good",
  stopped: "neutral",
};
export const CHANGES: Record<RosterLine["change"], string> = {
  new: "新增",
  changed: "调整",
  same: "不变",
  stopped: "停发",
  backpay: "补发",
  recovery: "追缴",
  reissue: "失败补发",
};
export const LINE_STATES: readonly (readonly [RosterLine["state"], string])[] = [
  ["ready", "待发"],
  ["held", "暂缓"],
  ["sent", "已报送"],
  ["paid", "成功"],
  ["failed", "失败"],
  ["unknown", "未知"],
  ["reissued", "已补发"],
  ["stopped", "停发"],
];
