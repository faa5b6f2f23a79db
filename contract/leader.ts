/** The leader's page: the state of each system, what is late and where, plan lights, money, what has to be decided. */
import { z } from "zod";
import { AmountFen, AnyId, IsoDate, Month, System } from "./common.ts";

const Light = z.enum(["done", "green", "yellow", "red", "unknown"]);
const Figure = z.object({
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  kind: z.enum(["stock", "flow"]),
  share: z.boolean(),
  decimals: z.int(),
  value: z.number().nullable(),
  /** Last month as frozen; null where it was not frozen. */
  frozen: z.number().nullable(),
  series: z.array(z.number().nullable()),
});
const Jump = z.object({
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  decimals: z.int(),
  value: z.number().nullable(),
  percent: z.number(),
  explanation: z.string().nullable(),
});
const Late = z.object({ cases: z.int(), clues: z.int(), visits: z.int(), matters: z.int() });
export const LeaderTarget = z.object({
  id: AnyId,
  planId: AnyId,
  planTitle: z.string(),
  object: z.string(),
  aimText: z.string(),
  nowText: z.string(),
  due: IsoDate,
  light: Light,
  lightText: z.string(),
  reason: z.string(),
  owner: z.string().nullable(),
  urgedLate: z.boolean(),
});
export const LeaderPage = z.object({
  today: IsoDate,
  at: z.string(),
  month: Month,
  lastMonth: Month,
  /** Newest snapshot, and how many hours old it is (看板数据时效). */
  frozen: z.object({ month: Month, at: z.string(), hours: z.int() }).nullable(),
  systems: z.array(
    z.object({
      system: System,
      figures: z.array(Figure),
      jumps: z.array(Jump),
      /** Cases and visits of this system that are past their day. */
      late: z.int(),
    }),
  ),
  late: z.object({
    total: Late,
    places: z.array(Late.extend({ code: z.string(), name: z.string() })),
  }),
  plans: z.object({
    titles: z.array(z.object({ id: AnyId, title: z.string() })),
    lights: z.record(Light, z.int()),
    /** Red before yellow; the latest due last. */
    behind: z.array(LeaderTarget),
    urged: z.int(),
  }),
  /** Matters on supervision and urged targets that were so late that they came up to the leader, the longest late first. */
  raised: z.array(z.object({ title: z.string(), owner: z.string(), dueOn: IsoDate, link: z.string() })),
  money: z.object({
    year: z.int(),
    paidFen: AmountFen,
    neededFen: AmountFen,
    availableFen: AmountFen,
    runsOut: Month.nullable(),
    short: z.boolean(),
    text: z.string(),
  }),
  decisions: z.array(z.object({ title: z.string(), text: z.string(), link: z.string() })),
});
