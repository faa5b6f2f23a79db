import fc from "fast-check";
import { Checker } from "../feel/check.ts";
import type { Ir, Scalar } from "../feel/ir.ts";
import type { Declared, Names } from "../feel/names.ts";
import { parseExpression } from "../feel/parse.ts";
import type { StaticType } from "../feel/types.ts";
import type { World } from "../machine/evaluate.ts";
import { COUNT } from "../units.ts";

/** Names and data for expressions that both this room and the `feelin` interpreter can run. */
export interface Situation {
  readonly household: Readonly<Record<string, Scalar>>;
  readonly members: readonly Readonly<Record<string, Scalar>>[];
}

const number: StaticType = { kind: "number", dims: COUNT, whole: true };
const DECLARED: Declared[] = [
  ...["甲", "乙", "丙"].map((name): Declared => ({ kind: "fact", name, entity: "家庭", type: number })),
  { kind: "fact", name: "空数", entity: "家庭", type: { ...number, nullable: true } },
  { kind: "fact", name: "真", entity: "家庭", type: { kind: "boolean" } },
  { kind: "fact", name: "假", entity: "家庭", type: { kind: "boolean" } },
  { kind: "fact", name: "区", entity: "家庭", type: { kind: "text", choices: ["城市", "农村"] } },
  { kind: "fact", name: "日", entity: "家庭", type: { kind: "date" } },
  { kind: "fact", name: "后日", entity: "家庭", type: { kind: "date" } },
  { kind: "fact", name: "岁", entity: "成员", type: number },
  { kind: "fact", name: "钱", entity: "成员", type: number },
  { kind: "fact", name: "计", entity: "成员", type: { kind: "boolean" } },
  { kind: "fact", name: "缺", entity: "成员", type: { ...number, nullable: true } },
];

export const names: Names = {
  find: (name) => DECLARED.find((d) => d.name === name),
  all: () => DECLARED.map((d) => d.name),
};

export function compileText(text: string): Ir {
  return new Checker(names, "家庭").check(parseExpression(text));
}

export function worldOf(s: Situation): World {
  return {
    firstDay: "2024-03-01",
    lastDay: "2024-03-31",
    memberCount: s.members.length,
    slots: [],
    fact: (name, member) => (member === undefined ? s.household[name]! : s.members[member]![name]!),
    variable: () => {
      throw new Error("no variables here");
    },
    parameter: () => {
      throw new Error("no parameters here");
    },
    unitOf: () => undefined,
  };
}

const small = fc.integer({ min: -12, max: 12 });
const date = fc
  .record({
    y: fc.integer({ min: 1990, max: 2030 }),
    m: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ y, m, d }) => `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`);

export const situations: fc.Arbitrary<Situation> = fc.record({
  household: fc.record({
    甲: small,
    乙: small,
    丙: small,
    空数: fc.option(small),
    真: fc.boolean(),
    假: fc.boolean(),
    区: fc.constantFrom("城市", "农村"),
    日: date,
    后日: date,
  }),
  members: fc.array(fc.record({ 岁: small, 钱: small, 计: fc.boolean(), 缺: fc.option(small) }), {
    minLength: 1,
    maxLength: 4,
  }),
});

