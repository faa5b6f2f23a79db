import { z } from "zod";
import { ep, id } from "../endpoint.ts";
import * as standards from "../standards.ts";
import { READERS, STANDARD_SETTERS } from "./who.ts";

export const standardsDoors = {
  listStandards: ep({ summary: "政策标准", access: READERS, response: z.array(standards.StandardRow) }),
  listGrowth: ep({
    summary: "动态调标：按机制该调的标准",
    access: READERS,
    response: z.array(standards.GrowthProposal),
  }),
  refuseGrowth: ep({
    summary: "动态调标：不按算出来的数调，写明理由",
    access: STANDARD_SETTERS,
    params: standards.ByName,
    body: standards.RefuseGrowth,
    response: z.array(standards.GrowthProposal),
  }),
  getStandard: ep({
    summary: "一项标准：时间线、历史、谁在用",
    access: READERS,
    params: standards.ByName,
    response: standards.StandardPage,
  }),
  previewStandard: ep({
    summary: "预览新标准的影响",
    access: STANDARD_SETTERS,
    params: standards.ByName,
    body: standards.PreviewInput,
    response: standards.Preview,
  }),
  proposeStandard: ep({
    summary: "录入新标准",
    access: ["county"],
    params: standards.ByName,
    body: standards.ProposeInput,
    response: standards.StandardPage,
  }),
  submitStandard: ep({
    summary: "标准送审",
    access: ["county"],
    params: id,
    response: standards.StandardPage,
  }),
  approveStandard: ep({
    summary: "批准标准（不是录入的人）",
    access: STANDARD_SETTERS,
    params: id,
    body: z.object({ reason: z.string().trim().max(500).default("") }),
    response: standards.StandardPage,
  }),
  withdrawStandard: ep({
    summary: "撤回未批准的标准",
    access: STANDARD_SETTERS,
    params: id,
    body: z.object({ reason: z.string().trim().min(2, "请写明撤回的原因。").max(500) }),
    response: standards.StandardPage,
  }),
  listRuleSets: ep({ summary: "认定规则", access: READERS, response: z.array(standards.RuleSetRow) }),
  getRuleSet: ep({
    summary: "一个事项的认定规则",
    access: READERS,
    params: z.object({ item: z.string().max(60) }),
    response: standards.RuleSetPage,
  }),
  tryRules: ep({
    summary: "用在享的户试算一版规则",
    access: STANDARD_SETTERS,
    params: id,
    response: standards.RuleTrial,
  }),
};
