/**
 * Statutory clocks. When one starts and stops follows from the actions; when it is due follows from the calendar and
 * from the switch that held on the day it started. How much is left is never stored: it is computed when read.
 */
import type { ClockDefinition, FlowDefinition, LimitUnit } from "@wuxin/declare";
import {
  addDays,
  addMonths,
  addMonthsToDate,
  addWorkingDays,
  daysBetween,
  type IsoDate,
  isWorkingDay,
  lastDay,
  monthOf,
  monthsBetween,
  type WorkingCalendar,
  workingDaysUntil,
} from "@wuxin/kernel";
import { type CaseAction, getState, type Switches } from "./model.ts";

/** One run of a clock; a clock that starts again after it stopped is another round. */
export interface RunningClock {
  readonly key: string;
  readonly round: number;
  readonly startedOn: IsoDate;
  readonly stoppedOn: IsoDate | null;
  readonly limit: number;
}

export interface DatedClock extends RunningClock {
  readonly unit: LimitUnit;
  readonly dueOn: IsoDate;
  /** From this day it shows yellow. */
  readonly warnOn: IsoDate;
}

export interface ClockView {
  readonly key: string;
  readonly label: string;
  readonly article: string;
  readonly startedOn: IsoDate;
  readonly dueOn: IsoDate;
  readonly stoppedOn: IsoDate | null;
  readonly unit: LimitUnit;
  readonly limit: number;
  readonly left: number;
  readonly light: "green" | "yellow" | "red" | "done" | "late";
  readonly owner: ClockDefinition["owner"];
  readonly unpublishedYears: number[];
}

/**
 * The clocks that these actions set going, in the order in which they started. Reaching the end of a case stops every
 * clock except one whose stopping action is still to be done from there (the notice after a refusal).
 */
export function runClocks(
  flow: FlowDefinition,
  actions: readonly CaseAction[],
  switchesOn: (on: IsoDate) => Switches,
): RunningClock[] {
  const rounds: RunningClock[] = [];
  const running = (key: string) => rounds.findIndex((r) => r.key === key && r.stoppedOn === null);
  const stop = (at: number, on: IsoDate) => {
    const r = rounds[at];
    if (r) rounds[at] = { ...r, stoppedOn: on };
  };
  for (const a of actions) {
    for (const clock of flow.clocks) {
      const at = running(clock.key);
      if (at >= 0 && clock.stopsAt.includes(a.action)) stop(at, a.on);
      else if (at >= 0 && clock.extendedBy?.action === a.action) {
        const r = rounds[at];
        if (r) rounds[at] = { ...r, limit: clock.extendedBy.limit };
      }
      if (clock.startsAt.includes(a.action) && running(clock.key) < 0) {
        const limit = limitOf(clock, switchesOn(a.on));
        if (limit !== undefined)
          rounds.push({
            key: clock.key,
            round: rounds.filter((r) => r.key === clock.key).length + 1,
            startedOn: a.on,
            stoppedOn: null,
            limit,
          });
      }
    }
    if (getState(flow, a.to).final)
      for (const clock of flow.clocks) {
        const waits = flow.actions.some((x) => clock.stopsAt.includes(x.id) && x.from.includes(a.to));
        if (!waits) stop(running(clock.key), a.on);
      }
  }
  return rounds;
}

/** Undefined: the county's choice names no limit, so no clock runs. */
function limitOf(clock: ClockDefinition, switches: Switches): number | undefined {
  if (typeof clock.limit === "number") return clock.limit;
  return clock.limit.values[String(switches[clock.limit.switch] ?? "")];
}

export function dateClock(def: ClockDefinition, run: RunningClock, calendar: WorkingCalendar): DatedClock {
  const dueOn = dueDate(def.unit, run.startedOn, run.limit, calendar);
  return {
    ...run,
    unit: def.unit,
    dueOn,
    warnOn: before(def.unit, dueOn, Math.min(def.warnAt, run.limit), calendar),
  };
}

/** The day of the event is not counted (民法典 第二百零一条). */
export function dueDate(unit: LimitUnit, from: IsoDate, limit: number, calendar: WorkingCalendar): IsoDate {
  if (unit === "workingDays") return addWorkingDays(calendar, from, limit).date;
  return unit === "calendarDays" ? addDays(from, limit) : addMonthsToDate(from, limit);
}

function before(unit: LimitUnit, due: IsoDate, units: number, calendar: WorkingCalendar): IsoDate {
  if (unit === "calendarDays") return addDays(due, -units);
  if (unit === "months") return addMonthsToDate(due, -units);
  let day = due;
  for (let left = units; left > 0; day = addDays(day, -1)) if (isWorkingDay(calendar, day)) left--;
  return day;
}

/** What is left today, in the clock's own unit: 0 on the last day, negative when it has passed. */
export function viewClock(
  def: ClockDefinition,
  clock: DatedClock,
  today: IsoDate,
  calendar: WorkingCalendar,
): ClockView {
  const now = clock.stoppedOn ?? today;
  const left = leftUntil(clock.unit, now, clock.dueOn, calendar);
  return {
    key: def.key,
    label: def.label,
    article: def.article,
    startedOn: clock.startedOn,
    dueOn: clock.dueOn,
    stoppedOn: clock.stoppedOn,
    unit: clock.unit,
    limit: clock.limit,
    left,
    light: light(clock, today, left),
    owner: def.owner,
    unpublishedYears: clock.unit === "workingDays" ? unpublished(clock, now, calendar) : [],
  };
}

/** Years that the count runs through and whose holidays nobody has published: said, not guessed. */
function unpublished(clock: DatedClock, now: IsoDate, calendar: WorkingCalendar): number[] {
  const first = Number(addDays(clock.startedOn, 1).slice(0, 4));
  const last = Number((clock.dueOn > now ? clock.dueOn : now).slice(0, 4));
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  return years.filter((y) => !calendar.publishedYears.has(y));
}

function light(clock: DatedClock, today: IsoDate, left: number): ClockView["light"] {
  if (clock.stoppedOn !== null) return "done";
  if (today > clock.dueOn) return "late";
  if (today === clock.dueOn || (clock.unit === "workingDays" && left === 0)) return "red";
  return today >= clock.warnOn ? "yellow" : "green";
}

function leftUntil(unit: LimitUnit, now: IsoDate, due: IsoDate, calendar: WorkingCalendar): number {
  if (unit === "calendarDays") return daysBetween(now, due);
  if (unit === "workingDays") {
    const { days } = workingDaysUntil(calendar, now, due);
    // Overdue over a weekend is overdue: the count of working days alone would still say 0.
    return days === 0 && now > due ? -1 : days;
  }
  const [from, to, sign] = now <= due ? [now, due, 1] : [due, now, -1];
  const whole = monthsBetween(monthOf(from), monthOf(to));
  const back = addMonths(monthOf(to), -whole);
  const fits = addMonthsToDate(from, whole) <= to && back <= lastDay(monthOf(from));
  const months = fits ? whole : whole - 1;
  return sign === 1 ? months : -Math.max(1, months);
}
