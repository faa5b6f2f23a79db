import { defineItem } from "@wuxin/declare";
import * as c from "../../child-benefit.ts";

const TITLE = "孤儿基本生活保障";
const BASIS = "国办发〔2010〕54号";

export const item = defineItem({
  code: "orphan-support",
  title: TITLE,
  shortTitle: "孤儿",
  system: "福利",
  subject: "person",
  numberSeries: "{county}孤儿〔{year}〕{n}号",
  basis: [{ title: "国务院办公厅关于加强孤儿保障工作的意见", document: BASIS }],
  lifeEvents: ["家有孩子"],
  guide: {
    what: "失去父母、查找不到生父母的未成年人，政府按月发给基本生活费。",
    howMuch: "按本县标准定额，散居和在机构集中养育各有标准。",
    who: ["不满 18 周岁", "父母双方都去世（或被宣告死亡），或者都查找不到"],
    bring: [
      "孩子的身份证号码",
      "父母死亡证明或者查找不到的证明（政府查得到的不用带）",
      "孩子或监护人的社会保障卡",
    ],
    howLong: "乡镇（街道）查验后报县民政局确认，确认的次月起发。",
    decidedBy: "乡镇（街道）查验，县（区）民政局确认。为保护孩子，不公示。",
    objection: "不服的，可以申请行政复议，也可以提起行政诉讼。",
  },
  form: {
    household: [],
    member: [
      c.father,
      c.mother,
      {
        name: "placement",
        label: "安置方式",
        type: "choice",
        required: true,
        fact: "安置方式",
        choices: [
          { value: "散居", label: "在亲属等家庭里生活（散居）" },
          { value: "集中", label: "在儿童福利机构集中养育" },
        ],
        initial: "散居",
        question: "孩子现在住在哪里？",
      },
    ],
    relations: ["本人"],
    materials: [
      { code: "id-card", title: "孩子和监护人的身份证、户口簿", obtainedBySharing: true },
      { code: "parents", title: "父母死亡、宣告死亡或查找不到的证明", obtainedBySharing: true },
      { code: "account", title: "社会保障卡或银行存折照片" },
    ],
    account: true,
    authorisation: false,
    relativeFiling: false,
  },
  flow: c.childFlow(BASIS, null),
  documents: c.documents(TITLE, "孤儿"),
  outcome: { eligible: "孤儿", amount: "孤儿基本生活费", explain: ["年龄", "孤儿", "孤儿基本生活费"] },
  registryFacts: { 出生日期: "birthDate" },
  entitlement: {
    exclusivityGroup: "儿童基本生活",
    benefits: ["孤儿基本生活费"],
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
    rosterPublicity: { never: "领取人是儿童，名单不公示。" },
    plausibleMaxFen: 500_000,
    tiers: ["安置方式"],
  },
});
