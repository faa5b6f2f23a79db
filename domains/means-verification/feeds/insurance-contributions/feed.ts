import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "insurance-contributions",
  title: "社会保险缴费",
  system: "救助",
  department: "人力资源和社会保障局",
  givenBy: ["human-resources"],
  basis: [
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十七条" },
    { title: "社会救助暂行办法", article: "第五十八条" },
  ],
  purpose: "核对就业和工资收入",
  use: ["monitoring", "verification"],
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
    { name: "employer", label: "缴费单位", type: "text" },
    { name: "kind", label: "参保身份", aliases: ["人员身份", "参保类型"], type: "text" },
    { name: "base", label: "月缴费基数", type: "money", unit: "元", required: true },
    { name: "month", label: "缴费月份", type: "text" },
    { name: "status", label: "缴费状态", type: "text", required: true },
  ],
  facts: [
    {
      name: "月缴费基数",
      take: { max: "base" },
      where: [{ column: "status", in: ["正常", "正常缴费", "参保缴费"] }],
    },
    // Who insures himself chooses his base: it is no wage.
    {
      name: "灵活就业参保数",
      take: { count: "rows" },
      where: [{ column: "kind", in: ["灵活就业", "灵活就业人员", "个体", "个体身份"] }],
    },
  ],
  extent: "whole",
  freshDays: 45,
});
