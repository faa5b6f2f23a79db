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
分档标准:
  unit: 元/月
  values:
    2023-01-01: { 城: 1, 乡: 2 }
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

test("不会有结果的规则、漏写或写错的名称，启动时都指出来，不悄悄略过", () => {
  const known = (rest: string) => () => requireKnown(shelf, rule(rest), "growth.yaml");
  expect(known("follows: 茶叶指数, of: 城市, way: percent, round: up_yuan")).toThrow(
    "rules[0].of：「茶叶指数」只有一个数，请去掉 of。",
  );
  expect(known("follows: 茶水标准, way: ratio, round: up_yuan")).toThrow("不能随自己调整");
  expect(known("follows: 分档标准, way: ratio, round: up_yuan")).toThrow(
    "rules[0].of：「分档标准」有几个数，请写明随哪一个：城、乡。",
  );
  expect(known("follows: 分档标准, of: 县, way: ratio, round: up_yuan")).toThrow("请写 城、乡 之一");
  known("follows: 分档标准, of: 城, way: ratio, round: up_yuan")();
  const [one] = rule("follows: 茶叶指数, way: percent, round: up_yuan");
  if (!one) throw new Error("no rule");
  expect(() => requireKnown(shelf, [one, one], "growth.yaml")).toThrow(
    "rules[1].standard：「茶水标准」前面已经写过",
  );
  const read = (text: string) => () => readGrowth({ file: "growth.yaml", text });
  expect(read("rule: []")).toThrow("growth.yaml 的 rule：不是已知的名称");
  expect(read("- a")).toThrow("最外层应写 rules:");
  expect(read("rules: {")).toThrow("写法不对");
  expect(read("rules:\n  - 茶水标准")).toThrow("rules[0]：应写");
  expect(() => rule("follows: 茶叶指数, way: percent, times: 2, round: up_yuan")).toThrow("rules[0].times");
  expect(() => rule("follows: 茶叶指数, way: times, round: up_yuan")).toThrow("rules[0].times");
  expect(() => rule("follows: 茶叶指数, way: percent, round: up_yuan, folows: 1")).toThrow("rules[0].folows");
});
