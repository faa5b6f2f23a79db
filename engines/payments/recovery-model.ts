/** Pure: the states of a recovery, who may do what, how a sum is spread over months. */
import type { Month } from "@wuxin/kernel";

export type RecoveryState = "proposed" | "confirmed" | "dismissed" | "settled";
export type RecoveryWay = "deduct" | "cash";
export type EntryKind = "cash" | "deduction" | "waiver" | "write-off" | "reversal" | "reduction";
export type RequestKind = "waiver" | "write-off" | "reversal";

export const RECOVERY_STATES: Readonly<Record<RecoveryState, string>> = {
  proposed: "待确认",
  confirmed: "追缴中",
  dismissed: "不予追缴",
  settled: "已办结",
};
export const RECOVERY_CAUSES = { death: "死亡后多发", decision: "决定调整后多发" } as const;
export const ENTRY_KINDS: Readonly<Record<EntryKind, string>> = {
  cash: "退回现金",
  deduction: "发放时扣减",
  waiver: "困难免除",
  "write-off": "核销",
  reversal: "冲正退回现金",
  reduction: "应发提高，少追",
};
export const REQUEST_KINDS: Readonly<Record<RequestKind, string>> = {
  waiver: "困难免除",
  "write-off": "核销",
  reversal: "更正退回现金",
};

export interface Left {
  readonly month: Month;
  readonly leftFen: number;
}
/** A sum over the months that are left, the oldest first; never more than is left. */
export function spread(amountFen: number, months: readonly Left[]): { month: Month; amountFen: number }[] {
  let rest = amountFen;
  const parts: { month: Month; amountFen: number }[] = [];
  for (const { month, leftFen } of months.toSorted((a, b) => (a.month < b.month ? -1 : 1))) {
    const part = Math.min(rest, leftFen);
    if (part > 0) parts.push({ month, amountFen: part });
    rest -= part;
  }
  return parts;
}

/** How many rosters a plan takes. */
export const rostersNeeded = (leftFen: number, instalmentFen: number): number =>
  Math.ceil(leftFen / instalmentFen);

/** Of what a line keeps back, the part of each recovery that is paid off by it; in the order in which they were decided. */
export function share<R extends { readonly instalmentFen: number; readonly leftFen: number }>(
  keptFen: number,
  recoveries: readonly R[],
): { of: R; amountFen: number }[] {
  let rest = keptFen;
  const parts: { of: R; amountFen: number }[] = [];
  for (const of of recoveries) {
    const amountFen = Math.min(rest, of.instalmentFen, of.leftFen);
    if (amountFen > 0) parts.push({ of, amountFen });
    rest -= amountFen;
  }
  return parts;
}
