/** Records → the shapes that the contract promises. */
import { type Month, monthOf } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";
import { CHANGE_KINDS, type ChangeKind } from "./life-model.ts";
import type { ChangeRecord } from "./life-store.ts";
import { REVIEW_METHODS, REVIEW_RESULTS, stateLabel } from "./model.ts";
import type { EntitlementsDeps, PaidMonth } from "./ports.ts";
import type { ListedRecord } from "./queries.ts";
import { RESHAPE_KINDS } from "./reshape-model.ts";
import type { AmountRecord, CoverageRecord, ReviewRecord } from "./store.ts";

type Deps = Pick<EntitlementsDeps, "clock" | "catalogue" | "divisionName">;

const titleOf = (deps: Deps, item: string) => deps.catalogue.items.get(item)?.title ?? item;

export function entitlementRow(deps: Deps, countyCode: string, r: ListedRecord) {
  const today = deps.clock.today();
  const ended = r.endMonth !== null && r.endMonth < monthOf(today);
  return {
    id: r.id,
    item: r.item,
    itemTitle: titleOf(deps, r.item),
    payee: r.payee,
    divisionName: deps.divisionName(countyCode, r.divisionCode),
    areaClass: r.areaClass,
    persons: r.persons,
    amountFen: r.amountFen,
    fromMonth: r.fromMonth,
    endMonth: r.endMonth,
    state: ended ? ("ended" as const) : ("active" as const),
    suspendedFrom: r.suspendedFrom,
    reviewDueOn: r.reviewDueOn,
    reviewLabel: r.openReviewLabel ?? deps.catalogue.items.get(r.item)?.entitlement.review.label ?? "复核",
    reviewTold:
      !ended && (r.pendingResult === "stop" || r.pendingResult === "recheck")
        ? `复核结论：${REVIEW_RESULTS[r.pendingResult]}，待作出决定`
        : null,
    reviewClass: r.reviewClass,
    caseId: r.caseId,
    recognition: r.recognition,
  };
}

export function entitlementPage(
  deps: Deps,
  actor: Actor,
  r: ListedRecord,
  more: {
    readonly amounts: readonly (AmountRecord & { readonly notice: string | null })[];
    readonly coverage: readonly CoverageRecord[];
    readonly reviews: readonly ReviewRecord[];
    readonly payments: readonly PaidMonth[];
    readonly canReview: boolean;
    readonly changes: readonly ChangeRecord[];
    readonly possible: readonly { kind: ChangeKind; label: string; why: string | null }[];
    readonly livesWith: number;
  },
) {
  const row = entitlementRow(deps, actor.countyCode, r);
  return {
    ...row,
    payeeId: r.payeeId,
    householdId: r.householdId,
    endReason: r.endReason,
    endCause: r.endCause,
    amounts: more.amounts.map(
      ({ seq, fromMonth, amountFen, persons, reason, decisionId, basisId, notice }) => ({
        seq,
        /** The paper by which it can be told; null where a decision has told it. */
        notice,
        /** Its working can be shown: computed by a run or a change, from the facts of a decision. */
        explained: basisId !== null,
        fromMonth,
        amountFen,
        persons,
        reason,
        decisionId,
      }),
    ),
    covered: more.coverage.map(({ personId, name, fromMonth, endMonth }) => ({
      personId,
      name,
      fromMonth,
      endMonth,
    })),
    reviews: more.reviews.map((v) => ({
      id: v.id,
      kind: v.kind,
      label: v.label,
      dueOn: v.dueOn,
      doneOn: v.doneOn,
      result:
        v.result === null
          ? null
          : `${REVIEW_RESULTS[v.result]}${v.method ? `（${REVIEW_METHODS[v.method]}）` : ""}${v.note ? `：${v.note}` : ""}`,
      by: v.by,
    })),
    payments: more.payments.map(({ month, amountFen, result, rosterId }) => ({
      month,
      amountFen,
      result,
      rosterId,
    })),
    canReview: more.canReview && row.state === "active",
    changes: more.changes.map((c) => ({
      id: c.id,
      kindLabel: { ...CHANGE_KINDS, ...RESHAPE_KINDS }[c.kind],
      fromMonth: c.fromMonth,
      beforeFen: c.beforeFen,
      afterFen: c.afterFen,
      places: placesOf(deps, actor.countyCode, c),
      reason: c.reason,
      at: c.at,
      by: c.by,
    })),
    possible: [...more.possible],
    livesWith: more.livesWith,
    divisionCode: r.divisionCode,
  };
}

/** From where to where, and between town and country; null where nobody moved. */
function placesOf(deps: Deps, county: string, c: ChangeRecord): string | null {
  if (c.divisionBefore === null || c.divisionAfter === null) return null;
  const name = (code: string) => deps.divisionName(county, code);
  return [
    ...(c.divisionBefore === c.divisionAfter ? [] : [`${name(c.divisionBefore)} → ${name(c.divisionAfter)}`]),
    ...(c.areaBefore === c.areaAfter ? [] : [`${c.areaBefore ?? "—"} → ${c.areaAfter ?? "—"}`]),
  ].join("，");
}

export function entitlementBrief(deps: Deps, r: ListedRecord) {
  return {
    id: r.id,
    item: r.item,
    caseId: r.caseId,
    itemTitle: titleOf(deps, r.item),
    amountFen: r.amountFen,
    fromMonth: r.fromMonth,
    endMonth: r.endMonth as Month | null,
    stateLabel: stateLabel(r, monthOf(deps.clock.today())),
  };
}
