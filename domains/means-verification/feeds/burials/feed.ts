import { defineFeed } from "@wuxin/declare";

export const feed = defineFeed({
  code: "burials",
  title: "墓位和骨灰安放",
  system: "救助",
  department: "公墓、骨灰堂（殡葬、民族宗教部门）",
  givenBy: ["ethnic-religious"],
  basis: [
    { title: "社会救助暂行办法", article: "第五十八条" },
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  purpose: "土葬、回族等少数民族丧葬和骨灰安放的登记，发现没有火化、没有注销户口的去世对象",
  use: ["monitoring"],
  key: { kind: "resident-id", column: "idNo" },
  columns: [
    {
      name: "idNo",
      label: "身份证号码",
      aliases: ["身份证号", "逝者身份证号", "公民身份号码", "证件号码", "公民身份证号码"],
      type: "resident-id",
      required: true,
    },
    { name: "name", label: "逝者姓名", aliases: ["姓名"], type: "text" },
    { name: "on", label: "安葬日期", aliases: ["安放日期", "入葬日期"], type: "date", required: true },
    { name: "place", label: "公墓或骨灰堂", aliases: ["安放地点"], type: "text" },
    { name: "grave", label: "墓位或格位", aliases: ["墓位号", "格位号"], type: "text" },
  ],
  facts: [{ name: "安葬日期", take: { earliest: "on" } }],
  extent: "changes",
  freshDays: 45,
});
