/** Clues, their supervision, and the lists exchanged with other departments. */
import { z } from "zod";
import {
  Act,
  AmountFen,
  AnyId,
  CountyCode,
  DivisionCode,
  Id,
  IsoDate,
  Month,
  Page,
  paged,
  proceedings,
} from "./common.ts";

const Source = z.enum(["alert", "worker", "resident", "hotline", "department"]);
const State = z.enum(["new", "dispatched", "assigned", "visited", "handling", "referred", "closed"]);

export const ClueQuery = Page.extend({
  state: z.union([State, z.literal("open")]).optional(),
  source: Source.optional(),
  level: z.string().max(20).optional(),
  division: DivisionCode.optional(),
  outcome: z.enum(["new-case", "adjust", "stop", "refer", "no-change", "false"]).optional(),
  month: Month.optional(),
  late: z.literal("true").optional(),
  mine: z.literal("true").optional(),
  q: z.string().max(50).optional(),
  /** Those that a lot drew for the second look. */
  sample: AnyId.optional(),
});
export const SampleQuery = z.object({ month: Month });
export const DrawSample = z.object({ id: Id, month: Month, percent: z.int().min(1).max(100) });
export const Sample = z.object({
  id: AnyId,
  month: Month,
  percent: z.int(),
  seed: z.string(),
  population: z.int(),
  size: z.int(),
  looked: z.int(),
  agreed: z.int(),
  at: z.string(),
  byName: z.string(),
});
export const ClueRow = z.object({
  id: AnyId,
  number: z.string(),
  title: z.string(),
  reason: z.string(),
  nameMasked: z.string(),
  level: z.string(),
  levelLabel: z.string(),
  source: Source,
  sourceLabel: z.string(),
  proposesLabel: z.string(),
  state: State,
  stateLabel: z.string(),
  /** 政策找人: he is asked what he wants, where others are looked at. */
  found: z.boolean(),
  divisionCode: DivisionCode,
  divisionName: z.string(),
  openedOn: IsoDate,
  dueOn: IsoDate.nullable(),
  /** Of somebody who asked for help: the hour by which somebody has to have been there. */
  answerBy: z.string().nullable(),
  late: z.boolean(),
  escalated: z.int(),
  urged: z.int(),
  workerName: z.string().nullable(),
  outcomeLabel: z.string().nullable(),
  closedOn: IsoDate.nullable(),
});
export const ClueList = paged(ClueRow);

const FoundHow = z.enum([
  ...(["none", "willing", "unwilling", "ineligible", "unreachable", "moved"] as const),
  ...(["applied", "awarded", "settled"] as const),
]);
export const FoundQuery = Page.extend({
  how: FoundHow.optional(),
  division: DivisionCode.optional(),
  benefit: z.string().max(60).optional(),
  month: Month.optional(),
  /** Whose day to be asked again has come. */
  again: z.literal("true").optional(),
  q: z.string().max(50).optional(),
});
export const FoundList = paged(
  z.object({
    id: AnyId,
    number: z.string(),
    personId: AnyId.nullable(),
    householdId: AnyId.nullable(),
    nameMasked: z.string(),
    divisionCode: DivisionCode,
    divisionName: z.string(),
    benefits: z.array(z.string()),
    reasons: z.array(
      z.object({
        title: z.string(),
        reason: z.string(),
        evidence: z.array(z.object({ label: z.string(), value: z.string() })),
      }),
    ),
    bring: z.array(z.string()),
    how: FoundHow,
    howLabel: z.string(),
    state: State,
    stateLabel: z.string(),
    foundOn: IsoDate,
    workerName: z.string().nullable(),
    caseId: AnyId.nullable(),
    askAgainOn: IsoDate.nullable(),
    late: z.boolean(),
    contact: z
      .object({
        on: z.string(),
        by: z.string(),
        how: z.string(),
        wish: z.string(),
        why: z.string(),
        said: z.string(),
      })
      .nullable(),
  }),
)
  .extend({
    states: z.array(z.object({ how: FoundHow, label: z.string(), n: z.int() })),
    /** Townships for the county, villages for a township; `counts` in the order of `states`. */
    places: z.array(
      z.object({ code: DivisionCode, name: z.string(), total: z.int(), counts: z.array(z.int()) }),
    ),
    benefits: z.array(z.object({ code: z.string(), title: z.string() })),
  })
  .meta({ id: "FoundList" });

