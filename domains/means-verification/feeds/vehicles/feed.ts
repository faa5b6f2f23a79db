import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "vehicles",
  title: "机动车登记",
  system: "救助",
  department: "公安局交警大队",
  givenBy: ["police"],
  basis: [
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十七条" },
    { title: "社会救助暂行办法", article: "第五十八条" },
  ],
  purpose: "核对家庭机动车，发现与申报不符的情形",
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
    { name: "owner", label: "所有人", type: "text" },
    { name: "plate", label: "号牌号码", aliases: ["车牌号"], type: "text" },
    { name: "brand", label: "品牌", type: "text" },
    { name: "value", label: "估值", aliases: ["车辆价值", "购车价格"], type: "money", unit: "元" },
    { name: "registered", label: "登记日期", type: "date" },
    { name: "status", label: "状态", type: "text", required: true },
  ],
  thing: "plate",
  facts: [
    {
      name: "正常机动车数",
      take: { count: "rows" },
      where: [{ column: "status", in: ["正常"] }],
      answers: "机动车辆数",
    },
    { name: "机动车最高价值", take: { max: "value" }, where: [{ column: "status", in: ["正常"] }] },
  ],
  extent: "whole",
  freshDays: 100,
});
