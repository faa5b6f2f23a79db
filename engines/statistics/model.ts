/** Pure: periods, the cells of a table, what must hold, what jumped. */
import type { Grain, StatisticalTable, TableEdition } from "@wuxin/declare";
import { jumpPercent } from "@wuxin/engines/indicators";
import { addDays, addMonths, DomainError, type IsoDate, isMonth, lastDay, type Month } from "@wuxin/kernel";
import type { EnteredCode } from "./codes.ts";

/** 2024-05 · 2024-Q2 · 2024 */
export type Period = string;

export interface Span {
  readonly from: Month;
  readonly to: Month;
}

/** Errors: invalid-input when it is no period of this grain. */
export function spanOf(grain: Grain, period: Period): Span {
  if (grain === "month" && isMonth(period)) return { from: period, to: period };
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (grain === "quarter" && quarter) {
    const last = Number(quarter[2]) * 3;
    const month = (m: number): Month => `${quarter[1]}-${String(m).padStart(2, "0")}`;
    return { from: month(last - 2), to: month(last) };
  }
  if (grain === "year" && /^\d{4}$/.test(period)) return { from: `${period}-01`, to: `${period}-12` };
  throw new DomainError(
    "invalid-input",
    `“${period}”不是这张表的报告期，月报写 2024-05，季报写 2024-Q2，年报写 2024。`,
    { field: "period" },
  );
}

