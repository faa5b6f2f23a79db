/** Counts indicators over the ledgers: by month and place, or row by row. */
import type { Catalogue, Folder, IndicatorDefinition } from "@wuxin/declare";
import type { RegistersDeps } from "@wuxin/engines/registers";
import { type Clock, DomainError, grouped, holds, lastDay, type Month, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { computePlaces, type Figure, WHOLE } from "./batch.ts";
import type { Counted } from "./kept-rows.ts";
import type { Context, Ledger } from "./ledger.ts";
import { engineLedgers } from "./ledgers.ts";
import {
  type Atom,
  atomsOf,
  DIVISION_DETAIL,
  DIVISIONS,
  indicatorFaults,
  keyOf,
  townshipKind,
} from "./measure.ts";
import { registerLedgers } from "./register-ledgers.ts";
import { type CountedRow, countedRows, figureOf } from "./rows.ts";
import { evaluate, lastYearEnd, type Sources, type Value } from "./value.ts";

export interface CountingDeps extends Pick<RegistersDeps, "divisions" | "parameterOn"> {
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  /** Day of the month by which the county pays its rosters (county switch `payDay`). */
  readonly payDay: (countyCode: string) => number;
  /** Ledgers of later engines, as they describe them. */
  readonly ledgers?: readonly Ledger[];
}
/** A month in the county and in each of its townships, and the rows that the figures are made of. */
export interface EachCounted {
  readonly value: (d: IndicatorDefinition, place: string) => Value;
  readonly rows: readonly Counted[];
}
export type Counting = ReturnType<typeof createCounting>;

/** Where a ledger has no row of a township, whatever is counted there is nought, and a mean is of none. */
const noughtOf = ({ what }: Atom): Figure => ({
  ...{ total: 0, divide: 1 },
  ...(typeof what === "object" && "mean" in what ? { count: 0 } : {}),
});

/** @throws DomainError("bad-declaration") naming every faulty indicator and its mend */
export function createCounting(deps: CountingDeps) {
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

  /** At the end of the month, of today in the current one: a standard of next week does not hold yet. */
  function parameterIn(countyCode: string, folder: Folder | undefined, name: string, month: Month) {
    const end = lastDay(month);
    const today = clock.today();
    return deps.parameterOn(countyCode, folder, name, end < today ? end : today);
  }

  /** A parameter as the indicator's own folder knows it. */
  const parameterFor = (tx: Tx, code: string, name: string, month: Month) =>
    parameterIn(tx.actor.countyCode, folders.get(code), name, month);

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
      parameter: (name, month) => parameterFor(tx, d.code, name, month)?.value ?? null,
    });
  }

  /** Rows of one ledger in a month that these atoms count. `limit`: no more than these, `total` says how many there are. */
  async function rows(
    tx: Tx,
    code: string,
    atoms: readonly Atom[],
    month: Month,
    division: string | undefined,
    limit: number | null,
  ): Promise<Counted & { total: number }> {
    const keys = atoms.map(keyOf);
    const ledger = ledgers.get(code);
    if (ledger) {
      const context = contextOf(tx, division, [month], folderOf(ledger));
      return { ledger, atoms: keys, ...(await countedRows(tx, ledger, atoms, context, limit)) };
    }
    const inEach = atoms.map((a) => new Set(divisionsIn(tx, division, a).map((d) => d.code)));
    const all = deps.divisions(tx.actor.countyCode).flatMap(({ code }): CountedRow[] => {
      const values = inEach.map((codes) => (codes.has(code) ? 1 : null));
      return values.some((v) => v !== null)
        ? [{ id: code, division: code, cells: [code, code], values }]
        : [];
    });
    return {
      ...{ ledger: { code: DIVISIONS, detail: DIVISION_DETAIL }, atoms: keys, total: all.length },
      rows: limit === null ? all : all.slice(0, limit),
    };
  }

  /** A month to be frozen: the figures are the sums of the very rows that are kept. */
  async function eachWithRows(
    tx: Tx,
    definitions: readonly IndicatorDefinition[],
    month: Month,
  ): Promise<EachCounted> {
    const atoms = new Map(definitions.flatMap(atomsOf).map((a) => [keyOf(a), a]));
    const counted: Counted[] = [];
    const figures = new Map<string, ReadonlyMap<string, Figure>>();
    for (const code of new Set([...atoms.values()].map((a) => a.ledger))) {
      const own = [...atoms.values()].filter((a) => a.ledger === code);
      const c = await rows(tx, code, own, month, undefined, null);
      counted.push(c);
      const byPlace = grouped(c.rows, (r) => r.division.slice(0, 9));
      own.forEach((a, n) => {
        const of = (rows: readonly CountedRow[]) => figureOf(rows, n, a, ledgers.get(code));
        figures.set(
          keyOf(a),
          new Map([[WHOLE, of(c.rows)], ...[...byPlace].map(([place, list]) => [place, of(list)] as const)]),
        );
      });
    }
    // What a month is compared with is another month, of which no rows are kept here.
    const compared = definitions.filter((d) => "difference" in d.measure);
    const before =
      compared.length > 0 ? await sourcesOf(tx, compared, undefined, [lastYearEnd(month)], true) : null;
    const from = (d: IndicatorDefinition, place: string): Sources => ({
      figure: (a, m) =>
        m === month ? (figures.get(keyOf(a))?.get(place) ?? noughtOf(a)) : before?.(place)(d).figure(a, m),
      parameter: (name, m) => parameterFor(tx, d.code, name, m)?.value ?? null,
    });
    return {
      value: (d, place) => evaluate(d, month, from(d, place === tx.actor.countyCode ? WHOLE : place)),
      rows: counted,
    };
  }

  return { parameterFor, sources, sourcesOf, rows, eachWithRows };
}
