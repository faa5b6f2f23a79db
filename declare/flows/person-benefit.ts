/**
 * The way of a benefit for one person: applied for, checked by the township, confirmed by somebody else, paid while it
 * lasts. An item whose law asks for other steps writes a flow of its own.
 */
import type { Condition } from "@wuxin/kernel";
import type { Field } from "../fields.ts";
import type { ActionDefinition, ClockDefinition, FlowDefinition, StateDefinition } from "../item.ts";
import type { Role } from "../roles.ts";

export interface PersonBenefit {
  /** What is checked, for the resident: 年龄、户籍、居住和收款账户. */
  readonly checks: string;
  /** What the township answers, beside the form's facts. */
  readonly checkFields: readonly Field[];
  readonly checkArticle?: string;
  /** The source under which the township's answers are recorded. */
  readonly checkSource?: string;
  readonly confirmNeeds?: readonly { readonly when: Condition; readonly message: string }[];
  readonly confirmArticle?: string;
  /** County, unless a switch of the county gives it to the township; then the county takes it on file and looks again. */
  readonly confirmedBy?: { readonly switch: string };
  readonly clocks?: readonly ClockDefinition[];
  readonly stopCauses: readonly string[];
  /** What a resident reads while it is paid. */
  readonly whilePaid: string;
  /** Codes of the papers of a confirmation and of a refusal; of a stop, where there is one. */
  readonly papers: { readonly award: string; readonly refusal: string; readonly stop?: string };
}

const COUNTY: readonly Role[] = ["county"];
const note: Field = { name: "note", label: "说明", type: "longtext", max: 500 };
const reason: Field = { name: "reason", label: "理由", type: "longtext", required: true, min: 5, max: 500 };

export function personBenefitFlow(b: PersonBenefit): FlowDefinition {
  const delegated = b.confirmedBy?.switch;
  const confirmers: ActionDefinition["by"] = delegated
    ? { switch: delegated, values: { county: COUNTY, township: ["township"] } }
    : COUNTY;
  return {
    initial: "draft",
    steps: [
      { id: "apply", label: "申报" },
      { id: "check", label: "乡镇核实", ...(b.checkArticle ? { article: b.checkArticle } : {}) },
      { id: "confirm", label: "审核确认", ...(b.confirmArticle ? { article: b.confirmArticle } : {}) },
      { id: "pay", label: "发放" },
    ],
    states: states(b),
    clocks: b.clocks ?? [],
    publicities: [],
    actions: [
      ...beforeTheAward(b, confirmers),
      ...(delegated ? filing(delegated) : []),
      ...whileItIsPaid(b, confirmers),
    ],
  };
}

const states = (b: PersonBenefit): StateDefinition[] => [
  { id: "draft", label: "填写中", tone: "neutral", step: "apply", explain: "还没有提交。" },
  {
    id: "submitted",
    label: "待核实",
    tone: "waiting",
    step: "check",
    explain: `乡镇（街道）正在核实${b.checks}。`,
  },
  { id: "checked", label: "待确认", tone: "active", step: "confirm", explain: "已经核实，等待审核确认。" },
  { id: "paying", label: "在享", tone: "good", step: "pay", explain: b.whilePaid },
  {
    id: "refused",
    label: "不予发放",
    tone: "bad",
    step: "confirm",
    final: true,
    explain: "没有批准，理由见通知。情况变化后可以再申报。",
  },
  {
    id: "withdrawn",
    label: "已撤回",
    tone: "neutral",
    step: "apply",
    final: true,
    explain: "已撤回，可以随时再申报。",
  },
  { id: "stopped", label: "已停发", tone: "neutral", step: "pay", final: true, explain: "已经停止发放。" },
];

