import { defineIndicators } from "@wuxin/declare";

const base = { system: "服务", capability: "GG-01" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "villages",
    name: "村（社区）数",
    unit: "个",
    decimals: 0,
    kind: "stock",
    definition: "本县的村和社区数",
    measure: { count: "rows", ledger: "divisions", where: { field: "level", is: "village" } },
  },
]);
