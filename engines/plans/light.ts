/** How far a target is and which light it has: by the time that has passed and by where its course leads. Pure. */
import { daysBetween, type IsoDate } from "@wuxin/kernel";
import { number, reckoned } from "./aim.ts";
import type { Aim } from "./model.ts";

/** What was counted up to a day. Of a flow the sum since the beginning, of a stock the last value. */
export interface Course {
  readonly kind: "stock" | "flow";
  /** Where it began: the end of the year before for a stock; a flow begins at nothing. */
  readonly base: number | null;
  readonly now: number;
  readonly asOf: IsoDate;
}
export type Light = "done" | "green" | "yellow" | "red" | "unknown";
export interface Progress {
  readonly light: Light;
  readonly now: number | null;
  readonly asOf: IsoDate | null;
  /** Where the present course ends on the due day. */
  readonly forecast: number | null;
  /** Of the way from base to aim, in percent; null where the aim is no number. */
  readonly percent: number | null;
  /** Where the way begins; null where the aim is no number, or nothing was counted. */
  readonly base: number | null;
  readonly reason: string;
}
/** Yellow instead of green below this share of what should be done by now; red below `red`. */
export interface Thresholds {
  readonly yellow: number;
  readonly red: number;
}

const say = (n: number, unit: string) => `${number(n)}${unit}`;

/** @param from the first day of the time in which it is to be done */
export function progressOf(
  aim: Aim,
  from: IsoDate,
  today: IsoDate,
  course: Course | null,
  limits: Thresholds,
): Progress {
  const late = today > aim.due;
  if (!course)
    return {
      ...NOTHING,
      reason: `${late ? "期限已过，" : ""}还没有数：没有绑定指标，也没有经确认的佐证。`,
    };
  const { now, asOf } = course;
  const seen = { now, asOf };
  const steady = steadyAim(aim, course);
  if (steady !== null) {
    const good = aim.comparator === "falling" ? now <= steady : now >= steady;
    const words = `${aim.comparator === "falling" ? "不高于" : "不低于"}上年末 ${say(steady, aim.unit)}`;
    if (good) {
      const light = late ? "done" : "green";
      return { ...NOTHING, ...seen, light, reason: `现为 ${say(now, aim.unit)}，${words}。` };
    }
    return { ...NOTHING, ...seen, light: "red", reason: `现为 ${say(now, aim.unit)}，没有做到${words}。` };
  }
  const value = aim.comparator === "full" ? 100 : aim.comparator === "zero" ? 0 : aim.value;
  if (value === null || aim.comparator === "rising" || aim.comparator === "falling")
    return { ...NOTHING, ...seen, reason: "缺上年末的数，不能比较升降。" };
  if (aim.comparator === "<=" || aim.comparator === "<" || aim.comparator === "zero") {
    const within = aim.comparator === "<" ? now < value : now <= value;
    return {
      ...NOTHING,
      ...seen,
      light: within ? (late ? "done" : "green") : "red",
      reason: `现为 ${say(now, aim.unit)}，${within ? "在" : "超出"}${say(value, aim.unit)}的限度${within ? "以内" : ""}。`,
    };
  }
  return climbing({ aim, from, today, late, value, limits }, course);
}

const NOTHING: Progress = {
  ...{ light: "unknown", now: null, asOf: null, forecast: null, percent: null, base: null, reason: "" },
};

/** What a summary in the document says of the time before the plan is no work of the plan. */
export const toldBefore = ({ due }: Aim): Progress => ({
  ...NOTHING,
  reason: `总结里写的 ${due.slice(0, 4)} 年的标准，不算这份计划要做的；这份计划里要做的，请更正期限。`,
});

/** Rising and falling are measured by last year's end. */
const steadyAim = (aim: Aim, c: Course): number | null =>
  aim.comparator === "rising" || aim.comparator === "falling" ? c.base : null;

interface Climb {
  readonly aim: Aim;
  readonly from: IsoDate;
  readonly today: IsoDate;
  readonly late: boolean;
  readonly value: number;
  readonly limits: Thresholds;
}

function climbing(c: Climb, course: Course): Progress {
  const { aim, from, value, limits } = c;
  const base = course.kind === "flow" ? 0 : (aim.from ?? course.base ?? 0);
  const way = value - base;
  const reached = aim.comparator === ">" ? course.now > value : course.now >= value;
  const share = way > 0 ? (course.now - base) / way : reached ? 1 : 0;
  const whole = Math.max(1, daysBetween(from, aim.due));
  const passed = Math.min(
    1,
    Math.max(0, daysBetween(from, course.asOf < c.today ? course.asOf : c.today) / whole),
  );
  const percent = Math.round(share * 1000) / 10;
  const forecast = passed > 0 ? base + (course.now - base) / passed : null;
  const at = {
    now: course.now,
    asOf: course.asOf,
    forecast: forecast === null ? null : reckoned(forecast, aim.unit),
    percent,
    base,
  };
  if (reached)
    return {
      ...at,
      light: "done",
      reason: `已达到 ${say(value, aim.unit)}，现为 ${say(course.now, aim.unit)}。`,
    };
  if (c.late)
    return {
      ...at,
      light: "red",
      reason: `到期 ${aim.due} 没有完成：${say(course.now, aim.unit)}，差 ${say(value - course.now, aim.unit)}。`,
    };
  const due = Math.round(passed * 1000) / 10;
  const words = `到 ${course.asOf} 应完成 ${due}%，已完成 ${percent}%${
    at.forecast === null
      ? ""
      : `；按目前进度到期时为 ${say(at.forecast, aim.unit)}（目标 ${say(value, aim.unit)}）`
  }。`;
  // In the first tenth of the time nothing can be said of a course.
  if (passed < 0.1) return { ...at, light: "green", reason: `刚开始。${words}` };
  const pace = share / passed;
  const light: Light = pace >= limits.yellow ? "green" : pace >= limits.red ? "yellow" : "red";
  return { ...at, light, reason: words };
}
