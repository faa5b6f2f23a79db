/** 委托核对批次: a 核对 asked by file; what waits, what went out, what came back. */
import { z } from "zod";
import { AnyId, Id, IsoDate } from "./common.ts";

const Package = z.object({
  id: AnyId,
  number: z.string(),
  persons: z.int(),
  lines: z.int(),
  /** SHA-256 of the file, hex. */
  digest: z.string(),
  madeAt: z.string(),
  madeByName: z.string(),
  sentAt: z.string().nullable(),
  sentByName: z.string().nullable(),
  dueOn: IsoDate.nullable(),
  receiptOn: IsoDate.nullable(),
  receiptNumber: z.string().nullable(),
  receiptLines: z.int().nullable(),
  receiptByName: z.string().nullable(),
  endedAt: z.string().nullable(),
  endedByName: z.string().nullable(),
  endedBecause: z.string().nullable(),
  answered: z.int(),
  refused: z.int(),
  /** Rows without an answer. */
  open: z.int(),
  state: z.enum(["draft", "sent", "late", "answered", "withdrawn"]),
  stateText: z.string(),
  can: z.object({
    send: z.boolean(),
    drop: z.boolean(),
    take: z.boolean(),
    receipt: z.boolean(),
    withdraw: z.boolean(),
  }),
});
const AnswerFile = z.object({
  id: AnyId,
  fileName: z.string(),
  receivedAt: z.string(),
  receivedByName: z.string(),
});
export const CheckPackages = z
  .object({
    partner: z.string(),
    /** The layout is not from the partner's own paper. */
    unverified: z.boolean(),
    items: z.array(z.string()),
    packages: z.array(Package),
    /** Files of which nothing was taken, from the watched folder. */
    refused: z.array(AnswerFile.extend({ refusal: z.string() })),
  })
  .meta({ id: "CheckPackages" });
export const CheckWaitingQuery = z.object({ kind: z.enum(["application", "recheck"]) });
export const CheckWaiting = z.object({
  total: z.int(),
  cases: z.array(
    z.object({
      caseId: AnyId,
      number: z.string(),
      itemTitle: z.string(),
      applicant: z.string(),
      divisionName: z.string(),
      persons: z.int(),
      /** Who has not signed: until then it goes into no package. */
      lacking: z.array(z.string()),
      before: z.object({ packageId: AnyId, number: z.string(), answered: z.boolean() }).nullable(),
    }),
  ),
});
export const CheckPackagePage = Package.extend({
  partner: z.string(),
  unverified: z.boolean(),
  /** What the partner writes where it looked and nothing was. */
  nothing: z.string(),
  cases: z.array(
    z.object({
      caseId: AnyId,
      caseNumber: z.string(),
      item: z.string(),
      applicantMasked: z.string(),
      divisionName: z.string(),
      persons: z.int(),
      lines: z.int(),
      answered: z.int(),
    }),
  ),
  rows: z.array(
    z.object({
      line: z.int(),
      nameMasked: z.string(),
      item: z.string(),
      asOf: IsoDate.nullable(),
      found: z.string().nullable(),
    }),
  ),
  answers: z.array(
    AnswerFile.extend({
      lines: z.int(),
      accepted: z.int(),
      /** By the line of the file. */
      refused: z.array(z.object({ line: z.int(), reason: z.string() })),
    }),
  ),
}).meta({ id: "CheckPackagePage" });
export const MakeCheckPackage = z.object({ id: Id, cases: z.array(AnyId).min(1).max(500) });
export const CheckReceipt = z.object({
  on: IsoDate,
  number: z.string().trim().min(1, "请填写回执编号。").max(60),
  lines: z.int().min(0),
});
export const WithdrawCheckPackage = z.object({
  reason: z.string().trim().min(2, "请写明为什么撤回。").max(500),
});
export const CheckAnswerUpload = z.object({ id: Id });
