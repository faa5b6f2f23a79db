/** A summary as data: words and linked figures. A figure is never typed; it is read from its source. Pure. */
import type { SummaryClause } from "@wuxin/declare";
import type { IsoDate, Month } from "@wuxin/kernel";
import type { AssessedOf } from "../assessment/figures.ts";
import type { AssessmentKind } from "../assessment/model.ts";

/** A month that a figure is made of, with the version of its snapshot; null: not frozen when it was read. */
export interface MonthRead {
  readonly month: Month;
  readonly version: number | null;
  /** Why it is not the first version. */
  readonly why?: string;
}
export const monthRead = ({ month, version, why }: MonthRead): MonthRead => ({
  ...{ month, version },
  ...(why === undefined ? {} : { why }),
});

/** A half year or a year; or the report of an assessment of a plan. */
export type SummaryKind = "half" | "year" | AssessmentKind;
/** From where a figure is read, again at any time. */
export type FigureSource =
  | {
      readonly from: "indicator";
      readonly code: string;
      readonly name: string;
      /** `change` is the figure against the same months of last year; its sign is told in words. */
      readonly of: "value" | "last" | "change";
      readonly since: Month;
      readonly until: Month;
      readonly division: string;
      readonly months: readonly MonthRead[];
    }
  | {
      readonly from: "target";
      readonly planId: string;
      readonly targetId: string;
      readonly name: string;
      readonly of: "aim" | "now" | "percent" | "gap";
      readonly on: IsoDate;
    }
  | {
      readonly from: "plan";
      readonly planId: string;
      readonly name: string;
      readonly of: "targets" | "met" | "going" | "behind" | "uncounted" | "urged" | "praised" | "criticised";
      readonly on: IsoDate;
    }
  | {
      readonly from: "assessment";
      readonly planId: string;
      readonly assessmentId: string;
      /** Null: of the plan as a whole. */
      readonly targetId: string | null;
      readonly name: string;
      readonly of: AssessedOf;
      readonly on: IsoDate;
      readonly months: readonly MonthRead[];
    };
export interface Figure {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly source: FigureSource;
}
/** Words, or a figure by its id. */
export type Piece = string | { readonly figure: string };
export interface Paragraph {
  readonly id: string;
  readonly heading: string;
  readonly pieces: readonly Piece[];
}
export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly paragraphs: readonly Paragraph[];
}
export interface Content {
  readonly title: string;
  readonly sections: readonly Section[];
  readonly figures: Readonly<Record<string, Figure>>;
}
export interface Period {
  readonly kind: SummaryKind;
  readonly year: number;
  readonly since: Month;
  readonly until: Month;
}

export const periodOf = (kind: "half" | "year", year: number): Period => ({
  ...{ kind, year, since: `${year}-01` as Month },
  until: `${year}-${kind === "half" ? "06" : "12"}` as Month,
});
/** Months that a figure is made of; none where it is not counted by months. */
export const monthsOf = ({ source }: Figure): readonly MonthRead[] =>
  "months" in source ? source.months : [];
export const lastYear = (m: Month): Month => `${Number(m.slice(0, 4)) - 1}${m.slice(4)}` as Month;
/** Of a period that still runs its months are said, not the whole of it. */
export function timeWords({ kind, year, until }: Period, which: "end" | "span"): string {
  const last = Number(until.slice(5));
  if (which === "end") return `截至${year}年${last}月底`;
  if (last === (kind === "half" ? 6 : 12)) return kind === "half" ? "上半年" : "全年";
  return last === 1 ? "1月" : `1—${last}月`;
}

/** 2024年3—5月 of what flows, 截至2024年5月底 of what stands. */
export function spanWords(since: Month, until: Month, kind: "stock" | "flow"): string {
  const [year, first, last] = [until.slice(0, 4), Number(since.slice(5)), Number(until.slice(5))];
  if (kind === "stock") return `截至${year}年${last}月底`;
  if (since.slice(0, 4) !== year) return `${since.slice(0, 4)}年${first}月至${year}年${last}月`;
  return first === last ? `${year}年${last}月` : `${year}年${first}—${last}月`;
}

/** What is printed: no thousands separators, as in official texts. More or less is said by the words before. */
export const shown = ({ value, unit, source }: Figure): string =>
  `${plain(source.from === "indicator" && source.of === "change" ? Math.abs(value) : value)}${unit}`;
/** Without exponent and without the noise of binary fractions. */
export const plain = (n: number): string => String(Math.round(n * 1e6) / 1e6);

/** One reading of an indicator over the months of the period, and over the same months of last year. */
export interface Read {
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly value: number | null;
  readonly months: readonly (MonthRead & { readonly value: number | null })[];
}
export interface Reads {
  readonly now: ReadonlyMap<string, Read>;
  readonly last: ReadonlyMap<string, Read>;
}

/** Last year's nought is no figure where nothing of it was frozen: the ledgers may only have begun since. */
const compared = (r: Read | undefined): number | null =>
  r && (r.value !== 0 || r.months.some((m) => m.version !== null)) ? r.value : null;

/** What an indicator's source says; null where it says nothing. `change` has its sign. */
export function readingOf(reads: Reads, code: string, of: "value" | "last" | "change"): number | null {
  const now = reads.now.get(code)?.value ?? null;
  if (of === "value") return now;
  const last = compared(reads.last.get(code));
  if (of === "last" || last === null || now === null) return last;
  const scale = 10 ** (reads.now.get(code)?.decimals ?? 0);
  return Math.round((now - last) * scale) / scale;
}

export const changeWords = (value: number, unit: string): string => {
  const [more, less] = unit === "个百分点" ? ["提高", "下降"] : ["增加", "减少"];
  return `比上年同期${value > 0 ? more : less}`;
};
/** The difference of two shares is told in points, not in per cent. */
export const unitOf = (unit: string, of: "value" | "last" | "change"): string =>
  of === "change" && unit === "%" ? "个百分点" : unit;

/** Codes that a sentence reads. */
export const codesIn = (clauses: readonly SummaryClause[]): string[] =>
  clauses.flat().flatMap((t) => (typeof t === "object" && "code" in t ? [t.code] : []));
