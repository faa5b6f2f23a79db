/** 特困人员救助供养: one person, with those who must support him looked at beside him. */
import { defineItem } from "@wuxin/declare";
import { documents } from "./documents.ts";
import { flow } from "./flow.ts";
import { form } from "./form.ts";

export const item = defineItem({
  code: "destitute-support",
  title: "特困人员救助供养",
  shortTitle: "特困",
  system: "救助",
  subject: "person",
  numberSeries: "{county}特困申〔{year}〕{n}号",
  basis: [
    { title: "社会救助暂行办法", article: "第十四至十九条" },
    { title: "特困人员认定办法", document: "民发〔2021〕43号", unverified: true },
    {
      title: "国务院关于进一步健全特困人员救助供养制度的意见",
      document: "国发〔2016〕14号",
      unverified: true,
    },
  ],
  lifeEvents: ["生活困难", "家有老人", "身有残疾"],
  guide: {
    what: "没有劳动能力、没有生活来源、没有人赡养抚养的老人、残疾人和未成年人，由政府供养：每月发基本生活费和照料护理费，看病、住院照料、身后事也管。",
    howMuch: "基本生活费一般是低保标准的 1.3 倍；照料护理费按能不能自己照顾自己分三档。以下表为准。",
    who: [
      "没有劳动能力：满 60 岁、不满 16 岁，或者重度残疾",
      "没有生活来源：收入低于低保标准，财产不超过规定",
      "没有法定义务人，或者义务人没有能力赡养、抚养、扶养",
    ],
    bring: [
      "本人和父母、子女、配偶的身份证号码",
      "签字同意核对的授权书（本人和义务人都要签）",
      "收款的社会保障卡或银行账户",
    ],
    howLong: "乡镇（街道）15 个工作日内调查核实，公示 7 天，县民政局 15 个工作日内确认。",
    decidedBy: "乡镇（街道）调查、公示，县（区）民政局确认。",
    objection: "对决定不服的，可以申请行政复议，也可以向法院提起行政诉讼。",
  },
  form,
  flow,
  documents,
  outcome: {
    eligible: "符合特困条件",
    amount: "特困供养金",
    covered: "符合特困条件",
    explain: [
      "无劳动能力",
      "无生活来源",
      "没有义务人能履行",
      "自理能力",
      "基本生活金",
      "照料护理金",
      "特困供养金",
    ],
  },
  check: {
    madeOf: { 月收入: ["工资性收入", "经营净收入", "养老金", "赡养费收入"] },
    note: "不住在一起的子女、父母等有赡养、抚养义务的人也要算：他们有能力的，不能认定。",
  },
  registryFacts: { 出生日期: "birthDate", 区域类型: "areaClass", 角色: "relation" },
  drawnFacts: {
    享受特困: { drawsOneOf: ["destitute-support"] },
    享受低保: { drawsOneOf: ["subsistence-allowance"] },
  },
  tier: { title: "特困", rank: 1 },
  entitlement: {
    exclusivityGroup: "基本生活救助",
    benefits: ["特困人员救助供养"],
    starts: "next-month",
    paidTo: "self",
    review: { code: "yearly-review", label: "年度核查", everyMonths: 12, article: "2020 年改革意见七" },
    notices: { changed: "change-notice" },
    ages: [
      {
        ...{ years: { parameter: "成年年龄" }, article: "43号第二十四条" },
        label: "年满 {years} 周岁，请核查：还在义务教育、高中、中等职业学校就读的延续，其他的终止",
        // No document sets a day: ours.
        dueInDays: 20,
      },
    ],
    stopsAfterDeath: true,
    plausibleMaxFen: 600_000,
    tiers: ["供养方式", "不能自理项数"],
  },
});
