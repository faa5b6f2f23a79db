import { defineItem } from "@wuxin/declare";
import * as c from "../../child-benefit.ts";

const TITLE = "事实无人抚养儿童基本生活补贴";
const BASIS = "民发〔2019〕62号 二";

export const item = defineItem({
  code: "unsupported-child-support",
  title: TITLE,
  shortTitle: "事实无人抚养",
  system: "福利",
  subject: "person",
  numberSeries: "{county}无抚〔{year}〕{n}号",
  basis: [
    { title: "关于进一步加强事实无人抚养儿童保障工作的意见", document: "民发〔2019〕62号" },
    {
      title: "关于进一步做好事实无人抚养儿童保障有关工作的通知",
      document: "2020 年 125 号",
      unverified: true,
    },
  ],
  lifeEvents: ["家有孩子"],
  guide: {
    what: "父母都不能抚养（重残、重病、服刑、失联等），或者一方去世、失踪而另一方不能抚养的未成年人，政府按月发给基本生活补贴。",
    howMuch: "参照散居孤儿的标准；已经领低保、特困的补足差额。",
    who: [
      "不满 18 周岁",
      "父母双方都有重残、重病、服刑、强制隔离戒毒、失联等情形，或者一方去世、失踪而另一方有这些情形",
    ],
    bring: ["孩子的身份证号码", "父母情形的材料（政府查得到的不用带）", "孩子或监护人的社会保障卡"],
    howLong: "乡镇（街道）查验 15 个工作日，县民政局确认 15 个工作日，确认的次月起发。",
    decidedBy: "乡镇（街道）查验，县（区）民政局确认。为保护孩子，不公示。",
    objection: "不服的，可以申请行政复议，也可以提起行政诉讼。",
  },
  form: {
    household: [],
    member: [c.father, c.fatherMonths, c.mother, c.motherMonths],
    relations: ["本人"],
    materials: [
      { code: "id-card", title: "孩子和监护人的身份证、户口簿", obtainedBySharing: true },
      { code: "parents", title: "父母重残、重病、服刑、失联等的材料", commitmentAllowed: true },
      { code: "account", title: "社会保障卡或银行存折照片" },
    ],
    account: true,
    authorisation: false,
    relativeFiling: false,
  },
  flow: c.childFlow(BASIS, 15),
  documents: c.documents(TITLE, "无抚"),
  outcome: {
    eligible: "事实无人抚养",
    amount: "事实无人抚养补贴",
    explain: ["年龄", "事实无人抚养", "事实无人抚养补贴"],
  },
  registryFacts: { 出生日期: "birthDate" },
  drawnFacts: { 已领低保或特困: { shareOf: ["subsistence-allowance", "destitute-support"] } },
  entitlement: {
    exclusivityGroup: "儿童基本生活",
    benefits: ["事实无人抚养儿童基本生活补贴"],
    starts: "next-month",
    paidTo: "self",
    review: { code: "child-review", label: "年度复核", everyMonths: 12, article: "动态管理，待核" },
    ages: [
      {
        ...{ years: { parameter: "成年年龄" }, article: "国办发〔2010〕54号" },
        label: "年满 {years} 周岁，请核查后作停发决定；仍有困难的转其他救助",
        // No document sets a day: ours.
        dueInDays: 20,
      },
    ],
    notices: { changed: "change-notice" },
    stopsAfterDeath: true,
    rosterPublicity: { never: "领取人是儿童，民发〔2019〕62号规定不宜公示。" },
    plausibleMaxFen: 500_000,
  },
});
