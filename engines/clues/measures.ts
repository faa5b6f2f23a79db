/**
 * 帮扶措施 of a household, whichever department gives them: planned, answered by the department, looked at again (回访) until a
 * second person says that the risk is gone, or worse. No payment comes of it: what is paid goes through a case.
 */
import { checkFields, RISKS, type Risk, type Values } from "@wuxin/declare";
import { addDays, addWorkingDays, DomainError, derivedId, type IsoDate, maskName } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import {
  ANOTHER,
  checkMeasureStep,
  DECISIONS,
  type Decision,
  fieldsOf,
  MEASURE_ACTIONS,
  MEASURE_STATES,
  type MeasureAction,
  type MeasureState,
  type MeasureStep,
} from "./measure-model.ts";
import { createMeasurePages } from "./measure-pages.ts";
import * as store from "./measure-store.ts";
import type { CluesDeps } from "./ports.ts";

export interface MeasureAct {
  readonly id: string;
  readonly action: string;
  /** The measure, or the look that is decided about. */
  readonly of?: string | undefined;
  /** Of the measure, as it was seen. */
  readonly version?: number | undefined;
  readonly data: Values;
}
export interface Looked {
  readonly id: string;
  readonly householdId: string;
  readonly visitId: string | null;
  readonly data: Values;
}
/** No document sets one; the county's `measureReturnDays` is asked first. */
const RETURN_DAYS = 30;

