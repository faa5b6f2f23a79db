/**
 * The agenda of a county's demo: everything that happens, in order of time, each done by one account in one
 * transaction. It is made from the county and a base day alone, so a start that was killed makes the same agenda again
 * and goes on behind the last step that was committed.
 */
import { addDays, addWorkingDays, type IsoDate, isWorkingDay, type WorkingCalendar } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { ResidentKey, StaffKey } from "./accounts.ts";
import type { DemoHouse } from "./house.ts";

export type ActorKey = StaffKey | ResidentKey | "system" | "visitor";

export interface Step {
  readonly key: string;
  readonly on: IsoDate;
  readonly actor: ActorKey;
  /** Tells the other engines something that must be heard before the next step. */
  readonly tells?: true;
  /** Hands in a list that must be compared before the next step. */
  readonly compares?: true;
  /** Begins work in the background that must be done before the next step. */
  readonly works?: true;
  readonly run: (tx: Tx, house: DemoHouse, on: IsoDate) => Promise<unknown>;
}

export interface Agenda {
  readonly base: IsoDate;
  readonly calendar: WorkingCalendar;
  add(step: Step): void;
  /** By day; steps of one day in the order in which they were added. */
  sorted(): Step[];
}

/** @param base the day of the demo: everything happened before it */
export function createAgenda(base: IsoDate, calendar: WorkingCalendar): Agenda {
  const steps: Step[] = [];
  const keys = new Set<string>();
  return {
    base,
    calendar,
    add(step) {
      if (keys.has(step.key)) throw new Error(`demo: two steps are called ${step.key}`);
      if (step.on >= base)
        throw new Error(`demo: ${step.key} would happen on ${step.on}, not before ${base}`);
      keys.add(step.key);
      steps.push(step);
    },
    sorted: () => steps.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
  };
}

/** The working day on or after a day, or on or before it. */
export function workingDay(calendar: WorkingCalendar, day: IsoDate, towards: 1 | -1 = 1): IsoDate {
  let d = day;
  while (!isWorkingDay(calendar, d)) d = addDays(d, towards);
  return d;
}

/** So many working days before a day. */
export function workingDaysBefore(calendar: WorkingCalendar, day: IsoDate, n: number): IsoDate {
  let d = day;
  for (let left = n; left > 0; ) {
    d = addDays(d, -1);
    if (isWorkingDay(calendar, d)) left--;
  }
  return d;
}

/**
 * How long after the line before: working days, days of the calendar, the first working day from a date, or after a
 * notice of seven days.
 */
export type Wait = number | { readonly days: number } | { readonly from: IsoDate } | "notice";

/** Days of the lines that start on `start`. A notice hangs seven days after the line that posted it. */
export function daysOf(calendar: WorkingCalendar, start: IsoDate, waits: readonly Wait[]): IsoDate[] {
  const days: IsoDate[] = [];
  for (const [i, wait] of waits.entries()) {
    const before = days[i - 1] ?? start;
    if (i === 0) days.push(start);
    else if (wait === "notice") days.push(workingDay(calendar, addDays(before, 8)));
    else if (typeof wait === "number") days.push(addWorkingDays(calendar, before, wait).date);
    else if ("days" in wait) days.push(addDays(before, wait.days));
    else days.push(workingDay(calendar, wait.from > before ? wait.from : before));
  }
  return days;
}

/** The same, from the latest start for which line `anchor` falls on `by` or before. */
export function daysEndingBy(
  calendar: WorkingCalendar,
  waits: readonly Wait[],
  anchor: number,
  by: IsoDate,
): IsoDate[] {
  for (let start = workingDay(calendar, by, -1), tries = 0; tries < 200; tries++) {
    const days = daysOf(calendar, start, waits);
    if ((days[anchor] ?? start) <= by) return days;
    start = workingDaysBefore(calendar, start, 1);
  }
  throw new Error(`demo: no start brings line ${anchor} to ${by}`);
}
