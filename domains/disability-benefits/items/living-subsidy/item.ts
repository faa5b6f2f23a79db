import { defineItem } from "@wuxin/declare";
import { subsidyFlow } from "../../flow.ts";
import * as s from "../../subsidy.ts";

export const item = defineItem({
  code: "disability-living-subsidy",
  title: "困难残疾人生活补贴",
  shortTitle: "残疾人生活补贴",
  system: "福利",
  subject: "person",
  numberSeries: "{county}残生活〔{year}〕{n}号",
  basis: [
    {
      title: "国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见",
      document: "国发〔2015〕52号",
    },
    { title: "民政部、财政部、中国残联 2021 年意见", document: "民发〔2021〕70号", unverified: true },
  ],
  lifeEvents: ["身有残疾", "生活困难"],
  guide: {
    what: "给低保家庭（有的地方包括低保边缘家庭）里的持证残疾人按月发的生活补贴。",
    howMuch: "按本县标准定额，可以和重度残疾人护理补贴一起领。",
    who: [
      "有有效的残疾人证",
      "家庭享受低保，或者按本省规定是低保边缘家庭",
      "没有享受特困供养、孤儿或事实无人抚养儿童保障、工伤护理费",
    ],
    bring: ["身份证号码", "残疾人证号", "本人的社会保障卡或银行账户"],
    howLong: s.howLong,
    decidedBy: s.decidedBy,
    objection: s.objection,
  },
  form: {
    household: [
      {
        name: "edgeFamily",
        label: "家庭类别",
        type: "choice",
        required: true,
        fact: "家庭类别",
        choices: [
          { value: "低保边缘", label: "是，有低保边缘家庭的认定" },
          { value: "其他", label: "不是" },
        ],
        initial: "其他",
        question: "您家是认定的低保边缘家庭吗？",
        help: "享受低保的不用另外说明，系统里查得到。",
      },
    ],
    member: [...s.card, s.cardValidUntil, s.injuryNursing],
    relations: ["本人"],
    materials: s.materials,
    account: true,
    authorisation: false,
    relativeFiling: false,
  },
  flow: subsidyFlow(),
  documents: s.documents("困难残疾人生活补贴", "生活"),
  outcome: {
    eligible: "可领生活补贴",
    amount: "困难残疾人生活补贴",
    explain: ["持证残疾人", "家庭困难", "困难残疾人生活补贴"],
  },
  drawnFacts: {
    家庭类别: { byItem: { "destitute-support": "特困", "subsistence-allowance": "低保" } },
    特困人员: { drawsOneOf: ["destitute-support"] },
    儿童保障: {
      byItem: { "orphan-support": "孤儿", "unsupported-child-support": "事实无人抚养" },
      otherwise: "无",
    },
  },
  entitlement: {
    exclusivityGroup: "残疾人生活补贴",
    benefits: ["困难残疾人生活补贴"],
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
