import { DomainError } from "./errors.ts";

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export type IsoDate = string;
/** A calendar month, `YYYY-MM`. Strings of both kinds sort in time order. */
export type Month = string;

/** Days since 1970-01-01 of a proleptic Gregorian day (Howard Hinnant's algorithm: no time zone, no Date). */
function toDayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function fromDayNumber(dayNumber: number): IsoDate {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1_460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  return format(yoe + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

function format(year: number, month: number, day: number): IsoDate {
  if (year < 1 || year > 9999) {
    throw new DomainError("bad-date", `日期超出可用范围（公元 1–9999 年）。请检查年份 ${year}。`);
  }
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** True for a `YYYY-MM-DD` that exists in the calendar. */
export function isIsoDate(s: unknown): boolean {
  if (typeof s !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(s)) return false;
  const year = Number(s.slice(0, 4));
  const month = Number(s.slice(5, 7));
  const day = Number(s.slice(8, 10));
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** True for a `YYYY-MM` with a month 01–12. */
export function isMonth(s: unknown): boolean {
  return typeof s === "string" && /^(?!0000)\d{4}-(0[1-9]|1[0-2])$/.test(s);
}

function split(d: IsoDate): { year: number; month: number; day: number } {
  if (!isIsoDate(d)) {
    throw new DomainError("bad-date", `“${d}”不是有效日期。请按“年-月-日”填写，如 2024-03-01。`);
  }
  return { year: Number(d.slice(0, 4)), month: Number(d.slice(5, 7)), day: Number(d.slice(8, 10)) };
}

function monthNumber(m: Month): number {
  const month = m.length === 10 && isIsoDate(m) ? m.slice(0, 7) : m;
  if (!isMonth(month)) {
    throw new DomainError("bad-month", `“${m}”不是有效月份。请按“年-月”填写，如 2024-03。`);
  }
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function dayNumber(d: IsoDate): number {
  const { year, month, day } = split(d);
  return toDayNumber(year, month, day);
}

export function addDays(d: IsoDate, n: number): IsoDate {
  return fromDayNumber(dayNumber(d) + n);
}

export function addMonths(m: Month, n: number): Month {
  const total = monthNumber(m) + n;
  return format(Math.floor(total / 12), (total % 12) + 1, 1).slice(0, 7);
}

/**
 * The same day `n` months later; the last day of the month where that day does not exist
 * (民法典 a202: 2024-01-31 + 1 month = 2024-02-29).
 */
export function addMonthsToDate(d: IsoDate, n: number): IsoDate {
  const { day } = split(d);
  const month = addMonths(monthOf(d), n);
  const last = lastDay(month);
  return day > Number(last.slice(8)) ? last : `${month}-${String(day).padStart(2, "0")}`;
}

export function monthOf(d: IsoDate): Month {
  split(d);
  return d.slice(0, 7);
}

export function firstDay(m: Month): IsoDate {
  monthNumber(m);
  return `${m.slice(0, 7)}-01`;
}

export function lastDay(m: Month): IsoDate {
  const n = monthNumber(m);
  return `${m.slice(0, 7)}-${daysInMonth(Math.floor(n / 12), (n % 12) + 1)}`;
}

/** Calendar days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: IsoDate, b: IsoDate): number {
  return dayNumber(b) - dayNumber(a);
}

/** Calendar months from `a` to `b`; negative when `b` is earlier. A full date counts as its month. */
export function monthsBetween(a: Month, b: Month): number {
  return monthNumber(b) - monthNumber(a);
}

/** Every month from `from` to `to`, both included; empty when `to` is earlier. */
export function monthsFromTo(from: Month, to: Month): Month[] {
  return Array.from({ length: Math.max(0, monthsBetween(from, to) + 1) }, (_, i) => addMonths(from, i));
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(d: IsoDate): number {
  return (((dayNumber(d) + 4) % 7) + 7) % 7;
}

/**
 * Full years of age (周岁) on a day, reached on the birthday itself; born on 29 February, on 1 March in a
 * common year (as PostgreSQL's `age` counts, so that SQL and TypeScript agree). Negative before birth.
 */
export function ageOn(birth: IsoDate, on: IsoDate): number {
  const b = split(birth);
  const o = split(on);
  const before = o.month < b.month || (o.month === b.month && o.day < b.day);
  return o.year - b.year - (before ? 1 : 0);
}

/** "2024-03-01" → "2024年3月1日". */
export function formatDateChinese(d: IsoDate): string {
  const { year, month, day } = split(d);
  return `${year}年${month}月${day}日`;
}

/** "2024-03" → "2024年3月". */
export function formatMonthChinese(m: Month): string {
  const n = monthNumber(m);
  return `${Math.floor(n / 12)}年${(n % 12) + 1}月`;
}
