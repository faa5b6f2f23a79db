/** The clock of somebody who asks for help: hours, round the clock or of the office, as the county says. Pure. */
import { addDays, DomainError, dateInShanghai, isWorkingDay, type WorkingCalendar } from "@wuxin/kernel";

export interface HelpClock {
  /** Until somebody has to have been there; of those in danger now. */
  readonly hours: number;
  readonly urgentHours: number;
  /** So many hours late, the county is told; the township at once. */
  readonly escalateHours: number;
  /** Null: round the clock. Else only the hours of the office, on working days, count. */
  readonly office: { readonly from: string; readonly to: string } | null;
}

const HOUR_MS = 3_600_000;
const instant = (day: string, time: string): number => Date.parse(`${day}T${time}:00+08:00`);

/** When so many hours have gone by. */
export function hoursFrom(
  at: Date,
  hours: number,
  office: HelpClock["office"],
  calendar: WorkingCalendar,
): Date {
  let left = hours * HOUR_MS;
  if (office === null) return new Date(at.getTime() + left);
  for (let day = dateInShanghai(at); ; day = addDays(day, 1)) {
    if (!isWorkingDay(calendar, day)) continue;
    const opens = Math.max(at.getTime(), instant(day, office.from));
    const there = Math.max(0, instant(day, office.to) - opens);
    if (there >= left) return new Date(opens + left);
    left -= there;
  }
}

type Choice = (name: string) => string | number | boolean | undefined;

/** Our own numbers until the county chooses: no document was seen. */
const UNLESS_SAID = { troubleHours: 24, troubleUrgentHours: 4, troubleEscalateHours: 12 } as const;
const OFFICE = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/;

/** @throws DomainError("bad-county-file") naming the choice and its mend */
export function helpClock(choice: Choice): HelpClock {
  const bad = (name: string, mend: string) =>
    new DomainError("bad-county-file", `本县参数 ${name} 现在是「${choice(name)}」。${mend}`, {
      field: name,
    });
  const hours = (name: keyof typeof UNLESS_SAID): number => {
    const value = choice(name) ?? UNLESS_SAID[name];
    if (typeof value !== "number" || !(value > 0 && value <= 240))
      throw bad(name, "请写 1 至 240 之间的小时数。");
    return value;
  };
  const told = choice("troubleClock") ?? "round-the-clock";
  const [from, to] = String(told).split("-");
  if (told !== "round-the-clock" && !(OFFICE.test(String(told)) && from && to && from < to))
    throw bad("troubleClock", "请写 round-the-clock（昼夜都算），或办公时间，如 08:30-17:30（只算工作日）。");
  return {
    ...{ hours: hours("troubleHours"), urgentHours: hours("troubleUrgentHours") },
    escalateHours: hours("troubleEscalateHours"),
    office: told === "round-the-clock" || !from || !to ? null : { from, to },
  };
}
