import { type Field, ROLES, SYSTEMS } from "@wuxin/declare";
import { z } from "zod";

export const Id = z.uuid({ version: "v7", message: "编号格式不对，请刷新页面重试。" });
/** Ids that were derived (idempotent effects) are version 8; reading accepts every UUID. */
export const AnyId = z.guid({ message: "编号格式不对，请刷新页面重试。" });
export const CountyCode = z.string().regex(/^\d{6}$/, "县级代码应为 6 位数字。");
export const DivisionCode = z
  .string()
  .regex(/^(\d{6}|\d{9}|\d{12})$/, "行政区划代码应为 6、9 或 12 位数字。");
export const IsoDate = z.iso.date("日期应写成 2024-03-01。");
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "月份应写成 2024-03。");
/** Integer 分. */
export const AmountFen = z.int();
export const Role = z.enum(Object.keys(ROLES) as [keyof typeof ROLES, ...(keyof typeof ROLES)[]]);
export const System = z.enum(SYSTEMS);
export const Scalar = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]);
export const StaffRef = z.object({ id: AnyId, name: z.string() });
export const Signature = z.object({ name: z.string().max(50), fileId: AnyId.nullable() });
export const FieldValue = z.union([Scalar, Signature, z.array(z.string()), z.array(StaffRef)]);
export const Values = z.record(z.string(), FieldValue);
/** A declaration as the server resolved it; its shape is the type of @wuxin/declare. */
export const declared = <T>() => z.custom<T>((v) => typeof v === "object" && v !== null);

export const Page = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(20),
});
export const paged = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), total: z.int() });
/** Where a long list is read on: after the last row that was seen, or before the first. */
export const Beside = z.object({
  after: AnyId.optional(),
  before: AnyId.optional(),
  size: z.coerce.number().int().min(1).max(200).default(20),
});
/** A stretch of a long list; `previous` and `next` go into `before` and `after`, null at the ends. */
export const stretched = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), total: z.int(), previous: AnyId.nullable(), next: AnyId.nullable() });

/** The body of every error. `fields` names the inputs that are wrong. */
export const Problem = z
  .object({
    code: z.string(),
    message: z.string(),
    fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    details: z.unknown().optional(),
  })
  .meta({ id: "Problem" });

/** A clock as shown: how much is left, in its own unit; negative when overdue. */
export const Clock = z.object({
  key: z.string(),
  label: z.string(),
  article: z.string(),
  startedOn: IsoDate,
  dueOn: IsoDate,
  stoppedOn: IsoDate.nullable(),
  unit: z.enum(["workingDays", "calendarDays", "months"]),
  limit: z.int(),
  left: z.int(),
  light: z.enum(["green", "yellow", "red", "done", "late"]),
  owner: Role,
  /** Years inside the span whose holidays the State Council has not published: said, not guessed. */
  unpublishedYears: z.array(z.int()),
});
export const Ok = z.object({ ok: z.literal(true) });

/** What was done with a matter so far, and what this person may do with it next. */
export const proceedings = {
  history: z.array(
    z.object({
      id: AnyId,
      at: z.string(),
      by: z.string(),
      label: z.string(),
      lines: z.array(z.object({ label: z.string(), text: z.string() })),
      photos: z.array(AnyId),
      /** The visit that told it: signature, place and everything said stand there. */
      visitId: AnyId.nullable().optional(),
    }),
  ),
  actions: z.array(z.object({ action: z.string(), label: z.string(), fields: z.array(declared<Field>()) })),
};
/** One of those actions, on the version that was seen. */
export const Act = z.object({ id: Id, version: z.int(), action: z.string().max(30), data: Values });
