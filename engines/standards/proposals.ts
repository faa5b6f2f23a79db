/** 动态调标 over the county's standards: what should be raised, and a person's no to it. */
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { growthOf, requireKnown } from "./growth.ts";
import type { StandardsDeps } from "./ports.ts";
import type { Reader } from "./reader.ts";
import * as store from "./store.ts";
import { accountOf, teller } from "./telling.ts";

export function createProposals(deps: StandardsDeps, { shelfOf }: Reader) {
  const { clock } = deps;
  const tell = teller(deps, "standard");
  for (const { county, file, rules: given } of deps.growth ?? []) requireKnown(shelfOf(county), given, file);
  const growthRules = new Map((deps.growth ?? []).map((g) => [g.county, g.rules]));

  async function growth(tx: Tx) {
    const { countyCode } = tx.actor;
    const waiting = (await store.all(tx)).filter((r) => r.state === "draft" || r.state === "submitted");
    const refusals = await store.growthRefusals(tx);
    return growthOf(
      shelfOf(countyCode),
      growthRules.get(countyCode) ?? [],
      new Set(waiting.map((r) => r.parameter)),
      clock.today(),
    ).map((g) => {
      const no = refusals.find((r) => r.parameter === g.standard && r.working === g.told);
      return { ...g, refused: no ? { reason: no.reason, by: no.by, on: no.on } : null };
    });
  }

  return {
    /** 动态调标: what should be raised because what it follows has changed, as long as nobody has entered it. */
    growth,
    /**
     * A person says no to a figure, for a reason; the same working is not proposed again, another is.
     * Errors: invalid-input, action-not-allowed.
     */
    async refuseGrowth(
      tx: Tx,
      name: string,
      r: { id: string; working: string; reason: string },
    ): Promise<void> {
      accountOf(tx);
      const reason = r.reason.trim();
      if (reason.length < 2)
        throw new DomainError("invalid-input", "请写明不调的理由，至少 2 个字。", { field: "reason" });
      const known = (await growth(tx)).find((g) => g.standard === name && g.told === r.working);
      if (!known)
        throw new DomainError("action-not-allowed", "算法已经变了，或者有人录入了新的一版，请刷新页面再看。");
      if ((await store.refuseGrowth(tx, { ...r, parameter: name, reason, at: clock.now() })) > 0)
        await tell(tx, "standard.growth-refuse", null, `${known.label}：${reason}`);
    },
  };
}
