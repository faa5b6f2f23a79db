/** Who may do what about a plan. */
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

/** Whoever runs the plan; townships and villages report on it. */
export const RUNS: ReadonlySet<string> = new Set(["county", "leader"]);
export const REPORTS: ReadonlySet<string> = new Set(["county", "leader", "township"]);

export interface Person {
  readonly id: string;
  readonly name: string;
}
/** Error: forbidden. */
export function who(tx: Tx, allowed: ReadonlySet<string>, what: string): Person {
  const { accountId, name, role } = tx.actor;
  if (accountId === null || !allowed.has(role))
    throw new DomainError("forbidden", `${what}由县级股室和局领导办理，您的账号不能办理。`);
  return { id: accountId, name };
}
