/** 死亡登记共享: what is given back to departments, by two people, and what came back of it. */
import { z } from "zod";
import { AnyId, IsoDate } from "./common.ts";

const DeathListHead = z.object({
  id: AnyId,
  code: z.string(),
  department: z.string(),
  departmentName: z.string(),
  untilOn: IsoDate,
  persons: z.int(),
  draftedAt: z.string(),
  draftedByName: z.string(),
  confirmedAt: z.string().nullable(),
  confirmedByName: z.string().nullable(),
  receivedAt: z.string().nullable(),
  received: z.int().nullable(),
  note: z.string().nullable(),
  /** Rows that the department says are otherwise; of them not looked into yet. */
  differing: z.int(),
  open: z.int(),
  state: z.enum(["draft", "given", "received"]),
  stateText: z.string(),
  can: z.object({ confirm: z.boolean(), drop: z.boolean() }),
});
export const DeathLists = z
  .object({
    kinds: z.array(
      z.object({
        code: z.string(),
        department: z.string(),
        departmentName: z.string(),
        purpose: z.string(),
        basis: z.string(),
        columns: z.array(z.string()),
        /** On record and not given yet. */
        waiting: z.int(),
        dueOn: IsoDate.nullable(),
        drafted: z.boolean(),
      }),
    ),
    lists: z.array(DeathListHead),
  })
  .meta({ id: "DeathLists" });
export const DeathListPage = DeathListHead.extend({
  purpose: z.string(),
  basis: z.string(),
  rows: z.array(
    z.object({
      line: z.int(),
      personId: AnyId,
      nameMasked: z.string(),
      diedOn: IsoDate,
      source: z.string(),
      place: z.string(),
      differs: z.string().nullable(),
      handled: z.string().nullable(),
      handledOn: IsoDate.nullable(),
      handledBy: z.string().nullable(),
    }),
  ),
}).meta({ id: "DeathListPage" });
export const HandleDifference = z.object({ line: z.int().min(1), note: z.string().max(1000) });
