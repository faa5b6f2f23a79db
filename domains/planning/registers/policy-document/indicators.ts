import { defineIndicators } from "@wuxin/declare";

const base = { system: "保障", capability: "PT-13" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "policy_docs_done_rate",
    name: "制度文件完成率",
    unit: "%",
    decimals: 1,
    kind: "stock",
    definition: "月末台账里计划制定、修订、废止的文件中，已印发（已评估、已废止）的比例",
    measure: {
      ratio: {
        count: "rows",
        ledger: "register:policy-document",
        where: { field: "stage", in: ["已印发", "已评估", "已废止"] },
      },
      to: { count: "rows", ledger: "register:policy-document" },
      times: 100,
      denominator: "月末台账里的制度文件数",
    },
  },
]);
