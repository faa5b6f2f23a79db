import { changeNotice, defineItem } from "@wuxin/declare";
import { flow } from "./flow.ts";

export const item = defineItem({
  code: "age-allowance",
  title: "高龄津贴",
  shortTitle: "高龄津贴",
  system: "养老",
  subject: "person",
  numberSeries: "{county}高龄〔{year}〕{n}号",
  basis: [
    { title: "老年人权益保障法", article: "第三十三条" },
    { title: "本县高龄津贴办法", document: "年龄段、金额和起发月由县规定", unverified: true },
  ],
  lifeEvents: ["家有老人"],
  guide: {
    what: "给高龄老人按月发的津贴，不看收入。",
    howMuch: "按年龄段定额，满岁后自动升档；各县标准不同，以下表为准。",
    who: ["本县户籍", "年满本县规定的年龄（一般 80 周岁）", "健在"],
    bring: ["身份证号码", "本人的社会保障卡或银行账户"],
    howLong: "提交后由乡镇（街道）核实、县民政局确认，一般从满龄当月或次月起发。",
    decidedBy: "乡镇（街道）核实，县（区）民政局确认。",
    objection: "不服的，可以先找县民政局说明，也可以申请行政复议或者提起行政诉讼。",
  },
  form: {
    household: [],
    member: [
      {
        name: "residesInCounty",
        label: "户籍在本县",
        question: "老人的户口在本县吗？",
        type: "boolean",
        required: true,
        fact: "户籍在本县",
      },
    ],
    relations: ["本人"],
    materials: [
      { code: "id-card", title: "身份证", obtainedBySharing: true },
      { code: "account", title: "社会保障卡或银行存折照片" },
    ],
    account: true,
    authorisation: false,
    relativeFiling: false,
  },
  flow,
  documents: [
    {
      code: "award-notice",
      title: "高龄津贴发放通知",
      number: "{county}高龄确〔{year}〕{n}号",
      body: [
        "{{applicant}}：",
        "经核实，您符合高龄津贴条件，自{{fromMonth}}起每月发放 {{amount}} 元（大写：{{amountUpper}}）到登记的账户。",
        "计算经过：{{explanation}}",
        "{{remedy}}",
        "{{issuer}}",
        "{{date}}",
      ],
    },
    {
      code: "refusal-notice",
      title: "高龄津贴不予发放通知",
      number: "{county}高龄不〔{year}〕{n}号",
      body: [
        "{{applicant}}：",
        "您申报高龄津贴一事，经核实不予发放。理由如下：",
        "{{reasons}}",
        "{{remedy}}",
        "{{issuer}}",
        "{{date}}",
      ],
    },
    changeNotice({
      code: "change-notice",
      title: "高龄津贴调整通知",
      number: "{county}高龄调〔{year}〕{n}号",
      money: "高龄津贴",
    }),
  ],
  outcome: { eligible: "符合高龄津贴条件", amount: "高龄津贴", explain: ["年龄", "高龄津贴"] },
  registryFacts: { 出生日期: "birthDate", 健在: "alive" },
  entitlement: {
    exclusivityGroup: "高龄津贴",
    benefits: ["高龄津贴"],
    starts: { switch: "ageAllowanceStarts" },
    paidTo: "self",
    review: { code: "life-check", label: "生存认证", everyMonths: 12, article: "县级规定，待核" },
    notices: { changed: "change-notice" },
    stopsAfterDeath: true,
    plausibleMaxFen: 200_000,
  },
  candidates: {
    title: "下月满龄、尚未享受高龄津贴的老人",
    leadMonths: 1,
    when: "符合高龄津贴条件",
    bornOnOrBeforeYearsAgo: 80,
  },
});
