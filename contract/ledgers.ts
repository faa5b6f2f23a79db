import type { IndicatorDefinition, RegisterDefinition } from "@wuxin/declare";
import { z } from "zod";
import { AnyId, declared, Id, IsoDate, Month, Page, Scalar, System, Values } from "./common.ts";

export const RegisterBrief = z.object({
  code: z.string(),
  title: z.string(),
  system: System,
  entries: z.int(),
  flagged: z.int(),
  checksDue: z.int(),
});
export const RegisterPage = z.object({
  definition: declared<RegisterDefinition>(),
  canEdit: z.boolean(),
  limits: z.array(
    z.object({
      parameter: z.string(),
      text: z.string(),
      document: z.string().nullable(),
      since: IsoDate,
      unverified: z.boolean(),
    }),
  ),
});
/** Lists are chosen values of a field. */
const Plain = z.union([Scalar, z.array(z.string())]);
export const EntryRow = z.object({
  id: AnyId,
  version: z.int(),
  values: z.record(z.string(), Plain),
  texts: z.record(z.string(), z.string()),
  divisionName: z.string(),
  flags: z.array(z.string()),
  checkDueOn: IsoDate.nullable(),
  active: z.boolean(),
});
export const EntryQuery = Page.extend({
  q: z.string().max(100).optional(),
  sort: z.string().optional(),
  division: z.string().optional(),
  flagged: z.enum(["true"]).optional(),
  filter: z.string().max(2000).optional(),
});
export const EntryList = z.object({
  rows: z.array(EntryRow),
  total: z.int(),
  sums: z.record(z.string(), z.number()),
});
export const EntryPage = EntryRow.extend({
  history: z.array(
    z.object({
      at: z.string(),
      by: z.string(),
      action: z.string(),
      rows: z.array(
        z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
      ),
    }),
  ),
  checks: z.array(z.object({ id: AnyId, on: IsoDate, by: z.string(), values: Values })),
  ledgers: z.record(
    z.string(),
    z.array(
      z.object({
        id: AnyId,
        at: z.string(),
        by: z.string(),
        values: z.record(z.string(), Plain),
        flags: z.array(z.string()),
        household: z.object({ text: z.string(), link: z.string().nullable() }).nullable(),
      }),
    ),
  ),
  tallies: z.array(
    z.object({
      ledger: z.string(),
      title: z.string(),
      total: z.int(),
      states: z.array(z.object({ label: z.string(), count: z.int(), counted: z.boolean() })),
    }),
  ),
});
export const SaveEntry = z.object({
  version: z.int().min(0),
  values: Values,
  reason: z.string().max(300).optional(),
});
export const AddRow = z.object({ id: Id, values: Values });

/** One version of a frozen figure. */
export const Frozen = z.object({
  version: z.int(),
  value: z.number().nullable(),
  takenAt: z.string(),
  takenByName: z.string(),
  reason: z.string(),
  confirmedByName: z.string().nullable(),
  /** Why other places were not corrected along with it. */
  apart: z.string().optional(),
});
export const IndicatorValue = z.object({
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  system: System,
  definition: z.string(),
  capability: z.string(),
  owner: z.string(),
  kind: z.enum(["stock", "flow"]),
  decimals: z.int(),
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  denominatorText: z.string().nullable(),
  series: z.array(z.object({ month: Month, value: z.number().nullable() })),
  /** Of a flow, January to this month put together. */
  sinceJanuary: z.number().nullable(),
  drillable: z.boolean(),
  /** The level that a document states for it, and how far the figure is above (below zero: below) it. */
  stated: z
    .object({
      value: z.number(),
      gap: z.number().nullable(),
      document: z.string().nullable(),
      since: IsoDate,
      unverified: z.boolean(),
    })
    .nullable(),
  frozen: Frozen.nullable(),
  /** It moved more than the county's threshold against the month before. */
  jump: z
    .object({ percent: z.number(), explanation: z.string().nullable(), explainedBy: z.string().nullable() })
    .nullable(),
});
export const CorrectionAsked = z.object({
  id: AnyId,
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  decimals: z.int(),
  month: Month,
  division: z.string(),
  before: z.number().nullable(),
  value: z.number().nullable(),
  reason: z.string(),
  askedAt: z.string(),
  askedByName: z.string(),
  /** The reader asked for it himself: somebody else confirms. */
  mine: z.boolean(),
});
export const SnapshotPage = z.object({
  month: Month,
  division: z.string(),
  versions: z.array(Frozen),
  now: z.number().nullable(),
  /** A correction that waits for a second person. */
  asked: CorrectionAsked.nullable(),
  /** The same figure of other places, which is corrected along with it. */
  moved: z.array(
    z.object({
      division: z.string(),
      name: z.string(),
      before: z.number().nullable(),
      value: z.number().nullable(),
    }),
  ),
  /** The townships together, where that is another figure than the county's. */
  townSum: z.number().nullable(),
  towns: z.array(z.object({ division: z.string(), name: z.string(), value: z.number().nullable() })),
  canCorrect: z.boolean(),
});
export const SnapshotQuery = z.object({ month: Month, division: z.string().max(12).optional() });
export const FreezeMonth = z.object({ month: Month });
export const CorrectSnapshot = SnapshotQuery.extend({
  id: Id,
  reason: z.string().trim().min(2, "请写明为什么要更正。").max(300),
});
export const DecideCorrection = SnapshotQuery.extend({
  accept: z.boolean(),
  note: z.string().trim().max(300).optional(),
  /** False: this place alone, and the note says why. */
  along: z.boolean().optional(),
});
export const ExplainJump = SnapshotQuery.extend({
  id: Id,
  text: z.string().trim().min(2, "请写明波动的原因。").max(300),
});
export const IndicatorQuery = z.object({
  month: Month.optional(),
  division: z.string().optional(),
  system: System.optional(),
  /** One of them alone. */
  code: z.string().max(80).optional(),
});
/** In the order of the divisions; empty where the figure is the county's alone. */
export const IndicatorPlaces = z.object({
  of: z.string(),
  places: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      value: z.number().nullable(),
      numerator: z.number().nullable(),
      denominator: z.number().nullable(),
    }),
  ),
});
export const DrillRows = z.object({
  columns: z.array(z.object({ key: z.string(), label: z.string() })),
  rows: z.array(z.record(z.string(), z.string())),
  /** How many make the figure. */
  total: z.int(),
  /** The rows are those that were frozen; how many of all are otherwise now, gone, or came since. */
  frozen: z.object({ version: z.int(), takenAt: z.string(), changed: z.int() }).nullable(),
});
export type IndicatorShape = IndicatorDefinition;

export const ImportQuery = z.object({
  /** JSON: answers for rows whose column is missing or empty. */
  values: z.string().max(2000).default("{}"),
  /** Of the look that was taken; left out, nothing is stored. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
const DOES = ["new", "changed", "same", "wrong"] as const;
export const ImportLook = z.object({
  digest: z.string(),
  rows: z.array(z.object({ line: z.int(), place: z.string(), does: z.enum(DOES), words: z.string() })),
  counts: z.record(z.enum(DOES), z.int()),
  remarks: z.array(z.string()),
});
