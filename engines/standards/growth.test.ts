import { readGrowth } from "@wuxin/declare";
import { loadRuleSet } from "@wuxin/policy";
import { expect, test } from "vitest";
import { growthOf, requireKnown } from "./growth.ts";
import type { Shelf } from "./shelf.ts";

const STANDARDS = `
茶水标准:
  unit: 元/月
  values:
    2023-01-01: { value: 100 }
茶叶指数:
  unit: "%"
  values:
    2023-01-01: { value: 0 }
    2024-01-01: { value: 3.25 }
人均消费支出:
  unit: 元/月
  values:
    2023-01-01: { value: 1000 }
    2024-01-01: { value: 1111 }
`;
const shelf: Shelf = new Map(
  [
    ...loadRuleSet({ name: "toy", rules: [], parameters: [{ file: "standards.yaml", text: STANDARDS }] })
      .parameters,
  ].map(([name, parameter]) => [
    name,
    { parameter, readers: [], derivation: null, countyDates: new Set<string>() },
  ]),
);
const rule = (rest: string) =>
  readGrowth({
    file: "growth.yaml",
    text: `rules:\n  - { standard: 茶水标准, since: 2023-01-01, document: 茶办〔2023〕1号, ${rest} }`,
  });
const proposed = (rest: string, waiting: string[] = []) =>
  growthOf(shelf, rule(rest), new Set(waiting), "2024-03-01").map((g) => g.values[0]?.text);

test("按指数的百分数、按另一项的倍数、同比例，各自取整", () => {
  expect(proposed("follows: 茶叶指数, way: percent, round: half_up_jiao")).toEqual(["103.3"]);
  expect(proposed("follows: 人均消费支出, way: times, times: 0.3, round: up_yuan")).toEqual(["334"]);
  expect(proposed("follows: 人均消费支出, way: ratio, round: half_up_fen")).toEqual(["111.1"]);
});

test("算出来不高于现行的、已有一版在路上的，不提", () => {
  expect(proposed("follows: 人均消费支出, way: times, times: 0.05, round: up_yuan")).toEqual([]);
  expect(proposed("follows: 茶叶指数, way: percent, round: up_yuan", ["茶水标准"])).toEqual([]);
});

test("写错的规则指出文件、位置和改法", () => {
  expect(() => rule("follows: 茶叶指数, way: 随便, round: up_yuan")).toThrow("growth.yaml 的 rules[0].way");
});

test("规则里写的标准必须有；写错的名称启动时就指出来", () => {
  requireKnown(shelf, rule("follows: 茶叶指数, way: percent, round: up_yuan"), "growth.yaml");
  expect(() =>
    requireKnown(shelf, rule("follows: 茶叶指教, way: percent, round: up_yuan"), "growth.yaml"),
  ).toThrow("growth.yaml 的 rules[0].follows：没有「茶叶指教」这项标准，请按政策标准目录里的名称改写。");
});
