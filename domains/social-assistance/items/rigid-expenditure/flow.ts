/** 刚性支出困难认定 from application to its end. Articles without another name are of 《刚性支出困难家庭认定办法》. */
import type { FlowDefinition } from "@wuxin/declare";
import * as f from "../../action-fields.ts";
import { procedure } from "../../procedure.ts";
import { clocks, ending, toDecision, untilDecided } from "../../recognition.ts";

const p = procedure({
  articles: {
    apply: "条号待核",
    accept: "条号待核",
    survey: "条号待核",
    verify: "条号待核",
    publicity: "参照民发〔2021〕57号第十九条",
    review: "第七条",
    confirm: "第三、七条",
    refuse: "第七条",
    terminate: "参照民发〔2021〕57号第二十九条",
  },
  confirmers: ["county"],
  surveyLabel: "登记入户调查",
  countyVisitLabel: "登记县级入户",
  noComplaint: [{ field: "reinvestigate.count", atMost: 0 }],
  say: {
    notAuthorised: "家庭成员还没有签署核对授权书，不能受理。",
    materialsMissing: "支出的票据等必需材料还没有交齐，请先「退回补正」一次性告知。",
    noSurvey: "还没有入户调查，请先登记调查结果。",
    noVerification: "还没有经济状况核对结果，请先送核对并登记结果。",
    openObjection: "还有没处理的异议，请先重新调查。",
    visitOwed: "有近亲属备案或收到过投诉异议，应当先由县级入户。",
    notEligible: "按现有事实不符合刚性支出困难条件，只能「不予认定」；情况特殊的，先提请一事一议（第九条）。",
  },
});

export const flow: FlowDefinition = {
  initial: "draft",
  steps: [
    { id: "apply", label: "申请" },
    { id: "accept", label: "受理" },
    { id: "investigate", label: "调查核对" },
    { id: "publicity", label: "初审公示" },
    { id: "confirm", label: "审核确认", article: "第三、七条" },
    { id: "hold", label: "认定", article: "第十条" },
  ],
  states: [
    ...untilDecided,
    {
      id: "recognised",
      label: "已认定",
      tone: "good",
      step: "hold",
      explain:
        "已经认定为刚性支出困难家庭，通知书上写明到哪个月有效。到期仍然困难的请重新申请，没有变化的材料不用再交。",
    },
  ],
  clocks: clocks.map((c) => ({ ...c, article: `参照${c.article}` })),
  publicities: [
    {
      code: "opinion",
      title: "刚性支出困难家庭认定初审公示",
      days: 7,
      fields: ["applicantName", "memberCount", "village", "opinion"],
      article: "参照民发〔2021〕57号第十九条",
      objections: true,
    },
  ],
  actions: [
    ...toDecision(p, "刚性支出困难家庭"),
    {
      id: "report_change",
      label: "报告家庭变化",
      from: ["recognised"],
      to: "=",
      by: ["resident", "village", "township"],
      fields: f.change,
    },
    {
      id: "stop",
      label: "结束认定",
      from: ["recognised"],
      to: "stopped",
      by: ["county"],
      differentFrom: ["report_change"],
      fields: ending,
      effects: { decide: "stop", ownWish: f.OWN_WISH, documents: ["stop-notice"] },
      article: "第十条",
      tone: "danger",
      confirm:
        "有效期满，或情况变了不再符合时办理。结束要写明理由；有效期没满的，从下个月起不再是刚性支出困难家庭。",
    },
  ],
};
