import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "pensions",
  title: "养老金发放",
  system: "救助",
  department: "人力资源和社会保障局",
  givenBy: ["human-resources"],
  basis: [
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十七条" },
    { title: "社会救助暂行办法", article: "第五十八条" },
  ],
  purpose: "核对养老金收入",
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
    { name: "kind", label: "待遇类型", type: "text" },
    { name: "amount", label: "月待遇金额", aliases: ["月养老金"], type: "money", unit: "元", required: true },
    { name: "since", label: "起始月份", type: "text" },
    { name: "status", label: "状态", type: "text", required: true },
  ],
  facts: [
    {
      name: "月养老金",
      take: { sum: "amount" },
      where: [{ column: "status", in: ["正常", "正常发放"] }],
    },
    {
      name: "居民月养老金",
      take: { sum: "amount" },
      where: [
        { column: "status", in: ["正常", "正常发放"] },
        { column: "kind", in: ["城乡居民", "城乡居民养老", "城乡居民基本养老保险", "居民养老"] },
      ],
    },
  ],
  extent: "whole",
  freshDays: 45,
});
