/**
 * From the application to the decision, as 低保 and 特困 share it: acceptance, visit, verification, opinion, publicity,
 * confirmation by somebody else. Each item gives the articles of its own law and the words where they differ.
 */
import type { ActionDefinition } from "@wuxin/declare";
import type { Condition } from "@wuxin/kernel";
import * as f from "./action-fields.ts";

export interface Procedure {
  readonly articles: {
    readonly apply: string;
    readonly accept: string;
    readonly survey: string;
    readonly verify: string;
    readonly publicity: string;
    readonly review: string;
    readonly confirm: string;
    readonly refuse: string;
    readonly terminate: string;
    readonly countyVisit?: string;
  };
  readonly confirmers: ActionDefinition["by"];
  readonly surveyLabel: string;
  readonly countyVisitLabel: string;
  /** Verification is also asked for in these states. */
  readonly verifiedAlsoIn?: readonly string[];
  /** Nobody complained, so that no visit of the confirming office is owed. */
  readonly noComplaint: readonly Condition[];
  /** Why a button is grey. */
  readonly say: {
    readonly notAuthorised: string;
    readonly materialsMissing: string;
    readonly noSurvey: string;
    readonly noVerification: string;
    readonly openObjection: string;
    readonly visitOwed: string;
    readonly notEligible: string;
  };
}

const UNCONFIRMED: Condition = { field: "verification.unconfirmed", is: true };
/** Nothing rests on a figure that one person alone put in the place of what was found. */
export const adoptedConfirmed = {
  when: { not: UNCONFIRMED },
  message: "有采用的数与查得的不同，须先由另一人「复核采用的数」。",
};

