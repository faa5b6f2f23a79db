/** Pure: the steps of a measure of help and of the looks afterwards, who may take them and what each asks. */
import type { Choice, Field, MeasureKind, Risk } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";

export const MEASURE_STATES = {
  planned: "待部门落实",
  "in-force": "落实中",
  done: "已结束",
  failed: "没有落实",
} as const;
export type MeasureState = keyof typeof MEASURE_STATES;

export const DECISIONS = { removed: "风险消除", raised: "风险升级", remains: "风险仍在" } as const;
export type Decision = keyof typeof DECISIONS;
/** What a second person may say of what the look found. */
const DECIDES: Record<Risk, readonly Decision[]> = {
  removed: ["removed", "remains"],
  worse: ["raised", "remains"],
  remains: [],
};

type Role = "village" | "township" | "county" | "department_contact";
const OFFICES: readonly Role[] = ["township", "county"];
interface Rule {
  readonly label: string;
  readonly by: readonly Role[];
  /** Undefined: of the household, not of one measure. */
  readonly from?: readonly MeasureState[];
}
export const MEASURE_ACTIONS = {
  plan: { label: "制定措施", by: OFFICES },
  // The department itself, or an office that has its answer on paper.
  answer: { label: "登记部门落实", by: [...OFFICES, "department_contact"], from: ["planned"] },
  finish: { label: "措施结束", by: OFFICES, from: ["in-force"] },
  stop: { label: "取消、中止", by: OFFICES, from: ["planned", "in-force"] },
  return: { label: "登记回访", by: ["village", "township", "county"] },
  decide: { label: "研判风险", by: OFFICES },
} as const satisfies Record<string, Rule>;
export type MeasureAction = keyof typeof MEASURE_ACTIONS;
/** What is written about one measure; `settle`: ended because the risk of the household is gone. */
export type MeasureStep = "plan" | "answer" | "finish" | "stop" | "settle";
export const STEP_LABELS: Record<MeasureStep, string> = {
  plan: MEASURE_ACTIONS.plan.label,
  answer: MEASURE_ACTIONS.answer.label,
  finish: MEASURE_ACTIONS.finish.label,
  stop: MEASURE_ACTIONS.stop.label,
  settle: "风险消除，措施结束",
};

const ruleOf = (a: MeasureAction): Rule => MEASURE_ACTIONS[a];
const mayDo = (a: MeasureAction, role: string) => (ruleOf(a).by as readonly string[]).includes(role);
const OF_ONE = ["answer", "finish", "stop"] as const;

/** What a role may do now with one measure. A page shows no other; the service refuses any other. */
export const legalOfMeasure = (state: MeasureState, role: string): MeasureAction[] =>
  OF_ONE.filter((a) => mayDo(a, role) && ruleOf(a).from?.includes(state));
export interface HouseholdStands {
  /** Something was in force and the risk was not yet said to be gone. */
  readonly watched: boolean;
  /** Who made the look that waits for a decision; null: the account is gone. */
  readonly waiting: { readonly by: string | null } | null;
}
/** And with the household as a whole. */
export function legalOfHousehold(h: HouseholdStands, role: string, account: string | null): MeasureAction[] {
  return [
    ...(h.waiting && h.waiting.by !== account ? (["decide"] as const) : []),
    ...(h.watched && !h.waiting ? (["return"] as const) : []),
    "plan" as const,
  ].filter((a) => mayDo(a, role));
}

/** @throws DomainError("forbidden" | "invalid-input" | "action-not-allowed") with the way out */
export function checkMeasureStep(
  action: string,
  role: string,
  state: MeasureState | null,
): asserts action is MeasureAction {
  if (!Object.hasOwn(MEASURE_ACTIONS, action))
    throw new DomainError("invalid-input", "没有这个步骤，请刷新页面。", { field: "action" });
  const rule = ruleOf(action as MeasureAction);
  if (!mayDo(action as MeasureAction, role))
    throw new DomainError(
      "forbidden",
      `「${rule.label}」由${!rule.by.includes("village") ? "乡镇（街道）或县级" : "村（社区）、乡镇（街道）或县级"}办理，您的账号不能办理。`,
    );
  if (rule.from && (state === null || !rule.from.includes(state)))
    throw new DomainError(
      "action-not-allowed",
      `这项措施现在是「${state ? MEASURE_STATES[state] : "没有制定"}」，不能「${rule.label}」，请刷新页面查看。`,
    );
}