export function periodOf(grain: Grain, month: Month): Period {
  if (grain === "month") return month;
  const year = month.slice(0, 4);
  return grain === "year" ? year : `${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}

export const yearBefore = (period: Period): Period => `${Number(period.slice(0, 4)) - 1}${period.slice(4)}`;

/** The last periods of a grain that are over by a month that runs, the newest first. */
export function periodsBefore(grain: Grain, current: Month, count: number): Period[] {
  const step = { month: 1, quarter: 3, year: 12 }[grain];
  const running = spanOf(grain, periodOf(grain, current)).from;
  return Array.from({ length: count }, (_, i) => periodOf(grain, addMonths(running, -step * (i + 1))));
}

export function periodLabel(period: Period): string {
  const year = `${period.slice(0, 4)}年`;
  const rest = period.slice(5);
  if (rest === "") return year;
  return rest.startsWith("Q")
    ? `${year}第${"一二三四"[Number(rest[1]) - 1]}季度`
    : `${year}${Number(rest)}月`;
}

export const dueOn = (t: StatisticalTable, period: Period): IsoDate =>
  addDays(lastDay(spanOf(t.grain, period).to), t.dueDays.days);

/** The edition in force when the period ends. Error: invalid-input before the first. */
export function editionOf(t: StatisticalTable, period: Period): TableEdition {
  const end = lastDay(spanOf(t.grain, period).to);
  const edition = t.editions.findLast((e) => e.from <= end);
  if (!edition)
    throw new DomainError(
      "invalid-input",
      `《${t.title}》从 ${t.editions[0]?.from ?? "以后"} 起才有，不能填报 ${periodLabel(period)}的。`,
      { field: "period" },
    );
  return edition;
}

export interface CountedCell {
  readonly row: string;
  readonly column: string;
  /** null where it is entered by hand. */
  readonly indicator: string | null;
  readonly byHand: string | null;
  readonly value: number | null;
  /** The same cell a year before; null where nothing is known of it. */
  readonly last: number | null;
  /** Every month of it was frozen; else it was counted from the ledgers of that day. */
  readonly frozen: boolean;
}
export interface Content {
  /** 表号, and who entered it where no document seen at declaring gave it. */
  readonly number: string | null;
  readonly numberEntered?: EnteredCode;
  readonly source: TableEdition["source"];
  readonly columns: TableEdition["columns"];
  readonly rows: readonly (Omit<TableEdition["rows"][number], "cells"> & {
    readonly level: number;
    /** Each of its figures was rounded for itself, so that a total may differ from its parts by their roundings. */
    readonly rounded?: boolean;
    /** Whoever entered its code, from which document. */
    readonly entered?: EnteredCode;
  })[];
  readonly checks: TableEdition["checks"];
  readonly cells: readonly CountedCell[];
  /** What the version before it was signed with, by cell; absent in a first version. */
  readonly earlier?: { readonly version: number; readonly finals: Readonly<Record<string, number | null>> };
}

/** A row that the form gives a code, which nobody has seen. */
export const codeMissing = (r: Content["rows"][number]): boolean => r.official === undefined;

export const keyOf = (row: string, column: string): string => `${row}/${column}`;

export interface Note {
  readonly id: string;
  readonly kind: "opened" | "counted" | "corrected" | "explained" | "filled" | "returned" | "sealed";
  readonly cell: string;
  readonly value: number | null;
  readonly text: string;
  readonly at: string;
  /** Null: the house itself. */
  readonly byId: string | null;
  readonly byName: string;
}
/** A cell as it is signed: the figure, what was counted, and what people said of it. */
export interface Cell extends CountedCell {
  readonly final: number | null;
  readonly correction: { readonly reason: string; readonly byName: string } | null;
  readonly jump: number | null;
  readonly explanation: { readonly text: string; readonly byName: string } | null;
  /** What was signed in the version before; absent in a first version. */
  readonly earlier?: { readonly version: number; readonly value: number | null };
}

/**
 * A correction of null takes the last one back; where nothing was counted it says that there is no such item (无此项).
 * An explanation holds for the figure that it was written for.
 */
export function cellsOf(content: Content, notes: readonly Note[], jumpFrom: number): Cell[] {
  return content.cells.map((c) => {
    const own = notes.filter((n) => n.cell === keyOf(c.row, c.column));
    const corrected = own.findLast((n) => n.kind === "corrected");
    const by = corrected && (corrected.value !== null || c.value === null) ? corrected : undefined;
    const final = by ? by.value : c.value;
    const percent = jumpPercent(final, c.last);
    const told = own.findLast((n) => n.kind === "explained" && n.value === final);
    return {
      ...c,
      final,
      correction: by ? { reason: by.text, byName: by.byName } : null,
      jump: percent !== null && percent >= jumpFrom ? percent : null,
      explanation: told ? { text: told.text, byName: told.byName } : null,
      ...(content.earlier
        ? {
            earlier: {
              version: content.earlier.version,
              value: content.earlier.finals[keyOf(c.row, c.column)] ?? null,
            },
          }
        : {}),
    };
  });
}

/** The signed figure of the version before is another one. */
export const corrected = (c: Cell): boolean => c.earlier !== undefined && c.earlier.value !== c.final;

export interface CheckResult {
  readonly code: string;
  readonly text: string;
  readonly ok: boolean;
  /** Where it fails, in words. */
  readonly fails: readonly string[];
}

/** In whole numbers of the row's last decimal, so that 0.1 + 0.2 is 0.3. */
export function checksOf(content: Content, cells: readonly Cell[]): CheckResult[] {
  const byKey = new Map(cells.map((c) => [keyOf(c.row, c.column), c]));
  const rowOf = (code: string) => content.rows.find((r) => r.code === code);
  const label = (row: string) => rowOf(row)?.label ?? row;
  const column = (code: string) => content.columns.find((c) => c.code === code)?.label ?? code;
  const whole = (row: string, col: string): number =>
    Math.round((byKey.get(keyOf(row, col))?.final ?? 0) * 10 ** (rowOf(row)?.decimals ?? 0));
  const back = (row: string, n: number) => n / 10 ** (rowOf(row)?.decimals ?? 0);
  const larger = (row: string, col: string, row2: string, col2: string): boolean => {
    const [a, b] = [byKey.get(keyOf(row, col)), byKey.get(keyOf(row2, col2))];
    return a !== undefined && b !== undefined && (a.final ?? 0) > (b.final ?? 0);
  };
  return content.checks.map((check) => {
    const fails: string[] = [];
    if ("rows" in check) {
      const { total, parts } = check.rows;
      for (const c of content.columns) {
        if (!byKey.has(keyOf(total, c.code))) continue;
        const [sum, said] = [parts.reduce((n, r) => n + whole(r, c.code), 0), whole(total, c.code)];
        const roundings = [total, ...parts].filter((r) => rowOf(r)?.rounded).length;
        if (Math.abs(sum - said) > roundings / 2)
          fails.push(
            `${c.label}栏「${label(total)}」是 ${back(total, said)}，各行相加是 ${back(total, sum)}`,
          );
      }
    } else if ("columns" in check) {
      const { total, parts } = check.columns;
      for (const r of content.rows) {
        if (!byKey.has(keyOf(r.code, total)) || !parts.some((p) => byKey.has(keyOf(r.code, p)))) continue;
        const [sum, said] = [parts.reduce((n, p) => n + whole(r.code, p), 0), whole(r.code, total)];
        if (sum !== said)
          fails.push(
            `「${r.label}」${column(total)}是 ${back(r.code, said)}，各栏相加是 ${back(r.code, sum)}`,
          );
      }
    } else if ("atMost" in check) {
      const [small, large] = check.atMost;
      for (const c of content.columns)
        if (larger(small, c.code, large, c.code))
          fails.push(`${c.label}栏「${label(small)}」大于「${label(large)}」`);
    } else {
      const [small, large] = check.columnAtMost;
      for (const r of content.rows)
        if (larger(r.code, small, r.code, large))
          fails.push(`「${r.label}」${column(small)}大于${column(large)}`);
    }
    return { code: check.code, text: check.text, ok: fails.length === 0, fails };
  });
}

export const failedOf = (content: Content, cells: readonly Cell[]): number =>
  checksOf(content, cells).filter((c) => !c.ok).length;

/** Cells that nothing was counted for, nobody filled and nobody called 无此项. */
export const blankOf = (cells: readonly Cell[]): Cell[] =>
  cells.filter((c) => c.final === null && c.correction === null);
