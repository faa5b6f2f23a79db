/** Reviews recorded by people: of means, of life, after a death. */
import { addMonths, addMonthsToDate, DomainError, derivedId, type IsoDate, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Common } from "./common.ts";
import { REVIEW_METHODS, REVIEW_RESULTS, type ReviewMethod, type ReviewResult } from "./model.ts";
import type { EntitlementsDeps } from "./ports.ts";
import * as store from "./store.ts";

/** Who may record a review. */
export const REVIEWERS: ReadonlySet<string> = new Set(["village", "township", "county"]);

export interface ReviewInput {
  readonly id: string;
  readonly result: ReviewResult;
  readonly method: Exclude<ReviewMethod, "decision">;
  readonly on: IsoDate;
  readonly note: string;
}

export function createReviews<Page>(
  deps: EntitlementsDeps,
  { get, openPeriodic }: Common,
  page: (tx: Tx, id: string) => Promise<Page>,
) {
  const { clock } = deps;

  /**
   * A review of means or of life done by somebody. `continue` sets the next due date; `recheck` and `stop` change no
   * payment by themselves (a person decides in a case), but rosters show them until a decision comes.
   * Errors: forbidden, not-found, action-not-allowed, invalid-input.
   */
  async function recordReview(tx: Tx, entitlementId: string, input: ReviewInput) {
    if (!REVIEWERS.has(tx.actor.role))
      throw new DomainError(
        "forbidden",
        "登记复核由村（社区）、乡镇（街道）或县级经办人员办理，您的角色不能登记。",
      );
    const e = await get(tx, entitlementId);
    const repeated = await store.reviewByRequest(tx, input.id);
    if (repeated) {
      if (repeated.entitlementId !== entitlementId)
        throw new DomainError("already-exists", "这个编号已用于另一次复核，请刷新页面后重新登记。");
      return page(tx, entitlementId);
    }
    if (e.endMonth !== null && e.endMonth < monthOf(clock.today()))
      throw new DomainError("action-not-allowed", `该待遇发至 ${e.endMonth} 已停止，不需要再复核。`);
    if (input.on > clock.today())
      throw new DomainError("invalid-input", "复核日期不能晚于今天，请改成实际核查的日期。", { field: "on" });
    if (monthOf(input.on) < addMonths(e.fromMonth, -1))
      throw new DomainError("invalid-input", `复核日期早于开始享受的月份（${e.fromMonth}），请核对年份。`, {
        field: "on",
      });
    if (input.result !== "continue" && input.note.trim().length < 2)
      throw new DomainError("invalid-input", "建议停发或重新核查的，请写明看到的情况。", { field: "note" });
    const open = (await store.reviewsOf(tx, entitlementId))
      .filter((r) => r.doneOn === null)
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0];
    const reviewId = open?.id ?? input.id;
    if (!open) await openPeriodic(tx, entitlementId, e.item, reviewId, input.on);
    const closed = await store.closeReview(tx, reviewId, {
      requestId: input.id,
      doneOn: input.on,
      result: input.result,
      method: input.method,
      note: input.note,
      byName: tx.actor.name,
    });
    if (closed === 0)
      throw new DomainError("stale-version", "这次复核刚刚已由别人登记，请刷新页面查看结果。");
    if (input.result === "continue" && (!open || open.kind === "periodic") && e.endMonth === null)
      await openPeriodic(
        tx,
        entitlementId,
        e.item,
        derivedId(reviewId, "next"),
        addMonthsToDate(input.on, e.reviewMonths),
      );
    await deps.audit.record(tx, {
      action: "entitlement.review",
      object: "entitlement",
      objectId: entitlementId,
      detail: `${REVIEW_METHODS[input.method]}复核：${REVIEW_RESULTS[input.result]}`,
    });
    return page(tx, entitlementId);
  }

  return { recordReview };
}
