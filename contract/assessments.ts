/** Mid-term and end assessments of a plan of several years. */
import { z } from "zod";
import { AnyId, Id, IsoDate, Month } from "./common.ts";

const Kind = z.enum(["mid", "end"]);
const Grade = z.enum(["reached", "on", "near", "behind", "far", "unknown"]);
const Line = z.object({
  targetId: AnyId,
  object: z.string(),
  aimText: z.string(),
  value: z.number().nullable(),
  due: IsoDate,
  weight: z.number(),
  plannedPercent: z.number().nullable(),
  plannedText: z.string(),
  reachedPercent: z.number().nullable(),
  reachedText: z.string(),
  grade: Grade,
  gradeText: z.string(),
  sourceText: z.string(),
  href: z.string().nullable(),
  /** Behind, or nothing counts it: somebody says why. */
  asks: z.boolean(),
  words: z.object({ why: z.string(), measures: z.string(), at: z.string(), byName: z.string() }).nullable(),
  can: z.object({ say: z.boolean(), adjust: z.boolean() }),
});
const Adjustment = z.object({
  id: AnyId,
  targetId: AnyId,
  object: z.string(),
  unit: z.string(),
  valueBefore: z.number(),
  value: z.number(),
  dueBefore: IsoDate,
  due: IsoDate,
  reason: z.string(),
  proposedAt: z.string(),
  proposedByName: z.string(),
  agreed: z.boolean().nullable(),
  decidedAt: z.string().nullable(),
  decidedByName: z.string().nullable(),
  canDecide: z.boolean(),
});
export const AssessmentPage = z.object({
  id: AnyId,
  planId: AnyId,
  planTitle: z.string(),
  kind: Kind,
  title: z.string(),
  asOf: IsoDate,
  version: z.int(),
  readAt: z.string(),
  readByName: z.string(),
  begunByName: z.string(),
  rule: z.string(),
  totals: z.object({
    progress: z.number(),
    planned: z.number(),
    done: z.number(),
    grades: z.array(z.object({ grade: Grade, text: z.string(), count: z.int() })),
  }),
  lines: z.array(Line),
  adjustments: z.array(Adjustment),
  /** The summary that was drafted from it. */
  report: AnyId.nullable(),
  silent: z.int(),
  can: z.object({ edit: z.boolean(), draft: z.boolean() }),
});
export const BeginAssessment = z.object({ id: Id, kind: Kind, month: Month });
export const RereadAssessment = z.object({ version: z.int().min(1), month: Month });
const words = z.string().max(2000);
export const ExplainLine = z.object({ id: Id, targetId: AnyId, why: words, measures: words });
export const AdjustTarget = z.object({
  ...{ id: Id, targetId: AnyId, value: z.number(), due: IsoDate, reason: words },
});
export const DecideAdjustment = z.object({ adjustment: AnyId, agreed: z.boolean() });
export const DraftAssessment = z.object({ id: Id });
