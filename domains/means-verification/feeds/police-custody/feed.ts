import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "police-custody",
  title: "服刑和羁押人员",
  system: "救助",
  department: "公安局、司法局",
  givenBy: ["police", "justice"],
  basis: [
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  purpose: "发现服刑期间仍按在家计算的对象",
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
    { name: "since", label: "收监日期", aliases: ["入所日期", "入狱日期"], type: "date", required: true },
    { name: "until", label: "释放日期", type: "date" },
    { name: "place", label: "羁押场所", type: "text" },
  ],
  facts: [{ name: "收监日期", take: { latest: "since" } }],
  extent: "whole",
  freshDays: 45,
});
