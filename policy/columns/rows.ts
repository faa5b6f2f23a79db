import { DomainError, type Month } from "@wuxin/kernel";
import { type Column, evaluateBatch } from "../batch.ts";
import type { PlainValue, RuleSet, Variable } from "../types.ts";
import { columnOf, dateNumber, factAt, type TypedHouseholds, type TypedResult } from "./facts.ts";

/** Households that `evaluateBatch` takes at once: it holds every fact as a plain value. */
const AT_ONCE = 4096;

/** The same answers by the row machine, for the households listed. @throws as `evaluateBatch` does */
export function byRows(
  ruleSet: RuleSet,
  month: Month,
  variables: readonly Variable[],
  households: TypedHouseholds,
  results: Readonly<Record<string, TypedResult>>,
  list: readonly number[],
): void {
  for (let at = 0; at < list.length; at += AT_ONCE)
    few(ruleSet, month, variables, households, results, list.slice(at, at + AT_ONCE));
}

function few(
  ruleSet: RuleSet,
  month: Month,
  variables: readonly Variable[],
  households: TypedHouseholds,
  results: Readonly<Record<string, TypedResult>>,
  list: readonly number[],
): void {
  const offsets = [0];
  const members: number[] = [];
  for (const h of list) {
    const [from, to] = [households.offsets[h]!, households.offsets[h + 1]!];
    if (to <= from)
      throw new DomainError("policy-no-members", `第 ${h + 1} 户一个成员也没有。请至少登记申请人本人。`);
    for (let p = from; p < to; p++) members.push(p);
    offsets.push(members.length);
  }
  const columns = (entity: "家庭" | "成员", indexes: readonly number[]): Record<string, Column> =>
    Object.fromEntries(
      ruleSet.inputs.flatMap((input) => {
        const column = input.entity === entity ? columnOf(households, input) : undefined;
        return column ? [[input.name, indexes.map((i) => factAt(column, input, i))]] : [];
      }),
    );
  const batch = evaluateBatch(ruleSet, {
    month,
    wanted: variables.map((v) => v.name),
    households: {
      count: list.length,
      offsets,
      household: columns("家庭", list),
      members: columns("成员", members),
    },
  });
  for (const v of variables) {
    const result = results[v.name]!;
    const indexes = v.entity === "家庭" ? list : members;
    for (const [i, value] of batch.columns[v.name]!.values.entries()) put(result, indexes[i]!, value);
  }
}

function put(result: TypedResult, index: number, value: PlainValue | undefined): void {
  const state = value === undefined ? 1 : value === null ? 2 : 0;
  if (result.state) result.state[index] = state;
  else if (state !== 0) throw new Error("a value is missing where all were known");
  let n = 0;
  if (typeof value === "boolean") n = value ? 1 : 0;
  else if (typeof value === "number") n = value;
  else if (typeof value === "string") {
    if (result.type === "date") n = dateNumber(value);
    else {
      const words = result.words as string[];
      n = words.indexOf(value);
      if (n < 0) n = words.push(value) - 1;
    }
  }
  result.data[index] = n;
  if (result.data[index] !== n) {
    throw new DomainError("policy-number-too-large", "结果超出了这一列的范围。请检查填报的数。");
  }
}