// ── what each step asks ──────────────────────────────────────────────────────────────────────────────────────────────

const note: Field = { name: "note", label: "说明", type: "longtext", required: true, min: 2, max: 500 };
const EACH = [
  { value: "once", label: "一次性" },
  { value: "month", label: "每月" },
];
const photos: Field = { name: "photos", label: "照片、扫描件", type: "file", max: 9 };
const on = (label: string): Field => ({ name: "on", label, type: "date", required: true });
const money = (label: string): Field => ({
  name: "amountFen",
  label,
  type: "money",
  min: 1,
  max: 100_000_000,
});
const ofMoney = (label: string): Field[] => [
  money(label),
  {
    ...{ name: "each", label: "怎么给", type: "choice", choices: EACH },
    visible: { field: "amountFen", atLeast: 1 },
    required: { field: "amountFen", atLeast: 1 },
  },
];

export interface Asking {
  readonly kinds: ReadonlyMap<string, MeasureKind>;
  readonly returnForm: readonly Field[];
}
/** A body that is not on the county's list of departments. */
export const ANOTHER = "other";
export function fieldsOf(
  action: MeasureAction,
  of: Asking & {
    readonly risk?: Risk | undefined;
    readonly gives?: MeasureKind["gives"] | undefined;
    readonly departments?: readonly Choice[];
  },
): readonly Field[] {
  switch (action) {
    case "plan":
      return [
        {
          ...{ name: "kind", label: "哪一类帮扶", type: "choice", required: true },
          choices: [...of.kinds.values()].map((k) => ({ value: k.code, label: k.label })),
        },
        {
          ...{ name: "department", label: "落实部门", type: "choice" },
          choices: [...(of.departments ?? []), { value: ANOTHER, label: "别的单位" }],
          help: "不填就是这一类通常的部门。部门有账号的，直接在自己的账号里答复。",
        },
        {
          ...{ name: "another", label: "哪个单位", type: "text", min: 2, max: 60 },
          ...{
            visible: { field: "department", is: ANOTHER },
            required: { field: "department", is: ANOTHER },
          },
        },
        { name: "service", label: "给什么、做什么", type: "longtext", required: true, min: 4, max: 500 },
        ...ofMoney("金额"),
        { name: "startsOn", label: "从哪天起", type: "date", required: true, allowFuture: true },
        { name: "endsOn", label: "到哪天止", type: "date", allowFuture: true, help: "不知道就不填。" },
        {
          ...{ name: "answerDueOn", label: "部门最晚哪天落实", type: "date", required: true },
          allowFuture: true,
        },
      ];
    case "answer":
      return [
        on("答复日期"),
        {
          ...{ name: "result", label: "部门落实了吗", type: "choice", required: true },
          choices: [
            { value: "in-force", label: "已落实" },
            { value: "failed", label: "不能落实" },
          ],
        },
        {
          ...{ name: "document", label: "凭什么", type: "text", required: true, min: 2, max: 100 },
          help: "部门的文号、批准书、发放单或经办人的书面答复。",
        },
        ...(of.gives === "money"
          ? ofMoney("实际金额").map((f) => ({
              ...f,
              visible: f.visible ?? { field: "result", is: "in-force" },
            }))
          : []),
        { ...note, label: "部门怎么说" },
        photos,
      ];
    case "finish":
      return [on("结束日期"), { ...note, name: "effect", label: "有什么效果" }];
    case "stop":
      return [{ ...note, label: "为什么" }];
    case "return":
      return [on("回访日期"), ...of.returnForm, photos];
    case "decide":
      return [
        {
          ...{ name: "decision", label: "结论", type: "choice", required: true },
          choices: DECIDES[of.risk ?? "remains"].map((d) => ({ value: d, label: DECISIONS[d] })),
        },
        { ...note, label: "理由" },
      ];
  }
}
