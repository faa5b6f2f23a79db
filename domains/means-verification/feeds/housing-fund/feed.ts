import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "housing-fund",
  title: "住房公积金",
  system: "救助",
  department: "住房公积金管理中心",
  givenBy: ["housing-fund"],
  basis: [
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十七条" },
    { title: "社会救助暂行办法", article: "第五十八条" },
  ],
  purpose: "核对公积金缴存和余额",
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
    { name: "monthly", label: "月缴存额", type: "money", unit: "元", required: true },
    { name: "balance", label: "账户余额", type: "money", unit: "元" },
    { name: "status", label: "账户状态", type: "text", required: true },
  ],
  facts: [
    { name: "公积金月缴存额", take: { sum: "monthly" }, where: [{ column: "status", in: ["正常"] }] },
    { name: "公积金余额", take: { sum: "balance" } },
  ],
  extent: "whole",
  freshDays: 45,
});
