/** Whole lists that are suddenly much shorter: they end nothing before a person has asked. */
import type { ResolvedFeed } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { replaceFormer } from "./corrections.ts";
import { formerRuns, heldCorrections } from "./corrections-store.ts";
import * as falls from "./falls-store.ts";
import { fallenFrom, fell, LIST_FALL_PERCENT } from "./model.ts";
import type { MatchingDeps } from "./ports.ts";
import { findRun, type RunRecord } from "./store.ts";

/**
 * A run of so many rows that has just ended, in its transaction: held when its day's list fell, else whatever waited for it
 * is settled. One that corrects the day's list replaces it, unless it fell against that.
 */
export async function settleDay(
  tx: Tx,
  deps: Pick<MatchingDeps, "choice" | "clock" | "audit">,
  run: Pick<RunRecord, "id" | "feed" | "asOf" | "replaces">,
  feed: ResolvedFeed,
  rows: number,
): Promise<void> {
  const { choice, clock } = deps;
  const percent = Number(choice(tx.actor.countyCode, "listFallPercent", clock.today()) ?? LIST_FALL_PERCENT);
  if (run.replaces) {
    const former = (await formerRuns(tx, run)).reduce((sum, f) => sum + f.rows, 0);
    if (feed.extent === "whole" && fell(rows, former, percent)) {
      await falls.holdFall(tx, run.id, former);
      return;
    }
    await replaceFormer(tx, deps, run);
  }
  if (feed.extent !== "whole") return;
  const from = fallenFrom(run, await falls.listDays(tx, feed.code, run.id), percent);
  if (from === null) await falls.releaseFalls(tx, feed.code, run.asOf);
  else await falls.holdFall(tx, run.id, from);
}

export function createFalls({
  clock,
  vault,
  audit,
  catalogue,
}: Pick<MatchingDeps, "clock" | "vault" | "audit" | "catalogue">) {
  return {
    /** For the workbench: lists that end nothing until somebody has asked their department. */
    heldLists: async (tx: Tx) =>
      (await falls.heldDays(tx)).map((l) => {
        const { title = l.feed, department = "" } = catalogue.feeds.get(l.feed) ?? {};
        return { ...l, title, department };
      }),
    /**
     * Whole: its department confirms the list, so whom it does not name, it is true of no more. Otherwise it goes on telling
     * what it names and ends nothing. Errors: not-found, action-not-allowed, forbidden.
     */
    async judgeFall(tx: Tx, id: string, { whole, reason }: { whole: boolean; reason: string }) {
      const run = await findRun(tx, id);
      if (!run) throw new DomainError("not-found", "没有找到这次比对。");
      if (run.fall === (whole ? "whole" : "part")) return;
      if (run.fall !== "held")
        throw new DomainError(
          "action-not-allowed",
          "这份名单不用核实，或者已经有人核实过。请刷新页面查看；要改，请对方重发一份名单。",
        );
      const { feed, asOf } = run;
      const corrections = whole ? await heldCorrections(tx, feed, asOf) : [];
      await falls.judgeFall(tx, { feed, asOf, whole, reasonSealed: vault.seal(reason), at: clock.now() });
      for (const c of corrections) await replaceFormer(tx, { clock, audit }, { id: c.id, feed, asOf });
      await audit.record(tx, {
        ...{ action: "feed.fall", object: "feed", objectId: id },
        detail: `${asOf} 的名单${whole ? "是全量" : "不是全量"}`,
      });
    },
  };
}
