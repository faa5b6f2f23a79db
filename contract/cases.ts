import type { ActionDefinition, Field, Values as FieldValues, Material } from "@wuxin/declare";
import { z } from "zod";
import {
  AmountFen,
  AnyId,
  Clock,
  DivisionCode,
  declared,
  FieldValue,
  Id,
  IsoDate,
  Month,
  Page,
  paged,
  Role,
  Scalar,
  Values,
} from "./common.ts";
import { Explanation } from "./open.ts";

export const MemberInput = z.object({
  key: z.string().max(40),
  name: z.string().trim().max(50),
  idNo: z.string().max(30),
  relation: z.string().max(20),
  phone: z.string().max(20).optional(),
  facts: z.record(z.string(), Scalar),
});
/** What a resident, village worker or township officer fills in. Also the body of a draft (then anything may be missing). */
export const Application = z
  .object({
    item: z.string(),
    divisionCode: DivisionCode,
    address: z.string().trim().max(200),
    areaClass: z.enum(["城市", "农村"]),
    channel: z.enum(["resident", "village", "township", "proactive"]),
    /** Index into members of the person who applies (the head). */
    applicantKey: z.string().max(40),
    members: z.array(MemberInput).max(30),
    household: z.record(z.string(), Scalar),
    account: z
      .object({ bankName: z.string().max(60), accountNo: z.string().max(40), holderName: z.string().max(50) })
      .nullable(),
    agent: z
      .object({
        name: z.string().max(50),
        idNo: z.string().max(30),
        phone: z.string().max(20),
        relation: z.string().max(30),
        consent: z.boolean(),
      })
      .nullable(),
    authorised: z
      .object({
        signers: z.array(z.object({ key: z.string(), signature: FieldValue })),
        text: z.string().max(2000),
      })
      .nullable(),
    /** Codes of materials replaced by a 告知承诺. */
    commitments: z.array(z.string().max(60)),
    relatives: z.array(
      z.object({ staffName: z.string().max(50), unit: z.string().max(100), relation: z.string().max(30) }),
    ),
    materials: z.array(z.object({ code: z.string().max(60), fileId: AnyId, name: z.string().max(200) })),
  })
  .meta({ id: "Application" });
export const Draft = z.object({
  id: AnyId,
  item: z.string(),
  savedAt: z.string(),
  application: z.record(z.string(), z.unknown()),
});
export const SaveDraft = z.object({ item: z.string(), application: z.record(z.string(), z.unknown()) });
export const SubmitApplication = z.object({ id: Id, application: Application });
export const Submitted = z.object({ id: AnyId, number: z.string(), trackingHint: z.string() });

export const CaseRow = z.object({
  id: AnyId,
  number: z.string(),
  item: z.string(),
  itemTitle: z.string(),
  state: z.string(),
  stateLabel: z.string(),
  tone: z.enum(["neutral", "active", "waiting", "good", "bad"]),
  applicantMasked: z.string(),
  memberCount: z.int(),
  divisionCode: DivisionCode,
  divisionName: z.string(),
  channel: z.string(),
  submittedOn: IsoDate,
  clock: Clock.nullable(),
  amountFen: AmountFen.nullable(),
  relative: z.boolean(),
  /** A decision of it is not what the rules gave. */
  deviates: z.boolean(),
});
export const CaseQuery = Page.extend({
  item: z.string().optional(),
  state: z.string().optional(),
  division: z.string().optional(),
  q: z.string().max(100).optional(),
  light: z.enum(["yellow", "red", "late"]).optional(),
  mine: z.coerce.boolean().optional(),
  deviates: z.coerce.boolean().optional(),
  open: z.enum(["true", "false"]).optional(),
});
const ListedCase = CaseRow.extend({
  /** What is drawn of it this month; null where nothing was ever. */
  drawnFen: AmountFen.nullable(),
  /** Since or until when, where that is not now. */
  drawnNote: z.string().nullable(),
});
export const CaseList = paged(ListedCase).extend({
  states: z.array(z.object({ state: z.string(), label: z.string(), count: z.int() })),
});

