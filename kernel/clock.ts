import { type IsoDate, isIsoDate } from "./dates.ts";
import { DomainError } from "./errors.ts";

/** Where time comes from. Business code never reads the machine's clock itself, so everything replays. */
export interface Clock {
  now(): Date;
  /** The calendar day in Asia/Shanghai. */
  today(): IsoDate;
}

/** China has kept UTC+8 without daylight saving since 1992; nothing here looks at earlier instants. */
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** The calendar day in Asia/Shanghai of an instant. */
export function dateInShanghai(instant: Date): IsoDate {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

export const systemClock: Clock = {
  now: () => new Date(),
  today: () => dateInShanghai(new Date()),
};

/**
 * A clock that stands still: at 09:00 Shanghai time of a date, or at a date-time
 * (without a zone it is Shanghai time).
 */
export function fixedClock(isoDateTimeOrDate: string): Clock {
  const text = isIsoDate(isoDateTimeOrDate) ? `${isoDateTimeOrDate}T09:00:00+08:00` : isoDateTimeOrDate;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}+08:00`;
  const ms = Date.parse(zoned);
  if (Number.isNaN(ms)) {
    throw new DomainError(
      "bad-date",
      `“${isoDateTimeOrDate}”不是有效的日期或时间，请写成 2024-03-01 或 2024-03-01T09:00:00。`,
    );
  }
  return { now: () => new Date(ms), today: () => dateInShanghai(new Date(ms)) };
}
