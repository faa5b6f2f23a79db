import { defineIndicators } from "@wuxin/declare";

const here = { field: "item", is: "age-allowance" } as const;

export const indicators = defineIndicators([
  {
    code: "age_allowance_persons",
    headline: 40,
    name: "高龄津贴人数",
    unit: "人",
    system: "养老",
    capability: "EC-01",
    decimals: 0,
    kind: "stock",
    definition: "月末在享高龄津贴的人数",
    measure: { count: "persons", ledger: "entitlements", where: here },
  },
  {
    code: "age_allowance_amount",
    name: "高龄津贴发放金额",
    unit: "万元",
    system: "养老",
    capability: "EC-01",
    decimals: 4,
    kind: "flow",
    definition: "当月名册中发放成功的高龄津贴金额",
    measure: { sum: "amountWan", ledger: "payments", where: { all: [here, { field: "state", is: "paid" }] } },
  },
]);
