import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "taxes",
  title: "纳税申报",
  system: "救助",
  department: "税务局",
  givenBy: ["tax"],
  basis: [
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十七条" },
    { title: "社会救助暂行办法", article: "第五十八条" },
  ],
  purpose: "核对经办企业、个体户的经营收入",
  use: ["monitoring", "verification"],
  key: { kind: "uscc", column: "code" },
  columns: [
    { name: "code", label: "纳税人识别号", aliases: ["统一社会信用代码"], type: "uscc", required: true },
    { name: "company", label: "纳税人名称", type: "text" },
    { name: "from", label: "所属期起", aliases: ["税款所属期起"], type: "date" },
    { name: "to", label: "所属期止", aliases: ["税款所属期止"], type: "date" },
    { name: "revenue", label: "营业收入", type: "money", unit: "元", required: true },
  ],
  facts: [
    { name: "申报营业收入", take: { sum: "revenue" } },
    { name: "申报所属期起", take: { earliest: "from" } },
    { name: "申报所属期止", take: { latest: "to" } },
  ],
  extent: "whole",
  freshDays: 100,
});
