/** Indicators → the single counts that they are made of, checked against the ledgers when the house starts. */
import type { IndicatorDefinition, Measure } from "@wuxin/declare";
import { conditionFaults } from "@wuxin/engines/registers";
import type { Condition } from "@wuxin/kernel";
import type { Ledger } from "./ledger.ts";

/** The one ledger that is no table: the county's own townships and villages. */
export const DIVISIONS = "divisions";
export const DIVISION_DETAIL: Pick<Ledger["detail"], "columns"> = {
  columns: [
    { key: "division", label: "所在地", sql: "", as: "division" },
    { key: "code", label: "区划代码", sql: "" },
  ],
};
export const DIVISION_COLUMNS = ["divisionCode", "name", "level", "kind"] as const;
const KINDS = ["街道", "镇", "乡", "苏木", "区公所"] as const;
/** What kind of township, as its name ends: 荣家湾镇 is a 镇, 罗水瑶族乡 a 民族乡; "" where the name does not say. */
export const townshipKind = (name: string): string =>
  /.族(乡|苏木)$/.test(name)
    ? `民族${name.endsWith("乡") ? "乡" : "苏木"}`
    : (KINDS.find((k) => name.endsWith(k) || name.endsWith(`${k}办事处`)) ?? "");

/** One figure by month: what is counted, over what, where. Equal atoms are computed once. */
export interface Atom {
  readonly ledger: string;
  readonly kind: "stock" | "flow";
  readonly what: "rows" | "persons" | "townships" | { readonly sum: string } | { readonly mean: string };
  readonly where?: Condition;
}
export const keyOf = (a: Atom): string => JSON.stringify([a.ledger, a.kind, a.what, a.where ?? null]);

export type CountedMeasure = Exclude<Measure, { latestParameter: string }>;

export const isParameter = (m: Measure): m is Extract<Measure, { latestParameter: string }> =>
  "latestParameter" in m;

export function atomOf(m: CountedMeasure, kind: Atom["kind"]): Atom {
  const what = "count" in m ? m.count : "sum" in m ? { sum: m.sum } : { mean: m.mean };
  return { ledger: m.ledger, kind, what, ...(m.where ? { where: m.where } : {}) };
}

/** The measures of an indicator, numerator first. */
export function measuresOf(d: Pick<IndicatorDefinition, "measure">): readonly Measure[] {
  const { measure } = d;
  if ("ratio" in measure) return [measure.ratio, measure.to];
  if ("difference" in measure) return [measure.difference];
  return [measure];
}

export const atomsOf = (d: IndicatorDefinition): Atom[] =>
  measuresOf(d).flatMap((m) => (isParameter(m) ? [] : [atomOf(m, d.kind)]));

/** What is wrong with an indicator, each fault with its mend. */
export function indicatorFaults(d: IndicatorDefinition, ledgers: ReadonlyMap<string, Ledger>): string[] {
  const faults: string[] = [];
  if (!Number.isInteger(d.decimals) || d.decimals < 0 || d.decimals > 6)
    faults.push("decimals 应为 0 至 6 的整数。");
  if ("ratio" in d.measure && !(d.measure.times > 0)) faults.push("times 应大于 0，百分比写 100。");
  for (const atom of atomsOf(d)) faults.push(...atomFaults(atom, ledgers));
  return faults.map((fault) => `指标 ${d.code}（${d.name}）：${fault}`);
}

function atomFaults(a: Atom, ledgers: ReadonlyMap<string, Ledger>): string[] {
  if (a.ledger === DIVISIONS) return divisionFaults(a);
  const ledger = ledgers.get(a.ledger);
  if (!ledger) return [`没有账「${a.ledger}」，可用的有：${[...ledgers.keys(), DIVISIONS].join("、")}。`];
  const faults: string[] = [];
  if (a.kind === "stock" && !ledger.stock)
    faults.push(`账「${a.ledger}」只有发生数，没有月末数，请把 kind 改成 flow。`);
  if (a.what === "persons" && !ledger.persons) faults.push(`账「${a.ledger}」不知道人数，请改数 rows。`);
  if (typeof a.what === "object") {
    const name = "sum" in a.what ? a.what.sum : a.what.mean;
    if (!ledger.numbers.has(name))
      faults.push(`账「${a.ledger}」没有可相加的列「${name}」，可用的有：${list(ledger.numbers.keys())}。`);
  }
  if (a.where)
    for (const fault of conditionFaults(a.where, (name) => {
      const column = ledger.columns.get(name);
      return column && { kind: column.kind, sql: "" };
    }))
      faults.push(`账「${a.ledger}」的条件有误，${fault}。可用的列：${list(ledger.columns.keys())}。`);
  return faults;
}

function divisionFaults(a: Atom): string[] {
  if (a.what !== "rows" && a.what !== "townships") return [`账「${DIVISIONS}」只能数 rows 或 townships。`];
  if (!a.where) return [];
  const known = new Set<string>(DIVISION_COLUMNS);
  return conditionFaults(a.where, (name) => (known.has(name) ? { kind: "text", sql: "" } : undefined)).map(
    (fault) => `账「${DIVISIONS}」的条件有误，${fault}。可用的列：${DIVISION_COLUMNS.join("、")}。`,
  );
}

const list = (names: Iterable<string>): string => [...names].join("、") || "（无）";
