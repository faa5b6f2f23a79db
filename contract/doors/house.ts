import { z } from "zod";
import { ep, id } from "../endpoint.ts";
import * as house from "../house.ts";

export const houseDoors = {
  getCalendar: ep({
    summary: "工作日历",
    access: "session",
    params: z.object({ year: z.coerce.number().int().min(2000).max(2100) }),
    response: house.Calendar,
  }),
  saveCalendar: ep({
    summary: "维护工作日历",
    access: ["county", "system_admin"],
    params: z.object({ year: z.coerce.number().int().min(2000).max(2100) }),
    body: house.SaveCalendar,
    response: house.Calendar,
  }),
  listAudit: ep({
    summary: "审计日志",
    access: ["auditor", "audit_admin"],
    query: house.AuditQuery,
    response: house.AuditList,
  }),
  listAuditExports: ep({
    summary: "审计导出清单",
    access: ["auditor", "audit_admin"],
    response: z.array(house.AuditExport),
  }),
  requestAuditExport: ep({
    summary: "做一份审计导出",
    access: ["auditor", "audit_admin"],
    body: house.RequestExport,
    response: z.array(house.AuditExport),
  }),
  downloadAuditExport: ep({
    summary: "下载审计导出",
    access: ["auditor", "audit_admin"],
    params: id,
    binary: true,
    response: z.unknown(),
  }),
  verifyChains: ep({
    summary: "校验哈希链",
    access: ["auditor", "audit_admin", "finance"],
    response: house.ChainReport,
  }),
  listAccounts: ep({
    summary: "账号",
    access: ["system_admin", "security_admin", "audit_admin"],
    response: z.array(house.AccountRow),
  }),
  createAccount: ep({
    summary: "新建账号",
    access: ["system_admin"],
    body: house.CreateAccount,
    response: house.AccountRow,
  }),
  updateAccount: ep({
    summary: "停用、解锁、重置",
    access: ["system_admin", "security_admin"],
    params: id,
    body: house.UpdateAccount,
    response: house.AccountRow,
  }),
};
