/** 发放后复查 and 月度监督报告: what was paid, asked again and told, each number with the way to its rows. */
import { z } from "zod";
import { AmountFen, AnyId, IsoDate, Month } from "./common.ts";

const Outcome = z.enum(["justified", "recovery", "clue"]);
export const Recheck = z.object({
  month: Month,
  /** Newest first. */
  runs: z.array(
    z.object({
      id: AnyId,
      month: Month,
      at: z.string(),
      by: z.string(),
      lines: z.int(),
      found: z.int(),
    }),
  ),
  /** Which rules are asked again of what was paid. */
  asked: z.array(z.object({ rule: z.string(), label: z.string(), article: z.string() })),
  /** The first of them, those that wait for a word before the others; `total` and `open` are of all. */
  rows: z.array(
    z.object({
      lineId: AnyId,
      rule: z.string(),
      label: z.string(),
      severity: z.enum(["block", "warn"]),
      reason: z.string(),
      foundAt: z.string(),
      /** Of the line; a roster pays past months, too. */
      month: Month,
      rosterId: AnyId,
      rosterTitle: z.string(),
      entitlementId: AnyId,
      payee: z.string(),
      item: z.string(),
      itemTitle: z.string(),
      divisionCode: z.string(),
      divisionName: z.string(),
      amountFen: AmountFen,
      paidOn: IsoDate.nullable(),
      outcome: Outcome.nullable(),
      outcomeLabel: z.string().nullable(),
      note: z.string().nullable(),
      recoveryId: AnyId.nullable(),
      clueId: AnyId.nullable(),
      decidedBy: z.string().nullable(),
      decidedAt: z.string().nullable(),
      canDecide: z.boolean(),
    }),
  ),
  total: z.int(),
  open: z.int(),
  can: z.object({ run: z.boolean() }),
});
export const MoneyReport = z
  .object({
    month: Month,
    title: z.string(),
    issuer: z.string(),
    on: IsoDate,
    sections: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        text: z.string(),
        columns: z.array(z.object({ title: z.string(), num: z.boolean() })),
        /** The link leads to the rows behind the numbers. */
        rows: z.array(z.object({ cells: z.array(z.string()), link: z.string().nullable() })),
      }),
    ),
    recheck: Recheck,
  })
  .meta({ id: "MoneyReport" });
export const MoneyReportQuery = z.object({ month: Month.optional() });
export const MoneyReportFile = z.object({ month: Month, format: z.enum(["docx", "csv"]) });
export const RunRecheck = z.object({ month: Month });
export const DecideFinding = z.object({
  lineId: AnyId,
  rule: z.string().max(60),
  outcome: Outcome,
  note: z.string().trim().max(300).default(""),
});