const beforeTheAward = (b: PersonBenefit, confirmers: ActionDefinition["by"]): ActionDefinition[] => [
  {
    id: "submit",
    label: "提交申报",
    from: ["draft"],
    to: "submitted",
    by: ["resident", "village", "township"],
    fields: [],
    effects: { submit: true },
  },
  {
    id: "check",
    label: "核实无误，报审核确认",
    from: ["submitted"],
    to: "checked",
    by: ["township"],
    tone: "primary",
    factFields: true,
    effects: { recordFacts: b.checkSource ?? "乡镇认定" },
    fields: [...b.checkFields, { name: "on", label: "核实日期", type: "date", required: true }, note],
    ...(b.checkArticle ? { article: b.checkArticle } : {}),
  },
  {
    id: "return_file",
    label: "退回核实",
    from: ["checked"],
    to: "submitted",
    by: confirmers,
    fields: [reason],
    tone: "danger",
  },
  {
    id: "confirm",
    label: "确认",
    from: ["checked"],
    to: "paying",
    by: confirmers,
    differentFrom: ["check"],
    fields: [note],
    tone: "primary",
    effects: { decide: "award", documents: [b.papers.award] },
    needs: [
      { when: { field: "decision.known", is: true }, message: "还缺事实，算不出结果，请退回核实。" },
      { when: { field: "decision.eligible", is: true }, message: "按现有事实还不符合条件，不能确认。" },
      ...(b.confirmNeeds ?? []),
    ],
    confirm: "确认后列入名册，从规则算出的月份起发放。",
    ...(b.confirmArticle ? { article: b.confirmArticle } : {}),
  },
  {
    id: "refuse",
    label: "不予发放",
    from: ["checked"],
    to: "refused",
    by: confirmers,
    differentFrom: ["check"],
    fields: [reason],
    tone: "danger",
    effects: { decide: "refuse", documents: [b.papers.refusal] },
  },
  {
    id: "withdraw",
    label: "撤回",
    from: ["submitted", "checked"],
    to: "withdrawn",
    by: ["resident", "township"],
    fields: [reason],
    tone: "danger",
  },
];

/** What the township decided alone is taken on file by the county, or sent back to be looked at again. */
const filing = (delegated: string): ActionDefinition[] => [
  {
    id: "file",
    label: "备案",
    from: ["paying"],
    to: "=",
    by: COUNTY,
    fields: [note],
    offered: {
      all: [{ field: `switch.${delegated}`, is: "township" }, { not: { field: "file.count", atLeast: 1 } }],
    },
  },
  {
    id: "return_filing",
    label: "退回重新核实",
    from: ["paying"],
    to: "=",
    by: COUNTY,
    fields: [reason],
    tone: "danger",
    offered: {
      all: [{ field: `switch.${delegated}`, is: "township" }, { not: { field: "file.count", atLeast: 1 } }],
    },
    confirm: "退回后待遇照发，请乡镇（街道）重新核实，按结果调整或停发。",
  },
];

const whileItIsPaid = (b: PersonBenefit, confirmers: ActionDefinition["by"]): ActionDefinition[] => [
  {
    id: "report_change",
    label: "登记情况变化",
    from: ["paying"],
    to: "=",
    by: ["village", "township"],
    factFields: true,
    effects: { recordFacts: b.checkSource ?? "乡镇认定" },
    fields: [{ name: "on", label: "变化日期", type: "date", required: true }, reason],
  },
  {
    id: "report_death",
    label: "报告去世",
    from: ["paying"],
    to: "stopped",
    by: ["village", "township", "county"],
    tone: "danger",
    fields: [
      { name: "personId", label: "去世的人", type: "choice", required: true, choices: [] },
      { name: "diedOn", label: "去世日期", type: "date", required: true },
      { name: "source", label: "信息来源", type: "text", required: true, initial: "村（社区）报告" },
    ],
    effects: { death: true },
    confirm: "登记后从去世次月起停发。",
  },
  {
    id: "adjust",
    label: "按现有事实调整",
    from: ["paying"],
    to: "paying",
    by: confirmers,
    differentFrom: ["report_change"],
    fields: [note],
    effects: { decide: "adjust" },
  },
  {
    id: "stop",
    label: "停发",
    from: ["paying"],
    to: "stopped",
    by: confirmers,
    differentFrom: ["report_change"],
    fields: [
      {
        name: "cause",
        label: "停发事由",
        type: "choice",
        required: true,
        choices: [...b.stopCauses, "其他"].map((x) => ({ value: x, label: x })),
      },
      reason,
    ],
    effects: { decide: "stop", ...(b.papers.stop ? { documents: [b.papers.stop] } : {}) },
    tone: "danger",
  },
];
