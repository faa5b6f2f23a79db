import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "rural-monitoring",
  title: "防止返贫监测对象",
  system: "救助",
  department: "农业农村局（乡村振兴）",
  givenBy: ["agriculture"],
  basis: [
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  purpose: "与防返贫监测互认互纳",
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
    { name: "kind", label: "监测类型", type: "text" },
    { name: "since", label: "纳入日期", type: "date" },
    { name: "risk", label: "风险是否消除", type: "text", required: true },
  ],
  facts: [
    {
      name: "未消除风险监测记录数",
      take: { count: "rows" },
      where: [{ column: "risk", in: ["否", "未消除", "未解除"] }],
    },
    { name: "监测纳入日期", take: { latest: "since" } },
  ],
  extent: "whole",
  freshDays: 200,
});
