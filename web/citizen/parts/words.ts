/** Dates, money and clocks in the words people use. */
import { formatDateChinese, formatMonthChinese, formatYuan, isIsoDate, isMonth } from "@wuxin/kernel";
import type { Clock } from "../app/types.ts";
import { t } from "../texts/index.ts";

/** 2024-03-01 or a time stamp → 2024年3月1日 (Asia/Shanghai). */
export function dateWords(date: string): string {
  if (isIsoDate(date)) return formatDateChinese(date);
  if (isMonth(date)) return formatMonthChinese(date);
  const at = new Date(date);
  if (Number.isNaN(at.getTime())) return date;
  // Shanghai keeps no summer time: eight hours ahead all year.
  return formatDateChinese(new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10));
}

export const yuanWords = (fen: number): string => t("money.yuan", { yuan: formatYuan(fen) });

/** 「还剩 3 个工作日」「超期 2 个工作日」「今天到期」; a stopped clock says how it ended. */
export function clockWords(clock: Pick<Clock, "left" | "unit" | "light">): string {
  if (clock.light === "done") return t("clock.done");
  if (clock.light === "late") return t("clock.late");
  const unit = t(`clock.${clock.unit}`);
  if (clock.left === 0) return t("clock.today");
  return clock.left > 0
    ? t("clock.left", { n: clock.left, unit })
    : t("clock.over", { n: -clock.left, unit });
}

/** 2024年5月9日 14:20 */
export const momentWords = (iso: string): string =>
  `${dateWords(iso)} ${new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(11, 16)}`;
