/** What the two subsidies have in common beside their way: the card, the papers, how long it takes. */
import { changeNotice, type DocumentTemplate, type Field, type Material } from "@wuxin/declare";

const choices = (...values: readonly string[]) => values.map((value) => ({ value, label: value }));

export const card: readonly Field[] = [
  {
    name: "disabilityKind",
    label: "残疾类别",
    type: "choice",
    required: true,
    fact: "残疾类别",
    choices: choices("无", "视力", "听力", "言语", "肢体", "智力", "精神", "多重"),
    question: "残疾证上写的是哪一类？",
    personal: true,
  },
  {
    name: "disabilityGrade",
    label: "残疾等级",
    type: "choice",
    required: true,
    fact: "残疾等级",
    choices: choices("无", "一级", "二级", "三级", "四级"),
    question: "残疾证上写的是几级？",
    personal: true,
  },
];

export const cardValidUntil: Field = {
  name: "cardValidUntil",
  label: "残疾人证有效至",
  type: "date",
  allowFuture: true,
  required: true,
  fact: "残疾人证有效至",
  question: "残疾证有效到哪一天？",
  help: "看残疾证上的有效期截止日。",
};

export const injuryNursing: Field = {
  name: "injuryNursing",
  label: "领取工伤护理费",
  type: "boolean",
  fact: "领工伤护理费",
  question: "在领工伤保险的生活护理费吗？",
  initial: false,
};

export const materials: readonly Material[] = [
  { code: "id-card", title: "居民身份证、户口簿", obtainedBySharing: true },
  { code: "disability-card", title: "残疾人证", obtainedBySharing: true },
  { code: "account", title: "社会保障卡或银行存折照片" },
];

export const howLong = "乡镇（街道）受理后与残联核对证件，再审核确认；批准的从申请当月起发，晚批的补发。";
export const decidedBy =
  "乡镇（街道）受理、核实，县（区）民政局确认；审核权下放的地方由乡镇（街道）审定、县（区）备案。";
export const objection = "不服的，可以先找县民政局说明，也可以申请行政复议或者提起行政诉讼。";

/** @param short 生活补贴、护理补贴, as it stands in the numbers of papers */
export const documents = (title: string, short: string): readonly DocumentTemplate[] => [
  changeNotice({
    code: "change-notice",
    title: `${title}调整通知`,
    number: `{county}残${short}调〔{year}〕{n}号`,
    money: title,
  }),
  {
    code: "award-notice",
    title: `${title}发放通知`,
    number: `{county}残${short}确〔{year}〕{n}号`,
    body: [
      "{{applicant}}：",
      `经审核，您符合${title}条件，自{{fromMonth}}起每月发放 {{amount}} 元（大写：{{amountUpper}}）到登记的账户。`,
      "计算经过：{{explanation}}",
      "残疾人证到期、换发，家庭情况或者其他津贴有变化时，请及时报告。{{remedy}}",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  {
    code: "refusal-notice",
    title: `${title}不予发放通知`,
    number: `{county}残${short}不〔{year}〕{n}号`,
    body: [
      "{{applicant}}：",
      `您申请${title}一事，经审核不予发放。理由如下：`,
      "{{reasons}}",
      "{{remedy}}",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  {
    code: "stop-notice",
    title: `${title}停发通知`,
    number: `{county}残${short}停〔{year}〕{n}号`,
    body: [
      "{{applicant}}：",
      `您享受的${title}自下月起停发。理由如下：`,
      "{{reasons}}",
      "{{remedy}}",
      "{{issuer}}",
      "{{date}}",
    ],
  },
];
