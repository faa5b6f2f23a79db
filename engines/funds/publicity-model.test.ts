import fc from "fast-check";
import { expect, test } from "vitest";
import { type PaidTo, paidShown, periodOf, together } from "./publicity-model.ts";

test("a month, a quarter and a year have their days and names", () => {
  expect(periodOf("2024-02")).toEqual({
    ...{ from: "2024-02-01", to: "2024-02-29", title: "2024年2月资金使用情况" },
  });
  expect(periodOf("2024Q4")).toMatchObject({ from: "2024-10-01", to: "2024-12-31" });
  expect(periodOf("2024").title).toBe("2024年资金使用情况");
  expect(() => periodOf("2024-13")).toThrow("请选择");
});

const paidTo = fc.record({
  divisionCode: fc.constant("430621101001"),
  item: fc.constantFrom("soup", "bread", "tea", "cake"),
  payeeId: fc.constantFrom(..."abcdefghijkl"),
  persons: fc.integer({ min: 1, max: 6 }),
  paidFen: fc.integer({ min: 1, max: 1_000 }),
}) satisfies fc.Arbitrary<PaidTo>;

test("no row of fewer households than the smallest; all the money or none of it; each item once", () => {
  fc.assert(
    fc.property(fc.array(paidTo, { maxLength: 40 }), fc.integer({ min: 2, max: 6 }), (paid, smallest) => {
      const rows = paidShown(paid, smallest);
      const whole = together(paid);
      expect(rows.every((r) => r.households >= smallest)).toBe(true);
      const items = rows.flatMap((r) => r.items);
      expect(new Set(items).size).toBe(items.length);
      if (whole.households < smallest) expect(rows).toEqual([]);
      else {
        expect(rows.reduce((n, r) => n + r.paidFen, 0)).toBe(whole.paidFen);
        expect([...items].sort()).toEqual([...whole.items].sort());
      }
    }),
  );
});
