/** Pure: the steps of a notice to a township, who may take them and what each asks. */
import type { Field } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";

export const RECTIFICATION_STATES = {
  issued: "待整改",
  answered: "待复核",
  accepted: "已销号",
  withdrawn: "已撤回",
} as const;
export type RectificationState = keyof typeof RECTIFICATION_STATES;

const note: Field = { name: "note", label: "说明", type: "longtext", required: true, min: 2, max: 500 };
const dueOn: Field = { name: "dueOn", label: "整改期限", type: "date", required: true, allowFuture: true };

interface Rule {
  readonly label: string;
  readonly from: RectificationState | null;
  readonly to: RectificationState;
  readonly by: "township" | "county";
  readonly fields: readonly Field[];
}
export const RECTIFICATION_ACTIONS = {
  issue: {
    ...{ label: "下发整改通知", from: null, to: "issued", by: "county" },
    fields: [
      { name: "problem", label: "存在的问题", type: "longtext", required: true, min: 5, max: 1000 },
      { name: "demand", label: "整改要求", type: "longtext", required: true, min: 5, max: 1000 },
      dueOn,
    ],
  },
  answer: {
    ...{ label: "报送整改情况", from: "issued", to: "answered", by: "township" },
    fields: [
      { name: "measures", label: "怎么改的，结果怎样", type: "longtext", required: true, min: 5, max: 2000 },
      { name: "photos", label: "佐证照片", type: "file", required: true, max: 9 },
    ],
  },
  accept: {
    ...{ label: "复核通过，销号", from: "answered", to: "accepted", by: "county" },
    fields: [{ ...note, label: "复核意见" }],
  },
  "send-back": {
    ...{ label: "退回再改", from: "answered", to: "issued", by: "county" },
    fields: [
      { ...note, label: "哪里没改好" },
      { ...dueOn, label: "新的期限" },
    ],
  },
  withdraw: {
    ...{ label: "撤回", from: "issued", to: "withdrawn", by: "county" },
    fields: [{ ...note, label: "为什么撤回" }],
  },
} as const satisfies Record<string, Rule>;
export type RectificationAction = keyof typeof RECTIFICATION_ACTIONS;
const ruleOf = (a: RectificationAction): Rule => RECTIFICATION_ACTIONS[a];

/** What a role may do now. A page shows no other; the service refuses any other. */
export const legalRectifications = (state: RectificationState, role: string): RectificationAction[] =>
  (Object.keys(RECTIFICATION_ACTIONS) as RectificationAction[]).filter(
    (a) => ruleOf(a).from === state && ruleOf(a).by === role,
  );

/** @throws DomainError("action-not-allowed" | "forbidden" | "invalid-input") with the way out */
export function nextRectification(
  state: RectificationState | null,
  action: string,
  role: string,
): RectificationAction {
  if (!Object.hasOwn(RECTIFICATION_ACTIONS, action))
    throw new DomainError("invalid-input", "没有这个步骤，请刷新页面。", { field: "action" });
  const known = action as RectificationAction;
  const rule = ruleOf(known);
  if (rule.by !== role)
    throw new DomainError(
      "forbidden",
      `「${rule.label}」由${rule.by === "county" ? "县级" : "乡镇（街道）"}办理，您的账号不能办理。`,
    );
  if (rule.from !== state)
    throw new DomainError(
      "action-not-allowed",
      `这份整改通知单现在是「${state ? RECTIFICATION_STATES[state] : "未下发"}」，不能「${rule.label}」，请刷新页面查看最新情况。`,
    );
  return known;
}
