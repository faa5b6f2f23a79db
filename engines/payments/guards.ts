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

/** What the database itself refuses (migration 0100) when a service check was passed in the same instant by another. */
const REFUSALS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  WX101: ["action-not-allowed", "名册的状态刚刚变了，请刷新页面后再办理。"],
  WX102: ["roster-changed", "名册已有人签字，内容不能再改；请刷新页面核对。"],
  WX103: ["double-payment", "有明细没有占住当月名额（同一人可能在别处列入发放），请刷新页面核对后再办理。"],
  WX106: ["action-not-allowed", "追缴的金额会超过多发的金额，请刷新页面后再办理。"],
  WX105: [
    "roster-changed",
    "有一个月会发得比应发的多，名册没有生成；请刷新后重新生成，仍不行请联系系统管理员。",
  ],
  WX104: ["action-not-allowed", "已发放的明细不能再改。"],
};

/** The same function, with the database's refusals in words. */
export function inWords<A extends unknown[], R>(
  work: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    try {
      return await work(...args);
    } catch (error) {
      const refusal = REFUSALS[(error as { code?: string }).code ?? ""];
      if (refusal) throw new DomainError(refusal[0], refusal[1], { cause: error });
      throw error;
    }
  };
}
