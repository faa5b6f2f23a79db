/** The rows behind a figure: of a frozen month those that were counted, with what became of them since; else the ledgers' own. */
import type { Catalogue, IndicatorDefinition } from "@wuxin/declare";
import { divisionNames, type RegistersDeps } from "@wuxin/engines/registers";
import type { Clock } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Counting } from "./counting.ts";
import { besideNow, type Column, type Counted, keptRows } from "./kept-rows.ts";
import { atomsOf, isParameter, keyOf, measuresOf } from "./measure.ts";
import { divisionAsked, type IndicatorQuery, monthAsked } from "./query.ts";
import { type CountedRow, cellText, type Words } from "./rows.ts";
import * as store from "./snapshot-store.ts";

export interface DrillRows {
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  /** By column key; also `opens` (kind of page) and `id` of the page that shows the row. */
  readonly rows: Record<string, string>[];
  /** How many make the figure. */
  readonly total: number;
  /** The rows are those of this version; null: as the ledgers stand now. */
  readonly frozen: {
    readonly version: number;
    readonly takenAt: string;
    /** How many of all the rows are otherwise now, gone, or came since. */
    readonly changed: number;
  } | null;
}

/** More rows than a person reads; the total says how many there are. */
export const MAX_ROWS = 500;

export interface DrillDeps extends Pick<RegistersDeps, "divisions"> {
  readonly clock: Clock;
  readonly catalogue: Pick<Catalogue, "items" | "paid">;
  readonly counting: Counting;
  /** @throws DomainError("not-found") */
  readonly named: (code: string) => IndicatorDefinition;
}

export function createDrill({ clock, catalogue, counting, named, ...deps }: DrillDeps) {
  const names = divisionNames(deps);
  const wordsFor = (tx: Tx): Words => ({
    division: (code) => names(tx.actor.countyCode, code),
    item: (item) => (catalogue.items.get(item) ?? catalogue.paid.get(item))?.shortTitle ?? item,
  });

  /** The numerator and, where it counts rows of the same ledger, the denominator: every row of either is listed. */
  return async (tx: Tx, code: string, query: IndicatorQuery): Promise<DrillRows> => {
    const d = named(code);
    const month = monthAsked(clock, query.month);
    const division = divisionAsked(tx, query.division);
    const [first] = measuresOf(d);
    if (first && isParameter(first))
      return parameterRows(
        first.latestParameter,
        counting.parameterFor(tx, code, first.latestParameter, month),
      );
    const atoms = atomsOf(d);
    const ledger = atoms[0]?.ledger ?? "";
    const parts = atoms.filter((a) => a.ledger === ledger);
    const words = wordsFor(tx);
    const of = { month, division: division ?? tx.actor.scope, code };
    const last = (await store.versions(tx, of)).at(-1);
    const now = await counting.rows(tx, ledger, parts, month, division, last?.rowsOf ? null : MAX_ROWS);
    const page = pageOf(d, now.ledger.detail, parts.length > 1, words);
    if (!last?.rowsOf)
      return { ...page(now.rows.map((row) => ({ row, since: "" }))), total: now.total, frozen: null };
    const kept = await keptRows(tx, { ...of, batch: last.rowsOf, ledger }, parts.map(keyOf));
    const told = since(kept.rows, aligned(now, kept.columns), kept.columns, words);
    const changed = told.filter((x) => x.since !== "");
    const same = told.filter((x) => x.since === "");
    return {
      ...page([...changed, ...same].slice(0, MAX_ROWS), kept.columns),
      total: kept.rows.length,
      frozen: { version: last.version, takenAt: last.takenAt, changed: changed.length },
    };
  };
}

interface Told {
  readonly row: CountedRow;
  /** What became of it after the freezing; empty: nothing. */
  readonly since: string;
}

/** Today's rows with the columns of then: what the ledger shows may have changed, too. */
const aligned = ({ ledger, rows }: Counted, columns: readonly Column[]): CountedRow[] => {
  const places = columns.map((c) => ledger.detail.columns.findIndex((x) => x.key === c.key));
  return rows.map((r) => ({ ...r, cells: places.map((i) => r.cells[i] ?? null) }));
};

function since(
  kept: readonly CountedRow[],
  now: readonly CountedRow[],
  columns: readonly Column[],
  words: Words,
): Told[] {
  const beside = besideNow(kept, now);
  const text = (r: CountedRow, i: number) => cellText(columns[i]?.as, r.cells[i], words) || "空";
  return [
    ...beside.kept.map(({ row, now }): Told => {
      if (now === null) return { row, since: "现在不计入了" };
      const cells = columns.flatMap((c, i) =>
        row.cells[i] === now.cells[i] ? [] : [`${c.label}：${text(row, i)} → ${text(now, i)}`],
      );
      const counts = JSON.stringify(row.values) !== JSON.stringify(now.values);
      return { row, since: [...(counts ? ["现在计入的不同"] : []), ...cells].join("；") };
    }),
    ...beside.added.map((row): Told => ({ row, since: "冻结以后才有，没有计入" })),
  ];
}

function pageOf(d: IndicatorDefinition, detail: Counted["ledger"]["detail"], marked: boolean, words: Words) {
  const opens = detail.opens?.kind ?? "division";
  return (
    rows: readonly Told[],
    columns: readonly Column[] = detail.columns,
  ): Pick<DrillRows, "columns" | "rows"> => ({
    columns: [
      ...(rows.some((x) => x.since !== "") ? [{ key: "since", label: "冻结以后" }] : []),
      ...columns.map(({ key, label }) => ({ key, label })),
      ...(marked ? [{ key: "hit", label: `计入「${d.name}」的分子` }] : []),
    ],
    rows: rows.map(({ row, since }) => ({
      ...Object.fromEntries(columns.map((c, i) => [c.key, cellText(c.as, row.cells[i], words)])),
      ...(marked ? { hit: row.values[0] === null ? "否" : "是" } : {}),
      ...(since ? { since } : {}),
      ...{ opens, id: row.id },
    })),
  });
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
    frozen: null,
  };
}
