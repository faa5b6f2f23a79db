/** Matters on supervision (督办事项) that no plan names, beside the targets that are urged. */
import { z } from "zod";
import { AnyId, Id, IsoDate } from "./common.ts";

export const MATTER_SOURCES = ["meeting", "instruction", "hotline", "petition", "register"] as const;
const ACTS = ["urged", "reported", "returned", "closed", "praised", "criticised"] as const;
const Brief = z.object({
  id: AnyId,
  source: z.enum([...MATTER_SOURCES, "return"]),
  sourceText: z.string(),
  sourceOn: IsoDate,
  register: z.string().nullable(),
  entryId: AnyId.nullable(),
  lineId: AnyId.nullable(),
  /** Of a look (帮扶回访) that is late. */
  householdId: AnyId.nullable(),
  from: z.string(),
  title: z.string(),
  demand: z.string(),
  owner: z.string(),
  divisionName: z.string().nullable(),
  dueOn: IsoDate,
  state: z.enum(["open", "reported", "closed"]),
  stateText: z.string(),
  /** The place where it was found says that it put it right. */
  rectified: z.boolean(),
  /** Why it was sent back last. */
  returned: z.string().nullable(),
  late: z.boolean(),
  level: z.enum(["township", "county", "leader"]),
  raisedTo: z.string().nullable(),
});
export const MatterPage = Brief.extend({
  madeAt: z.string(),
  madeByName: z.string(),
  closedOn: IsoDate.nullable(),
  history: z.array(
    z.object({
      id: AnyId,
      label: z.string(),
      text: z.string(),
      at: z.string(),
      by: z.string(),
      photos: z.array(AnyId),
    }),
  ),
  can: z.array(z.enum(ACTS)),
});
export const MatterQuery = z.object({ show: z.enum(["open", "closed"]).optional() });
export const MatterList = z.object({
  rows: z.array(Brief),
  /** Targets of plans that are urged and not settled. */
  targets: z.array(
    z.object({
      planId: AnyId,
      targetId: AnyId,
      object: z.string(),
      owner: z.string().nullable(),
      until: IsoDate,
      late: z.boolean(),
      raised: z.boolean(),
    }),
  ),
  raiseAfterDays: z.int(),
});
export const MattersOfEntry = z.object({ rows: z.array(Brief) });
const words = z.string().max(2000);
export const OpenMatter = z.object({
  id: Id,
  source: z.enum(MATTER_SOURCES),
  sourceText: z.string().max(200),
  sourceOn: IsoDate,
  register: z.string().max(100).optional(),
  entryId: AnyId.optional(),
  lineId: AnyId.optional(),
  title: z.string().max(200),
  demand: words,
  owner: z.string().max(100),
  divisionCode: z.string().max(12).optional(),
  dueOn: IsoDate,
});
export const MatterActRequest = z.object({
  id: Id,
  kind: z.enum(ACTS),
  note: words,
  files: z.array(AnyId).max(20).optional(),
  /** Pressed as the second look at what the place put right. */
  looked: z.boolean().optional(),
});
