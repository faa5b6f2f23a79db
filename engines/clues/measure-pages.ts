/** What was done for a household by which department, what came of it, and what may be done next. */
import { type Field, MEASURE_STAGES, RISKS } from "@wuxin/declare";
import { formatYuan, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import {
  DECISIONS,
  fieldsOf,
  legalOfHousehold,
  legalOfMeasure,
  MEASURE_ACTIONS,
  MEASURE_STATES,
  type MeasureAction,
  type MeasureStep,
  STEP_LABELS,
} from "./measure-model.ts";
import * as store from "./measure-store.ts";
import type { CluesDeps } from "./ports.ts";

interface Words {
  readonly service: string;
  readonly effect: string;
}

export function createMeasurePages(deps: CluesDeps) {
  const { clock, vault } = deps;
  const open = <T>(sealed: Buffer) => JSON.parse(vault.open(sealed)) as T;
  const words = (m: store.MeasureRecord) => open<Words>(m.wordsSealed);
  const kindOf = (code: string) => deps.measures.kinds.get(code);
  const departments = (tx: Tx) =>
    deps.departments(tx.actor.countyCode).map((d) => ({ value: d.code, label: d.name }));

  /** What is looked after, and the look that waits for a second person. */
  function standsOf(measures: readonly store.MeasureRecord[], returns: readonly store.ReturnRecord[]) {
    return {
      watched: measures.filter((m) => m.returnDueOn !== null),
      waiting: returns.find((r) => r.decideDueOn !== null && r.decision === null) ?? null,
    };
  }

  /** 未开始、帮扶中 …, in words, with the day that counts now. */
  function riskOf(
    { watched, waiting }: ReturnType<typeof standsOf>,
    measures: readonly store.MeasureRecord[],
    returns: readonly store.ReturnRecord[],
  ): { label: string; tone: "none" | "open" | "late" | "good" | "bad"; dueOn: IsoDate | null } {
    const today = clock.today();
    const due = watched.map((m) => m.returnDueOn ?? "").sort()[0] ?? null;
    const [last] = returns;
    if (waiting)
      return {
        label: `回访说风险${RISKS[waiting.risk]}，等研判`,
        ...{ tone: (waiting.decideDueOn ?? "") < today ? "late" : "open", dueOn: waiting.decideDueOn },
      };
    if (last?.decision === "raised" && !measures.some((m) => m.plannedAt > (last.decidedAt ?? "")))
      return { label: "风险升级，要研究新的措施", tone: "bad", dueOn: due };
    if (due)
      return {
        label: due < today ? "帮扶中，回访逾期" : "帮扶中",
        tone: due < today ? "late" : "open",
        dueOn: due,
      };
    if (measures.some((m) => m.state === "planned"))
      return { label: "等部门落实", tone: "open", dueOn: null };
    if (last?.decision === "removed")
      return { label: `风险消除（${last.decidedOn}）`, tone: "good", dueOn: null };
    return { label: measures.length > 0 ? "没有在落实的措施" : "还没有措施", tone: "none", dueOn: null };
  }

  function say(f: Field, value: unknown): string {
    const label = (v: unknown) => f.choices?.find((c) => c.value === v)?.label ?? String(v);
    if (f.type === "money" && typeof value === "number") return `${formatYuan(value)} 元`;
    return [value].flat().map(label).join("、");
  }
  const linesOf = (fields: readonly Field[], data: Record<string, unknown>) =>
    fields.flatMap((f) =>
      f.type === "file" || data[f.name] === undefined || data[f.name] === null || data[f.name] === ""
        ? []
        : [{ label: f.label, text: say(f, data[f.name]) }],
    );
  const photosOf = (data: Record<string, unknown>) =>
    Array.isArray(data.photos) ? (data.photos as string[]) : [];
  const stepFields = (tx: Tx, step: MeasureStep, kind: string) =>
    step === "settle"
      ? []
      : fieldsOf(step, { ...deps.measures, departments: departments(tx), gives: kindOf(kind)?.gives });

  /** Everything of a household, newest first. */
  async function ofHousehold(tx: Tx, householdId: string) {
    const measures = await store.ofHousehold(tx, householdId);
    const returns = await store.returnsOf(tx, householdId);
    const actions = await store.actionsOf(tx, householdId);
    const stands = standsOf(measures, returns);
    const today = clock.today();
    return {
      risk: riskOf(stands, measures, returns),
      measures: measures.map(({ wordsSealed: _, ...m }) => ({
        ...m,
        ...words({ wordsSealed: _, ...m }),
        kindLabel: kindOf(m.kind)?.label ?? m.kind,
        stageLabel: MEASURE_STAGES[kindOf(m.kind)?.stage ?? "during"],
        stateLabel: MEASURE_STATES[m.state],
        late: m.state === "planned" && m.answerDueOn < today,
        history: actions
          .filter((a) => a.measureId === m.id)
          .map((a) => {
            const data = open<Record<string, unknown>>(a.dataSealed);
            return {
              ...{ id: a.id, at: a.at, by: a.byName, label: STEP_LABELS[a.action] },
              ...{ lines: linesOf(stepFields(tx, a.action, m.kind), data), photos: photosOf(data) },
            };
          })
          .reverse(),
      })),
      returns: returns.map(({ dataSealed, decisionSealed, byAccount: _, ...r }) => {
        const data = open<Record<string, unknown>>(dataSealed);
        return {
          ...{ id: r.id, dueOn: r.dueOn, onDate: r.onDate, by: r.byName, visitId: r.visitId, risk: r.risk },
          riskLabel: `风险${RISKS[r.risk]}`,
          lines: linesOf(deps.measures.returnForm, data).filter((l) => l.text !== RISKS[r.risk]),
          photos: photosOf(data),
          decideDueOn: r.decision === null ? r.decideDueOn : null,
          decision:
            r.decision && decisionSealed
              ? {
                  ...{ label: DECISIONS[r.decision], on: r.decidedOn ?? "", by: r.decidedByName ?? "" },
                  note: open<{ note: string }>(decisionSealed).note,
                }
              : null,
        };
      }),
      waiting: stands.waiting,
      watched: stands.watched.length > 0,
    };
  }

  /** With what the reader may do. Error: not-found. */
  async function page(tx: Tx, householdId: string) {
    await deps.registry.getHousehold(tx, householdId);
    const { waiting, watched, measures, ...rest } = await ofHousehold(tx, householdId);
    const { role, accountId } = tx.actor;
    const offer = (action: MeasureAction, of: string | null, more: object = {}) => ({
      ...{ action, of, label: MEASURE_ACTIONS[action].label },
      fields: [...fieldsOf(action, { ...deps.measures, departments: departments(tx), ...more })],
    });
    return {
      ...rest,
      measures: measures.map((m) => ({
        ...m,
        actions: legalOfMeasure(m.state, role).map((a) => offer(a, m.id, { gives: kindOf(m.kind)?.gives })),
      })),
      actions: legalOfHousehold(
        { watched, waiting: waiting && { by: waiting.byAccount } },
        role,
        accountId,
      ).map((a) => offer(a, a === "decide" ? (waiting?.id ?? null) : null, { risk: waiting?.risk })),
    };
  }

  return { words, standsOf, departments, doors: { page, ofHousehold } };
}
