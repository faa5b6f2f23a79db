/** Plans: corrected, bound to what counts them, followed, urged. Each use case runs on the caller's transaction. */
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { createActs, type PlanAct } from "./acts.ts";
import { checklistOf } from "./checklist.ts";
import { createLooking } from "./looking.ts";
import { inForce, type Person, REPORTS, RUNS, who } from "./may.ts";
import { EVENT_LABELS, type PlanEvent } from "./model.ts";
import { createPlaces, placeMoved } from "./places.ts";
import type { PlansDeps } from "./ports.ts";
import { createProving } from "./proving.ts";
import { createReading } from "./reading.ts";
import { type AddPlace, createScope, type Launch } from "./scope.ts";
import { entriesOf, foldSteps } from "./steps.ts";
import * as store from "./store.ts";
import { createTakingBack } from "./taking-back.ts";
import type { PlanPage, SiteView } from "./views.ts";

export type Plans = ReturnType<typeof createPlans>;

/** What is done about the plan as a whole; steps may be. */
const WHOLE: ReadonlySet<string> = new Set(["closed", "weighed", "checklist"]);

export function createPlans(deps: PlansDeps) {
  const { clock, audit } = deps;
  const now = () => clock.now().toISOString();
  const dataOf = createActs(deps);
  const scope = createScope(deps);
  const looking = createLooking(deps);
  const { get, target, page, kept } = looking;

  async function act(
    tx: Tx,
    planId: string,
    request: { readonly id: string; readonly targetId: string; readonly act: PlanAct },
  ): Promise<PlanPage> {
    const { id, targetId, act: a } = request;
    const reports = a.kind === "reported" || a.kind === "step-done";
    const actor = who(tx, reports ? REPORTS : RUNS, EVENT_LABELS[a.kind]);
    const plan = await get(tx, planId);
    inForce(plan);
    // Two who report on one place at once must not put the same problem on supervision twice.
    if (a.kind === "step-done") await store.hold(tx, planId);
    if (await store.hasEvent(tx, id)) return page(tx, planId);
    // Steps and the end of a campaign may be of the plan as a whole.
    const t = a.kind === "added" || targetId === planId ? null : await target(tx, planId, targetId);
    if (t === null && a.kind !== "added" && !WHOLE.has(a.kind) && !a.kind.startsWith("step"))
      throw new DomainError("not-found", "请先选一条目标，再办理。");
    const data = await dataOf(tx, plan, t, a);
    const event: PlanEvent = {
      ...{ id, kind: a.kind, targetId, data, at: now() },
      ...{ actorId: actor.id, actorName: actor.name },
    };
    await store.insertEvents(tx, planId, [event]);
    await audit.record(tx, {
      ...{ action: "plan.event", object: "plan", objectId: planId },
      detail: `${EVENT_LABELS[a.kind]}：${t?.object ?? String((data as { object?: string }).object ?? "")}`,
    });
    if (a.kind === "step-done") await putRight(tx, plan, a.step);
    // What happens at one place is told to that place alone: a campaign may have hundreds.
    if (plan.kind === "campaign") await placeMoved(tx, "step" in a ? { stepId: a.step } : { planId });
    return kept(tx, planId);
  }

  /** What the last report of a place found wrong goes on supervision; what already is stays as it is. */
  async function putRight(tx: Tx, plan: store.PlanText, stepId: string): Promise<void> {
    const events = await store.events(tx, plan.id);
    const s = foldSteps(plan.id, events).find((x) => x.id === stepId);
    if (!s?.place) return;
    const { register, entryId } = s.place;
    const items = new Map(checklistOf(events).map((i) => [i.id, i.text]));
    for (const { item, words, due, matter } of s.results)
      if (matter && due !== null)
        await deps.putRight(tx, {
          ...{ id: matter, lineId: matter, register, entryId, owner: s.owner, dueOn: due, demand: words },
          ...{ sourceText: plan.title, sourceOn: clock.today() },
          title: `${s.title}：${items.get(item) ?? "检查发现的问题"}`,
          ...(s.division === null ? {} : { divisionCode: s.division }),
        });
  }

  /** Puts places into the scope: all at once when it is launched, one by one afterwards. */
  async function scoped(
    tx: Tx,
    planId: string,
    work: (plan: store.PlanText, actor: Person) => Promise<PlanEvent[]>,
  ): Promise<PlanPage> {
    const actor = who(tx, RUNS, "定检查范围");
    const plan = await get(tx, planId);
    inForce(plan);
    await store.hold(tx, planId);
    const events = await work(plan, actor);
    await store.insertEvents(tx, planId, events);
    await placeMoved(tx, { planId });
    const [first] = events;
    if (first)
      await audit.record(tx, {
        ...{ action: "plan.event", object: "plan", objectId: planId },
        detail: `${EVENT_LABELS[first.kind]}：${events.filter((e) => e.kind === "step").length} 家`,
      });
    return page(tx, planId);
  }
  const launch = (tx: Tx, planId: string, r: Launch) =>
    scoped(tx, planId, (plan, actor) => scope.launch(tx, plan, r, actor));
  const addPlace = (tx: Tx, planId: string, r: AddPlace) =>
    scoped(tx, planId, (plan, actor) => scope.add(tx, plan, r, actor));

  /** Places of the registers that are not in the scope. */
  async function sites(tx: Tx, planId: string): Promise<SiteView[]> {
    who(tx, RUNS, "定检查范围");
    const plan = await get(tx, planId);
    const taken = new Set(
      foldSteps(plan.id, await store.events(tx, planId)).flatMap((s) => entriesOf(s).map((e) => e.entryId)),
    );
    const name = (division: string) => deps.divisionName(tx.actor.countyCode, division);
    return (await deps.sites(tx))
      .filter((s) => !taken.has(s.id))
      .map(({ divisionCode, ...s }) => {
        const township = divisionCode.slice(0, 9);
        return { ...s, township, townshipName: name(township) };
      });
  }

  const { list, current, keep, targetsWithProgress, publicTargets } = looking;
  return {
    ...{ read: createReading(deps, looking), act, launch, addPlace, sites, ...createProving(deps, looking) },
    ...{ places: createPlaces(deps), ...createTakingBack(deps, looking) },
    ...{ page, list, current, keep, targetsWithProgress, publicTargets },
  };
}
