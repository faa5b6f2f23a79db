import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "marriages",
  title: "婚姻登记",
  system: "救助",
  department: "婚姻登记机关",
  givenBy: ["marriage"],
  basis: [{ title: "社会救助暂行办法", article: "第五十八条" }],
  purpose: "发现家庭人口变化",
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
    { name: "kind", label: "登记类型", aliases: ["业务类型"], type: "text", required: true },
    { name: "on", label: "登记日期", type: "date", required: true },
  ],
  facts: [
    {
      name: "结婚登记日期",
      take: { latest: "on" },
      where: [{ column: "kind", in: ["结婚", "结婚登记", "补办结婚"] }],
    },
    { name: "离婚登记日期", take: { latest: "on" }, where: [{ column: "kind", in: ["离婚", "离婚登记"] }] },
  ],
  extent: "changes",
  freshDays: 45,
});
