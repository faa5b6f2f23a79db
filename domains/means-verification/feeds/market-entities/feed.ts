import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "market-entities",
  title: "市场主体登记",
  system: "救助",
  department: "市场监督管理局",
  givenBy: ["market"],
  basis: [
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十七条" },
    { title: "社会救助暂行办法", article: "第五十八条" },
  ],
  purpose: "核对家庭成员经办企业、个体户的情况",
  use: ["monitoring", "verification"],
  key: { kind: "resident-id", column: "idNo" },
  columns: [
    { name: "code", label: "统一社会信用代码", type: "uscc", required: true },
    {
      name: "idNo",
      label: "法定代表人身份证号",
      aliases: ["经营者身份证号", "负责人身份证号"],
      type: "resident-id",
      required: true,
    },
    { name: "company", label: "名称", aliases: ["企业名称"], type: "text" },
    { name: "capital", label: "注册资本（万元）", aliases: ["注册资本"], type: "money", unit: "万元" },
    { name: "status", label: "登记状态", type: "text", required: true },
    { name: "registered", label: "成立日期", type: "date" },
  ],
  thing: "code",
  facts: [
    {
      name: "存续市场主体数",
      take: { count: "rows" },
      where: [{ column: "status", in: ["存续", "在营", "开业"] }],
    },
    {
      name: "注册资本合计",
      take: { sum: "capital" },
      where: [{ column: "status", in: ["存续", "在营", "开业"] }],
    },
  ],
  extent: "whole",
  freshDays: 100,
});
