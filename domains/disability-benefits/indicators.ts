import { defineIndicators } from "@wuxin/declare";

const system = "福利" as const;
const living = { field: "item", is: "disability-living-subsidy" } as const;
const nursing = { field: "item", is: "disability-nursing-subsidy" } as const;
const paid = { field: "state", is: "paid" } as const;

export const indicators = defineIndicators([
  {
    code: "living_subsidy_persons",
    headline: 55,
    name: "困难残疾人生活补贴人数",
    unit: "人",
    system,
    capability: "DB-01",
    decimals: 0,
    kind: "stock",
    definition: "月末在享困难残疾人生活补贴的人数",
    measure: { count: "persons", ledger: "entitlements", where: living },
  },
  {
    code: "nursing_subsidy_persons",
    headline: 50,
    name: "重度残疾人护理补贴人数",
    unit: "人",
    system,
    capability: "DB-01",
    decimals: 0,
    kind: "stock",
    definition: "月末在享重度残疾人护理补贴的人数",
    measure: { count: "persons", ledger: "entitlements", where: nursing },
  },
  {
    code: "disability_subsidies_amount",
    name: "残疾人两项补贴发放金额",
    unit: "万元",
    system,
    capability: "DB-01",
    decimals: 4,
    kind: "flow",
    definition: "当月名册中发放成功的两项补贴金额",
    measure: {
      sum: "amountWan",
      ledger: "payments",
      where: { all: [{ any: [living, nursing] }, paid] },
    },
  },
  {
    code: "std_disab_living",
    name: "困难残疾人生活补贴标准",
    unit: "元/月",
    system,
    capability: "DB-02",
    decimals: 0,
    kind: "stock",
    definition: "当月有效的标准",
    measure: { latestParameter: "困难残疾人生活补贴标准", divide: 100 },
  },
  {
    code: "std_disab_nursing",
    name: "重度残疾人护理补贴标准",
    unit: "元/月",
    system,
    capability: "DB-02",
    decimals: 0,
    kind: "stock",
    definition: "当月有效的标准",
    measure: { latestParameter: "重度残疾人护理补贴标准", divide: 100 },
  },
]);
