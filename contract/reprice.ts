/** 提标 and 追缴: a standard applied to everybody who draws by it, and what was paid too much asked back. */
import { z } from "zod";
import { PrintedDocument } from "./cases.ts";
import { AmountFen, AnyId, Beside, DivisionCode, Id, IsoDate, Month, Page, stretched } from "./common.ts";
import { Explanation } from "./open.ts";

const RepriceState = z.enum(["counting", "ready", "applying", "done", "cancelled"]);
const Tally = z.object({
  households: z.int(),
  raise: z.int(),
  lower: z.int(),
  leave: z.int(),
  unknown: z.int(),
  same: z.int(),
  beforeFen: AmountFen,
  afterFen: AmountFen,
  /** Of past months, together. */
  backFen: AmountFen,
});
const Told = z.object({
  /** The month by which the monthly cost is counted. */
  month: Month,
  seconds: z.number(),
  total: Tally,
  townships: z.array(Tally.extend({ code: z.string(), name: z.string() })),
  items: z.array(Tally.extend({ code: z.string(), title: z.string() })),
  back: z.array(z.object({ month: Month, households: z.int(), amountFen: AmountFen })),
});
export const RepriceRow = z.object({
  id: AnyId,
  /** A standard, or a rule text that the county wrote; `standard` names the parameter or the item. */
  cause: z.enum(["standard", "rule"]),
  standard: z.string(),
  label: z.string(),
  document: z.string(),
  firstMonth: Month,
  items: z.array(z.string()),
  state: RepriceState,
  stateLabel: z.string(),
  openedBy: z.string(),
  openedAt: z.string(),
  households: z.int().nullable(),
  raised: z.int().nullable(),
  monthlyFen: AmountFen.nullable(),
  backFen: AmountFen.nullable(),
  /** Waits for the reader's release. */
  mine: z.boolean(),
});
export const RepricePage = RepriceRow.extend({
  standardId: AnyId,
  lowers: z.boolean(),
  versions: z.array(z.object({ item: z.string(), title: z.string(), from: Month, version: z.string() })),
  preview: Told.nullable(),
  report: Told.nullable(),
  entering: z.array(
    z.object({
      caseId: AnyId,
      itemTitle: z.string(),
      name: z.string(),
      divisionName: z.string(),
      amountFen: AmountFen,
    }),
  ),
  releasedBy: z.string().nullable(),
  releasedAt: z.string().nullable(),
  releaseNote: z.string().nullable(),
  endedAt: z.string().nullable(),
  job: z
    .object({ state: z.string(), done: z.int(), total: z.int().nullable(), error: z.string().nullable() })
    .nullable(),
  repriced: z.int(),
  paid: z.int(),
  /** Households told on paper, by township. */
  told: z.array(z.object({ code: z.string(), households: z.int() })),
  can: z.object({
    release: z.boolean(),
    pause: z.boolean(),
    resume: z.boolean(),
    cancel: z.boolean(),
    recount: z.boolean(),
  }),
  whyNotRelease: z.string().nullable(),
}).meta({ id: "RepricePage" });
export const OpenReprice = z.object({ id: Id, standardId: AnyId, lowers: z.boolean().default(false) });
export const ReleaseReprice = z.object({ note: z.string().trim().max(500).default("") });
export const HouseholdQuery = Page.extend({
  kind: z.enum(["raised", "left"]).default("raised"),
  q: z.string().max(50).optional(),
  division: z.string().max(12).optional(),
});
export const RepriceHousehold = z.object({
  entitlementId: AnyId,
  itemTitle: z.string(),
  payee: z.string(),
  divisionName: z.string(),
  beforeFen: AmountFen,
  afterFen: AmountFen,
  fromMonth: Month,
  /** Why the run left it as it is; null where it was raised. */
  why: z.string().nullable(),
  /** Number of the paper by which it was told. */
  notice: z.string().nullable(),
});

export const NoticeQuery = Page.extend({ division: DivisionCode });
/** Named in full: it is printed, read out and signed. */
export const RepriceNotices = z.object({
  label: z.string(),
  document: z.string(),
  firstMonth: Month,
  divisionName: z.string(),
  rows: z.array(RepriceHousehold),
  total: z.int(),
});
/** The papers of one page of that list; each household's own, issued once. */
export const IssueNotices = z.object({
  division: DivisionCode,
  page: z.int().min(1),
  size: z.int().min(1).max(100),
});
export const IssuedNotices = z.object({ papers: z.array(PrintedDocument), total: z.int() });

