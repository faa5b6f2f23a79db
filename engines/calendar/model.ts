import {
  addDays,
  type IsoDate,
  isIsoDate,
  isWorkingDay,
  type WorkingCalendar,
  weekdayOf,
} from "@wuxin/kernel";

/** A day that differs from an ordinary week: `off` no work on it, `on` a weekend day worked in exchange. */
export interface CalendarDay {
  readonly date: IsoDate;
  readonly kind: "off" | "on";
  /** 春节, 国庆节 …; may be empty. */
  readonly name: string;
}

/** A year as the calendar page shows it. */
export interface CalendarYear {
  readonly year: number;
  /** Whether the State Council's notice for the year has been entered. */
  readonly published: boolean;
  readonly document: string | null;
  readonly days: readonly CalendarDay[];
  readonly canEdit: boolean;
  /** Working days of the whole year, as far as it is known. */
  readonly workingDays: number;
}

export interface SaveCalendarYear {
  readonly published: boolean;
  readonly document: string;
  readonly days: readonly CalendarDay[];
}

/** One published year as counties ship it. */
export interface HolidayTable {
  readonly year: number;
  readonly off: readonly IsoDate[];
  readonly on: readonly IsoDate[];
  readonly source?: string;
}

/** The first thing wrong with an entered year, or undefined. Each sentence names the day and the mend. */
export function wrongYear(
  year: number,
  input: SaveCalendarYear,
): { field: string; message: string } | undefined {
  if (input.published && input.document.trim() === "") {
    return { field: "document", message: `请填写国务院办公厅公布 ${year} 年放假安排的文件名称或文号。` };
  }
  const seen = new Set<IsoDate>();
  for (const { date, kind } of input.days) {
    const say = (message: string) => ({ field: "days", message });
    if (!isIsoDate(date)) return say(`“${date}”不是有效日期，请写成 2026-02-16。`);
    if (!date.startsWith(`${year}-`)) return say(`${date} 不在 ${year} 年，请移到所属年份的日历里。`);
    if (seen.has(date)) return say(`${date} 写了两次，请删去一个。`);
    seen.add(date);
    const weekend = [0, 6].includes(weekdayOf(date));
    if (kind === "on" && !weekend) return say(`${date} 是周一至周五，本来就上班，不必写成调休上班，请删去。`);
  }
  return undefined;
}

export function calendarOf(
  years: readonly { year: number; published: boolean }[],
  days: readonly Pick<CalendarDay, "date" | "kind">[],
): WorkingCalendar {
  return {
    publishedYears: new Set(years.filter((y) => y.published).map((y) => y.year)),
    off: new Set(days.filter((d) => d.kind === "off").map((d) => d.date)),
    on: new Set(days.filter((d) => d.kind === "on").map((d) => d.date)),
  };
}

export function countWorkingDays(calendar: WorkingCalendar, year: number): number {
  let n = 0;
  for (let d = `${year}-01-01`; d.startsWith(`${year}-`); d = addDays(d, 1))
    if (isWorkingDay(calendar, d)) n++;
  return n;
}
