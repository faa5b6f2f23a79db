/**
 * 低保边缘认定 from application to its end. The procedure follows 低保's (国办发〔2023〕39号 二); articles without another name are
 * of 《最低生活保障审核确认办法》(民发〔2021〕57号).
 */
import type { FlowDefinition, Role } from "@wuxin/declare";
import * as f from "../../action-fields.ts";
import { procedure } from "../../procedure.ts";
import {
  clocks,
  ending,
  recheckedOnEvidence,
  recheckOpinion,
  toDecision,
  untilDecided,
} from "../../recognition.ts";

const confirmers: { switch: string; values: Record<string, readonly Role[]> } = {
  switch: "subsistenceConfirmedBy",
  values: { county: ["county"], township: ["township"] },
};
const p = procedure({
  articles: {
    apply: "第四条",
    accept: "第十条",
    survey: "第十六条",
    verify: "第十七条",
    publicity: "第十九条",
    review: "第二十条",
    confirm: "第二十一条",
    refuse: "第二十一条",
    terminate: "第二十九条",
  },
  confirmers,
  surveyLabel: "登记入户调查",
  countyVisitLabel: "登记县级入户",
  verifiedAlsoIn: ["recheck"],
  noComplaint: [{ field: "reinvestigate.count", atMost: 0 }],
  say: {
    notAuthorised: "家庭成员还没有签署核对授权书，不能受理（第九条）。",
    materialsMissing: "必需材料还没有交齐，也没有告知承诺，请先「退回补正」一次性告知（第十条）。",
    noSurvey: "还没有入户调查，请先登记调查结果（第十六条）。",
    noVerification: "还没有经济状况核对结果，请先送核对并登记结果（第十七条）。",
    openObjection: "还有没处理的异议，请先重新调查（第十九条）。",
    visitOwed: "有近亲属备案或收到过投诉异议，应当先由确认机关入户（第二十条）。",
    notEligible: "按现有事实不符合低保边缘条件，只能「不予认定」；人均收入低于低保标准的，请引导申请低保。",
  },
});

export const flow: FlowDefinition = {
  initial: "draft",
  steps: [
    { id: "apply", label: "申请", article: "第四至十一条" },
    { id: "accept", label: "受理", article: "第十条" },
    { id: "investigate", label: "调查核对", article: "第十五至十八条" },
    { id: "publicity", label: "初审公示", article: "第十九条" },
    { id: "confirm", label: "审核确认", article: "第二十、二十一条" },
    { id: "hold", label: "认定", article: "国办发〔2023〕39号 二" },
  ],
  states: [
    ...untilDecided,
    {
      id: "recognised",
      label: "已认定",
      tone: "good",
      step: "hold",
      explain: "已经认定为低保边缘家庭。家里情况有变化请及时说一声。",
    },
    {
      id: "recheck",
      label: "复核中",
      tone: "active",
      step: "hold",
      explain: "正在复核家里的情况。复核期间认定继续有效。",
    },
    {
      id: "recheck_decide",
      label: "复核待定",
      tone: "active",
      step: "hold",
      explain: "复核意见已经写好，等待决定。复核期间认定继续有效。",
    },
  ],
  clocks,
  publicities: [
    {
      code: "opinion",
      title: "低保边缘家庭认定初审公示",
      days: 7,
      fields: ["applicantName", "memberCount", "village", "opinion"],
      article: "民发〔2021〕57号第十九条",
      objections: true,
    },
  ],
  actions: [
    ...toDecision(p, "低保边缘家庭"),
    {
      id: "report_change",
      label: "报告家庭变化",
      from: ["recognised"],
      to: "recheck",
      by: ["resident", "village", "township"],
      fields: f.change,
      article: "第三十条",
    },
    {
      id: "start_recheck",
      label: "开始年度复核",
      from: ["recognised"],
      to: "recheck",
      by: ["township"],
      fields: f.startRecheck,
      article: "参照第三十一条",
    },
    {
      id: "recheck_survey",
      label: "登记复核入户",
      from: ["recheck"],
      to: "=",
      by: ["village", "township"],
      fields: f.survey,
      factFields: true,
      effects: { recordFacts: "入户调查" },
      article: "参照第三十一条",
      tone: "primary",
    },
    {
      id: "recheck_opinion",
      label: "提出复核意见",
      from: ["recheck"],
      to: "recheck_decide",
      by: ["township"],
      fields: recheckOpinion,
      tone: "primary",
      article: "参照第三十二条",
      needs: recheckedOnEvidence,
    },
    {
      id: "continue",
      label: "继续认定",
      from: ["recheck_decide"],
      to: "recognised",
      by: confirmers,
      differentFrom: ["recheck_opinion"],
      fields: f.decisionNote,
      effects: { decide: "continue" },
      article: "参照第三十一条",
      tone: "primary",
      needs: [
        {
          when: { field: "decision.eligible", is: true },
          message: "按现有事实已不符合条件，请「结束认定」。",
        },
      ],
    },
    {
      id: "stop",
      label: "结束认定",
      from: ["recheck_decide"],
      to: "stopped",
      by: confirmers,
      differentFrom: ["recheck_opinion"],
      fields: ending,
      effects: { decide: "stop", ownWish: f.OWN_WISH, documents: ["stop-notice"] },
      article: "参照第三十二条",
      tone: "danger",
      confirm: "结束要有事由并书面说明理由，从下个月起不再是低保边缘家庭。",
    },
    {
      id: "close_after_death",
      label: "对象死亡，结束办件",
      from: ["recognised", "recheck", "recheck_decide"],
      to: "stopped",
      by: confirmers,
      fields: f.decisionNote,
      offered: { field: "members.living", atMost: 0 },
      effects: { decide: "stop", cause: "死亡" },
      tone: "primary",
    },
  ],
};
