/** Indicators of a county or a part of it: values, twelve months, and the rows behind them. */
import type { IndicatorDefinition, OwnedIndicator, System } from "@wuxin/declare";
import { DomainError, type IsoDate, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { WHOLE } from "./batch.ts";
import { type Board, createBoard } from "./board.ts";
import { type CountingDeps, createCounting } from "./counting.ts";
import { createDrill, type DrillRows } from "./drill.ts";
import { overMonths, putTogether } from "./period.ts";
import { createPlaces } from "./places.ts";
import { divisionAsked, type IndicatorQuery, monthAsked } from "./query.ts";
import { createRecent } from "./recent.ts";
import { createSnapshots, type Frozen, type Jump, type Snapshots, type SnapshotsDeps } from "./snapshots.ts";
import { evaluate, type Value, yearTo } from "./value.ts";

export interface IndicatorsDeps extends CountingDeps, Pick<SnapshotsDeps, "audit" | "jumpPercent"> {
  /** How long the figures of the workbench are kept, 10 s when left out; 0 in tests. */
  readonly keepFiguresMs?: number;
}

export interface IndicatorRow extends Value {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly system: System;
  readonly definition: string;
  readonly capability: string;
  /** The office that answers for it. */
  readonly owner: string;
  readonly kind: "stock" | "flow";
  readonly decimals: number;
  readonly denominatorText: string | null;
  readonly series: { readonly month: Month; readonly value: number | null }[];
  /** Of a flow: January to this month put together, as a plan counts it; null of a stock and of what is no sum of months. */
  readonly sinceJanuary: number | null;
  readonly drillable: boolean;
  /** The level that a document states for it, and how far the figure is above (below zero: below) it. */
  readonly stated: Stated | null;
  /** The figure as it was frozen when the month was over; null while it is not. */
  readonly frozen: Frozen | null;
  /** It moved more than the county's threshold against the month before. */
  readonly jump: Jump | null;
}

export interface Stated {
  readonly value: number;
  readonly gap: number | null;
  readonly document: string | null;
  readonly since: IsoDate;
  readonly unverified: boolean;
}

export interface WorkbenchFigure {
  readonly code: string;
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
  /** The month before. */
  readonly previous: number | null;
  readonly series: (number | null)[];
}

export interface Indicators extends Omit<Snapshots, "ofMonth"> {
  /** Every indicator of the catalogue, or of one system. Errors: invalid-input for a month to come. */
  list(tx: Tx, query: IndicatorQuery): Promise<{ month: Month; rows: IndicatorRow[] }>;
  /** Headline figures beside last month's frozen ones, and what jumped; the figures are kept as long as `figures`. */
  board(tx: Tx): Promise<Board>;
  /** One figure in each place below the one asked for. Error: not-found. */
  readonly places: ReturnType<typeof createPlaces>;
  /** The rows behind one; at most 500, with how many there are. Names are masked. Error: not-found. */
  drill(tx: Tx, code: string, query: IndicatorQuery): Promise<DrillRows>;
  /**
   * A few of them for the workbench, in the order asked for; codes that are not declared are left out. Everybody opens
   * the workbench all the time: within ten seconds the same scope is told the same figures.
   */
  figures(
    tx: Tx,
    which: {
      readonly codes?: readonly string[] | undefined;
      readonly system?: System | undefined;
      readonly division?: string | undefined;
    },
  ): Promise<WorkbenchFigure[]>;
}

/** @throws DomainError("bad-declaration") naming every faulty indicator and its mend */
export function createIndicators(deps: IndicatorsDeps): Indicators {
  const { catalogue, clock } = deps;
  const counting = createCounting(deps);

  function statedFor(tx: Tx, d: IndicatorDefinition, month: Month, value: number | null): Stated | null {
    if (!d.stated) return null;
    const p = counting.parameterFor(tx, d.code, d.stated.parameter, month);
    if (!p) return null;
    const level = p.value / (d.stated.divide ?? 1);
    const { document, since, unverified } = p;
    const gap = value === null ? null : Number((value - level).toFixed(d.decimals));
    return { value: level, gap, document, since, unverified };
  }

  function definitionFor(tx: Tx, d: IndicatorDefinition, month: Month): string {
    const { needs } = d;
    return needs && !counting.parameterFor(tx, d.code, needs.parameter, month)
      ? `${d.definition}；${needs.otherwise}`
      : d.definition;
  }

  async function rowsOf(
    tx: Tx,
    definitions: readonly OwnedIndicator[],
    month: Month,
    division: string | undefined,
  ): Promise<IndicatorRow[]> {
    const months = yearTo(month);
    const of = await counting.sources(tx, definitions, division, months);
    const kept = await snapshots.ofMonth(tx, month, division ?? tx.actor.scope);
    return definitions.map((d) => {
      const from = of(d);
      const each = months.map((m) => ({ month: m, ...evaluate(d, m, from) }));
      const value = evaluate(d, month, from);
      return {
        code: d.code,
        name: d.name,
        unit: d.unit,
        system: d.system,
        definition: definitionFor(tx, d, month),
        capability: d.capability,
        owner: d.owner,
        kind: d.kind,
        decimals: d.decimals,
        ...value,
        stated: statedFor(tx, d, month, value.value),
        denominatorText: "ratio" in d.measure ? d.measure.denominator : null,
        series: each.map((m) => ({ month: m.month, value: m.value })),
        sinceJanuary: putTogether(d)
          ? overMonths(
              d,
              each.filter((m) => m.month.slice(0, 4) === month.slice(0, 4)),
            ).value
          : null,
        drillable: true,
        ...kept(d.code),
      };
    });
  }

  function indicatorNamed(code: string): IndicatorDefinition {
    const d = catalogue.indicators.get(code);
    if (!d) throw new DomainError("not-found", `没有代码为“${code}”的指标，请从指标页进入。`);
    return d;
  }

  const snapshots = createSnapshots(deps, {
    async one(tx, definitions, months, division) {
      const of = await counting.sources(tx, definitions, divisionAsked(tx, division), months);
      return (d, month) => evaluate(d, month, of(d));
    },
    each: counting.eachWithRows,
  });
  const { ofMonth: _, ...keeping } = snapshots;
  const recent = createRecent<WorkbenchFigure[]>(deps.keepFiguresMs ?? 10_000);
  const recentRows = createRecent<IndicatorRow[]>(deps.keepFiguresMs ?? 10_000);
  const board = createBoard({
    ...{ clock, definitions: () => [...catalogue.indicators.values()], ofMonth: snapshots.ofMonth },
    rowsOf: (tx, wanted, month) =>
      recentRows(`${tx.actor.countyCode} ${tx.actor.scope} ${clock.today()}`, () =>
        rowsOf(tx, wanted, month, undefined),
      ),
  });

  return {
    ...keeping,
    board,
    drill: createDrill({
      ...{ clock, catalogue, counting },
      divisions: deps.divisions,
      named: indicatorNamed,
    }),
    places: createPlaces({
      ...{ divisions: deps.divisions, named: indicatorNamed, divisionAsked },
      monthAsked: (month) => monthAsked(clock, month),
      async valuesIn(tx, d, level, month) {
        if (level === "village")
          return async (place) => evaluate(d, month, (await counting.sources(tx, [d], place, [month]))(d));
        const of = await counting.sourcesOf(tx, [d], undefined, [month], true);
        return (place) => evaluate(d, month, of(place === tx.actor.countyCode ? WHOLE : place)(d));
      },
    }),

    async list(tx, query) {
      const month = monthAsked(clock, query.month);
      const wanted = [...catalogue.indicators.values()].filter(
        (d) =>
          (!query.system || d.system === query.system) && (query.code === undefined || d.code === query.code),
      );
      return { month, rows: await rowsOf(tx, wanted, month, divisionAsked(tx, query.division)) };
    },

    async figures(tx, { codes, system, division }) {
      const wanted = codes
        ? codes.flatMap((code) => catalogue.indicators.get(code) ?? [])
        : [...catalogue.indicators.values()].filter((d) => !system || d.system === system);
      const month = monthOf(clock.today());
      const { countyCode, scope } = tx.actor;
      const key = JSON.stringify([
        countyCode,
        scope,
        tx.actor.personId,
        division ?? "",
        clock.today(),
        wanted.map((d) => d.code),
      ]);
      return recent(key, async () => {
        const rows = await rowsOf(tx, wanted, month, divisionAsked(tx, division));
        return rows.map(({ code, name, value, unit, series }) => ({
          ...{ code, name, value, unit },
          previous: series.at(-2)?.value ?? null,
          series: series.map((s) => s.value),
        }));
      });
    },
  };
}
