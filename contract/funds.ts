/** The fund ledger: balances, entries, reconciliation, forecast, and what finance and leaders enter. */
import { z } from "zod";
import { AmountFen, AnyId, Beside, DivisionCode, Id, IsoDate, Month, stretched } from "./common.ts";

export const FundQuery = z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() });
export const FundAccount = z.object({
  id: AnyId,
  source: z.string(),
  document: z.string(),
  item: z.string(),
  itemTitle: z.string(),
  issuedOn: IsoDate,
  receivedFen: AmountFen,
  availableFen: AmountFen,
  committedFen: AmountFen,
  paidFen: AmountFen,
  recoveredFen: AmountFen,
  overdraftFen: AmountFen,
  /** What came in and is not meant for anybody yet. */
  unallottedFen: AmountFen,
});
const OutlayWay = z.enum(["contract", "project", "service", "other"]);
export const FundPage = z
  .object({
    year: z.int(),
    /** Every source there is, and the order in which this county spends them. */
    sources: z.array(z.string()),
    order: z.array(z.string()),
    items: z.array(z.object({ code: z.string(), title: z.string() })),
    accounts: z.array(FundAccount),
    allotments: z.array(
      z.object({
        id: AnyId,
        accountId: AnyId,
        source: z.string(),
        fundDocument: z.string(),
        divisionCode: z.string(),
        divisionName: z.string(),
        purpose: z.string(),
        document: z.string(),
        on: IsoDate,
        amountFen: AmountFen,
        by: z.string(),
        withdrawn: z.boolean(),
      }),
    ),
    totals: z.object({
      receivedFen: AmountFen,
      availableFen: AmountFen,
      committedFen: AmountFen,
      paidFen: AmountFen,
      recoveredFen: AmountFen,
    }),
    /** 付款单 of the year, and all that wait for the second person. */
    outlays: z.array(
      z.object({
        id: AnyId,
        accountId: AnyId,
        source: z.string(),
        fundDocument: z.string(),
        /** Of the account, as it now is. */
        availableFen: AmountFen,
        way: OutlayWay,
        wayLabel: z.string(),
        payee: z.string(),
        purpose: z.string(),
        document: z.string(),
        voucher: z.string(),
        fileId: AnyId,
        fileName: z.string(),
        month: Month,
        paidOn: IsoDate,
        amountFen: AmountFen,
        reverses: AnyId.nullable(),
        reason: z.string(),
        reversal: z.enum(["asked", "confirmed"]).nullable(),
        askedBy: z.string(),
        askedAt: z.string(),
        decision: z.enum(["confirmed", "declined"]).nullable(),
        decidedBy: z.string().nullable(),
        decidedAt: z.string().nullable(),
        decidedNote: z.string().nullable(),
        canConfirm: z.boolean(),
        canDecline: z.boolean(),
        canReverse: z.boolean(),
      }),
    ),
    /** What lies too long or soon will; without a limit of the county nothing is said. */
    idle: z.object({
      limit: z
        .object({ months: z.number(), document: z.string().nullable(), unverified: z.boolean() })
        .nullable(),
      rows: z.array(
        z.object({
          accountId: AnyId,
          source: z.string(),
          document: z.string(),
          itemTitle: z.string(),
          idleFen: AmountFen,
          /** Within the next thirty days. */
          soonFen: AmountFen,
          receivedOn: IsoDate,
          idleOn: IsoDate,
          days: z.int(),
          todo: z.string(),
        }),
      ),
    }),
    waiting: z.array(
      z.object({
        rosterId: AnyId,
        rosterTitle: z.string(),
        item: z.string(),
        itemTitle: z.string(),
        month: Month,
        neededFen: AmountFen,
        missingFen: AmountFen,
      }),
    ),
    reconciliation: z.object({
      ledgerFen: AmountFen,
      rosterFen: AmountFen,
      bankFen: AmountFen,
      agrees: z.boolean(),
      text: z.string(),
      differences: z.array(
        z.object({
          rosterId: AnyId,
          rosterTitle: z.string(),
          itemTitle: z.string(),
          month: Month,
          ledgerFen: AmountFen,
          rosterFen: AmountFen,
          bankFen: AmountFen,
          text: z.string(),
          /** Money is missing or the posting is on its way: nothing is wrong. */
          awaited: z.boolean(),
        }),
      ),
      /** What ledger, rosters, bank and recoveries say of the same money, and why they differ. */
      statement: z.array(
        z.object({
          label: z.string(),
          ledgerFen: AmountFen.nullable(),
          rosterFen: AmountFen.nullable(),
          bankFen: AmountFen.nullable(),
          recoveryFen: AmountFen.nullable(),
          text: z.string(),
          unexplainedFen: AmountFen,
        }),
      ),
      /** What is asked back of these months, and how it came. */
      asked: z.object({
        askedFen: AmountFen,
        cashFen: AmountFen,
        keptFen: AmountFen,
        letGoFen: AmountFen,
        leftFen: AmountFen,
      }),
      /** Cash of recoveries that is not in the ledger yet. */
      waitingCash: z.array(
        z.object({
          recoveryId: AnyId,
          receiptId: AnyId,
          itemTitle: z.string(),
          month: Month,
          amountFen: AmountFen,
          receivedOn: IsoDate,
        }),
      ),
    }),
    forecast: z.object({
      months: z.array(
        z.object({
          month: Month,
          paidFen: AmountFen,
          neededFen: AmountFen,
          /** After the month, below zero when short; null where nothing is forecast. */
          leftFen: AmountFen.nullable(),
        }),
      ),
      /** What the figures take into account besides the entitlements of today. */
      counted: z.array(z.string()),
      receivedFen: AmountFen,
      paidFen: AmountFen,
      neededFen: AmountFen,
      balanceFen: AmountFen,
      runsOut: Month.nullable(),
      shortages: z.array(
        z.object({ item: z.string(), itemTitle: z.string(), month: Month, missingFen: AmountFen }),
      ),
      text: z.string(),
    }),
    overrides: z.array(
      z.object({
        id: AnyId,
        accountId: AnyId,
        source: z.string(),
        document: z.string(),
        item: z.string(),
        itemTitle: z.string(),
        limitFen: AmountFen,
        reason: z.string(),
        requestedBy: z.string(),
        requestedAt: z.string(),
        approvedBy: z.string().nullable(),
        approvedAt: z.string().nullable(),
        refusedBy: z.string().nullable(),
        refusedAt: z.string().nullable(),
        refusedNote: z.string().nullable(),
        /** Refused by whoever asked. */
        takenBack: z.boolean(),
        canApprove: z.boolean(),
        /** A leader, or whoever asked. */
        canRefuse: z.boolean(),
      }),
    ),
    can: z.object({ enter: z.boolean(), approve: z.boolean() }),
  })
  .meta({ id: "FundPage" });

