/** What the applicant and those who must support him are asked. Every answer is a fact of rules.yaml. */
import type { ApplicationForm, Field } from "@wuxin/declare";

const SELF = "本人";
const SUPPORTER = "法定义务人";
const options = (...values: readonly string[]) => values.map((value) => ({ value, label: value }));
const ofSelf = { ofRelations: [SELF] } as const;
const ofSupporter = { ofRelations: [SUPPORTER] } as const;

const member: readonly Field[] = [
  {
    name: "income",
    label: "每月收入",
    type: "money",
    unit: "元/月",
    required: true,
    max: 1_000_000_00,
    fact: "月收入",
    question: "每月收入大约多少？",
    help: "基础养老金、医保报销、优待抚恤金、高龄津贴不算（第六条）。",
  },
  {
    name: "property",
    label: "财产金额",
    type: "money",
    unit: "元",
    required: true,
    max: 1_000_000_000_00,
    fact: "财产金额",
    question: "存款、理财等财产一共大约多少？",
  },
  {
    name: "disabilityKind",
    label: "残疾类别",
    type: "choice",
    required: true,
    initial: "无",
    fact: "残疾类别",
    choices: options("无", "视力", "听力", "言语", "肢体", "智力", "精神", "多重"),
    question: "有没有残疾证？是哪一类？",
    personal: true,
  },
  {
    name: "disabilityGrade",
    label: "残疾等级",
    type: "choice",
    required: true,
    initial: "无",
    fact: "残疾等级",
    choices: options("无", "一级", "二级", "三级", "四级"),
    question: "残疾证上是几级？",
    personal: true,
  },
  {
    ...ofSelf,
    name: "selfCareFailed",
    label: "不能自理的项数",
    type: "integer",
    unit: "项",
    min: 0,
    max: 6,
    fact: "不能自理项数",
    question: "吃饭、穿衣、上下床、如厕、室内行走、洗澡，有几项自己做不了？",
    help: "以入户时的评估为准（第二十一条）。",
  },
  {
    ...ofSelf,
    name: "mode",
    label: "供养方式",
    type: "choice",
    required: true,
    initial: "分散",
    fact: "供养方式",
    choices: [
      { value: "分散", label: "在家（分散供养）" },
      { value: "集中", label: "住供养机构（集中供养）" },
    ],
    question: "想在家里，还是住供养机构？可以自己选。",
  },
  {
    ...ofSelf,
    name: "childBenefit",
    label: "已选择孤儿或事实无人抚养儿童保障",
    type: "boolean",
    initial: false,
    fact: "选择儿童保障",
    question: "未成年人：是不是选了孤儿或事实无人抚养儿童保障？",
  },
  {
    ...ofSelf,
    name: "schooling",
    label: "在校就读",
    type: "choice",
    initial: "否",
    fact: "在校就读",
    choices: options("否", "义务教育", "高中", "中等职业", "其他"),
    question: "现在在上学吗？",
  },
  {
    ...ofSupporter,
    name: "incapable",
    label: "无民事行为能力、被宣告失踪或在服刑",
    type: "boolean",
    initial: false,
    fact: "无民事行为能力或失踪服刑",
    question: "这个人是不是没有民事行为能力、被宣告失踪，或者正在服刑？",
    personal: true,
  },
];

export const form: ApplicationForm = {
  household: [],
  member,
  relations: [SELF, SUPPORTER],
  materials: [
    { code: "id-card", title: "居民身份证、户口簿", obtainedBySharing: true },
    { code: "disability-card", title: "残疾人证", obtainedBySharing: true },
    {
      code: "situation",
      title: "劳动能力、生活来源、财产状况和义务人情况的说明",
      required: true,
      commitmentAllowed: true,
      help: "开不出证明的，可以签告知承诺。",
    },
  ],
  account: true,
  authorisation: true, // 第十条: the applicant and those who must support him sign
  relativeFiling: true,
};
