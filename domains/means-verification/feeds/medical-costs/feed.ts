import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "medical-costs",
  title: "医保大额自付",
  system: "救助",
  department: "医疗保障局",
  givenBy: ["medical-insurance"],
  basis: [
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  purpose: "发现因病支出过大、可能需要救助的人",
  use: ["monitoring"],
  key: { kind: "resident-id", column: "idNo" },
  columns: [
    {
      name: "idNo",
      label: "身份证号码",
      aliases: ["身份证号", "公民身份号码", "证件号码", "公民身份证号码"],
      type: "resident-id",
      required: true,
    },
    { name: "name", label: "姓名", type: "text" },
    { name: "hospital", label: "医疗机构", type: "text" },
    { name: "own", label: "个人自付金额", aliases: ["自付金额"], type: "money", unit: "元", required: true },
    { name: "settledOn", label: "结算日期", type: "date" },
  ],
  facts: [
    { name: "自付医疗费", take: { sum: "own" } },
    { name: "就诊结算次数", take: { count: "rows" } },
  ],
  extent: "whole",
  freshDays: 45,
});
