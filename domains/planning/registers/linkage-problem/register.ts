/** 有效衔接反馈问题台账: what province and city found, how it was put right, and policies that changed. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

const CLOSED = { field: "state", is: "已销号" };
const PROVED = { any: [{ field: "state", is: "已举证" }, CLOSED] };

export const register = defineRegister({
  code: "linkage-problem",
  title: "有效衔接反馈问题台账",
  system: "救助",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  titleField: "problem",
  divisionField: "divisionCode",
  columns: ["problem", "level", "divisionCode", "owner", "due", "state"],
  editBy: ["township", "county"],
  closing: { field: "state", is: "已销号", after: "已举证", by: ["county"] },
  todos: [
    {
      ...{ by: ["township"], dueField: "due", text: "整改并举证" },
      when: { field: "state", in: ["待认领", "整改中"] },
    },
    { by: ["county"], dueField: "due", text: "核查销号", when: { field: "state", is: "已举证" } },
  ],
  fields: [
    { name: "problem", label: "反馈的问题", type: "text", required: true, max: 200 },
    {
      name: "level",
      label: "哪一级反馈",
      type: "choice",
      required: true,
      choices: choices("国家", "省", "市", "县自查"),
    },
    { name: "fedBack", label: "反馈日期", type: "date", required: true },
    { name: "divisionCode", label: "问题所在地", type: "division", required: true },
    {
      ...{ name: "sample", label: "反馈里怎么写的（不写姓名和证件号）", type: "text", max: 200 },
      help: "例如：抽查 20 户，2 户不知晓政策。涉及哪几户，在「涉及的户」里逐户登记，户数由登记的算。",
    },
    { name: "owner", label: "责任股室或乡镇", type: "text", required: true, max: 60 },
    { name: "due", label: "整改期限", type: "date", required: true, allowFuture: true },
    {
      name: "state",
      label: "状态",
      type: "choice",
      required: true,
      choices: choices("待认领", "整改中", "已举证", "已销号"),
    },
    {
      name: "measure",
      label: "整改措施和证据",
      type: "longtext",
      max: 1000,
      visible: PROVED,
      required: PROVED,
    },
    { name: "closed", label: "销号日期", type: "date", visible: CLOSED, required: CLOSED },
    { name: "others", label: "举一反三", type: "longtext", max: 500, visible: CLOSED },
  ],
  ledgers: [
    {
      code: "households",
      title: "涉及的户",
      by: ["township", "county"],
      households: { field: "household", state: "standing", open: ["待整改"], not: ["核实不涉及"] },
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        { name: "household", label: "户", type: "household", required: true },
        {
          ...{ name: "standing", label: "这一户的情况", type: "choice", required: true },
          choices: choices("待整改", "已整改", "核实不涉及"),
          help: "整改以后同一户再登记一笔，以最后一笔为准。",
        },
        { name: "words", label: "问题和整改", type: "longtext", required: true, max: 500 },
      ],
    },
    {
      code: "policy-changes",
      title: "帮扶政策变动（四个不摘）",
      by: ["county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        { name: "policy", label: "政策", type: "text", required: true, max: 120 },
        {
          name: "change",
          label: "变动",
          type: "choice",
          required: true,
          choices: choices("延续", "优化调整", "退出"),
        },
        { name: "why", label: "依据和说明", type: "longtext", required: true, max: 500 },
      ],
    },
  ],
  indicators,
});
