/** What people do about a target: what is asked, checked and kept as its event. */
import { DomainError, isIsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import {
  type CheckItem,
  checklistFault,
  checklistOf,
  type ItemResult,
  resultsIn,
  selfResultsIn,
} from "./checklist.ts";
import { countable } from "./livelihood.ts";
import { noted, reasoned } from "./may.ts";
import { type Aim, COMPARATORS, foldTargets, type Target } from "./model.ts";
import type { PlansDeps } from "./ports.ts";
import { createStepActs } from "./step-acts.ts";
import { type Split, type StepAsked, splitFault } from "./steps.ts";
import * as store from "./store.ts";
import { standingTargets, weightsFault } from "./weights.ts";

/** What a person does about one target; `id` is made by the caller, so that a repeated request is the same. */
export type PlanAct =
  | { readonly kind: "added" | "corrected"; readonly aim: AimPatch }
  | { readonly kind: "dropped" | "unbound" | "accepted"; readonly note?: string | undefined }
  | { readonly kind: "bound"; readonly indicator: string }
  | { readonly kind: "owner"; readonly owner: string }
  | { readonly kind: "public"; readonly shown: boolean }
  | { readonly kind: "merged" | "serves"; readonly into: string }
  | ({ readonly kind: "split" } & Split)
  | ({ readonly kind: "step"; readonly quantity?: number | null | undefined } & Omit<StepAsked, "quantity">)
  | { readonly kind: "quality"; readonly text: string; readonly source: string }
  | {
      readonly kind: "step-done";
      readonly step: string;
      readonly note: string;
      /** Of a place, item by item of the checklist. */
      readonly results?: readonly ItemResult[] | undefined;
      readonly photos?: readonly string[] | undefined;
    }
  | { readonly kind: "step-returned"; readonly step: string; readonly note: string }
  | { readonly kind: "checklist"; readonly items: readonly CheckItem[] }
  | { readonly kind: "step-checked" | "step-dropped"; readonly step: string }
  | {
      readonly kind: "weighed";
      readonly weights: readonly { readonly targetId: string; readonly weight: number }[];
      readonly note: string;
    }
  | { readonly kind: "closed"; readonly note: string }
  | { readonly kind: "urged"; readonly until: string; readonly note: string }
  | { readonly kind: "reported" | "returned" | "praised" | "criticised"; readonly note: string };
/** What is said of an aim; the rest stays. */
export type AimPatch = { readonly [K in keyof Aim]?: Aim[K] | undefined };

/** @returns the data of the event. Errors: invalid-input with the field */
export function createActs(
  deps: Pick<PlansDeps, "clock" | "indicators" | "divisionName" | "settled" | "attachFiles">,
) {
  const { clock, indicators } = deps;
  const stepOf = createStepActs(deps);

  async function dataOf(
    tx: Tx,
    plan: store.PlanText,
    t: Target | null,
    a: PlanAct,
  ): Promise<Record<string, unknown>> {
    switch (a.kind) {
      case "added":
        return {
          ...checkAim({ ...EMPTY_AIM, due: `${plan.untilYear}-12-31`, ...said(a.aim) }),
          span: null,
          why: "由人补录",
        };
      case "corrected":
        return { ...checkAim({ ...(t as Aim), ...said(a.aim) }, said(a.aim)) };
      case "bound": {
        if (!indicators.some((i) => i.code === a.indicator))
          throw new DomainError("invalid-input", "没有这个指标，请从列表里选。", { field: "indicator" });
        return { indicator: a.indicator };
      }
      case "owner":
        if (a.owner.trim() === "")
          throw new DomainError("invalid-input", "请写明责任股室或责任人。", { field: "owner" });
        return { owner: a.owner.trim() };
      case "public":
        return { shown: a.shown };
      case "merged":
        if (a.into === t?.id)
          throw new DomainError("invalid-input", "不能和自己合并，请选另一条。", { field: "into" });
        await anywhere(tx, a.into);
        return { into: a.into };
      case "serves":
        await longer(tx, plan, a.into);
        return { into: a.into };
      case "split": {
        const fault = splitFault(a, plan.untilYear - plan.year + 1, t?.value ?? null);
        if (fault) throw new DomainError("invalid-input", fault, { field: "values" });
        return { by: a.by, values: a.values };
      }
      case "quality":
        return {
          text: reasoned(a.text, "text", "请写明做到什么样算合格（至少 4 个字）。"),
          source: reasoned(a.source, "source", "请写明标准出自哪份文件或合同。"),
        };
      case "step":
        if (a.quantity && !(t && countable(t)))
          throw new DomainError(
            "invalid-input",
            "只有按数量算的目标能分数量，请在那条目标里交办，或不填数量。",
            {
              field: "quantity",
            },
          );
        return stepOf(tx, plan, a);
      case "step-done":
      case "step-checked":
      case "step-returned":
      case "step-dropped":
        return stepOf(tx, plan, a);
      case "weighed": {
        if (plan.untilYear === plan.year)
          throw new DomainError("action-not-allowed", "只有跨年的规划给各条目标定权重。");
        const live = standingTargets(foldTargets(await store.events(tx, plan.id)), plan);
        const fault = weightsFault(
          live.map((x) => x.id),
          a.weights,
        );
        if (fault) throw new DomainError("invalid-input", fault, { field: "weights" });
        return {
          weights: Object.fromEntries(a.weights.map((w) => [w.targetId, w.weight])),
          note: noted(a.note),
        };
      }
      case "checklist": {
        if (plan.kind !== "campaign") throw new DomainError("action-not-allowed", "只有专项行动定检查清单。");
        const events = await store.events(tx, plan.id);
        const items = a.items.map((i) => ({ id: i.id, text: i.text.trim() }));
        const used = events.some((e) => resultsIn(e).length + selfResultsIn(e).length > 0);
        const fault = checklistFault(checklistOf(events), items, used);
        if (fault) throw new DomainError("invalid-input", fault, { field: "items" });
        return { items };
      }
      case "closed":
        if (plan.kind !== "campaign") throw new DomainError("action-not-allowed", "只有专项行动写总结结束。");
        return { note: noted(a.note) };
      case "urged":
        if (!isIsoDate(a.until) || a.until < clock.today())
          throw new DomainError("invalid-input", "请写明今天以后的答复期限。", { field: "until" });
        return { until: a.until, note: noted(a.note) };
      case "accepted":
        if (!t?.urgedUntil) throw new DomainError("invalid-input", "这条目标没有未了的督办。");
        return { note: a.note ?? "" };
      case "dropped":
      case "unbound":
        return { note: a.note ?? "" };
      default:
        return { note: noted(a.note) };
    }
  }
  /** The target that a duplicate is merged into may stand in another plan. */
  async function anywhere(tx: Tx, id: string): Promise<void> {
    const all = foldTargets(await store.events(tx, null));
    if (!all.some((t) => t.id === id && !t.dropped && t.mergedInto === null))
      throw new DomainError("invalid-input", "要并入的目标不存在或已合并，请另选。", { field: "into" });
  }
  async function longer(tx: Tx, plan: store.PlanText, id: string): Promise<void> {
    const all = await store.events(tx, null);
    const own = all.find((e) => e.targetId === id)?.planId;
    const of = own ? await store.findPlan(tx, own) : undefined;
    if (
      !of ||
      of.id === plan.id ||
      of.untilYear === of.year ||
      of.year > plan.year ||
      of.untilYear < plan.year
    )
      throw new DomainError("invalid-input", "要对应的目标应在包括这一年的五年规划里，请另选。", {
        field: "into",
      });
  }

  return dataOf;
}

const EMPTY_AIM: Aim = {
  object: "",
  comparator: ">=",
  value: null,
  max: null,
  unit: "",
  from: null,
  due: "2100-12-31",
};

const said = (patch: AimPatch): Partial<Aim> =>
  Object.fromEntries(Object.entries(patch).filter(([, v]) => v !== undefined));

function checkAim(aim: Aim, only: Partial<Aim> = aim): Partial<Aim> {
  const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
  if (aim.object.trim() === "") throw bad("object", "请写明目标是什么。");
  if (!COMPARATORS.includes(aim.comparator)) throw bad("comparator", "请选择目标的比较方式。");
  const wordless = ["full", "rising", "falling", "zero"].includes(aim.comparator);
  if (!wordless && (aim.value === null || !Number.isFinite(aim.value)))
    throw bad("value", "请填写目标数值。");
  if (aim.max !== null && aim.value !== null && aim.max < aim.value) throw bad("max", "上限不能小于下限。");
  if (!isIsoDate(aim.due)) throw bad("due", "请填写完成期限。");
  return only;
}
