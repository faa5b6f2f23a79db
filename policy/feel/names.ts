import type { StaticType } from "./types.ts";

export type Entity = "家庭" | "成员";

/** What a name stands for; names are unique over the whole rule set. */
export type Declared =
  | {
      readonly kind: "fact" | "variable";
      readonly name: string;
      readonly entity: Entity;
      readonly type: StaticType;
      /** Never zero (declared `min` above zero): dividing by it is safe. */
      readonly nonZero?: boolean;
    }
  | {
      readonly kind: "parameter";
      readonly name: string;
      readonly type: StaticType;
      /** Names of its parts, when it is a record (`高龄津贴标准.八十`). */
      readonly fields?: readonly string[];
      /** Facts or variables that choose the value (区域类型). */
      readonly by: readonly string[];
      readonly nonZero: boolean;
    };

export interface Names {
  find(name: string): Declared | undefined;
  all(): Iterable<string>;
}

/** Words with a meaning of their own in formulas; nothing may be declared with these names. */
export const RESERVED = new Set([
  "家庭",
  "成员",
  "本月",
  "本月初",
  "本月末",
  "结果",
  "金额",
  "则",
  "文号",
  "if",
  "then",
  "else",
  "and",
  "or",
  "not",
  "in",
  "between",
  "some",
  "every",
  "satisfies",
  "true",
  "false",
  "null",
  "for",
  "return",
  "function",
  "instance",
  "of",
  "item",
  "date",
  "time",
  "duration",
  "count",
  "sum",
  "min",
  "max",
  "mean",
  "abs",
  "floor",
  "ceiling",
  "modulo",
  "decimal",
]);

/** A declared name close enough to be what the author meant. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 2)) + 0.5;
  for (const candidate of names) {
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  if (a.length > 40 || b.length > 40) return 99;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(
        Math.min(row[j - 1]! + 1, previous[j]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    }
    previous = row;
  }
  return previous[b.length]!;
}
