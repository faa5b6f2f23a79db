import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateBatch } from "./batch.ts";
import { decide } from "./decide.ts";
import { columnsOf, householdsOf } from "./testing/facts.ts";
import { toy } from "./testing/toy.ts";

const ruleSet = toy();
const wanted = [...ruleSet.variables.keys()];

describe("the batch gives the same answers as one decision", () => {
  it("for random households with missing facts, in every version", () => {
    fc.assert(
      fc.property(
        fc.array(householdsOf(ruleSet), { minLength: 1, maxLength: 6 }),
        fc.constantFrom("2020-01", "2023-12", "2024-01", "2025-01"),
        (list, month) => {
          const batch = evaluateBatch(ruleSet, { month, wanted, households: columnsOf(ruleSet, list) });
          let start = 0;
          for (const [h, one] of list.entries()) {
            const d = decide(ruleSet, { month, wanted, ...one });
            for (const name of wanted) {
              const column = batch.columns[name]!;
              const single = d.results[name];
              if (single)
                expect([name, column.values[h]]).toEqual([name, single.known ? single.value : undefined]);
              for (const [i, r] of (d.memberResults[name] ?? []).entries()) {
                expect([name, column.values[start + i]]).toEqual([name, r.known ? r.value : undefined]);
              }
            }
            start += one.members.length;
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("takes typed arrays and absent columns", () => {
    const { columns } = evaluateBatch(ruleSet, {
      month: "2024-03",
      wanted: ["人均收入", "符合条件"],
      households: {
        count: 2,
        offsets: Int32Array.of(0, 1, 3),
        household: { 区域类型: ["城市", "农村"], 存款: Float64Array.of(0, 0) },
        members: {
          出生日期: ["1940-01-01", "1950-01-01", "1990-01-01"],
          月收入: Int32Array.of(10_000, 0, 33_333),
        },
      },
    });
    expect(columns.人均收入?.values).toEqual([10_000, 16_667]);
    expect(columns.符合条件?.values).toEqual([true, true]);
  });

  it("of nothing is nothing", () => {
    expect(
      evaluateBatch(ruleSet, {
        month: "2024-03",
        wanted: ["餐补"],
        households: { count: 0, offsets: [0], household: {}, members: {} },
      }).columns.餐补?.values,
    ).toEqual([]);
  });
});
