import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Condition, fieldsOf, holds } from "./index.ts";

const answers = {
  残疾等级: "二级",
  残疾类别: ["视力", "肢体"],
  年龄: 61,
  在校: false,
  备注: "",
  子女: [],
  户主: null,
};

describe("单个条件", () => {
  const cases: [Condition, boolean][] = [
    [{ field: "残疾等级", is: "二级" }, true],
    [{ field: "残疾等级", isNot: "二级" }, false],
    [{ field: "残疾等级", in: ["一级", "二级"] }, true],
    [{ field: "残疾类别", is: "肢体" }, true],
    [{ field: "残疾类别", isNot: "智力" }, true],
    [{ field: "残疾类别", in: ["智力", "视力"] }, true],
    [{ field: "年龄", atLeast: 60 }, true],
    [{ field: "年龄", atLeast: 61 }, true],
    [{ field: "年龄", atMost: 60 }, false],
    [{ field: "在校", is: false }, true],
    [{ field: "在校", known: true }, true],
    [{ field: "备注", known: false }, true],
    [{ field: "子女", known: true }, false],
    [{ field: "户主", is: null }, true],
    [{ field: "没有这个字段", is: null }, true],
    [{ field: "没有这个字段", isNot: "是" }, true],
    [{ field: "没有这个字段", atLeast: 0 }, false],
    [{ field: "没有这个字段", atMost: 99 }, false],
    [{ field: "残疾等级", atLeast: 1 }, false],
  ];
  test.each(cases)("%j → %s", (condition, expected) => {
    expect(holds(condition, answers)).toBe(expected);
  });

  test('数字与文字不混："61" 不是 61', () => {
    expect(holds({ field: "年龄", is: "61" }, answers)).toBe(false);
  });

  test("对象自带的名字不是字段", () => {
    expect(holds({ field: "constructor", known: true }, {})).toBe(false);
    expect(holds({ field: "toString", known: true }, answers)).toBe(false);
  });
});

test("组合：空的“全部”成立，空的“任一”不成立", () => {
  expect(holds({ all: [] }, {})).toBe(true);
  expect(holds({ any: [] }, {})).toBe(false);
});

test("用到的字段各列一次", () => {
  expect(
    fieldsOf({
      all: [{ field: "甲", is: 1 }, { any: [{ field: "乙", known: true }, { not: { field: "甲", is: 2 } }] }],
    }),
  ).toEqual(["甲", "乙"]);
});

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small" },
    fc.record({ field: fc.constantFrom("a", "b", "c"), is: fc.constantFrom(1, 2, "x", null) }),
    fc.record({ field: fc.constantFrom("a", "b", "c"), atLeast: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ not: tie("condition") }),
    fc.record({ all: fc.array(tie("condition"), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("condition"), { maxLength: 3 }) }),
  ),
}));
const values = fc.dictionary(
  fc.constantFrom("a", "b", "c"),
  fc.constantFrom<unknown>(1, 2, 3, "x", null, undefined),
);

test("否定总是相反；德摩根律；存成 JSON 再读回结果不变；没提到的字段不影响结果", () => {
  fc.assert(
    fc.property(condition, condition, values, (p, q, v) => {
      const both = holds({ all: [p, q] }, v);
      return (
        holds({ not: p }, v) === !holds(p, v) &&
        both === !holds({ any: [{ not: p }, { not: q }] }, v) &&
        holds(JSON.parse(JSON.stringify(p)), v) === holds(p, v) &&
        holds(p, { ...v, 无关: 1 }) === holds(p, v) &&
        fieldsOf(p).every((f) => ["a", "b", "c"].includes(f))
      );
    }),
  );
});
