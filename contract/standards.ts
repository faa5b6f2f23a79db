/** Dated standards, their versions and effects, and the rules that read them. */
import type { Citation } from "@wuxin/declare";
import { z } from "zod";
import { AmountFen, AnyId, declared, Id, IsoDate, Month, System } from "./common.ts";
import { Causes, RuleVersionRow } from "./rule-versions.ts";

const ValueType = z.enum(["money", "integer", "number", "boolean", "text", "date"]);
export const ByName = z.object({ name: z.string().min(1).max(100) });

export const StandardVersion = z.object({
  since: IsoDate,
  /** First month in which it holds: a standard that starts in mid-month holds from the next. */
  firstMonth: Month,
  until: IsoDate.nullable(),
  values: z.array(
    z.object({
      key: z.array(z.string()),
      label: z.string(),
      text: z.string(),
      /** Digits in the standard's own unit. */
      printed: z.string(),
      /** 分 for money; null where it is no number. */
      figure: z.number().nullable(),
    }),
  ),
  document: z.string().nullable(),
  note: z.string().nullable(),
  unverified: z.boolean(),
  origin: z.enum(["national", "county", "officer"]),
  state: z.enum(["past", "now", "next"]),
});
export const StandardRow = z.object({
  name: z.string(),
  label: z.string(),
  type: ValueType,
  unit: z.string().nullable(),
  group: z.enum(["money", "other"]),
  current: StandardVersion.nullable(),
  next: StandardVersion.nullable(),
  /** Versions entered and not yet approved. */
  pending: z.int(),
  /** In words, where it is a multiple of another. */
  derived: z.string().nullable(),
  readers: z.array(z.object({ kind: z.enum(["item", "register"]), code: z.string(), title: z.string() })),
});

/** 动态调标: what a standard should be, now that what it follows has changed. */
export const GrowthProposal = z.object({
  standard: z.string(),
  label: z.string(),
  since: IsoDate,
  values: z.array(z.object({ key: z.array(z.string()), text: z.string(), before: z.string() })),
  told: z.string(),
  document: z.string(),
  unverified: z.boolean(),
  /** Somebody said no to this working. */
  refused: z.object({ reason: z.string(), by: z.string(), on: IsoDate }).nullable(),
});
export const RefuseGrowth = z.object({
  id: Id,
  working: z.string().min(1).max(4000),
  reason: z.string().trim().min(2, "请写明不调的理由，至少 2 个字。").max(500),
});

const StandardValue = z.object({
  key: z.array(z.string().max(60)).max(4),
  text: z.string().trim().max(60),
  unit: z.string().max(12).nullable(),
});
export const Proposal = z.object({
  id: AnyId,
  parameter: z.string(),
  since: IsoDate,
  firstMonth: Month,
  form: z.enum(["amount", "multiple"]),
  values: z.array(StandardValue.extend({ label: z.string() })),
  multiple: z.object({ from: z.string(), times: z.string(), round: z.string() }).nullable(),
  text: z.string(),
  document: z.string(),
  note: z.string().nullable(),
  corrects: z.boolean(),
  state: z.enum(["draft", "submitted", "active", "withdrawn", "replaced"]),
  stateLabel: z.string(),
  enteredBy: z.string(),
  enteredAt: z.string(),
  steps: z.array(
    z.object({
      step: z.string(),
      label: z.string(),
      by: z.string(),
      at: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  can: z.object({ submit: z.boolean(), approve: z.boolean(), withdraw: z.boolean() }),
  whyNotApprove: z.string().nullable(),
});
export const StandardPage = StandardRow.extend({
  reference: z.string().nullable(),
  lastReview: IsoDate.nullable(),
  versions: z.array(StandardVersion),
  /** What a new version must give. */
  shape: z.object({
    keys: z.array(z.object({ key: z.array(z.string()), label: z.string() })),
    units: z.array(z.string()),
    choices: z.array(z.string()).nullable(),
    multiple: z.object({ from: z.string(), times: z.string(), round: z.string().nullable() }).nullable(),
    roundings: z.array(z.string()),
  }),
  /** Newest first. */
  history: z.array(Proposal),
  usedBy: z.array(
    z.object({
      item: z.string(),
      itemTitle: z.string(),
      variable: z.string(),
      formula: z.string(),
      article: z.string().nullable(),
    }),
  ),
  canPropose: z.boolean(),
}).meta({ id: "StandardPage" });

const Entered = z.object({
  since: IsoDate,
  form: z.enum(["amount", "multiple"]).default("amount"),
  values: z.array(StandardValue).max(60).default([]),
  multiple: z
    .object({ times: z.string().trim().max(10), round: z.string().max(20) })
    .nullable()
    .default(null),
  note: z.string().trim().max(1000).nullable().default(null),
  /** Takes the place of the version of the same day. */
  corrects: z.boolean().default(false),
});
export const ProposeInput = Entered.extend({
  id: Id,
  document: z.string().trim().min(2, "请填写文号或文件名称。").max(200),
});
export const PreviewInput = Entered.extend({ month: Month.optional() });
/** Of one row of a preview: its decision before and after. */
export const ExplainInput = PreviewInput.extend({
  of: z.object({ kind: z.enum(["entitlement", "case"]), id: AnyId }),
});

const Tally = z.object({
  households: z.int(),
  gain: z.int(),
  lose: z.int(),
  leave: z.int(),
  enter: z.int(),
  same: z.int(),
  unknown: z.int(),
  beforeFen: AmountFen,
  afterFen: AmountFen,
  /** A month, of those who would newly qualify; not in `afterFen`. */
  enterFen: AmountFen,
  monthlyFen: AmountFen,
  yearlyFen: AmountFen,
});
const MonthCost = z.object({
  /** Whose amount is another. */
  households: z.int(),
  beforeFen: AmountFen,
  afterFen: AmountFen,
  differenceFen: AmountFen,
});
export const Preview = z
  .object({
    name: z.string(),
    since: IsoDate,
    firstMonth: Month,
    /** What to look at twice. */
    notes: z.array(z.string()),
    /** The month whose rules were run. */
    month: Month,
    items: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        versionBefore: z.string(),
        versionAfter: z.string(),
      }),
    ),
    total: Tally,
    /** Households whose amount in force is not what the present rules give. */
    outOfStep: z.int(),
    townships: z.array(Tally.extend({ code: z.string(), name: z.string() })),
    /** Past months that would be paid after. */
    back: z.array(z.object({ month: Month, households: z.int(), amountFen: AmountFen })),
    /** By month and township: past months first, then twelve ahead. */
    months: z.array(
      MonthCost.extend({
        month: Month,
        past: z.boolean(),
        townships: z.array(MonthCost.extend({ code: z.string(), name: z.string() })),
      }),
    ),
    backFen: AmountFen,
    backUncountedMonths: z.int(),
    /** Everybody whom it moves, the largest difference first; names masked. */
    rows: z.array(
      z.object({
        item: z.string(),
        itemTitle: z.string(),
        id: AnyId,
        kind: z.enum(["entitlement", "case"]),
        name: z.string(),
        townshipCode: z.string(),
        divisionName: z.string(),
        change: z.enum(["gain", "lose", "leave", "enter", "same", "unknown"]),
        beforeFen: AmountFen.nullable(),
        afterFen: AmountFen.nullable(),
        paidFen: AmountFen.nullable(),
      }),
    ),
    rowsLeft: z.int(),
    tookMs: z.int(),
  })
  .meta({ id: "StandardPreview" });