const Counts = z.object({
  key: z.string(),
  hits: z.int(),
  dispatched: z.int(),
  checked: z.int(),
  closed: z.int(),
  newCase: z.int(),
  adjust: z.int(),
  stop: z.int(),
  refer: z.int(),
  noChange: z.int(),
  false: z.int(),
  confirmed: z.int(),
  late: z.int(),
  savedFen: AmountFen,
  helpedFen: AmountFen,
});
export const Funnel = z
  .object({
    since: Month,
    total: Counts,
    sources: z.array(Counts.extend({ label: z.string() })),
    /** Townships for the county, villages for a township; every one, in the county's order. */
    places: z.array(Counts.extend({ label: z.string() })),
    /** `levels`: found in the month, in the order of `levels` below. */
    months: z.array(Counts.extend({ levels: z.array(z.int()) })),
    levels: z.array(z.object({ level: z.string(), label: z.string(), households: z.int() })),
    canReport: z.boolean(),
    /** The levels and days are our own numbers, not the county's. */
    unverified: z.boolean(),
  })
  .meta({ id: "ClueFunnel" });

export const CluePage = ClueRow.extend({
  version: z.int(),
  name: z.string(),
  phoneMasked: z.string().nullable(),
  address: z.string(),
  personId: AnyId.nullable(),
  householdId: AnyId.nullable(),
  caseId: AnyId.nullable(),
  entitlementId: AnyId.nullable(),
  occurredOn: IsoDate,
  reportedBy: z.string(),
  sourceName: z.string(),
  dispatchedOn: IsoDate.nullable(),
  checkDueOn: IsoDate.nullable(),
  checkedOn: IsoDate.nullable(),
  department: z.string().nullable(),
  returned: z.int(),
  recheck: z.enum(["agrees", "differs"]).nullable(),
  judgementLabel: z.string().nullable(),
  savedFenPerMonth: AmountFen,
  helpedFenPerMonth: AmountFen,
  signals: z.array(
    z.object({
      alertId: AnyId,
      feed: z.string(),
      rule: z.string(),
      ruleVersion: z.string(),
      level: z.string(),
      levelLabel: z.string(),
      title: z.string(),
      reason: z.string(),
      evidence: z.array(z.object({ label: z.string(), value: z.string() })),
      bring: z.array(z.string()),
      occurredOn: IsoDate,
    }),
  ),
  /** 成员减少 filled in, for entitlements that go on for others of the household. */
  memberOut: z.array(
    z.object({
      entitlementId: AnyId,
      itemTitle: z.string(),
      personId: AnyId,
      event: z.enum(["died", "jailed"]),
      happenedOn: IsoDate,
    }),
  ),
  bring: z.array(z.string()),
  ...proceedings,
}).meta({ id: "CluePage" });

export const ActOnClue = Act;

