/** What reading a text gives. Offsets are UTF-16 units of the text as it was handed in. */
export type Comparator = "=" | ">=" | "<=" | ">" | "<";
export type QuantityKind = "target" | "result" | "standard" | "other";
export type DocumentKind = "plan" | "summary" | "mixed";

/** Which pattern decided something, and why in a sentence for the person who checks it. */
export interface Reason {
  readonly pattern: string;
  readonly why: string;
}

export interface Quantity {
  readonly start: number;
  readonly end: number;
  /** The source from `start` to `end`, untouched. */
  readonly quote: string;
  /** Where the numeral itself begins. */
  readonly numeralStart: number;
  readonly object: string;
  /** The numeral as written; 万 and 亿 stay in `unit`. */
  readonly value: number;
  readonly unit: string;
  /** 万 and 亿 multiplied out. */
  readonly baseValue: number;
  readonly baseUnit: string;
  readonly comparator: Comparator;
  /** Upper end of a range, else null. */
  readonly max: number | null;
  /** The value before, in the same unit as `value`, else null. */
  readonly from: number | null;
  readonly kind: QuantityKind;
  /** `2024`, `2024-06`, `2023-Q3`, `2022-01/2022-09`, or null. */
  readonly period: string | null;
  readonly approx: boolean;
  readonly reasons: readonly Reason[];
}

/** A measurable claim without a numeral of its own: 全覆盖, 稳中有升, 零…, 翻一番, 三分之二, 1:10. */
export interface Aim {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly object: string;
  readonly comparator: "full" | "rising" | "falling" | "zero" | "double" | "fraction" | "ratio";
  readonly kind: QuantityKind;
  readonly period: string | null;
  readonly reasons: readonly Reason[];
}

/** A numeral that is no quantity, and why. */
export interface Skipped {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly why: string;
}

export interface Task {
  readonly start: number;
  readonly end: number;
  readonly path: readonly string[];
  readonly title: string;
}

export interface OutlineNode {
  readonly start: number;
  readonly end: number;
  /** 0 第一部分 and 第一章, 0.5 第一节, 1 一、, 2 （一）, 3 1., 4 （1）, 5 ①, 6 …方面, 7 一是. */
  readonly rank: number;
  readonly marker: string;
  readonly title: string;
  /** Whether it looks ahead or back. */
  readonly about: "plan" | "review";
  readonly children: readonly OutlineNode[];
}

export interface Reading {
  readonly title: string | null;
  readonly issuer: string | null;
  readonly year: number | null;
  readonly kind: DocumentKind;
  readonly planPeriod: string | null;
  readonly summaryPeriod: string | null;
  readonly outline: readonly OutlineNode[];
  readonly tasks: readonly Task[];
  readonly quantities: readonly Quantity[];
  readonly aims: readonly Aim[];
  readonly skipped: readonly Skipped[];
}
