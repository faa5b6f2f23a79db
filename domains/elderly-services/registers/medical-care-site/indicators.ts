import { defineIndicators } from "@wuxin/declare";

const base = { system: "养老", capability: "EF-07" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "med_care_beds",
    name: "医养结合床位数",
    unit: "张",
    decimals: 0,
    kind: "stock",
    definition: "月末各医疗机构设置的医养结合床位数",
    measure: { sum: "beds", ledger: "register:medical-care-site" },
  },
]);
