/** A place that a campaign checks, as it may be told of it: what is asked, what was found; and what it says of itself. */
import { addDays, DomainError } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import { withInspections } from "./campaign.ts";
import { type CheckItem, checklistOf, type Problem, problemsIn, type SelfResult } from "./checklist.ts";
import { takenBack } from "./may.ts";
import type { PlansDeps } from "./ports.ts";
import { foldSteps, type Step } from "./steps.ts";
import * as store from "./store.ts";

/** So long after its last day what a campaign left open is still told to the places. */
const RETOLD_DAYS = 90;

export interface CampaignPlace {
  readonly plan: Pick<store.PlanRecord, "id" | "title" | "startsOn" | "endsOn">;
  /** The campaign was closed with its report. */
  readonly closed: boolean;
  readonly step: Step;
  readonly items: readonly CheckItem[];
  readonly problems: readonly Problem[];
}
/** The outbox event `place.moved`: of every place of a campaign, of one, or of the one that an entry of a register is. */
export type PlaceMoved =
  | { readonly planId: string }
  | { readonly stepId: string }
  | { readonly entryId: string };
export const placeMoved = (tx: Tx, of: PlaceMoved): Promise<void> => emit(tx, "place.moved", of);

/** Whether the place may still say how it stands: until the official report is there. */
export const selfCheckOpen = ({ closed, step, items }: CampaignPlace): boolean =>
  items.length > 0 && !closed && step.done === null && step.checked === null;

export function createPlaces({
  clock,
  audit,
  inspections,
}: Pick<PlansDeps, "clock" | "audit" | "inspections">) {
  /** Undefined: it is in no scope any more. */
  async function of(tx: Tx, stepId: string): Promise<CampaignPlace | undefined> {
    const planId = (await store.planOfStep(tx, stepId))?.planId;
    const plan = planId === undefined ? undefined : await store.findPlan(tx, planId);
    if (!plan?.startsOn || !plan.endsOn || takenBack(plan)) return undefined;
    const events = await store.events(tx, plan.id);
    const inspected = await inspections(tx, plan.startsOn, plan.endsOn);
    const step = withInspections(foldSteps(plan.id, events), inspected, events).find((s) => s.id === stepId);
    return (
      step && {
        ...{ plan, step, closed: events.some((e) => e.kind === "closed"), items: checklistOf(events) },
        problems: problemsIn(events).filter((p) => p.step === stepId),
      }
    );
  }

  /** Item by item, in the name of the place's own account. Beside the check, never instead of it. Error: action-not-allowed. */
  async function selfChecked(
    tx: Tx,
    stepId: string,
    r: { readonly id: string; readonly results: readonly SelfResult[] },
  ): Promise<void> {
    const { accountId, name } = tx.actor;
    const place = await of(tx, stepId);
    if (!place || !selfCheckOpen(place))
      throw new DomainError("action-not-allowed", "检查结果已经报告或专项行动已经结束，不用再交自查。");
    if (place.items.some((i) => !r.results.some((x) => x.item === i.id)))
      throw new DomainError("action-not-allowed", "检查清单刚刚增加了内容，请刷新页面，逐项填完再交。");
    const { plan, step } = place;
    await store.insertEvents(tx, plan.id, [
      {
        ...{ id: r.id, kind: "self-checked", targetId: plan.id, at: clock.now().toISOString() },
        ...{
          data: { step: stepId, on: clock.today(), answers: r.results },
          actorId: accountId,
          actorName: name,
        },
      },
    ]);
    await audit.record(tx, {
      ...{ action: "plan.event", object: "plan", objectId: plan.id, detail: `机构自查：${step.title}` },
    });
  }

  /** An inspection on the ledger, or a day that passed, changes how a place stands without anybody acting here. */
  async function retell(tx: Tx): Promise<void> {
    const since = addDays(clock.today(), -RETOLD_DAYS);
    for (const p of await store.listPlans(tx))
      if (p.endsOn !== null && p.endsOn >= since) await placeMoved(tx, { planId: p.id });
  }

  return { of, selfChecked, retell, among: store.placeSteps };
}
