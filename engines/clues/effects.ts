/** What a step does elsewhere, and leaves on the clue. */
import type { Values, Wish } from "@wuxin/declare";
import { DomainError, type IsoDate, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { proactiveApplication } from "./application.ts";
import type { Asking } from "./asking.ts";
import { afterMove, type ClueAction, type ClueState, dueOf, type Judgement, type Outcome } from "./model.ts";
import type { CluesDeps } from "./ports.ts";
import type { Clue } from "./sealed.ts";
import type { Change } from "./store.ts";

export interface StepInput {
  readonly id: string;
  readonly action: ClueAction;
  readonly data: Values;
  readonly change?: Change;
  /** Done by the house itself, whoever's transaction it is. */
  readonly asSystem?: true;
}

export function createEffects(deps: CluesDeps, { drawnBy }: Pick<Asking, "drawnBy">) {
  /** Beside the state: what this step does elsewhere and leaves on the clue. */
  async function effect(tx: Tx, c: Clue, input: StepInput, on: IsoDate): Promise<Change> {
    const { data } = input;
    const text = (name: string) => String(data[name] ?? "").trim();
    const m = deps.monitoring(tx.actor.countyCode);
    const calendar = await deps.calendar.working(tx);
    const plus = (state: ClueState, from: IsoDate) => dueOf(state, from, m, calendar);
    const close = (outcome: Outcome, judgement: Judgement) => ({ outcome, judgement, closedOn: on });
    switch (input.action) {
      case "dispatch":
        return { dispatchedOn: on, checkDueOn: plus("assigned", plus("dispatched", on) ?? on) };
      case "moved":
        return afterMove(c.state) === "dispatched"
          ? {
              ...{ workerId: null, workerName: null, dispatchedOn: on },
              checkDueOn: plus("assigned", plus("dispatched", on) ?? on),
            }
          : {};
      case "assign": {
        const worker = (await deps.staff(tx)).find((s) => s.id === text("worker"));
        if (!worker || !within(worker.scope, c.divisionCode))
          throw new DomainError("invalid-input", "请从管这个村（社区）的工作人员里选一位。", {
            field: "worker",
          });
        return { workerId: worker.id, workerName: worker.name };
      }
      case "visit":
        return { checkedOn: c.checkedOn ?? text("on") };
      case "contact": {
        const wish = text("wish") as Wish;
        return {
          ...{ wish, wishWhy: wish === "unwilling" ? text("why") : null },
          askAgainOn: text("nextOn") || null,
          // Whom somebody reached was looked at, by whatever way.
          ...(wish === "unreachable"
            ? {}
            : { reachedOn: c.reachedOn ?? text("on"), checkedOn: c.checkedOn ?? text("on") }),
        };
      }
      case "send-back":
        return { returned: c.returned + 1 };
      case "open-case": {
        const item = text("item");
        const caseId = input.id;
        await deps.cases.submit(tx, {
          id: caseId,
          application: await proactiveApplication(tx, deps, c, item),
        });
        return { caseId, outcome: "new-case" };
      }
      case "open-review": {
        const id = text("entitlement");
        const result = text("result") === "stop" ? "stop" : "recheck";
        const drawn = (await drawnBy(tx, c)).some((e) => e.id === id);
        if (!drawn)
          throw new DomainError("invalid-input", "请选择这户正在享受的待遇。", { field: "entitlement" });
        const page = await deps.entitlements.recordReview(tx, id, {
          ...{ id: input.id, result, method: "home-visit", on: c.checkedOn ?? on, note: text("note") },
        });
        return { entitlementId: id, caseId: page.caseId, outcome: result === "stop" ? "stop" : "adjust" };
      }
      case "record-death": {
        await deps.registry.recordDeath(tx, c.personId ?? "", text("diedOn"), text("source"));
        return { outcome: "stop" };
      }
      case "refer":
        return { department: text("department"), outcome: "refer" };
      case "answer": {
        const helped = Number(data.helpedFen ?? 0);
        return text("outcome") === "done"
          ? { ...close("refer", "confirmed"), helpedFenPerMonth: helped }
          : close("refer", "no-change");
      }
      case "no-change":
        return close("no-change", "no-change");
      case "false":
        return close("no-change", "false");
      case "urge":
        return { urged: c.urged + 1 };
      case "recheck":
        return { recheck: text("result") === "agrees" ? "agrees" : "differs" };
      default:
        return {};
    }
  }

  return effect;
}
