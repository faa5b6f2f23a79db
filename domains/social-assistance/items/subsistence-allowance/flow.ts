/**
 * 低保 from application to the end of payment, step by step with the article that asks for it.
 * Articles without another name are of 《最低生活保障审核确认办法》(民发〔2021〕57号).
 */
import type { FlowDefinition, Role } from "@wuxin/declare";
import { clocks } from "./clocks.ts";
import * as f from "./action-fields.ts";

/** 第二条: the county confirms, or the township where the county delegated it. */
const CONFIRM = "subsistenceConfirmedBy";
const confirmers: { switch: string; values: Record<string, readonly Role[]> } = {
  switch: CONFIRM,
  values: { county: ["county"], township: ["township"] },
};
const investigated = [
  { when: { field: "survey.count", atLeast: 1 }, message: "还没有入户调查，请先登记调查结果（第十六条）。" },
  {
    when: { field: "answer_verification.count", atLeast: 1 },
    message: "还没有经济状况核对结果，请先送核对并登记结果（第十七条）。",
  },
  { when: { field: "verification.open", is: 0 }, message: "还有核对没有反馈，请等核对结果。" },
];
const noObjection = { when: { field: "objection.open", is: 0 }, message: "还有没处理的异议，请先重新调查或组织民主评议（第十九条）。" };

