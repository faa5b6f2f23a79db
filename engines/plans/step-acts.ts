/** What is asked of whoever gives, reports, checks or takes back a step. */
import { DomainError, isIsoDate, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { PlanAct } from "./acts.ts";
import {
  checklistOf,
  type ItemResult,
  type KeptResult,
  matterFor,
  problemsIn,
  resultsFault,
} from "./checklist.ts";
import { noted } from "./may.ts";
import type { PlanEvent } from "./model.ts";
import type { PlansDeps } from "./ports.ts";
import { foldSteps, type Step } from "./steps.ts";
import * as store from "./store.ts";

type StepAct = Extract<PlanAct, { readonly kind: `step${string}` }>;

/** @returns the data of the event. Errors: invalid-input with the field, forbidden, action-not-allowed */
export function createStepActs({
  clock,
  divisionName,
  settled,
  attachFiles,
}: Pick<PlansDeps, "clock" | "divisionName" | "settled" | "attachFiles">) {
  return async (tx: Tx, plan: store.PlanText, a: StepAct): Promise<Record<string, unknown>> => {
    if (a.kind === "step") return asked(tx, plan, a);
    const events = await store.events(tx, plan.id);
    const s = foldSteps(plan.id, events).find((x) => x.id === a.step);
    if (!s) throw new DomainError("not-found", "这项交办已撤销或不在计划里，请刷新页面。");
    const on = clock.today();
    switch (a.kind) {
      case "step-done":
        if (s.checked) throw new DomainError("action-not-allowed", "这一项已经核实完成。");
        if (s.division !== null && !within(tx.actor.scope, s.division))
          throw new DomainError(
            "forbidden",
            `这一项交给了${divisionName(tx.actor.countyCode, s.division)}，由他们报告。`,
          );
        if (s.division === null && tx.actor.scope !== tx.actor.countyCode)
          throw new DomainError("forbidden", "这一项由县级股室办理和报告。");
        return { step: s.id, on, note: noted(a.note), ...(await done(tx, s, events, a)) };
      case "step-checked":
        reported(s);
        if (s.done?.byId === tx.actor.accountId)
          throw new DomainError("forbidden", "完成情况要由报告人以外的人核实，请换一个账号。");
        return { step: s.id, on };
      case "step-returned":
        reported(s);
        return { step: s.id, note: noted(a.note) };
      default:
        if (s.checked) throw new DomainError("action-not-allowed", "已经核实完成的不能撤销。");
        return { step: s.id };
    }
  };

  /** What was found, and the photographs: from now on everybody's who sees the step. */
  async function done(
    tx: Tx,
    s: Step,
    events: readonly PlanEvent[],
    { results = [], photos = [] }: Extract<StepAct, { readonly kind: "step-done" }>,
  ) {
    const kept = await found(tx, s, events, results);
    const all = [...photos, ...(kept.results ?? []).flatMap((r) => r.photos ?? [])];
    await attachFiles(tx, all, {
      ...{ caseId: s.id, divisionCode: s.division ?? tx.actor.countyCode, applicantId: null },
    });
    return photos.length > 0 ? { ...kept, photos } : kept;
  }

  /** Of a place, every item of the checklist has its answer. */
  async function found(
    tx: Tx,
    s: Step,
    events: readonly PlanEvent[],
    given: readonly ItemResult[],
  ): Promise<{ readonly results?: readonly KeptResult[] }> {
    const items = checklistOf(events);
    if (s.step !== "check" || items.length === 0) return {};
    const fault = resultsFault(items, given, clock.today());
    if (fault) throw new DomainError("invalid-input", fault.message, { field: fault.item });
    const problems = problemsIn(events);
    const closed = await settled(
      tx,
      problems.map((p) => p.matterId),
    );
    return {
      results: items.map((i): KeptResult => {
        const r = given.find((x) => x.item === i.id) as ItemResult;
        if (r.result !== "problem")
          return { item: i.id, result: r.result, words: "", due: null, matter: null };
        const matter = s.place ? matterFor(s.id, i.id, problems, closed) : null;
        return {
          item: i.id,
          result: r.result,
          words: r.words.trim(),
          due: r.due,
          matter,
          photos: r.photos ?? [],
        };
      }),
    };
  }

  function asked(
    tx: Tx,
    plan: store.PlanText,
    a: Extract<StepAct, { readonly kind: "step" }>,
  ): Record<string, unknown> {
    const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
    const { step, title, owner, division, due, quantity = null } = a;
    if (step === "check")
      throw new DomainError(
        "action-not-allowed",
        "检查的机构从台账里带出，请用「定检查范围」，以后的用「增加一家」。",
      );
    if (title.trim() === "") throw bad("title", "请写明要做什么。");
    if (owner.trim() === "") throw bad("owner", "请写明责任股室或责任人。");
    const { countyCode } = tx.actor;
    if (
      division !== null &&
      (!division.startsWith(countyCode) || divisionName(countyCode, division) === division)
    )
      throw bad("division", "请从列表里选本县的乡镇（街道）。");
    if (quantity !== null && !(Number.isFinite(quantity) && quantity > 0))
      throw bad("quantity", "数量应大于零；不分数量的不填。");
    if (!isIsoDate(due)) throw bad("due", "请填写完成期限。");
    const [first, last] = [plan.startsOn ?? `${plan.year}-01-01`, plan.endsOn ?? `${plan.untilYear}-12-31`];
    if (due < first || due > last) throw bad("due", `期限应在 ${first} 至 ${last} 之间。`);
    return { step, title: title.trim(), owner: owner.trim(), division, due, quantity };
  }
}

function reported(s: Step): void {
  if (!s.done) throw new DomainError("action-not-allowed", "还没有报告完成，不能核实或退回。");
  if (s.checked) throw new DomainError("action-not-allowed", "这一项已经核实完成。");
}
