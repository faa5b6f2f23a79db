/** 数据与核对: feeds, runs, alerts by rule, and 核对 reports. */
import { z } from "zod";
import { AmountFen, AnyId, Id, IsoDate, Page, paged } from "./common.ts";
import { FeedProtocol, Header } from "./feed-protocol.ts";

export const FeedParams = z.object({ feed: z.string().max(60) });
export const FeedUpload = z.object({
  id: Id,
  asOf: IsoDate.optional(),
  /** It corrects the list of its day and takes its place; else it is another part of it. */
  replaces: z.enum(["true", "false"]).optional(),
});
export const FeedRun = z
  .object({
    id: AnyId,
    feed: z.string(),
    feedTitle: z.string(),
    origin: z.enum(["console", "api", "folder", "connector"]),
    originLabel: z.string(),
    fileName: z.string(),
    fileBytes: z.int(),
    asOf: IsoDate,
    state: z.enum(["waiting", "done", "refused", "failed"]),
    stateLabel: z.string(),
    receivedAt: z.string(),
    receivedBy: z.string(),
    endedAt: z.string().nullable(),
    fileDeletedAt: z.string().nullable(),
    refusal: z.string().nullable(),
    /** It corrects the list of its day: so many alerts that nobody had judged were withdrawn; null: it replaced nothing. */
    replaces: z.boolean(),
    withdrawn: z.int().nullable(),
    /** Name of the file that corrected it: it counts no more. */
    replacedBy: z.string().nullable(),
    /** A whole list much shorter than the one before (`from`: its rows): held, it ends nothing that older lists told. */
    fall: z
      .object({
        state: z.enum(["held", "whole", "part"]),
        stateLabel: z.string(),
        from: z.int(),
        by: z.string().nullable(),
        reason: z.string().nullable(),
      })
      .nullable(),
    encoding: z.string().nullable(),
    rows: z.int().nullable(),
    watched: z.int().nullable(),
    persons: z.int().nullable(),
    alerts: z.int().nullable(),
    again: z.int().nullable(),
    misshapen: z.int(),
    unreadable: z.int(),
    broken: z.string(),
    brokenRows: z.array(z.int()),
  })
  .meta({ id: "FeedRun" });
export const JudgeFall = z.object({ whole: z.boolean(), reason: z.string().trim().min(2).max(500) });
export const Feed = z.object({
  code: z.string(),
  title: z.string(),
  department: z.string(),
  purpose: z.string(),
  basis: z.array(
    z.object({ title: z.string(), document: z.string().optional(), article: z.string().optional() }),
  ),
  authorisedOnly: z.boolean(),
  use: z.array(z.string()),
  freshDays: z.int(),
  /** Whole: whom a newer list does not name, it is true of no more. */
  extent: z.enum(["whole", "changes"]),
  key: z.string(),
  columns: z.array(z.object({ label: z.string(), required: z.boolean(), unit: z.string().nullable() })),
  /** The paper on which it is received: the entry that says so; null: none is on record. */
  ground: z
    .object({
      register: z.string(),
      entryId: AnyId,
      title: z.string(),
      until: IsoDate.nullable(),
      valid: z.boolean(),
    })
    .nullable(),
  lastAsOf: IsoDate.nullable(),
  stale: z.boolean(),
  last: FeedRun.nullable(),
});

export const FeedToken = z.object({
  id: AnyId,
  feed: z.string(),
  feedTitle: z.string(),
  department: z.string(),
  expiresOn: IsoDate,
  createdAt: z.string(),
  createdByName: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  revokedByName: z.string().nullable(),
  state: z.enum(["valid", "expired", "revoked"]),
});
export const FeedTokens = z.object({
  feeds: z.array(z.object({ feed: z.string(), feedTitle: z.string(), department: z.string() })),
  tokens: z.array(FeedToken),
});
export const MakeFeedToken = z.object({ id: Id, feed: z.string().max(60), expiresOn: IsoDate });
/** The token is told once; only its digest is kept. */
export const MadeFeedToken = z.object({ token: z.string() });
/** What a department may know of its list: nothing of whom it met. */
export const Delivery = z.object({
  id: Id,
  state: z.enum(["waiting", "done", "refused", "failed"]),
  stateLabel: z.string(),
  refusal: z.string().nullable(),
  rows: z.int().nullable(),
  broken: z.string(),
  brokenRows: z.array(z.int()),
});
export const DeliveryParams = z.object({ feed: z.string().max(60), id: Id });

