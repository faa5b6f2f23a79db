/** What was decided or happened elsewhere closes the clues that it answers. */
import { derivedId, newId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Step } from "./acting.ts";
import type { Asking } from "./asking.ts";
import { isFound, type Judgement, judgedOff, type Outcome } from "./model.ts";
import * as outcomes from "./outcome-store.ts";
import type { AlertJudged, CluesDeps } from "./ports.ts";
import type { Book } from "./sealed.ts";
import * as trail from "./trail-store.ts";

export function createHearing(
  deps: CluesDeps,
  book: Book,
  step: Step,
  { benefitsOf }: Pick<Asking, "benefitsOf">,
) {
  const { clock } = deps;

  /**
   * Of the outbox event `case.decided`: the clue that led to the case is closed with what the decision changed a month.
   * Hearing it twice changes nothing.
   */
  async function onCaseDecided(
    tx: Tx,
    e: { caseId: string; decisionId: string; kind: string; amountFen: number; fromMonth: string },
  ): Promise<void> {
    for (const { id } of await outcomes.inHandling(tx, e.caseId)) {
      const before = e.kind === "award" ? 0 : await outcomes.amountBefore(tx, e.caseId, e.fromMonth);
      const after = e.kind === "stop" || e.kind === "gradual-exit" ? 0 : e.amountFen;
      const unchanged = e.kind === "refuse" || e.kind === "continue" || before === after;
      const outcome: Outcome = unchanged
        ? "no-change"
        : e.kind === "award"
          ? "new-case"
          : after === 0
            ? "stop"
            : "adjust";
      await step(tx, id, {
        ...{ id: newId(), action: "decided", data: { kind: e.kind }, asSystem: true },
        change: {
          ...{ outcome, judgement: unchanged ? "no-change" : "confirmed", closedOn: clock.today() },
          savedFenPerMonth: unchanged ? 0 : Math.max(0, before - after),
          helpedFenPerMonth: unchanged ? 0 : Math.max(0, after - before),
        },
      });
    }
  }

  /**
   * Of the same event, an award: whoever was found entitled to it and applied by another way has it now. Hearing it twice
   * changes nothing.
   */
  async function onAwarded(tx: Tx, e: { caseId: string; kind: string; amountFen: number }): Promise<void> {
    if (e.kind !== "award") return;
    for (const { id, item } of await outcomes.foundOpen(tx, e.caseId)) {
      const c = await book.findClue(tx, id);
      if (!c || !(await benefitsOf(tx, c)).includes(item)) continue;
      await step(tx, id, {
        ...{ id: newId(), action: "awarded", data: {}, asSystem: true },
        change: {
          ...{ caseId: e.caseId, outcome: "new-case", judgement: "confirmed", closedOn: clock.today() },
          helpedFenPerMonth: e.amountFen,
        },
      });
    }
  }

  /**
   * Of the outbox event `person.died`, after entitlements, and of a death put right: what said that he had died was right,
   * with what no longer is paid a month; whoever was found entitled is asked no more. What tells another day, and led
   * nobody to register this one, stays for a person: months are paid or asked back by it. Hearing it twice changes nothing.
   */
  async function onPersonDied(tx: Tx, { personId }: { readonly personId: string }): Promise<void> {
    const diedOn = (await deps.registry.persons(tx, [personId])).get(personId)?.diedOn ?? null;
    for (const { id } of await outcomes.openOf(tx, personId)) {
      const c = await book.findClue(tx, id);
      if (c && isFound(c)) {
        await step(tx, id, {
          ...{ id: newId(), action: "settled", data: {}, asSystem: true },
          change: { outcome: "no-change", judgement: "no-change", closedOn: clock.today() },
        });
        continue;
      }
      const signals = await book.signalsOf(tx, [id]);
      if (signals.length === 0 || !signals.every((s) => deps.tellsDeath(s.rule))) continue;
      const actions = await book.actionsOf(tx, id);
      const other = signals.filter((s) => !fits(s, diedOn));
      if (other.length > 0 && !actions.some((a) => a.action === "record-death")) {
        if (!actions.some((a) => a.action === "other-day" && a.data.diedOn === diedOn))
          await step(tx, id, {
            ...{ id: newId(), action: "other-day", asSystem: true, change: {} },
            data: {
              diedOn,
              told: other.map((s) => `${s.title} ${s.occurredOn}`).join("；"),
              todo: "核对死亡证明。登记错了的，在个人页办「更正死亡登记」；登记没错的，核查后按情况不变办结。",
            },
          });
        continue;
      }
      const saved = await outcomes.endedByDeath(tx, personId);
      await step(tx, id, {
        ...{ id: newId(), action: "settled", data: {}, asSystem: true },
        change: {
          ...{ outcome: saved > 0 ? "stop" : "adjust", judgement: "confirmed", closedOn: clock.today() },
          savedFenPerMonth: saved,
        },
      });
    }
  }

  const fits = (s: { readonly rule: string; readonly occurredOn: string }, diedOn: string | null): boolean =>
    diedOn === null || (deps.tellsDeathDay(s.rule) ? s.occurredOn === diedOn : s.occurredOn >= diedOn);

  /**
   * Of the outbox event `alert.judged`: the clue says so; one whose every alert was judged away before anybody went is
   * closed (ADR 71). Hearing it twice changes nothing.
   */
  async function onAlertJudged(
    tx: Tx,
    { alertId, title, judgement, outcome, by }: AlertJudged,
  ): Promise<void> {
    const clueId = await trail.clueOfAlert(tx, alertId);
    const id = derivedId(alertId, "judged");
    const c = clueId && !(await trail.findAction(tx, id)) ? await book.lockClue(tx, clueId) : undefined;
    if (!c || c.state === "closed") return;
    const told = (await book.actionsOf(tx, c.id)).filter((a) => a.action === "judged");
    const judgements = new Map(
      [...told.map(({ data }) => data), { alertId, judgement }].map((d) => [
        d.alertId,
        d.judgement as Judgement,
      ]),
    );
    const signals = await book.signalsOf(tx, [c.id]);
    const off = judgedOff(
      c.state,
      signals.map((s) => judgements.get(s.alertId)),
    );
    await step(tx, c.id, {
      ...{ id, action: off ? "judged-off" : "judged", asSystem: true },
      data: { alertId, title, judgement, note: outcome, judgedBy: by },
      change: off ? { outcome: "no-change", judgement: off, closedOn: clock.today() } : {},
    });
  }

  /** Of the outbox event `people.moved`: the place where they live now looks. Hearing it twice changes nothing. */
  async function onMoved(tx: Tx, to: Parameters<typeof outcomes.openElsewhere>[1]): Promise<void> {
    for (const { id } of await outcomes.openElsewhere(tx, to))
      await step(tx, id, {
        ...{ id: newId(), action: "moved", data: {}, asSystem: true },
        change: { divisionCode: to.divisionCode, householdId: to.householdId },
      });
  }

  return { onCaseDecided, onAwarded, onPersonDied, onAlertJudged, onMoved };
}
