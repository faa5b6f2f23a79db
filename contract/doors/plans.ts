import { z } from "zod";
import { AnyId } from "../common.ts";
import { county, ep, id } from "../endpoint.ts";
import * as plans from "../plans.ts";
import { READERS, STANDARD_SETTERS } from "./who.ts";

export const plansDoors = {
  listPlans: ep({ summary: "计划列表", access: READERS, response: plans.PlanList }),
  getPlan: ep({ summary: "计划、目标和灯", access: READERS, params: id, response: plans.PlanPage }),
  readPlan: ep({
    summary: "读入计划文件或文字",
    access: STANDARD_SETTERS,
    body: plans.ReadPlan,
    response: plans.PlanPage,
  }),
  actOnPlan: ep({
    summary: "更正、绑定、定责、督办一条目标",
    access: ["township", "county", "leader"],
    params: id,
    body: plans.PlanActRequest,
    response: plans.PlanPage,
  }),
  givePlanEvidence: ep({
    summary: "填报佐证",
    access: ["township", "county", "leader"],
    params: id,
    body: plans.PlanEvidenceRequest,
    response: plans.PlanPage,
  }),
  confirmPlanEvidence: ep({
    summary: "确认佐证（填报人以外的人）",
    access: STANDARD_SETTERS,
    params: z.object({ id: AnyId, evidence: AnyId }),
    response: plans.PlanPage,
  }),
  takeBackPlanEvidence: ep({
    summary: "提出撤回佐证、验收单或满意度",
    access: ["township", "county", "leader"],
    params: z.object({ id: AnyId, evidence: AnyId }),
    body: plans.TakeBackRequest,
    response: plans.PlanPage,
  }),
  decideTakeBack: ep({
    summary: "决定撤回（提出的人以外的人）",
    access: ["township", "county", "leader"],
    params: z.object({ id: AnyId, evidence: AnyId }),
    body: plans.TakeBackDecision,
    response: plans.PlanPage,
  }),
  takePlanBack: ep({
    summary: "提出撤销读错的计划",
    access: STANDARD_SETTERS,
    params: id,
    body: plans.TakeBackRequest,
    response: plans.PlanPage,
  }),
  decidePlanTakeBack: ep({
    summary: "决定撤销计划（提出的人以外的人）",
    access: STANDARD_SETTERS,
    params: id,
    body: plans.TakeBackDecision,
    response: plans.PlanPage,
  }),
  listCampaignSites: ep({
    summary: "专项行动：台账里可以列入检查的机构",
    access: STANDARD_SETTERS,
    params: id,
    response: plans.CampaignSites,
  }),
  launchCampaign: ep({
    summary: "专项行动：从台账带出检查范围",
    access: STANDARD_SETTERS,
    params: id,
    body: plans.LaunchCampaign,
    response: plans.PlanPage,
  }),
  addCampaignPlace: ep({
    summary: "专项行动：启动以后增加一家，写明理由",
    access: STANDARD_SETTERS,
    params: id,
    body: plans.AddCampaignPlace,
    response: plans.PlanPage,
  }),
  listPublicTargets: ep({
    summary: "民生实事进度",
    access: "public",
    params: county,
    response: plans.PublicTargets,
  }),
};
