import { z } from "zod";
import { AmountFen, AnyId, Beside, Id, IsoDate, Month, paged } from "./common.ts";

export const RosterState = z.enum(["draft", "made", "checked", "approved", "sent", "closed", "discarded"]);
export const SignStep = z.enum(["maker", "checker", "approver"]);
export const RosterRow = z.object({
  id: AnyId,
  number: z.string(),
  month: Month,
  kind: z.enum(["monthly", "reissue"]),
  title: z.string(),
  state: RosterState,
  stateLabel: z.string(),
  lines: z.int(),
  persons: z.int(),
  totalFen: AmountFen,
  held: z.int(),
  paid: z.int(),
  failed: z.int(),
  unknown: z.int(),
  /** What a roster that went to the bank still waits for, in words. */
  open: z.array(z.string()),
});
export const Change = z.enum(["new", "changed", "same", "stopped", "backpay", "recovery", "reissue"]);
/** A return on its way: counts when it is loaded, a reason and rows when it is refused. */
export const Return = z.object({
  id: AnyId,
  fileName: z.string(),
  state: z.enum(["waiting", "stopped", "loaded", "refused"]),
  /** Read so far, of about so many. */
  rows: z.int().nullable(),
  total: z.int().nullable(),
  alreadyLoaded: z.boolean(),
  paid: z.int(),
  failed: z.int(),
  unknown: z.int(),
  duplicated: z.int(),
  problems: z.array(z.object({ row: z.int(), message: z.string() })),
  refusal: z.string().nullable(),
});
/** A bank file that is asked for and not there yet: how many lines are written, or why it stopped. */
export const FileMaking = z.object({
  id: AnyId,
  format: z.string(),
  state: z.enum(["waiting", "stopped"]),
  done: z.int(),
  total: z.int().nullable(),
  refusal: z.string().nullable(),
});
export const RosterPage = RosterRow.extend({
  digest: z.string(),
  byItem: z.array(
    z.object({
      item: z.string(),
      itemTitle: z.string(),
      lines: z.int(),
      persons: z.int(),
      totalFen: AmountFen,
    }),
  ),
  changes: z.array(z.object({ change: Change, label: z.string(), count: z.int(), amountFen: AmountFen })),
  previousTotalFen: AmountFen.nullable(),
  flags: z.array(
    z.object({
      rule: z.string(),
      label: z.string(),
      severity: z.enum(["block", "warn"]),
      count: z.int(),
      open: z.int(),
    }),
  ),
  signatures: z.array(
    z.object({
      step: SignStep,
      label: z.string(),
      by: z.string().nullable(),
      at: z.string().nullable(),
      canSign: z.boolean(),
      why: z.string().nullable(),
    }),
  ),
  /** Bank files that the county may make. */
  layouts: z.array(z.object({ code: z.string(), name: z.string(), made: z.boolean() })),
  bankFiles: z.array(
    z.object({
      id: AnyId,
      format: z.string(),
      formatName: z.string(),
      lines: z.int(),
      totalFen: AmountFen,
      digest: z.string(),
      createdAt: z.string(),
      by: z.string(),
    }),
  ),
  fileMakings: z.array(FileMaking),
  returns: z.array(
    z.object({
      id: AnyId,
      fileName: z.string(),
      digest: z.string(),
      loadedAt: z.string(),
      by: z.string(),
      paid: z.int(),
      failed: z.int(),
      unknown: z.int(),
      duplicated: z.int(),
    }),
  ),
  /** On its way or refused. */
  lastReturn: Return.nullable(),
  reconciliation: z.object({
    rosterFen: AmountFen,
    paidFen: AmountFen,
    failedFen: AmountFen,
    pendingFen: AmountFen,
    heldFen: AmountFen,
    agrees: z.boolean(),
    text: z.string(),
  }),
  can: z.object({
    hold: z.boolean(),
    release: z.boolean(),
    discard: z.boolean(),
    exportFile: z.boolean(),
    loadReturn: z.boolean(),
    reissue: z.boolean(),
  }),
  /** For who could release a line but for this. */
  whyNotRelease: z.string().nullable(),
}).meta({ id: "RosterPage" });
export const RosterLine = z.object({
  id: AnyId,
  seq: z.int(),
  item: z.string(),
  itemTitle: z.string(),
  payee: z.string(),
  payeeId: AnyId,
  persons: z.int(),
  divisionName: z.string(),
  month: Month,
  change: Change,
  amountFen: AmountFen,
  previousFen: AmountFen.nullable(),
  accountMasked: z.string(),
  holderName: z.string(),
  state: z.enum(["ready", "held", "sent", "paid", "failed", "unknown", "reissued", "stopped"]),
  stateLabel: z.string(),
  failReason: z.string().nullable(),
  holdReason: z.string().nullable(),
  flags: z.array(
    z.object({
      rule: z.string(),
      label: z.string(),
      severity: z.enum(["block", "warn"]),
      reason: z.string(),
      answer: z.string().nullable(),
    }),
  ),
  entitlementId: AnyId,
});
/** One of two benefits that exclude each other. */
const ChoiceSide = z.object({
  lineId: AnyId,
  itemTitle: z.string(),
  payee: z.string(),
  divisionName: z.string(),
  persons: z.int(),
  amountFen: AmountFen,
  entitlementId: AnyId,
});
export const LineChoice = z.object({
  chosen: ChoiceSide,
  standing: z.array(ChoiceSide),
  reasons: z.array(z.string()),
  differenceFen: AmountFen,
  text: z.string(),
  /** Why it cannot be chosen here and now; null when it can. */
  why: z.string().nullable(),
});
export const OverlapQuery = z.object({ month: Month.optional() });
export const OverlapPage = z
  .object({
    month: Month,
    rules: z.array(
      z.object({
        key: z.string(),
        between: z.array(z.object({ name: z.string(), items: z.array(z.string()) })),
        together: z.boolean(),
        since: z.string(),
        article: z.string(),
        note: z.string().nullable(),
        unverified: z.boolean(),
        ofCounty: z.boolean(),
      }),
    ),
  })
  .meta({ id: "OverlapPage" });
