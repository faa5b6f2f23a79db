import { defineItem } from "@wuxin/declare";
import { subsidyFlow } from "../../flow.ts";
import * as s from "../../subsidy.ts";

export const item = defineItem({
  code: "disability-nursing-subsidy",
  title: "重度残疾人护理补贴",
  shortTitle: "残疾人护理补贴",
  system: "福利",
  subject: "person",
  numberSeries: "{county}残护理〔{year}〕{n}号",
  basis: [
    {
      title: "国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见",
      document: "国发〔2015〕52号",
    },
    { title: "民政部、财政部、中国残联 2021 年意见", document: "民发〔2021〕70号", unverified: true },
  ],
  lifeEvents: ["身有残疾"],
  guide: {
    what: "给一级、二级残疾、需要长期照护的人按月发的护理补贴，不看家庭收入。",
    howMuch: "按本县标准定额，可以和困难残疾人生活补贴一起领；和老年护理补贴等同类的只领高的一种。",
    who: [
      "残疾人证是一级或二级（有的省包括三、四级智力、精神残疾）",
      "因残疾需要长期照护，半年以上",
      "没有享受特困供养、工伤护理费",
    ],
    bring: ["身份证号码", "残疾人证号", "本人的社会保障卡或银行账户"],
    howLong: s.howLong,
    decidedBy: s.decidedBy,
    objection: s.objection,
  },
  form: {
    household: [],
    member: [
      ...s.card,
      s.cardValidUntil,
      {
        name: "needsCare",
        label: "需要长期照护",
        type: "boolean",
        required: true,
        fact: "需要长期照护",
        question: "平时要人照护，已经半年以上了吗？",
        personal: true,
      },
      s.injuryNursing,
    ],
    relations: ["本人"],
    materials: s.materials,
    account: true,
    authorisation: false,
    relativeFiling: false,
  },
  flow: subsidyFlow([
    {
      name: "carer",
      label: "平时由谁照护",
      type: "text",
      required: true,
      help: "亲属、邻里或机构，写名字和关系。",
    },
  ]),
  documents: s.documents("重度残疾人护理补贴", "护理"),
  outcome: {
    eligible: "可领护理补贴",
    amount: "重度残疾人护理补贴",
    explain: ["重度残疾", "证件有效", "重度残疾人护理补贴"],
  },
  drawnFacts: { 特困人员: { drawsOneOf: ["destitute-support"] } },
  entitlement: {
    exclusivityGroup: "残疾人护理补贴",
    benefits: ["重度残疾人护理补贴"],
    starts: "application-month",
    paidTo: "self",
    review: { code: "yearly-report", label: "年度核定", everyMonths: 12, article: "2021 年意见，待核" },
    notices: { changed: "change-notice" },
    stopsAfterDeath: true,
    rosterPublicity: { never: "没有公布名单的规定；残疾情况属敏感个人信息，不公示。" },
    plausibleMaxFen: 100_000,
    tiers: ["残疾类别", "残疾等级"],
  },
});
