/** Plans: read, corrected, bound to what counts them, followed, urged. Each use case runs on the caller's transaction. */
import { readText } from "@wuxin/gongwen";
import { DomainError, derivedId, isIsoDate, isUuid, monthOf, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { createActs, type PlanAct } from "./acts.ts";
import { aimText } from "./aim.ts";
import { ASSESSMENTS } from "./assessment/model.ts";
import * as assessments from "./assessment/store.ts";
import { campaignOf, withInspections } from "./campaign.ts";
import { checklistOf, problemsIn } from "./checklist.ts";
import { type ReadIndicators, readOnce } from "./courses.ts";
import { checkEvidence, type EvidenceRequest } from "./evidence.ts";
import { EVIDENCE_LABELS } from "./livelihood.ts";
import { EVENT_LABELS, foldTargets, type PlanEvent, type Target, targetsIn } from "./model.ts";
import type { PlansDeps } from "./ports.ts";
import { type AddPlace, createScope, type Launch } from "./scope.ts";
import { standing as standingOn } from "./standing.ts";
import { foldSteps } from "./steps.ts";
import * as store from "./store.ts";
import {
  brief,
  type PlanBrief,
  type PlanPage,
  type PublicTarget,
  pageOf,
  type SiteView,
  standingOf,
  stepView,
  type TargetView,
  weighingView,
} from "./views.ts";
import { weighingOf } from "./weights.ts";

export type Plans = ReturnType<typeof createPlans>;

export interface ReadRequest {
  readonly id: string;
  readonly text: string;
  /** What the text does not say, or says otherwise. */
  readonly title?: string | undefined;
  readonly year?: number | undefined;
  readonly untilYear?: number | undefined;
  /** A campaign has days instead of years. */
  readonly campaign?: { readonly startsOn: string; readonly endsOn: string } | undefined;
}

const MOST_TEXT = 2_000_000;
/** What is done about the plan as a whole; steps may be. */
const WHOLE: ReadonlySet<string> = new Set(["closed", "weighed", "checklist"]);
/** Whoever runs the plan; townships and villages report on it. */
const RUNS = new Set(["county", "leader"]);
const REPORTS = new Set(["county", "leader", "township"]);

export function createPlans(deps: PlansDeps) {
  const { clock, audit } = deps;
  const now = () => clock.now().toISOString();
  const dataOf = createActs(deps);
  const scope = createScope(deps);

  function who(tx: Tx, allowed: ReadonlySet<string>, what: string): { id: string; name: string } {
    const { accountId, name, role } = tx.actor;
    if (accountId === null || !allowed.has(role))
      throw new DomainError("forbidden", `${what}由县级股室和局领导办理，您的账号不能办理。`);
    return { id: accountId, name };
  }
  async function get(tx: Tx, id: string): Promise<store.PlanText> {
    const plan = isUuid(id) ? await store.findPlan(tx, id) : undefined;
    if (!plan) throw new DomainError("not-found", "没有这份计划，请从计划列表进入。");
    return plan;
  }
  async function target(tx: Tx, planId: string, targetId: string): Promise<Target> {
    const found = foldTargets(await store.events(tx, planId)).find((t) => t.id === targetId);
    if (!found || found.dropped)
      throw new DomainError("not-found", "这条目标不在计划里，可能已被删去，请刷新页面。");
    return found;
  }

  async function read(tx: Tx, r: ReadRequest): Promise<PlanPage> {
    const actor = who(tx, RUNS, "读入计划");
    const text = r.text.replaceAll("\r\n", "\n");
    if (text.trim().length < 20)
      throw new DomainError("invalid-input", "文字太少，读不出计划。请粘贴全文，或上传 Word、PDF。", {
        field: "text",
      });
    if (text.length > MOST_TEXT)
      throw new DomainError("invalid-input", "文字超过二百万字，请分开读入。", { field: "text" });
    if (await store.findPlan(tx, r.id)) return page(tx, r.id);
    const reading = readText(text);
    const days = r.campaign;
    if (days && !(isIsoDate(days.startsOn) && isIsoDate(days.endsOn) && days.startsOn <= days.endsOn))
      throw new DomainError("invalid-input", "请填写专项行动的起止日期，结束不早于开始。", {
        field: "endsOn",
      });
    const year = days ? Number(days.startsOn.slice(0, 4)) : (r.year ?? reading.year);
    if (year === null)
      throw new DomainError("invalid-input", "文中没有写是哪一年的计划，请填写年份。", { field: "year" });
    const [, last] =
      /(\d{4})\D+(\d{4})$/
        .exec(reading.planPeriod ?? "")
        ?.slice(1)
        .map(Number) ?? [];
    const untilYear = days ? Number(days.endsOn.slice(0, 4)) : Math.max(year, r.untilYear ?? last ?? year);
    const title = (r.title ?? reading.title ?? "").trim();
    if (title === "")
      throw new DomainError("invalid-input", "文中没有认出标题，请填写标题。", { field: "title" });
    await store.insertPlan(
      tx,
      {
        id: r.id,
        title,
        issuer: reading.issuer ?? "",
        year,
        untilYear,
        body: text,
        outline: reading.outline,
        ...(days ? { kind: "campaign", ...days } : { kind: "plan", startsOn: null, endsOn: null }),
        items: reading.tasks.length,
        readAt: now(),
      },
      actor,
    );
    const found = targetsIn(reading, text, untilYear).map((t) =>
      days && t.due > days.endsOn ? { ...t, due: days.endsOn } : t,
    );
    await store.insertEvents(
      tx,
      r.id,
      found.map((t, i) => ({
        id: derivedId(r.id, `found:${i}`),
        kind: "found",
        targetId: derivedId(r.id, `target:${i}`),
        data: { ...t },
        at: now(),
        actorId: actor.id,
        actorName: actor.name,
      })),
    );
    await audit.record(tx, {
      action: "plan.read",
      object: "plan",
      objectId: r.id,
      detail: `${title}：${found.length} 条目标`,
    });
    return kept(tx, r.id);
  }

  async function act(
    tx: Tx,
    planId: string,
    request: { readonly id: string; readonly targetId: string; readonly act: PlanAct },
  ): Promise<PlanPage> {
    const { id, targetId, act: a } = request;
    const reports = a.kind === "reported" || a.kind === "step-done";
    const actor = who(tx, reports ? REPORTS : RUNS, EVENT_LABELS[a.kind]);
    const plan = await get(tx, planId);
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
    return kept(tx, planId);
  }

  /** What the last report of a place found wrong goes on supervision; what already is stays as it is. */
  async function putRight(tx: Tx, plan: store.PlanText, stepId: string): Promise<void> {
    const events = await store.events(tx, plan.id);
    const s = foldSteps(plan.id, events).find((x) => x.id === stepId);
    if (!s?.place) return;
    const items = new Map(checklistOf(events).map((i) => [i.id, i.text]));
    for (const { item, words, due, matter } of s.results)
      if (matter && due !== null)
        await deps.putRight(tx, {
          ...{ id: matter, lineId: matter, ...s.place, owner: s.owner, dueOn: due, demand: words },
          ...{ sourceText: plan.title, sourceOn: clock.today() },
          title: `${s.title}：${items.get(item) ?? "检查发现的问题"}`,
          ...(s.division === null ? {} : { divisionCode: s.division }),
        });
  }

  /** Puts places into the scope: all at once when it is launched, one by one afterwards. */
  async function scoped(
    tx: Tx,
    planId: string,
    work: (plan: store.PlanText, actor: { id: string; name: string }) => Promise<PlanEvent[]>,
  ): Promise<PlanPage> {
    const actor = who(tx, RUNS, "定检查范围");
    const plan = await get(tx, planId);
    await store.hold(tx, planId);
    const events = await work(plan, actor);
    await store.insertEvents(tx, planId, events);
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
      foldSteps(plan.id, await store.events(tx, planId)).map((s) => s.place?.entryId ?? ""),
    );
    const name = (division: string) => deps.divisionName(tx.actor.countyCode, division);
    return (await deps.sites(tx))
      .filter((s) => !taken.has(s.id))
      .map(({ divisionCode, ...s }) => {
        const township = divisionCode.slice(0, 9);
        return { ...s, township, townshipName: name(township) };
      });
  }

  async function giveEvidence(tx: Tx, planId: string, e: EvidenceRequest): Promise<PlanPage> {
    const actor = who(tx, REPORTS, "填报佐证");
    await get(tx, planId);
    const kept = checkEvidence(tx, await target(tx, planId, e.targetId), e, deps);
    await store.insertEvidence(tx, planId, { ...kept, givenAt: now() }, actor);
    await audit.record(tx, {
      action: "plan.evidence",
      object: "plan",
      objectId: planId,
      detail: `${EVIDENCE_LABELS[kept.kind]}：${kept.words}`,
    });
    return page(tx, planId);
  }

  async function confirmEvidence(tx: Tx, planId: string, id: string): Promise<PlanPage> {
    const actor = who(tx, RUNS, "确认佐证");
    const e = await store.findEvidence(tx, id);
    if (e?.planId !== planId) throw new DomainError("not-found", "没有这份佐证，请刷新页面。");
    if (e.confirmedAt !== null) return page(tx, planId);
    if (e.givenBy === actor.id)
      throw new DomainError("forbidden", `${EVIDENCE_LABELS[e.kind]}要由填报人以外的人确认，请换一个账号。`);
    await store.confirmEvidence(tx, id, now(), actor);
    await audit.record(tx, { action: "plan.confirm", object: "plan", objectId: planId, detail: e.words });
    return kept(tx, planId);
  }

  const standing = (tx: Tx, plan: store.PlanRecord, read: ReadIndicators) =>
    standingOn(tx, deps, plan, read, { counted: clock.today(), judged: clock.today() });

  /** Targets of a plan as they stand today, with light and reason. */
  const targetsWithProgress = async (tx: Tx, planId: string): Promise<TargetView[]> =>
    standing(tx, await get(tx, planId), readOnce(tx, deps));

  async function page(tx: Tx, id: string): Promise<PlanPage> {
    const plan = await get(tx, id);
    const read = readOnce(tx, deps);
    const views = await standing(tx, plan, read);
    const carried: TargetView[] = [];
    for (const p of await store.listPlans(tx)) {
      if (p.untilYear >= plan.year) continue;
      const earlier = await standing(tx, p, read);
      carried.push(...earlier.filter((t) => t.light === "red" || t.light === "unknown"));
    }
    return pageOf(plan, views, deps.indicators, { carried, ...(await around(tx, plan)) });
  }

  /** What stands beside the targets: steps, the campaign, what a longer plan asks, and what the reader may do. */
  async function around(tx: Tx, plan: store.PlanText) {
    const { role, scope, countyCode, accountId } = tx.actor;
    const can = { edit: RUNS.has(role), report: REPORTS.has(role) };
    const today = clock.today();
    const events = await store.events(tx, plan.id);
    const { startsOn, endsOn } = plan;
    const inspected = startsOn && endsOn ? await deps.inspections(tx, startsOn, endsOn) : [];
    const steps = withInspections(foldSteps(plan.id, events), inspected, events);
    const viewer = {
      ...{ accountId, today, edit: can.edit },
      reports: (division: string | null) =>
        can.report && (division === null ? scope === countyCode : within(scope, division)),
      divisionName: (division: string) => deps.divisionName(countyCode, division),
    };
    const longer: { id: string; text: string }[] = [];
    for (const p of await store.listPlans(tx)) {
      if (p.id === plan.id || p.untilYear === p.year || p.year > plan.year || p.untilYear < plan.year)
        continue;
      for (const t of foldTargets(await store.events(tx, p.id)))
        if (!t.dropped && t.mergedInto === null)
          longer.push({ id: t.id, text: `${p.title}：${t.object} ${aimText(t)}` });
    }
    const assessed = plan.untilYear > plan.year && plan.kind === "plan";
    return {
      ...{ can, longer, steps: steps.map((s) => stepView(s, viewer)) },
      weighing: assessed ? weighingView(foldTargets(events), weighingOf(events)) : null,
      assessments: assessed
        ? (await assessments.ofPlan(tx, plan.id)).map((a) => ({
            id: a.id,
            kind: a.kind,
            title: ASSESSMENTS[a.kind],
            asOf: a.asOf,
          }))
        : [],
      campaign:
        startsOn && endsOn
          ? campaignOf({ title: plan.title, startsOn, endsOn }, steps, events, {
              ...{ today, divisionName: viewer.divisionName },
              settled: await deps.settled(
                tx,
                problemsIn(events).map((p) => p.matterId),
              ),
            })
          : null,
    };
  }

  /** The page, and its lights kept for this month, as indicators count them. */
  async function kept(tx: Tx, id: string): Promise<PlanPage> {
    const p = await page(tx, id);
    await keepLights(tx, id, p.rows);
    return p;
  }
  const keepLights = (tx: Tx, planId: string, rows: readonly TargetView[]): Promise<void> =>
    store.keepStanding(tx, planId, monthOf(clock.today()), rows.map(standingOf), now());

  /** Nightly: the lights of every plan that is not over a year past its end. */
  async function keep(tx: Tx): Promise<void> {
    const read = readOnce(tx, deps);
    for (const p of await store.listPlans(tx))
      if (p.untilYear >= Number(clock.today().slice(0, 4)) - 1)
        await keepLights(tx, p.id, await standing(tx, p, read));
  }

  async function list(tx: Tx): Promise<PlanBrief[]> {
    const read = readOnce(tx, deps);
    const briefs: PlanBrief[] = [];
    for (const p of await store.listPlans(tx)) briefs.push(brief(p, await standing(tx, p, read)));
    return briefs;
  }

  /** For the leader: the plans of this year with every target, and what earlier plans still owe. */
  async function current(tx: Tx): Promise<{ plans: PlanBrief[]; rows: TargetView[] }> {
    const year = Number(clock.today().slice(0, 4));
    const read = readOnce(tx, deps);
    const plans: PlanBrief[] = [];
    const rows: TargetView[] = [];
    for (const p of await store.listPlans(tx)) {
      if (p.year > year) continue;
      const own = await standing(tx, p, read);
      const over = p.untilYear < year;
      if (!over) plans.push(brief(p, own));
      rows.push(...(over ? own.filter((t) => t.light === "red") : own));
    }
    return { plans, rows };
  }

  /** What everybody may see: the targets that a person marked as 民生实事. Plans without one are not counted for it. */
  async function publicTargets(tx: Tx): Promise<PublicTarget[]> {
    const read = readOnce(tx, deps);
    const marked = await store.plansWithPublicTargets(tx);
    const shown: PublicTarget[] = [];
    for (const p of await store.listPlans(tx)) {
      if (!marked.has(p.id)) continue;
      for (const t of await standing(tx, p, read)) {
        if (!t.public) continue;
        const { id, object, aimText, due, nowText, percent, light, lightText, asOf } = t;
        const { quality, acceptedText, acceptedPercent, satisfaction } = t.livelihood;
        shown.push({
          id,
          plan: p.title,
          year: p.year,
          object,
          aimText,
          due,
          nowText,
          percent,
          light,
          lightText,
          asOf,
          ...{ quality, acceptedText, acceptedPercent, satisfaction },
        });
      }
    }
    return shown;
  }

  return {
    read,
    act,
    ...{ launch, addPlace, sites },
    giveEvidence,
    confirmEvidence,
    page,
    list,
    current,
    keep,
    targetsWithProgress,
    publicTargets,
  };
}
