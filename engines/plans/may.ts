/** Who may do what about a plan. */
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { TakeBack } from "./evidence-store.ts";

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
interface Plan {
  readonly takeBack: TakeBack | null;
}
/** Two people agreed that it goes: it is only to be seen. */
export const takenBack = ({ takeBack }: Plan): boolean => Boolean(takeBack?.decidedAt);
/** Error: action-not-allowed. */
export function inForce(plan: Plan): void {
  if (takenBack(plan))
    throw new DomainError("action-not-allowed", "这份计划已经撤销，只能查看。要重新办理，请重新读入。");
}
/** Why somebody does it, in at least four characters. Error: invalid-input with the field. */
export function reasoned(text: string, field: string, message: string): string {
  const said = text.trim();
  if (said.length < 4) throw new DomainError("invalid-input", message, { field });
  return said;
}
export const noted = (text: string): string => reasoned(text, "note", "请写明情况（至少 4 个字）。");
