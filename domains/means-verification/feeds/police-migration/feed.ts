import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "police-migration",
  title: "户籍迁移人员",
  system: "救助",
  department: "公安局",
  givenBy: ["police"],
  basis: [{ title: "社会救助暂行办法", article: "第五十八条" }],
  purpose: "发现户口迁出本县仍在享受的对象",
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
    { name: "kind", label: "迁移类型", type: "text", required: true },
    { name: "movedOn", label: "迁移日期", type: "date", required: true },
    { name: "to", label: "迁往地", type: "text" },
  ],
  facts: [
    {
      name: "户口迁出日期",
      take: { latest: "movedOn" },
      where: [{ column: "kind", in: ["迁出", "迁出县外", "迁出省外"] }],
    },
  ],
  extent: "changes",
  freshDays: 45,
});
