import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "medical-deaths",
  title: "死亡医学证明",
  system: "救助",
  department: "卫生健康局",
  givenBy: ["health"],
  basis: [
    { title: "社会救助暂行办法", article: "第五十八条" },
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  purpose: "从医院、卫生院开具的死亡证明发现已去世仍在发放的对象",
  use: ["monitoring"],
  key: { kind: "resident-id", column: "idNo" },
  columns: [
    {
      name: "idNo",
      label: "身份证号码",
      aliases: ["身份证号", "死者身份证号", "公民身份号码", "证件号码", "公民身份证号码"],
      type: "resident-id",
      required: true,
    },
    { name: "name", label: "姓名", aliases: ["死者姓名"], type: "text" },
    { name: "diedOn", label: "死亡日期", type: "date", required: true },
    { name: "number", label: "证明编号", type: "text" },
    { name: "issuer", label: "出具单位", type: "text" },
  ],
  facts: [{ name: "死亡日期", take: { earliest: "diedOn" } }],
  extent: "changes",
  freshDays: 45,
});
