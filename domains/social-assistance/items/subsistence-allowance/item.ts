/** 最低生活保障: joins the form, the flow, the papers and what the engines read from the rules. */
import { defineItem } from "@wuxin/declare";
import { documents } from "./documents.ts";
import { flow } from "./flow.ts";
import { form } from "./form.ts";

export const item = defineItem({
  code: "subsistence-allowance",
  title: "最低生活保障",
  shortTitle: "低保",
  system: "救助",
  subject: "household",
  numberSeries: "{county}低保申〔{year}〕{n}号",
  basis: [
    { title: "社会救助暂行办法" },
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "全文" },
    {
      title: "关于进一步做好最低生活保障等社会救助兜底保障工作的通知",
      document: "2022 年",
      unverified: true,
    },
  ],
  lifeEvents: ["生活困难", "身有残疾"],
  guide: {
    what: "家里人均收入低于本县低保标准、财产符合规定的，政府按月补足差额，保证基本生活。",
    howMuch: "每月大约补（低保标准 − 家庭人均收入）× 人数；老人、孩子、重度残疾人、重病患者另加一些。",
    who: [
      "家庭人均收入低于当地低保标准",
      "家庭财产符合本县规定",
      "低保边缘家庭里的重度残疾人、重病患者，可以一个人单独申请",
    ],
    bring: [
      "全家人的身份证号码",
      "签字同意核对家庭经济状况的授权书",
      "收款的银行账户（最好是社会保障卡）",
      "看病、上学等刚性支出的票据（有就带上）",
    ],
    howLong: "受理后一般 30 个工作日内办结；由乡镇（街道）直接确认的县（区）是 20 个工作日。",
    decidedBy: "乡镇（街道）调查、提出意见并公示 7 天，县（区）民政局或受委托的乡镇（街道）确认。",
    objection: "对决定不服的，可以申请行政复议，也可以向法院提起行政诉讼；通知书上写明去哪里、多长时间内。",
  },
  form,
  flow,
  documents,
  outcome: {
    eligible: "符合低保条件",
    amount: "低保金",
    persons: "保障人口数",
    covered: "保障对象",
    reviewMonths: "复核间隔月数",
    reviewClass: "保障类别",
    explain: ["保障人口数", "家庭月人均收入", "低保标准", "财产符合规定", "低保金"],
    alsoRecognises: [{ variable: "低保边缘家庭", label: "低保边缘家庭", item: "edge-family" }],
  },
  registryFacts: { 出生日期: "birthDate", 健在: "alive", 区域类型: "areaClass", 与申请人关系: "relation" },
  tier: { title: "低保", rank: 2 },
  entitlement: {
    exclusivityGroup: "基本生活救助",
    benefits: ["最低生活保障"],
    starts: "next-month",
    paidTo: "head",
    review: { code: "means-review", label: "定期复核", everyMonths: 12, article: "57号第三十一条" },
    notices: { changed: "change-notice", merged: "merged-notice" },
    ages: [
      {
        ...{ years: 18, article: "57号第七条" },
        label: "年满 {years} 周岁，请核查就读、劳动能力和分类施保",
        // No document sets a day: ours.
        dueInDays: 20,
      },
    ],
    stopsAfterDeath: true,
    rosterPublicity: { days: { switch: "awardPublicityDays" }, article: "57号第二十四条" },
    plausibleMaxFen: 200_000,
  },
});
