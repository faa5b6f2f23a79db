import type { Reply } from "../../app/api.ts";
import type { Tone } from "../../parts/marks.tsx";

type State = Reply<"getClue">["state"];

export const STATES = [
  { value: "open", label: "未办结" },
  { value: "all", label: "全部状态" },
  { value: "new", label: "待下发" },
  { value: "dispatched", label: "待派人" },
  { value: "assigned", label: "待入户、待联系" },
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
export const OUTCOMES: Readonly<Record<string, string>> = {
  ...{
    "new-case": "纳入",
    adjust: "调整",
    stop: "停发",
    refer: "转介",
    "no-change": "情况不变",
    false: "误报",
  },
};
export const TONES: Record<State, Tone> = {
  ...{ new: "warn", dispatched: "waiting", assigned: "waiting", visited: "active" },
  ...{ handling: "active", referred: "waiting", closed: "good" },
};

export const RECTIFIED: Record<Reply<"getRectification">["state"], Tone> = {
  ...{ issued: "warn", answered: "active", accepted: "good", withdrawn: "waiting" },
};

/** What a step that asks little or nothing sets going. */
export const MEANS: Readonly<Record<string, string>> = {
  dispatch: "下发后由乡镇派人上门，时限从今天起算。",
  "open-case": "先上门看过，再为这户发起申请；给不给待遇，仍由办件审核确认。",
  "record-death": "登记后从死亡次月起停发，线索和预警一起办结；已多发的算出来，追不追由人确认。",
  "send-back": "退回后由原来的人重新上门。",
  urge: "催办会记在经过里，也计入乡镇的监管月报。",
  false: "判为误报会降低这条规则显示的准确率。",
};