export const flow: FlowDefinition = {
  initial: "draft",
  steps: [
    { id: "apply", label: "申请", article: "第四至十一条" },
    { id: "accept", label: "受理", article: "第十条" },
    { id: "investigate", label: "调查核对", article: "第十五至十八条" },
    { id: "publicity", label: "初审公示", article: "第十九条" },
    { id: "confirm", label: "审核确认", article: "第二十、二十一条" },
    { id: "pay", label: "发放", article: "第二十五条" },
  ],
  states: [
    { id: "draft", label: "填写中", tone: "neutral", step: "apply", explain: "申请还没有提交。" },
    { id: "submitted", label: "待受理", tone: "waiting", step: "accept", explain: "乡镇（街道）正在看材料齐不齐。" },
    { id: "supplement", label: "待补正", tone: "waiting", step: "accept", explain: "还缺材料。请按清单一次补齐，补齐后继续办理。" },
    { id: "accepted", label: "调查核对", tone: "active", step: "investigate", explain: "已经受理。工作人员会上门看一看，并核对收入和财产。" },
    { id: "publicity", label: "公示中", tone: "active", step: "publicity", explain: "乡镇（街道）的初审意见正在村（社区）公示 7 天。" },
    { id: "rework", label: "复查中", tone: "active", step: "publicity", explain: "公示期间有人提出异议，正在重新调查或评议。" },
    { id: "review", label: "待确认", tone: "active", step: "confirm", explain: "公示已满，正在作最后的审核确认。" },
    { id: "paying", label: "在享", tone: "good", step: "pay", explain: "已经批准，从批准的下一个月起按月发到账户。家里情况有变化请及时说一声。" },
    { id: "recheck", label: "复核中", tone: "active", step: "pay", explain: "正在复核家里的情况。复核期间照常发放。" },
    { id: "recheck_decide", label: "复核待定", tone: "active", step: "pay", explain: "复核意见已经写好，等待决定。复核期间照常发放。" },
    { id: "gradual_exit", label: "渐退期", tone: "good", step: "pay", explain: "就业增收后的渐退期，期内照常发放，期满停发。" },
    { id: "refused", label: "不予确认（待送达）", tone: "bad", step: "confirm", explain: "没有批准。书面通知会写明理由，以及不服可以找谁。" },
    { id: "refused_closed", label: "不予确认", tone: "bad", step: "confirm", final: true, explain: "没有批准。通知书写明了理由和救济途径；家里情况变了可以再申请。" },
    { id: "withdrawn", label: "已撤回", tone: "neutral", step: "apply", final: true, explain: "申请人撤回了申请，可以随时再申请。" },
    { id: "terminated", label: "终止审核", tone: "bad", step: "investigate", final: true, explain: "因不配合调查核对，审核程序已终止。愿意配合时可以再申请。" },
    { id: "stopped", label: "已停发", tone: "neutral", step: "pay", final: true, explain: "待遇已停止。如又遇到困难，可以再申请。" },
  ],
  clocks,
  publicities: [
    { code: "opinion", title: "最低生活保障初审公示", days: 7, fields: ["applicantName", "memberCount", "village", "opinion"], article: "第十九条", objections: true },
    { code: "award", title: "最低生活保障对象公布", days: { switch: "awardPublicityDays" }, fields: ["applicantName", "memberCount", "amount"], article: "第二十四条", objections: false },
  ],
  actions: [
    { id: "submit", label: "提交申请", from: ["draft"], to: "submitted", by: ["resident", "village", "township"], fields: [], effects: { submit: true }, article: "第四条" },
    {
      id: "ask_supplement", label: "退回补正", from: ["submitted"], to: "supplement", by: ["township"], article: "第十条",
      fields: f.supplement, effects: { supplementNotice: true, documents: ["supplement-notice"] },
      needs: [{ when: { not: { field: "ask_supplement.count", atLeast: 1 } }, message: "缺的材料应当一次告知，本件已经告知过一次，不能再退回补正。" }],
    },
    { id: "supplement", label: "提交补正材料", from: ["supplement"], to: "submitted", by: ["resident", "village", "township"], fields: f.supplementAnswer, tone: "primary", article: "第十条" },
    {
      id: "accept", label: "受理", from: ["submitted"], to: "accepted", by: ["township"], fields: f.accept, tone: "primary", article: "第十条",
      effects: { documents: ["acceptance-notice"] },
      needs: [
        { when: { field: "authorised", is: true }, message: "家庭成员还没有签署核对授权书，不能受理（第九条）。" },
        { when: { field: "materials.missing", atMost: 0 }, message: "必需材料还没有交齐，也没有告知承诺，请先「退回补正」一次性告知（第十条）。" },
      ],
    },
    {
      id: "survey", label: "登记入户调查", from: ["accepted", "rework"], to: "=", by: ["village", "township"], fields: f.survey, factFields: true,
      effects: { recordFacts: "入户调查", documents: ["survey-form"] }, article: "第十六条", tone: "primary",
    },
    {
      id: "request_verification", label: "送核对", from: ["accepted", "rework", "recheck"], to: "=", by: ["township"], fields: f.requestVerification,
      effects: { requestVerification: true }, article: "第十七条",
      needs: [{ when: { field: "verification.open", is: 0 }, message: "已经送出核对，还没有反馈，不必重复送。" }],
    },
    {
      id: "answer_verification", label: "登记核对结果", from: ["accepted", "rework", "recheck"], to: "=", by: ["county", "township"], fields: f.answerVerification, factFields: true,
      effects: { answerVerification: true, recordFacts: "信息核对" }, article: "第十七条",
      needs: [{ when: { field: "verification.open", atLeast: 1 }, message: "没有待反馈的核对，请先「送核对」。" }],
    },
    { id: "extend", label: "延长办理时限", from: ["accepted", "publicity", "rework", "review"], to: "=", by: ["township", "county"], fields: f.extend, article: "第二十二条", offered: { not: { field: "extend.count", atLeast: 1 } } },
    {
      id: "opinion", label: "提出初审意见并公示", from: ["accepted", "rework"], to: "publicity", by: ["township"], fields: f.opinion, tone: "primary",
      effects: { publish: "opinion" }, article: "第十九条", needs: investigated,
      confirm: "初审意见将在申请人所在村（社区）公示 7 天，公示内容只有姓名、人数和意见。",
    },
    {
      id: "reinvestigate", label: "对异议重新调查", from: ["publicity"], to: "rework", by: ["township"], fields: f.objectionAnswer,
      offered: { field: "objection.open", atLeast: 1 }, effects: { unpublish: "opinion", resolveObjections: true }, article: "第十九条", tone: "primary",
    },
    {
      id: "appraise", label: "组织民主评议", from: ["publicity", "rework"], to: "rework", by: ["township"], fields: f.appraisal,
      offered: { any: [{ field: "objection.open", atLeast: 1 }, { field: "reinvestigate.count", atLeast: 1 }] },
      effects: { unpublish: "opinion", resolveObjections: true }, article: "第十九条",
    },
    {
      id: "finish_publicity", label: "公示期满，报审核确认", from: ["publicity"], to: "review", by: ["township"], fields: f.finishPublicity, tone: "primary", article: "第二十条",
      needs: [{ when: { field: "publicity.opinion.ended", is: true }, message: "公示还没有满 7 天。" }, noObjection],
    },
    {
      id: "county_visit", label: "登记县级入户", from: ["review"], to: "=", by: confirmers, differentFrom: ["opinion", "survey"], fields: f.countyVisit, factFields: true,
      effects: { recordFacts: "入户调查" }, article: "第二十条",
    },
    { id: "return_file", label: "退回重查", from: ["review"], to: "rework", by: confirmers, fields: f.reason, article: "第二十条", tone: "danger" },
    {
      id: "confirm", label: "确认", from: ["review"], to: "paying", by: confirmers, differentFrom: ["opinion"], fields: f.confirmation, tone: "primary",
      effects: { decide: "award", documents: ["award-notice"], publish: "award" }, article: "第二十一条",
      needs: [
        {
          when: { any: [{ all: [{ field: "relative", is: false }, { field: "reinvestigate.count", atMost: 0 }, { field: "appraise.count", atMost: 0 }] }, { field: "county_visit.count", atLeast: 1 }] },
          message: "有近亲属备案或收到过投诉异议，应当先由确认机关入户（第二十条）。",
        },
        { when: { field: "decision.known", is: true }, message: "还缺事实，算不出结果，请退回补查「还缺」里的项目。" },
        { when: { field: "decision.eligible", is: true }, message: "按现有事实不符合低保条件，只能「不予确认」。" },
      ],
      confirm: "确认后从下个月起按月发放，并发出确认通知书。",
    },
    {
      id: "refuse", label: "不予确认", from: ["review"], to: "refused", by: confirmers, differentFrom: ["opinion"], fields: f.refusal, tone: "danger",
      effects: { decide: "refuse", documents: ["refusal-notice"] }, article: "第二十一条",
      needs: [{ when: { field: "decision.known", is: true }, message: "还缺事实，算不出结果，不能作不予确认决定，请退回补查。" }],
      confirm: "将发出不予确认通知书，写明理由和救济途径，3 个工作日内送达。",
    },
    { id: "deliver_refusal", label: "登记送达", from: ["refused"], to: "refused_closed", by: ["township", "county"], fields: f.delivery, tone: "primary", article: "第二十一条" },
    { id: "deliver_award", label: "登记送达", from: ["paying"], to: "=", by: ["township", "county"], fields: f.delivery, article: "第二十一条", offered: { not: { field: "deliver_award.count", atLeast: 1 } } },
    { id: "withdraw", label: "撤回申请", from: ["submitted", "supplement", "accepted", "publicity", "rework", "review"], to: "withdrawn", by: ["resident", "township"], fields: f.reason, effects: { unpublish: "opinion" }, tone: "danger", confirm: "撤回后本次申请结束，可以随时再申请。" },
    { id: "terminate", label: "终止审核", from: ["accepted", "rework"], to: "terminated", by: ["township"], fields: f.reason, effects: { documents: ["termination-notice"] }, article: "第二十九条", tone: "danger", confirm: "仅在申请人拒不配合、程序无法进行时使用。" },

    { id: "report_change", label: "报告家庭变化", from: ["paying", "gradual_exit"], to: "recheck", by: ["resident", "village", "township"], fields: f.change, article: "第三十条" },
    { id: "report_death", label: "报告家庭成员去世", from: ["paying", "gradual_exit", "recheck"], to: "recheck", by: ["resident", "village", "township", "county"], fields: f.death, effects: { death: true }, article: "2022 年兜底保障通知一（三）" },
    { id: "start_recheck", label: "开始定期复核", from: ["paying"], to: "recheck", by: ["township"], fields: f.startRecheck, article: "第三十一条" },
    { id: "admonish", label: "登记批评教育", from: ["recheck"], to: "=", by: ["township"], fields: f.reason, article: "2022 年兜底保障通知五（五）", offered: { field: "report_change.late", is: true } },
    { id: "recheck_survey", label: "登记复核入户", from: ["recheck"], to: "=", by: ["village", "township"], fields: f.survey, factFields: true, effects: { recordFacts: "入户调查" }, article: "第三十一条", tone: "primary" },
    {
      id: "recheck_opinion", label: "提出复核意见", from: ["recheck"], to: "recheck_decide", by: ["township"], fields: f.recheckOpinion, tone: "primary", article: "第三十二条",
      needs: [{ when: { any: [{ field: "recheck_survey.count", atLeast: 1 }, { field: "answer_verification.count", atLeast: 2 }] }, message: "复核要有入户或新的核对结果作依据。" }],
    },
    {
      id: "continue", label: "继续，金额不变", from: ["recheck_decide"], to: "paying", by: confirmers, differentFrom: ["recheck_opinion"], fields: f.decisionNote, effects: { decide: "continue" }, article: "第三十一条",
      needs: [{ when: { field: "decision.eligible", is: true }, message: "按现有事实已不符合条件，请选择渐退或停发。" }],
    },
    {
      id: "adjust", label: "调整金额", from: ["recheck_decide"], to: "paying", by: confirmers, differentFrom: ["recheck_opinion"], fields: f.decisionReason, effects: { decide: "adjust", documents: ["adjust-notice"] }, article: "第三十二条", tone: "primary",
      needs: [{ when: { field: "decision.eligible", is: true }, message: "按现有事实已不符合条件，请选择渐退或停发。" }],
    },
    { id: "exit_gradually", label: "进入渐退期", from: ["recheck_decide"], to: "gradual_exit", by: confirmers, differentFrom: ["recheck_opinion"], fields: f.gradualExit, effects: { decide: "gradual-exit", documents: ["adjust-notice"] }, article: "第三十三条" },
    {
      id: "stop", label: "停发", from: ["recheck_decide"], to: "stopped", by: confirmers, differentFrom: ["recheck_opinion"], fields: f.stop, effects: { decide: "stop", documents: ["stop-notice"] }, article: "第三十二条", tone: "danger",
      confirm: "停发要有法定事由并书面说明理由，从下个月起不再发放。",
    },
    { id: "end_gradual_exit", label: "渐退期满，停发", from: ["gradual_exit"], to: "stopped", by: confirmers, fields: f.stop, effects: { decide: "stop", documents: ["stop-notice"] }, article: "第三十三条", tone: "danger" },
  ],
};
