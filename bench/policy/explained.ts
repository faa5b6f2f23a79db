// Explained decisions per second, and how long the whole rule set takes to load and to compile. Prints JSON.
import { compileColumns, decide, type Facts, type FactValue, traceColumns } from "@wuxin/policy";
import { asTyped, FLAGS, households, INCOMES, WANTED } from "./data.ts";
import { benchmarkRules } from "./rules.ts";

const COUNT = 100_000;
const WORDED = 300;
const MONTH = "2024-03";

const median = (list: number[]) => [...list].sort((a, b) => a - b)[list.length >> 1]!;
const times = (runs: number, work: () => void): number[] =>
  Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });

const loadMs = median(times(7, () => void benchmarkRules()));
const rules = benchmarkRules();
const columns = households(COUNT);
const typed = asTyped(columns);
const compileMs = median(
  times(7, () => void compileColumns(rules, { month: MONTH, wanted: WANTED }).codeBytes(typed)),
);

let steps = 0;
const traced = median(
  times(5, () => {
    const traces = traceColumns(rules, { month: MONTH, wanted: WANTED, households: typed });
    for (let h = 0; h < COUNT; h++) steps += traces.at(h).steps.length;
  }),
);

/** The full decision with its sentences, one household at a time. */
const factsOf = (h: number): { household: Facts; members: Facts[] } => {
  const fact = (value: FactValue["value"]): FactValue => ({ value });
  const members: Facts[] = [];
  for (let p = columns.start[h]!; p < columns.start[h + 1]!; p++) {
    const born = columns.birth[p]! + 1900 * 12;
    members.push({
      ...Object.fromEntries(INCOMES.map((name, i) => [name, fact(columns.income[i]![p]!)])),
      可扣减支出: fact(columns.deductions[p]!),
      出生日期: fact(`${Math.floor(born / 12)}-${String((born % 12) + 1).padStart(2, "0")}-01`),
      残疾等级: fact(columns.disability[p]!),
      ...Object.fromEntries(FLAGS.map((name, bit) => [name, fact((columns.flags[p]! >> bit) % 2 === 1)])),
    });
  }
  return {
    household: {
      区域类型: fact(columns.region[h] === 1 ? "农村" : "城市"),
      住房套数: fact(columns.houses[h]!),
      车辆数: fact(columns.cars[h]!),
      资产: fact(columns.assets[h]!),
    },
    members,
  };
};
const asked = Array.from({ length: WORDED }, (_, h) => factsOf(h));
const worded = median(
  times(3, () => {
    for (const one of asked) decide(rules, { month: MONTH, wanted: WANTED, ...one });
  }),
);

console.log(
  JSON.stringify({
    explainedPerSecond: COUNT / (traced / 1000),
    stepsPerDecision: steps / 5 / COUNT,
    worded: WORDED / (worded / 1000),
    loadMs,
    compileMs,
  }),
);