export function procedure(p: Procedure) {
  const { articles: a, say, confirmers: by } = p;
  const action = (x: ActionDefinition): ActionDefinition => x;
  const verifying = ["accepted", "rework", ...(p.verifiedAlsoIn ?? [])];
  return {
    submit: action({
      id: "submit",
      label: "提交申请",
      from: ["draft"],
      to: "submitted",
      by: ["resident", "village", "township"],
      fields: [],
      effects: { submit: true },
      article: a.apply,
    }),
    askSupplement: action({
      id: "ask_supplement",
      label: "退回补正",
      from: ["submitted"],
      to: "supplement",
      by: ["township"],
      article: a.accept,
      fields: f.supplement,
      effects: { supplementNotice: true, documents: ["supplement-notice"] },
      needs: [
        {
          when: { not: { field: "ask_supplement.count", atLeast: 1 } },
          message: "缺的材料应当一次告知，本件已经告知过一次，不能再退回补正。",
        },
      ],
    }),
    supplement: action({
      id: "supplement",
      label: "提交补正材料",
      from: ["supplement"],
      to: "submitted",
      by: ["resident", "village", "township"],
      fields: f.supplementAnswer,
      tone: "primary",
      article: a.accept,
    }),
    accept: action({
      id: "accept",
      label: "受理",
      from: ["submitted"],
      to: "accepted",
      by: ["township"],
      fields: f.accept,
      tone: "primary",
      article: a.accept,
      effects: { documents: ["acceptance-notice"] },
      needs: [
        { when: { field: "authorised", is: true }, message: say.notAuthorised },
        { when: { field: "materials.missing", atMost: 0 }, message: say.materialsMissing },
      ],
    }),
    survey: action({
      id: "survey",
      label: p.surveyLabel,
      from: ["accepted", "rework"],
      to: "=",
      by: ["village", "township"],
      fields: f.survey,
      factFields: true,
      effects: { recordFacts: "入户调查", documents: ["survey-form"] },
      article: a.survey,
      tone: "primary",
    }),
    requestVerification: action({
      id: "request_verification",
      label: "送核对",
      from: verifying,
      to: "=",
      by: ["township"],
      fields: f.requestVerification,
      effects: { requestVerification: true },
      article: a.verify,
      needs: [
        { when: { field: "verification.open", is: 0 }, message: "已经送出核对，还没有反馈，不必重复送。" },
      ],
    }),
    answerVerification: action({
      id: "answer_verification",
      label: "登记核对结果",
      from: verifying,
      to: "=",
      by: ["county", "township"],
      fields: f.answerVerification,
      factFields: true,
      effects: { answerVerification: true, recordFacts: "信息核对" },
      article: a.verify,
      needs: [
        { when: { field: "verification.open", atLeast: 1 }, message: "没有待反馈的核对，请先「送核对」。" },
      ],
    }),
    confirmAdopted: action({
      id: "confirm_adopted",
      label: "复核采用的数",
      from: verifying,
      to: "=",
      by: ["county", "township"],
      differentFrom: ["answer_verification"],
      offered: UNCONFIRMED,
      fields: f.confirmAdopted,
      effects: { confirmAdopted: true },
      article: a.verify,
      tone: "primary",
    }),
    opinion: action({
      id: "opinion",
      label: "提出初审意见并公示",
      from: ["accepted", "rework"],
      to: "publicity",
      by: ["township"],
      fields: f.opinion,
      tone: "primary",
      effects: { publish: "opinion" },
      article: a.publicity,
      needs: [
        { when: { field: "survey.count", atLeast: 1 }, message: say.noSurvey },
        { when: { field: "answer_verification.count", atLeast: 1 }, message: say.noVerification },
        { when: { field: "verification.open", is: 0 }, message: "还有核对没有反馈，请等核对结果。" },
        adoptedConfirmed,
      ],
      confirm: "初审意见将在申请人所在村（社区）公示 7 天，公示内容只有姓名、人数和意见。",
    }),
    reinvestigate: action({
      id: "reinvestigate",
      label: "对异议重新调查",
      from: ["publicity"],
      to: "rework",
      by: ["township"],
      fields: f.objectionAnswer,
      offered: { field: "objection.open", atLeast: 1 },
      effects: { unpublish: "opinion", resolveObjections: true },
      article: a.publicity,
      tone: "primary",
    }),
    finishPublicity: action({
      id: "finish_publicity",
      label: "公示期满，报审核确认",
      from: ["publicity"],
      to: "review",
      by: ["township"],
      fields: f.finishPublicity,
      tone: "primary",
      article: a.review,
      needs: [
        { when: { field: "publicity.opinion.ended", is: true }, message: "公示还没有满 7 天。" },
        { when: { field: "objection.open", is: 0 }, message: say.openObjection },
      ],
    }),
    countyVisit: action({
      id: "county_visit",
      label: p.countyVisitLabel,
      from: ["review"],
      to: "=",
      by,
      differentFrom: ["opinion", "survey"],
      fields: f.countyVisit,
      factFields: true,
      effects: { recordFacts: "入户调查" },
      article: a.countyVisit ?? a.review,
    }),
    returnFile: action({
      id: "return_file",
      label: "退回重查",
      from: ["review"],
      to: "rework",
      by,
      fields: f.reason,
      article: a.review,
      tone: "danger",
    }),
    confirm: action({
      id: "confirm",
      label: "确认",
      from: ["review"],
      to: "paying",
      by,
      differentFrom: ["opinion"],
      fields: f.confirmation,
      tone: "primary",
      effects: { decide: "award", documents: ["award-notice"], publish: "award" },
      article: a.confirm,
      needs: [
        {
          when: {
            any: [
              { all: [{ field: "relative", is: false }, ...p.noComplaint] },
              { field: "county_visit.count", atLeast: 1 },
            ],
          },
          message: say.visitOwed,
        },
        {
          when: { field: "decision.known", is: true },
          message: "还缺事实，算不出结果，请退回补查「还缺」里的项目。",
        },
        { when: { field: "decision.eligible", is: true }, message: say.notEligible },
      ],
      confirm: "确认后从下个月起按月发放，并发出确认通知书。",
    }),
    refuse: action({
      id: "refuse",
      label: "不予确认",
      from: ["review"],
      to: "refused",
      by,
      differentFrom: ["opinion"],
      fields: f.refusal,
      tone: "danger",
      effects: { decide: "refuse", documents: ["refusal-notice"] },
      article: a.refuse,
      needs: [
        {
          when: { field: "decision.known", is: true },
          message: "还缺事实，算不出结果，不能作不予确认决定，请退回补查。",
        },
      ],
      confirm: "将发出不予确认通知书，写明理由和救济途径，3 个工作日内送达。",
    }),
    deliverRefusal: action({
      id: "deliver_refusal",
      label: "登记送达",
      from: ["refused"],
      to: "refused_closed",
      by: ["township", "county"],
      fields: f.delivery,
      tone: "primary",
      article: a.refuse,
    }),
    withdraw: action({
      id: "withdraw",
      label: "撤回申请",
      from: ["submitted", "supplement", "accepted", "publicity", "rework", "review"],
      to: "withdrawn",
      by: ["resident", "township"],
      fields: f.reason,
      effects: { unpublish: "opinion" },
      tone: "danger",
      confirm: "撤回后本次申请结束，可以随时再申请。",
    }),
    terminate: action({
      id: "terminate",
      label: "终止审核",
      from: ["accepted", "rework"],
      to: "terminated",
      by: ["township"],
      fields: f.reason,
      effects: { documents: ["termination-notice"] },
      article: a.terminate,
      tone: "danger",
      confirm: "仅在申请人拒不配合、程序无法进行时使用。",
    }),
  };
}
