/**
 * What a household is asked. Every answer is a fact of the rule set (rules.yaml), so that nothing is asked which no rule
 * reads. Questions that only concern adults, ill or disabled people are asked where they apply.
 */
import type { ApplicationForm, Field } from "@wuxin/declare";
import type { Condition } from "@wuxin/kernel";

const options = (...values: readonly string[]) => values.map((value) => ({ value, label: value }));
const money = (
  name: string,
  fact: string,
  label: string,
  question: string,
  more: Partial<Field> = {},
): Field => ({
  name,
  label,
  type: "money",
  fact,
  question,
  unit: "元/月",
  initial: 0,
  max: 10_000_000,
  ...more,
});

const household: readonly Field[] = [
  {
    name: "applicationKind",
    label: "申请方式",
    type: "choice",
    required: true,
    fact: "申请方式",
    initial: "整户",
    choices: options("整户", "单人户"),
    question: "全家一起申请，还是家里的重度残疾人、重病患者一个人单独申请？",
  },
  {
    name: "financialAssets",
    label: "金融资产合计",
    type: "money",
    required: true,
    fact: "金融资产",
    question: "全家的存款、理财、股票、基金加起来大约有多少？",
    unit: "元",
  },
  {
    name: "houses",
    label: "住房套数",
    type: "integer",
    required: true,
    fact: "住房套数",
    min: 0,
    max: 99,
    unit: "套",
    question: "全家一共有几套住房（含农村自建房）？",
  },
  {
    name: "vehicles",
    label: "机动车辆数",
    type: "integer",
    required: true,
    fact: "机动车辆数",
    min: 0,
    max: 99,
    unit: "辆",
    question: "全家有几辆汽车？（残疾人代步车、摩托车不算）",
  },
  {
    name: "incomeStable",
    label: "收入稳定",
    type: "boolean",
    required: true,
    fact: "收入稳定",
    question: "家里的收入每个月大体差不多吗？",
  },
];

const hasDisability: Condition = {
  all: [
    { field: "disabilityGrade", known: true },
    { field: "disabilityGrade", isNot: "无" },
  ],
};

const member: readonly Field[] = [
  {
    name: "exclusion",
    label: "不计入情形",
    type: "choice",
    fact: "不计入情形",
    initial: "无",
    choices: options("无", "宗教教职满三年", "服刑", "强制隔离戒毒", "宣告失踪", "本省规定的其他情形"),
    question: "这位家人有没有下面的情况？",
  },
  {
    name: "singleApplicant",
    label: "单人户申请人",
    type: "boolean",
    fact: "单人户申请人",
    question: "是这位家人单独申请吗？",
    help: "只有一个人单独申请时才选「是」。",
    initial: false,
  },
  {
    name: "ableToWork",
    label: "有劳动能力",
    type: "boolean",
    required: true,
    fact: "有劳动能力",
    question: "这位家人的身体允许干活、上班吗？",
    help: "16 岁以下的孩子选「否」。",
  },
  money("wage", "工资性收入", "工资、打工收入", "这位家人每月工资、打工收入（含奖金）大约多少？", {
    required: true,
  }),
  money("employmentCost", "就业成本", "必要的就业成本", "为了上班每月必须花的交通、伙食、通讯费大约多少？", {
    visible: { field: "wage", atLeast: 1 },
  }),
  money("business", "经营净收入", "经营净收入", "种地、养殖、做生意每月净挣大约多少（扣掉本钱）？", {
    required: true,
    min: -10_000_000,
  }),
  money("property", "财产净收入", "财产净收入", "房租、利息、分红、土地流转等每月大约多少？"),
  money("support", "赡养费收入", "赡养、抚养、扶养费", "不住在一起的子女、父母每月给多少？"),
  money(
    "pension",
    "养老金",
    "退休金、养老金",
    "每月退休金、养老金多少？（国家发的城乡居民基础养老金不算在里面）",
  ),
  money(
    "basicPension",
    "中央基础养老金",
    "城乡居民基础养老金（中央部分）",
    "城乡居民养老保险里国家发的基础养老金每月多少？",
  ),
  money(
    "otherTransfers",
    "其他转移收入",
    "其他转移收入",
    "失业金、遗属补助、赔偿、亲友经常接济等每月大约多少？",
    { help: "优待抚恤金、计生奖励、奖学金、见义勇为奖励和政府救助金不算收入，不要填在这里。" },
  ),
  money(
    "transfersPaid",
    "税费和赡养支出",
    "税费、社保和赡养支出",
    "每月自己交的税、社保，给别人的赡养费、抚养费大约多少？",
  ),
  money("otherIncome", "其他收入", "其他收入", "还有别的收入吗？每月大约多少？"),
  {
    name: "disabilityGrade",
    label: "残疾等级",
    type: "choice",
    required: true,
    fact: "残疾等级",
    initial: "无",
    choices: options("无", "一级", "二级", "三级", "四级"),
    question: "有没有残疾证？是几级？",
    personal: true,
  },
  {
    name: "disabilityKind",
    label: "残疾类别",
    type: "choice",
    required: hasDisability,
    visible: hasDisability,
    fact: "残疾类别",
    choices: options("视力", "听力", "言语", "肢体", "智力", "精神", "多重"),
    question: "残疾证上写的是哪一类？",
    personal: true,
  },
  {
    name: "seriouslyIll",
    label: "重病患者",
    type: "boolean",
    required: true,
    fact: "重病患者",
    initial: false,
    question: "有没有患重大疾病（本县规定的病种）？",
    personal: true,
  },
  money(
    "rigidSpending",
    "残疾或重病刚性支出",
    "残疾、重病刚性支出",
    "因为残疾或重病，每月自己必须负担的医疗、康复、护理费大约多少（报销和救助之后）？",
    { visible: { any: [hasDisability, { field: "seriouslyIll", is: true }] } },
  ),
];

export const form: ApplicationForm = {
  household,
  member,
  // 第七条: who lives together and counts. The first is the applicant.
  relations: [
    "本人",
    "配偶",
    "未成年子女",
    "不能独立生活的成年子女",
    "其他长期共同居住的赡养抚养扶养关系人",
    "其他",
  ],
  materials: [
    { code: "id-card", title: "居民身份证、户口簿", obtainedBySharing: true },
    { code: "disability-card", title: "残疾人证", obtainedBySharing: true },
    {
      code: "income",
      title: "收入证明或工资流水",
      required: true,
      commitmentAllowed: true,
      help: "实在开不出来，可以签告知承诺。",
    },
    {
      code: "illness",
      title: "重大疾病诊断证明、医疗费票据",
      commitmentAllowed: false,
      help: "家里有重病患者、有大额医疗支出的请上传。",
    },
  ],
  account: true,
  authorisation: true,
  relativeFiling: true,
};
