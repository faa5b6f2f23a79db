/** From indicators to the course of a target: where it began, where it is, on which day. */
import { addMonths, firstDay, type IsoDate, lastDay, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Course } from "./light.ts";
import type { CountedIndicator, PlansDeps } from "./ports.ts";

export interface Courses {
  /** Undefined: no such indicator, or nothing counted. */
  of(code: string, fromYear: number): Course | undefined;
  readonly all: readonly CountedIndicator[];
}

export type ReadIndicators = (month: Month) => Promise<readonly CountedIndicator[]>;

/** The whole catalogue of a month is counted once, however many plans of one request ask for it. */
export function readOnce(tx: Tx, deps: PlansDeps): ReadIndicators {
  const read = new Map<Month, Promise<readonly CountedIndicator[]>>();
  return (month) => {
    const known = read.get(month) ?? deps.indicators(tx, month);
    read.set(month, known);
    return known;
  };
}

/** Reads the indicators once for each year that a plan spans, up to today. */
export async function coursesOf(
  read: ReadIndicators,
  today: IsoDate,
  fromYear: number,
  untilYear: number,
): Promise<Courses> {
  const last = [monthOf(today), `${untilYear}-12` as Month].sort()[0] as Month;
  const ends: Month[] = [];
  for (let year = fromYear - 1; `${year}-12` < last; year++) ends.push(`${year}-12` as Month);
  ends.push(last);
  const lists = new Map<Month, readonly CountedIndicator[]>();
  for (const end of ends) if (end <= monthOf(today)) lists.set(end, await read(end));
  const all = lists.get(last) ?? [];
  const monthly = new Map<string, Map<Month, number | null>>();
  for (const list of lists.values())
    for (const i of list) {
      const own = monthly.get(i.code) ?? new Map<Month, number | null>();
      for (const s of i.series) own.set(s.month, s.value);
      monthly.set(i.code, own);
    }
  return {
    all,
    of(code, year) {
      const i = all.find((x) => x.code === code);
      const months = monthly.get(code);
      if (!i || !months) return undefined;
      const end = lastDay(last);
      const asOf: IsoDate = end < today ? end : today;
      const begin = firstDay(`${year}-01` as Month);
      if (i.kind === "flow" && i.denominatorText === null) {
        let now = 0;
        for (let m = `${year}-01` as Month; m <= last; m = addMonths(m, 1)) now += months.get(m) ?? 0;
        return asOf < begin ? undefined : { kind: "flow", base: 0, now, asOf };
      }
      const now = months.get(last);
      if (now === null || now === undefined) return undefined;
      return { kind: "stock", base: months.get(`${year - 1}-12` as Month) ?? null, now, asOf };
    },
  };
}
