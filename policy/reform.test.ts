import { describe, expect, it } from "vitest";
import { loadRuleSet } from "./load.ts";
import { parameterAt } from "./parameters.ts";
import { backDated, compareReform, withReform } from "./reform.ts";
import { typedOf } from "./testing/facts.ts";
import type { Facts, PlainValue } from "./types.ts";

const BASE = {
  name: "补差",
  rules: [
    {
      file: "rules.yaml",
      text: `
区域类型: { entity: 家庭, type: text, choices: [城市, 农村], input: true }
收入: { entity: 成员, type: money, input: true }
人数: { entity: 家庭, type: integer, formula: { 2020-01-01: count(成员) } }
家庭收入: { entity: 家庭, type: money, formula: { 2020-01-01: sum(成员.收入) } }
补助:
  entity: 家庭
  type: money
  formula:
    2020-01-01: max(0, 标准 * 人数 - 家庭收入)
`,
    },
  ],
  parameters: [
    {
      file: "parameters.yaml",
      text: `
标准:
  unit: 元/月
  by: 区域类型
  values:
    2020-01-01: { 城市: 600, 农村: 400, 文号: 旧文 }
照料标准:
  derived: { from: 标准, times: 1.3, round: up_yuan }
`,
    },
  ],
};
const raised = (since: string) =>
  loadRuleSet(
    withReform(BASE, {
      parameters: {
        file: "reform.yaml",
        text: `标准: { values: { ${since}: { 城市: 700, 农村: 400, 文号: 新文 } } }`,
      },
    }),
  );
const facts = (f: Record<string, PlainValue>): Facts =>
  Object.fromEntries(Object.entries(f).map(([k, value]) => [k, { value }]));
const home = (区域类型: string, ...incomes: (number | undefined)[]) => ({
  household: facts({ 区域类型 }),
  members: incomes.map((收入) => (收入 === undefined ? {} : facts({ 收入 }))),
});
const HOMES = [
  home("城市", 50_000, 0), // 600 × 2 − 500 → 700 → 900
  home("城市", 65_000), // over the old standard, below the new
  home("城市", 90_000),
  home("农村", 10_000),
  home("城市", undefined),
];

describe("a reform", () => {
  const before = loadRuleSet(BASE);
  const households = typedOf(before, HOMES);
  const townships = ["甲镇", "甲镇", "乙镇", "乙镇", "乙镇"];

  it("tells who enters, gains and stays, by township, and what it costs", () => {
    const impact = compareReform(before, raised("2024-01-01"), {
      month: "2024-03",
      amount: "补助",
      households,
      townships,
    });
    expect(impact.total).toEqual({
      households: 5,
      enter: 1,
      leave: 0,
      gain: 1,
      lose: 0,
      same: 2,
      undetermined: 1,
      beforeFen: 100_000,
      afterFen: 125_000,
      differenceFen: 25_000,
    });
    expect(impact.byTownship.get("甲镇")).toMatchObject({ enter: 1, gain: 1, differenceFen: 25_000 });
    expect(impact.byTownship.get("乙镇")).toMatchObject({ same: 2, undetermined: 1, differenceFen: 0 });
    expect(impact.yearlyDifferenceFen).toBe(300_000);
    expect(impact.versions.before).not.toBe(impact.versions.after);
  });

  it("keeps old months, and derives what is derived from the new value", () => {
    const after = raised("2024-01-01");
    expect(parameterAt(after, "标准", "2023-12", { 区域类型: "城市" }).value).toBe(60_000);
    expect(parameterAt(after, "照料标准", "2024-01", { 区域类型: "城市" })).toMatchObject({
      value: 91_000,
      document: "新文",
    });
  });

  it("back-dated, gives the exact difference per past month", () => {
    const months = ["2023-12", "2024-01", "2024-02"].map((month) => ({ month, households }));
    const back = backDated(before, raised("2024-01-01"), "补助", months);
    expect(back.map((b) => [b.month, b.totalFen, b.undetermined])).toEqual([
      ["2023-12", 0, 1],
      ["2024-01", 25_000, 1],
      ["2024-02", 25_000, 1],
    ]);
    expect([...back[1]!.differenceFen].slice(0, 4)).toEqual([20_000, 5_000, 0, 0]);
  });

  it("changes a formula from a date, and takes away as well as gives", () => {
    const after = loadRuleSet(
      withReform(BASE, {
        rules: { file: "r.yaml", text: "补助: { formula: { 2024-01-01: 'if 人数 >= 2 then 标准 else 0' } }" },
      }),
    );
    const impact = compareReform(before, after, { month: "2024-03", amount: "补助", households, townships });
    expect(impact.total).toMatchObject({ leave: 1, lose: 1, enter: 0, gain: 0, differenceFen: -40_000 });
    expect(
      compareReform(before, after, { month: "2023-12", amount: "补助", households, townships }).total.same,
    ).toBe(4);
  });
});
