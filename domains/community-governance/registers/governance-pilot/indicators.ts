import { defineIndicators } from "@wuxin/declare";

const base = { system: "服务", capability: "GG-09" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "gg_pilots",
    name: "社区治理试点数",
    unit: "个",
    decimals: 0,
    kind: "stock",
    definition: "月末在建和建成的试点村（社区）数",
    measure: { count: "rows", ledger: "register:governance-pilot" },
  },
  {
    ...base,
    code: "gg_pilots_done",
    name: "基本完成的社区治理试点数",
    unit: "个",
    decimals: 0,
    kind: "stock",
    definition: "月末基本完成或完成的试点村（社区）数",
    measure: {
      count: "rows",
      ledger: "register:governance-pilot",
      where: { field: "state", in: ["基本完成", "完成"] },
    },
  },
]);