/** A legal next action; `blocked` says why it is grey. */
export const NextAction = z.object({
  id: z.string(),
  label: z.string(),
  tone: z.enum(["primary", "danger", "normal"]),
  fields: declared<readonly Field[]>(),
  confirm: z.string().nullable(),
  article: z.string().nullable(),
  blocked: z.array(z.string()),
  initial: declared<FieldValues>(),
});
export const CaseMember = z.object({
  personId: AnyId,
  name: z.string(),
  idNoMasked: z.string(),
  relation: z.string(),
  sex: z.string(),
  birthDate: IsoDate,
  age: z.int(),
  diedOn: IsoDate.nullable(),
  /** From the current assessment; null when not determined. */
  counted: z.boolean().nullable(),
  notCountedWhy: z.string().nullable(),
});
export const CaseFact = z.object({
  subject: z.string(),
  personId: AnyId.nullable(),
  fact: z.string(),
  label: z.string(),
  value: Scalar,
  text: z.string(),
  source: z.string(),
  date: IsoDate,
  recordedBy: z.string(),
  /** Earlier or weaker values that differ. */
  others: z.array(z.object({ text: z.string(), source: z.string(), date: IsoDate })),
});
export const HistoryEntry = z.object({
  seq: z.int(),
  action: z.string(),
  label: z.string(),
  at: z.string(),
  actorName: z.string(),
  role: z.string(),
  note: z.string().nullable(),
  rows: z.array(z.object({ label: z.string(), text: z.string(), fileIds: z.array(AnyId) })),
});
export const CaseDocument = z.object({
  id: AnyId,
  code: z.string(),
  title: z.string(),
  number: z.string(),
  issuedOn: IsoDate,
});
export const StoredDecision = z.object({
  id: AnyId,
  kind: z.string(),
  label: z.string(),
  decidedOn: IsoDate,
  decidedBy: z.string(),
  fromMonth: Month.nullable(),
  amountFen: AmountFen.nullable(),
  reason: z.string().nullable(),
  explanation: Explanation,
  deviates: z.boolean(),
  review: z
    .object({ result: z.enum(["accepted", "redo"]), note: z.string(), at: z.string(), by: z.string() })
    .nullable(),
  mayReview: z.boolean(),
});
/** What a leader found of a decision that is not what the rules gave. */
export const ReviewDeviation = z.object({
  result: z.enum(["accepted", "redo"]),
  note: z.string().trim().min(2, "请写明复看的意见，至少 2 个字。").max(500),
});
export const CasePage = z
  .object({
    id: AnyId,
    number: z.string(),
    version: z.int(),
    item: z.string(),
    itemTitle: z.string(),
    shortTitle: z.string(),
    state: z.string(),
    stateLabel: z.string(),
    tone: z.enum(["neutral", "active", "waiting", "good", "bad"]),
    explain: z.string(),
    final: z.boolean(),
    householdId: AnyId.nullable(),
    applicant: z.object({ personId: AnyId, name: z.string() }),
    agent: z.object({ name: z.string(), relation: z.string() }).nullable(),
    divisionCode: DivisionCode,
    divisionName: z.string(),
    address: z.string(),
    areaClass: z.string(),
    channel: z.string(),
    relative: z.boolean(),
    submittedOn: IsoDate,
    steps: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        article: z.string().nullable(),
        status: z.enum(["done", "now", "next", "skipped"]),
        on: IsoDate.nullable(),
      }),
    ),
    clocks: z.array(Clock),
    members: z.array(CaseMember),
    facts: z.array(CaseFact),
    missing: z.array(z.object({ fact: z.string(), member: z.string().nullable(), question: z.string() })),
    materials: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        fileId: AnyId.nullable(),
        name: z.string().nullable(),
        commitment: z.boolean(),
        missing: z.boolean(),
      }),
    ),
    assessment: Explanation.nullable(),
    decisions: z.array(StoredDecision),
    publicity: z.array(
      z.object({
        id: AnyId,
        title: z.string(),
        fromDate: IsoDate,
        toDate: IsoDate,
        takenDown: z.boolean(),
        objections: z.int(),
      }),
    ),
    objections: z.array(
      z.object({
        id: AnyId,
        name: z.string(),
        text: z.string(),
        at: z.string(),
        handled: z.boolean(),
        outcome: z.string().nullable(),
      }),
    ),
    verifications: z.array(
      z.object({
        number: z.string(),
        requestedOn: IsoDate,
        answeredOn: IsoDate.nullable(),
        reportNumber: z.string().nullable(),
        validUntil: IsoDate.nullable(),
        confirmedBy: z.string().nullable(),
        unconfirmed: z.boolean(),
        rows: z.array(
          z.object({
            person: z.string(),
            fact: z.string(),
            declared: z.string(),
            found: z.string(),
            adopted: z.string(),
            differs: z.boolean(),
          }),
        ),
      }),
    ),
    documents: z.array(CaseDocument),
    history: z.array(HistoryEntry),
    actions: z.array(NextAction),
    entitlementId: AnyId.nullable(),
  })
  .meta({ id: "CasePage" });
export const Act = z.object({ id: Id, version: z.int(), action: z.string(), data: Values });
export const PrintedDocument = z.object({
  id: AnyId,
  title: z.string(),
  number: z.string(),
  issuedOn: IsoDate,
  issuer: z.string(),
  addressee: z.string(),
  paragraphs: z.array(z.string()),
});
export const UploadedFile = z.object({ id: AnyId, name: z.string(), size: z.int(), mediaType: z.string() });

export const WorkItem = z.object({
  kind: z.enum([
    "case",
    "roster",
    "review",
    "objection",
    "failure",
    "standard",
    "figure",
    "clue",
    "visit",
    "matter",
  ]),
  id: AnyId,
  itemTitle: z.string(),
  title: z.string(),
  todo: z.string(),
  waiting: z.string(),
  divisionName: z.string(),
  clock: Clock.nullable(),
  link: z.string(),
});
export const Workbench = z.object({
  today: IsoDate,
  workingDay: z.boolean(),
  unpublishedYears: z.array(z.int()),
  groups: z.array(
    z.object({
      key: z.enum(["overdue", "today", "week", "later"]),
      label: z.string(),
      total: z.int(),
      rows: z.array(WorkItem),
    }),
  ),
  rosters: z.array(
    z.object({
      id: AnyId,
      month: Month,
      title: z.string(),
      totalFen: AmountFen,
      lines: z.int(),
      stateLabel: z.string(),
      signatures: z.array(z.object({ step: z.string(), label: z.string(), by: z.string().nullable() })),
    }),
  ),
  figures: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      value: z.number().nullable(),
      unit: z.string(),
      previous: z.number().nullable(),
      series: z.array(z.number().nullable()),
    }),
  ),
});
export const SearchHit = z.object({
  kind: z.enum(["person", "household", "case", "register"]),
  id: AnyId,
  title: z.string(),
  subtitle: z.string(),
  link: z.string(),
});
export type ActionShape = ActionDefinition;
export type MaterialShape = Material;
export { Role };
