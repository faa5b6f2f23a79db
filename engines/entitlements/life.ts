/**
 * Between two decisions: suspended, resumed, somebody leaves, moved. A person sees what it will do and confirms it; the
 * new amount comes from the rules and the facts of the last decision, without who left or with the other area.
 */
import { addMonths, DomainError, type Month, monthOf } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import type { SituationInputs } from "./basis.ts";
import type { Common } from "./common.ts";
import * as model from "./life-model.ts";
import * as life from "./life-store.ts";
import { factsIn, writeChange } from "./life-write.ts";
import { amountIn, coveredIn } from "./model.ts";
import type { EntitlementsDeps, ItemRules } from "./ports.ts";
import { ruled } from "./ruled.ts";
import * as store from "./store.ts";

const CONFIRMERS: ReadonlySet<string> = new Set(["county"]);

/** What a change would do. */
export interface Effect {
  readonly fromMonth: Month;
  readonly beforeFen: number;
  readonly afterFen: number;
  /** Nobody is covered any more: the entitlement ends with the month before. */
  readonly ends: boolean;
  /** Months already past in which less, or nothing, was owed. */
  readonly pastMonths: number;
  /** What the rules say, where they were asked. */
  readonly told: string;
}
interface Worked extends Effect {
  readonly amounts: readonly { month: Month; fen: number }[];
  readonly inputs: SituationInputs | null;
  readonly rules: ItemRules | null;
  readonly persons: number;
}

