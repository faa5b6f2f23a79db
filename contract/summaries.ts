/** Summaries of a half year or a year: words, linked figures, what is still to be settled. */
import { z } from "zod";
import { AnyId, Id, Month } from "./common.ts";

const Kind = z.enum(["half", "year"]);
const Brief = z.object({
  id: AnyId,
  /** Of a half year or a year, or the report of an assessment. */
  kind: z.enum(["half", "year", "mid", "end"]),
  year: z.int(),
  title: z.string(),
  version: z.int(),
  savedAt: z.string(),
  savedByName: z.string(),
  signedAt: z.string().nullable(),
  signedByName: z.string().nullable(),
});
const Piece = z.union([z.string().max(20_000), z.object({ figure: AnyId })]);
const Section = z.object({
  id: AnyId,
  heading: z.string().max(200),
  paragraphs: z
    .array(z.object({ id: AnyId, heading: z.string().max(200), pieces: z.array(Piece).max(500) }))
    .max(200),
});
const Version = z.object({
  version: z.int(),
  savedAt: z.string(),
  savedByName: z.string(),
  signedAt: z.string().nullable(),
  signedByName: z.string().nullable(),
});
export const SummaryList = z.object({ rows: z.array(Brief) });
export const SummaryPage = Brief.extend({
  since: Month,
  until: Month,
  sections: z.array(Section),
  figures: z.array(
    z.object({
      id: AnyId,
      text: z.string(),
      name: z.string(),
      facts: z.array(z.object({ label: z.string(), value: z.string() })),
      /** What its source says now, where that is another figure. */
      now: z.string().nullable(),
      href: z.string(),
    }),
  ),
  findings: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(["changed", "gone", "typed", "open-month", "to-write"]),
      text: z.string(),
      figure: AnyId.nullable(),
      reason: z.string().nullable(),
      reasonBy: z.string().nullable(),
    }),
  ),
  numbers: z.int(),
  linked: z.int(),
  missing: z.array(z.string()),
  indicators: z.array(z.object({ code: z.string(), name: z.string(), unit: z.string() })),
  versions: z.array(Version),
  can: z.object({ edit: z.boolean(), sign: z.boolean(), export: z.boolean() }),
});
export const BeginSummary = z.object({ id: Id, kind: Kind, year: z.int().min(2000).max(2100) });
const version = z.int().min(1);
export const SaveSummary = z.object({
  version,
  title: z.string().max(200),
  sections: z.array(Section).max(100),
});
/** A new figure of an indicator at the end of a paragraph; `id` is the figure's. */
export const InsertFigure = z.object({
  ...{ id: Id, version, paragraph: AnyId, code: z.string().max(100) },
  ...{ division: z.string().max(12).optional(), since: Month, until: Month },
});
export const RefreshSummary = z.object({ version, figures: z.array(AnyId).max(2000).optional() });
export const ExplainNumber = z.object({ id: Id, key: z.string().max(500), reason: z.string().max(2000) });
export const SignSummary = z.object({ version });
