/** 先授权、后核对: who has not signed of those whom a case asks about, and the refusal that stays in the trail. */
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { MatchingDeps } from "./ports.ts";
import { type Supporters, unsigned, type WithSupporters } from "./supporters.ts";

export type Authorising = ReturnType<typeof createAuthorising>;
export function createAuthorising(deps: MatchingDeps, supporters: Supporters) {
  return {
    /** With who must support a member and lives elsewhere: each of them signs too. */
    async caseOf(tx: Tx, caseId: string): Promise<WithSupporters> {
      const c = await deps.caseToCheck(tx, caseId);
      const named = await supporters.ofCase(tx, caseId);
      return { ...c, supporters: named, lacking: [...c.lacking, ...unsigned(named)] };
    },
    async refuse(tx: Tx, c: WithSupporters): Promise<never> {
      await deps.apart(tx.actor, (own) =>
        deps.audit.record(own, {
          ...{ action: "check.refused", object: "case", objectId: c.id },
          detail: `${c.number} 缺 ${c.lacking.length} 人授权，未核对`,
        }),
      );
      throw new DomainError(
        "not-authorised",
        `没有授权，不能核对（先授权、后核对）。还缺 ${c.lacking.join("、")} 的签名授权，请先取得授权书。`,
      );
    },
  };
}
