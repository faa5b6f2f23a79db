/** The papers of 低保. Numbers run by county, series and year; {{…}} is filled by the house, never typed. */
import { changeNotice, type DocumentTemplate } from "@wuxin/declare";

export const documents: readonly DocumentTemplate[] = [
  {
    code: "supplement-notice",
    title: "一次性补正告知书",
    number: "{county}低保补〔{year}〕{n}号",
    body: [
      "{{applicant}}：",
      "您申请{{itemTitle}}的材料还缺以下内容，请在{{by}}前一次补齐：",
      "{{missing}}",
      "政府平台能够查到的材料不需要您提供。材料实在拿不出的，可以按规定签署告知承诺。补齐后将继续办理，本次告知之后不再要求补充其他材料。",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  {
    code: "acceptance-notice",
    title: "受理通知书",
    number: "{county}低保受〔{year}〕{n}号",
    body: [
      "{{applicant}}：",
      "您的{{itemTitle}}申请（受理编号 {{caseNumber}}）已于{{date}}受理，将依法开展家庭经济状况调查和信息核对，全部办理时限为 {{totalLimit}} 个工作日，最迟{{totalDue}}办结。",
      "办理进度可以凭受理编号查询。家庭情况有变化的，请及时告诉我们。",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  {
    code: "survey-form",
    title: "家庭经济状况入户调查表",
    number: "{county}低保调〔{year}〕{n}号",
    body: [
      "申请人：{{applicant}}　住址：{{address}}　家庭成员：{{members}} 人",
      "调查日期：{{answer.on}}　调查方式：{{answer.method}}",
      "看到的情况：{{answer.findings}}",
      "登记的事实：{{facts}}",
      "申请人（或家庭成员）签字：{{answer.householdSignature}}",
      "调查人：{{answer.investigators}}　签字：{{answer.investigatorSignature}}",
    ],
  },
  {
    code: "award-notice",
    title: "最低生活保障确认通知书",
    number: "{county}低保确〔{year}〕{n}号",
    body: [
      "{{applicant}}：",
      "经审核确认，您的家庭符合最低生活保障条件，保障人口 {{persons}} 人，每月保障金 {{amount}} 元（大写：{{amountUpper}}），自{{fromMonth}}起按月发放到登记的账户。",
      "计算经过：{{explanation}}",
      "家庭人口、收入、财产发生变化时，请及时报告。{{remedy}}",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  {
    code: "refusal-notice",
    title: "不予确认最低生活保障通知书",
    number: "{county}低保不〔{year}〕{n}号",
    body: [
      "{{applicant}}：",
      "您申请{{itemTitle}}一事，经审核不予确认。理由如下：",
      "{{reasons}}",
      "计算经过：{{explanation}}",
      "{{remedy}}家庭情况变化后，可以再次申请；遇到急难可以申请临时救助。",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  {
    code: "termination-notice",
    title: "终止审核告知书",
    number: "{county}低保终〔{year}〕{n}号",
    body: [
      "{{applicant}}：",
      "您申请{{itemTitle}}一事，因{{reasons}}，审核程序终止。愿意配合调查核对时，可以再次申请。",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  {
    code: "adjust-notice",
    title: "最低生活保障调整通知书",
    number: "{county}低保调整〔{year}〕{n}号",
    body: [
      "{{applicant}}：",
      "经复核，自{{fromMonth}}起您家庭的最低生活保障金为每月 {{amount}} 元，保障人口 {{persons}} 人。理由：{{reasons}}",
      "计算经过：{{explanation}}",
      "{{remedy}}",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  // What no decision gave: a raise, a change between two decisions. In the same series.
  changeNotice({
    code: "change-notice",
    title: "最低生活保障调整通知书",
    number: "{county}低保调整〔{year}〕{n}号",
    ...{ money: "最低生活保障金", whose: "您家庭的", persons: true },
  }),
  {
    code: "merged-notice",
    title: "最低生活保障合户通知书",
    number: "{county}低保合〔{year}〕{n}号",
    body: [
      "{{applicant}}：",
      "您家庭与另一户合为一户，自{{fromMonth}}起最低生活保障金由合并后的一户领取，不再单独发给您家庭；以前的月份照发。事由：{{reasons}}",
      "{{remedy}}",
      "{{issuer}}",
      "{{date}}",
    ],
  },
  {
    code: "stop-notice",
    title: "停止最低生活保障通知书",
    number: "{county}低保停〔{year}〕{n}号",
    body: [
      "{{applicant}}：",
      "经复核，自{{fromMonth}}起停止发放最低生活保障金。理由：{{reasons}}",
      "{{remedy}}又遇到困难时，可以再次申请。",
      "{{issuer}}",
      "{{date}}",
    ],
  },
];
