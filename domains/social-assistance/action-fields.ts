/** What each step asks of the person who does it. */
import type { Field } from "@wuxin/declare";

const note: Field = { name: "note", label: "说明", type: "longtext", max: 1000 };
const attachments: Field = { name: "attachments", label: "附件（照片、扫描件）", type: "file", max: 20 };
const mustExplain: Field = {
  name: "reason",
  label: "理由",
  type: "longtext",
  required: true,
  min: 5,
  max: 1000,
  help: "写清事实和依据，会告知当事人。",
};

export const reason: readonly Field[] = [mustExplain];
export const accept: readonly Field[] = [note];
export const supplement: readonly Field[] = [
  {
    name: "missing",
    label: "还缺的材料（一次写全）",
    type: "longtext",
    required: true,
    min: 4,
    max: 1000,
    help: "能从政府平台查到的不要向群众要。",
  },
  { name: "by", label: "请在此日期前补齐", type: "date", allowFuture: true, required: true },
];
export const supplementAnswer: readonly Field[] = [
  { name: "attachments", label: "补充的材料", question: "请拍照上传补充的材料", type: "file", max: 20 },
  { name: "note", label: "说明", question: "有什么要说明的？", type: "longtext", max: 1000 },
  {
    name: "commitments",
    label: "改用告知承诺",
    question: "确实拿不出的证明，可以签告知承诺",
    type: "boolean",
    help: "承诺内容真实；以后查出不实要承担责任。",
  },
];
export const survey: readonly Field[] = [
  { name: "investigators", label: "调查人（至少两人）", type: "staff", required: true, min: 2, max: 5 },
  { name: "on", label: "入户日期", type: "date", required: true },
  {
    name: "method",
    label: "调查方式",
    type: "choice",
    required: true,
    initial: "home",
    choices: [
      { value: "home", label: "入户调查" },
      { value: "neighbour", label: "入户并邻里访问" },
      { value: "letter", label: "信函索证" },
      { value: "remote", label: "紧急情况下远程调查" },
    ],
  },
  {
    name: "remoteReason",
    label: "为何远程",
    type: "text",
    required: true,
    visible: { field: "method", is: "remote" },
  },
  {
    name: "findings",
    label: "看到的情况",
    type: "longtext",
    required: true,
    min: 10,
    max: 2000,
    help: "住房、家具、用电、健康、劳动、实际生活水平。",
  },
  { name: "householdSignature", label: "申请人（或家庭成员）签字", type: "signature", required: true },
  { name: "investigatorSignature", label: "调查人签字", type: "signature", required: true },
  attachments,
];
export const requestVerification: readonly Field[] = [
  {
    name: "scope",
    label: "核对内容",
    type: "choices",
    required: true,
    choices: [
      "户籍",
      "社会保险",
      "不动产",
      "市场主体",
      "住房公积金",
      "车辆船舶",
      "税收",
      "银行存款",
      "证券保险",
      "互联网金融",
    ].map((x) => ({ value: x, label: x })),
  },
];
export const answerVerification: readonly Field[] = [
  { name: "reportNumber", label: "核对报告编号", type: "text", required: true, max: 60 },
  { name: "on", label: "报告日期", type: "date", required: true },
  { name: "validUntil", label: "有效期至", type: "date", required: true, allowFuture: true },
  { name: "summary", label: "核对结论", type: "longtext", required: true, min: 4, max: 2000 },
  {
    name: "difference",
    label: "不一致的说明",
    type: "longtext",
    max: 1000,
    help: "申报、查得、采用的不一样时必填：原因是什么，为什么采用这个数。采用的与查得的不同，还要另一人复核。",
  },
  attachments,
];
export const confirmAdopted: readonly Field[] = [
  { name: "note", label: "复核意见", type: "longtext", required: true, min: 2, max: 500 },
];
export const extend: readonly Field[] = [{ ...mustExplain, label: "特殊情况说明" }];
export const opinion: readonly Field[] = [
  {
    name: "opinion",
    label: "初审意见",
    type: "choice",
    required: true,
    choices: [
      { value: "拟同意", label: "拟同意" },
      { value: "拟不同意", label: "拟不同意" },
    ],
  },
  { name: "reason", label: "意见的理由", type: "longtext", required: true, min: 5, max: 1000 },
  { name: "place", label: "公示地点", type: "text", required: true, initial: "申请人所在村（社区）公示栏" },
];
export const objectionAnswer: readonly Field[] = [
  {
    name: "outcome",
    label: "对异议的处理",
    type: "longtext",
    required: true,
    min: 5,
    max: 1000,
    initial: "将重新入户调查，结果另行公示。",
  },
];
export const appraisal: readonly Field[] = [
  { name: "on", label: "评议日期", type: "date", required: true },
  { name: "attendance", label: "参加人数", type: "integer", unit: "人", min: 5, max: 500, required: true },
  { name: "agree", label: "认为符合的人数", type: "integer", unit: "人", min: 0, max: 500, required: true },
  { name: "outcome", label: "评议结论", type: "longtext", required: true, min: 5, max: 1000 },
  attachments,
];
export const finishPublicity: readonly Field[] = [
  { name: "result", label: "公示结果", type: "text", required: true, initial: "公示期满，无未处理的异议。" },
];
export const countyVisit: readonly Field[] = [
  { name: "investigators", label: "入户人（至少两人）", type: "staff", required: true, min: 2, max: 5 },
  { name: "on", label: "入户日期", type: "date", required: true },
  { name: "findings", label: "看到的情况", type: "longtext", required: true, min: 10, max: 2000 },
  attachments,
];
export const confirmation: readonly Field[] = [note];
export const refusal: readonly Field[] = [{ ...mustExplain, label: "不予确认的理由" }];
export const delivery: readonly Field[] = [
  { name: "on", label: "送达日期", type: "date", required: true },
  {
    name: "how",
    label: "送达方式",
    type: "choice",
    required: true,
    choices: ["直接送达", "邮寄", "电子送达", "留置"].map((x) => ({ value: x, label: x })),
  },
  { name: "receiver", label: "签收人", type: "text", required: true, max: 50 },
];
export const change: readonly Field[] = [
  {
    name: "kind",
    label: "变化",
    question: "家里有什么变化？",
    type: "choice",
    required: true,
    choices: ["收入增加", "收入减少", "就业", "人口增加", "人口减少", "财产变化", "搬家", "其他"].map(
      (x) => ({ value: x, label: x }),
    ),
  },
  { name: "on", label: "发生日期", question: "什么时候发生的？", type: "date", required: true },
  {
    name: "detail",
    label: "具体情况",
    question: "请简单说说",
    type: "longtext",
    required: true,
    min: 4,
    max: 1000,
  },
  { name: "late", label: "超过三个月才报告", type: "boolean", help: "超过三个月没有报告的，进行批评教育。" },
];
export const death: readonly Field[] = [
  { name: "personId", label: "去世的家庭成员", type: "choice", required: true, choices: [] },
  { name: "diedOn", label: "去世日期", type: "date", required: true },
  { name: "source", label: "信息来源", type: "text", required: true, initial: "村（社区）报告" },
];
export const startRecheck: readonly Field[] = [
  {
    name: "kind",
    label: "复核种类",
    type: "choice",
    required: true,
    initial: "定期",
    choices: [
      { value: "定期", label: "定期复核" },
      { value: "预警", label: "预警触发" },
      { value: "举报", label: "举报投诉" },
    ],
  },
];
export const recheckOpinion: readonly Field[] = [
  {
    name: "suggest",
    label: "复核意见",
    type: "choice",
    required: true,
    choices: ["继续", "增发", "减发", "渐退", "停发"].map((x) => ({ value: x, label: x })),
  },
  mustExplain,
];
export const decisionNote: readonly Field[] = [note];
/** Whoever stopped being entitled earlier and did not say so (57号 第三十条). */
const since: Field = {
  name: "since",
  label: "从哪天起已经变化",
  type: "date",
  help: "一般不填，从下个月起执行。早已变化而没有报告的，填变化那天（如收监、结婚登记）；此后已发的算成多发，追不追由人另行确认。",
};
const changes = ["收入变化", "财产变化", "人口变化", "结婚", "离婚", "服刑", "死亡", "其他"];
export const adjust: readonly Field[] = [
  {
    name: "cause",
    label: "调整事由",
    type: "choice",
    choices: changes.map((x) => ({ value: x, label: x })),
  },
  since,
  mustExplain,
];
export const decisionReason: readonly Field[] = [mustExplain];
export const gradualExit: readonly Field[] = [
  {
    name: "months",
    label: "渐退期",
    type: "integer",
    unit: "个月",
    min: 1,
    max: 6,
    required: true,
    initial: 6,
    help: "不超过六个月。",
  },
  mustExplain,
];
/** The cause of a stop that is the household's own wish; its written request is on file. */
export const OWN_WISH = "主动退出";
const request: Field = {
  ...{ name: "request", label: "退出申请书", type: "file", max: 20 },
  help: "本人（户主、监护人）书面提出的申请，拍照或扫描。",
};
/** Somebody gives up what he is entitled to. */
export const giveUp: readonly Field[] = [{ ...request, required: true }, ...reason];
const wished = { field: "cause", is: OWN_WISH };

export const stop: readonly Field[] = [
  {
    name: "cause",
    label: "停发事由",
    type: "choice",
    required: true,
    choices: [
      "收入超过标准",
      "财产超过规定",
      "死亡",
      "服刑",
      "迁出本县",
      "改领特困供养",
      OWN_WISH,
      "渐退期满",
      "其他",
    ].map((x) => ({ value: x, label: x })),
  },
  { ...request, required: wished, visible: wished },
  since,
  mustExplain,
];
