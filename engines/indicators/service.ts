/** Indicators of a county or a part of it: values, twelve months, and the rows behind them. */
import type { Catalogue, Folder, IndicatorDefinition, OwnedIndicator, System } from "@wuxin/declare";
import { divisionNames, type RegistersDeps } from "@wuxin/engines/registers";
import {
  type Clock,
  DomainError,
  holds,
  type IsoDate,
  isMonth,
  lastDay,
  type Month,
  monthOf,
  within,
} from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { computePlaces, type Figure, WHOLE } from "./batch.ts";
import { type Board, createBoard } from "./board.ts";
import { type DrillRows, drillRows, MAX_ROWS } from "./drill.ts";
import type { Context, Ledger } from "./ledger.ts";
import { engineLedgers } from "./ledgers.ts";
import {
  type Atom,
  atomsOf,
  indicatorFaults,
  isParameter,
  keyOf,
  measuresOf,
  townshipKind,
} from "./measure.ts";
import { createPlaces } from "./places.ts";
import { createRecent } from "./recent.ts";
import { registerLedgers } from "./register-ledgers.ts";
import { createSnapshots, type Frozen, type Jump, type Snapshots, type SnapshotsDeps } from "./snapshots.ts";
import { evaluate, lastYearEnd, type Sources, type Value, yearTo } from "./value.ts";

export interface IndicatorsDeps
  extends Pick<RegistersDeps, "divisions" | "parameterOn">,
    Pick<SnapshotsDeps, "audit" | "jumpPercent"> {
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  /** Day of the month by which the county pays its rosters (county switch `payDay`). */
  readonly payDay: (countyCode: string) => number;
  /** Ledgers of later engines, as they describe them. */
  readonly ledgers?: readonly Ledger[];
  /** How long the figures of the workbench are kept, 10 s when left out; 0 in tests. */
  readonly keepFiguresMs?: number;
}

