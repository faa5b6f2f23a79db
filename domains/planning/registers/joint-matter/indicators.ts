import { defineIndicators } from "@wuxin/declare";

const base = { system: "保障", capability: "PT-14" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "joint_matters",
    name: "跨部门协同事项数",
    unit: "项",
    decimals: 0,
    kind: "stock",
    definition: "月末进行中的跨部门协同事项数",
    measure: { count: "rows", ledger: "register:joint-matter", where: { field: "state", is: "进行中" } },
  },
]);
