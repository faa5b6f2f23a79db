/**
 * 分户、合户: one officer proposes with both results before him, another confirms; then entitlements, people and households
 * change in one transaction. ADR 36.
 */
import { addMonths, addMonthsToDate, DomainError, derivedId, type Month } from "@wuxin/kernel";
import { emit, isUniqueViolation, type Tx } from "@wuxin/platform";
import type { Common } from "./common.ts";
import { lock } from "./life-store.ts";
import { writeChange } from "./life-write.ts";
import { tellMoved } from "./moving.ts";
import { type Moving, RESHAPE_KINDS, type ReshapeInput } from "./reshape-model.ts";
import * as reshapes from "./reshape-store.ts";
import { alreadyOpen, createReshapeViews, whyNotDecide } from "./reshape-views.ts";
import { createReshapeWork, type ReshapeDeps, type Side, type Worked } from "./reshape-work.ts";
import * as store from "./store.ts";

const PROPOSERS: ReadonlySet<string> = new Set(["township", "county"]);

const asked = (r: reshapes.ReshapeRecord): ReshapeInput => {
  const { fromMonth, reason, people, facts } = r;
  return r.kind === "split"
    ? { kind: "split", fromMonth, reason, people, facts, headId: r.headId ?? "" }
    : { kind: "merge", fromMonth, reason, people, facts, otherId: r.otherId ?? "" };
};
const toldOf = (w: Worked): reshapes.ToldSide[] =>
  w.sides.map(({ beforeFen, afterFen, covered }) => ({ beforeFen, afterFen, persons: covered.length }));

