import { z } from "zod";
import { ep, id } from "../endpoint.ts";
import * as matching from "../matching.ts";
import { CHECKERS, FETCHERS, WATCHERS } from "./who.ts";

export const matchingDoors = {
  listFeeds: ep({
    summary: "数据源",
    access: ["county", "leader", "auditor"],
    response: z.array(matching.Feed),
  }),
  uploadFeed: ep({
    summary: "上传部门数据（CSV、文本、XLSX、ZIP，大小不限）",
    access: ["county"],
    params: matching.FeedParams,
    query: matching.FeedUpload,
    upload: true,
    stream: true,
    response: matching.FeedRun,
  }),
  deliverFeed: ep({
    summary: "部门传送数据（请求头 Authorization: Bearer 口令；编号由部门自编，重传用同一编号）",
    access: "public",
    tries: true,
    params: matching.FeedParams,
    query: matching.FeedUpload,
    upload: true,
    stream: true,
    response: matching.Delivery,
  }),
  getDelivery: ep({
    summary: "部门查询所传数据是否收下",
    access: "public",
    tries: true,
    params: matching.DeliveryParams,
    response: matching.Delivery,
  }),
  listFeedTokens: ep({
    summary: "部门接口口令",
    access: ["system_admin", "security_admin", "audit_admin"],
    response: matching.FeedTokens,
  }),
  makeFeedToken: ep({
    summary: "生成部门接口口令，只显示一次",
    access: ["system_admin"],
    body: matching.MakeFeedToken,
    response: matching.MadeFeedToken,
  }),
  revokeFeedToken: ep({
    summary: "作废部门接口口令",
    access: ["system_admin", "security_admin"],
    params: id,
    response: matching.FeedTokens,
  }),
  listFeedConnectors: ep({
    summary: "定时获取：从哪里取、什么时候取、每次的结果",
    access: FETCHERS,
    response: matching.FeedConnectors,
  }),
  saveFeedConnector: ep({
    summary: "设置定时获取（口令只录入，不再显示）",
    access: ["system_admin"],
    params: matching.FeedParams,
    body: matching.SaveConnector,
    response: matching.FeedConnectors,
  }),
  switchFeedConnector: ep({
    summary: "启用或停用定时获取",
    access: ["system_admin", "security_admin", "county"],
    params: matching.FeedParams,
    body: matching.SwitchConnector,
    response: matching.FeedConnectors,
  }),
  askFeedConnector: ep({
    summary: "立即获取",
    access: ["system_admin", "county"],
    params: matching.FeedParams,
    response: matching.FeedConnectors,
  }),
  listFeedRuns: ep({
    summary: "比对记录",
    access: ["county", "leader", "auditor"],
    query: matching.FeedParams.partial(),
    response: z.array(matching.FeedRun),
  }),
  listAlertRules: ep({
    summary: "预警规则和准确率",
    access: WATCHERS,
    response: z.array(matching.AlertRule),
  }),
  listAlerts: ep({
    summary: "预警",
    access: WATCHERS,
    query: matching.AlertQuery,
    response: matching.AlertList,
  }),
  getAlert: ep({ summary: "预警和证据", access: WATCHERS, params: id, response: matching.AlertPage }),
  judgeAlert: ep({
    summary: "登记预警核查结果",
    access: ["township", "county"],
    params: id,
    body: matching.Judge,
    response: matching.AlertPage,
  }),
  listChecks: ep({
    summary: "核对报告",
    access: CHECKERS,
    query: matching.CheckQuery,
    response: matching.CheckList,
  }),
  makeCheck: ep({
    summary: "出具核对报告（先授权、后核对）",
    access: ["township", "county"],
    body: matching.MakeCheck,
    response: matching.CheckPage,
  }),
  batchCheck: ep({
    summary: "在享对象批量核对",
    access: ["county"],
    body: matching.BatchCheck,
    response: matching.BatchChecked,
  }),
  getCheck: ep({ summary: "一份核对报告", access: CHECKERS, params: id, response: matching.CheckPage }),
  objectCheck: ep({
    summary: "登记对核对结果的异议",
    access: ["township", "county"],
    params: id,
    body: matching.ObjectCheck,
    response: matching.CheckPage,
  }),
  answerCheck: ep({
    summary: "复查并答复异议",
    access: ["county"],
    params: id,
    body: matching.AnswerCheck,
    response: matching.CheckPage,
  }),
};
