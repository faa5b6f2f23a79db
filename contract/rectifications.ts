/** 整改通知单: what a township must put right, by when, what it answered, whether the county took it. */
import type { Field } from "@wuxin/declare";
import { z } from "zod";
import {
  Act,
  AnyId,
  DivisionCode,
  declared,
  Id,
  IsoDate,
  Month,
  Page,
  proceedings,
  Values,
} from "./common.ts";

const Row = z.object({
  id: AnyId,
  number: z.string(),
  divisionCode: DivisionCode,
  divisionName: z.string(),
  month: Month,
  problem: z.string(),
  demand: z.string(),
  /** How the township stood when it was issued. */
  figures: z.array(z.object({ label: z.string(), value: z.string() })),
  issuedOn: IsoDate,
  issuedByName: z.string(),
  dueOn: IsoDate,
  late: z.boolean(),
  state: z.enum(["issued", "answered", "accepted", "withdrawn"]),
  stateLabel: z.string(),
  version: z.int(),
  returned: z.int(),
  answeredOn: IsoDate.nullable(),
  closedOn: IsoDate.nullable(),
});
export const RectificationQuery = Page.extend({ division: DivisionCode.optional() });
export const Rectifications = z
  .object({
    rows: z.array(Row),
    total: z.int(),
    /** What issuing one asks. */
    issueFields: z.array(declared<Field>()),
  })
  .meta({ id: "Rectifications" });
export const IssueRectification = z.object({
  id: Id,
  divisionCode: DivisionCode,
  month: Month,
  data: Values,
});
export const ActOnRectification = Act;
export const RectificationPage = Row.extend({
  ...proceedings,
}).meta({ id: "RectificationPage" });
