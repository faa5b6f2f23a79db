/** A list that corrects the one of the same day takes its place: what only the former told counts no more (ADR 78). */
import { derivedId } from "@wuxin/kernel";
import { emitMany, type Tx } from "@wuxin/platform";
import type { NewAlert } from "./alerts-store.ts";
import * as store from "./corrections-store.ts";
import type { AlertJudged } from "./model.ts";
import type { MatchingDeps } from "./ports.ts";
import type { RunRecord } from "./store.ts";

/** The day's former files are replaced by a run's, in its transaction; alerts that only they told are withdrawn, unless judged. */
export async function replaceFormer(
  tx: Tx,
  { clock, audit }: Pick<MatchingDeps, "clock" | "audit">,
  run: Pick<RunRecord, "id" | "feed" | "asOf">,
): Promise<void> {
  const former = (await store.formerRuns(tx, run)).map((r) => r.id);
  if (former.length === 0) return;
  await store.replaceRuns(tx, former, run.id);
  const withdrawn = await store.withdrawAlerts(tx, former, clock.today());
  await store.leaveToOthers(tx, former);
  await store.noteWithdrawn(tx, run.id, withdrawn.length);
  // Their clues hear of it as of any judgement.
  await emitMany(
    tx,
    "alert.judged",
    withdrawn.map((alertId) => ({ alertId }) satisfies AlertJudged),
  );
  await audit.record(tx, {
    ...{ action: "feed.replace", object: "feed", objectId: run.id },
    detail: `更正 ${run.asOf} 的名单，替换 ${former.length} 份，撤回未核查的预警 ${withdrawn.length} 条`,
  });
}

/** What was withdrawn stays so: told again it is another alert. */
export async function renewed(tx: Tx, alerts: readonly NewAlert[]): Promise<readonly NewAlert[]> {
  const withdrawn = await store.withdrawnAmong(
    tx,
    alerts.map((a) => a.id),
  );
  if (withdrawn.size === 0) return alerts;
  return renewed(
    tx,
    alerts.map((a) => (withdrawn.has(a.id) ? { ...a, id: derivedId(a.id, "again") } : a)),
  );
}
