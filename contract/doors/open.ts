import { z } from "zod";
import { AnyId, CountyCode, Ok } from "../common.ts";
import { county, countyItem, ep, id } from "../endpoint.ts";
import { UseNotice } from "../funds.ts";
import * as open from "../open.ts";
import { CASE_STAFF, READERS } from "./who.ts";

export const openDoors = {
  health: ep({
    summary: "运行状况",
    access: "public",
    response: z.object({ ok: z.boolean(), database: z.string(), version: z.string() }),
  }),
  listCounties: ep({ summary: "县（区）列表", access: "public", response: z.array(open.CountyBrief) }),
  getCounty: ep({ summary: "县（区）信息", access: "public", params: county, response: open.County }),
  listDivisions: ep({
    summary: "行政区划",
    access: "public",
    params: county,
    response: z.array(open.Division),
  }),
  getOutline: ep({
    summary: "县的乡镇（乡镇的村）边界，没有就是 null",
    access: "public",
    params: county,
    query: z.object({ of: z.string().regex(/^\d{6,12}$/) }),
    response: open.Outline,
  }),
  listItems: ep({ summary: "可办事项", access: "public", params: county, response: z.array(open.ItemBrief) }),
  getItem: ep({ summary: "事项指南与表单", access: "public", params: countyItem, response: open.Item }),
  wholeCheck: ep({
    summary: "我能享受什么：各项政策一起自测",
    access: "public",
    params: county,
    body: open.WholeCheckInput,
    response: open.WholeCheckResult,
  }),
  selfCheck: ep({
    summary: "政策自测",
    access: "public",
    params: countyItem,
    body: open.SelfCheckInput,
    response: open.SelfCheckResult,
  }),
  listRosterPublicity: ep({
    summary: "正在公示的发放名单",
    access: "public",
    params: county,
    query: z.object({ township: z.string().max(12).optional() }),
    response: z.array(open.RosterNotice),
  }),
  listFundPublicity: ep({
    summary: "正在公示的资金使用情况",
    access: "public",
    params: county,
    query: z.object({ township: z.string().max(12).optional() }),
    response: z.array(UseNotice),
  }),
  listPublicity: ep({
    summary: "正在公示",
    access: "public",
    params: county,
    query: z.object({ township: z.string().optional() }),
    response: z.array(open.PublicityNotice),
  }),
  objectToPublicity: ep({
    summary: "对公示提出异议",
    access: "public",
    tries: true,
    params: z.object({ county: CountyCode, id: AnyId }),
    body: open.ObjectionInput,
    response: Ok,
  }),
  trackCase: ep({
    summary: "凭编号查进度",
    access: "public",
    tries: true,
    params: county,
    body: open.TrackInput,
    response: open.TrackResult,
  }),
  listPublicRegister: ep({
    summary: "公开的台账",
    access: "public",
    params: z.object({ county: CountyCode, register: z.string().max(60) }),
    response: open.PublicRegister,
  }),
  assessCase: ep({ summary: "按现有事实试算", access: CASE_STAFF, params: id, response: open.Explanation }),
  explainAmount: ep({
    summary: "待遇金额是怎么算的",
    access: READERS,
    params: z.object({ id: AnyId, seq: z.string().regex(/^\d{1,6}$/) }),
    response: open.Explanation,
  }),
};
