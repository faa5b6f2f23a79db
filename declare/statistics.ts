/**
 * A statutory table (统计报表): rows, columns and what counts each cell, dated by edition. A cell names an indicator of the
 * catalogue, so that a table and a page never disagree; a cell that no ledger yields says why and is entered by hand.
 */
import type { IsoDate } from "@wuxin/kernel";
import type { IndicatorDefinition } from "./indicator.ts";

export const GRAINS = ["month", "quarter", "year"] as const;
export type Grain = (typeof GRAINS)[number];

/**
 * `over: "year"`: from January to the end of the period, else the period itself. `per`: the indicator's units that make one
 * of the row's (10000 元 to the 万元), rounded to the row's decimals, half away from nought.
 */
export type TableCell =
  | { readonly indicator: string; readonly over?: "year"; readonly per?: 10_000 }
  | { readonly byHand: string };

export interface TableRow {
  readonly code: string;
  readonly label: string;
  readonly unit: string;
  readonly decimals: number;
  /** How far it is set in under the row above; 0 unless said. */
  readonly level?: 0 | 1 | 2;
  /** The code of the statistical system, where a document that was seen gives it. */
  readonly official?: string;
  /** None under a heading. */
  readonly cells: Readonly<Record<string, TableCell>>;
}

/** What must hold before anybody signs. Cells that are blank or not there count as nought. */
export type TableCheck = { readonly code: string; readonly text: string } & (
  | { readonly rows: { readonly total: string; readonly parts: readonly string[] } }
  | { readonly columns: { readonly total: string; readonly parts: readonly string[] } }
  | { readonly atMost: readonly [row: string, row: string] }
  | { readonly columnAtMost: readonly [column: string, column: string] }
);

export interface TableEdition {
  /** Periods that end on this day or later. */
  readonly from: IsoDate;
  readonly source: { readonly document: string; readonly note?: string; readonly unverified?: boolean };
  readonly columns: readonly { readonly code: string; readonly label: string }[];
  readonly rows: readonly TableRow[];
  readonly checks: readonly TableCheck[];
}

export interface StatisticalTable {
  readonly code: string;
  readonly title: string;
  /** 表号; left out while no document that gives it was seen. */
  readonly number?: string;
  readonly grain: Grain;
  /** Calendar days after the period's end by which it is to be sealed. */
  readonly dueDays: { readonly days: number; readonly source: string; readonly unverified?: boolean };
  readonly editions: readonly TableEdition[];
}

export const defineTable = (t: StatisticalTable): StatisticalTable => t;

/** What is wrong with a table, each fault with its mend. */
export function checkTable(
  t: StatisticalTable,
  path: string,
  indicators: ReadonlyMap<string, IndicatorDefinition>,
): string[] {
  const faults: string[] = [];
  const dates = t.editions.map((e) => e.from);
  if (dates.length === 0) faults.push("没有版次，请至少写一个 editions。");
  if (dates.some((d, i) => i > 0 && d <= (dates[i - 1] ?? ""))) faults.push("版次要按 from 从早到晚排列。");
  for (const e of t.editions) {
    const columns = new Set(e.columns.map((c) => c.code));
    const rows = new Set(e.rows.map((r) => r.code));
    if (rows.size < e.rows.length) faults.push(`${e.from} 版有重复的行代码。`);
    for (const r of e.rows) {
      for (const [column, cell] of Object.entries(r.cells)) {
        if (!columns.has(column)) faults.push(`行「${r.label}」写了没有的栏 ${column}。`);
        if (!("indicator" in cell)) continue;
        const d = indicators.get(cell.indicator);
        if (!d) faults.push(`行「${r.label}」用了没有的指标 ${cell.indicator}。`);
        else if (cell.per ? `万${d.unit}` !== r.unit : d.unit !== r.unit || d.decimals > r.decimals)
          faults.push(
            `行「${r.label}」的单位（${r.unit}，${r.decimals} 位小数）和指标 ${d.code} 的（${d.unit}，${d.decimals} 位）不一致。`,
          );
      }
    }
    for (const c of e.checks) {
      const named =
        "rows" in c
          ? [c.rows.total, ...c.rows.parts].filter((x) => !rows.has(x))
          : "columns" in c
            ? [c.columns.total, ...c.columns.parts].filter((x) => !columns.has(x))
            : "atMost" in c
              ? c.atMost.filter((x) => !rows.has(x))
              : c.columnAtMost.filter((x) => !columns.has(x));
      for (const x of named) faults.push(`校验「${c.text}」提到没有的行或栏 ${x}。`);
    }
  }
  return faults.map((f) => `${path}/table.ts（${t.title}）：${f}`);
}
