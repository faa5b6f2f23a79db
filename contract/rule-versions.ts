/** An item's rules as a county rewrites them: text, what the loader says, trial, steps. */
import { z } from "zod";
import { AmountFen, AnyId, Id, IsoDate, Month } from "./common.ts";

const Trial = z.object({
  month: Month,
  examples: z.int(),
  changed: z.array(z.string()),
  households: z.int(),
  gain: z.int(),
  lose: z.int(),
  leave: z.int(),
  enter: z.int(),
  unknown: z.int(),
  beforeFen: AmountFen,
  afterFen: AmountFen,
  unexplained: z.int(),
});
export const RuleVersionRow = z.object({
  id: AnyId,
  item: z.string(),
  fromMonth: Month,
  document: z.string(),
  note: z.string(),
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
      trial: Trial.nullable(),
    }),
  ),
});
const LARGEST = 200_000;
const Texts = z.object({
  rules: z.string().min(1).max(LARGEST),
  parameters: z.string().max(LARGEST),
  examples: z.string().max(LARGEST),
});
export const RuleProblem = z.object({
  file: z.string(),
  /** From 1; 0 where there is no single place. */
  line: z.int(),
  column: z.int(),
  message: z.string(),
  mend: z.string(),
});
export const RuleCheck = z
  .object({
    /** Null while it does not load. */
    version: z.string().nullable(),
    problems: z.array(RuleProblem),
    examples: z.array(z.object({ name: z.string(), ok: z.boolean(), problems: z.array(z.string()) })),
    /** What may stand in a formula. */
    names: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(["fact", "variable", "parameter"]),
        entity: z.enum(["家庭", "成员"]).nullable(),
        type: z.string(),
        unit: z.string().nullable(),
        parts: z.array(z.string()),
      }),
    ),
    changes: z.array(
      z.object({
        name: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
        article: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "RuleCheck" });
export const RuleVersionPage = RuleVersionRow.extend({
  title: z.string(),
  /** Of the text: a save names the one that it changes. */
  seq: z.int(),
  savedAt: z.string(),
  texts: Texts,
  /** In force without it. */
  before: Texts,
  /** False: the rules were changed by somebody else since. */
  standing: z.boolean(),
  check: RuleCheck,
  /** What a formula may call, as an author writes it. */
  functions: z.array(z.object({ name: z.string(), use: z.string(), does: z.string() })),
  can: z.object({
    save: z.boolean(),
    submit: z.boolean(),
    return: z.boolean(),
    approve: z.boolean(),
    withdraw: z.boolean(),
  }),
  whyNotApprove: z.string().nullable(),
}).meta({ id: "RuleVersionPage" });

export const BeginRules = z.object({ id: Id, fromMonth: Month, of: AnyId.nullable().default(null) });
export const CheckRules = Texts.extend({ fromMonth: Month });
export const SaveRules = CheckRules.extend({
  seq: z.int().positive(),
  document: z.string().trim().max(200),
  note: z.string().trim().max(1000),
});
export const Reason = z.object({ reason: z.string().trim().min(2, "请写明原因。").max(500) });
export const Opinion = z.object({ reason: z.string().trim().max(500).default("") });

const Side = z.object({
  text: z.string(),
  formula: z.string(),
  article: z.string().nullable(),
  uses: z.array(
    z.object({
      name: z.string(),
      text: z.string(),
      document: z.string().nullable(),
      since: IsoDate.nullable(),
    }),
  ),
  failed: z.string().nullable(),
});
/** One household's decision before and after, step beside step. */
export const BeforeAfter = z
  .object({
    month: Month,
    pairs: z.array(
      z.object({
        variable: z.string(),
        member: z.string().nullable(),
        before: Side.nullable(),
        after: Side.nullable(),
        changed: z.boolean(),
      }),
    ),
  })
  .meta({ id: "BeforeAfter" });
export const Looked = z.object({ kind: z.enum(["entitlement", "case"]), id: AnyId });
/** Beside the preview's own: which edited names explain each row. */
export const Causes = z.object({
  changed: z.array(z.string()),
  unexplained: z.int(),
  causes: z.array(z.object({ id: AnyId, why: z.array(z.string()) })),
});
