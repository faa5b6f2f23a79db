import { defineIndicators } from "@wuxin/declare";

const base = { system: "保障", capability: "PT-13" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "research_done",
    name: "调研成果数",
    unit: "篇",
    decimals: 0,
    kind: "stock",
    definition: "月末台账里已成文的调研课题数",
    measure: { count: "rows", ledger: "register:research-topic", where: { field: "state", is: "已成文" } },
  },
]);
