/** Statutory tables: drafts, signatures, sealed versions. */
import { z } from "zod";
import { AnyId, Id, IsoDate, Month } from "./common.ts";

const State = z.enum(["draft", "filled", "sealed"]);
const Period = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/, "报告期写成 2024-05、2024-Q2 或 2024。");
const Figure = z.number().nullable();
const Head = z.object({
  id: AnyId,
  division: z.string(),
  divisionName: z.string(),
  table: z.string(),
  title: z.string(),
  period: z.string(),
  periodLabel: z.string(),
  version: z.int(),
  reason: z.string(),
  state: State,
  dueOn: IsoDate,
  late: z.boolean(),
  countedAt: z.string(),
  filledAt: z.string().nullable(),
  filledByName: z.string().nullable(),
  sealedAt: z.string().nullable(),
  sealedByName: z.string().nullable(),
  digest: z.string().nullable(),
});
const Grain = z.enum(["month", "quarter", "year"]);
export const StatisticList = z.object({
  rows: z.array(Head),
  /** Periods are offered to whoever fills the tables of this place. */
  tables: z.array(
    z.object({
      code: z.string(),
      title: z.string(),
      grain: Grain,
      periods: z.array(z.object({ period: z.string(), label: z.string() })),
    }),
  ),
});
/** Who entered a code that no document seen at declaring gave, from which document, from which day on. */
const EnteredCode = z.object({
  row: z.string(),
  code: z.string(),
  from: IsoDate,
  source: z.string(),
  byName: z.string(),
});
const Words = z.object({ text: z.string(), byName: z.string() });
const Cell = z.object({
  key: z.string(),
  row: z.string(),
  column: z.string(),
  indicator: z.string().nullable(),
  byHand: z.string().nullable(),
  value: Figure,
  final: Figure,
  last: Figure,
  frozen: z.boolean(),
  jump: Figure,
  correction: z.object({ reason: z.string(), byName: z.string() }).nullable(),
  explanation: Words.nullable(),
  /** What was signed in the version before. */
  earlier: z.object({ version: z.int(), value: Figure }).optional(),
});
export const StatisticPage = Head.extend({
  /** Last month of the period. */
  month: z.string(),
  number: z.string().nullable(),
  numberEntered: EnteredCode.nullable(),
  source: z.object({
    document: z.string(),
    note: z.string().optional(),
    unverified: z.boolean().optional(),
  }),
  columns: z.array(z.object({ code: z.string(), label: z.string() })),
  rows: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      unit: z.string(),
      decimals: z.int(),
      level: z.int(),
      official: z.string().optional(),
      entered: EnteredCode.optional(),
      cells: z.array(Cell),
    }),
  ),
  checks: z.array(
    z.object({ code: z.string(), text: z.string(), ok: z.boolean(), fails: z.array(z.string()) }),
  ),
  notes: z.array(
    z.object({
      id: AnyId,
      kind: z.enum(["opened", "counted", "corrected", "explained", "filled", "returned", "sealed"]),
      cell: z.string(),
      value: Figure,
      text: z.string(),
      at: z.string(),
      byName: z.string(),
    }),
  ),
  versions: z.array(
    z.object({
      id: AnyId,
      version: z.int(),
      state: State,
      reason: z.string(),
      sealedAt: z.string().nullable(),
      digest: z.string().nullable(),
    }),
  ),
  open: z.object({ failed: z.int(), silent: z.int(), blank: z.int(), uncoded: z.int() }),
  can: z.object({
    edit: z.boolean(),
    fill: z.boolean(),
    giveBack: z.boolean(),
    seal: z.boolean(),
    reopen: z.boolean(),
    code: z.boolean(),
  }),
});

/** The months that a cell is made of. */
export const StatisticTrace = z.object({
  indicator: z.string(),
  name: z.string(),
  unit: z.string(),
  decimals: z.int(),
  kind: z.enum(["stock", "flow"]),
  now: Figure,
  months: z.array(z.object({ month: Month, value: Figure, version: z.int().nullable() })),
});
export const StatisticCell = z.object({ cell: z.string().max(120) });

export const StatisticQuery = z.object({ division: z.string().max(12).optional() });
export const OpenStatistic = z.object({
  id: Id,
  table: z.string().max(60),
  period: Period,
  division: z.string().max(12).optional(),
});
const cell = z.string().max(120);
const text = z.string().max(500);
const Act = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("count") }),
  z.object({ kind: z.literal("fill") }),
  z.object({ kind: z.literal("seal") }),
  z.object({ kind: z.literal("giveBack"), text }),
  z.object({ kind: z.literal("correct"), cell, value: Figure, text }),
  z.object({ kind: z.literal("explain"), cell, text }),
]);
export const ActOnStatistic = z.object({ id: Id, act: Act });
export const EnterStatisticCode = z.object({
  id: Id,
  /** Empty: 表号. */
  row: z.string().max(80),
  code: z.string().max(40),
  from: IsoDate,
  source: text,
});
export const ReopenStatistic = z.object({ id: Id, reason: text });
export const ExportStatistic = z.object({ format: z.enum(["xlsx", "csv"]) });
