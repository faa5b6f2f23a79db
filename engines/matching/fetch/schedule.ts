/** When a list is fetched: pure. */
import {
  addDays,
  dateInShanghai,
  type IsoDate,
  isWorkingDay,
  type WorkingCalendar,
  weekdayOf,
} from "@wuxin/kernel";

export const EVERY = { day: "每天", workday: "每个工作日", week: "每周", month: "每月" } as const;
export type Every = keyof typeof EVERY;
export interface Schedule {
  readonly every: Every;
  /** Of the day in Shanghai. */
  readonly hour: number;
  /** 1 Monday to 7 Sunday; only for `week`. */
  readonly weekday: number | null;
  /** Up to the 28th: a later day does not exist in every month. Only for `month`. */
  readonly monthDay: number | null;
}

/** The first time after an instant. */
export function nextAfter(s: Schedule, after: Date, working: WorkingCalendar): Date {
  const fits = (d: IsoDate) =>
    s.every === "day" ||
    (s.every === "workday" && isWorkingDay(working, d)) ||
    (s.every === "week" && weekdayOf(d) === (s.weekday ?? 7) % 7) ||
    (s.every === "month" && Number(d.slice(8)) === s.monthDay);
  for (let d = dateInShanghai(after), n = 0; n < 400; d = addDays(d, 1), n++) {
    const at = new Date(`${d}T${String(s.hour).padStart(2, "0")}:00:00+08:00`);
    if (at > after && fits(d)) return at;
  }
  throw new Error(`no day fits ${JSON.stringify(s)}`);
}

const DAYS = "一二三四五六日";
export function inWords(s: Schedule): string {
  const day = s.weekday ? DAYS[s.weekday - 1] : s.monthDay ? `${s.monthDay} 日` : "";
  return `${EVERY[s.every]}${day} ${String(s.hour).padStart(2, "0")}:00`;
}

/** After the first, second … failure in a row; then it waits for the next time of its schedule, and begins again. */
const RETRY_MINUTES = [5, 15, 60, 240];
export function afterFailure(s: Schedule, failures: number, now: Date, working: WorkingCalendar): Date {
  const planned = nextAfter(s, now, working);
  const minutes = RETRY_MINUTES[(failures - 1) % (RETRY_MINUTES.length + 1)];
  const retry = minutes === undefined ? planned : new Date(now.getTime() + minutes * 60_000);
  return retry < planned ? retry : planned;
}
