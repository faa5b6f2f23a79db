/** The door through which entitlements ask what was paid: give it to `createEntitlements({ paid: paidMonths })`. */
import type { PaidMonths } from "@wuxin/engines/entitlements";
import { LINE_STATES } from "./model.ts";
import { monthsOf, paidOfReprice } from "./settled.ts";

export const paidMonths: PaidMonths = {
  async ofEntitlements(tx, ids) {
    if (ids.length === 0) return [];
    return (await monthsOf(tx, ids, 500)).map((m) => ({
      entitlementId: m.entitlementId,
      month: m.month,
      amountFen: m.amountFen,
      paid: m.state === "paid",
      result: LINE_STATES[m.state],
      rosterId: m.rosterId,
    }));
  },
  ofReprice: paidOfReprice,
};
