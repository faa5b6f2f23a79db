import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "real-estate",
  title: "不动产登记",
  system: "救助",
  department: "自然资源局",
  givenBy: ["natural-resources"],
  basis: [
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十七条" },
    { title: "社会救助暂行办法", article: "第五十八条" },
  ],
  purpose: "核对家庭住房和商业用房",
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
    { name: "owner", label: "权利人", type: "text" },
    { name: "cert", label: "不动产权证号", type: "text" },
    { name: "address", label: "坐落", type: "text" },
    { name: "area", label: "面积", type: "text" },
    { name: "kind", label: "用途", type: "text", required: true },
    { name: "registered", label: "登记日期", type: "date" },
  ],
  thing: "cert",
  facts: [
    {
      name: "住宅套数",
      take: { count: "rows" },
      where: [{ column: "kind", in: ["住宅", "成套住宅"] }],
      answers: "住房套数",
    },
    {
      name: "商业用房数",
      take: { count: "rows" },
      where: [{ column: "kind", in: ["商铺", "商业", "商业服务", "办公"] }],
    },
  ],
  extent: "whole",
  freshDays: 100,
});
