import { defineIndicators } from "@wuxin/declare";

const base = { system: "救助", capability: "DM-02", kind: "stock" } as const;
const ledger = "register:data-request";

export const indicators = defineIndicators([
  {
    ...{ ...base, code: "shared_lists", name: "正在交付的部门名单数", unit: "份", decimals: 0 },
    definition: "月末数据共享申请台账里交付中的名单份数",
    measure: { count: "rows", ledger, where: { field: "state", is: "交付中" } },
  },
  {
    ...{ ...base, code: "shared_lists_agreed_rate", name: "数据共享申请同意率", unit: "%", decimals: 1 },
    definition: "月末已有复函的数据共享申请中，对方同意的比例",
    measure: {
      ratio: { count: "rows", ledger, where: { field: "state", in: ["已同意", "交付中"] } },
      to: { count: "rows", ledger, where: { field: "state", in: ["已同意", "交付中", "不同意"] } },
      ...{ times: 100, denominator: "月末已有复函的申请" },
    },
  },
]);
