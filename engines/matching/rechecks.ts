/** The rounds over everybody in payment, and the doubts that they raise. */
import { addMonths, derivedId, type Month, monthOf } from "@wuxin/kernel";
import { emit, enqueue, type JobHandler, type Tx } from "@wuxin/platform";
import type { Reason } from "./alerts.ts";
import * as store from "./checks-store.ts";
import type { CheckItem } from "./comparing.ts";
import { type AlertRaised, DECLARED_BESIDE_FOUND } from "./model.ts";
import type { CaseToCheck, MatchingDeps } from "./ports.ts";
import type { WithSupporters } from "./supporters.ts";

const RECHECK_JOB = "checks.recheck";
const PIECE = 100;
/** The monthly re-check of a county is one job, whoever asks for it. */
const NAMESPACE = "5b0d2c1e-8f4a-4d6b-9b7e-2f1c6a3d9e40";

/** Writes one report; gives its number and items. */
export type WriteRecheck = (
  tx: Tx,
  c: WithSupporters,
  of: { readonly id: string; readonly batchId: string },
) => Promise<{ number: string; items: readonly CheckItem[] }>;

export function createRechecks(
  deps: MatchingDeps,
  caseOf: (tx: Tx, caseId: string) => Promise<WithSupporters>,
  write: WriteRecheck,
) {
  const { clock, audit, vault } = deps;

  /**
   * Somebody draws, and the lists say otherwise than he did: an alert that proposes a review. It changes nothing; the same
   * differences found again are the same alert.
   */
  async function doubt(
    tx: Tx,
    c: CaseToCheck,
    check: { id: string; number: string },
    items: readonly CheckItem[],
  ): Promise<void> {
    const differing = items.filter((i) => i.differs);
    if (differing.length === 0) return;
    const today = clock.today();
    const words = differing.map((i) => `${i.item}：申报 ${i.declared}，查得 ${i.found}`);
    const reason: Reason = {
      reason: `在享核对 ${check.number}：${words.join("；")}。请复核是否仍符合条件、金额是否要变。`,
      evidence: [
        ...differing.map((i) => ({
          label: i.item,
          value: `申报 ${i.declared}，查得 ${i.found}（${i.department}，截至 ${i.asOf}）`,
        })),
        { label: "核对报告", value: check.number },
      ],
    };
    const alertId = derivedId(c.id, `recheck ${words.join("；")}`);
    const fresh = await store.insertDoubt(tx, {
      ...{ id: alertId, checkId: check.id, personId: c.applicantId, householdId: c.householdId },
      ...{ divisionCode: c.divisionCode, today, title: DECLARED_BESIDE_FOUND.title },
      level: Number(deps.choice(tx.actor.countyCode, "alertLevel.asset", today) ?? 3),
      reasonSealed: vault.seal(JSON.stringify(reason)),
    });
    if (fresh) await emit(tx, "alert.raised", { alertId } satisfies AlertRaised);
  }

  /**
   * Everybody in payment whose class is due, by the months that the county states for it. Who has not authorised is named,
   * not asked about; so is a class of which the county says nothing. The same id again goes on with what is missing.
   */
  async function batch(tx: Tx, input: { id: string; everybody: boolean }) {
    const month = monthOf(clock.today());
    const { caseIds, unstated } = await due(tx, month, input.everybody);
    const done = await some(tx, input.id, caseIds);
    await tellBatch(tx, input.id, { ...done, unstated });
    return { checked: done.checked.length, refused: done.refused, unstated };
  }
  async function due(
    tx: Tx,
    month: Month,
    everybody: boolean,
  ): Promise<{ caseIds: string[]; unstated: string[] }> {
    const unstated = new Set<string>();
    const cases = (await store.inPayment(tx, month)).filter((c) => {
      if (everybody) return true;
      const every = deps.choice(
        tx.actor.countyCode,
        `recheckMonths.${c.reviewClass ?? "none"}`,
        clock.today(),
      );
      if (typeof every !== "number") {
        unstated.add(c.reviewClass ?? "none");
        return false;
      }
      return (c.lastCheck ? monthOf(c.lastCheck) : c.fromMonth) <= addMonths(month, -every);
    });
    return { caseIds: cases.map((c) => c.caseId), unstated: [...unstated].sort() };
  }
  async function some(tx: Tx, batchId: string, caseIds: readonly string[]) {
    const checked: string[] = [];
    const refused: string[] = [];
    for (const caseId of caseIds) {
      const id = derivedId(batchId, caseId);
      if (await store.findCheck(tx, id)) continue;
      const c = await caseOf(tx, caseId);
      if (c.lacking.length > 0) {
        refused.push(c.number);
        continue;
      }
      const { number, items } = await write(tx, c, { id, batchId });
      await doubt(tx, c, { id, number }, items);
      checked.push(c.number);
    }
    return { checked, refused };
  }
  const tellBatch = (
    tx: Tx,
    id: string,
    done: { checked: readonly string[]; refused: readonly string[]; unstated: readonly string[] },
  ) =>
    audit.record(tx, {
      ...{ action: "check.batch", object: "check", objectId: id },
      detail: `核对 ${done.checked.length} 件；缺授权未核对 ${done.refused.length} 件${done.refused.length > 0 ? `：${done.refused.slice(0, 20).join("、")}` : ""}${done.unstated.length > 0 ? `；县配置没有写明间隔的类别：${done.unstated.join("、")}` : ""}`,
    });

  /** Once a month by itself: the same month is the same job. */
  const enqueueRechecks = (tx: Tx) => {
    const month = monthOf(clock.today());
    return enqueue(
      tx,
      RECHECK_JOB,
      { month },
      { id: derivedId(NAMESPACE, `${tx.actor.countyCode} ${month}`) },
    );
  };
  /** A hundred cases a piece; killed, it goes on with what is missing. */
  const recheckJob: JobHandler = async ({ job, actor, db, step }) => {
    const { caseIds, unstated } = await db.read(actor, (tx) => due(tx, monthOf(clock.today()), false));
    const all = { checked: [] as string[], refused: [] as string[] };
    for (let from = 0; from < caseIds.length; from += PIECE) {
      let part: typeof all = { checked: [], refused: [] };
      await step(async (tx) => {
        part = await some(tx, job.id, caseIds.slice(from, from + PIECE));
        return { done: Math.min(caseIds.length, from + PIECE), total: caseIds.length };
      });
      all.checked.push(...part.checked);
      all.refused.push(...part.refused);
    }
    await step(async (tx) => {
      await tellBatch(tx, job.id, { ...all, unstated });
      return { done: caseIds.length, total: caseIds.length };
    });
    return { checked: all.checked.length, refused: all.refused, unstated };
  };

  /** By the end of next month: asked elsewhere now, they are answered when that month's round comes. */
  const dueSoon = async (tx: Tx): Promise<readonly string[]> =>
    (await due(tx, addMonths(monthOf(clock.today()), 1), false)).caseIds;

  return { batch, dueSoon, enqueueRechecks, jobs: { [RECHECK_JOB]: recheckJob } };
}
