import { defineIndicators } from "@wuxin/declare";

const base = { system: "保障", capability: "SI-03" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "checks_done_n",
    headline: 102,
    name: "安全检查次数",
    unit: "次",
    decimals: 0,
    kind: "flow",
    definition: "当月登记的检查督导次数",
    measure: { count: "rows", ledger: "register:service-site:inspections" },
  },
  {
    ...base,
    code: "drills",
    name: "应急演练场次",
    unit: "场",
    decimals: 0,
    kind: "flow",
    capability: "SI-06",
    definition: "当月登记的应急演练场次",
    measure: { count: "rows", ledger: "register:service-site:drills" },
  },
  {
    ...base,
    code: "drill_people",
    name: "应急演练人次",
    unit: "人次",
    decimals: 0,
    kind: "flow",
    capability: "SI-06",
    definition: "当月登记的参加应急演练人次",
    measure: { sum: "people", ledger: "register:service-site:drills" },
  },
  {
    ...base,
    code: "safety_leaflets",
    name: "安全宣传资料份数",
    unit: "份",
    decimals: 0,
    kind: "flow",
    capability: "SI-08",
    definition: "当月登记发放的安全宣传资料份数",
    measure: { sum: "leaflets", ledger: "register:service-site:publicity" },
  },
]);