/** Texts of well-typed expressions. Divisors are powers of two, so that binary floating point is exact too. */
export const expressions = fc.letrec<{
  num: string;
  bool: string;
  cond: string;
  memberNum: string;
  memberBool: string;
  list: string;
}>((tie) => ({
  num: fc.oneof(
    { maxDepth: 4, depthIdentifier: "e" },
    fc.constantFrom("甲", "乙", "丙", "空数", "0", "1", "2.5", "-3", "0.25", "7"),
    fc.tuple(tie("num"), fc.constantFrom("+", "-", "*"), tie("num")).map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie("num"), fc.constantFrom("2", "4", "-8")).map(([a, d]) => `(${a} / ${d})`),
    tie("num").map((a) => `-(${a})`),
    fc.tuple(tie("cond"), tie("num"), tie("num")).map(([c, a, b]) => `(if ${c} then ${a} else ${b})`),
    fc
      .tuple(fc.constantFrom("min", "max", "sum"), tie("num"), tie("num"))
      .map(([f, a, b]) => `${f}(${a}, ${b})`),
    fc.tuple(fc.constantFrom("floor", "ceiling", "abs"), tie("num")).map(([f, a]) => `${f}(${a})`),
    fc
      .tuple(fc.constantFrom("round half up", "round half down", "round up", "round down"), tie("num"))
      .map(([f, a]) => `${f}(${a}, 0)`),
    fc.tuple(fc.constantFrom("sum", "min", "max"), tie("list")).map(([f, l]) => `${f}(${l})`),
    tie("memberBool").map((c) => `count(成员[${c}])`),
    fc
      .tuple(fc.constantFrom("日", "后日"), fc.constantFrom("year", "month", "day"))
      .map(([d, p]) => `${d}.${p}`),
    fc.constant("(if 日 <= 后日 then years and months duration(日, 后日).years else 0)"),
    fc.tuple(tie("num"), fc.constantFrom("3", "-4", "5")).map(([a, b]) => `modulo(floor(${a}), ${b})`),
    fc
      .tuple(fc.constantFrom("甲", "2.5"), fc.constantFrom("0", "1", "2", "3"))
      .map(([a, n]) => `(${a} ** ${n})`),
  ),
  bool: fc.oneof(
    { maxDepth: 4, depthIdentifier: "e" },
    fc.constantFrom(
      "真",
      "假",
      "true",
      "false",
      '区 = "城市"',
      '区 in ("城市", "农村")',
      'not(区 != "农村")',
      "日 < 后日",
      "空数 = null",
      "空数 != null",
    ),
    fc
      .tuple(tie("num"), fc.constantFrom("=", "!=", "<", "<=", ">", ">="), tie("num"))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie("bool"), fc.constantFrom("and", "or"), tie("bool")).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie("bool").map((a) => `not(${a})`),
    fc
      .tuple(tie("num"), small, small)
      .map(([a, x, y]) => `(${a} between ${Math.min(x, y)} and ${Math.max(x, y)})`),
    fc
      .tuple(tie("num"), fc.constantFrom("[-3..4)", "(0..5]", "> 2", "(1, 2, 3)", "(< -2, > 6)", "[0..0]"))
      .map(([a, t]) => `(${a} in ${t})`),
    fc
      .tuple(
        fc.constantFrom("some", "every"),
        fc.constantFrom(
          "人.岁 > 2",
          "人.计 = true",
          "人.缺 != null",
          "人.缺 != null and 人.缺 > 0",
          "人.岁 < 甲",
        ),
      )
      .map(([q, c]) => `(${q} 人 in 成员 satisfies ${c})`),
    fc
      .constantFrom("日.year > 2005", 'date("2010-01-01") <= 日', 'duration("P1Y")')
      .map((t) => (t.startsWith("duration") ? '日 + duration("P1Y") > 后日' : t)),
  ),
  /** Never null, so that it may stand after `if`. */
  cond: fc.oneof(
    { maxDepth: 2, depthIdentifier: "e" },
    fc.constantFrom(
      "真",
      "假",
      '区 = "农村"',
      "空数 = null",
      "甲 > 乙",
      "丙 in [-2..3]",
      "日 < 后日",
      "甲 = 丙",
    ),
    fc.tuple(tie("cond"), fc.constantFrom("and", "or"), tie("cond")).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie("cond").map((a) => `not(${a})`),
  ),
  memberNum: fc.constantFrom("岁", "钱", "缺", "岁 + 钱", "钱 * 2 - 甲", "岁 / 4"),
  memberBool: fc.oneof(
    fc.constantFrom(
      "计 = true",
      "计 = false",
      "岁 >= 0 and 计 = true",
      "缺 = null",
      "岁 in [-3..5)",
      "not(计 = true) = true",
    ),
    fc
      .tuple(tie("memberNum"), fc.constantFrom("<", ">="), fc.constantFrom("0", "甲", "3"))
      .map(([a, op, b]) => `${a} ${op} ${b}`),
  ),
  list: fc.oneof(
    fc.constantFrom("成员.岁", "成员.钱", "成员.缺", "[甲, 乙, 1]"),
    fc.tuple(tie("memberBool"), fc.constantFrom("岁", "钱", "缺")).map(([c, f]) => `成员[${c}].${f}`),
  ),
}));
