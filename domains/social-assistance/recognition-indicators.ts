/** 低保边缘 and 刚性支出困难 in figures. */
import type { IndicatorDefinition } from "@wuxin/declare";

const edge = { field: "item", is: "edge-family" } as const;
const rigid = { field: "item", is: "rigid-expenditure" } as const;
const dibao = { field: "item", is: "subsistence-allowance" } as const;
const stock = { system: "救助", decimals: 0, kind: "stock" } as const;

export const recognitionIndicators: readonly IndicatorDefinition[] = [
  {
    ...{ code: "marginal_persons", name: "低保边缘人数", unit: "人", ...stock, capability: "SA-04" },
    definition: "月末认定有效的低保边缘家庭里认定的人数",
    measure: { count: "persons", ledger: "entitlements", where: edge },
  },
  {
    ...{ code: "marginal_new_ratio", name: "低保边缘新增对象占低保对象比", unit: "%", ...stock },
    ...{ capability: "SA-04", decimals: 2 },
    definition: "本年认定、月末仍有效的低保边缘人数 ÷ 月末低保对象人数",
    measure: {
      ratio: {
        count: "persons",
        ledger: "entitlements",
        where: { all: [edge, { field: "startedInYear", is: true }] },
      },
      to: { count: "persons", ledger: "entitlements", where: dibao },
      times: 100,
      denominator: "月末低保对象人数",
    },
  },
  {
    ...{ code: "rigid_households", name: "刚性支出困难家庭户数", unit: "户", ...stock, capability: "SA-05" },
    definition: "月末认定有效的刚性支出困难家庭",
    measure: { count: "rows", ledger: "entitlements", where: rigid },
  },
];
