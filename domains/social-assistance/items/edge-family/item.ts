/** 最低生活保障边缘家庭认定: no money, a recognised tier, looked at again each year. */
import { defineItem } from "@wuxin/declare";
import { means, papers } from "../../recognition.ts";
import { flow } from "./flow.ts";

export const item = defineItem({
  code: "edge-family",
  title: "低保边缘家庭认定",
  shortTitle: "低保边缘",
  system: "救助",
  subject: "household",
  numberSeries: "{county}低保边缘申〔{year}〕{n}号",
  basis: [
    { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第八条" },
    {
      title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见",
      document: "国办发〔2023〕39号",
      article: "二",
    },
  ],
  lifeEvents: ["生活困难", "身有残疾"],
  guide: {
    what: "人均收入比低保标准高一些、不到 1.5 倍的家庭。认定以后，看病、上学、残疾人补贴等可以得到照顾。",
    howMuch: "认定不发钱，是申请其他救助的凭据；家里的重度残疾人、重病患者可以单独申请低保。",
    who: ["家庭人均收入达到低保标准、不到标准的 1.5 倍", "家庭财产符合本县规定", "没有在享受低保、特困"],
    bring: ["全家人的身份证号码", "签字同意核对家庭经济状况的授权书", "看病的票据（有就带上）"],
    howLong: "和低保一样办理，一般 30 个工作日以内。",
    decidedBy: "乡镇（街道）调查、提出意见并公示 7 天，县（区）民政局或受委托的乡镇（街道）确认。",
    objection: "对决定不服的，可以申请行政复议，也可以向法院提起行政诉讼；通知书上写明去哪里、多长时间内。",
  },
  form: means,
  flow,
  documents: papers("低保边缘家庭认定", "低保边缘", "最低生活保障边缘家庭"),
  outcome: {
    eligible: "符合低保边缘条件",
    persons: "低保边缘人数",
    covered: "低保边缘对象",
    reviewMonths: "复核间隔月数",
    explain: ["低保边缘人数", "家庭月人均收入", "低保标准", "低保边缘线", "边缘财产符合规定"],
    alsoRecognises: [{ variable: "全家符合低保条件", label: "最低生活保障", item: "subsistence-allowance" }],
  },
  registryFacts: { 出生日期: "birthDate", 健在: "alive", 区域类型: "areaClass", 与申请人关系: "relation" },
  drawnFacts: { 享受低保或特困: { drawsOneOf: ["subsistence-allowance", "destitute-support"] } },
  tier: { title: "低保边缘", rank: 3 },
  entitlement: {
    recognition: true,
    exclusivityGroup: "救助认定",
    starts: "this-month",
    paidTo: "head",
    review: { code: "edge-review", label: "年度复核", everyMonths: 12, article: "参照57号第三十一条" },
    stopsAfterDeath: true,
  },
});