/** Against a list of a roster, or against 资金使用公示; the other's ids are null. */
export const PublicityObjection = z.object({
  id: AnyId,
  publicityId: AnyId.nullable(),
  fundPublicityId: AnyId.nullable(),
  rosterId: AnyId.nullable(),
  rosterTitle: z.string().nullable(),
  itemTitle: z.string(),
  via: z.enum(["page", "letter", "phone", "visit"]),
  viaLabel: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  text: z.string(),
  receivedOn: IsoDate,
  dueOn: IsoDate.nullable(),
  enteredBy: z.string(),
  result: z.enum(["upheld", "unfounded"]).nullable(),
  resultLabel: z.string().nullable(),
  answer: z.string().nullable(),
  answeredOn: IsoDate.nullable(),
  answeredBy: z.string().nullable(),
  late: z.boolean(),
  /** Of whom the answer is. */
  divisionName: z.string(),
  canAnswer: z.boolean(),
  /** Another level's, whose answer the reader would give in its stead. */
  inStead: z.boolean(),
});
export const RecordObjection = z.object({
  id: Id,
  publicityId: AnyId,
  via: z.enum(["letter", "phone", "visit"]),
  name: z.string().trim().min(1, "请填写姓名。").max(50),
  phone: z.string().max(20).default(""),
  text: z.string().trim().min(5, "请写明异议的内容，至少 5 个字。").max(2000),
  receivedOn: IsoDate,
});
export const AnswerObjection = z.object({
  result: z.enum(["upheld", "unfounded"]),
  answer: z.string().trim().min(5, "请写明核查情况和答复，至少 5 个字。").max(2000),
});
export const RedFlagPage = z
  .object({
    month: Month,
    rules: z.array(
      z.object({
        rule: z.string(),
        since: z.string(),
        on: z.boolean(),
        level: z.enum(["block", "warn"]),
        asked: z.enum(["before", "after", "both"]),
        label: z.string(),
        reason: z.string(),
        limits: z.record(z.string(), z.int()),
        article: z.string(),
        unverified: z.boolean(),
        ofCounty: z.boolean(),
      }),
    ),
  })
  .meta({ id: "RedFlagPage" });
export const RosterPublicities = z.array(
  z.object({
    item: z.string(),
    itemTitle: z.string(),
    names: z.int(),
    /** Left out for their age. */
    minors: z.int(),
    days: z.int().nullable(),
    article: z.string().nullable(),
    why: z.string().nullable(),
    hanging: z.object({ id: AnyId, fromDay: z.string(), toDay: z.string(), by: z.string() }).nullable(),
    ended: z.boolean(),
    can: z.object({ publish: z.boolean(), takeDown: z.boolean() }),
  }),
);
export const PublishRoster = z.object({ id: Id, item: z.string().max(60) });
export const LineQuery = Beside.extend({
  change: Change.optional(),
  flag: z.string().optional(),
  state: z.string().optional(),
  item: z.string().optional(),
  q: z.string().max(50).optional(),
  division: z.string().optional(),
});
export const GenerateRoster = z.object({ id: Id, month: Month });
export const Hold = z.object({ id: Id, reason: z.string().trim().min(2, "请写明暂缓原因。").max(300) });
export const Release = z.object({ id: Id, reason: z.string().trim().min(2, "请写明放行理由。").max(300) });
export const Sign = z.object({ id: Id, step: SignStep, digest: z.string() });
export const Reason = z.object({ id: Id, reason: z.string().trim().min(2, "请写明原因。").max(300) });
export const ExportBankFile = z.object({ id: Id, format: z.string().max(40) });
export const Failure = z.object({
  lineId: AnyId,
  rosterId: AnyId,
  month: Month,
  itemTitle: z.string(),
  payee: z.string(),
  payeeId: AnyId,
  divisionName: z.string(),
  amountFen: AmountFen,
  reason: z.string(),
  accountMasked: z.string(),
  accountChangedSince: z.boolean(),
  reissued: z.boolean(),
  failedOn: IsoDate,
});
export const RosterList = paged(RosterRow);
