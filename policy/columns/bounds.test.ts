import { expect, it } from "vitest";
import { decide } from "../decide.ts";
import { loadRuleSet } from "../load.ts";
import { toSql } from "../sql/index.ts";
import { typedOf } from "../testing/facts.ts";
import { compileColumns, resultAt } from "./index.ts";

/** Rules that would grow without end if each use were written out: code stays in proportion to the rules. */
const doubling = (length: number) =>
  Array.from(
    { length },
    (_, i) =>
      `量${i}: { entity: 家庭, type: integer, formula: { 2020-01-01: ${i === 0 ? "起" : `量${i - 1} + 量${i - 1}`} } }\n`,
  ).join("");
const nested = (depth: number) => `${"(if 起 > 1 then 起 else ".repeat(depth)}起${")".repeat(depth)}`;

function rules(extra: string) {
  return loadRuleSet({
    name: "界",
    rules: [
      {
        file: "r.yaml",
        text: `起: { entity: 家庭, type: integer, input: true, min: 0, max: 1000 }\n人: { entity: 成员, type: boolean, input: true, unrecorded: false }\n${extra}`,
      },
    ],
    parameters: [],
  });
}

it.each([
  ["a chain that doubles sixty times and leaves the safe integers", doubling(60), "量59"],
  ["a chain that doubles forty times and does not", doubling(40), "量39"],
  [
    "forty ifs in one another",
    `量: { entity: 家庭, type: integer, formula: { 2020-01-01: "${nested(40)}" } }\n`,
    "量",
  ],
])("%s compiles and computes in bounded time and length", (_what, extra, name) => {
  const ruleSet = rules(extra);
  const began = performance.now();
  const one = { household: { 起: { value: 7 } }, members: [{}] };
  const machine = compileColumns(ruleSet, { month: "2024-03", wanted: [name] });
  const households = typedOf(ruleSet, [one]);
  const d = decide(ruleSet, { month: "2024-03", wanted: [name], ...one });
  const expected = d.results[name]!.known && d.results[name]!.value;
  if (Number.isSafeInteger(expected)) {
    expect(resultAt(machine.evaluate(households)[name]!, 0)).toBe(expected);
  } else expect(() => machine.evaluate(households)).not.toThrow();
  const sql = toSql(ruleSet, {
    month: "2024-03",
    wanted: [name],
    households: { table: "h", id: "id" },
    members: { table: "m", id: "id", household: "household" },
  });
  expect(machine.codeBytes(households)).toBeLessThan(30_000);
  expect(sql.households!.length).toBeLessThan(100_000);
  expect(performance.now() - began).toBeLessThan(5_000);
});

it("formula upon formula, deeper than the stack, is computed by rows in bounded time", () => {
  const [length, depth] = [190, 18];
  const chain = Array.from({ length }, (_, i) => {
    const before = i === 0 ? "起" : `量${i - 1}`;
    const text = `${"(if 起 > 1 then ".repeat(depth)}${before} + ${i % 2 ? 1 : -1}${Array.from({ length: depth }, (_, k) => ` else ${before} + ${k})`).join("")}`;
    return `量${i}: { entity: 家庭, type: integer, formula: { 2020-01-01: "${text}" } }\n`;
  }).join("");
  const name = `量${length - 1}`;
  const ruleSet = rules(chain);
  const began = performance.now();
  const machine = compileColumns(ruleSet, { month: "2024-03", wanted: [name] });
  const households = typedOf(ruleSet, [{ household: { 起: { value: 7 } }, members: [{}] }]);
  expect(machine.reasonForRows(households)).toMatch(/太深|太长/);
  expect(resultAt(machine.evaluate(households)[name]!, 0)).toBe(7);
  expect(performance.now() - began).toBeLessThan(10_000);
});

it("depth that no stack holds is a sentence, not a crash", () => {
  const [length, depth] = [190, 50];
  const chain = Array.from({ length }, (_, i) => {
    const before = i === 0 ? "起" : `量${i - 1}`;
    const text = `${"(if 起 > 1 then ".repeat(depth)}${before}${" else 0)".repeat(depth)}`;
    return `量${i}: { entity: 家庭, type: integer, formula: { 2020-01-01: "${text}" } }\n`;
  }).join("");
  const ruleSet = rules(chain);
  const ask = () =>
    decide(ruleSet, {
      month: "2024-03",
      wanted: [`量${length - 1}`],
      household: { 起: { value: 7 } },
      members: [{}],
    });
  expect(ask).toThrow(/太深，算不下去/);
});

it("names cannot become code", () => {
  const name = "甲_constructor";
  const ruleSet = rules(
    `${name}: { entity: 家庭, type: text, choices: ['x"+process.exit(1)+"', "'; drop table h; --"], formula: { 2020-01-01: "if 起 > 1 then \\"'; drop table h; --\\" else 'x'" } }\n`.replace(
      " else 'x'",
      ' else \\"\'; drop table h; --\\"',
    ),
  );
  const machine = compileColumns(ruleSet, { month: "2024-03", wanted: [name] });
  const households = typedOf(ruleSet, [{ household: { 起: { value: 7 } }, members: [{}] }]);
  expect(resultAt(machine.evaluate(households)[name]!, 0)).toBe("'; drop table h; --");
  const sql = toSql(ruleSet, {
    month: "2024-03",
    wanted: [name],
    households: { table: 'h"; drop table x; --', id: "id" },
    members: { table: "m", id: "id", household: "household" },
  });
  expect(sql.households).toContain("'''; drop table h; --'");
  expect(sql.households).toContain('"h""; drop table x; --"');
});
