import { z } from "zod";
import * as assessments from "../assessments.ts";
import { AnyId } from "../common.ts";
import { ep, id } from "../endpoint.ts";
import { READERS, STANDARD_SETTERS } from "./who.ts";

export const assessmentsDoors = {
  getAssessment: ep({
    summary: "规划的中期、终期评估：各条应达到、实际达到、等次",
    access: READERS,
    params: id,
    response: assessments.AssessmentPage,
  }),
  beginAssessment: ep({
    summary: "开始一次规划评估",
    access: STANDARD_SETTERS,
    params: id,
    body: assessments.BeginAssessment,
    response: assessments.AssessmentPage,
  }),
  rereadAssessment: ep({
    summary: "评估重新取数",
    access: STANDARD_SETTERS,
    params: id,
    body: assessments.RereadAssessment,
    response: assessments.AssessmentPage,
  }),
  explainAssessmentLine: ep({
    summary: "写明一条目标为什么滞后、怎么办",
    access: STANDARD_SETTERS,
    params: id,
    body: assessments.ExplainLine,
    response: assessments.AssessmentPage,
  }),
  proposeAdjustment: ep({
    summary: "提出调整规划目标",
    access: STANDARD_SETTERS,
    params: id,
    body: assessments.AdjustTarget,
    response: assessments.AssessmentPage,
  }),
  decideAdjustment: ep({
    summary: "决定调整规划目标（提出人以外的人）",
    access: STANDARD_SETTERS,
    params: id,
    body: assessments.DecideAdjustment,
    response: assessments.AssessmentPage,
  }),
  draftAssessment: ep({
    summary: "起草评估报告",
    access: STANDARD_SETTERS,
    params: id,
    body: assessments.DraftAssessment,
    response: z.object({ id: AnyId }),
  }),
};