export function createMeasures(deps: CluesDeps) {
  const { clock, vault } = deps;
  const seal = (value: object) => vault.seal(JSON.stringify(value));
  const pages = createMeasurePages(deps);
  const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });

  function returnDays(tx: Tx): number {
    const days = deps.choice(tx.actor.countyCode, "measureReturnDays", clock.today());
    return typeof days === "number" && days > 0 ? days : RETURN_DAYS;
  }

  function checked(action: MeasureAction, of: Parameters<typeof fieldsOf>[1], data: Values): Values {
    const fields = fieldsOf(action, of);
    const known = Object.fromEntries(
      fields.flatMap((f) => (f.name in data ? [[f.name, data[f.name]]] : [])),
    ) as Values;
    const errors = checkFields(fields, known, clock.today());
    if (errors.length > 0)
      throw new DomainError("invalid-input", errors.map((e) => e.message).join(""), { details: errors });
    return known;
  }

  async function write(
    tx: Tx,
    a: {
      readonly id: string;
      readonly action: MeasureStep;
      readonly to: MeasureState;
      readonly data: Values;
    },
    m: { readonly id: string; readonly number: string; readonly divisionCode: string },
    version: number,
  ) {
    await store.insertAction(tx, {
      ...{ id: a.id, of: m.id, version, action: a.action, to: a.to, dataSealed: seal(a.data) },
      at: clock.now(),
    });
    await deps.documents.attachFiles(tx, (a.data.photos ?? []) as string[], {
      ...{ caseId: m.id, divisionCode: m.divisionCode, applicantId: null },
    });
    // Its department, where it has an account, is told how it stands.
    await emit(tx, "measure.moved", { measureId: m.id });
  }
  const told = (tx: Tx, id: string, detail: string) =>
    deps.audit.record(tx, { action: "measure.act", object: "household", objectId: id, detail });

  async function plan(tx: Tx, householdId: string, request: MeasureAct): Promise<void> {
    const household = await deps.registry.getHousehold(tx, householdId);
    const departments = pages.departments(tx);
    const data = checked("plan", { ...deps.measures, departments }, request.data);
    const today = clock.today();
    const kind = deps.measures.kinds.get(String(data.kind));
    if (!kind) throw bad("kind", "没有这一类帮扶，请刷新页面后重选。");
    const endsOn = data.endsOn ? String(data.endsOn) : null;
    if (endsOn !== null && endsOn < String(data.startsOn))
      throw bad("endsOn", "结束日期早于开始日期，请改正。");
    if (String(data.answerDueOn) < today) throw bad("answerDueOn", "部门落实的期限应是今天或以后。");
    const asked = data.department ? String(data.department) : kind.department;
    const another = asked === ANOTHER ? String(data.another).trim() : null;
    const number = await deps.documents.nextNumber(
      tx,
      "{county}帮扶〔{year}〕{n}号",
      Number(today.slice(0, 4)),
    );
    const m = { id: request.id, number, divisionCode: household.divisionCode };
    await store.insert(tx, {
      ...{ ...m, householdId, kind: kind.code },
      department: another ?? departments.find((d) => d.value === asked)?.label ?? asked,
      departmentCode: another === null ? asked : null,
      ...{ startsOn: String(data.startsOn), endsOn },
      ...money(data),
      wordsSealed: seal({ service: String(data.service).trim(), effect: "" }),
      ...{ plannedAt: clock.now().toISOString(), answerDueOn: String(data.answerDueOn) },
    });
    await write(tx, { id: derivedId(m.id, "plan"), action: "plan", to: "planned", data }, m, 1);
    await told(tx, householdId, `${number} ${kind.label}：${MEASURE_ACTIONS.plan.label}`);
  }
  const money = (data: Values): Pick<store.MeasureRecord, "amountFen" | "each"> =>
    typeof data.amountFen === "number"
      ? { amountFen: data.amountFen, each: data.each === "month" ? "month" : "once" }
      : { amountFen: null, each: null };

  async function ofMeasure(
    tx: Tx,
    householdId: string,
    action: "answer" | "finish" | "stop",
    m: store.MeasureRecord,
    request: MeasureAct,
  ): Promise<void> {
    if (m.version !== request.version)
      throw new DomainError("stale-version", "这项措施刚刚被别人办过，请刷新页面查看。");
    const gives = deps.measures.kinds.get(m.kind)?.gives;
    const data = checked(action, { ...deps.measures, gives }, request.data);
    const today = clock.today();
    const on = data.on ? String(data.on) : today;
    const words = pages.words(m);
    let next = { ...m, wordsSealed: m.wordsSealed };
    if (action === "answer" && data.result === "in-force")
      next = {
        ...next,
        ...(typeof data.amountFen === "number" ? money(data) : {}),
        ...{ state: "in-force", inForceOn: on, returnDueOn: addDays(on, returnDays(tx)) },
      };
    else {
      if (m.inForceOn !== null && on < m.inForceOn) throw bad("on", `不能早于落实的日期 ${m.inForceOn}。`);
      const effect = action === "finish" ? String(data.effect).trim() : words.effect;
      next = {
        ...next,
        ...{ state: action === "finish" ? "done" : "failed", closedOn: on },
        wordsSealed: seal({ ...words, effect }),
      };
    }
    await store.change(tx, next);
    await write(tx, { id: request.id, action, to: next.state, data }, m, m.version + 1);
    await told(tx, householdId, `${m.number}：${MEASURE_ACTIONS[action].label}`);
  }

  /**
   * A look at the household: by a visit, or told on its page. False: nobody looks after it any more, or another look waits for a
   * decision. Errors: invalid-input.
   */
  async function looked(tx: Tx, l: Looked): Promise<boolean> {
    await store.hold(tx, l.householdId);
    if (await store.heard(tx, l.id)) return true;
    const { watched, waiting } = pages.standsOf(
      await store.ofHousehold(tx, l.householdId),
      await store.returnsOf(tx, l.householdId),
    );
    const [first] = watched;
    if (!first || waiting) return false;
    const data = checked("return", deps.measures, l.data);
    const on = String(data.on);
    const since = watched.map((m) => m.inForceOn ?? "").sort()[0] ?? "";
    if (on < since) throw bad("on", `回访不能早于措施落实的日期 ${since}。`);
    const risk = data.risk as Risk;
    const days = deps.monitoring(tx.actor.countyCode).judgeDays;
    await store.insertReturn(tx, {
      ...{ id: l.id, householdId: l.householdId, divisionCode: first.divisionCode, visitId: l.visitId },
      dueOn: watched.map((m) => m.returnDueOn ?? "").sort()[0] as IsoDate,
      ...{ onDate: on, risk, dataSealed: seal(data), at: clock.now() },
      decideDueOn:
        risk === "remains" ? null : addWorkingDays(await deps.calendar.working(tx), clock.today(), days).date,
    });
    // Those of a visit are the visit's.
    if (l.visitId === null)
      await deps.documents.attachFiles(tx, (data.photos ?? []) as string[], {
        ...{ caseId: l.id, divisionCode: first.divisionCode, applicantId: null },
      });
    if (risk === "remains") await store.lookAgain(tx, l.householdId, addDays(on, returnDays(tx)));
    await told(tx, l.householdId, `回访：风险${RISKS[risk]}`);
    return true;
  }

  async function decide(tx: Tx, householdId: string, request: MeasureAct): Promise<void> {
    const measures = await store.ofHousehold(tx, householdId);
    const { waiting, watched } = pages.standsOf(measures, await store.returnsOf(tx, householdId));
    if (!waiting || waiting.id !== request.of)
      throw new DomainError("action-not-allowed", "这次回访已经研判过，或没有要研判的，请刷新页面查看。");
    if (waiting.byAccount === tx.actor.accountId)
      throw new DomainError("forbidden", "研判要由登记回访以外的人办，请换一个账号。");
    const data = checked("decide", { ...deps.measures, risk: waiting.risk }, request.data);
    const decision = data.decision as Decision;
    const today = clock.today();
    if (decision === "removed") await refuseUnfinished(tx, householdId, measures);
    await store.decide(tx, waiting.id, {
      ...{ decisionId: request.id, decision, sealed: seal({ note: data.note }), at: clock.now(), on: today },
    });
    if (decision === "removed") {
      for (const m of watched)
        if (m.state === "in-force") {
          await store.change(tx, { ...m, state: "done", closedOn: today });
          const id = derivedId(request.id, m.id);
          await write(tx, { id, action: "settle", to: "done", data: {} }, m, m.version + 1);
        }
      await store.noMoreLooks(tx, householdId);
    } else await store.lookAgain(tx, householdId, addDays(today, returnDays(tx)));
    await told(tx, householdId, `${MEASURE_ACTIONS.decide.label}：${DECISIONS[decision]}`);
  }
  async function refuseUnfinished(tx: Tx, householdId: string, measures: readonly store.MeasureRecord[]) {
    const planned = measures.filter((m) => m.state === "planned").map((m) => m.number);
    if (planned.length > 0)
      throw new DomainError(
        "action-not-allowed",
        `${planned.join("、")} 还没有落实，先登记部门落实或取消，再消除风险。`,
      );
    const clues = (await store.openClues(tx, householdId)).map((c) => c.number);
    if (clues.length > 0)
      throw new DomainError(
        "action-not-allowed",
        `这户还有没办结的线索 ${clues.join("、")}，先办结，再消除风险。`,
      );
  }

  /** The same id again does nothing more. Errors: not-found, forbidden, action-not-allowed, stale-version, invalid-input. */
  async function act(tx: Tx, householdId: string, request: MeasureAct): Promise<void> {
    await deps.registry.getHousehold(tx, householdId);
    await store.hold(tx, householdId);
    if (await store.heard(tx, request.id)) return;
    const { action } = request;
    const m = (await store.ofHousehold(tx, householdId)).find((x) => x.id === request.of);
    checkMeasureStep(action, tx.actor.role, m?.state ?? null);
    if (action === "plan") return plan(tx, householdId, request);
    if (action === "decide") return decide(tx, householdId, request);
    if (action === "return") {
      const { id, data } = request;
      if (await looked(tx, { id, householdId, visitId: null, data })) return;
      throw new DomainError(
        "action-not-allowed",
        "这户现在没有要回访的措施，或上一次回访还在等研判，请刷新页面查看。",
      );
    }
    if (m) return ofMeasure(tx, householdId, action, m, request);
  }

  /** For the list of visits: who is to be looked at within so many days. */
  async function returnsDue(tx: Tx, withinDays: number) {
    return (await store.returnsDue(tx, addDays(clock.today(), withinDays))).map((r) => ({
      ...r,
      reason: r.kinds.map((k) => deps.measures.kinds.get(k)?.label ?? k).join("、"),
    }));
  }

  const WORDS = { answer: "催部门落实", decide: "研判风险", raised: "风险升级，研究新的措施" } as const;
  /** What waits on a desk: a township's own, a county's what came up to it or was let pass. */
  async function waiting(tx: Tx) {
    const { role, accountId, countyCode } = tx.actor;
    if (role !== "township" && role !== "county") return [];
    const today = clock.today();
    const rows = (await store.unsettled(tx)).filter((u) =>
      role === "township"
        ? u.what !== "raised" && (u.notBy === null || u.notBy !== accountId)
        : u.what === "raised" || u.dueOn < today,
    );
    const late = (await store.returnsDue(tx, addDays(today, -1))).map((r) => ({
      ...{ householdId: r.householdId, divisionCode: r.divisionCode, dueOn: r.dueOn },
      ...{ todo: "回访逾期，督促", waiting: `应于 ${r.dueOn} 前回访` },
    }));
    const all = [
      ...rows.map((u) => ({
        ...{ householdId: u.householdId, divisionCode: u.divisionCode, dueOn: u.dueOn },
        todo: WORDS[u.what],
        waiting:
          u.what === "answer"
            ? u.label
            : u.what === "decide"
              ? `回访说风险${RISKS[u.label as Risk]}`
              : `${u.dueOn} 研判`,
      })),
      ...late,
    ];
    const homes = await deps.registry.households(tx, [...new Set(all.map((r) => r.householdId))]);
    return all.map((r) => ({
      ...r,
      title: maskName(homes.get(r.householdId)?.headName ?? ""),
      divisionName: deps.divisionName(countyCode, r.divisionCode),
    }));
  }

  /** One measure as its department needs to know it, and how the department answers. Undefined: there is none. */
  async function ofDepartment(tx: Tx, id: string) {
    const m = await store.byId(tx, id);
    if (!m) return undefined;
    const kind = deps.measures.kinds.get(m.kind);
    const home = (await deps.registry.households(tx, [m.householdId])).get(m.householdId);
    return {
      ...m,
      ...pages.words(m),
      ...{
        kindLabel: kind?.label ?? m.kind,
        stateLabel: MEASURE_STATES[m.state],
        open: m.state === "planned",
      },
      headMasked: maskName(home?.headName ?? ""),
      divisionName: deps.divisionName(tx.actor.countyCode, m.divisionCode),
      answerFields: fieldsOf("answer", { ...deps.measures, gives: kind?.gives }),
    };
  }
  /** By the department's own contact. Errors: as `act`. */
  async function answered(tx: Tx, id: string, reply: { readonly id: string; readonly data: Values }) {
    const m = await store.byId(tx, id);
    if (!m) throw new DomainError("not-found", "没有这项措施，或已经取消。");
    await act(tx, m.householdId, { ...reply, action: "answer", of: id, version: m.version });
  }

  return {
    act,
    ofDepartment,
    answered,
    looked,
    returnsDue,
    waiting,
    ...pages.doors,
    /** So many days past the day of the look: these go on supervision. */
    longLate: (tx: Tx, days: number) => store.returnsDue(tx, addDays(clock.today(), -days)),
  };
}
