import { defineIndicators } from "@wuxin/declare";

const base = { system: "养老", capability: "EC-06" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "homemod_target",
    name: "适老化改造任务户数",
    unit: "户",
    decimals: 0,
    kind: "stock",
    definition: "月末列入适老化改造的户数",
    measure: { count: "rows", ledger: "register:home-adaptation" },
  },
  {
    ...base,
    code: "homemod_done",
    headline: 84,
    name: "适老化改造完成户数",
    unit: "户",
    decimals: 0,
    kind: "stock",
    definition: "月末已验收的适老化改造户数",
    measure: { count: "rows", ledger: "register:home-adaptation", where: { field: "state", is: "已验收" } },
  },
  {
    ...base,
    code: "homemod_rate",
    name: "适老化改造完成率",
    unit: "%",
    decimals: 1,
    kind: "stock",
    definition: "已验收的户数 ÷ 列入的户数",
    measure: {
      ratio: { count: "rows", ledger: "register:home-adaptation", where: { field: "state", is: "已验收" } },
      to: { count: "rows", ledger: "register:home-adaptation" },
      times: 100,
      denominator: "列入适老化改造的户数",
    },
  },
]);