const Fetch = z.object({
  id: AnyId,
  feed: z.string(),
  beganAt: z.string(),
  endedAt: z.string(),
  outcome: z.enum(["received", "same", "failed"]),
  words: z.string(),
  bytes: z.int().nullable(),
  runId: AnyId.nullable(),
  askedByName: z.string().nullable(),
});
const Every = z.enum(["day", "workday", "week", "month"]);
/** The secret itself never leaves the server. */
export const FeedConnectors = z.object({
  hosts: z.array(z.string()),
  feeds: z.array(z.object({ feed: z.string(), feedTitle: z.string(), department: z.string() })),
  connectors: z.array(
    z.object({
      feed: z.string(),
      feedTitle: z.string(),
      department: z.string(),
      url: z.string(),
      header: z.string(),
      hasSecret: z.boolean(),
      protocol: FeedProtocol,
      every: Every,
      hour: z.int(),
      weekday: z.int().nullable(),
      monthDay: z.int().nullable(),
      schedule: z.string(),
      state: z.enum(["on", "off", "fetching"]),
      nextAt: z.string().nullable(),
      askedByName: z.string().nullable(),
      failures: z.int(),
      updatedAt: z.string(),
      updatedByName: z.string(),
      last: Fetch.nullable(),
    }),
  ),
  fetches: z.array(Fetch.extend({ feedTitle: z.string(), department: z.string() })),
});
export const SaveConnector = z.object({
  url: z.string().trim().min(1, "请填写网址。").max(500),
  header: Header.default("Authorization"),
  protocol: FeedProtocol.default({ json: null, signing: null }),
  /** Null: as it was. */
  secret: z.string().trim().min(1).max(2000).nullable(),
  every: Every,
  hour: z.int().min(0).max(23),
  weekday: z.int().min(1).max(7).nullable().default(null),
  monthDay: z.int().min(1).max(28).nullable().default(null),
});
export const SwitchConnector = z.object({ on: z.boolean() });

export const AlertRule = z.object({
  code: z.string(),
  title: z.string(),
  feedTitle: z.string(),
  proposes: z.string(),
  proposesLabel: z.string(),
  basis: z.string(),
  unverified: z.boolean(),
  hits: z.int(),
  pending: z.int(),
  confirmed: z.int(),
  false: z.int(),
  noChange: z.int(),
  /** Their list was corrected before anybody judged. */
  withdrawn: z.int(),
  /** Of the judged ones, how many were right; null while nothing is judged. */
  precision: z.number().nullable(),
  savedFen: AmountFen,
  helpedFen: AmountFen,
});

const AlertState = z.enum(["pending", "confirmed", "false", "no-change", "withdrawn"]);
export const AlertQuery = Page.extend({
  rule: z.string().max(60).optional(),
  state: AlertState.optional(),
  level: z.coerce.number().int().min(1).max(3).optional(),
  proposes: z.enum(["review", "help", "stop-payment"]).optional(),
  person: AnyId.optional(),
  division: z.string().max(12).optional(),
});
export const Alert = z.object({
  id: AnyId,
  feed: z.string(),
  feedTitle: z.string(),
  rule: z.string(),
  ruleVersion: z.string(),
  level: z.int(),
  /** As the county names its levels: those of its clues. */
  levelLabel: z.string(),
  proposes: z.string(),
  proposesLabel: z.string(),
  personId: AnyId,
  householdId: AnyId.nullable(),
  person: z.string(),
  divisionCode: z.string(),
  divisionName: z.string(),
  title: z.string(),
  reason: z.string(),
  raisedOn: IsoDate,
  occurredOn: IsoDate.nullable(),
  actBy: IsoDate.nullable(),
  overpaidFen: AmountFen.nullable(),
  seen: z.int(),
  lastSeenOn: IsoDate,
  /** The day of a newer whole list that tells it no more. */
  goneAsOf: IsoDate.nullable(),
  state: AlertState,
  stateLabel: z.string(),
  judgedOn: IsoDate.nullable(),
  savedFen: AmountFen,
  helpedFen: AmountFen,
});
export const AlertList = paged(Alert);
export const AlertPage = Alert.extend({
  evidence: z.array(z.object({ label: z.string(), value: z.string() })),
  bring: z.array(z.string()),
  columns: z.array(z.string()),
  records: z.array(z.array(z.string())),
  judgement: z
    .object({
      judgement: AlertState,
      outcome: z.string(),
      by: z.string(),
      at: z.string(),
      clueId: AnyId.nullable(),
    })
    .nullable(),
  canJudge: z.boolean(),
  /** What it opened or joined. */
  clue: z.object({ id: AnyId, number: z.string(), state: z.string(), stateLabel: z.string() }).nullable(),
}).meta({ id: "AlertPage" });
export const Judge = z.object({
  id: Id,
  judgement: z.enum(["confirmed", "false", "no-change"]),
  outcome: z.string().trim().min(2, "请写明核查情况。").max(500),
  savedFen: AmountFen.min(0).default(0),
  helpedFen: AmountFen.min(0).default(0),
});

