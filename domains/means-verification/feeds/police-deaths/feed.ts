import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "police-deaths",
  title: "死亡注销人员",
  system: "救助",
  department: "公安局",
  givenBy: ["police"],
  basis: [
    { title: "社会救助暂行办法", article: "第五十八条" },
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  purpose: "发现已去世仍在发放的对象，次日提出停发",
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
    { name: "diedOn", label: "死亡日期", type: "date", required: true },
    { name: "cancelled", label: "户口注销日期", type: "date" },
  ],
  facts: [{ name: "死亡日期", take: { earliest: "diedOn" } }],
  extent: "changes",
  freshDays: 45,
});
