/** 帮扶措施 of a household, by which department, what came of it, and the looks afterwards. */
import type { Field } from "@wuxin/declare";
import { z } from "zod";
import { AmountFen, AnyId, declared, Id, IsoDate, proceedings, Values } from "./common.ts";

const Line = z.object({ label: z.string(), text: z.string() });
const Step = z.object({
  action: z.enum(["plan", "answer", "finish", "stop", "return", "decide"]),
  label: z.string(),
  /** The measure, or the look that is decided about. */
  of: AnyId.nullable(),
  fields: z.array(declared<Field>()),
});
export const Measures = z
  .object({
    risk: z.object({
      label: z.string(),
      tone: z.enum(["none", "open", "late", "good", "bad"]),
      dueOn: IsoDate.nullable(),
    }),
    measures: z.array(
      z.object({
        id: AnyId,
        number: z.string(),
        kindLabel: z.string(),
        stageLabel: z.string(),
        department: z.string(),
        service: z.string(),
        effect: z.string(),
        amountFen: AmountFen.nullable(),
        each: z.enum(["once", "month"]).nullable(),
        startsOn: IsoDate,
        endsOn: IsoDate.nullable(),
        state: z.enum(["planned", "in-force", "done", "failed"]),
        stateLabel: z.string(),
        version: z.int(),
        late: z.boolean(),
        answerDueOn: IsoDate,
        inForceOn: IsoDate.nullable(),
        closedOn: IsoDate.nullable(),
        plannedByName: z.string(),
        history: proceedings.history,
        actions: z.array(Step),
      }),
    ),
    returns: z.array(
      z.object({
        id: AnyId,
        dueOn: IsoDate,
        onDate: IsoDate,
        by: z.string(),
        visitId: AnyId.nullable(),
        riskLabel: z.string(),
        lines: z.array(Line),
        photos: z.array(AnyId),
        decideDueOn: IsoDate.nullable(),
        decision: z
          .object({ label: z.string(), on: z.string(), by: z.string(), note: z.string() })
          .nullable(),
      }),
    ),
    actions: z.array(Step),
  })
  .meta({ id: "Measures" });
export const ActOnMeasures = z.object({
  id: Id,
  action: Step.shape.action,
  of: AnyId.optional(),
  version: z.int().optional(),
  data: Values,
});
