/** One legal step of a clue: who may, and which day comes next. */
import { checkFields, type Values, type Wish } from "@wuxin/declare";
import { DomainError, dateInShanghai, derivedId, maskName, newId, workingDaysUntil } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import type { Asking } from "./asking.ts";
import { createEffects, type StepInput } from "./effects.ts";
import { helpClock, hoursFrom } from "./hours.ts";
import {
  ACTIONS,
  afterContact,
  afterMove,
  type ClueAction,
  type ClueState,
  dueOf,
  escalationOf,
  isAction,
  isFound,
  next,
  REGISTRY,
  unfit,
} from "./model.ts";
import type { CluesDeps } from "./ports.ts";
import type { Book, Clue } from "./sealed.ts";
import * as store from "./store.ts";
import * as trail from "./trail-store.ts";

export type Step = (tx: Tx, clueId: string, input: StepInput) => Promise<void>;

const notFound = () => new DomainError("not-found", "没有找到这条线索，或不在您的管辖范围内。");

export function createActing(deps: CluesDeps, book: Book, asking: Asking) {
  const { clock } = deps;
  const effect = createEffects(deps, asking);

  /** What a further step of the same state leaves untouched. */
  const STAYS: ReadonlySet<string> = new Set([
    "urge",
    "recheck",
    "join",
    "escalate",
    "photo",
    "judged",
    "other-day",
    "again",
  ]);

  /** Who asked for help keeps his hour until somebody was there; the day of it is the day by which to go. */
  function pressing(to: ClueState, answerBy: string | null): store.Change {
    if (answerBy === null) return {};
    if (to !== "dispatched" && to !== "assigned") return { answerBy: null };
    const day = dateInShanghai(new Date(answerBy));
    return { dueOn: day, checkDueOn: day };
  }

  const step: Step = async (tx, clueId, input) => {
    const c = await book.lockClue(tx, clueId);
    if (!c) throw notFound();
    const led = next(c.state, input.action, input.asSystem ? "system" : tx.actor.role);
    const to =
      input.action === "contact"
        ? afterContact(c.state, input.data.wish as Wish)
        : input.action === "moved"
          ? afterMove(c.state)
          : led;
    const on = clock.today();
    const moved = await effect(tx, c, input, on);
    const calendar = await deps.calendar.working(tx);
    const clocks =
      STAYS.has(input.action) ||
      (input.action === "contact" && to === c.state) ||
      (input.action === "moved" && to !== "dispatched")
        ? {}
        : { dueOn: dueOf(to, on, deps.monitoring(tx.actor.countyCode), calendar), escalated: 0 };
    // Settled in time without anybody having to go: the township owed nobody a visit.
    const spared =
      to === "closed" &&
      c.state !== to &&
      c.checkedOn === null &&
      c.checkDueOn !== null &&
      c.checkDueOn >= on;
    const change = {
      ...clocks,
      ...(spared ? { checkDueOn: null } : {}),
      ...moved,
      ...input.change,
      ...pressing(to, c.answerBy),
    };
    if ((await store.changeClue(tx, clueId, c.version, to, change)) === 0)
      throw new DomainError("stale-version", "这条线索刚刚被别人办过，请刷新页面查看。");
    await book.insertAction(tx, {
      ...{ id: input.id, clueId, version: c.version + 1, action: input.action, to, data: input.data },
      at: clock.now(),
    });
    if (to === "closed" && c.state !== "closed") await tellClosed(tx, clueId);
  };

  async function tellClosed(tx: Tx, clueId: string): Promise<void> {
    const c = (await book.findClue(tx, clueId)) as Clue;
    const signals = await book.signalsOf(tx, [clueId]);
    await emit(tx, "clue.closed", {
      clueId,
      alertIds: signals.flatMap((s) => (s.feed === REGISTRY ? [] : [s.alertId])),
      judgement: c.judgement,
      outcome: c.outcome,
      savedFenPerMonth: c.savedFenPerMonth,
      helpedFenPerMonth: c.helpedFenPerMonth,
    });
  }

  /**
   * What somebody does with a clue. The same id again does nothing more.
   * Errors: not-found, forbidden, action-not-allowed, stale-version, invalid-input, and those of the case it opens.
   */
  async function act(
    tx: Tx,
    clueId: string,
    request: {
      readonly id: string;
      readonly version: number;
      readonly action: string;
      readonly data: Values;
      /** The visit that tells it; the photos belong to that one already. */
      readonly visitId?: string;
    },
  ): Promise<void> {
    const { action } = request;
    if (!isAction(action))
      throw new DomainError("invalid-input", "没有这个步骤，请刷新页面。", { field: "action" });
    if (await trail.findAction(tx, request.id)) return;
    const c = await book.lockClue(tx, clueId);
    if (!c) throw notFound();
    // Before what is asked: somebody who may not is told so, not asked to fill in.
    next(c.state, action, tx.actor.role);
    if (tx.actor.role === "grid" && c.workerId !== tx.actor.accountId)
      throw new DomainError("forbidden", "这条线索没有派给您，由派到的人上门；有新情况请另外登记一条。");
    const misfit = unfit(c, action);
    if (misfit) throw new DomainError("action-not-allowed", misfit);
    if (c.version !== request.version) {
      const last = (await book.actionsOf(tx, clueId)).at(-1);
      throw new DomainError(
        "stale-version",
        `这条线索已由${last?.byName ?? "别人"}办理（${isAction(last?.action ?? "") ? ACTIONS[last?.action as ClueAction].label : "更新"}），请刷新页面查看最新情况。`,
      );
    }
    const errors = checkFields(await asking.fieldsOf(tx, c, action), request.data, clock.today());
    if (errors.length > 0)
      throw new DomainError("invalid-input", errors.map((e) => e.message).join(""), { details: errors });
    // Loose files are the uploader's alone: with the clue, whoever may act on it sees them.
    const { visitId } = request;
    if (visitId === undefined)
      await deps.documents.attachFiles(tx, (request.data.photos ?? []) as string[], {
        ...{ caseId: clueId, divisionCode: c.divisionCode, applicantId: null },
      });
    const data = visitId === undefined ? request.data : { ...request.data, visitId };
    await step(tx, clueId, { id: request.id, action, data });
    await deps.audit.record(tx, {
      ...{ action: "clue.act", object: "clue", objectId: clueId },
      detail: `${c.number} ${maskName(c.subjectName)}：${ACTIONS[action].label}`,
    });
  }

  /** Of these clues, those that somebody has answered already, with who did last. */
  async function answered(tx: Tx, ids: readonly string[]) {
    const clues = await Promise.all(ids.map((id) => book.findClue(tx, id)));
    const done = clues.filter(
      (c): c is Clue => c !== undefined && ACTIONS.again.from.some((s) => s === c.state),
    );
    return Promise.all(
      done.map(async (c) => {
        const last = (await book.actionsOf(tx, c.id)).findLast((a) =>
          ["visit", "contact"].includes(a.action),
        );
        return { id: c.id, title: c.title, found: isFound(c), byName: last?.byName ?? "别人" };
      }),
    );
  }
  /** What somebody saw who came second: beside the other's words. The same id again does nothing more. */
  async function seenAgain(tx: Tx, clueId: string, a: { readonly id: string; readonly data: Values }) {
    if (!(await trail.findAction(tx, a.id)))
      await step(tx, clueId, { ...a, action: "again", asSystem: true });
  }

  /** Late ones are told to the township, then to the county. Gives how many were. */
  async function escalate(tx: Tx): Promise<number> {
    const today = clock.today();
    const calendar = await deps.calendar.working(tx);
    const { escalateDays } = deps.monitoring(tx.actor.countyCode);
    let told = 0;
    const now = clock.now();
    const help = helpClock((name) => deps.choice(tx.actor.countyCode, name, today));
    for (const c of await store.lateClues(tx, today, now)) {
      const lateDays = Math.max(1, workingDaysUntil(calendar, c.dueOn, today).days);
      const countyAt =
        c.answerBy && hoursFrom(new Date(c.answerBy), help.escalateHours, help.office, calendar);
      const to = countyAt ? (now < countyAt ? 1 : 2) : escalationOf(lateDays, escalateDays);
      if (to <= c.escalated) continue;
      await step(tx, c.id, {
        ...{ id: newId(), action: "escalate", data: { to: to === 2 ? "县级" : "乡镇（街道）", lateDays } },
        ...{ change: { escalated: to }, asSystem: true },
      });
      told++;
    }
    return told;
  }

  /** Urges a place about every clue of it that is late, each once. Gives how many. Errors: forbidden, invalid-input. */
  async function urgeLate(
    tx: Tx,
    request: { readonly id: string; readonly divisionCode: string; readonly note: string },
  ): Promise<number> {
    if (request.note.trim().length < 2)
      throw new DomainError("invalid-input", "请写明催办什么。", { field: "note" });
    const today = clock.today();
    const { rows } = await book.listClues(
      tx,
      { division: request.divisionCode, lateAt: clock.now(), state: "open", size: 1_000 },
      today,
      deps.monitoring(tx.actor.countyCode).levels.map((l) => l.code),
    );
    for (const c of rows) {
      const id = derivedId(request.id, c.id);
      if (await trail.findAction(tx, id)) continue;
      await step(tx, c.id, { id, action: "urge", data: { note: request.note.trim() } });
    }
    return rows.length;
  }

  return { step, act, answered, seenAgain, urgeLate, escalate };
}
