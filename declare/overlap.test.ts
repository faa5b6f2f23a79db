import { expect, test } from "vitest";
import { exclusionsAmong, overlapIn, readOverlap } from "./overlap.ts";

const national = {
  file: "domains/overlap.yaml",
  text: `
benefits: [汤, 茶, 包]
pairs:
  - { between: [汤, 茶], since: 2020-01-01, together: false, article: 第一条 }
  - { between: [茶, 汤], since: 2024-07-01, together: true, article: 第二条 }
  - { between: [茶, 包], since: 2020-01-01, together: false, article: 第三条 }
`,
};
const items = [
  ["soup", ["汤"]],
  ["tea", ["茶"]],
  ["set", ["汤", "包"]],
] as const;

test("a pair is dated; an item with two benefits stands in the pairs of both", () => {
  const overlap = readOverlap(national);
  const named = (month: string) =>
    exclusionsAmong(overlap, items, month).map((e) => `${e.item} ${e.slot} ${e.article}`);
  expect(named("2019-12")).toEqual([]);
  const both = ["tea 包×茶 第三条", "set 包×茶 第三条"];
  const early = ["soup 汤×茶 第一条", "tea 汤×茶 第一条", "set 汤×茶 第一条"];
  expect(named("2024-06").sort()).toEqual([...early, ...both].sort());
  expect(named("2024-07").sort()).toEqual([...both].sort());
});

test("a pair of which only one item is here needs no slot", () => {
  expect(exclusionsAmong(readOverlap(national), [items[0]], "2024-01")).toEqual([]);
});

test("a county lays its own rule over the national one", () => {
  const county = {
    file: "counties/430621/overlap.yaml",
    text: "pairs: [{ between: [包, 茶], since: 2024-01-01, together: true, article: 县发1号 }]",
  };
  const [rule] = overlapIn(readOverlap(national, county), "2024-03").filter((r) => r.ofCounty);
  expect(rule).toMatchObject({ together: true, article: "县发1号" });
  expect(exclusionsAmong(readOverlap(national, county), items, "2024-03").map((e) => e.slot)).not.toContain(
    "包×茶",
  );
});

test("a fault names file, place and mend", () => {
  const text =
    "benefits: [汤]\npairs:\n  - { between: [汤, 糖], since: 2020-01-01, together: false, article: 一 }\n  - { between: [汤], since: 2020, together: no }";
  expect(() => readOverlap({ file: "x.yaml", text })).toThrow(
    /pairs\[1\]\.between：应写两个[\s\S]*x\.yaml：“糖”不在待遇名称里/,
  );
  expect(() => readOverlap(national, { file: "y.yaml", text: "benefits: [新]" })).toThrow(
    /y\.yaml：待遇名称只在/,
  );
});
