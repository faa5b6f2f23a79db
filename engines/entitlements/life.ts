/**
 * Between two decisions: suspended, resumed, somebody leaves, moved. A person sees what it will do and confirms it; the
 * new amount comes from the rules and the facts of the last decision, without who left or with the other area.
 */
import { addMonths, DomainError, derivedId, type Month, monthOf } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import type { SituationInputs } from "./basis.ts";
import type { Common } from "./common.ts";
import * as model from "./life-model.ts";
import * as life from "./life-store.ts";
import { factsFrom, writeChange } from "./life-write.ts";
import { amountIn, coveredIn } from "./model.ts";
import { createMoving } from "./moving.ts";
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
/** Facts that the change leaves behind, in force from a month on. */
interface Piece {
  readonly fromMonth: Month;
  readonly inputs: SituationInputs | null;
  /** 渐退: the amount stands whatever they say. */
  readonly frozen: boolean;
  /** This change altered them. */
  readonly altered: boolean;
}
interface Worked extends Effect {
  readonly amounts: readonly { month: Month; fen: number }[];
  readonly pieces: readonly Piece[];
  readonly personsIn: (month: Month) => number;
}

export function createLife(deps: EntitlementsDeps, common: Common) {
  const { clock } = deps;
  const moving = createMoving(deps, common);

  async function standing(tx: Tx, id: string) {
    const e = await common.get(tx, id);
    const month = monthOf(clock.today());
    const amounts = await store.amountsOf(tx, id);
    const coverage = await store.coverageOf(tx, id);
    const shown = e.fromMonth > month ? e.fromMonth : month;
    const later = amounts.map((a) => a.fromMonth).filter((m) => m > shown);
    // Somebody may have died months ago, before the first month even: the amount may count him still.
    const covered = [...new Set(coverage.map((c) => c.personId))];
    const now: model.Now = {
      ...{ today: clock.today(), fromMonth: e.fromMonth, endMonth: e.endMonth, covered },
      ...{ amountFen: amountIn(amounts, shown), areaClass: e.areaClass, divisionCode: e.divisionCode },
      suspended: [shown, ...later].some((m) => amountIn(amounts, m) === 0),
      recognition: e.recognition,
    };
    return { e, amounts, coverage, now };
  }

  /** What the change does to the facts; the same object where it does nothing to them. */
  function alteredBy(input: model.ChangeInput, areaFact: string | undefined, inputs: SituationInputs) {
    if (input.kind === "member-out") {
      const at = (inputs.persons ?? []).findIndex((p) => p.personId === input.personId);
      if (at < 0) return inputs;
      const rest = <T>(list: readonly T[]) => list.filter((_, i) => i !== at);
      return { ...inputs, members: rest(inputs.members), persons: rest(inputs.persons ?? []) };
    }
    if (input.kind === "transfer" && areaFact)
      return {
        ...inputs,
        household: { ...inputs.household, [areaFact]: { value: input.areaClass, source: "户籍登记" } },
      };
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
    if (input.kind === "member-out") {
      const [person] = await life.bornAndDied(tx, input.personId);
      const no = person ? model.notSo(input, person) : null;
      if (no !== null) throw new DomainError("invalid-input", no.why, { field: no.field });
    }
    const fromMonth = start.month > e.fromMonth ? start.month : e.fromMonth;
    const thisMonth = monthOf(clock.today());
    const others = coverage.filter((c) => input.kind !== "member-out" || c.personId !== input.personId);
    const personsIn = (month: Month) => coveredIn(others, month).length;
    const beforeFen = amountIn(amounts, fromMonth);
    // As far as an amount begins that was entered before, so that none is left standing which the change makes wrong.
    const last =
      e.endMonth ??
      [addMonths(thisMonth, 1), addMonths(fromMonth, 1), ...amounts.map((a) => a.fromMonth)].reduce((a, b) =>
        a > b ? a : b,
      );
    const months: Month[] = [];
    for (let m = fromMonth; m <= last; m = addMonths(m, 1)) months.push(m);
    const past = months.filter((m) => m < thisMonth).length;
    const base = { fromMonth, beforeFen, pastMonths: past, pieces: [], personsIn };
    const nothing = months.slice(0, 1).map((month) => ({ month, fen: 0 }));
    if (input.kind === "suspend") {
      if (months.every((m) => amountIn(amounts, m) === 0))
        throw new DomainError(
          "action-not-allowed",
          `${fromMonth} 起本来就不发，不需要再暂停；别人可能刚刚办过，请刷新页面。`,
        );
      const told = "从这个月起不发，查清后恢复。";
      return { ...base, afterFen: 0, ends: false, amounts: model.steps(amounts, months, () => 0), told };
    }
    if (input.kind === "member-out" && personsIn(fromMonth) === 0) {
      const told = `没有其他保障对象，发至 ${addMonths(fromMonth, -1)} 停止。`;
      return { ...base, afterFen: 0, ends: true, amounts: nothing, told };
    }
    const registryFacts = Object.entries(common.itemOf(e.item).registryFacts ?? {});
    const areaFact = registryFacts.find(([, kind]) => kind === "areaClass")?.[0];
    if (
      input.kind === "transfer" &&
      (now.recognition || !areaFact || input.areaClass === null || input.areaClass === e.areaClass)
    ) {
      const told = now.recognition ? "认定不变。" : "金额不变。";
      return { ...base, afterFen: beforeFen, ends: false, amounts: [], told };
    }
    const pieces = (await factsFrom(tx, deps.repricing, id, fromMonth)).map(({ inputs, ...piece }): Piece => {
      const changed = inputs && alteredBy(input, areaFact, inputs);
      return { ...piece, inputs: changed, altered: changed !== inputs || input.kind === "resume" };
    });
    if (input.kind === "member-out" && pieces.every((p) => p.inputs && !p.altered))
      throw new DomainError(
        "facts-missing",
        "金额里没有算这个人，成员减少已经办过；还有疑问的，请在办件里复核。",
      );
    const before = [...amounts].reverse().find((a) => a.amountFen > 0)?.amountFen ?? 0;
    const computed = (month: Month, was: number): number => {
      const piece = pieces.findLast((p) => p.fromMonth <= month);
      // Suspended stays suspended; 渐退 pays what was decided; facts that stay the same give no reason to touch the amount.
      if (input.kind !== "resume" && (was === 0 || piece?.frozen || (piece?.inputs && !piece.altered)))
        return was;
      const rules = rulesOf(tx, e.item, month);
      const fen =
        rules && piece?.inputs
          ? ruled(rules, piece.inputs, month)
          : input.kind === "resume"
            ? before
            : Number.NaN;
      if (Number.isNaN(fen))
        throw new DomainError("facts-missing", "留存的事实算不出新的金额，请在办件里复核后作调整决定。");
      if (fen === 0)
        throw new DomainError(
          "not-eligible",
          `按规则 ${month} 起不再符合条件。停发要作决定、写明理由并送达，请在办件里复核。`,
        );
      return fen;
    };
    const stepped = model.steps(amounts, months, computed);
    const told =
      input.kind === "resume" && past > 0
        ? `缺的 ${past} 个月随下一份名册补发。`
        : beforeFen === 0 && input.kind !== "resume"
          ? "现在暂停发放，恢复的时候按新的情况算。"
          : "按现行规则和留存的事实重算。";
    const afterFen = stepped[0]?.month === fromMonth ? stepped[0].fen : beforeFen;
    return { ...base, pieces, afterFen, ends: false, amounts: stepped, told };
  }
  const rulesOf = (tx: Tx, item: string, month: Month): ItemRules | null =>
    deps.repricing?.rules(tx.actor.countyCode, item, month) ?? null;

  const effect = ({ fromMonth, beforeFen, afterFen, ends, pastMonths, told }: Worked): Effect => ({
    ...{ fromMonth, beforeFen, afterFen, ends, pastMonths, told },
  });

  /** What it would do; writes nothing. Errors: as `change`. */
  async function preview(tx: Tx, id: string, input: model.ChangeInput): Promise<Effect> {
    const worked = effect(await workOut(tx, id, input));
    if (input.kind !== "transfer") return worked;
    return { ...worked, told: `${worked.told}${await moving.told(tx, await common.get(tx, id), input)}` };
  }

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
    const label = out ? model.OUT_EVENTS[out.event].label : moved?.alone ? "本人迁出这户" : null;
    const reason = label ? `${label}：${input.reason.trim()}` : input.reason.trim();
    // One row for the change; another for each later decision or change whose facts it alters as well.
    const pieces = w.pieces.filter((p) => p.altered && p.inputs !== null);
    const now = pieces.find((p) => p.fromMonth === w.fromMonth);
    const first = { fromMonth: w.fromMonth, inputs: now?.inputs, frozen: now?.frozen ?? false };
    const later = pieces.filter((p) => p.fromMonth > w.fromMonth);
    for (const [i, piece] of [first, ...later].entries()) {
      const until = later[i]?.fromMonth;
      const amounts = w.amounts.filter(
        (a) => a.month >= piece.fromMonth && (until === undefined || a.month < until),
      );
      const standing = await store.amountsOf(tx, id);
      const beforeFen = amountIn(standing, piece.fromMonth);
      await writeChange(
        tx,
        {
          ...{ id: i === 0 ? input.id : derivedId(input.id, piece.fromMonth), entitlementId: id, reason, at },
          ...{ kind: input.kind, fromMonth: piece.fromMonth, inputs: piece.inputs ?? null, beforeFen },
          ...{
            personId: out?.personId ?? null,
            event: out?.event ?? null,
            happenedOn: out?.happenedOn ?? null,
          },
          ...{ divisionBefore: moved ? e.divisionCode : null, divisionAfter: moved?.divisionCode ?? null },
          ...{ areaBefore: moved ? e.areaClass : null, areaAfter: moved?.areaClass ?? null },
          afterFen: amounts[0]?.month === piece.fromMonth ? amounts[0].fen : beforeFen,
        },
        {
          amounts,
          personsIn: w.personsIn,
          rules: rulesOf(tx, e.item, piece.fromMonth),
          frozen: piece.frozen,
        },
      );
    }
    const lastMonth = addMonths(w.fromMonth, -1);
    if (out)
      await store.uncover(tx, id, [out.personId], lastMonth, reason, { cause: model.outCause(out.event) });
    if (moved) await moving.move(tx, e, moved);
    if (w.ends && out)
      await store.end(tx, id, {
        ...{ endMonth: lastMonth, reason, personId: out.personId },
        ...{ kind: out.event === "died" ? "death" : "decision", cause: model.outCause(out.event) },
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
      const all = Object.entries(model.possible(now));
      // Of a recognition nothing but its place changes between two decisions.
      return all
        .filter(([kind]) => !now.recognition || kind === "transfer")
        .map(([kind, why]) => ({
          kind: kind as model.ChangeKind,
          label: model.CHANGE_KINDS[kind as model.ChangeKind],
          why: may ? why : "由县级经办确认。",
        }));
    },
    changesOf: life.changesOf,
    livesWith: moving.others,
  };
}
