import fc from "fast-check";
import { expect, test } from "vitest";
import { fen, upperYuan } from "./index.ts";

test.each([
  [0, "零元整"],
  [5, "伍分"],
  [50, "伍角"],
  [55, "伍角伍分"],
  [10_000, "壹佰元整"],
  [100_520, "壹仟零伍元贰角"],
  [123_456, "壹仟贰佰叁拾肆元伍角陆分"],
  [140_950, "壹仟肆佰零玖元伍角"],
  [32_504, "叁佰贰拾伍元零肆分"],
  [600_714, "陆仟零柒元壹角肆分"],
  [1_640_902, "壹万陆仟肆佰零玖元零贰分"],
  [1_000_00, "壹仟元整"],
  [1_000_000, "壹万元整"],
  [1_000_500, "壹万零伍元整"],
  [1_005_000, "壹万零伍拾元整"],
  [10_700_053, "壹拾万柒仟元伍角叁分"],
  [100_000_000, "壹佰万元整"],
  [10_000_000_000, "壹亿元整"],
  [10_000_000_500, "壹亿零伍元整"],
  [10_500_000_000, "壹亿零伍佰万元整"],
  [1_000_050_000_000, "壹佰亿零伍拾万元整"],
  [-90_000, "负玖佰元整"],
  [Number.MAX_SAFE_INTEGER, "玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分"],
])("%i 分写作 %s", (amount, expected) => {
  expect(upperYuan(amount)).toBe(expected);
});

/** Reads the capitals back independently of how they were written. */
function read(text: string): number {
  const digits = "零壹贰叁肆伍陆柒捌玖";
  const scales: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1_000 };
  const section = (part: string): number => {
    for (const [word, size] of [
      ["亿", 1e8],
      ["万", 1e4],
    ] as const) {
      const at = part.lastIndexOf(word);
      if (at >= 0) return section(part.slice(0, at)) * size + section(part.slice(at + 1));
    }
    let total = 0;
    let digit = 0;
    for (const c of part) {
      const scale = scales[c];
      if (scale === undefined) digit = digits.indexOf(c);
      else {
        total += digit * scale;
        digit = 0;
      }
    }
    return total + digit;
  };
  const [, sign, yuan, jiao, cent] =
    /^(负?)(?:(.+)元)?(?:零(?=.分))?(?:(.)角)?(?:(.)分)?整?$/.exec(text) ?? [];
  const value = section(yuan ?? "") * 100 + digits.indexOf(jiao ?? "零") * 10 + digits.indexOf(cent ?? "零");
  return sign ? -value : value;
}

test("大写读回来是同一个数，且没有连续的零", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), (a) => {
      const text = upperYuan(a);
      return fen(read(text)) === fen(a) && !text.includes("零零") && !text.includes("零元角");
    }),
    { numRuns: 500 },
  );
});
