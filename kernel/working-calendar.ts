import { addDays, type IsoDate, weekdayOf } from "./dates.ts";
import { DomainError } from "./errors.ts";

/**
 * The statutory working calendar. `off`: holidays that fall on weekdays; `on`: weekend days worked in exchange.
 * Years outside `publishedYears` are counted as ordinary weeks and reported, never silently trusted: the State
 * Council publishes a year's table only in the autumn before.
 */
export interface WorkingCalendar {
  publishedYears: ReadonlySet<number>;
  off: ReadonlySet<IsoDate>;
  on: ReadonlySet<IsoDate>;
}

/** One published year of holidays, as counties ship it or an administrator enters it. */
export interface HolidayTable {
  year: number;
  off: readonly IsoDate[];
  on: readonly IsoDate[];
}

export function workingCalendar(tables: readonly HolidayTable[]): WorkingCalendar {
  return {
    publishedYears: new Set(tables.map((t) => t.year)),
    off: new Set(tables.flatMap((t) => t.off)),
    on: new Set(tables.flatMap((t) => t.on)),
  };
}

export function isWorkingDay(cal: WorkingCalendar, d: IsoDate): boolean {
  if (cal.on.has(d)) return true;
  if (cal.off.has(d)) return false;
  const weekday = weekdayOf(d);
  return weekday !== 0 && weekday !== 6;
}

/** Collects the years a count relied on without a published table. */
function yearWatch(cal: WorkingCalendar) {
  const missing = new Set<number>();
  return {
    see(d: IsoDate) {
      const year = Number(d.slice(0, 4));
      if (!cal.publishedYears.has(year)) missing.add(year);
    },
    list: () => [...missing].sort((a, b) => a - b),
  };
}

/**
 * The `n`th working day after `from`; the first counted day is the day after (民法典 a201). `n` = 0 gives `from`.
 * `unpublishedYears` lists the years whose holidays were not yet known: show the date as provisional.
 */
export function addWorkingDays(
  cal: WorkingCalendar,
  from: IsoDate,
  n: number,
): { date: IsoDate; unpublishedYears: number[] } {
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new DomainError("bad-term", `工作日期限应为不小于 0 的整数，收到的是 ${n}。`);
  }
  const watch = yearWatch(cal);
  let date = from;
  for (let left = n; left > 0; ) {
    date = addDays(date, 1);
    watch.see(date);
    if (isWorkingDay(cal, date)) left--;
  }
  return { date, unpublishedYears: watch.list() };
}

/**
 * Working days left from `from` (not counted) to `to` (counted): 0 on the day itself, negative when `to` has
 * passed, by the working days since.
 */
export function workingDaysUntil(
  cal: WorkingCalendar,
  from: IsoDate,
  to: IsoDate,
): { days: number; unpublishedYears: number[] } {
  const watch = yearWatch(cal);
  const [start, end, sign] = from <= to ? [from, to, 1] : [to, from, -1];
  let days = 0;
  for (let d = start; d < end; ) {
    d = addDays(d, 1);
    watch.see(d);
    if (isWorkingDay(cal, d)) days++;
  }
  return { days: days === 0 ? 0 : sign * days, unpublishedYears: watch.list() };
}
