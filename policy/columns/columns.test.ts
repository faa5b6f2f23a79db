import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../decide.ts";
import { loadRuleSet } from "../load.ts";
import { expressions, situations } from "../testing/expressions.ts";
import { householdsOf, typedOf } from "../testing/facts.ts";
import { generatedFacts, generatedRules } from "../testing/generated.ts";
import { toy } from "../testing/toy.ts";
import type { Facts, PlainValue, RuleSet } from "../types.ts";
import { compileColumns, resultAt, typedColumn } from "./index.ts";

type Household = { household: Facts; members: readonly Facts[] };

/** Whether columns did it themselves. */
function agree(ruleSet: RuleSet, month: string, list: readonly Household[]): boolean {
  const wanted = [...ruleSet.variables.keys()];
  const machine = compileColumns(ruleSet, { month, wanted });
  const households = typedOf(ruleSet, list);
  const results = machine.evaluate(households);
  let start = 0;
  for (const [h, one] of list.entries()) {
    const d = decide(ruleSet, { month, wanted, ...one });
    for (const name of wanted) {
      const single = d.results[name];
      if (single)
        expect([name, resultAt(results[name]!, h)]).toEqual([name, single.known ? single.value : undefined]);
      for (const [i, r] of (d.memberResults[name] ?? []).entries())
        expect([name, resultAt(results[name]!, start + i)]).toEqual([name, r.known ? r.value : undefined]);
    }
    start += one.members.length;
  }
  return machine.reasonForRows(households) === undefined;
}

const facts = (f: Record<string, PlainValue>): Facts =>
  Object.fromEntries(Object.entries(f).map(([k, value]) => [k, { value }]));

describe("columns give the same answers as one decision", () => {
  const ruleSet = toy();

  it("for random households with missing facts, in every version", () => {
    fc.assert(
      fc.property(
        fc.array(householdsOf(ruleSet), { minLength: 1, maxLength: 6 }),
        fc.constantFrom("2020-01", "2023-12", "2024-01", "2025-01"),
        (list, month) => void agree(ruleSet, month, list),
      ),
      { numRuns: 100 },
    );
  });

  it("for generated formulas and data", () => {
    let byColumns = 0;
    let ran = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            expressions.num.map((text) => ({ type: "number" as const, text })),
            expressions.bool.map((text) => ({ type: "boolean" as const, text })),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        fc.array(situations, { minLength: 1, maxLength: 4 }),
        fc.subarray(["甲", "乙", "空数", "真", "日", "岁", "计", "缺"], { maxLength: 2 }),
        (formulas, list, missing) => {
          const generated = generatedRules(formulas);
          if (!generated) return;
          ran++;
          if (
            agree(
              generated,
              "2024-03",
              list.map((s) => generatedFacts(s, missing)),
            )
          )
            byColumns++;
        },
      ),
      { numRuns: 400 },
    );
    expect(byColumns).toBeGreaterThan(ran * 0.9);
  });

  it("by columns, not by rows", () => {
    const machine = compileColumns(ruleSet, { month: "2024-03", wanted: ["餐补", "收入说明", "每餐档次"] });
    const households = typedOf(ruleSet, [
      {
        household: facts({ 区域类型: "城市", 存款: 0, 年收入: 0 }),
        members: [facts({ 出生日期: "1940-05-01", 独居: true, 月收入: 0 })],
      },
    ]);
    expect(machine.reasonForRows(households)).toBeUndefined();
    expect(machine.codeBytes(households)).toBeGreaterThan(0);
    expect(resultAt(machine.evaluate(households).餐补!, 0)).toBe(24_000);
  });
});

const SUMS = loadRuleSet({
  name: "合计",
  rules: [
    {
      file: "r.yaml",
      text: `
收入: { entity: 成员, type: money, input: true, min: 0 }
生日: { entity: 成员, type: date, input: true }
份: { entity: 家庭, type: integer, input: true }
总收入:
  entity: 家庭
  type: money
  formula:
    2020-01-01: sum(成员.收入) * 份
人均:
  entity: 家庭
  type: money
  formula:
    2020-01-01: sum(成员.收入) / count(成员)
  round: half_up_fen
岁:
  entity: 成员
  type: integer
  formula:
    2020-01-01: years and months duration(生日, 本月末).years
最大:
  entity: 家庭
  type: integer
  formula:
    2020-01-01: max(成员.岁)
`,
    },
  ],
  parameters: [],
});

