import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "bank-deposits",
  title: "银行存款",
  system: "救助",
  department: "商业银行",
  givenBy: ["banks"],
  basis: [
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十七条" },
    { title: "社会救助暂行办法", article: "第五十八条" },
  ],
  purpose: "经本人授权核对存款",
  use: ["monitoring", "verification"],
  authorisedOnly: true,
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
    { name: "bank", label: "开户银行", type: "text" },
    { name: "balance", label: "余额", aliases: ["账户余额"], type: "money", unit: "元", required: true },
    { name: "asOf", label: "查询日期", type: "date" },
  ],
  facts: [{ name: "存款余额", take: { sum: "balance" }, answers: "金融资产" }],
  extent: "changes",
  freshDays: 100,
});
