/** One legal step of a clue: who may, what it asks, what it does, which day comes next. */
import { checkFields, type Field, type Values, type Wish } from "@wuxin/declare";
import {
  DomainError,
  dateInShanghai,
  derivedId,
  type IsoDate,
  maskName,
  newId,
  within,
  workingDaysUntil,
} from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import { proactiveApplication } from "./application.ts";
import { helpClock, hoursFrom } from "./hours.ts";
import {
  ACTIONS,
  afterContact,
  type ClueAction,
  type ClueState,
  dueOf,
  escalationOf,
  isAction,
  isFound,
  type Judgement,
  next,
  type Outcome,
  REGISTRY,
  unfit,
} from "./model.ts";
import type { CluesDeps } from "./ports.ts";
import type { Book, Clue } from "./sealed.ts";
import * as store from "./store.ts";

export interface StepInput {
  readonly id: string;
  readonly action: ClueAction;
  readonly data: Values;
  readonly change?: store.Change;
  /** Done by the house itself, whoever's transaction it is. */
  readonly asSystem?: true;
}
export type Step = (tx: Tx, clueId: string, input: StepInput) => Promise<void>;

const notFound = () => new DomainError("not-found", "没有找到这条线索，或不在您的管辖范围内。");
const note: Field = { name: "note", label: "说明", type: "longtext", required: true, min: 2, max: 500 };

