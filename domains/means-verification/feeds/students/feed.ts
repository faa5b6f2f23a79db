import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "students",
  title: "在校学生",
  system: "救助",
  department: "教育局",
  givenBy: ["education"],
  basis: [
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  purpose: "发现家庭困难学生和失学情形",
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
    { name: "school", label: "学校", type: "text" },
    { name: "stage", label: "学段", type: "text" },
    { name: "status", label: "学籍状态", type: "text", required: true },
    { name: "poor", label: "困难认定等级", type: "text" },
  ],
  facts: [
    { name: "在读学籍数", take: { count: "rows" }, where: [{ column: "status", in: ["在读", "正常"] }] },
    {
      name: "困难学生认定数",
      take: { count: "rows" },
      where: [{ column: "poor", in: ["特别困难", "困难", "一般困难"] }],
    },
    {
      name: "休退学记录数",
      take: { count: "rows" },
      where: [{ column: "status", in: ["休学", "退学", "辍学"] }],
    },
  ],
  extent: "whole",
  freshDays: 200,
});