export function createReshaping(deps: ReshapeDeps, common: Common) {
  const { clock, registry } = deps;
  const work = createReshapeWork(deps, common);
  const views = createReshapeViews(deps, common, work);
  const tell = (tx: Tx, action: string, r: Pick<reshapes.ReshapeRecord, "id" | "kind" | "fromMonth">) =>
    deps.audit.record(tx, {
      ...{ action, object: "reshape", objectId: r.id },
      detail: `${RESHAPE_KINDS[r.kind]}，${r.fromMonth} 起`,
    });

  function mayPropose(tx: Tx) {
    if (!PROPOSERS.has(tx.actor.role) || tx.actor.accountId === null)
      throw new DomainError("forbidden", "分户、合户由乡镇（街道）或县级经办提出。");
  }

  async function get(tx: Tx, id: string, lock = false): Promise<reshapes.ReshapeRecord> {
    const r = await reshapes.find(tx, id, lock);
    if (!r) throw new DomainError("not-found", "没有找到这次分户（合户），或不在您的管辖范围内。");
    return r;
  }
  const page = async (tx: Tx, id: string) => views.page(tx, await get(tx, id), asked);

  /** Both results with their working; writes nothing. Errors: as `propose`. */
  async function preview(tx: Tx, entitlementId: string, input: ReshapeInput) {
    mayPropose(tx);
    return views.sides(tx, await work.workOut(tx, entitlementId, input), input);
  }

  /**
   * Waits for a second person. The same id again is the same request.
   * Errors: forbidden, invalid-input, action-not-allowed, facts-missing, not-eligible, already-exists.
   */
  async function propose(tx: Tx, entitlementId: string, input: ReshapeInput & { readonly id: string }) {
    mayPropose(tx);
    if (await reshapes.find(tx, input.id)) return page(tx, input.id);
    const w = await work.workOut(tx, entitlementId, input);
    const row = {
      ...{ id: input.id, kind: input.kind, entitlementId, fromMonth: input.fromMonth, told: toldOf(w) },
      ...{ reason: input.reason.trim(), people: [...input.people], facts: input.facts },
      headId: input.kind === "split" ? input.headId : null,
      otherId: input.kind === "merge" ? input.otherId : null,
    };
    try {
      await reshapes.insert(tx, row, clock.now());
    } catch (error) {
      if (isUniqueViolation(error)) throw alreadyOpen();
      throw error;
    }
    await tell(tx, "reshape.propose", row);
    return page(tx, input.id);
  }

  /** The one that stands open, locked, if this person may answer it; null when he has given this very answer. */
  async function answering(tx: Tx, id: string, to: "confirmed" | "rejected") {
    const r = await get(tx, id, true);
    if (r.state === to && r.decidedBy === tx.actor.accountId) return null;
    const why = whyNotDecide(r, tx.actor);
    if (why) throw new DomainError(why.code, why.message);
    return r;
  }

  /** All of it, or nothing. Errors: forbidden, same-signer, action-not-allowed, stale-version, … */
  async function confirm(tx: Tx, id: string, input: { readonly note: string }) {
    const r = await answering(tx, id, "confirmed");
    if (!r) return page(tx, id);
    for (const one of [r.entitlementId, ...(r.kind === "merge" && r.otherId ? [r.otherId] : [])].sort())
      await lock(tx, one);
    const w = await work.workOut(tx, r.entitlementId, asked(r));
    if (
      JSON.stringify(toldOf(w)) !==
      JSON.stringify(r.told.map(({ beforeFen, afterFen, persons }) => ({ beforeFen, afterFen, persons })))
    )
      throw new DomainError("stale-version", "提出以后情况有变，结果与提出时不同。请退回，重新提出。");
    const opened = r.kind === "split" ? await divide(tx, r, w) : await join(tx, r, w);
    await reshapes.decide(tx, id, {
      ...{ state: "confirmed", note: input.note.trim() || null, otherId: opened, at: clock.now() },
    });
    for (const entitlementId of [r.entitlementId, opened])
      await emit(tx, "entitlement.changed", { entitlementId, changeId: id });
    await tell(tx, "reshape.confirm", r);
    return page(tx, id);
  }

  const saying = (r: reshapes.ReshapeRecord) => `${RESHAPE_KINDS[r.kind]}：${r.reason}`;

  const write = (tx: Tx, r: reshapes.ReshapeRecord, entitlementId: string, side: Side, changeId: string) =>
    writeChange(
      tx,
      {
        ...{ id: changeId, entitlementId, kind: r.kind, fromMonth: r.fromMonth, reason: saying(r) },
        ...{ personId: null, event: null, happenedOn: null, divisionBefore: null, divisionAfter: null },
        ...{ areaBefore: null, areaAfter: null, beforeFen: side.beforeFen, afterFen: side.afterFen },
        ...{ inputs: side.inputs, at: clock.now() },
      },
      { amounts: side.amounts, personsIn: () => side.covered.length, rules: side.rules },
    );

  async function divide(tx: Tx, r: reshapes.ReshapeRecord, w: Worked): Promise<string> {
    const [stay, leave] = w.sides;
    const { e } = w;
    const lastMonth: Month = addMonths(r.fromMonth, -1);
    const householdId = derivedId(r.id, "household");
    const headId = leave.payeeId;
    const before = await registry.getHousehold(tx, e.householdId ?? "");
    await leaveHousehold(tx, before.id, r.people, "分户");
    await registry.openHousehold(tx, {
      ...{
        id: householdId,
        headPersonId: headId,
        divisionCode: before.divisionCode,
        address: before.address,
      },
      areaClass: e.areaClass === "城市" || e.areaClass === "农村" ? e.areaClass : before.areaClass,
      members: r.people.map((p) => ({
        personId: p.personId,
        relation: p.personId === headId ? w.headRelation || "户主" : p.relation,
      })),
    });
    await write(tx, r, e.id, stay, derivedId(r.id, "first"));
    await store.uncover(tx, e.id, leave.covered, lastMonth, saying(r), { moved: true });
    const id = derivedId(r.id, "entitlement");
    await store.insertEntitlement(tx, {
      ...{ id, item: e.item, exclusivityGroup: e.exclusivityGroup, subjectKind: e.subjectKind, householdId },
      ...{ applicantId: headId, payeeId: headId, divisionCode: e.divisionCode, areaClass: e.areaClass },
      ...{ caseId: null, fromMonth: r.fromMonth, reviewMonths: e.reviewMonths, reviewClass: e.reviewClass },
      ...{ openedAt: clock.now(), openKind: "split", recognition: false },
    });
    await store.cover(tx, id, leave.covered, r.fromMonth);
    await write(tx, r, id, leave, derivedId(r.id, "second"));
    const dueOn = addMonthsToDate(clock.today(), e.reviewMonths);
    await common.openPeriodic(tx, id, e.item, derivedId(id, "review"), dueOn);
    await follow(
      tx,
      householdId,
      r.people.map((p) => p.personId),
    );
    return id;
  }

  async function join(tx: Tx, r: reshapes.ReshapeRecord, w: Worked): Promise<string> {
    const [both, joining] = w.sides;
    const b = w.other as store.EntitlementRecord;
    const lastMonth: Month = addMonths(r.fromMonth, -1);
    const into = w.e.householdId ?? "";
    const relations = new Map(r.people.map((p) => [p.personId, p.relation]));
    const gone = await registry.getHousehold(tx, b.householdId ?? "");
    const here = gone.members.filter((m) => m.toDate === null);
    // The head goes last: then the household is closed.
    const order = [
      ...here.filter((m) => m.personId !== gone.headPersonId),
      ...here.filter((m) => m.personId === gone.headPersonId),
    ];
    await leaveHousehold(tx, gone.id, order, "并户");
    for (const { personId, diedOn } of order)
      if (diedOn === null)
        await registry.addMember(tx, {
          householdId: into,
          personId,
          relation: relations.get(personId) ?? "其他",
        });
    await follow(
      tx,
      into,
      order.map((m) => m.personId),
    );
    await write(tx, r, b.id, joining, derivedId(r.id, "second"));
    await store.uncover(tx, b.id, null, lastMonth, saying(r), { moved: true });
    await store.end(tx, b.id, { endMonth: lastMonth, reason: saying(r), kind: "merged", personId: null });
    await store.answerReviews(tx, b.id, {
      ...{ requestId: null, doneOn: clock.today(), result: "continue", method: "decision" },
      ...{ note: saying(r), byName: tx.actor.name },
    });
    await write(tx, r, w.e.id, both, derivedId(r.id, "first"));
    await store.cover(
      tx,
      w.e.id,
      r.people.map((p) => p.personId),
      r.fromMonth,
    );
    return b.id;
  }

  /** What is open about whoever lives in another household now is asked there. */
  async function follow(tx: Tx, householdId: string, personIds: readonly string[]) {
    const { divisionCode } = await registry.getHousehold(tx, householdId);
    await tellMoved(tx, { householdId, personIds, divisionCode });
  }

  async function leaveHousehold(
    tx: Tx,
    householdId: string,
    people: readonly Pick<Moving, "personId">[],
    reason: string,
  ) {
    for (const { personId } of people) await registry.removeMember(tx, { householdId, personId, reason });
  }

  return {
    preview,
    propose,
    confirm,
    page,
    /** Not carried out, with the reason. Errors: forbidden, same-signer, action-not-allowed. */
    async reject(tx: Tx, id: string, input: { readonly reason: string }) {
      const r = await answering(tx, id, "rejected");
      if (!r) return page(tx, id);
      await reshapes.decide(tx, id, {
        state: "rejected",
        note: input.reason.trim(),
        otherId: null,
        at: clock.now(),
      });
      await tell(tx, "reshape.reject", r);
      return page(tx, id);
    },
    /** Taken back by whoever proposed it. Errors: forbidden, action-not-allowed. */
    async withdraw(tx: Tx, id: string) {
      const r = await get(tx, id, true);
      if (r.state === "withdrawn") return page(tx, id);
      if (r.openedBy !== tx.actor.accountId)
        throw new DomainError("forbidden", "由提出的人撤回；别人可以退回。");
      if (r.state !== "proposed") throw new DomainError("action-not-allowed", "已经确认或退回，不能撤回。");
      await reshapes.decide(tx, id, { state: "withdrawn", note: null, otherId: null, at: clock.now() });
      await tell(tx, "reshape.withdraw", r);
      return page(tx, id);
    },
    /** What can be filled in: who is covered, what relations the rules know; or why not. */
    form: views.form,
    /** Of an entitlement, newest first. */
    of: views.of,
    /** For the workbench: what waits for this person's word. */
    toConfirm: views.toConfirm,
  };
}
