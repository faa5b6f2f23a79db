/** The papers of 特困. */
import { changeNotice, type DocumentTemplate } from "@wuxin/declare";

const paper = (code: string, title: string, sign: string, body: readonly string[]): DocumentTemplate => ({
  code,
  title,
  number: `{county}特困${sign}〔{year}〕{n}号`,
  body: ["{{applicant}}：", ...body, "{{issuer}}", "{{date}}"],
});

export const documents: readonly DocumentTemplate[] = [
  paper("supplement-notice", "一次性补正告知书", "补", [
    "您申请{{itemTitle}}的材料还缺以下内容，请在{{by}}前一次补齐：",
    "{{missing}}",
    "政府平台能够查到的材料不需要您提供。材料实在拿不出的，可以按规定签署告知承诺。",
  ]),
  paper("acceptance-notice", "受理通知书", "受", [
    "您的{{itemTitle}}申请（受理编号 {{caseNumber}}）已于{{date}}受理，将依法调查您和法定义务人的收入、财产状况，评估生活自理能力，最迟{{investigateDue}}提出初审意见。",
  ]),
  {
    code: "survey-form",
    title: "特困人员入户调查和生活自理能力评估表",
    number: "{county}特困调〔{year}〕{n}号",
    body: [
      "申请人：{{applicant}}　住址：{{address}}",
      "调查日期：{{answer.on}}　调查方式：{{answer.method}}",
      "看到的情况：{{answer.findings}}",
      "登记的事实：{{facts}}",
      "申请人签字：{{answer.householdSignature}}",
      "调查评估人：{{answer.investigators}}　签字：{{answer.investigatorSignature}}",
    ],
  },
  paper("award-notice", "特困人员救助供养确认通知书", "确", [
    "经审核确认，您符合特困人员救助供养条件，自{{fromMonth}}起每月供养金 {{amount}} 元（大写：{{amountUpper}}），按月发到登记的账户。",
    "计算经过：{{explanation}}",
    "生活自理能力、收入、财产、赡养人等情况有变化的，请及时报告。{{remedy}}",
  ]),
  paper("refusal-notice", "不予确认特困人员救助供养通知书", "不", [
    "您申请{{itemTitle}}一事，经审核不予确认。理由如下：",
    "{{reasons}}",
    "计算经过：{{explanation}}",
    "{{remedy}}符合低保、临时救助条件的，可以另行申请。",
  ]),
  paper("termination-notice", "终止审核告知书", "终", [
    "您申请{{itemTitle}}一事，因以下原因终止审核：",
    "{{reasons}}",
    "愿意配合调查核实时，可以再次申请。",
  ]),
  paper("adjust-notice", "特困供养金调整通知书", "调", [
    "经核定，您的特困供养金自{{fromMonth}}起调整为每月 {{amount}} 元（大写：{{amountUpper}}）。",
    "计算经过：{{explanation}}",
    "{{remedy}}",
  ]),
  // What no decision gave: a raise, a change between two decisions.
  changeNotice({
    code: "change-notice",
    title: "特困供养金调整通知书",
    number: "{county}特困变〔{year}〕{n}号",
    money: "特困供养金",
  }),
  paper("stop-notice", "终止救助供养通知书", "停", [
    "您享受的特困人员救助供养自下月起终止。理由如下：",
    "{{reasons}}",
    "{{remedy}}生活仍有困难的，可以申请低保或临时救助。",
  ]),
];
