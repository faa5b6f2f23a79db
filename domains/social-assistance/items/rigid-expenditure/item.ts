/** 刚性支出困难家庭认定: no money, a recognised tier for so many months, then applied for anew. */
import { defineItem, type Field } from "@wuxin/declare";
import { means, papers } from "../../recognition.ts";
import { flow } from "./flow.ts";

const spent = (name: string, fact: string, label: string, question: string, help: string): Field => ({
  ...{ name, fact, label, question, help },
  ...{ type: "money", unit: "元", initial: 0, min: 0, max: 100_000_000 },
});

export const item = defineItem({
  code: "rigid-expenditure",
  title: "刚性支出困难家庭认定",
  shortTitle: "刚性支出困难",
  system: "救助",
  subject: "household",
  numberSeries: "{county}刚性支出申〔{year}〕{n}号",
  basis: [{ title: "刚性支出困难家庭认定办法", document: "2025-01-01 起施行", article: "全文" }],
  lifeEvents: ["生活困难", "身有残疾"],
  guide: {
    what: "收入不算低，但看病、上学、残疾康复这些省不下来的开支，把大部分收入花掉了的家庭。",
    howMuch: "认定不发钱，是申请医疗、教育、临时救助等帮助的凭据。",
    who: [
      "家庭人均收入低于上年本地人均可支配收入",
      "申请前 12 个月的刚性支出超过家庭收入的规定比例",
      "家庭财产符合本县规定，没有在享受低保、特困，也不是低保边缘家庭",
    ],
    bring: ["全家人的身份证号码", "签字同意核对家庭经济状况的授权书", "申请前 12 个月看病、上学、康复的票据"],
    howLong: "参照低保办理，一般 30 个工作日以内。",
    decidedBy: "乡镇（街道）调查、提出意见并公示 7 天，县（区）民政局确认。",
    objection: "对决定不服的，可以申请行政复议，也可以向法院提起行政诉讼；通知书上写明去哪里、多长时间内。",
  },
  form: {
    ...means,
    household: [
      ...means.household,
      spent(
        "livingSpending",
        "基本生活支出",
        "基本生活支出（12 个月）",
        "申请前 12 个月，本县认可的基本生活支出一共多少？",
        "本县没有规定的填 0。",
      ),
      spent(
        "otherSpending",
        "其他刚性支出",
        "其他刚性支出（12 个月）",
        "申请前 12 个月，还有哪些本县认可的刚性支出，一共多少？",
        "如因灾因意外必须的花费；没有填 0。",
      ),
    ],
    member: [
      ...means.member,
      spent(
        "medicalSpending",
        "医疗支出",
        "看病自付（12 个月）",
        "申请前 12 个月看病，自己负担了多少？",
        "各种报销和救助之后的部分，凭票据。",
      ),
      spent(
        "schoolFees",
        "教育学费住宿费",
        "学费、住宿费（12 个月）",
        "申请前 12 个月，上学的学费、住宿费交了多少？",
        "幼儿园到本科。",
      ),
      spent(
        "publicSchoolFee",
        "公办学校收费标准",
        "同级公办学校收费",
        "当地同级公办学校一年的学费、住宿费是多少？",
        "读民办学校的，最多算到这个数；工作人员会帮您查。",
      ),
      spent(
        "rehabilitationSpending",
        "康复支出",
        "残疾康复自付（12 个月）",
        "申请前 12 个月，残疾人康复自己负担了多少？",
        "目录内的项目，凭票据。",
      ),
    ],
    materials: [
      ...means.materials.filter((m) => m.code !== "illness"),
      {
        code: "spending",
        title: "看病、上学、康复等支出的票据（申请前 12 个月）",
        required: true,
        commitmentAllowed: false,
      },
    ],
  },
  flow,
  documents: papers("刚性支出困难家庭认定", "刚性支出", "刚性支出困难家庭，至{{untilMonth}}有效"),
  outcome: {
    eligible: "符合刚性支出困难条件",
    persons: "刚性支出困难人数",
    covered: "刚性支出困难对象",
    validMonths: "有效月数",
    explain: ["刚性支出困难人数", "家庭年收入", "家庭刚性支出", "支出超过比例", "刚性支出财产符合规定"],
  },
  check: { note: "看病、上学、康复自己负担的支出大的，请带上一年的票据到窗口算。" },
  registryFacts: { 出生日期: "birthDate", 健在: "alive", 区域类型: "areaClass", 与申请人关系: "relation" },
  drawnFacts: {
    享受低保特困或边缘: { drawsOneOf: ["subsistence-allowance", "destitute-support", "edge-family"] },
  },
  tier: { title: "刚性支出", rank: 4 },
  entitlement: {
    recognition: true,
    exclusivityGroup: "救助认定",
    starts: "this-month",
    paidTo: "head",
    review: { code: "rigid-review", label: "到期重新认定", everyMonths: 12, article: "第十条" },
    stopsAfterDeath: true,
  },
});
