import { expect, test } from "vitest";
import { shadesOf } from "./shades.ts";

const legend = (values: (number | null)[], kind = {}) => shadesOf(values, kind).legend.map((l) => l.text);

test("件数分三档，零自己一档，没有数的说没有数", () => {
  expect(legend([0, 1, 4, 9, null])).toEqual(["没有数", "0", "1–3", "4–6", "7–9"]);
  const of = shadesOf([0, 1, 4, 9, null], {}).of;
  expect([null, 0, 1, 3, 4, 6, 7, 9].map(of)).toEqual([null, 0, 1, 1, 2, 2, 3, 3]);
});

test("数少档就少，最多的总是最深；全是零只有一档", () => {
  expect(legend([0, 1])).toEqual(["0", "1"]);
  expect(shadesOf([0, 1], {}).of(1)).toBe(3);
  expect(legend([0, 2, 1])).toEqual(["0", "1", "2"]);
  expect([1, 2].map(shadesOf([0, 2, 1], {}).of)).toEqual([2, 3]);
  expect(legend([0, 0])).toEqual(["0"]);
  expect(legend([])).toEqual([]);
});

test("比率从最低到最高分档，不因都接近百分之百就都是深色", () => {
  const rates = [88, 92.5, 99.1, 100];
  expect(legend(rates, { decimals: 1, share: true })).toEqual(["88.0–92.0", "92.1–96.0", "96.1–100.0"]);
  expect(rates.map(shadesOf(rates, { decimals: 1, share: true }).of)).toEqual([1, 2, 3, 3]);
  expect(legend([100, 100], { share: true })).toEqual(["100"]);
});

test("小数、负数", () => {
  expect(legend([0.12, 0.35], { decimals: 2 })).toEqual(["0.01–0.12", "0.25–0.35"]);
  expect(legend([-3, 5])).toEqual(["0 及以下", "5"]);
});
