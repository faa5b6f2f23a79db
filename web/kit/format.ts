/** How amounts, days and clocks read on both front ends. */
import { dateInShanghai, formatYuan, type IsoDate } from "@wuxin/kernel";

export interface ClockLike {
  readonly unit: "workingDays" | "calendarDays" | "months";
  readonly left: number;
  readonly limit: number;
  readonly stoppedOn: string | null;
}

const UNIT = { workingDays: "个工作日", calendarDays: "天", months: "个月" } as const;

/** 「还剩 3 个工作日」「今天到期」「超期 2 个工作日」「已办结」 */
export function clockText(c: ClockLike): string {
  if (c.stoppedOn) return c.left < 0 ? `已办结，曾超期 ${-c.left} ${UNIT[c.unit]}` : "已办结";
  if (c.left < 0) return `超期 ${-c.left} ${UNIT[c.unit]}`;
  return c.left === 0 ? "今天到期" : `还剩 ${c.left} ${UNIT[c.unit]}`;
}

/** The share of the limit that has gone by, 0 to 1. */
export const clockShare = (c: ClockLike): number =>
  c.limit <= 0 ? 1 : Math.min(1, Math.max(0, (c.limit - c.left) / c.limit));

export const yuan = (amountFen: number | null | undefined): string =>
  amountFen === null || amountFen === undefined ? "—" : formatYuan(amountFen);

/** With a sign, for changes: +50.00, −12.00. */
export const signedYuan = (amountFen: number): string =>
  `${amountFen > 0 ? "+" : amountFen < 0 ? "−" : ""}${formatYuan(Math.abs(amountFen))}`;

/** 2024-03-01 09:30 in Asia/Shanghai. */
export function dateTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
  return `${dateInShanghai(at)} ${time}`;
}

export const shanghaiDay = (iso: string): IsoDate => dateInShanghai(new Date(iso));

export const fileSize = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} 字节`
    : bytes < 1024 * 1024
      ? `${(bytes / 1024).toFixed(0)} KB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export const figure = (value: number | null, decimals = 0): string =>
  value === null
    ? "—"
    : value.toLocaleString("zh-CN", {
        minimumFractionDigits: Math.min(decimals, 2),
        maximumFractionDigits: decimals,
      });

/** At most two decimals, none that say nothing. */
export const shortFigure = (value: number | null): string =>
  value === null ? "—" : value.toLocaleString("zh-CN", { maximumFractionDigits: 2 });
