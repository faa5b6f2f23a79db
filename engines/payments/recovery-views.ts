/** Recoveries → the shapes that the contract promises. */
import type { Actor } from "@wuxin/platform";
import type { PaymentsDeps } from "./ports.ts";
import type { EntryRecord, RequestRecord } from "./recovery-entry-store.ts";
import {
  ENTRY_KINDS,
  RECOVERY_CAUSES,
  RECOVERY_STATES,
  REQUEST_KINDS,
  rostersNeeded,
} from "./recovery-model.ts";
import type { MonthRecord, RecoveryRecord } from "./recovery-store.ts";
import { itemTitle } from "./views.ts";

type Deps = Pick<PaymentsDeps, "catalogue" | "divisionName">;

export function recoveryRow(deps: Deps, county: string, r: RecoveryRecord) {
  const leftFen = r.state === "dismissed" ? 0 : r.amountFen - r.settledFen;
  return {
    id: r.id,
    entitlementId: r.entitlementId,
    itemTitle: itemTitle(deps, r.item),
    payee: r.payee,
    payeeId: r.payeeId,
    divisionName: deps.divisionName(county, r.divisionCode),
    cause: r.cause,
    causeLabel: r.causeName ? `${r.causeName}后多发` : RECOVERY_CAUSES[r.cause],
    reason: r.reason,
    state: r.state,
    stateLabel: RECOVERY_STATES[r.state],
    amountFen: r.amountFen,
    months: r.months,
    backFen: r.settledFen - r.letGoFen - r.reducedFen,
    letGoFen: r.letGoFen,
    reducedFen: r.reducedFen,
    keptFen: r.keptFen,
    leftFen,
    openedAt: r.openedAt,
  };
}

export function recoveryPage(
  deps: Deps,
  actor: Actor,
  r: RecoveryRecord,
  more: {
    readonly months: readonly MonthRecord[];
    readonly entries: readonly EntryRecord[];
    readonly requests: readonly RequestRecord[];
    readonly sources: readonly { id: string; item: string; amountFen: number; payee: string }[];
    readonly capPercent: number;
  },
) {
  const row = recoveryRow(deps, actor.countyCode, r);
  const county = actor.scope === actor.countyCode && actor.accountId !== null;
  const role = (...roles: string[]) => actor.accountId !== null && roles.includes(actor.role);
  const open = r.state === "confirmed" && row.leftFen > row.keptFen;
  const asked = more.requests.find((q) => q.given === null);
  const mayReverse = county && role("finance", "county") && asked === undefined;
  return {
    ...row,
    decidedBy: r.decidedBy,
    decidedAt: r.decidedAt,
    note: r.note,
    way: r.way,
    instalmentFen: r.instalmentFen,
    deductFrom: r.deductFrom,
    rostersLeft:
      r.way === "deduct" && r.instalmentFen !== null && row.leftFen > 0
        ? rostersNeeded(row.leftFen, r.instalmentFen)
        : null,
    byMonth: more.months.map((m) => ({ ...m })),
    entries: more.entries.map((e) => ({
      ...{ receiptId: e.receiptId, month: e.month, kind: e.kind, kindLabel: ENTRY_KINDS[e.kind] },
      ...{
        amountFen: e.amountFen,
        enteredOn: e.enteredOn,
        note: e.note,
        at: e.at,
        by: e.by,
        reversed: e.reversed,
      },
      canReverse: mayReverse && e.kind === "cash" && !e.reversed,
    })),
    requests: more.requests.map((q) => ({
      id: q.id,
      kind: q.kind,
      kindLabel: REQUEST_KINDS[q.kind],
      amountFen: q.amountFen,
      reason: q.reason,
      askedBy: q.askedBy,
      askedAt: q.askedAt,
      givenBy: q.givenBy,
      givenAt: q.givenAt,
      given: q.given,
      answerNote: q.answerNote,
      canAnswer: q.given === null && county && role("leader") && q.askedById !== actor.accountId,
    })),
    /** What the household draws now, out of which it may be kept back; at most so much a month. */
    sources: more.sources.map((s) => ({
      id: s.id,
      itemTitle: itemTitle(deps, s.item),
      payee: s.payee,
      amountFen: s.amountFen,
      mostFen: Math.floor((s.amountFen * more.capPercent) / 100),
    })),
    capPercent: more.capPercent,
    can: {
      confirm: county && role("county", "leader") && r.state === "proposed",
      replan: county && role("county", "leader") && open,
      dismiss: county && role("leader") && r.state === "proposed",
      repay: county && role("finance", "county") && open,
      ask: role("township", "county") && open && asked === undefined,
    },
  };
}