const told = {
  id: Id,
  name: z.string().trim().max(50),
  phone: z.string().trim().max(20).default(""),
  address: z.string().trim().max(200).default(""),
  divisionCode: DivisionCode,
  title: z.string().trim().min(2, "请用一句话写明遇到什么困难。").max(200),
  reason: z.string().trim().max(2000).default(""),
};
export const ReportClue = z.object({
  ...told,
  source: Source.exclude(["alert"]),
  sourceName: z.string().trim().max(60).default(""),
  level: z.string().max(20).default(""),
  proposes: z.enum(["review", "help", "stop-payment"]).default("help"),
  personId: AnyId.nullable().default(null),
  occurredOn: IsoDate,
});
/** Anybody may tell of somebody in trouble; the phone number is of whoever tells. */
export const ReportTrouble = z.object({
  ...told,
  phone: z.string().trim().min(1, "请填您的手机号码。").max(20),
  urgent: z.boolean().default(false),
  place: z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      accuracyM: z.number().min(0).max(1_000_000),
    })
    .nullable()
    .default(null),
  /** No person sees this field: what fills it in is a machine. */
  website: z.literal("", "这不像是人填的，没有收下。请用本系统的求助页面，或拨打 12345。").default(""),
});
export const TroubleProgress = z.object({
  number: z.string(),
  state: State,
  outcome: z.enum(["new-case", "adjust", "stop", "refer", "no-change", "false"]).nullable(),
  divisionName: z.string(),
  reportedOn: IsoDate,
  visitBy: IsoDate.nullable(),
  answerBy: z.string().nullable(),
  visitedOn: IsoDate.nullable(),
});
const PhoneTail = z.string().regex(/^\d{4}$/, "请填手机号的后 4 位数字。");
export const TrackTrouble = z.object({
  number: z.string().trim().min(1, "请填求助编号。").max(60),
  phoneTail: PhoneTail,
});
export const TroubleParams = z.object({ county: CountyCode, id: Id });
export const TroublePhoto = z.object({ phoneTail: PhoneTail });
export const TroublePhotos = z.object({ photos: z.int() });
export const Reported = z.object({ id: AnyId });

export const SupervisionQuery = z.object({ month: Month });
export const SupervisionRow = z.object({
  divisionCode: DivisionCode,
  divisionName: z.string(),
  dispatched: z.int(),
  due: z.int(),
  checked: z.int(),
  onTime: z.int(),
  late: z.int(),
  open: z.int(),
  outcomes: z.object({
    "new-case": z.int(),
    adjust: z.int(),
    stop: z.int(),
    refer: z.int(),
    "no-change": z.int(),
  }),
  false: z.int(),
  returned: z.int(),
  urged: z.int(),
  reported: z.int(),
  rechecked: z.int(),
  agreed: z.int(),
  score: z.int().nullable(),
  visitsDue: z.int(),
  visitsDone: z.int(),
  visitsLate: z.int(),
});
export const Supervision = z
  .object({ month: Month, rows: z.array(SupervisionRow) })
  .meta({ id: "Supervision" });

export const PlaceParams = z.object({ division: DivisionCode });
export const UrgeTownship = z.object({
  id: Id,
  note: z.string().trim().min(2, "请写明催办什么。").max(500),
});
export const Urged = z.object({ urged: z.int() });

export const Exchanged = z.object({
  id: AnyId,
  direction: z.enum(["in", "out"]),
  partner: z.string(),
  class: z.string(),
  fileName: z.string(),
  total: z.int(),
  recognised: z.int(),
  basis: z.string().nullable(),
  at: z.string(),
  byName: z.string(),
});
export const TakeList = z.object({
  partner: z.string().trim().min(2, "请写明名单来自哪个部门。").max(60),
  class: z.string().trim().min(2, "请写明是哪一类对象。").max(30),
});
export const GiveList = z.object({
  partner: TakeList.shape.partner,
  basis: z.string().trim().min(4, "请写明依据什么提供，例如文件名称和文号。").max(200),
});
export const Taken = z.object({ id: AnyId, total: z.int(), recognised: z.int() });
export const RecognisedAgain = z.object({ recognised: z.int() });
export const RowParams = z.object({ id: AnyId, line: z.coerce.number().int().min(1).max(100_000) });
export const HandleRow = z.object({ note: z.string().trim().min(2, "请写明怎样处理的。").max(200) });
export const Unrecognised = z.array(
  z.object({
    line: z.int(),
    name: z.string(),
    idNoMasked: z.string(),
    reason: z.string(),
    handledNote: z.string().nullable(),
    handledOn: IsoDate.nullable(),
    handledByName: z.string().nullable(),
  }),
);
