import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "disability-certificates",
  title: "残疾人证",
  system: "福利",
  department: "残疾人联合会",
  givenBy: ["disabled-federation"],
  basis: [
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  purpose: "发现持证却没有享受补贴、证已注销仍在享受的人",
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
    { name: "category", label: "残疾类别", type: "text" },
    { name: "grade", label: "残疾等级", type: "text", required: true },
    { name: "status", label: "证件状态", type: "text", required: true },
    { name: "until", label: "有效期至", type: "date" },
  ],
  facts: [
    { name: "有效残疾证数", take: { count: "rows" }, where: [{ column: "status", in: ["有效", "正常"] }] },
    {
      name: "重度残疾证数",
      take: { count: "rows" },
      where: [
        { column: "status", in: ["有效", "正常"] },
        { column: "grade", in: ["一级", "二级", "1", "2", "壹级", "贰级"] },
      ],
    },
    {
      name: "注销残疾证数",
      take: { count: "rows" },
      where: [{ column: "status", in: ["注销", "过期", "冻结"] }],
    },
  ],
  extent: "whole",
  freshDays: 45,
});
