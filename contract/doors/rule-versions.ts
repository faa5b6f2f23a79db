import { z } from "zod";
import { ep, id } from "../endpoint.ts";
import * as rules from "../rule-versions.ts";
import * as standards from "../standards.ts";
import { READERS, RULE_AUTHORS, STANDARD_SETTERS } from "./who.ts";

export const rulesDoors = {
  explainStandardChange: ep({
    summary: "一户在新旧标准下的算法",
    access: STANDARD_SETTERS,
    params: standards.ByName,
    body: standards.ExplainInput,
    response: rules.BeforeAfter,
  }),
  beginRules: ep({
    summary: "起草一版规则",
    access: RULE_AUTHORS,
    params: z.object({ item: z.string().max(60) }),
    body: rules.BeginRules,
    response: rules.RuleVersionPage,
  }),
  checkRules: ep({
    summary: "检查正在写的规则",
    access: RULE_AUTHORS,
    params: z.object({ item: z.string().max(60) }),
    body: rules.CheckRules,
    response: rules.RuleCheck,
  }),
  getRuleVersion: ep({
    summary: "一版规则：原文、检查、经过",
    access: READERS,
    params: id,
    response: rules.RuleVersionPage,
  }),
  saveRules: ep({
    summary: "保存规则草稿",
    access: RULE_AUTHORS,
    params: id,
    body: rules.SaveRules,
    response: rules.RuleVersionPage,
  }),
  explainRuleChange: ep({
    summary: "一户在新旧规则下的算法",
    access: STANDARD_SETTERS,
    params: id,
    body: rules.Looked,
    response: rules.BeforeAfter,
  }),
  submitRules: ep({ summary: "规则送审", access: RULE_AUTHORS, params: id, response: rules.RuleVersionPage }),
  returnRules: ep({
    summary: "退回规则（不是起草的人）",
    access: STANDARD_SETTERS,
    params: id,
    body: rules.Reason,
    response: rules.RuleVersionPage,
  }),
  approveRules: ep({
    summary: "批准规则（不是起草的人）",
    access: STANDARD_SETTERS,
    params: id,
    body: rules.Opinion,
    response: rules.RuleVersionPage,
  }),
  withdrawRules: ep({
    summary: "撤回未开始执行的规则",
    access: STANDARD_SETTERS,
    params: id,
    body: rules.Reason,
    response: rules.RuleVersionPage,
  }),
};
