import { expect, test } from "vitest";
import { type Cell, type Content, checksOf } from "./model.ts";

const row = (code: string, rounded: boolean) => ({
  ...{ code, label: code, unit: "万元", decimals: 1, level: 0 as const },
  ...(rounded ? { rounded } : {}),
});
const cell = (code: string, final: number): Cell => ({
  ...{ row: code, column: "amount", indicator: code, byHand: null, value: final, final, last: null },
  ...{ frozen: true, correction: null, jump: null, explanation: null },
});
const sum = (rounded: boolean, total: number, parts: readonly number[]) => {
  const names = parts.map((_, i) => `part${i}`);
  const content: Content = {
    ...{ number: null, source: { document: "试" }, columns: [{ code: "amount", label: "数量" }], cells: [] },
    rows: ["total", ...names].map((code) => row(code, rounded)),
    checks: [{ code: "sum", text: "合计等于各项相加", rows: { total: "total", parts: names } }],
  };
  return checksOf(content, [cell("total", total), ...names.map((n, i) => cell(n, parts[i] as number))])[0];
};

test("figures rounded each for itself may miss their total by their roundings, and by no more", () => {
  // 1.04 + 1.04 + 1.04 = 3.12: written 1.0, 1.0, 1.0 and 3.1.
  expect(sum(true, 3.1, [1, 1, 1])?.ok).toBe(true);
  expect(sum(true, 3.3, [1, 1, 1])?.fails).toEqual(["数量栏「total」是 3.3，各行相加是 3"]);
  expect(sum(false, 3.1, [1, 1, 1])?.ok).toBe(false);
});
