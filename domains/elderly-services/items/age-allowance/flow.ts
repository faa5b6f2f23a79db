/** 高龄津贴: one person, one township check, one confirmation, then paid while alive and resident. Amounts, bands and steps are local. */
import type { Field, FlowDefinition, Role } from "@wuxin/declare";

const note: Field = { name: "note", label: "说明", type: "longtext", max: 500 };
const reason: Field = { name: "reason", label: "理由", type: "longtext", required: true, min: 5, max: 500 };
const confirmers: readonly Role[] = ["county"];

export const flow: FlowDefinition = {
  initial: "draft",
  steps: [
    { id: "apply", label: "申报" },
    { id: "check", label: "乡镇核实" },
    { id: "confirm", label: "县级确认" },
    { id: "pay", label: "发放" },
  ],
  states: [
    { id: "draft", label: "填写中", tone: "neutral", step: "apply", explain: "还没有提交。" },
    { id: "submitted", label: "待核实", tone: "waiting", step: "check", explain: "乡镇（街道）正在核实年龄、户籍、居住和收款账户。" },
    { id: "checked", label: "待确认", tone: "active", step: "confirm", explain: "已经核实，等待县民政局确认。" },
    { id: "paying", label: "在享", tone: "good", step: "pay", explain: "已经确认，按月发到账户。每年做一次生存认证，可以由工作人员上门或视频办理。" },
    { id: "refused", label: "不予发放", tone: "bad", step: "confirm", final: true, explain: "没有批准，理由见通知。情况变化后可以再申报。" },
    { id: "withdrawn", label: "已撤回", tone: "neutral", step: "apply", final: true, explain: "已撤回，可以随时再申报。" },
    { id: "stopped", label: "已停发", tone: "neutral", step: "pay", final: true, explain: "津贴已停止。" },
  ],
  clocks: [],
  publicities: [],
  actions: [
    { id: "submit", label: "提交申报", from: ["draft"], to: "submitted", by: ["resident", "village", "township"], fields: [], effects: { submit: true } },
    {
      id: "check", label: "核实无误，报县确认", from: ["submitted"], to: "checked", by: ["township"], tone: "primary", factFields: true, effects: { recordFacts: "乡镇认定" },
      fields: [
        { name: "alive", label: "本人健在，已见到本人或视频见面", type: "boolean", required: true },
        { name: "on", label: "核实日期", type: "date", required: true },
        note,
      ],
    },
    { id: "return_file", label: "退回核实", from: ["checked"], to: "submitted", by: confirmers, fields: [reason], tone: "danger" },
    {
      id: "confirm", label: "确认", from: ["checked"], to: "paying", by: confirmers, differentFrom: ["check"], fields: [note], tone: "primary",
      effects: { decide: "award", documents: ["award-notice"] },
      needs: [
        { when: { field: "decision.known", is: true }, message: "还缺事实，算不出结果，请退回核实。" },
        { when: { field: "decision.eligible", is: true }, message: "按现有事实还不符合条件，不能确认。" },
        { when: { field: "check.alive", is: true }, message: "乡镇没有确认本人健在。" },
      ],
      confirm: "确认后列入名册，从规则算出的月份起发放。",
    },
    { id: "refuse", label: "不予发放", from: ["checked"], to: "refused", by: confirmers, differentFrom: ["check"], fields: [reason], tone: "danger", effects: { decide: "refuse", documents: ["refusal-notice"] } },
    { id: "withdraw", label: "撤回", from: ["submitted", "checked"], to: "withdrawn", by: ["resident", "township"], fields: [reason], tone: "danger" },
    { id: "report_death", label: "报告去世", from: ["paying"], to: "stopped", by: ["village", "township", "county"], tone: "danger",
      fields: [
        { name: "personId", label: "去世的人", type: "choice", required: true, choices: [] },
        { name: "diedOn", label: "去世日期", type: "date", required: true },
        { name: "source", label: "信息来源", type: "text", required: true, initial: "村（社区）报告" },
      ],
      effects: { death: true }, confirm: "登记后从去世次月起停发。" },
    { id: "adjust", label: "按年龄段调整", from: ["paying"], to: "paying", by: confirmers, fields: [note], effects: { decide: "adjust" } },
    { id: "stop", label: "停发", from: ["paying"], to: "stopped", by: confirmers, fields: [
      { name: "cause", label: "停发事由", type: "choice", required: true, choices: ["户口迁出", "下落不明", "主动放弃", "重复享受", "其他"].map((x) => ({ value: x, label: x })) },
      reason,
    ], effects: { decide: "stop" }, tone: "danger" },
  ],
};
