/** What the house does by itself at night: notices whose days are over come down, dated steps of the system are taken. */
import { DomainError, derivedId } from "@wuxin/kernel";
import { attempt, type Tx } from "@wuxin/platform";
import { act } from "./act.ts";
import { dateClock } from "./clocks.ts";
import type { CasesDeps } from "./deps.ts";
import { caseValues, openCase } from "./gather.ts";
import { legalActions, rolesOf } from "./model.ts";
import { listRunningClocks, listSweepable, moveClocks } from "./store-list.ts";
import { takeDownExpired } from "./store-publicity.ts";

export interface Swept {
  readonly takenDown: number;
  readonly actions: number;
  /** Cases whose step failed and was left for a person; each has an audit line with the reason. */
  readonly failed: number;
  /** Clocks that the calendar moved. */
  readonly clocks: number;
}

/**
 * Run as the system of one county. Running it twice changes nothing more. No award, stop or change is ever taken here
 * unless the item itself names the system for it (data rule 12).
 */
export async function sweep(tx: Tx, deps: CasesDeps): Promise<Swept> {
  if (tx.actor.role !== "system")
    throw new DomainError("forbidden", "夜间自动办理只由系统进行，您的账号不能运行。");
  const today = deps.clock.today();
  const down = await takeDownExpired(tx, today);
  for (const p of down)
    await deps.audit.record(tx, { action: "publicity.expire", object: "publicity", objectId: p.id });
  const steps = await takeSteps(tx, deps);
  return { takenDown: down.length, ...steps, clocks: await redate(tx, deps) };
}

async function takeSteps(tx: Tx, deps: CasesDeps): Promise<{ actions: number; failed: number }> {
  const switches = deps.counties.switchesOn(tx.actor.countyCode, deps.clock.today());
  const todo = [...deps.catalogue.items.values()].flatMap((item) =>
    item.flow.actions
      .filter((a) => rolesOf(a, switches).includes("system"))
      .flatMap((a) =>
        (a.from.includes("*") ? item.flow.states.filter((s) => !s.final).map((s) => s.id) : a.from).map(
          (state) => ({ item: item.code, state }),
        ),
      ),
  );
  const taken = { actions: 0, failed: 0 };
  for (const id of await listSweepable(tx, todo)) {
    // One case that cannot go on must not hold up the others.
    try {
      if (await attempt(tx, () => takeStep(tx, deps, id))) taken.actions++;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      taken.failed++;
      await deps.audit.record(tx, {
        action: "case.sweep-failed",
        object: "case",
        objectId: id,
        detail: error.message,
      });
    }
  }
  return taken;
}

async function takeStep(tx: Tx, deps: CasesDeps, id: string): Promise<boolean> {
  const c = await openCase(tx, deps, id);
  const legal = legalActions(c.item.flow, c.state, tx.actor, c.switches, caseValues(tx, deps, c));
  const next = legal.find((l) => l.blocked.length === 0);
  if (!next) return false;
  // The id follows from the case and its version: a sweep that runs again takes the same step, not another.
  await act(tx, deps, id, {
    id: derivedId(id, `sweep:${c.state.version}`),
    version: c.state.version,
    action: next.action.id,
    data: {},
  });
  return true;
}

/** A calendar published or mended later moves what is due; the limit itself stays as it was when the clock started. */
export async function redate(tx: Tx, deps: CasesDeps): Promise<number> {
  const calendar = await deps.calendar.working(tx);
  const moved = (await listRunningClocks(tx)).flatMap((k) => {
    const def = deps.catalogue.items.get(k.item)?.flow.clocks.find((d) => d.key === k.key);
    if (!def) return [];
    const dated = dateClock(def, { ...k, stoppedOn: null }, calendar);
    return dated.dueOn === k.dueOn
      ? []
      : [{ caseId: k.caseId, key: k.key, round: k.round, dueOn: dated.dueOn, warnOn: dated.warnOn }];
  });
  await moveClocks(tx, moved);
  return moved.length;
}
