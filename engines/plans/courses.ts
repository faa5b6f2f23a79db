/** From indicators to the course of a target: where it began, where it is, on which day. */
import { addMonths, firstDay, type IsoDate, lastDay, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Course } from "./light.ts";
import type { CountedIndicator, KnownIndicator, PlansDeps } from "./ports.ts";

export interface Courses {
  /** Undefined: no such indicator, or nothing counted. */
  of(code: string, since: Month): Course | undefined;
}

type Months = CountedIndicator["months"];
export type ReadIndicators = (codes: readonly string[], month: Month) => Promise<ReadonlyMap<string, Months>>;

/** What a month's indicators are is counted once, however many plans of one request ask for it. */
export function readOnce(tx: Tx, deps: Pick<PlansDeps, "counted">): ReadIndicators {
  const read = new Map<Month, Map<string, Months>>();
  return async (codes, month) => {
    const known = read.get(month) ?? new Map<string, Months>();
    read.set(month, known);
    const missing = codes.filter((c) => !known.has(c));
    if (missing.length > 0)
      for (const i of await deps.counted(tx, missing, month)) known.set(i.code, i.months);
    return known;
  };
}

/** Reads the indicators that targets are bound to, once for each year that a plan spans, up to today. */
export async function coursesOf(
  read: ReadIndicators,
  bound: readonly KnownIndicator[],
  today: IsoDate,
  fromYear: number,
  untilYear: number,
): Promise<Courses> {
  const last = [monthOf(today), `${untilYear}-12` as Month].sort()[0] as Month;
  const ends: Month[] = [];
  for (let year = fromYear - 1; `${year}-12` < last; year++) ends.push(`${year}-12` as Month);
  ends.push(last);
  const codes = bound.map((i) => i.code);
  const monthly = new Map(codes.map((code) => [code, new Map<Month, number | null>()]));
  for (const end of ends) {
    if (end > monthOf(today)) continue;
    const lists = await read(codes, end);
    for (const [code, own] of monthly) for (const m of lists.get(code) ?? []) own.set(m.month, m.value);
  }
  return {
    of(code, since) {
      const i = bound.find((x) => x.code === code);
      const months = monthly.get(code);
      if (!i || !months || months.size === 0) return undefined;
      const end = lastDay(last);
      const asOf: IsoDate = end < today ? end : today;
      const begin = firstDay(since);
      if (i.kind === "flow" && !i.share) {
        let now = 0;
        for (let m = since; m <= last; m = addMonths(m, 1)) now += months.get(m) ?? 0;
        return asOf < begin ? undefined : { kind: "flow", base: 0, now, asOf };
      }
      const now = months.get(last);
      if (now === null || now === undefined) return undefined;
      return { kind: "stock", base: months.get(addMonths(since, -1)) ?? null, now, asOf };
    },
  };
}
