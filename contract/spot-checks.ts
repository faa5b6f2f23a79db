/** 抽查: lots drawn of those who were paid, what was found, looked at again and set right. */
import { z } from "zod";
import { AmountFen, AnyId, Id, IsoDate, Month } from "./common.ts";

const State = z.enum(["waiting", "clean", "found", "confirmed", "rectified", "closed", "transferred"]);
const Act = z.enum(["looked", "confirmed", "returned", "rectified", "accepted", "reopened", "transferred"]);

export const SpotCheckRow = z.object({
  id: AnyId,
  title: z.string(),
  basis: z.string(),
  item: z.string(),
  itemTitle: z.string(),
  month: Month,
  seed: z.string(),
  population: z.int(),
  populationSha256: z.string(),
  drawn: z.int(),
  drawnAt: z.string(),
  drawnBy: z.string(),
  /** Of the households in the reader's scope. */
  waiting: z.int(),
  problems: z.int(),
  open: z.int(),
  late: z.int(),
  amountFen: AmountFen,
});
export const SpotCheckList = z.object({
  rows: z.array(SpotCheckRow),
  items: z.array(z.object({ code: z.string(), title: z.string() })),
  can: z.object({ draw: z.boolean() }),
});
export const SpotCheckPage = SpotCheckRow.extend({
  households: z.array(
    z.object({
      entitlementId: AnyId,
      seq: z.int(),
      item: z.string(),
      itemTitle: z.string(),
      divisionCode: z.string(),
      divisionName: z.string(),
      payeeId: AnyId,
      payee: z.string(),
      paidFen: AmountFen,
      state: State,
      stateLabel: z.string(),
      rectifyBy: IsoDate.nullable(),
      late: z.boolean(),
      acts: z.array(
        z.object({
          id: AnyId,
          kind: Act,
          kindLabel: z.string(),
          homeOk: z.boolean().nullable(),
          fileOk: z.boolean().nullable(),
          accountOk: z.boolean().nullable(),
          amountFen: AmountFen.nullable(),
          words: z.string(),
          rectifyBy: IsoDate.nullable(),
          actedOn: IsoDate,
          by: z.string(),
        }),
      ),
      /** What the reader may do with it now. */
      can: z.array(Act),
    }),
  ),
  can: z.object({ redraw: z.boolean() }),
}).meta({ id: "SpotCheckPage" });

export const DrawSpotCheck = z.object({
  id: Id,
  title: z.string().trim().min(2, "请写抽查的名称。").max(60),
  basis: z.string().trim().max(120).default(""),
  item: z.string().max(60),
  month: Month,
  size: z.int().min(1, "至少抽 1 户。").max(2000, "一次最多抽 2000 户。"),
  seed: z
    .string()
    .trim()
    .max(120)
    .refine((s) => s === "" || s.length >= 8, "种子至少 8 个字符，或留空由系统产生。")
    .default(""),
});
const words = z.string().trim().max(500).default("");
export const SpotCheckAct = z.discriminatedUnion("kind", [
  z.object({
    ...{ id: Id, kind: z.literal("looked"), words, on: IsoDate },
    ...{ homeOk: z.boolean(), fileOk: z.boolean(), accountOk: z.boolean() },
    amountFen: AmountFen.nonnegative("金额不能小于零。"),
  }),
  z.object({ id: Id, kind: z.literal("confirmed"), words, rectifyBy: IsoDate }),
  z.object({ id: Id, kind: z.literal("rectified"), words, on: IsoDate }),
  z.object({ id: Id, kind: z.enum(["returned", "accepted", "reopened", "transferred"]), words }),
]);
export const Redrawn = z.object({ same: z.boolean(), population: z.int(), drawn: z.int(), text: z.string() });