describe("where columns cannot be exact, rows are", () => {
  const member = (收入: number) => facts({ 收入, 生日: "1960-02-29" });
  it.each([
    ["totals beyond the safe integers", 3, [4e15, 4e15]],
    ["large but safe", 1, [2 ** 40, 2 ** 41]],
    ["more members than a chunk is sized for", 2, Array.from({ length: 50 }, (_, i) => i * 1001)],
  ])("%s", (_what, 份, incomes) => {
    const month = "2024-02";
    const list = [
      { household: facts({ 份: 2 }), members: [member(5)] },
      { household: facts({ 份 }), members: incomes.map(member) },
    ];
    agree(SUMS, month, list);
  });

  it("a fact that does not fit is refused as in a decision", () => {
    const households = typedOf(SUMS, [{ household: facts({ 份: 1 }), members: [member(-1)] }]);
    expect(() => compileColumns(SUMS, { month: "2024-02", wanted: ["人均"] }).evaluate(households)).toThrow(
      /不能小于 0 元/,
    );
  });

  it("a household without members is refused", () => {
    const households = {
      count: 1,
      offsets: Int32Array.of(0, 0),
      household: { 份: typedColumn(SUMS.inputs.find((i) => i.name === "份")!, [1]) },
      members: {},
    };
    expect(() => compileColumns(SUMS, { month: "2024-02", wanted: ["人均"] }).evaluate(households)).toThrow(
      /一个成员也没有/,
    );
  });

  it("the household without members is named by its place, wherever it stands", () => {
    const count = 1000;
    const offsets = Int32Array.from({ length: count + 1 }, (_, h) => (h > 777 ? h - 1 : h));
    const households = {
      count,
      offsets,
      household: { 份: { data: new Int32Array(count) } },
      members: {},
    };
    expect(() => compileColumns(SUMS, { month: "2024-02", wanted: ["总收入"] }).evaluate(households)).toThrow(
      /第 778 户一个成员也没有/,
    );
  });

  it("a column that is too short is refused, not read beyond its end", () => {
    const households = {
      count: 3,
      offsets: Int32Array.of(0, 1, 2, 3),
      household: { 份: { data: new Int32Array(2) } },
      members: { 收入: { data: new Int32Array(3) } },
    };
    expect(() => compileColumns(SUMS, { month: "2024-02", wanted: ["总收入"] }).evaluate(households)).toThrow(
      /“份”只有 2 个值，应当有 3 个/,
    );
  });

  it("offsets that go back are not followed", () => {
    const offsets = Int32Array.of(0, 5, 1, -3, 2 ** 30, 2);
    const households = {
      count: 5,
      offsets,
      household: { 份: { data: new Int32Array(5) } },
      members: { 收入: { data: new Int32Array(2) } },
    };
    expect(() => compileColumns(SUMS, { month: "2024-02", wanted: ["总收入"] }).evaluate(households)).toThrow(
      /一个成员也没有/,
    );
  });

  it("a block of large households is computed in parts", () => {
    const list = Array.from({ length: 300 }, (_, h) => ({
      household: facts({ 份: h }),
      members: Array.from({ length: 20 }, (_, i) => member(h * i)),
    }));
    agree(SUMS, "2024-02", list);
  });

  it("dates kept as months give the same ages", () => {
    const months = [-400, 0, 700, 1471, 1490];
    const dates = months.map(
      (m) => `${1900 + Math.floor(m / 12)}-${String((((m % 12) + 12) % 12) + 1).padStart(2, "0")}-01`,
    );
    for (const data of [Int16Array.from(months), Int32Array.from(months)]) {
      const machine = compileColumns(SUMS, { month: "2024-02", wanted: ["岁", "最大"] });
      const results = machine.evaluate({
        count: 1,
        offsets: Int32Array.of(0, months.length),
        household: {},
        members: { 生日: { data, monthsSince: "1900-01" } },
      });
      const d = decide(SUMS, {
        month: "2024-02",
        wanted: ["岁", "最大"],
        household: {},
        members: dates.map((生日) => facts({ 生日 })),
      });
      const ages = d.memberResults.岁!.map((r) => (r.known ? r.value : undefined));
      expect(Array.from(results.岁!.data)).toEqual(ages);
      expect(results.最大!.data[0]).toBe(157);
    }
  });
});
