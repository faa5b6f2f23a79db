/** Plans: documents read, targets with their lights, what people do about them. */
import { z } from "zod";
import { AnyId, Id, IsoDate } from "./common.ts";

const Light = z.enum(["done", "green", "yellow", "red", "unknown"]);
export const COMPARATORS = ["=", ">=", "<=", ">", "<", "full", "rising", "falling", "zero"] as const;
const Aim = z.object({
  object: z.string().max(300),
  comparator: z.enum(COMPARATORS),
  value: z.number().nullable(),
  max: z.number().nullable(),
  unit: z.string().max(20),
  from: z.number().nullable(),
  due: IsoDate,
});
/** What may count a target, with the office that answers for it. */
const Counter = z.object({ code: z.string(), name: z.string(), unit: z.string(), owner: z.string() });
const Span = z.object({ start: z.int(), end: z.int(), quote: z.string() });
/** Asked with a reason; once another person decided, it counts nowhere. */
const TakeBack = z.object({
  id: AnyId,
  reason: z.string(),
  askedAt: z.string(),
  askedBy: AnyId,
  askedByName: z.string(),
  decidedAt: z.string().nullable(),
  decidedByName: z.string().nullable(),
});
const Brief = z.object({
  id: AnyId,
  title: z.string(),
  issuer: z.string(),
  year: z.int(),
  untilYear: z.int(),
  kind: z.enum(["plan", "campaign"]),
  startsOn: IsoDate.nullable(),
  endsOn: IsoDate.nullable(),
  items: z.int().nullable(),
  readAt: z.string(),
  readByName: z.string(),
  takeBack: TakeBack.nullable(),
  targets: z.int(),
  lights: z.record(Light, z.int()),
  urged: z.int(),
});
const Satisfaction = z.object({ percent: z.number(), asked: z.int(), asOf: IsoDate });
const Quality = z.object({ text: z.string(), source: z.string() });
const EvidenceKind = z.enum(["figure", "acceptance", "survey"]);
export const PlanTarget = Aim.extend({
  id: AnyId,
  planId: AnyId,
  planTitle: z.string(),
  span: Span.nullable(),
  why: z.string(),
  aimText: z.string(),
  nowText: z.string(),
  light: Light,
  lightText: z.string(),
  /** Told of the year before, in the same document: it counts nowhere. */
  before: z.boolean(),
  now: z.number().nullable(),
  asOf: IsoDate.nullable(),
  forecast: z.number().nullable(),
  /** Of the way to the aim, in percent; null where the aim is no number. */
  percent: z.number().nullable(),
  reason: z.string(),
  indicator: Counter.nullable(),
  boundBy: z.string().nullable(),
  owner: z.string().nullable(),
  public: z.boolean(),
  urgedUntil: IsoDate.nullable(),
  urgedLate: z.boolean(),
  lastMovement: z.string(),
  proposals: z.array(Counter.extend({ score: z.number(), why: z.string() })),
  evidence: z.array(
    z.object({
      id: AnyId,
      kind: EvidenceKind,
      divisionName: z.string().nullable(),
      standard: z.string().nullable(),
      asked: z.int().nullable(),
      asOf: IsoDate,
      value: z.number(),
      words: z.string(),
      files: z.int(),
      givenAt: z.string(),
      givenBy: AnyId,
      givenByName: z.string(),
      confirmedAt: z.string().nullable(),
      confirmedByName: z.string().nullable(),
      takeBack: TakeBack.nullable(),
    }),
  ),
  /** 民生实事: accepted beside reported, by township, against its standard, and what people think of it. */
  livelihood: z.object({
    quality: Quality.nullable(),
    countable: z.boolean(),
    accepted: z.number(),
    acceptedText: z.string(),
    acceptedPercent: z.number().nullable(),
    shares: z.array(z.object({ divisionName: z.string(), given: z.number(), accepted: z.number() })),
    satisfaction: Satisfaction.nullable(),
  }),
  yearly: z.array(z.object({ year: z.int(), value: z.number() })),
  yearlyBy: z.enum(["parts", "levels", "line"]),
  weight: z.number().nullable(),
  aimBefore: z.string().nullable(),
  serves: AnyId.nullable(),
  alsoIn: z.array(z.object({ planTitle: z.string(), quote: z.string() })),
  events: z.array(
    z.object({ id: AnyId, label: z.string(), at: z.string(), by: z.string(), text: z.string() }),
  ),
});
interface Node {
  start: number;
  end: number;
  rank: number;
  marker: string;
  title: string;
  about: "plan" | "review";
  children: Node[];
}
const Outline: z.ZodType<Node> = z.lazy(() =>
  z.object({
    start: z.int(),
    end: z.int(),
    rank: z.number(),
    marker: z.string(),
    title: z.string(),
    about: z.enum(["plan", "review"]),
    children: z.array(Outline),
  }),
);
export const PlanList = z.object({ rows: z.array(Brief) });
const ItemResult = z.object({
  item: AnyId,
  result: z.enum(["good", "problem", "na"]),
  words: z.string().max(500),
  due: IsoDate.nullable(),
  /** Of a problem: what was seen. */
  photos: z.array(AnyId).max(10).optional(),
});
const CheckItem = z.object({ id: AnyId, text: z.string().max(100) });
const StepKind = z.enum(["milestone", "measure", "check"]);
/** A milestone, a measure or a place to check: who does it, by when, how it stands. */
const Step = z.object({
  id: AnyId,
  targetId: AnyId.nullable(),
  step: StepKind,
  kindText: z.string(),
  title: z.string(),
  owner: z.string(),
  divisionName: z.string().nullable(),
  due: IsoDate,
  quantity: z.number().nullable(),
  href: z.string().nullable(),
  results: z.array(ItemResult),
  photos: z.array(AnyId),
  state: z.enum(["open", "reported", "done"]),
  stateText: z.string(),
  late: z.boolean(),
  told: z.string(),
  returned: z.string().nullable(),
  can: z.object({ report: z.boolean(), check: z.boolean(), drop: z.boolean() }),
});
const Campaign = z.object({
  startsOn: IsoDate,
  endsOn: IsoDate,
  scope: z.int(),
  checked: z.int(),
  late: z.int(),
  launchedOn: IsoDate.nullable(),
  checklist: z.array(
    CheckItem.extend({ counts: z.object({ good: z.int(), problem: z.int(), na: z.int() }) }),
  ),
  problems: z.array(
    z.object({
      matterId: AnyId,
      place: z.string(),
      item: z.string(),
      words: z.string(),
      photos: z.array(AnyId),
      due: IsoDate,
      closedOn: IsoDate.nullable(),
      late: z.boolean(),
      stateText: z.string(),
    }),
  ),
  townships: z.array(
    z.object({ name: z.string(), scope: z.int(), checked: z.int(), problems: z.int(), closed: z.int() }),
  ),
  weeks: z.array(
    z.object({ from: IsoDate, done: z.int(), checked: z.int(), problems: z.int(), closed: z.int() }),
  ),
  report: z.object({ text: z.string(), on: z.string(), by: z.string() }).nullable(),
  draft: z.string(),
});
export const PlanPage = Brief.extend({
  body: z.string(),
  outline: z.array(Outline),
  rows: z.array(PlanTarget),
  carried: z.array(PlanTarget),
  indicators: z.array(Counter),
  can: z.object({ edit: z.boolean(), report: z.boolean() }),
  steps: z.array(Step),
  campaign: Campaign.nullable(),
  longer: z.array(z.object({ id: AnyId, text: z.string() })),
  weighing: z
    .object({
      given: z.boolean(),
      outdated: z.boolean(),
      at: z.string().nullable(),
      by: z.string().nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
  assessments: z.array(
    z.object({ id: AnyId, kind: z.enum(["mid", "end"]), title: z.string(), asOf: IsoDate }),
  ),
});

const year = z.int().min(2000).max(2100).optional();
/** Either the text itself or a file that was uploaded; not both. */
export const ReadPlan = z.object({
  id: Id,
  text: z.string().max(2_000_000).optional(),
  fileId: AnyId.optional(),
  title: z.string().max(200).optional(),
  year,
  untilYear: year,
  /** A campaign has days instead of years. */
  campaign: z.object({ startsOn: IsoDate, endsOn: IsoDate }).optional(),
});
const note = z.string().max(2000);
const Act = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("added"), aim: Aim.partial() }),
  z.object({ kind: z.literal("corrected"), aim: Aim.partial() }),
  z.object({ kind: z.literal("dropped"), note: note.optional() }),
  z.object({ kind: z.literal("bound"), indicator: z.string().max(100) }),
  z.object({ kind: z.literal("unbound"), note: note.optional() }),
  z.object({ kind: z.literal("owner"), owner: z.string().max(100) }),
  z.object({ kind: z.literal("public"), shown: z.boolean() }),
  z.object({ kind: z.literal("merged"), into: AnyId }),
  z.object({ kind: z.literal("urged"), until: IsoDate, note }),
  z.object({ kind: z.literal("reported"), note }),
  z.object({ kind: z.literal("accepted"), note: note.optional() }),
  z.object({ kind: z.literal("returned"), note }),
  z.object({ kind: z.literal("praised"), note }),
  z.object({ kind: z.literal("criticised"), note }),
  z.object({
    ...{ kind: z.literal("split"), by: z.enum(["parts", "levels"]) },
    values: z.array(z.number()).min(2).max(10),
  }),
  z.object({ kind: z.literal("serves"), into: AnyId }),
  z.object({
    ...{ kind: z.literal("step"), step: StepKind, title: z.string().max(200), owner: z.string().max(100) },
    ...{ division: z.string().max(12).nullable(), due: IsoDate },
    quantity: z.number().nullable().optional(),
  }),
  z.object({ kind: z.literal("quality"), text: z.string().max(500), source: z.string().max(200) }),
  z.object({
    kind: z.literal("step-done"),
    step: AnyId,
    note,
    results: z.array(ItemResult).max(100).optional(),
    photos: z.array(AnyId).max(20).optional(),
  }),
  z.object({ kind: z.literal("checklist"), items: z.array(CheckItem).max(100) }),
  z.object({ kind: z.literal("step-returned"), step: AnyId, note }),
  z.object({ kind: z.literal("step-checked"), step: AnyId }),
  z.object({ kind: z.literal("step-dropped"), step: AnyId }),
  z.object({ kind: z.literal("closed"), note }),
  z.object({
    ...{ kind: z.literal("weighed"), note },
    weights: z.array(z.object({ targetId: AnyId, weight: z.number() })).max(300),
  }),
]);
export const PlanActRequest = z.object({ id: Id, targetId: AnyId, act: Act });
/** Places of the registers that are not in the campaign's scope. */
export const CampaignSites = z.object({
  rows: z.array(
    z.object({
      register: z.string(),
      registerTitle: z.string(),
      id: AnyId,
      title: z.string(),
      kind: z.string().nullable(),
      township: z.string(),
      townshipName: z.string(),
    }),
  ),
});
const answers = { owner: z.string().max(100), due: IsoDate };
export const LaunchCampaign = z.object({
  ...{ id: Id, ...answers },
  parts: z
    .array(
      z.object({ register: z.string().max(100), kinds: z.array(z.string().max(100)).max(50).optional() }),
    )
    .max(50),
  /** Townships; none: the whole county. */
  divisions: z.array(z.string().max(12)).max(100),
});
export const AddCampaignPlace = z.object({
  ...{ id: Id, ...answers, register: z.string().max(100), entryId: AnyId },
  reason: note,
});
export const PlanEvidenceRequest = z.object({
  id: Id,
  targetId: AnyId,
  kind: EvidenceKind.optional(),
  division: z.string().max(12).nullable().optional(),
  asked: z.int().nullable().optional(),
  asOf: IsoDate,
  value: z.number(),
  words: z.string().max(2000),
  files: z.array(AnyId).max(20),
});
export const TakeBackRequest = z.object({ id: Id, reason: z.string().max(500) });
export const TakeBackDecision = z.object({ accept: z.boolean(), note: z.string().max(500).optional() });
export const PublicTargets = z.object({
  rows: z.array(
    z.object({
      id: AnyId,
      plan: z.string(),
      year: z.int(),
      object: z.string(),
      aimText: z.string(),
      due: IsoDate,
      nowText: z.string(),
      percent: z.number().nullable(),
      light: Light,
      lightText: z.string(),
      asOf: IsoDate.nullable(),
      quality: Quality.nullable(),
      acceptedText: z.string(),
      acceptedPercent: z.number().nullable(),
      satisfaction: Satisfaction.nullable(),
    }),
  ),
});