const Kind = z.enum(["allocation", "commitment", "payment", "outlay", "return", "recovery", "reversal"]);
export const JournalQuery = Beside.extend({
  kind: Kind.optional(),
  account: AnyId.optional(),
  month: Month.optional(),
});
export const JournalRow = z.object({
  id: AnyId,
  seq: z.int(),
  at: z.string(),
  kind: Kind,
  kindLabel: z.string(),
  rosterId: AnyId.nullable(),
  rosterTitle: z.string().nullable(),
  item: z.string(),
  itemTitle: z.string(),
  month: Month,
  movedOn: IsoDate,
  amountFen: AmountFen,
  reference: z.string(),
  note: z.string(),
  reverses: AnyId.nullable(),
  reversed: z.boolean(),
  canReverse: z.boolean(),
  actorName: z.string(),
  /** Of cash that a recovery entered. */
  recoveryId: AnyId.nullable(),
  entries: z.array(
    z.object({
      accountId: AnyId,
      source: z.string(),
      document: z.string(),
      class: z.string(),
      classLabel: z.string(),
      month: Month,
      debitFen: AmountFen,
      creditFen: AmountFen,
    }),
  ),
});
export const JournalList = stretched(JournalRow);

const name = {
  source: z.string().max(20),
  document: z.string().trim().min(1, "请填写资金文号。").max(60),
  issuedOn: IsoDate,
  item: z.string().max(60),
};
const amount = AmountFen.positive("金额应大于零，请改正。");
const note = z.string().trim().max(300).default("");
export const Allocate = z.object({ id: Id, ...name, amountFen: amount, receivedOn: IsoDate, note });
export const Recover = z.object({
  id: Id,
  accountId: AnyId,
  /** Needed where the account serves any item. */
  item: z.string().max(60).default(""),
  amountFen: amount,
  month: Month,
  receivedOn: IsoDate,
  reference: z.string().trim().min(1, "请填写收据或凭证号。").max(60),
  note,
  /** None of the recoveries that look like it; then `note` says what it is. */
  apart: z.boolean().default(false),
});
export const AskOverride = z.object({
  id: Id,
  ...name,
  limitFen: amount,
  reason: z.string().trim().min(2, "请写明垫付理由。").max(300),
});
export const AskOutlay = z.object({
  id: Id,
  accountId: AnyId,
  way: OutlayWay,
  payee: z.string().trim().min(2, "请填写收款单位（人）。").max(120),
  purpose: z.string().trim().min(2, "请写明支付事项。").max(120),
  document: z.string().trim().min(1, "请填写合同号或批准文号。").max(60),
  voucher: z.string().trim().min(1, "请填写支付凭证号。").max(60),
  fileId: AnyId,
  month: Month,
  paidOn: IsoDate,
  amountFen: amount,
});
export const AskOutlayBack = z.object({
  id: Id,
  reason: z.string().trim().min(2, "请写明冲正的理由。").max(300),
});
export const DecideOutlay = z.object({ confirm: z.boolean(), note });
export const Allot = z.object({
  id: Id,
  accountId: AnyId,
  /** The county's own code: kept at the county. */
  divisionCode: DivisionCode,
  purpose: z.string().trim().min(2, "请写明用途。").max(120),
  document: z.string().trim().min(1, "请填写分配的文号。").max(60),
  on: IsoDate,
  amountFen: amount,
});
export const WithdrawAllotment = z.object({
  id: Id,
  reason: z.string().trim().min(2, "请写明收回的理由。").max(120),
});

