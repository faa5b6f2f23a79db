import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "cremations",
  title: "火化登记",
  system: "救助",
  department: "殡仪馆",
  givenBy: ["crematorium"],
  basis: [
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  purpose: "没有身份证号的火化登记，按姓名和出生日期比对",
  use: ["monitoring"],
  key: { kind: "name-birth", name: "name", birth: "born" },
  columns: [
    { name: "name", label: "逝者姓名", aliases: ["姓名"], type: "text", required: true },
    { name: "born", label: "出生日期", type: "date", required: true },
    { name: "on", label: "火化日期", type: "date", required: true },
    { name: "place", label: "殡仪馆", type: "text" },
  ],
  facts: [{ name: "火化日期", take: { earliest: "on" } }],
  extent: "changes",
  freshDays: 45,
});
