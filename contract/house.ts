import { z } from "zod";
import { AnyId, Id, IsoDate, Page, paged, Role } from "./common.ts";
import { Password } from "./session.ts";

export const CalendarDay = z.object({ date: IsoDate, kind: z.enum(["off", "on"]), name: z.string().max(40) });
export const Calendar = z.object({
  year: z.int(),
  published: z.boolean(),
  document: z.string().nullable(),
  days: z.array(CalendarDay),
  canEdit: z.boolean(),
  workingDays: z.int(),
});
export const SaveCalendar = z.object({
  published: z.boolean(),
  document: z.string().trim().max(100),
  days: z.array(CalendarDay).max(100),
});
export const AuditRow = z.object({
  id: AnyId,
  seq: z.int().nullable(),
  at: z.string(),
  actorName: z.string(),
  role: z.string(),
  action: z.string(),
  actionLabel: z.string(),
  object: z.string(),
  objectId: z.string().nullable(),
  detail: z.string(),
});
export const AuditQuery = Page.extend({
  actor: z.string().max(50).optional(),
  action: z.string().max(50).optional(),
  from: IsoDate.optional(),
  to: IsoDate.optional(),
  objectId: z.string().max(60).optional(),
});
export const AuditList = paged(AuditRow);
export const ChainReport = z.object({
  chains: z.array(
    z.object({
      name: z.string(),
      entries: z.int(),
      unsealed: z.int(),
      ok: z.boolean(),
      firstBroken: z.string().nullable(),
    }),
  ),
});
export const AccountRow = z.object({
  id: AnyId,
  loginName: z.string(),
  name: z.string(),
  role: Role,
  roleName: z.string(),
  scope: z.string(),
  scopeName: z.string(),
  active: z.boolean(),
  locked: z.boolean(),
  totpEnabled: z.boolean(),
  lastLoginAt: z.string().nullable(),
});
export const CreateAccount = z.object({
  id: Id,
  loginName: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9._-]{2,39}$/, "登录名用小写字母开头，3 到 40 位，可含数字、点、横线。"),
  name: z.string().trim().min(1, "请填写姓名。").max(50),
  role: Role,
  scope: z.string().regex(/^(\d{6}|\d{9}|\d{12})?$/, "请选择管辖范围。"),
  /** Of an outside party. */
  party: z.string().max(60).optional(),
  password: Password,
});
export const UpdateAccount = z.object({
  active: z.boolean().optional(),
  unlock: z.literal(true).optional(),
  password: Password.optional(),
  resetTotp: z.literal(true).optional(),
});

/** CSV files with digests and a script that proves them elsewhere; null until the job is done. */
export const AuditExport = z.object({
  id: AnyId,
  requestedBy: z.string(),
  requestedAt: z.string(),
  finishedAt: z.string().nullable(),
  sha256: z.string().nullable(),
  bytes: z.int().nullable(),
  rows: z.int().nullable(),
  manifest: z.string().nullable(),
});
export const RequestExport = z.object({ id: Id });