/** What came in, was paid, came back and is left, as it was drafted; nobody is named. */
const use = {
  id: AnyId,
  title: z.string(),
  divisionCode: DivisionCode,
  divisionName: z.string(),
  /** Of the county: each 资金. */
  rows: z.array(
    z.object({
      source: z.string(),
      document: z.string(),
      itemTitle: z.string(),
      allocatedFen: AmountFen,
      paidFen: AmountFen,
      returnedFen: AmountFen,
      recoveredFen: AmountFen,
      balanceFen: AmountFen,
      /** Of money for any item: for what it was paid. */
      uses: z.array(z.object({ title: z.string(), paidFen: AmountFen })),
    }),
  ),
  /** Of a township or village: what is meant for it, and what its people were paid. */
  place: z
    .object({
      allotments: z.array(
        z.object({
          source: z.string(),
          document: z.string(),
          itemTitle: z.string(),
          purpose: z.string(),
          amountFen: AmountFen,
        }),
      ),
      paid: z.array(
        z.object({
          title: z.string(),
          households: z.number(),
          persons: z.number(),
          paidFen: AmountFen,
          /** The 资金 from which the county paid it. */
          from: z.array(z.string()),
        }),
      ),
      /** What is not shown by itself, and why. */
      note: z.string().nullable(),
    })
    .nullable(),
};
export const UseNotice = z.object({ ...use, fromDate: IsoDate, toDate: IsoDate });
export const UsePublicity = z.object({
  /** Null: the county has not said how many days. */
  days: z.number().nullable(),
  /** Of which this person may draft one. */
  places: z.array(z.object({ code: DivisionCode, name: z.string() })),
  due: z.object({
    /** How often, as the county has it. */
    cadence: z.string(),
    rows: z.array(
      z.object({
        divisionCode: DivisionCode,
        divisionName: z.string(),
        period: z.string(),
        title: z.string(),
        dueOn: IsoDate,
        publishedOn: IsoDate.nullable(),
        waiting: z.boolean(),
        onTime: z.boolean(),
        late: z.boolean(),
        canDraft: z.boolean(),
      }),
    ),
  }),
  list: z.array(
    z.object({
      ...use,
      /** Null: it has not been confirmed. */
      fromDate: IsoDate.nullable(),
      toDate: IsoDate.nullable(),
      decision: z.enum(["confirmed", "returned", "unchecked"]).nullable(),
      draftedBy: z.string(),
      draftedOn: IsoDate,
      decidedBy: z.string().nullable(),
      decidedNote: z.string(),
      takenDownBy: z.string().nullable(),
      takeDownReason: z.string().nullable(),
      ended: z.boolean(),
      canConfirm: z.boolean(),
      canReturn: z.boolean(),
      canTakeDown: z.boolean(),
    }),
  ),
});
export const DraftUse = z.object({ id: Id, divisionCode: DivisionCode, period: z.string().max(10) });
export const DecideUse = z.object({ confirm: z.boolean(), note });
