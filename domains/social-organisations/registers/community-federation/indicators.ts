import { defineIndicators } from "@wuxin/declare";

const base = { system: "服务", capability: "SO-12" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "federations_registered",
    name: "成立登记的社区社会组织联合会数",
    unit: "个",
    decimals: 0,
    kind: "stock",
    definition: "月末已成立登记的社区社会组织联合会数",
    measure: {
      count: "rows",
      ledger: "register:community-federation",
      where: { field: "state", is: "成立登记" },
    },
  },
  {
    ...base,
    code: "federations_named",
    name: "预先核名的社区社会组织联合会数",
    unit: "个",
    decimals: 0,
    kind: "stock",
    definition: "月末完成预先核名、还没有成立登记的社区社会组织联合会数",
    measure: {
      count: "rows",
      ledger: "register:community-federation",
      where: { field: "state", is: "预先核名" },
    },
  },
]);
