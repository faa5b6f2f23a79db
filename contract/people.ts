import { z } from "zod";
import { AmountFen, AnyId, DivisionCode, Id, IsoDate, Month } from "./common.ts";
import { RosterLine } from "./money.ts";

export const BankAccount = z.object({
  bankName: z.string(),
  accountMasked: z.string(),
  holderName: z.string(),
  since: IsoDate,
});
export const MonthPaid = z.object({
  month: Month,
  cells: z.array(z.object({ itemTitle: z.string(), amountFen: AmountFen, result: z.string() })),
});
export const ChainEvent = z.object({
  at: z.string(),
  kind: z.enum([
    "case",
    "decision",
    "entitlement",
    "payment",
    "check",
    "alert",
    "clue",
    "referral",
    "visit",
    "recovery",
    "list",
    "need",
    "measure",
    "return",
    "register",
  ]),
  title: z.string(),
  text: z.string(),
  link: z.string().nullable(),
});
/** What becomes, or became, of one thing that hangs on a registered death; `left`: nothing is done, a person must. */
const Told = z.object({ title: z.string(), text: z.string(), left: z.boolean() });
export const DeathCorrection = z.object({
  id: AnyId,
  diedOn: IsoDate,
  /** Null: has not died. */
  rightOn: IsoDate.nullable(),
  reason: z.string(),
  state: z.enum(["proposed", "confirmed", "refused", "withdrawn"]),
  askedBy: z.string(),
  askedOn: IsoDate,
  decidedBy: z.string().nullable(),
  decidedOn: IsoDate.nullable(),
  note: z.string().nullable(),
  /** Of one that waits: what confirming would do. */
  told: z.array(Told),
  /** Why this reader may not answer; null when he may, or nothing waits. */
  whyNot: z.string().nullable(),
  canWithdraw: z.boolean(),
  /** Departments that were given this death and are not told yet that it was none. */
  toTell: z.array(z.string()),
  /** Lines of rosters held because of the wrong registration, for who reads rosters. */
  held: z.array(
    z.object({
      roster: z.object({
        id: AnyId,
        title: z.string(),
        release: z.boolean(),
        whyNotRelease: z.string().nullable(),
      }),
      line: RosterLine,
    }),
  ),
});
export const AskDeathCorrection = z.object({
  id: Id,
  rightOn: IsoDate.nullable(),
  reason: z.string().trim().min(2, "请写明错在哪里、依据什么凭据。").max(500),
});
export const AnswerDeathCorrection = z.object({ given: z.boolean(), note: z.string().trim().max(500) });
export const DeathCorrected = z.object({ told: z.array(Told) });
export const PersonPage = z
  .object({
    id: AnyId,
    name: z.string(),
    idNoMasked: z.string(),
    phoneMasked: z.string().nullable(),
    sex: z.string(),
    birthDate: IsoDate,
    age: z.int(),
    diedOn: IsoDate.nullable(),
    divisionCode: DivisionCode,
    divisionName: z.string(),
    address: z.string(),
    householdId: AnyId.nullable(),
    account: BankAccount.nullable(),
    canUnmask: z.boolean(),
    canEditAccount: z.boolean(),
    canReportDeath: z.boolean(),
    canCorrectDeath: z.boolean(),
    /** The latest correction of a registered death, where there is one. */
    deathCorrection: DeathCorrection.nullable(),
    facts: z.array(z.object({ fact: z.string(), text: z.string(), source: z.string(), date: IsoDate })),
    entitlements: z.array(
      z.object({
        id: AnyId,
        itemTitle: z.string(),
        amountFen: AmountFen,
        fromMonth: Month,
        endMonth: Month.nullable(),
        stateLabel: z.string(),
      }),
    ),
    cases: z.array(
      z.object({
        id: AnyId,
        number: z.string(),
        itemTitle: z.string(),
        stateLabel: z.string(),
        submittedOn: IsoDate,
      }),
    ),
    months: z.array(MonthPaid),
    chain: z.array(ChainEvent),
  })
  .meta({ id: "PersonPage" });
export const HouseholdPage = z
  .object({
    id: AnyId,
    headName: z.string(),
    divisionCode: DivisionCode,
    divisionName: z.string(),
    address: z.string(),
    areaClass: z.string(),
    members: z.array(
      z.object({
        personId: AnyId,
        name: z.string(),
        relation: z.string(),
        sex: z.string(),
        age: z.int(),
        idNoMasked: z.string(),
        diedOn: IsoDate.nullable(),
        fromDate: IsoDate,
        toDate: IsoDate.nullable(),
      }),
    ),
    entitlements: PersonPage.shape.entitlements,
    cases: PersonPage.shape.cases,
    months: z.array(MonthPaid),
    standing: z.object({
      /** 层级: by the highest benefit drawn, else by a recognised list. */
      tier: z
        .object({ title: z.string(), since: Month, because: z.string(), link: z.string().nullable() })
        .nullable(),
      /** 预警级别, newest first; `until` null: still so. */
      level: z.array(
        z.object({
          level: z.int(),
          label: z.string(),
          from: IsoDate,
          until: IsoDate.nullable(),
          because: z.array(z.string()),
        }),
      ),
      aids: z.array(
        z.object({
          title: z.string(),
          /** `unsure`: a fact is missing, and the reason names it. */
          how: z.enum(["drawn", "recognised", "missed", "refused", "unsure"]),
          amountFen: AmountFen.nullable(),
          since: z.string(),
          reason: z.string(),
          link: z.string(),
        }),
      ),
      /** Benefits that are not handled here: what they are and where to go. */
      elsewhere: z.array(z.object({ title: z.string(), what: z.string(), where: z.string() })),
    }),
    chain: z.array(ChainEvent),
  })
  .meta({ id: "HouseholdPage" });
