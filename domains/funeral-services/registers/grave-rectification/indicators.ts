import { defineIndicators } from "@wuxin/declare";

const base = { system: "服务", capability: "FN-06" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "illegal_graves_found",
    name: "排查出的违规私建坟墓数",
    unit: "处",
    decimals: 0,
    kind: "stock",
    definition: "月末在册的违规私建坟墓数，不论是否已整治",
    measure: {
      count: "rows",
      ledger: "register:grave-rectification",
      where: { field: "kind", is: "违规私建坟墓" },
    },
  },
  {
    ...base,
    code: "living_graves_fixed",
    name: "已整治的“活人墓”数",
    unit: "处",
    decimals: 0,
    kind: "stock",
    definition: "月末已整治的“活人墓”数",
    measure: {
      count: "rows",
      ledger: "register:grave-rectification",
      where: {
        all: [
          { field: "kind", is: "活人墓" },
          { field: "state", is: "已整治" },
        ],
      },
    },
  },
]);