export function createActing(deps: CluesDeps, book: Book) {
  const { clock } = deps;

  /** What an action asks, with what may be chosen now. Empty: nothing to fill in. */
  async function fieldsOf(tx: Tx, c: Clue, action: ClueAction): Promise<readonly Field[]> {
    switch (action) {
      case "assign": {
        const workers = (await deps.staff(tx)).filter(
          (s) => ["grid", "village", "township"].includes(s.role) && within(s.scope, c.divisionCode),
        );
        return [
          {
            name: "worker",
            label: "谁去",
            type: "choice",
            required: true,
            choices: workers.map((s) => ({ value: s.id, label: s.name })),
          },
          { ...note, name: "note", label: "交代什么", required: false },
        ];
      }
      case "visit":
        return [
          { name: "on", label: "入户日期", type: "date", required: true },
          ...deps.findings,
          { name: "photos", label: "现场照片", type: "file", max: 9 },
        ];
      case "contact":
        return [
          { name: "on", label: "哪天联系的", type: "date", required: true, initial: clock.today() },
          ...deps.contact,
          { name: "photos", label: "照片，签字的说明", type: "file", max: 9 },
        ];
      case "open-case":
        return [
          {
            name: "item",
            label: "为这户申请",
            type: "choice",
            required: true,
            initial: (await benefitsOf(tx, c)).find((code) => deps.items.has(code)) ?? null,
            choices: [...deps.items].map(([value, i]) => ({ value, label: i.shortTitle })),
            help: "已掌握的人员和住址自动带入，缺的在办件里补问。是否给待遇仍按办件审核确认。",
          },
        ];
      case "open-review": {
        const drawn = await drawnBy(tx, c);
        return [
          {
            name: "entitlement",
            label: "哪项待遇",
            type: "choice",
            required: true,
            choices: drawn.map((e) => ({ value: e.id, label: `${e.itemTitle}（${e.stateLabel}）` })),
          },
          {
            name: "result",
            label: "建议",
            type: "choice",
            required: true,
            choices: [
              { value: "recheck", label: "重新核查" },
              { value: "stop", label: "建议停发" },
            ],
            help: "只是提请，增减停由办件决定。",
          },
          { ...note, label: "看到的情况" },
        ];
      }
      case "record-death": {
        // Several lists may tell one death: the earliest day stands, and each of them beside it.
        const told = (await book.signalsOf(tx, [c.id])).filter((s) => deps.tellsDeath(s.rule));
        return [
          {
            name: "diedOn",
            label: "死亡日期",
            type: "date",
            required: true,
            initial: told[0]?.occurredOn ?? c.occurredOn,
            ...(told.length > 1
              ? { help: `${told.map((s) => s.reason).join("")}先取最早的一天，以证明为准。` }
              : {}),
          },
          {
            name: "source",
            label: "凭什么",
            type: "text",
            required: true,
            min: 2,
            max: 100,
            help: "如死亡证明、火化证明、户口注销、入户核实。登记后从次月起停发，已多发的由系统算出，追不追由人确认。",
          },
        ];
      }
      case "refer":
        return [
          { name: "department", label: "转给哪个部门", type: "text", required: true, max: 60 },
          { ...note, label: "请对方办什么" },
        ];
      case "answer":
        return [
          { ...note, label: "对方回复" },
          {
            name: "outcome",
            label: "对方办了吗",
            type: "choice",
            required: true,
            choices: [
              { value: "done", label: "已帮扶" },
              { value: "declined", label: "不符合条件" },
            ],
          },
          { name: "helpedFen", label: "每月帮扶金额（元，没有不填）", type: "money" },
        ];
      case "no-change":
      case "false":
      case "send-back":
      case "urge":
        return [note];
      case "recheck":
        return [
          {
            name: "result",
            label: "与原核查结论",
            type: "choice",
            required: true,
            choices: [
              { value: "agrees", label: "一致" },
              { value: "differs", label: "不一致" },
            ],
          },
          note,
        ];
      default:
        return [];
    }
  }

  /** What the rules that found him say he may be entitled to. */
  async function benefitsOf(tx: Tx, c: Clue): Promise<readonly string[]> {
    if (!isFound(c)) return [];
    return (await book.signalsOf(tx, [c.id])).flatMap((s) => deps.entitles.get(s.rule) ?? []);
  }

  async function drawnBy(tx: Tx, c: Clue) {
    if (c.householdId)
      return deps.entitlements.forHousehold(tx, c.householdId, c.personId ? [c.personId] : []);
    return c.personId ? deps.entitlements.forPerson(tx, c.personId) : [];
  }

  /** Beside the state: what this step does elsewhere and leaves on the clue. */
  async function effect(tx: Tx, c: Clue, input: StepInput, on: IsoDate): Promise<store.Change> {
    const { data } = input;
    const text = (name: string) => String(data[name] ?? "").trim();
    const m = deps.monitoring(tx.actor.countyCode);
    const calendar = await deps.calendar.working(tx);
    const plus = (state: ClueState, from: IsoDate) => dueOf(state, from, m, calendar);
    const close = (outcome: Outcome, judgement: Judgement) => ({ outcome, judgement, closedOn: on });
    switch (input.action) {
      case "dispatch":
        return { dispatchedOn: on, checkDueOn: plus("assigned", plus("dispatched", on) ?? on) };
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

  /** What a further step of the same state leaves untouched. */
  const STAYS: ReadonlySet<string> = new Set(["urge", "recheck", "join", "escalate", "photo"]);

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
    const to = input.action === "contact" ? afterContact(c.state, input.data.wish as Wish) : led;
    const on = clock.today();
    const moved = await effect(tx, c, input, on);
    const calendar = await deps.calendar.working(tx);
    const clocks =
      STAYS.has(input.action) || (input.action === "contact" && to === c.state)
        ? {}
        : { dueOn: dueOf(to, on, deps.monitoring(tx.actor.countyCode), calendar), escalated: 0 };
    const change = {
      ...clocks,
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
      /** The photos belong to a visit already. */
      readonly filed?: true;
    },
  ): Promise<void> {
    const { action } = request;
    if (!isAction(action))
      throw new DomainError("invalid-input", "没有这个步骤，请刷新页面。", { field: "action" });
    if (await store.findAction(tx, request.id)) return;
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
    const errors = checkFields(await fieldsOf(tx, c, action), request.data, clock.today());
    if (errors.length > 0)
      throw new DomainError("invalid-input", errors.map((e) => e.message).join(""), { details: errors });
    // Loose files are the uploader's alone: with the clue, whoever may act on it sees them.
    if (!request.filed)
      await deps.documents.attachFiles(tx, (request.data.photos ?? []) as string[], {
        ...{ caseId: clueId, divisionCode: c.divisionCode, applicantId: null },
      });
    await step(tx, clueId, { id: request.id, action, data: request.data });
    await deps.audit.record(tx, {
      ...{ action: "clue.act", object: "clue", objectId: clueId },
      detail: `${c.number} ${maskName(c.subjectName)}：${ACTIONS[action].label}`,
    });
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

  /**
   * Of the outbox event `case.decided`: the clue that led to the case is closed with what the decision changed a month.
   * Hearing it twice changes nothing.
   */
  async function onCaseDecided(
    tx: Tx,
    e: { caseId: string; decisionId: string; kind: string; amountFen: number; fromMonth: string },
  ): Promise<void> {
    for (const { id } of await store.inHandling(tx, e.caseId)) {
      const before = e.kind === "award" ? 0 : await store.amountBefore(tx, e.caseId, e.fromMonth);
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
    for (const { id, item } of await store.foundOpen(tx, e.caseId)) {
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
   * Of the outbox event `person.died`, after entitlements: what said that he had died was right, with what no longer is
   * paid a month; whoever was found entitled is asked no more. Hearing it twice changes nothing.
   */
  async function onPersonDied(tx: Tx, { personId }: { readonly personId: string }): Promise<void> {
    for (const { id } of await store.openOf(tx, personId)) {
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
      const saved = await store.endedByDeath(tx, personId);
      await step(tx, id, {
        ...{ id: newId(), action: "settled", data: {}, asSystem: true },
        change: {
          ...{ outcome: saved > 0 ? "stop" : "adjust", judgement: "confirmed", closedOn: clock.today() },
          savedFenPerMonth: saved,
        },
      });
    }
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
      if (await store.findAction(tx, id)) continue;
      await step(tx, c.id, { id, action: "urge", data: { note: request.note.trim() } });
    }
    return rows.length;
  }

  return { step, act, urgeLate, fieldsOf, escalate, onCaseDecided, onAwarded, onPersonDied };
}
