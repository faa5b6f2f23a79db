/**
 * A draft against the households that draw: who would change, by how much, and by which edited formula. A difference that
 * no edited formula explains is a fault of the draft, not of the household.
 */
import { setImmediate as pause } from "node:timers/promises";
import type { Month } from "@wuxin/kernel";
import { type Impact, impactOf, type Prepared, type Span } from "./impact.ts";
import { changedNames } from "./rule-model.ts";
import { causes, decided } from "./sides.ts";

/** Rows whose cause is told; the counts are of all. */
const MOST_CAUSES = 2_000;
const CHUNK = 100;

export interface Trial {
  readonly impact: Impact;
  /** Names whose formula, kind or value differ. */
  readonly changed: readonly string[];
  /** By the id of the entitlement or case. */
  readonly causes: ReadonlyMap<string, readonly string[]>;
  readonly unexplained: number;
}

export async function tryOn(p: Prepared, span: Span): Promise<Trial> {
  const impact = await impactOf([p], span);
  const before = p.before(span.month);
  const after = p.after(span.month);
  const changed = changedNames(before, after, span.month);
  const names = new Set(changed);
  const inputs = new Map([
    ...p.holders.map((h) => [h.entitlementId, h.inputs] as const),
    ...p.refused.map((r) => [r.caseId, r.inputs] as const),
  ]);
  const found = new Map<string, readonly string[]>();
  let unexplained = 0;
  // Not recomputed before either: nothing of the draft's doing.
  const moved = impact.touched.filter(
    (t) => t.change !== "same" && !(t.change === "unknown" && t.beforeFen === null),
  );
  for (const [n, t] of moved.entries()) {
    if (n % CHUNK === 0) await pause();
    const s = inputs.get(t.id);
    if (!s || n >= MOST_CAUSES) continue;
    const why = whyOf(() =>
      causes(
        decided(before, p.item.outcome, span.month, s),
        decided(after, p.item.outcome, span.month, s),
        names,
      ),
    );
    found.set(t.id, why);
    if (why.length === 0) unexplained++;
  }
  return { impact, changed, causes: found, unexplained };
}

/** What does not fit the new rules says so itself. */
function whyOf(work: () => string[]): string[] {
  try {
    return work();
  } catch (e) {
    return [e instanceof Error ? e.message : String(e)];
  }
}

/** What is kept with the submission: counts and money, no names. */
export function summaryOf(t: Trial, examples: number, month: Month) {
  const count = (change: string) => t.impact.touched.filter((x) => x.change === change).length;
  const sum = (of: "beforeFen" | "afterFen") =>
    t.impact.touched.reduce((s, x) => s + (x.change === "enter" ? 0 : (x[of] ?? 0)), 0);
  return {
    month,
    examples,
    changed: [...t.changed],
    households: t.impact.touched.length - count("enter"),
    gain: count("gain"),
    lose: count("lose"),
    leave: count("leave"),
    enter: count("enter"),
    unknown: count("unknown"),
    beforeFen: sum("beforeFen"),
    afterFen: sum("afterFen"),
    unexplained: t.unexplained,
  };
}
export type TrialSummary = ReturnType<typeof summaryOf>;