export function createLife(deps: EntitlementsDeps, common: Common) {
  const { clock } = deps;

  async function standing(tx: Tx, id: string) {
    const e = await common.get(tx, id);
    const month = monthOf(clock.today());
    const amounts = await store.amountsOf(tx, id);
    const coverage = await store.coverageOf(tx, id);
    const shown = e.fromMonth > month ? e.fromMonth : month;
    // Somebody may have died months ago: covered then, whatever is known now.
    const covered = [
      ...new Set(
        coverage.filter((c) => c.endMonth === null || c.endMonth >= e.fromMonth).map((c) => c.personId),
      ),
    ];
    const now: model.Now = {
      ...{ today: clock.today(), fromMonth: e.fromMonth, endMonth: e.endMonth, covered },
      ...{ amountFen: amountIn(amounts, shown), areaClass: e.areaClass, divisionCode: e.divisionCode },
    };
    return { e, amounts, coverage, now };
  }

  /** The facts as the change leaves them; null when no rule need be asked. */
  async function changed(tx: Tx, e: store.EntitlementRecord, input: model.ChangeInput, from: Month) {
    const inputs = (await factsIn(tx, deps.repricing, e.id, from))?.inputs;
    if (!inputs) return null;
    if (input.kind === "member-out") {
      const at = (inputs.persons ?? []).findIndex((p) => p.personId === input.personId);
      if (at < 0) return inputs;
      const rest = <T>(list: readonly T[]) => list.filter((_, i) => i !== at);
      return { ...inputs, members: rest(inputs.members), persons: rest(inputs.persons ?? []) };
    }
    if (input.kind === "transfer") {
      const facts = Object.entries(common.itemOf(e.item).registryFacts ?? {});
      const name = facts.find(([, kind]) => kind === "areaClass")?.[0];
      if (!name || input.areaClass === null || input.areaClass === e.areaClass) return null;
      return {
        ...inputs,
        household: { ...inputs.household, [name]: { value: input.areaClass, source: "户籍登记" } },
      };
    }
    return inputs;
  }

  async function workOut(tx: Tx, id: string, input: model.ChangeInput): Promise<Worked> {
    const { e, amounts, coverage, now } = await standing(tx, id);
    const no = model.possible(now)[input.kind];
    if (no !== null) throw new DomainError("action-not-allowed", no);
    if (input.reason.trim().length < 2)
      throw new DomainError("invalid-input", "请写明事由和依据。", { field: "reason" });
    const start = model.startOf(input, now);
    if ("why" in start) throw new DomainError("invalid-input", start.why, { field: start.field });
    const fromMonth = start.month > e.fromMonth ? start.month : e.fromMonth;
    const thisMonth = monthOf(clock.today());
    const last = e.endMonth ?? addMonths(thisMonth > fromMonth ? thisMonth : fromMonth, 1);
    const months: Month[] = [];
    for (let m = fromMonth; m <= last; m = addMonths(m, 1)) months.push(m);
    const beforeFen = amountIn(amounts, fromMonth);
    const past = months.filter((m) => m < thisMonth).length;
    const base = { fromMonth, beforeFen, pastMonths: past, inputs: null, rules: null };
    const none = months.map((month) => ({ month, fen: 0 }));
    if (input.kind === "suspend")
      return {
        ...base,
        afterFen: 0,
        ends: false,
        amounts: none.slice(0, 1),
        persons: now.covered.length,
        told: "从这个月起不发，查清后恢复。",
      };
    if (input.kind === "member-out") {
      const others = coveredIn(
        coverage.filter((c) => c.personId !== input.personId),
        fromMonth,
      );
      if (others.length === 0)
        return {
          ...base,
          afterFen: 0,
          ends: true,
          amounts: none.slice(0, 1),
          persons: 0,
          told: `没有其他保障对象，发至 ${addMonths(fromMonth, -1)} 停止。`,
        };
    }
    const inputs = await changed(tx, e, input, fromMonth);
    const persons = input.kind === "member-out" ? Math.max(0, now.covered.length - 1) : now.covered.length;
    if (input.kind === "transfer" && !inputs)
      return {
        ...base,
        afterFen: beforeFen,
        ends: false,
        amounts: [],
        persons,
        told: "只改乡镇，金额不变。",
      };
    const rulesOf = (month: Month) => deps.repricing?.rules(tx.actor.countyCode, e.item, month);
    const before = [...amounts].reverse().find((a) => a.amountFen > 0)?.amountFen ?? 0;
    const computed: { month: Month; fen: number }[] = [];
    for (const month of months) {
      const rules = rulesOf(month);
      const fen = rules && inputs ? ruled(rules, inputs, month) : input.kind === "resume" ? before : null;
      if (fen === null || Number.isNaN(fen))
        throw new DomainError("facts-missing", "留存的事实算不出新的金额，请在办件里复核后作调整决定。");
      if (fen === 0)
        throw new DomainError(
          "not-eligible",
          `按规则 ${month} 起不再符合条件。停发要作决定、写明理由并送达，请在办件里复核。`,
        );
      if (computed.at(-1)?.fen !== fen) computed.push({ month, fen });
    }
    return {
      ...{ ...base, inputs, rules: inputs ? (rulesOf(fromMonth) ?? null) : null, persons, ends: false },
      ...{ amounts: computed, afterFen: computed[0]?.fen ?? 0 },
      told:
        input.kind === "resume" && past > 0
          ? `缺的 ${past} 个月随下一份名册补发。`
          : "按现行规则和留存的事实重算。",
    };
  }

  const effect = ({ fromMonth, beforeFen, afterFen, ends, pastMonths, told }: Worked): Effect => ({
    ...{ fromMonth, beforeFen, afterFen, ends, pastMonths, told },
  });

  /** What it would do; writes nothing. Errors: as `change`. */
  const preview = async (tx: Tx, id: string, input: model.ChangeInput): Promise<Effect> =>
    effect(await workOut(tx, id, input));

  /** Confirmed by a person. The same id again does nothing more. Errors: forbidden, not-found, action-not-allowed, … */
  async function change(
    tx: Tx,
    id: string,
    input: model.ChangeInput & { readonly id: string },
  ): Promise<void> {
    if (!CONFIRMERS.has(tx.actor.role) || tx.actor.accountId === null)
      throw new DomainError("forbidden", "待遇的暂停、恢复、成员减少和转移由县级经办确认。");
    await life.lock(tx, id);
    if ((await life.findChanges(tx, [input.id])).length > 0) return;
    const w = await workOut(tx, id, input);
    const e = await common.get(tx, id);
    const at = clock.now();
    const out = input.kind === "member-out" ? input : null;
    const moved = input.kind === "transfer" ? input : null;
    const reason = out ? `${model.OUT_EVENTS[out.event].label}：${input.reason.trim()}` : input.reason.trim();
    await writeChange(
      tx,
      {
        ...{ id: input.id, entitlementId: id, kind: input.kind, fromMonth: w.fromMonth, reason, at },
        ...{
          personId: out?.personId ?? null,
          event: out?.event ?? null,
          happenedOn: out?.happenedOn ?? null,
        },
        ...{ divisionBefore: moved ? e.divisionCode : null, divisionAfter: moved?.divisionCode ?? null },
        ...{ areaBefore: moved ? e.areaClass : null, areaAfter: moved?.areaClass ?? null },
        ...{ beforeFen: w.beforeFen, afterFen: w.afterFen, inputs: w.inputs },
      },
      w,
    );
    const lastMonth = addMonths(w.fromMonth, -1);
    if (out) await store.uncover(tx, id, [out.personId], lastMonth, reason);
    if (moved) await life.move(tx, id, moved);
    if (w.ends && out)
      await store.end(tx, id, {
        ...{ endMonth: lastMonth, reason, personId: out.personId },
        kind: out.event === "died" ? "death" : "decision",
      });
    await emit(tx, "entitlement.changed", { entitlementId: id, changeId: input.id });
    await deps.audit.record(tx, {
      ...{ action: "entitlement.change", object: "entitlement", objectId: id },
      detail: `${model.CHANGE_KINDS[input.kind]}，${w.fromMonth} 起`,
    });
  }

  return {
    preview,
    change,
    /** Which changes this person may confirm now, and why not the others. */
    async possible(tx: Tx, id: string) {
      const { now } = await standing(tx, id);
      const may = CONFIRMERS.has(tx.actor.role) && tx.actor.accountId !== null;
      return Object.entries(model.possible(now)).map(([kind, why]) => ({
        kind: kind as model.ChangeKind,
        label: model.CHANGE_KINDS[kind as model.ChangeKind],
        why: may ? why : "由县级经办确认。",
      }));
    },
    changesOf: life.changesOf,
  };
}
