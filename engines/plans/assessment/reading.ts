/** Reads the lines of an assessment on a day: from frozen months and confirmed evidence, again at any time. */
import { addDays, firstDay, type IsoDate, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { reckoned } from "../aim.ts";
import { readOnce } from "../courses.ts";
import { counts } from "../evidence-store.ts";
import type { KnownIndicator, SummariesDeps } from "../ports.ts";
import { standing } from "../standing.ts";
import type { PlanRecord } from "../store.ts";
import { type MonthRead, monthRead } from "../summary/model.ts";
import type { TargetView } from "../views.ts";
import { type Content, gradeOf, type Line, plannedPercent } from "./model.ts";

export interface ReadOn {
  /** The assessment: what it adjusted itself is not yet aimed at. */
  readonly id: string;
  readonly asOf: IsoDate;
}

export async function contentOn(
  tx: Tx,
  deps: SummariesDeps,
  plan: PlanRecord,
  { id, asOf }: ReadOn,
): Promise<Content> {
  const limits = deps.thresholds(tx.actor.countyCode);
  const all = await standing(tx, deps, plan, readOnce(tx, deps), {
    ...{ counted: asOf, judged: addDays(asOf, 1) },
    without: (e) => e.kind === "adjusted" && e.data.assessment === id,
  });
  const views = all.filter((t) => !t.before);
  const from = firstDay(`${plan.year}-01` as Month);
  const months = await monthsOf(tx, deps, views, monthOf(from), monthOf(asOf));
  return { limits, lines: views.map((t) => lineOf(t, from, asOf, limits, months)) };
}

/** Which months each indicator was read from: of a flow all since the beginning, of a stock the last. */
async function monthsOf(
  tx: Tx,
  deps: SummariesDeps,
  views: readonly TargetView[],
  since: Month,
  until: Month,
): Promise<ReadonlyMap<string, readonly MonthRead[]>> {
  const codes = new Set(views.flatMap((t) => t.indicator?.code ?? []));
  const bound = deps.indicators.filter((i) => codes.has(i.code));
  const adds = (i: KnownIndicator) => i.kind === "flow" && !i.share;
  const read = (list: readonly KnownIndicator[], from: Month) =>
    deps.span(
      tx,
      list.map((i) => i.code),
      from,
      until,
      tx.actor.countyCode,
    );
  const all = [
    ...(await read(bound.filter(adds), since)),
    ...(await read(
      bound.filter((i) => !adds(i)),
      until,
    )),
  ];
  return new Map(all.map((r) => [r.code, r.months.map(monthRead)]));
}

const CLIMBS = new Set(["=", ">=", ">", "full"]);

function lineOf(
  t: TargetView,
  from: IsoDate,
  asOf: IsoDate,
  limits: Content["limits"],
  months: ReadonlyMap<string, readonly MonthRead[]>,
): Line {
  const value = t.comparator === "full" ? 100 : t.value;
  const climbs = CLIMBS.has(t.comparator) && value !== null;
  const percent = climbs ? plannedPercent(t, from, asOf) : null;
  const base = t.base ?? 0;
  const proof = t.evidence.find((e) => e.kind === "figure" && counts(e));
  return {
    ...{ targetId: t.id, object: t.object, aimText: t.aimText, value, unit: t.unit, due: t.due },
    weight: Math.round((t.weight ?? 0) * 100) / 100,
    planned: climbs && percent !== null ? reckoned(base + ((value - base) * percent) / 100, t.unit) : null,
    plannedPercent: percent,
    ...{ reached: t.now, reachedUnit: t.indicator?.unit ?? t.unit, reachedPercent: t.percent },
    grade: gradeOf(t, percent, limits),
    source: t.indicator
      ? {
          ...({ from: "indicator", code: t.indicator.code, name: t.indicator.name } as const),
          months: months.get(t.indicator.code) ?? [],
        }
      : proof
        ? {
            ...({ from: "evidence", asOf: proof.asOf, words: proof.words, by: proof.givenByName } as const),
            confirmedBy: proof.confirmedByName ?? "",
          }
        : null,
  };
}
