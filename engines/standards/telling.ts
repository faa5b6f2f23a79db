/** Who does something to the standards or rules, and that it is told to the audit. */
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { StandardsDeps } from "./ports.ts";

/** The account that acts. Errors: forbidden, where nobody is logged in. */
export function accountOf(tx: Tx): string {
  if (tx.actor.accountId === null) throw new DomainError("forbidden", "请用工作人员账号登录后办理。");
  return tx.actor.accountId;
}

/** Tells the audit of one kind of object: `tell(tx, action, objectId, detail)`; `objectId` null: of none alone. */
export const teller =
  ({ audit }: Pick<StandardsDeps, "audit">, object: "standard" | "rule") =>
  (tx: Tx, action: string, objectId: string | null, detail: string) =>
    audit.record(tx, { action, object, ...(objectId ? { objectId } : {}), detail });
