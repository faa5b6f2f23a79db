import { defineFeed } from "@wuxin/declare";

/** As the lists print it. */
const wages = [{ column: "item", in: ["工资薪金", "工资薪金所得", "工资、薪金所得", "正常工资薪金"] }];

export const feed = defineFeed({
  code: "wage-taxes",
  title: "个人所得税扣缴",
  system: "救助",
  department: "税务局",
  givenBy: ["tax"],
  basis: [
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十七条" },
    { title: "社会救助暂行办法", article: "第五十八条" },
  ],
  purpose: "核对单位实际发放的工资",
  use: ["verification"],
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
    { name: "payer", label: "扣缴义务人", aliases: ["扣缴单位"], type: "text" },
    { name: "item", label: "所得项目", type: "text", required: true },
    { name: "income", label: "本期收入", aliases: ["收入额"], type: "money", unit: "元", required: true },
    { name: "from", label: "所属期起", aliases: ["税款所属期起"], type: "date", required: true },
    { name: "to", label: "所属期止", aliases: ["税款所属期止"], type: "date", required: true },
  ],
  facts: [
    { name: "个税申报工资", take: { sum: "income" }, where: wages },
    { name: "工资所属期起", take: { earliest: "from" }, where: wages },
    { name: "工资所属期止", take: { latest: "to" }, where: wages },
  ],
  extent: "whole",
  freshDays: 45,
});
