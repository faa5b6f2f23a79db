import { expect, it } from "vitest";
import { loadRuleSet } from "../load.ts";
import { compileColumns } from "./index.ts";

/** Divisors that the machine divides by in different ways, by how large the dividend may be. */
const DIVISORS = [1, 2, 3, 7, 12, 20, 97, 100, 365, 1461, 9999, 65_537, 1_000_003];
const MOST = [255, 12_290, 65_535, 420_000, 2 ** 22 - 1, 2 ** 22, 2 ** 24 + 5, 2 ** 31 - 1, 2 ** 45];

it.each(MOST)("quotients are exact on both sides of every multiple, up to %d", (most) => {
  const variables = DIVISORS.flatMap((d, i) => [
    `商${i}: { entity: 家庭, type: integer, formula: { 2020-01-01: "floor(数 / ${d})" } }`,
    `变${i}: { entity: 家庭, type: integer, nullable: true, formula: { 2020-01-01: "floor(数 / (除 + ${d}))" } }`,
    `负${i}: { entity: 家庭, type: integer, formula: { 2020-01-01: "round down(-数 / ${d}, 0)" } }`,
  ]);
  const ruleSet = loadRuleSet({
    name: "商",
    rules: [
      {
        file: "r.yaml",
        text: `数: { entity: 家庭, type: integer, input: true, min: 0, max: ${most} }\n除: { entity: 家庭, type: integer, input: true, min: 0, max: 9 }\n${variables.join("\n")}`,
      },
    ],
    parameters: [],
  });
  const numbers = [0, most];
  for (const d of DIVISORS)
    for (let step = 1; step * d <= most; step = Math.ceil(step * 1.7))
      numbers.push(...[-1, 0, 1].map((by) => Math.min(most, step * d + by)));
  const count = numbers.length;
  const machine = compileColumns(ruleSet, { month: "2024-03", wanted: [...ruleSet.variables.keys()] });
  const households = {
    count,
    offsets: Int32Array.from({ length: count + 1 }, (_, h) => h),
    household: {
      数: { data: most < 2 ** 31 ? Int32Array.from(numbers) : Float64Array.from(numbers) },
      除: { data: Uint8Array.from(numbers, (n) => n % 10) },
    },
    members: {},
  };
  expect(machine.reasonForRows(households)).toBeUndefined();
  const results = machine.evaluate(households);
  for (const [i, d] of DIVISORS.entries()) {
    const exact = (n: number, by: number) => Number(BigInt(n) / BigInt(by));
    expect(Array.from(results[`商${i}`]!.data)).toEqual(numbers.map((n) => exact(n, d)));
    expect(Array.from(results[`变${i}`]!.data)).toEqual(numbers.map((n) => exact(n, d + (n % 10))));
    expect(Array.from(results[`负${i}`]!.data)).toEqual(numbers.map((n) => 0 - exact(n, d)));
  }
});