const RecoveryState = z.enum(["proposed", "confirmed", "dismissed", "settled"]);
export const RecoveryQuery = Beside.extend({
  state: RecoveryState.optional(),
  q: z.string().max(50).optional(),
  division: z.string().max(12).optional(),
});
export const RecoveryRow = z.object({
  id: AnyId,
  entitlementId: AnyId,
  itemTitle: z.string(),
  payee: z.string(),
  payeeId: AnyId,
  divisionName: z.string(),
  cause: z.enum(["death", "decision"]),
  causeLabel: z.string(),
  reason: z.string(),
  state: RecoveryState,
  stateLabel: z.string(),
  amountFen: AmountFen,
  months: z.int(),
  backFen: AmountFen,
  letGoFen: AmountFen,
  /** Asked no more, since the month came to be owed more. */
  reducedFen: AmountFen,
  /** Kept back in rosters that the bank has not paid yet. */
  keptFen: AmountFen,
  leftFen: AmountFen,
  openedAt: z.string(),
});
export const RecoveryList = stretched(RecoveryRow).extend({ leftFen: AmountFen });
const EntryKind = z.enum(["cash", "deduction", "waiver", "write-off", "reversal", "reduction"]);
const RequestKind = z.enum(["waiver", "write-off", "reversal"]);
export const RecoveryPage = RecoveryRow.extend({
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  note: z.string().nullable(),
  way: z.enum(["deduct", "cash"]).nullable(),
  instalmentFen: AmountFen.nullable(),
  deductFrom: AnyId.nullable(),
  rostersLeft: z.int().nullable(),
  byMonth: z.array(
    z.object({
      month: Month,
      paidFen: AmountFen,
      owedFen: AmountFen,
      amountFen: AmountFen,
      settledFen: AmountFen,
      keptFen: AmountFen,
    }),
  ),
  entries: z.array(
    z.object({
      receiptId: AnyId,
      month: Month,
      kind: EntryKind,
      kindLabel: z.string(),
      /** Below zero where cash is taken back. */
      amountFen: z.int(),
      enteredOn: IsoDate,
      note: z.string(),
      at: z.string(),
      by: z.string(),
      /** Cash that another row takes back. */
      reversed: z.boolean(),
      canReverse: z.boolean(),
    }),
  ),
  requests: z.array(
    z.object({
      id: AnyId,
      kind: RequestKind,
      kindLabel: z.string(),
      amountFen: AmountFen,
      reason: z.string(),
      askedBy: z.string(),
      askedAt: z.string(),
      givenBy: z.string().nullable(),
      givenAt: z.string().nullable(),
      given: z.boolean().nullable(),
      /** Why it was refused; empty of what was given, waits or was refused before reasons were asked. */
      answerNote: z.string(),
      canAnswer: z.boolean(),
    }),
  ),
  sources: z.array(
    z.object({
      id: AnyId,
      itemTitle: z.string(),
      payee: z.string(),
      amountFen: AmountFen,
      mostFen: AmountFen,
    }),
  ),
  capPercent: z.int(),
  can: z.object({
    confirm: z.boolean(),
    replan: z.boolean(),
    dismiss: z.boolean(),
    repay: z.boolean(),
    ask: z.boolean(),
  }),
}).meta({ id: "RecoveryPage" });
export const ConfirmRecovery = z.object({
  way: z.enum(["deduct", "cash"]),
  instalmentFen: AmountFen.nullable().default(null),
  deductFrom: AnyId.nullable().default(null),
  note: z.string().trim().max(500).default(""),
});
export const DismissRecovery = z.object({ reason: z.string().trim().min(2, "请写明理由。").max(500) });
export const RepayRecovery = z.object({
  id: Id,
  amountFen: AmountFen.positive("金额应大于 0。"),
  on: IsoDate,
  note: z.string().trim().max(200).default(""),
});
export const AskRecovery = z.object({
  id: Id,
  kind: RequestKind,
  amountFen: AmountFen.positive("金额应大于 0。"),
  /** Of a reversal: the receipt that was entered wrongly; all of it is taken back. */
  receiptId: AnyId.nullable().default(null),
  reason: z.string().trim().min(2, "请写明理由和依据。").max(500),
});
export const AnswerRecovery = z.object({
  given: z.boolean(),
  /** Of a refusal. */
  reason: z.string().trim().max(500).optional(),
});

