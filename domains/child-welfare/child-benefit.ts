/** What the two allowances of children have in common: the parents' situations, the way, the papers. Nothing is publicised. */
import { changeNotice, type DocumentTemplate, type Field, personBenefitFlow } from "@wuxin/declare";

/** 民发〔2019〕62号 一, in the words of the rules. */
const SITUATIONS = [
  "正常",
  "死亡或宣告死亡",
  "失踪",
  "查找不到",
  "重残",
  "重病",
  "服刑或强制隔离戒毒",
  "其他限制人身自由",
  "失联",
  "撤销监护资格",
  "被遣送出境",
].map((value) => ({ value, label: value }));
/** Those that must have lasted. */
const LASTING = ["服刑或强制隔离戒毒", "其他限制人身自由", "失联"];

const situation = (name: string, who: string): Field => ({
  name,
  label: `${who}情形`,
  type: "choice",
  required: true,
  fact: `${who}情形`,
  choices: SITUATIONS,
  question: `孩子的${who}现在是什么情形？`,
  personal: true,
});
const months = (name: string, of: string, who: string): Field => ({
  name,
  label: `${who}情形已有几个月`,
  type: "integer",
  unit: "个月",
  min: 0,
  max: 600,
  fact: `${who}情形月数`,
  question: `${who}服刑、戒毒、被限制自由的期限，或者失联，有几个月？`,
  visible: { any: LASTING.map((value) => ({ field: of, is: value })) },
  required: { any: LASTING.map((value) => ({ field: of, is: value })) },
  personal: true,
});

export const father = situation("father", "父亲");
export const mother = situation("mother", "母亲");
export const fatherMonths = months("fatherMonths", "father", "父亲");
export const motherMonths = months("motherMonths", "mother", "母亲");

/** @param basis the document that gives the way and, where it does, the clocks (民发〔2019〕62号 二: 15 working days each) */
export const childFlow = (basis: string, limitWorkingDays: number | null) =>
  personBenefitFlow({
    checks: "孩子和父母的情形、监护和收款账户",
    checkArticle: basis,
    checkSource: "信息核对",
    checkFields: [
      {
        name: "confirmedBy",
        label: "已经哪些部门查验",
        type: "choices",
        required: true,
        choices: ["公安", "司法", "法院", "残联", "卫健", "教育", "民政"].map((x) => ({
          value: x,
          label: x,
        })),
      },
      {
        name: "guardian",
        label: "现在由谁照料",
        type: "text",
        required: true,
        help: "姓名和与孩子的关系。",
        personal: true,
      },
      { name: "seen", label: "已见到孩子本人", type: "boolean", required: true },
    ],
    confirmArticle: basis,
    confirmNeeds: [
      { when: { field: "check.seen", is: true }, message: "乡镇（街道）没有见到孩子本人，请退回核实。" },
    ],
    clocks:
      limitWorkingDays === null
        ? []
        : [
            {
              key: "check",
              label: "乡镇查验",
              article: basis,
              startsAt: ["submit"],
              stopsAt: ["check", "withdraw"],
              limit: limitWorkingDays,
              unit: "workingDays",
              owner: "township",
              warnAt: 3,
            },
            {
              key: "confirm",
              label: "县级确认",
              article: basis,
              startsAt: ["check"],
              stopsAt: ["return_file", "confirm", "refuse", "withdraw"],
              limit: limitWorkingDays,
              unit: "workingDays",
              owner: "county",
              warnAt: 3,
            },
          ],
    whilePaid: "已经确认，按月发到孩子或监护人登记的账户。父母的情形有变化、孩子被收养，请及时说一声。",
    stopCauses: ["年满十八周岁", "父母恢复抚养", "被依法收养", "转为其他保障", "监护人申请停发"],
    papers: { award: "award-notice", refusal: "refusal-notice", stop: "stop-notice" },
  });

/** @param short 孤儿, 无抚, as it stands in the numbers of papers */
export const documents = (title: string, short: string): readonly DocumentTemplate[] => [
  changeNotice({
    code: "change-notice",
    title: `${title}调整通知`,
    number: `{county}${short}调〔{year}〕{n}号`,
    ...{ money: title, whose: "{{applicant}}的", to: "{{applicant}}的监护人：" },
  }),
  {
    code: "award-notice",
    title: `${title}确认通知`,
    number: `{county}${short}确〔{year}〕{n}号`,
    body: [
      "{{applicant}}的监护人：",
      `经审核确认，{{applicant}}自{{fromMonth}}起享受${title}，每月 {{amount}} 元（大写：{{amountUpper}}），发到登记的账户。`,
      "计算经过：{{explanation}}",
      "这笔钱只能用于孩子的生活、教育和医疗。父母、监护或者居住情形有变化的，请及时报告。{{remedy}}",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  {
    code: "refusal-notice",
    title: `不予确认${title}通知`,
    number: `{county}${short}不〔{year}〕{n}号`,
    body: [
      "{{applicant}}的监护人：",
      `申请${title}一事，经审核不予确认。理由如下：`,
      "{{reasons}}",
      "{{remedy}}",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  {
    code: "stop-notice",
    title: `${title}终止通知`,
    number: `{county}${short}停〔{year}〕{n}号`,
    body: [
      "{{applicant}}的监护人：",
      `{{applicant}}享受的${title}自下月起终止。理由如下：`,
      "{{reasons}}",
      "{{remedy}}",
      "{{issuer}}",
      "{{date}}",
    ],
  },
];
