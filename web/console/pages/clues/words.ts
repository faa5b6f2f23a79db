import type { Reply } from "../../app/api.ts";
import type { Tone } from "../../parts/marks.tsx";

type State = Reply<"getClue">["state"];

export const STATES = [
  { value: "open", label: "未办结" },
  { value: "new", label: "待下发" },
  { value: "dispatched", label: "待派人" },
  { value: "assigned", label: "待入户" },
  { value: "visited", label: "待研判" },
  { value: "handling", label: "办件中" },
  { value: "referred", label: "待部门回复" },
  { value: "closed", label: "已办结" },
];
export const SOURCES = [
  { value: "alert", label: "数据比对" },
  { value: "worker", label: "主动发现" },
  { value: "resident", label: "群众反映" },
  { value: "hotline", label: "热线" },
  { value: "department", label: "部门转来" },
];
export const TONES: Record<State, Tone> = {
  ...{ new: "warn", dispatched: "waiting", assigned: "waiting", visited: "active" },
  ...{ handling: "active", referred: "waiting", closed: "good" },
};
