import type {
  ApplicationForm,
  Citation,
  Field,
  FlowDefinition,
  ItemDefinition,
  RegisterDefinition,
} from "@wuxin/declare";
import { z } from "zod";
import {
  AmountFen,
  AnyId,
  Clock,
  CountyCode,
  DivisionCode,
  declared,
  IsoDate,
  Scalar,
  System,
} from "./common.ts";

export const CountyBrief = z.object({ code: CountyCode, name: z.string(), fullName: z.string() });
export const County = CountyBrief.extend({
  bureauName: z.string(),
  localAppName: z.string().nullable(),
  switches: z.record(z.string(), Scalar),
  demo: z.boolean(),
  today: IsoDate,
  /** Registers with public fields, for listPublicRegister. */
  publicRegisters: z.array(z.object({ code: z.string(), title: z.string() })).optional(),
});
export const Division = z.object({
  code: DivisionCode,
  name: z.string(),
  level: z.enum(["county", "township", "village"]),
  parentCode: DivisionCode.nullable(),
});
/** The boundaries of a county's townships or a township's villages, ready to draw; null where the county gave none. */
export const Outline = z
  .object({
    source: z.string(),
    /** Invented, not surveyed. */
    sketch: z.boolean(),
    areas: z.array(
      z.object({
        code: DivisionCode,
        path: z.string(),
        label: z.object({ x: z.int(), y: z.int(), width: z.int() }),
        /** left, top, right, bottom */
        box: z.tuple([z.int(), z.int(), z.int(), z.int()]),
      }),
    ),
  })
  .nullable();
export const ItemBrief = z.object({
  code: z.string(),
  title: z.string(),
  shortTitle: z.string(),
  system: System,
  subject: z.enum(["household", "person"]),
  lifeEvents: z.array(z.string()),
  what: z.string(),
  selfCheck: z.boolean(),
  /** Lists or rules find who is entitled to it and does not draw it: 政策找人. */
  findsPeople: z.boolean(),
});
/** One question of the self-check, generated from the rule set's inputs. */
export const Question = z.object({
  fact: z.string(),
  entity: z.enum(["household", "member"]),
  question: z.string(),
  help: z.string().nullable(),
  type: z.enum(["money", "integer", "boolean", "choice", "date", "text"]),
  unit: z.string().nullable(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
});
export const Item = ItemBrief.extend({
  basis: declared<readonly Citation[]>(),
  guide: declared<ItemDefinition["guide"]>(),
  form: declared<ApplicationForm>(),
  flow: declared<Pick<FlowDefinition, "states" | "steps">>(),
  standards: z.array(
    z.object({
      name: z.string(),
      text: z.string(),
      document: z.string().nullable(),
      since: IsoDate,
      unverified: z.boolean(),
    }),
  ),
  questions: z.array(Question),
});
export const SelfCheckInput = z.object({
  household: z.record(z.string(), Scalar),
  members: z.array(z.record(z.string(), Scalar)).min(1, "请至少填写一位家庭成员。").max(30),
});
/** A decision page that a resident understands; the same shape is stored with each decision. */
export const ExplainedUse = z.object({
  kind: z.enum(["fact", "parameter", "variable"]),
  name: z.string(),
  member: z.string().nullable(),
  text: z.string(),
  source: z.string().nullable(),
  date: IsoDate.nullable(),
  document: z.string().nullable(),
  since: IsoDate.nullable(),
  unverified: z.boolean(),
});
export const ExplainedStep = z.object({
  variable: z.string(),
  member: z.string().nullable(),
  text: z.string(),
  formula: z.string(),
  article: z.string(),
  uses: z.array(ExplainedUse),
  failed: z.string().nullable(),
  known: z.boolean(),
});
export const Explanation = z
  .object({
    conclusion: z.string(),
    eligible: z.boolean().nullable(),
    amountFen: AmountFen.nullable(),
    persons: z.int().nullable(),
    month: z.string(),
    ruleVersion: z.string(),
    highlights: z.array(z.object({ label: z.string(), text: z.string() })),
    steps: z.array(ExplainedStep),
    missing: z.array(z.object({ fact: z.string(), member: z.string().nullable(), question: z.string() })),
    /** What would change it: 人均收入再低 86 元即可享受. */
    counterfactual: z.string().nullable(),
    alsoRecognised: z.array(z.string()),
  })
  .meta({ id: "Explanation" });
export const SelfCheckResult = z.object({
  explanation: Explanation,
  bring: z.array(z.string()),
  howLong: z.string(),
  decidedBy: z.string(),
});

/** 我能享受什么: every benefit on the same answers. */
export const WholeCheckInput = z.object({
  household: z.record(z.string().max(60), Scalar),
  members: z
    .array(z.object({ relation: z.string().max(40), facts: z.record(z.string().max(60), Scalar) }))
    .min(1, "请至少填写一位家庭成员。")
    .max(12, "一次最多看 12 位家人。"),
  unsure: z.array(z.string().max(60)).max(200).default([]),
});
export const WholeCheckResult = z
  .object({
    benefits: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        /** `later`: once what else this check finds is recognised. */
        state: z.enum(["yes", "later", "maybe", "no"]),
        amountFen: AmountFen.nullable(),
        /** Paid once, not by the month. */
        once: z.boolean(),
        /** Places in the list of people; empty for the household. */
        people: z.array(z.int()),
        why: z.string(),
        missing: z.array(z.string()),
        /** It can be applied for here. */
        item: z.boolean(),
        what: z.string(),
        bring: z.array(z.string()),
        howLong: z.string(),
        decidedBy: z.string(),
        note: z.string().nullable(),
      }),
    ),
    questions: z.array(Question),
    next: z.object({ fact: z.string(), people: z.array(z.int()) }).nullable(),
    /** Benefits that are not settled. */
    open: z.int(),
  })
  .meta({ id: "WholeCheckResult" });