export const Unmask = z.object({
  field: z.enum(["idNo", "phone", "account"]),
  reason: z.string().trim().min(2, "请写明查看原因。").max(200),
});
export const Unmasked = z.object({ value: z.string() });
export const SetBankAccount = z.object({
  id: Id,
  bankName: z.string().trim().min(2, "请填写开户银行。").max(60),
  accountNo: z.string().trim().max(40),
  holderName: z.string().trim().min(1, "请填写户名。").max(50),
  reason: z.string().trim().min(2, "请写明更正原因。").max(200),
});
export const ReportDeath = z.object({
  id: Id,
  diedOn: IsoDate,
  source: z.string().trim().min(2, "请写明信息来源，如村（社区）报告、火化证明。").max(100),
});
export const DeathReported = z.object({
  stopped: z.array(z.object({ itemTitle: z.string(), lastMonth: Month })),
  overpaidFen: AmountFen,
});
export const RelativeFiling = z.object({
  id: AnyId,
  caseId: AnyId,
  caseNumber: z.string(),
  applicant: z.string(),
  staffName: z.string(),
  unit: z.string(),
  relation: z.string(),
  filedOn: IsoDate,
  divisionName: z.string(),
});

export const EntitlementRow = z.object({
  id: AnyId,
  item: z.string(),
  itemTitle: z.string(),
  payee: z.string(),
  divisionName: z.string(),
  areaClass: z.string().nullable(),
  persons: z.int(),
  amountFen: AmountFen,
  fromMonth: Month,
  endMonth: Month.nullable(),
  state: z.enum(["active", "ended"]),
  /** Not ended, and nothing owed from this month on: suspended by a person. */
  suspendedFrom: Month.nullable(),
  /** No money comes of it: 低保边缘, 刚性支出. */
  recognition: z.boolean(),
  reviewDueOn: IsoDate.nullable(),
  /** What the item calls its look: 定期复核, 生存认证. */
  reviewLabel: z.string(),
  /** What the last look proposed, while nobody has decided. */
  reviewTold: z.string().nullable(),
  reviewClass: z.string().nullable(),
  caseId: AnyId.nullable(),
});
export const EntitlementPage = EntitlementRow.extend({
  payeeId: AnyId,
  householdId: AnyId.nullable(),
  endReason: z.string().nullable(),
  /** Why, in the word that the decision or the change chose. */
  endCause: z.string().nullable(),
  amounts: z.array(
    z.object({
      seq: z.int(),
      fromMonth: Month,
      amountFen: AmountFen,
      persons: z.int(),
      reason: z.string(),
      decisionId: AnyId.nullable(),
      /** Computed by a run or a change: its working can be shown. */
      explained: z.boolean(),
      /** The paper by which the household can be told; null where a decision has told it. */
      notice: z.string().nullable(),
    }),
  ),
  covered: z.array(
    z.object({ personId: AnyId, name: z.string(), fromMonth: Month, endMonth: Month.nullable() }),
  ),
  reviews: z.array(
    z.object({
      id: AnyId,
      kind: z.string(),
      label: z.string(),
      dueOn: IsoDate,
      doneOn: IsoDate.nullable(),
      result: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
  payments: z.array(z.object({ month: Month, amountFen: AmountFen, result: z.string(), rosterId: AnyId })),
  canReview: z.boolean(),
  divisionCode: z.string(),
  /** Between two decisions: suspended, resumed, somebody left, moved. Newest first. */
  changes: z.array(
    z.object({
      id: AnyId,
      kindLabel: z.string(),
      fromMonth: Month,
      beforeFen: AmountFen,
      afterFen: AmountFen,
      /** Of a move: from where to where. */
      places: z.string().nullable(),
      reason: z.string(),
      at: z.string(),
      by: z.string(),
    }),
  ),
  /** What may be changed now; `why`: why not. */
  possible: z.array(
    z.object({
      kind: z.enum(["suspend", "resume", "member-out", "transfer"]),
      label: z.string(),
      why: z.string().nullable(),
    }),
  ),
  /** Of a benefit that goes by persons: how many others he is registered with. */
  livesWith: z.int(),
});
/** By hand, where nothing that is drawn forbids it: somebody leaves, another head, it lives elsewhere. */
export const HouseholdChange = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("member-out"),
    personId: AnyId,
    on: IsoDate,
    reason: z.string().trim().min(2).max(300),
  }),
  z.object({
    kind: z.literal("head"),
    headPersonId: AnyId,
    relations: z.array(z.object({ personId: AnyId, relation: z.string().trim().min(1).max(20) })).max(50),
  }),
  z.object({
    kind: z.literal("move"),
    divisionCode: DivisionCode,
    areaClass: z.enum(["城市", "农村"]),
    address: z.string().trim().max(200),
    reason: z.string().trim().min(2).max(300),
  }),
]);
export const RecordReview = z.object({
  id: Id,
  result: z.enum(["continue", "recheck", "stop"]),
  method: z.enum(["home-visit", "video", "data-match", "office"]),
  on: IsoDate,
  note: z.string().trim().max(500),
});