export interface IndicatorQuery {
  /** The current month when left out. */
  readonly month?: Month | undefined;
  /** Prefix; within the actor's scope whatever is asked. */
  readonly division?: string | undefined;
  readonly system?: System | undefined;
  /** One of them alone. */
  readonly code?: string | undefined;
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

/** Where a ledger has no row of a township, whatever is counted there is nought, and a mean is of none. */
const noughtOf = ({ what }: Atom): Figure => ({
  ...{ total: 0, divide: 1 },
  ...(typeof what === "object" && "mean" in what ? { count: 0 } : {}),
});

/** @throws DomainError("bad-declaration") naming every faulty indicator and its mend */
export function createIndicators(deps: IndicatorsDeps): Indicators {
  const { catalogue, clock } = deps;
  const ledgers = new Map<string, Ledger>(
    [...engineLedgers(catalogue.items), ...registerLedgers(catalogue.registers), ...(deps.ledgers ?? [])].map(
      (l) => [l.code, l],
    ),
  );
  const faults = [...catalogue.indicators.values()].flatMap((d) => indicatorFaults(d, ledgers));
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
  const folders = new Map<string, Folder>(
    [...catalogue.registers.values()].flatMap((r) =>
      (r.indicators ?? []).map((i) => [i.code, r.folder] as const),
    ),
  );
  const names = divisionNames(deps);

  /** At the end of the month, of today in the current one: a standard of next week does not hold yet. */
  function parameterIn(countyCode: string, folder: Folder | undefined, name: string, month: Month) {
    const end = lastDay(month);
    const today = clock.today();
    return deps.parameterOn(countyCode, folder, name, end < today ? end : today);
  }

  function contextOf(
    tx: Tx,
    division: string | undefined,
    months: readonly Month[],
    folder?: Folder,
  ): Context {
    const { countyCode, scope } = tx.actor;
    return {
      countyCode,
      prefixes: [scope, division ?? ""].filter((prefix) => prefix.length > countyCode.length),
      today: clock.today(),
      now: clock.now(),
      months,
      payDay: deps.payDay(countyCode),
      parameterByMonth: (name) =>
        months.map((month) => parameterIn(countyCode, folder, name, month)?.value ?? null),
    };
  }

  const folderOf = (ledger: Ledger): Folder | undefined =>
    catalogue.registers.get(/^register:([^:]+)/.exec(ledger.code)?.[1] ?? "")?.folder;

  function divisionsIn(tx: Tx, division: string | undefined, atom: Atom) {
    return deps
      .divisions(tx.actor.countyCode)
      .filter(
        (d) =>
          d.level !== "county" &&
          within(tx.actor.scope, d.code) &&
          within(division ?? tx.actor.scope, d.code),
      )
      .filter((d) => atom.what !== "townships" || d.level === "township")
      .filter(
        (d) =>
          !atom.where ||
          holds(atom.where, {
            ...{ divisionCode: d.code, name: d.name, level: d.level },
            kind: d.level === "township" ? townshipKind(d.name) : "",
          }),
      );
  }

  /** All figures of these indicators: one statement per ledger. */
  const sources = async (
    tx: Tx,
    definitions: readonly IndicatorDefinition[],
    division: string | undefined,
    months: readonly Month[],
  ) => (await sourcesOf(tx, definitions, division, months, false))(WHOLE);

  /** The same, of every township too when asked: still one statement per ledger. By township, WHOLE for all together. */
  async function sourcesOf(
    tx: Tx,
    definitions: readonly IndicatorDefinition[],
    division: string | undefined,
    months: readonly Month[],
    eachTownship: boolean,
  ): Promise<(place: string) => (d: IndicatorDefinition) => Sources> {
    const atoms = new Map<string, Atom>();
    const compared = new Set<string>(); // ledgers whose last year's end is needed too
    for (const d of definitions)
      for (const a of atomsOf(d)) {
        atoms.set(keyOf(a), a);
        if ("difference" in d.measure) compared.add(a.ledger);
      }
    const figures = new Map<string, ReadonlyMap<Month, Figure>>();
    const at = (place: string, key: string) => `${place} ${key}`;
    const places = [
      WHOLE,
      ...deps
        .divisions(tx.actor.countyCode)
        .flatMap((d) => (eachTownship && d.level === "township" ? [d.code] : [])),
    ];
    for (const code of new Set([...atoms.values()].map((a) => a.ledger))) {
      const own = [...atoms.values()].filter((a) => a.ledger === code);
      const ledger = ledgers.get(code);
      if (ledger) {
        const all = compared.has(code) ? [...new Set([...months.map(lastYearEnd), ...months])] : months;
        const context = contextOf(tx, division, all, folderOf(ledger));
        const counted = await computePlaces(tx, ledger, own, context, eachTownship);
        for (const [place, byKey] of counted)
          for (const [key, byMonth] of byKey) figures.set(at(place, key), byMonth);
      } else
        for (const place of places)
          for (const a of own) {
            const figure = { total: divisionsIn(tx, place || division, a).length, divide: 1 };
            figures.set(at(place, keyOf(a)), new Map(months.map((month) => [month, figure])));
          }
    }
    return (place) => (d) => ({
      figure: (a, month) =>
        figures.get(at(place, keyOf(a)))?.get(month) ?? (place === WHOLE ? undefined : noughtOf(a)),
      parameter: (name, month) =>
        parameterIn(tx.actor.countyCode, folders.get(d.code), name, month)?.value ?? null,
    });
  }

  /** A part of another county has no figures here: saying so is better than a page of noughts. */
  function divisionAsked(tx: Tx, division: string | undefined): string | undefined {
    const { countyCode } = tx.actor;
    if (!division || countyCode.startsWith(division)) return undefined;
    if (!/^\d+$/.test(division) || !division.startsWith(countyCode))
      throw new DomainError(
        "invalid-input",
        `「${division}」不是本县的区划代码，请从列表里选择乡镇或村（社区）。`,
        {
          field: "division",
        },
      );
    return division;
  }

  function monthAsked(month: Month | undefined): Month {
    const current = monthOf(clock.today());
    if (month === undefined) return current;
    if (!isMonth(month) || month > current || month < "2000-01")
      throw new DomainError(
        "invalid-input",
        `月份应为 2000-01 至 ${current}，现在是「${month}」，请重新选择。`,
        {
          field: "month",
        },
      );
    return month;
  }

  function statedFor(tx: Tx, d: IndicatorDefinition, month: Month, value: number | null): Stated | null {
    if (!d.stated) return null;
    const p = parameterIn(tx.actor.countyCode, folders.get(d.code), d.stated.parameter, month);
    if (!p) return null;
    const level = p.value / (d.stated.divide ?? 1);
    const { document, since, unverified } = p;
    const gap = value === null ? null : Number((value - level).toFixed(d.decimals));
    return { value: level, gap, document, since, unverified };
  }

  function definitionFor(tx: Tx, d: IndicatorDefinition, month: Month): string {
    const { needs } = d;
    return needs && !parameterIn(tx.actor.countyCode, folders.get(d.code), needs.parameter, month)
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
    const of = await sources(tx, definitions, division, months);
    const kept = await snapshots.ofMonth(tx, month, division ?? tx.actor.scope);
    return definitions.map((d) => {
      const from = of(d);
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
        series: months.map((m) => ({ month: m, value: evaluate(d, m, from).value })),
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

  /** A month in the county and in each of its townships, counted in one pass. */
  async function each(tx: Tx, definitions: readonly IndicatorDefinition[], month: Month) {
    const of = await sourcesOf(tx, definitions, undefined, [month], true);
    return (d: IndicatorDefinition, place: string) =>
      evaluate(d, month, of(place === tx.actor.countyCode ? WHOLE : place)(d));
  }
  const snapshots = createSnapshots(deps, {
    async one(tx, definitions, months, division) {
      const of = await sources(tx, definitions, divisionAsked(tx, division), months);
      return (d, month) => evaluate(d, month, of(d));
    },
    each,
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
    places: createPlaces({
      ...{ divisions: deps.divisions, named: indicatorNamed, monthAsked, divisionAsked },
      async valuesIn(tx, d, level, month) {
        if (level === "village")
          return async (place) => evaluate(d, month, (await sources(tx, [d], place, [month]))(d));
        const of = await each(tx, [d], month);
        return (place) => of(d, place);
      },
    }),

    async list(tx, query) {
      const month = monthAsked(query.month);
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

    async drill(tx, code, query) {
      const d = indicatorNamed(code);
      const month = monthAsked(query.month);
      const division = divisionAsked(tx, query.division);
      const name = (code: string) => names(tx.actor.countyCode, code);
      const [first] = measuresOf(d);
      if (first && isParameter(first)) {
        const p = parameterIn(tx.actor.countyCode, folders.get(code), first.latestParameter, month);
        return parameterRows(first.latestParameter, p);
      }
      const atoms = atomsOf(d);
      const [atom] = atoms;
      const ledger = atom && ledgers.get(atom.ledger);
      if (!atom || !ledger) {
        const rows = atom ? divisionsIn(tx, division, atom) : [];
        return {
          columns: [
            { key: "division", label: "所在地" },
            { key: "code", label: "区划代码" },
          ],
          rows: rows.slice(0, MAX_ROWS).map((x) => ({ division: name(x.code), code: x.code })),
          total: rows.length,
        };
      }
      const parts = atoms.filter((a) => a.ledger === atom.ledger);
      return drillRows(tx, d, ledger, parts, contextOf(tx, division, [month], folderOf(ledger)), {
        division: name,
        item: (item) => (catalogue.items.get(item) ?? catalogue.paid.get(item))?.shortTitle ?? item,
      });
    },
  };
}

function parameterRows(name: string, p: ReturnType<RegistersDeps["parameterOn"]>): DrillRows {
  return {
    columns: [
      { key: "name", label: "标准" },
      { key: "value", label: "数值" },
      { key: "document", label: "文号" },
      { key: "since", label: "起始日" },
    ],
    rows: p
      ? [
          {
            name,
            value: p.text,
            document: `${p.document ?? "未载"}${p.unverified ? "（待核实）" : ""}`,
            since: p.since,
          },
        ]
      : [],
    total: p ? 1 : 0,
  };
}
