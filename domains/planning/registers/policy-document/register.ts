/** 制度文件台账: what is to be drafted, revised or abolished, from the plan to its being cleaned up. */
import { defineRegister } from "@wuxin/declare";
import type { Condition } from "@wuxin/kernel";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

const ISSUED = { any: ["已印发", "已评估", "已废止"].map((is) => ({ field: "stage", is })) };

const IN_FORCE: Condition = { field: "stage", in: ["已印发", "已评估"] };
const ENDS: Condition = { field: "validTo", known: true };
const GOES_ON: Condition = { field: "cleared", is: "继续有效" };
/** 有效期届满前多少天提醒清理: our own; no national rule was found. */
const daysBefore = 90;

export const register = defineRegister({
  code: "policy-document",
  title: "制度文件台账",
  system: "保障",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  titleField: "name",
  columns: ["name", "kind", "work", "stage", "owner", "due", "issued", "validTo"],
  editBy: ["county"],
  todos: [
    {
      ...{ by: ["county"], dueField: "validTo", daysBefore, text: "有效期将满，清理" },
      when: { all: [IN_FORCE, ENDS, { field: "cleared", known: false }] },
    },
    {
      ...{ by: ["county"], dueField: "validOnTo", daysBefore, text: "继续有效的期限将满，再清理" },
      when: { all: [IN_FORCE, GOES_ON] },
    },
  ],
  fields: [
    { name: "name", label: "文件名称", type: "text", required: true, max: 120 },
    {
      name: "kind",
      label: "种类",
      type: "choice",
      required: true,
      choices: choices("规范性文件", "工作制度", "实施方案", "办法细则", "其他"),
    },
    {
      name: "work",
      label: "要做什么",
      type: "choice",
      required: true,
      choices: choices("制定", "修订", "废止"),
    },
    { name: "owner", label: "承办股室", type: "text", required: true, max: 60 },
    { name: "due", label: "计划完成", type: "date", required: true, allowFuture: true },
    {
      name: "stage",
      label: "阶段",
      type: "choice",
      required: true,
      choices: choices("列入计划", "起草", "征求意见", "合法性审查", "已印发", "已评估", "已废止"),
    },
    { name: "review", label: "合法性审查意见", type: "longtext", max: 500 },
    {
      name: "issued",
      label: "印发（废止）日期",
      type: "date",
      visible: ISSUED,
      required: ISSUED,
    },
    { name: "document", label: "文号", type: "text", max: 60, visible: ISSUED },
    { name: "validTo", label: "有效期至", type: "date", allowFuture: true, visible: ISSUED },
    {
      name: "cleared",
      label: "清理结果",
      type: "choice",
      choices: choices("继续有效", "修订", "废止"),
      visible: { all: [ISSUED, ENDS] },
      help: "有效期满前 90 天在县级工作台提醒，记下结果为止。要修订、废止的，另登一条列入计划。",
    },
    {
      name: "clearedOn",
      label: "清理日期",
      type: "date",
      visible: { field: "cleared", known: true },
      required: { field: "cleared", known: true },
    },
    {
      name: "validOnTo",
      label: "继续有效至",
      type: "date",
      allowFuture: true,
      visible: GOES_ON,
      required: GOES_ON,
    },
    { name: "reading", label: "通俗解读", type: "longtext", max: 1000, visible: ISSUED },
    {
      name: "openness",
      label: "公开属性",
      type: "choice",
      choices: choices("主动公开", "依申请公开", "不公开"),
      visible: ISSUED,
      help: "选「主动公开」的，居民端首页「政策文件」里看得到名称、文号、日期、有效期和通俗解读。",
    },
  ],
  publicTitle: "政策文件",
  publicFields: ["name", "kind", "document", "stage", "issued", "validTo", "reading"],
  publicWhen: { all: [ISSUED, { field: "openness", is: "主动公开" }] },
  indicators,
});
