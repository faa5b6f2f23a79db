/** 物价联动: the index of a month, what the rules say of it, whom it reaches. */
import { z } from "zod";
import { AmountFen, AnyId, Id, Month } from "./common.ts";

const Tally = z.object({
  households: z.int(),
  persons: z.int(),
  amountFen: AmountFen,
  /** Of which nobody knows whether town or country. */
  unknown: z.int(),
});
const Index = z.object({ name: z.string(), label: z.string(), help: z.string() });
const LinkageRow = z.object({
  id: AnyId,
  month: Month,
  /** In percent. */
  values: z.record(z.string(), z.number()),
  source: z.string(),
  starts: z.boolean(),
  state: z.enum(["idle", "proposed", "confirmed", "dismissed", "replaced"]),
  stateLabel: z.string(),
  enteredBy: z.string(),
  enteredAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  note: z.string().nullable(),
  households: z.int().nullable(),
  persons: z.int().nullable(),
  amountFen: AmountFen.nullable(),
  /** Waits for the reader's word. */
  mine: z.boolean(),
});
export const Linkages = z.array(
  z.object({
    code: z.string(),
    title: z.string(),
    index: z.array(Index),
    basis: z.array(z.string()),
    unverified: z.boolean(),
    months: z.array(LinkageRow),
    canEnter: z.boolean(),
  }),
);
export const LinkagePage = LinkageRow.extend({
  linkage: z.string(),
  title: z.string(),
  index: z.array(Index),
  rates: z.array(z.object({ areaClass: z.string(), class: z.string(), fen: AmountFen })),
  told: z.array(z.object({ areaClass: z.string(), lines: z.array(z.string()) })),
  ruleVersion: z.string(),
  total: Tally,
  townships: z.array(Tally.extend({ code: z.string(), name: z.string() })),
  classes: z.array(Tally.extend({ name: z.string() })),
  whyNot: z.string().nullable(),
  can: z.object({ decide: z.boolean() }),
}).meta({ id: "LinkagePage" });
export const EnterIndex = z.object({
  id: Id,
  month: Month,
  values: z.record(z.string().max(60), z.number()),
  source: z.string().trim().min(2, "请写明数据出自哪份公报或文件。").max(200),
});
export const ConfirmLinkage = z.object({
  note: z.string().trim().max(500).default(""),
  /** What was seen: when it is other by now, nothing is done. */
  persons: z.int(),
  amountFen: AmountFen,
});
export const DismissLinkage = z.object({ reason: z.string().trim().min(2, "请写明不发放的理由。").max(500) });
