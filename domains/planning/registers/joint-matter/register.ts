/** 部门协同事项台账: the matter, who is in touch, the meetings, what stays open. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

const ENDED = { field: "state", is: "已办结" };

export const register = defineRegister({
  code: "joint-matter",
  title: "部门协同事项台账",
  system: "保障",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  titleField: "name",
  ownerField: "owner",
  columns: ["name", "parties", "owner", "state"],
  editBy: ["county"],
  fields: [
    { name: "name", label: "协同事项", type: "text", required: true, max: 120 },
    {
      ...{ name: "parties", label: "参加部门", type: "choices", choicesFrom: "departments", required: true },
      help: "他们的联络员看得到这件事、会商和自己的报告，自己报告进展、提出问题。",
    },
    {
      ...{ name: "departments", label: "名单里没有的单位", type: "text", max: 200 },
      help: "例如上级部门、企业。他们没有账号，由牵头股室联系。",
    },
    { name: "duty", label: "分工", type: "longtext", required: true, max: 1000 },
    { name: "contacts", label: "联系人和电话", type: "longtext", max: 500 },
    { name: "shared", label: "共享的数据", type: "text", max: 200 },
    { name: "owner", label: "民政牵头股室", type: "text", required: true, max: 60 },
    { name: "state", label: "状态", type: "choice", required: true, choices: choices("进行中", "已办结") },
    { name: "result", label: "共同成果", type: "longtext", max: 1000, visible: ENDED, required: ENDED },
  ],
  ledgers: [
    {
      code: "meetings",
      title: "会商",
      by: ["county"],
      unsolved: "open",
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        { name: "present", label: "到会部门", type: "text", required: true, max: 200 },
        { name: "agreed", label: "议定事项", type: "longtext", required: true, max: 1000 },
        { name: "open", label: "没有解决的", type: "longtext", max: 500 },
      ],
    },
    {
      code: "reports",
      title: "部门报告",
      by: ["county", "department_contact"],
      unsolved: "open",
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        {
          ...{ name: "department", label: "哪个部门", type: "choice", required: true },
          choicesFrom: "departments",
        },
        { name: "progress", label: "进展", type: "longtext", required: true, min: 2, max: 1000 },
        { name: "open", label: "要一起解决的问题", type: "longtext", max: 500, help: "没有就不填。" },
      ],
    },
  ],
  shares: {
    with: "parties",
    when: { field: "state", is: "进行中" },
    fields: ["name", "parties", "departments", "duty", "contacts", "shared", "owner"],
    ledgers: ["meetings"],
    adds: "reports",
    purpose: "一起办理这件协同事项",
    basis: "各部门按职责分工协同，见本事项的分工",
  },
  indicators,
});
