/** What stands on the desk of a department's contact or of an institution. */
import type { Field } from "@wuxin/declare";
import { z } from "zod";
import { AnyId, declared, Id, IsoDate, Values } from "./common.ts";

export const PartyLine = z.object({ label: z.string(), text: z.string() });
const Lines = z.array(PartyLine);
export const PartyHead = z.object({
  id: AnyId,
  title: z.string(),
  kindLabel: z.string(),
  state: z.enum(["waiting", "shared", "done"]),
  stateLabel: z.string(),
  dueOn: IsoDate.nullable(),
  late: z.boolean(),
  sharedAt: z.string(),
  changedAt: z.string(),
});
export const PartyDesk = z.object({ party: z.string(), rows: z.array(PartyHead) }).meta({ id: "PartyDesk" });
export const PartyReply = z.object({
  id: AnyId,
  at: z.string(),
  by: z.string(),
  label: z.string(),
  lines: Lines,
  files: z.array(AnyId),
  state: z.enum(["taken", "refused", "waiting"]),
  refused: z.string().nullable(),
});
export const PartyItem = PartyHead.extend({
  version: z.int(),
  /** What it may be used for, and the article that lets it. */
  purpose: z.string(),
  basis: z.string(),
  lines: Lines,
  chapters: z.array(z.object({ title: z.string(), lines: Lines })),
  actions: z.array(
    z.object({
      action: z.string(),
      label: z.string(),
      fields: z.array(declared<Field>()),
      note: z.string().optional(),
    }),
  ),
  /** Somebody's name and number can be asked for, on record. */
  identity: z.boolean(),
  /** The name of a file that lies ready. */
  file: z.string().nullable(),
  /** A data file is expected here. */
  feed: z.string().nullable(),
  replies: z.array(PartyReply),
}).meta({ id: "PartyItem" });
export const ReplyPartyItem = z.object({ id: Id, action: z.string().max(60), data: Values });
export const PartyChoice = z.object({
  party: z.string(),
  name: z.string(),
  kind: z.enum(["department", "institution"]),
});

/** For the house: which parties were told of an entry, how they stand, what they answered; and how its feed stands. */
export const GivenOf = z.object({
  standing: Lines,
  given: z.array(
    z.object({
      id: AnyId,
      party: z.string(),
      /** Somebody of it can log in. */
      account: z.boolean(),
      state: PartyHead.shape.state,
      stateLabel: z.string(),
      dueOn: IsoDate.nullable(),
      late: z.boolean(),
      replies: z.array(PartyReply),
    }),
  ),
});
