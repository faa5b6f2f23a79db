import { defineIndicators } from "@wuxin/declare";

const base = { system: "救助", capability: "DM-09", owner: "社会救助股" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "linkage_rectified_rate",
    name: "有效衔接反馈问题整改率",
    unit: "%",
    decimals: 1,
    kind: "stock",
    definition: "月末台账里反馈的问题中，已销号的比例",
    measure: {
      ratio: { count: "rows", ledger: "register:linkage-problem", where: { field: "state", is: "已销号" } },
      to: { count: "rows", ledger: "register:linkage-problem" },
      times: 100,
      denominator: "月末台账里反馈的问题数",
    },
  },
]);
