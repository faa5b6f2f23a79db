import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DomainError,
  divideFen,
  fen,
  formatYuan,
  parseYuan,
  type Rounding,
  roundFen,
  sumFen,
  timesFen,
} from "./index.ts";

const amounts = fc.maxSafeInteger();

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError && error.code === "bad-amount") return error.message;
    throw error;
  }
  throw new Error("没有报错");
}

describe("读金额", () => {
  test.each([
    ["0", 0],
    ["0.05", 5],
    ["700", 70_000],
    ["700.5", 70_050],
    ["1,234.56", 123_456],
    ["12,345,678.90", 1_234_567_890],
    ["-3.20", -320],
    [" ￥１，２３４．５６ ", 123_456],
    ["¥90元", 9_000],
  ])("“%s” 是 %i 分", (text, expected) => {
    expect(parseYuan(text)).toBe(expected);
  });

  test.each(["", "元", "abc", "1.", ".5", "12,34.00", "1 234", "1e3", "--1", "１２３４五"])(
    "“%s” 不是金额，并说明怎么写",
    (text) => {
      expect(messageOf(() => parseYuan(text))).toContain("请只填数字");
    },
  );

  test("超过两位小数单独说明", () => {
    expect(messageOf(() => parseYuan("1.234"))).toContain("最小到分");
  });

  test("太大的金额不会悄悄失真", () => {
    expect(messageOf(() => parseYuan("90071992547409.92"))).toContain("太大");
    expect(parseYuan("90071992547409.91")).toBe(Number.MAX_SAFE_INTEGER);
  });

  test("格式化再读回是同一个数", () => {
    fc.assert(fc.property(amounts, (a) => parseYuan(formatYuan(a)) === a));
  });
});

test("格式化：千分位，总是两位小数", () => {
  expect(formatYuan(123_456)).toBe("1,234.56");
  expect(formatYuan(5)).toBe("0.05");
  expect(formatYuan(-100_000_00)).toBe("-100,000.00");
});

test("分必须是整数：小数、NaN 和不安全的整数被拒绝，−0 归为 0", () => {
  for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1]) {
    expect(messageOf(() => fen(bad))).toContain("整数分");
  }
  expect(Object.is(fen(-0), 0)).toBe(true);
  expect(messageOf(() => sumFen([Number.MAX_SAFE_INTEGER, 1]))).toContain("整数分");
  expect(sumFen([1, 2, -4])).toBe(-1);
});

describe("取整", () => {
  const cases: [Rounding, number][] = [
    ["half_up_fen", 33_333],
    ["down_fen", 33_333],
    ["up_fen", 33_334],
    ["half_up_jiao", 33_330],
    ["up_jiao", 33_340],
    ["half_up_yuan", 33_300],
    ["down_yuan", 33_300],
    ["up_yuan", 33_400],
  ];
  test.each(cases)("1000 元分给 3 人，%s", (rounding, expected) => {
    expect(divideFen(100_000, 3, rounding)).toBe(expected);
  });

  test("农村低保 5400 元/年是 450 元/月；特困 1.3 倍向上取到元", () => {
    expect(divideFen(parseYuan("5400"), 12, "half_up_fen")).toBe(45_000);
    expect(timesFen(45_000, "1.3", "up_yuan")).toBe(58_500);
    expect(timesFen(96_100, "1.6", "up_yuan")).toBe(153_800); // 海丰 961 × 1.6 = 1537.6 → 1538
    expect(timesFen(73_200, "1.6", "up_yuan")).toBe(117_200); // 732 × 1.6 = 1171.2 → 1172
  });

  test("一半时远离零：1.005 倍的浮点陷阱不会出现", () => {
    expect(timesFen(100, "1.005", "half_up_fen")).toBe(101);
    expect(timesFen(-100, "1.005", "half_up_fen")).toBe(-101);
  });

  test("冲正正好是原数的相反数", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.constantFrom(...cases.map(([r]) => r)),
        (a, by, r) => Object.is(divideFen(-a, by, r), fen(-divideFen(a, by, r))),
      ),
    );
  });

  test("取整后与精确值相差不到一个单位，且是该单位的整数倍", () => {
    const unit = (r: Rounding) => (r.endsWith("yuan") ? 100 : r.endsWith("jiao") ? 10 : 1);
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10_000n }),
        fc.constantFrom(...cases.map(([r]) => r)),
        (numerator, denominator, r) => {
          const rounded = BigInt(roundFen(numerator, denominator, r));
          const gap = rounded * denominator - numerator;
          const width = BigInt(unit(r)) * denominator;
          return rounded % BigInt(unit(r)) === 0n && gap < width && -gap < width;
        },
      ),
    );
  });

  test("除以 0、小数除数、写错的倍数各有说法", () => {
    expect(messageOf(() => divideFen(1, 0, "down_fen"))).toContain("不能除以 0");
    expect(messageOf(() => divideFen(1, 1.5, "down_fen"))).toContain("timesFen");
    expect(messageOf(() => timesFen(1, "1.3倍", "down_fen"))).toContain("1.3");
  });
});
