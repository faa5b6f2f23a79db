import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PolicyError } from "./errors.ts";
import { FeelFault } from "./feel/ast.ts";
import { loadRuleSet } from "./load.ts";
import { compileText, expressions } from "./testing/expressions.ts";
import { PARAMETERS, RULES } from "./testing/toy.ts";

/** Whatever is typed in, the answer is a rule set or sentences about what is wrong; never a crash, never a hang. */
function survives(rules: string, parameters: string): void {
  try {
    loadRuleSet({
      name: "试",
      rules: [{ file: "r.yaml", text: rules }],
      parameters: [{ file: "p.yaml", text: parameters }],
    });
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    for (const p of error.problems) {
      expect(p.message).not.toBe("");
      expect(p.mend).not.toBe("");
    }
  }
}

const PIECES = [
  ..."()[]{}.,:|>-+*/<=\"'#&!%@ \n",
  "成员",
  "家庭",
  "if ",
  " then ",
  " else ",
  " and ",
  "not(",
  "count(",
  "null",
  "1e99",
  "**",
  "true",
  "年龄",
  "餐补标准",
  "2020-01-01: ",
  "formula:\n",
  "entity: 家庭\n",
  "\u0000",
  "😀",
  "__proto__",
  "constructor",
  "(",
  "，",
  "&a ",
  "*a",
];
const damage = (text: string) =>
  fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: text.length }),
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(...PIECES),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((cuts) =>
      cuts.reduce((t, [at, length, piece]) => t.slice(0, at) + piece + t.slice(at + length), text),
    );

describe("no text makes the loader crash", () => {
  it("damaged rules", () => {
    fc.assert(
      fc.property(damage(RULES), (text) => survives(text, PARAMETERS)),
      { numRuns: 60 },
    );
  });
  it("damaged parameters", () => {
    fc.assert(
      fc.property(damage(PARAMETERS), (text) => survives(RULES, text)),
      { numRuns: 40 },
    );
  });
  it("anything at all as a formula", () => {
    const soup = fc
      .array(fc.constantFrom(...PIECES, "甲", "乙", "岁", "区"), { maxLength: 14 })
      .map((p) => p.join(""));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string(), expressions.num.chain(damage)), (text) => {
        try {
          compileText(text);
        } catch (error) {
          if (!(error instanceof FeelFault)) throw error;
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe("pathological rules are refused quickly", () => {
  const refused = (formula: string) => {
    try {
      compileText(formula);
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };
  it("deep, long and huge", () => {
    expect(refused(`${"(".repeat(500)}1${")".repeat(500)}`)).toMatch(/括号超过/);
    expect(refused(`${"not(".repeat(110)}真${")".repeat(110)}`)).toBe("");
    expect(refused(Array.from({ length: 400 }, () => "甲").join(" + "))).toMatch(/嵌套超过/);
    expect(refused("甲 + ".repeat(5000))).toMatch(/超过 8000 个字符/);
    expect(refused("((((((1e99 ** 8) ** 8) ** 8) ** 8) ** 8) ** 8)")).toMatch(/数太大/);
    expect(refused("甲 ** 甲")).toMatch(/乘方/);
  });

  it("a chain of variables too long for the machines", () => {
    const chain = Array.from(
      { length: 400 },
      (_, i) =>
        `量${i}:\n  entity: 家庭\n  type: integer\n  formula:\n    2020-01-01: ${i === 399 ? "1" : `量${i + 1} + 1`}\n`,
    ).join("");
    expect(() =>
      loadRuleSet({ name: "链", rules: [{ file: "r.yaml", text: chain }], parameters: [] }),
    ).toThrow(/要经过 200 个以上的变量/);
  });
});
