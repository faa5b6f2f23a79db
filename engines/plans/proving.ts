/** Evidence, acceptances and surveys: given by one person, confirmed by another, taken back by two. */
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { checkEvidence, type EvidenceRequest } from "./evidence.ts";
import * as store from "./evidence-store.ts";
import { EVIDENCE_LABELS } from "./livelihood.ts";
import type { Looking } from "./looking.ts";
import { inForce, REPORTS, RUNS, reasoned, who } from "./may.ts";
import type { PlansDeps } from "./ports.ts";
import type { PlanPage } from "./views.ts";

export function createProving(deps: PlansDeps, { get, target, page, kept }: Looking) {
  const { clock, audit } = deps;
  const now = () => clock.now().toISOString();
  const log = (tx: Tx, planId: string, action: string, detail: string) =>
    audit.record(tx, { action: `plan.${action}`, object: "plan", objectId: planId, detail });

  async function find(tx: Tx, planId: string, id: string) {
    const e = await store.find(tx, id);
    if (e?.planId !== planId) throw new DomainError("not-found", "没有这份佐证，请刷新页面。");
    return e;
  }

  async function giveEvidence(tx: Tx, planId: string, e: EvidenceRequest): Promise<PlanPage> {
    const actor = who(tx, REPORTS, "填报佐证");
    inForce(await get(tx, planId));
    const checked = checkEvidence(tx, await target(tx, planId, e.targetId), e, deps);
    await store.insert(tx, planId, { ...checked, givenAt: now() }, actor);
    await log(tx, planId, "evidence", `${EVIDENCE_LABELS[checked.kind]}：${checked.words}`);
    return page(tx, planId);
  }

  async function confirmEvidence(tx: Tx, planId: string, id: string): Promise<PlanPage> {
    const actor = who(tx, RUNS, "确认佐证");
    inForce(await get(tx, planId));
    const e = await find(tx, planId, id);
    if (e.takeBack?.decidedAt)
      throw new DomainError("action-not-allowed", "这一份已经撤回，不能再确认。请填报人重新填报。");
    if (e.confirmedAt !== null) return page(tx, planId);
    if (e.givenBy === actor.id)
      throw new DomainError("forbidden", `${EVIDENCE_LABELS[e.kind]}要由填报人以外的人确认，请换一个账号。`);
    await store.confirm(tx, id, now(), actor);
    await log(tx, planId, "confirm", e.words);
    return kept(tx, planId);
  }

  /**
   * What was given wrongly: the giver or whoever runs the plan says why, and somebody else agrees; what nobody confirmed
   * yet counts nowhere, and is taken back at once. Errors: forbidden, not-found, invalid-input, action-not-allowed.
   */
  async function takeBack(
    tx: Tx,
    planId: string,
    r: { readonly id: string; readonly evidence: string; readonly reason: string },
  ): Promise<PlanPage> {
    const actor = who(tx, REPORTS, "撤回佐证");
    inForce(await get(tx, planId));
    const e = await find(tx, planId, r.evidence);
    const label = EVIDENCE_LABELS[e.kind];
    if (e.takeBack?.id === r.id) return page(tx, planId);
    if (e.givenBy !== actor.id && !RUNS.has(tx.actor.role))
      throw new DomainError("forbidden", `${label}由填报人或县级撤回，您的账号不能办理。`);
    if (e.takeBack)
      throw new DomainError(
        "action-not-allowed",
        e.takeBack.decidedAt ? `这份${label}已经撤回。` : `已经有人提出撤回这份${label}，请等另一个人决定。`,
      );
    const reason = reasoned(r.reason, "reason", "请写明为什么撤回（至少 4 个字）。");
    const decided = e.confirmedAt === null;
    await store.insertTakeBack(tx, { id: r.id, evidenceId: e.id, reason, decided }, now(), actor);
    await log(tx, planId, "take-back", `${label}：${reason}`);
    return kept(tx, planId);
  }

  /** Another person agrees, and it counts nowhere any more; or refuses with a note (who asked may give it up). */
  async function decideTakeBack(
    tx: Tx,
    planId: string,
    d: { readonly evidence: string; readonly accept: boolean; readonly note?: string | undefined },
  ): Promise<PlanPage> {
    const actor = who(tx, d.accept ? RUNS : REPORTS, "决定撤回");
    inForce(await get(tx, planId));
    const e = await find(tx, planId, d.evidence);
    const label = EVIDENCE_LABELS[e.kind];
    const asked = e.takeBack;
    if (asked?.decidedAt && d.accept) return page(tx, planId);
    if (!asked || asked.decidedAt)
      throw new DomainError("stale-version", `没有等着决定的撤回，可能刚才有人办过，请刷新后再看。`);
    if (d.accept && asked.askedBy === actor.id)
      throw new DomainError("forbidden", "是您自己提出撤回的，请由另一位县级经办或局领导决定。");
    if (!d.accept && asked.askedBy !== actor.id && !RUNS.has(tx.actor.role))
      throw new DomainError("forbidden", "由提出的人收回，或由县级决定，您的账号不能办理。");
    const note = d.accept
      ? (d.note?.trim() ?? "")
      : reasoned(d.note ?? "", "note", "请写明为什么不撤回（至少 4 个字）。");
    await store.decideTakeBack(tx, { id: asked.id, accept: d.accept, note }, now(), actor);
    await log(
      tx,
      planId,
      "taken-back",
      `${label}：${d.accept ? "同意撤回" : `不撤回，${note}`}（${asked.reason}）`,
    );
    return kept(tx, planId);
  }

  return { giveEvidence, confirmEvidence, takeBack, decideTakeBack };
}
