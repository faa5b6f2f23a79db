import { defineIndicators } from "@wuxin/declare";

const base = { system: "服务", capability: "GG-05" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "group_five_done",
    headline: 96,
    name: "“五有”示范小组累计完成数",
    unit: "个",
    decimals: 0,
    kind: "stock",
    definition: "月末已完成“五有”标准示范建设的村（居）民小组数",
    measure: {
      count: "rows",
      ledger: "register:group-demonstration",
      where: { field: "state", is: "已完成" },
    },
  },
  {
    ...base,
    code: "group_five_new",
    name: "“五有”示范小组新完成数",
    unit: "个",
    decimals: 0,
    kind: "flow",
    definition: "当月完成“五有”示范创建的村（居）民小组数",
    measure: {
      count: "rows",
      ledger: "register:group-demonstration:progress",
      where: { field: "step", is: "完成" },
    },
  },
]);
