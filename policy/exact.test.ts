import { divideFen, type Rounding, timesFen } from "@wuxin/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  compare,
  decimalText,
  divide,
  fromNumber,
  multiply,
  type Num,
  parseDecimal,
  type RoundingMode,
  ratio,
  roundedQuotient,
  roundTo,
  subtract,
  toNumber,
} from "./exact.ts";
import { ROUNDINGS, roundMoney } from "./rounding.ts";

const nums: fc.Arbitrary<Num> = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
    .map(([n, d]) => ratio(n, d)),
);
const MODES: RoundingMode[] = ["half_up", "up", "down", "floor", "ceiling", "half_down", "half_even"];
const same = (a: Num, b: Num) => compare(a, b) === 0;

describe("exact numbers", () => {
  it("obey arithmetic", () => {
    fc.assert(
      fc.property(nums, nums, nums, (a, b, c) => {
        expect(same(add(a, b), add(b, a))).toBe(true);
        expect(same(subtract(add(a, b), b), a)).toBe(true);
        expect(same(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(true);
        if (b !== 0) expect(same(multiply(divide(a, b)!, b), a)).toBe(true);
      }),
    );
  });

  it("are plain numbers wherever they are safe integers", () => {
    expect(ratio(6n, -3n)).toBe(-2);
    expect(multiply(70_000, ratio(3n, 10n))).toBe(21_000);
    expect(Object.is(multiply(-0, 5), 0)).toBe(true);
    expect(divide(1, 0)).toBeNull();
    expect(typeof add(Number.MAX_SAFE_INTEGER, 1)).toBe("object");
  });

  it("round the same way with and without big integers, and never by a whole step", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 1000 }),
        fc.constantFrom(...MODES),
        (a, b, mode) => {
          const slow = roundTo(ratio(BigInt(a) * 7n, BigInt(b) * 7n), 1, mode);
          expect(roundedQuotient(a, b, mode)).toBe(slow);
          expect(Math.abs(toNumber(subtract(roundTo(a, b, mode), a)))).toBeLessThan(b);
        },
      ),
    );
  });

  it("read and write decimals", () => {
    expect(parseDecimal("12.50")).toEqual(ratio(25n, 2n));
    expect(parseDecimal("1e3")).toBe(1000);
    expect(parseDecimal("1.2.3")).toBeNull();
    expect(parseDecimal(".")).toBeNull();
    expect(decimalText(ratio(1n, 3n))).toBe("0.333333");
    expect(decimalText(ratio(-5n, 4n))).toBe("-1.25");
    expect(fromNumber(0.1)).toEqual(ratio(1n, 10n));
  });

  it("refuse to grow without measure", () => {
    let n: Num = 3;
    expect(() => {
      for (let i = 0; i < 20; i++) n = multiply(n, n);
    }).toThrow(/数太大/);
  });
});

describe("money is rounded as the kernel rounds it", () => {
  it.each(Object.keys(ROUNDINGS))("%s", (name) => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.integer({ min: 1, max: 37 }),
        (a, by) => {
          expect(roundMoney(divide(a, by)!, name)).toBe(divideFen(a, by, name as Rounding));
          expect(roundMoney(multiply(a, ratio(13n, 10n)), name)).toBe(timesFen(a, "1.3", name as Rounding));
        },
      ),
    );
  });
});
