import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countyOf, divisionLevel, parentDivision, within } from "./index.ts";

test.each([
  ["43", "province"],
  ["430000", "province"],
  ["430000000000", "province"],
  ["4306", "city"],
  ["430600", "city"],
  ["430621", "county"],
  ["430621000000", "county"],
  ["430621100", "township"],
  ["430621100000", "township"],
  ["430621100001", "village"],
])("%s 是 %s", (code, level) => {
  expect(divisionLevel(code)).toBe(level);
});

test("县与上级", () => {
  expect(countyOf("430621100001")).toBe("430621");
  expect(countyOf("430621")).toBe("430621");
  expect(() => countyOf("4306")).toThrow(/高于县级/);
  expect(parentDivision("430621100001")).toBe("430621100");
  expect(parentDivision("430621")).toBe("4306");
  expect(parentDivision("43")).toBeUndefined();
});

test.each(["", "4", "43062", "43062a", "岳阳县", "4306211000011"])("“%s” 不是区划代码", (code) => {
  expect(() => divisionLevel(code)).toThrow(/不是行政区划代码/);
});

describe("数据范围", () => {
  test("县看得到全县，乡镇看不到别的乡镇，空范围什么也看不到", () => {
    expect(within("430621", "430621100001")).toBe(true);
    expect(within("430621100", "430621100001")).toBe(true);
    expect(within("430621100", "430621104001")).toBe(false);
    expect(within("430621100", "430621")).toBe(false);
    expect(within("", "430621")).toBe(false);
  });

  test("范围只会缩小：看得到下级的，也看得到下级的下级", () => {
    const digits = (n: number) => fc.stringMatching(new RegExp(`^\\d{${n}}$`));
    fc.assert(
      fc.property(digits(6), digits(3), digits(3), (county, township, village) => {
        const full = county + township + village;
        return within(county, full) && within(county + township, full) && !within(full, county + township);
      }),
    );
  });
});
