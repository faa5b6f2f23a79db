import { z } from "zod";
import * as cases from "../cases.ts";
import { AnyId, Id, Ok, StaffRef } from "../common.ts";
import { ep, id } from "../endpoint.ts";
import { CASE_STAFF, OUTSIDE, READERS } from "./who.ts";

export const casesDoors = {
  saveDraft: ep({
    summary: "保存草稿",
    access: ["resident", "village", "township"],
    params: id,
    body: cases.SaveDraft,
    response: Ok,
  }),
  getDraft: ep({
    summary: "取回草稿",
    access: ["resident", "village", "township"],
    params: id,
    response: cases.Draft,
  }),
  listDrafts: ep({
    summary: "我的草稿",
    access: ["resident", "village", "township"],
    response: z.array(cases.Draft),
  }),
  deleteDraft: ep({
    summary: "删除草稿",
    access: ["resident", "village", "township"],
    params: id,
    response: Ok,
  }),
  submitApplication: ep({
    summary: "提交申请",
    access: ["resident", "village", "township"],
    body: cases.SubmitApplication,
    response: cases.Submitted,
  }),
  listCases: ep({ summary: "办件列表", access: READERS, query: cases.CaseQuery, response: cases.CaseList }),
  listMyCases: ep({ summary: "我的申请", access: ["resident"], response: z.array(cases.CaseRow) }),
  getCase: ep({
    summary: "办件详情",
    access: ["resident", ...READERS],
    params: id,
    response: cases.CasePage,
  }),
  actOnCase: ep({
    summary: "办理一步",
    access: ["resident", ...CASE_STAFF],
    params: id,
    body: cases.Act,
    response: cases.CasePage,
  }),
  reviewDeviation: ep({
    summary: "复看一份偏离测算的决定",
    access: ["leader"],
    params: id,
    body: cases.ReviewDeviation,
    response: cases.CasePage,
  }),
  getDocument: ep({
    summary: "文书",
    access: ["resident", ...READERS],
    params: id,
    response: cases.PrintedDocument,
  }),
  getFile: ep({
    summary: "附件下载",
    access: ["resident", ...READERS, ...OUTSIDE],
    params: id,
    binary: true,
    response: z.unknown(),
  }),
  uploadFile: ep({
    summary: "上传附件（每份不超过 20 MB）",
    access: ["resident", "grid", ...CASE_STAFF, "finance", ...OUTSIDE],
    // Made by whoever sends it again after a broken line; without it every upload is another file.
    query: z.object({ id: Id.optional() }),
    upload: true,
    response: cases.UploadedFile,
  }),
  workbench: ep({
    summary: "工作台",
    access: ["grid", ...READERS, "system_admin", "security_admin", "audit_admin"],
    response: cases.Workbench,
  }),
  search: ep({
    summary: "全局检索",
    access: READERS,
    query: z.object({ q: z.string().trim().min(1).max(50) }),
    response: z.array(cases.SearchHit),
  }),
  listStaff: ep({
    summary: "本县工作人员",
    access: CASE_STAFF,
    response: z.array(StaffRef.extend({ role: z.string(), scopeName: z.string() })),
  }),
  issueNotice: ep({
    summary: "出具变动通知书",
    access: ["township", "county"],
    params: z.object({ id: AnyId, seq: z.string().regex(/^\d{1,6}$/) }),
    response: cases.PrintedDocument,
  }),
};