/** A draft of rules on the households that draw: no notes, and what explains each row. */
export const RuleTrial = Preview.omit({ name: true, since: true, firstMonth: true, notes: true })
  .extend(Causes.shape)
  .meta({ id: "RuleTrial" });

export const RuleSetRow = z.object({
  item: z.string(),
  title: z.string(),
  system: System,
  version: z.string(),
  variables: z.int(),
  inputs: z.int(),
  parameters: z.int(),
  examples: z.int(),
  failing: z.int(),
  gaps: z.int(),
  /** The county's own text holds in the place of the file. */
  rewritten: z.boolean(),
});
const Entity = z.enum(["家庭", "成员"]);
export const RuleSetPage = z
  .object({
    item: z.string(),
    title: z.string(),
    system: System,
    version: z.string(),
    month: Month,
    basis: declared<readonly Citation[]>(),
    outcome: z.array(z.string()),
    rewritten: z.boolean(),
    /** Versions that the county has written, newest first. */
    history: z.array(RuleVersionRow),
    variables: z.array(
      z.object({
        name: z.string(),
        code: z.string(),
        label: z.string(),
        entity: Entity,
        type: ValueType,
        unit: z.string().nullable(),
        article: z.string().nullable(),
        description: z.string().nullable(),
        rounding: z.string().nullable(),
        versions: z.array(z.object({ since: IsoDate, text: z.string(), now: z.boolean() })),
        uses: z.array(z.object({ name: z.string(), kind: z.enum(["variable", "parameter", "fact"]) })),
        usedBy: z.array(z.string()),
      }),
    ),
    inputs: z.array(
      z.object({
        name: z.string(),
        entity: Entity,
        type: ValueType,
        unit: z.string().nullable(),
        question: z.string().nullable(),
        article: z.string().nullable(),
        material: z.string().nullable(),
        usedBy: z.array(z.string()),
      }),
    ),
    parameters: z.array(
      z.object({
        name: z.string(),
        text: z.string(),
        since: IsoDate.nullable(),
        document: z.string().nullable(),
        unverified: z.boolean(),
        usedBy: z.array(z.string()),
      }),
    ),
    examples: z.array(
      z.object({
        name: z.string(),
        ok: z.boolean(),
        problems: z.array(z.string()),
        month: z.string().nullable(),
        given: z.array(z.string()),
        expected: z.array(z.string()),
      }),
    ),
    coverage: z.object({
      from: Month,
      to: Month,
      months: z.array(z.object({ month: Month, gaps: z.int() })),
      problems: z.array(z.string()),
    }),
  })
  .meta({ id: "RuleSetPage" });
