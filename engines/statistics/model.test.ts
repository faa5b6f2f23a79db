import { expect, test } from "vitest";
import { type Cell, type Content, checksOf } from "./model.ts";
import { csvOf, type SealedTable } from "./sheet.ts";

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

test("what was sealed before a missing code was said keeps its lines, and so its digest", () => {
  const signature = { byName: "甲", on: "2026-01-05" };
  const table: SealedTable = {
    ...{
      title: "渡船月报",
      number: null,
      periodLabel: "2025年12月",
      divisionName: "试验县",
      version: 1,
      reason: "",
    },
    ...{ source: "试", columns: [{ code: "amount", label: "数量" }], rows: [row("boats", false)] },
    cells: [
      { ...cell("boats", 4), byHand: "没有台账", value: null, correction: { reason: "月报", byName: "甲" } },
    ],
    ...{ filled: signature, sealed: { ...signature, byName: "乙" } },
  };
  expect(csvOf(table).split("\r\n").slice(1, 6)).toEqual([
    "填报单位：试验县,报告期：2025年12月,第 1 版",
    "指标代码,指标名称,计量单位,数量,数量（上年同期）",
    ",boats,万元,4,",
    "更正与说明",
    "更正,boats·数量,取数 无，改为 4,月报",
  ]);
  expect(
    csvOf({ ...table, lines: 2 })
      .split("\r\n")
      .slice(1, 6),
  ).toEqual([
    "表号：待核实,填报单位：试验县,报告期：2025年12月,第 1 版",
    "指标代码,指标名称,计量单位,数量,数量（上年同期）",
    "待核实,boats,万元,4,",
    "更正与说明",
    "手填,boats·数量,4,月报",
  ]);
});
