/** Pure: what an entitlement is, what a decision or a death does to it. No database, no clock. */
import { addMonths, addMonthsToDate, DomainError, type IsoDate, type Month, monthOf } from "@wuxin/kernel";

export type DecisionKind = "award" | "adjust" | "continue" | "gradual-exit" | "stop";

/** The outbox event `case.decided`; kind `refuse` is heard and opens nothing. */
export interface CaseDecided {
  readonly caseId: string;
  readonly decisionId: string;
  readonly item: string;
  readonly kind: DecisionKind | "refuse";
  readonly householdId: string | null;
  readonly applicantId: string;
  readonly payeeId: string;
  readonly divisionCode: string;
  readonly areaClass?: string | null;
  /** A month, 分. */
  readonly amountFen: number;
  readonly persons: number;
  /** Who is covered. */
  readonly covered: readonly string[];
  /** First month to which the decision applies (57号 第二十一条: the month after). */
  readonly fromMonth: Month;
  readonly reviewMonths?: number | null;
  readonly reviewClass?: string | null;
  readonly decidedOn: IsoDate;
  readonly reason: string;
  /** 渐退: the last month paid; of an award that holds for so long only, its last month. */
  readonly untilMonth?: Month | null;
  /** In the word that the decision chose, e.g. 服刑. */
  readonly cause?: string | null;
}

/** The outbox event `person.died`. */
export interface PersonDied {
  readonly personId: string;
  readonly diedOn: IsoDate;
}

export interface Amount {
  readonly seq: number;
  readonly fromMonth: Month;
  readonly amountFen: number;
}
export interface Coverage {
  readonly personId: string;
  readonly fromMonth: Month;
  readonly endMonth: Month | null;
}

/** The causes that the engine itself gives; the others are in the words of decisions. */
export const DEATH_CAUSE = "死亡";
export const GRADUAL_CAUSE = "渐退期满";
export const REPLACED_CAUSE = "重新认定";
export const EXPIRED_CAUSE = "有效期满";

/** A member's death opens a review that must be done within three months (2022年兜底保障通知 一(三)). */
export const DEATH_REVIEW_MONTHS = 3;
export const DEATH_REVIEW_LABEL = "家庭成员死亡后核查（3个月内）";

/** The amount in force in a month: the latest start not after it; of two with one start, the one recorded later. */
export function amountIn(amounts: readonly Amount[], month: Month): number {
  let best: Amount | undefined;
  for (const a of amounts) {
    if (a.fromMonth > month) continue;
    if (!best || a.fromMonth > best.fromMonth || (a.fromMonth === best.fromMonth && a.seq > best.seq))
      best = a;
  }
  return best?.amountFen ?? 0;
}

/** Persons covered in a month. */
export function coveredIn(coverage: readonly Coverage[], month: Month): string[] {
  return [
    ...new Set(
      coverage
        .filter((c) => c.fromMonth <= month && (c.endMonth === null || c.endMonth >= month))
        .map((c) => c.personId),
    ),
  ];
}

/** What a decision other than an award changes. */
export interface Change {
  /** A new amount row, or none. */
  readonly amount: { readonly fromMonth: Month; readonly amountFen: number; readonly persons: number } | null;
  /** Last month owed, or unchanged. */
  readonly endMonth: Month | null;
  /** Who leaves (covered to the month before) and who joins. */
  readonly leave: readonly string[];
  readonly join: readonly string[];
  /** The open periodic review is answered by the decision, and the next one falls due then. */
  readonly nextReviewOn: IsoDate | null;
  readonly closesReviews: boolean;
}

export interface Standing {
  readonly reviewMonths: number;
  readonly amounts: readonly Amount[];
  readonly coverage: readonly Coverage[];
}

/** @throws DomainError("bad-decision") when 渐退 names no last month */
export function changeBy(
  event: CaseDecided & { kind: Exclude<DecisionKind, "award"> },
  now: Standing,
): Change {
  const nextReviewOn = addMonthsToDate(event.decidedOn, event.reviewMonths ?? now.reviewMonths);
  const unchanged = { amount: null, endMonth: null, leave: [], join: [] };
  switch (event.kind) {
    case "continue":
      return { ...unchanged, nextReviewOn, closesReviews: true };
    case "stop":
      return {
        ...unchanged,
        amount: { fromMonth: event.fromMonth, amountFen: 0, persons: 0 },
        endMonth: addMonths(event.fromMonth, -1),
        nextReviewOn: null,
        closesReviews: true,
      };
    case "gradual-exit": {
      if (!event.untilMonth || event.untilMonth < addMonths(event.fromMonth, -1))
        throw new DomainError("bad-decision", "渐退决定没有写明发到哪个月，请在决定中补上“渐退截止月份”。", {
          field: "untilMonth",
        });
      const before = amountIn(now.amounts, event.fromMonth);
      const amount =
        event.amountFen > 0 && event.amountFen !== before
          ? { fromMonth: event.fromMonth, amountFen: event.amountFen, persons: event.persons }
          : null;
      return { ...unchanged, amount, endMonth: event.untilMonth, nextReviewOn: null, closesReviews: true };
    }
    case "adjust": {
      const covered = coveredIn(now.coverage, event.fromMonth);
      return {
        amount: { fromMonth: event.fromMonth, amountFen: event.amountFen, persons: event.persons },
        endMonth: null,
        leave: covered.filter((p) => !event.covered.includes(p)),
        join: event.covered.filter((p) => !covered.includes(p)),
        nextReviewOn,
        closesReviews: true,
      };
    }
  }
}

/**
 * What a death does to one entitlement: it ends when nobody else is covered after the month of death, or will be (nothing
 * is paid from the month after), otherwise the household is reviewed.
 */
export function changeByDeath(
  event: PersonDied,
  coverage: readonly Coverage[],
): { readonly lastMonth: Month; readonly ends: boolean; readonly reviewDueOn: IsoDate | null } {
  const lastMonth = monthOf(event.diedOn);
  // Whoever is covered later counts too: somebody may have died before the first month, and is told of afterwards.
  const ends = !coverage.some(
    (c) => c.personId !== event.personId && (c.endMonth === null || c.endMonth > lastMonth),
  );
  return {
    lastMonth,
    ends,
    reviewDueOn: ends ? null : addMonthsToDate(event.diedOn, DEATH_REVIEW_MONTHS),
  };
}

export const REVIEW_RESULTS = { continue: "继续享受", recheck: "重新核查", stop: "建议停发" } as const;
export const REVIEW_METHODS = {
  "home-visit": "入户",
  video: "视频",
  "data-match": "数据比对",
  office: "窗口",
  decision: "随决定完成",
} as const;
export type ReviewResult = keyof typeof REVIEW_RESULTS;
export type ReviewMethod = keyof typeof REVIEW_METHODS;

/** 在享 · 2024年5月起停发 … as a person reads it. */
export function stateLabel(
  e: { fromMonth: Month; endMonth: Month | null; recognition: boolean },
  month: Month,
): string {
  if (e.recognition) {
    if (e.endMonth !== null && e.endMonth < month) return "认定已结束";
    if (e.fromMonth > month) return `已认定（${e.fromMonth} 起）`;
    return e.endMonth === null ? "已认定" : `已认定（到 ${e.endMonth}）`;
  }
  if (e.endMonth !== null && e.endMonth < e.fromMonth) return "未发即停";
  if (e.endMonth !== null && e.endMonth < month) return "已停发";
  if (e.endMonth !== null) return `在享（发至 ${e.endMonth}）`;
  return e.fromMonth > month ? `待发（${e.fromMonth} 起）` : "在享";
}