const reason = z.string().trim().min(2, "请写明事由和依据。").max(500);
export const EntitlementChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("suspend"), fromMonth: Month, reason }),
  z.object({ kind: z.literal("resume"), fromMonth: Month, reason }),
  z.object({
    kind: z.literal("member-out"),
    personId: AnyId,
    event: z.enum(["died", "left", "jailed", "adult", "split", "merged"]),
    happenedOn: IsoDate,
    reason,
  }),
  z.object({
    kind: z.literal("transfer"),
    divisionCode: DivisionCode,
    areaClass: z.enum(["城市", "农村"]).nullable(),
    address: z.string().trim().max(200).optional(),
    /** Of a benefit that goes by persons, who is registered with others: he alone leaves the household, or all of it moves. */
    alone: z.boolean().optional(),
    reason,
  }),
]);
export const ConfirmChange = z.object({ id: Id, change: EntitlementChange });
export const ChangeEffect = z.object({
  fromMonth: Month,
  beforeFen: AmountFen,
  afterFen: AmountFen,
  ends: z.boolean(),
  pastMonths: z.int(),
  told: z.string(),
});

const relation = z.string().max(40);
const ReshapeCommon = {
  fromMonth: Month,
  reason,
  people: z
    .array(z.object({ personId: AnyId, relation }))
    .min(1, "请选择哪些人过去。")
    .max(50),
  /** Property of either household as established, by the name of the fact; 分 or a number of things. */
  facts: z
    .object({ first: z.record(z.string(), z.int()), second: z.record(z.string(), z.int()) })
    .default({ first: {}, second: {} }),
};
export const Reshape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("split"), ...ReshapeCommon, headId: AnyId }),
  z.object({ kind: z.literal("merge"), ...ReshapeCommon, otherId: AnyId }),
]);
export const ProposeReshape = z.object({ id: Id, reshape: Reshape });
export const ConfirmReshape = z.object({ note: z.string().trim().max(500).default("") });
export const RejectReshape = z.object({ reason: z.string().trim().min(2, "请写明退回的原因。").max(500) });
const Property = z.array(z.object({ name: z.string(), value: z.int(), money: z.boolean() }));
export const ReshapeForm = z.object({
  /** Why this one cannot be divided or put together now. */
  why: z.string().nullable(),
  /** The one that waits for a second person. */
  waiting: AnyId.nullable(),
  item: z.string(),
  itemTitle: z.string(),
  months: z.array(Month),
  relations: z.array(z.string()),
  beforeFen: AmountFen,
  /** What is recorded of the household's own property: 分 or a number of things. */
  property: Property,
  people: z.array(z.object({ personId: AnyId, name: z.string(), stays: z.boolean() })),
});
export const ReshapeSides = z.array(
  z.object({
    title: z.string(),
    entitlementId: AnyId.nullable(),
    payeeId: AnyId.nullable(),
    beforeFen: AmountFen,
    afterFen: AmountFen,
    persons: z.int(),
    /** The amount by which this household can be told, once it is carried out. */
    noticeSeq: z.int().nullable(),
    people: z.array(
      z.object({ personId: AnyId, name: z.string(), relation: z.string(), covered: z.boolean() }),
    ),
    property: Property,
    explanation: Explanation.nullable(),
  }),
);
export const ReshapeBrief = z.object({
  id: AnyId,
  kind: z.enum(["split", "merge"]),
  kindLabel: z.string(),
  fromMonth: Month,
  reason: z.string(),
  state: z.enum(["proposed", "confirmed", "rejected", "withdrawn"]),
  stateLabel: z.string(),
  openedBy: z.string(),
  openedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  note: z.string().nullable(),
});
export const ReshapePage = ReshapeBrief.extend({
  entitlementId: AnyId,
  itemTitle: z.string(),
  payee: z.string(),
  divisionName: z.string(),
  sides: ReshapeSides,
  /** Why it can no longer be carried out as proposed. */
  broken: z.string().nullable(),
  whyNot: z.string().nullable(),
  can: z.object({ confirm: z.boolean(), reject: z.boolean(), withdraw: z.boolean() }),
}).meta({ id: "ReshapePage" });
