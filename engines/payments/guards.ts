/** Who may, and in which state; shared by the use cases. */
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { ROSTER_STATES } from "./model.ts";
import * as store from "./store.ts";

const ROLE_NAMES: Readonly<Record<string, string>> = {
  county: "县级经办人员",
  leader: "局领导",
  finance: "财务人员",
};

/** Money is the county's work: a whole-county account with one of these roles. */
export function requireMoney(tx: Tx, what: string, roles: readonly string[]): void {
  const { actor } = tx;
  if (actor.accountId === null || actor.scope !== actor.countyCode || !roles.includes(actor.role))
    throw new DomainError(
      "forbidden",
      `${what}由${roles.map((r) => ROLE_NAMES[r] ?? r).join("或")}办理，您的账号不能办理。`,
    );
}

export const notFound = () => new DomainError("not-found", "没有找到这份名册，或不在您的管辖范围内。");

export async function lock(tx: Tx, id: string): Promise<store.RosterRecord> {
  const roster = await store.lockRoster(tx, id);
  if (!roster) throw notFound();
  return roster;
}

export function requireDraft(roster: store.RosterRecord): void {
  if (roster.state === "draft") return;
  throw new DomainError(
    "action-not-allowed",
    roster.state === "discarded"
      ? "名册已作废，不能再改。"
      : roster.state === "sent" || roster.state === "closed"
        ? `名册“${ROSTER_STATES[roster.state]}”，不能再暂缓；发错的请走追缴。`
        : "名册已有人签字，内容不能再改；确需改动的，请作废后重新生成。",
  );
}
