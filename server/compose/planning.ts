/** Indicators, statistics, plans and what is written of them. */
import { switchesOn } from "@wuxin/counties";
import { createIndicators } from "@wuxin/engines/indicators";
import {
  createAssessments,
  createMatters,
  createPlans,
  createSummaries,
  plansLedgers,
  type SummariesDeps,
} from "@wuxin/engines/plans";
import { inspecting } from "@wuxin/engines/registers";
import { createStatistics, statisticsLedger } from "@wuxin/engines/statistics";
import { addMonths, type IsoDate, type Month } from "@wuxin/kernel";
import { systemActor, type Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";

type Built = Pick<House, "indicators" | "statistics" | "plans" | "matters" | "summaries" | "assessments">;
type Deps = Pick<
  House,
  "db" | "clock" | "catalogue" | "counties" | "audit" | "documents" | "registers" | "parameterOn"
> & {
  readonly divisions: Parameters<typeof createIndicators>[0]["divisions"];
  readonly divisionName: Parameters<typeof createMatters>[0]["divisionName"];
};

export function createPlanning(deps: Deps): Built {
  const {
    db,
    clock,
    catalogue,
    counties,
    divisions,
    divisionName,
    audit,
    documents,
    registers,
    parameterOn,
  } = deps;
  const choice = (name: string) => (code: string, on: IsoDate) =>
    Number(switchesOn(counties.get(code), on)[name]);
  const indicators = createIndicators({
    ...{
      clock,
      catalogue,
      divisions,
      parameterOn,
      audit,
      ledgers: [...plansLedgers([...inspecting(catalogue.registers).keys()]), statisticsLedger],
    },
    payDay: (code) => counties.get(code).switches.payDay.day,
    jumpPercent: choice("indicatorJumpPercent"),
  });
  const statistics = createStatistics({
    ...{ clock, catalogue, indicators, divisions, audit },
    jumpPercent: choice("statisticsJumpPercent"),
  });
  const percent = (county: string, name: string, otherwise: number) => {
    const value = counties.switchesOn(county, clock.today())[name];
    return (typeof value === "number" ? value : otherwise) / 100;
  };
  // A plan is the county's: its figures are the county's, whoever looks.
  const wholeCounty = <T>(tx: Tx, work: (whole: Tx) => Promise<T>): Promise<T> =>
    tx.actor.scope === tx.actor.countyCode ? work(tx) : db.read(systemActor(tx.actor.countyCode), work);
  const reading = {
    ...{ clock, audit, divisionName },
    indicators: [...catalogue.indicators.values()].map(({ code, name, unit, kind, owner, measure }) => ({
      ...{ code, name, unit, kind, owner, share: "ratio" in measure },
    })),
    // Frozen where the month is frozen: a light does not change behind the back of whoever read it.
    counted: (tx: Tx, codes: readonly string[], month: Month) =>
      wholeCounty(tx, (whole) => indicators.span(whole, codes, addMonths(month, -11), month)),
    inspections: (tx: Tx, since: IsoDate, until: IsoDate) =>
      wholeCounty(tx, (whole) => registers.inspections(whole, since, until)),
    sites: (tx: Tx) => registers.sites(tx),
    thresholds: (county: string) => ({
      yellow: percent(county, "planYellowBelowPercent", 90),
      red: percent(county, "planRedBelowPercent", 70),
    }),
  };
  const matters = createMatters({
    ...{ clock, audit, divisionName, attachFiles: documents.attachFiles },
    raiseAfterDays: choice("supervisionRaiseAfterDays"),
  });
  const planning = {
    ...reading,
    putRight: matters.putRight,
    attachFiles: documents.attachFiles,
    settled: (tx: Tx, ids: readonly string[]) => wholeCounty(tx, (whole) => matters.settled(whole, ids)),
    waitsFor: (tx: Tx, ids: readonly string[]) => wholeCounty(tx, (whole) => matters.waitsFor(whole, ids)),
  };
  const plans = createPlans(planning);
  const telling: SummariesDeps = {
    ...planning,
    parts: catalogue.summaries,
    span: (tx, codes, since, until, division) => indicators.span(tx, codes, since, until, division),
    bureau: (county) => counties.get(county).bureauName,
  };
  const summaries = createSummaries(telling);
  const assessments = createAssessments(telling);
  return { indicators, statistics, plans, matters, summaries, assessments };
}