export const CheckQuery = z.object({
  case: AnyId.optional(),
  differing: z.enum(["true"]).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});
export const Check = z.object({
  id: AnyId,
  number: z.string(),
  purpose: z.enum(["application", "recheck", "objection"]),
  caseId: AnyId,
  applicantId: AnyId,
  applicant: z.string(),
  divisionCode: z.string(),
  divisionName: z.string(),
  persons: z.int(),
  differences: z.int(),
  madeOn: IsoDate,
  validUntil: IsoDate,
  expired: z.boolean(),
  madeByName: z.string(),
  replaces: AnyId.nullable(),
  replacedBy: z.string().nullable(),
  openObjections: z.int(),
});
export const CheckList = paged(Check);
const CheckItem = z.object({
  item: z.string(),
  department: z.string(),
  feed: z.string(),
  asOf: IsoDate.nullable(),
  declared: z.string().nullable(),
  found: z.string(),
  differs: z.boolean(),
  compared: z.boolean(),
  of: z.array(z.object({ name: z.string(), value: z.string() })),
  note: z.string().nullable(),
});
export const CheckPage = Check.extend({
  caseNumber: z.string(),
  itemTitle: z.string(),
  personNames: z.array(z.string()),
  items: z.array(CheckItem),
  /** Who must support a member and lives elsewhere, a part for each. */
  supporters: z.array(
    z.object({ name: z.string(), relation: z.string(), of: z.string(), items: z.array(CheckItem) }),
  ),
  objections: z.array(
    z.object({
      id: AnyId,
      reason: z.string(),
      raisedOn: IsoDate,
      raisedByName: z.string(),
      answeredOn: IsoDate.nullable(),
      answer: z.string().nullable(),
      answeredByName: z.string().nullable(),
    }),
  ),
  can: z.object({ object: z.boolean(), answer: z.boolean() }),
}).meta({ id: "CheckPage" });
const declared = {
  incomeFen: AmountFen.min(0).max(100_000_000),
  dependants: z.int().min(1, "供养人数至少是他自己一个人。").max(30),
  supports: z.int().min(1, "应赡养的人数至少一人。").max(30),
  agreedFen: AmountFen.min(0).max(100_000_000).nullable(),
};
export const RELATIONS_OF_SUPPORT = [
  "赡养义务人（子女）",
  "抚养义务人（父母）",
  "扶养义务人（配偶）",
  "其他法定义务人",
] as const;
export const Supporters = z.object({
  members: z.array(z.object({ id: AnyId, name: z.string() })),
  rows: z.array(
    z.object({
      id: AnyId,
      ofPersonId: AnyId,
      ofName: z.string(),
      name: z.string(),
      idNoMasked: z.string(),
      relation: z.string(),
      declared: z.object(declared),
      authorised: z.boolean(),
      authorisedOn: IsoDate.nullable(),
      authorisedUntil: IsoDate.nullable(),
      authorisationFile: AnyId.nullable(),
      namedBy: z.string(),
    }),
  ),
});
export const NameSupporter = z.object({
  id: Id,
  ofPersonId: AnyId,
  name: z.string().trim().min(1, "请填写姓名。").max(50),
  idNo: z.string().trim().min(1, "请填写身份证号码。").max(30),
  relation: z.enum(RELATIONS_OF_SUPPORT),
  ...declared,
});
export const RedeclareSupporter = z.object(declared);
export const AuthoriseSupporter = z.object({ signedOn: IsoDate, fileId: AnyId });
export const RemoveSupporter = z.object({
  reason: z.string().trim().min(2, "请写明为什么移出。").max(200),
});
export const MakeCheck = z.object({ id: Id, caseId: AnyId });
export const BatchCheck = z.object({ id: Id, everybody: z.boolean().default(false) });
export const BatchChecked = z.object({
  checked: z.int(),
  refused: z.array(z.string()),
  unstated: z.array(z.string()),
});
export const ObjectCheck = z.object({ id: Id, reason: z.string().trim().min(2, "请写明异议。").max(500) });
export const AnswerCheck = z.object({
  id: Id,
  answer: z.string().trim().min(2, "请写明复查情况。").max(500),
});
