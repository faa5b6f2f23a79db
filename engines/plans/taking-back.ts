/** A plan that was read in by mistake: one person asks with a reason, another agrees, and it counts nowhere any more. */
import { DomainError, derivedId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Looking } from "./looking.ts";
import { inForce, type Person, RUNS, reasoned, who } from "./may.ts";
import { foldTargets } from "./model.ts";
import { placeMoved } from "./places.ts";
import type { PlansDeps } from "./ports.ts";
import * as store from "./store.ts";
import type { PlanPage } from "./views.ts";

export interface TakePlanBack {
  readonly id: string;
  readonly reason: string;
}
export interface DecidePlan {
  readonly accept: boolean;
  readonly note?: string | undefined;
}

export function createTakingBack({ clock, audit }: PlansDeps, { get, page }: Looking) {
  const now = () => clock.now().toISOString();
  const log = (tx: Tx, planId: string, action: string, detail: string) =>
    audit.record(tx, { action: `plan.${action}`, object: "plan", objectId: planId, detail });

  /** Until another person agrees, it counts as before. Errors: forbidden, not-found, invalid-input, action-not-allowed. */
  async function takePlanBack(tx: Tx, planId: string, r: TakePlanBack): Promise<PlanPage> {
    const actor = who(tx, RUNS, "撤销计划");
    await store.hold(tx, planId);
    const plan = await get(tx, planId);
    if (plan.takeBack?.id === r.id) return page(tx, planId);
    inForce(plan);
    if (plan.takeBack)
      throw new DomainError("action-not-allowed", "已经有人提出撤销这份计划，请等另一个人决定。");
    const reason = reasoned(r.reason, "reason", "请写明为什么撤销（至少 4 个字）。");
    await store.insertTakeBack(tx, { id: r.id, planId, reason, at: now() }, actor);
    await log(tx, planId, "revoke", `${plan.title}：${reason}`);
    return page(tx, planId);
  }

  /** Another person agrees; or refuses with a note (who asked may give it up). Errors as above, and stale-version. */
  async function decidePlanTakeBack(tx: Tx, planId: string, d: DecidePlan): Promise<PlanPage> {
    const actor = who(tx, RUNS, "决定撤销计划");
    await store.hold(tx, planId);
    const plan = await get(tx, planId);
    const asked = plan.takeBack;
    if (asked?.decidedAt && d.accept) return page(tx, planId);
    if (!asked || asked.decidedAt)
      throw new DomainError("stale-version", "没有等着决定的撤销，可能刚才有人办过，请刷新后再看。");
    if (d.accept && asked.askedBy === actor.id)
      throw new DomainError("forbidden", "是您自己提出撤销的，请由另一位县级经办或局领导决定。");
    const note = d.accept ? "" : reasoned(d.note ?? "", "note", "请写明为什么不撤销（至少 4 个字）。");
    if (d.accept) await part(tx, plan, actor);
    await store.decideTakeBack(tx, { id: asked.id, accept: d.accept, note, at: now() }, actor);
    // Whatever place a campaign was to check is told that it is over.
    if (d.accept && plan.kind === "campaign") await placeMoved(tx, { planId });
    const words = d.accept ? "同意撤销" : `不撤销，${note}`;
    await log(tx, planId, "revoked", `${plan.title}：${words}（${asked.reason}）`);
    return page(tx, planId);
  }

  /** Targets of other plans that were merged into one of this plan stand by themselves again: none disappears with it. */
  async function part(tx: Tx, plan: store.PlanRecord, actor: Person): Promise<void> {
    const all = await store.events(tx, null);
    const planOf = new Map(all.map((e) => [e.targetId, e.planId]));
    for (const t of foldTargets(all)) {
      const own = planOf.get(t.id);
      if (t.mergedInto === null || own === undefined || own === plan.id) continue;
      if (planOf.get(t.mergedInto) !== plan.id) continue;
      await store.insertEvents(tx, own, [
        {
          ...{ id: derivedId(t.id, `parted:${plan.id}`), kind: "parted", targetId: t.id, at: now() },
          data: { note: `并入的计划「${plan.title}」撤销` },
          ...{ actorId: actor.id, actorName: actor.name },
        },
      ]);
    }
  }

  /** What somebody else asked to take back, for the reader to decide. */
  const toDecide = async (tx: Tx): Promise<store.PlanRecord[]> =>
    (await store.listPlans(tx)).filter((p) => p.takeBack && p.takeBack.askedBy !== tx.actor.accountId);

  return { takePlanBack, decidePlanTakeBack, toDecide };
}