/** Only the lawful fields; taken down by itself after `toDate`. */
export const PublicityNotice = z.object({
  id: AnyId,
  title: z.string(),
  itemTitle: z.string(),
  divisionName: z.string(),
  fromDate: IsoDate,
  toDate: IsoDate,
  rows: z.array(z.object({ label: z.string(), text: z.string() })),
  acceptsObjections: z.boolean(),
  article: z.string(),
});
/** Whom a roster paid, as far as the law says it; names of one township at a time. */
export const RosterNotice = z.object({
  id: AnyId,
  title: z.string(),
  itemTitle: z.string(),
  fromDate: IsoDate,
  toDate: IsoDate,
  article: z.string(),
  total: z.int().nullable(),
  rows: z.array(
    z.object({
      no: z.int(),
      name: z.string(),
      persons: z.int(),
      amountFen: AmountFen,
      divisionName: z.string(),
    }),
  ),
});
export const ObjectionInput = z.object({
  id: AnyId,
  name: z.string().trim().min(1, "请填写您的姓名。").max(50),
  phone: z.string().max(20),
  text: z.string().trim().min(5, "请写明异议的内容，至少 5 个字。").max(2000),
});
export const TrackInput = z.object({
  number: z.string().trim().min(1, "请填写受理编号。").max(60),
  idTail: z
    .string()
    .trim()
    .regex(/^[\dXx]{6}$/, "请填写申请人身份证号码的后 6 位。"),
});
export const TrackResult = z.object({
  number: z.string(),
  itemTitle: z.string(),
  stateLabel: z.string(),
  explain: z.string(),
  submittedOn: IsoDate,
  steps: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      status: z.enum(["done", "now", "next", "skipped"]),
      on: IsoDate.nullable(),
    }),
  ),
  clock: Clock.nullable(),
});
export const PublicRegister = z.object({
  title: z.string(),
  fields: declared<readonly Field[]>(),
  rows: z.array(z.record(z.string(), Scalar)),
});
export type RegisterShape = RegisterDefinition;
