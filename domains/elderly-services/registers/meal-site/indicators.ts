import { defineIndicators } from "@wuxin/declare";

const base = { system: "养老", capability: "EC-07" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "meal_sites",
    name: "老年助餐点数",
    unit: "家",
    decimals: 0,
    kind: "stock",
    definition: "月末已建成的老年助餐点（幸福食堂）数",
    measure: {
      count: "rows",
      ledger: "register:meal-site",
      where: { field: "state", in: ["已建成未运营", "正式运营"] },
    },
  },
  {
    ...base,
    code: "meal_sites_new",
    name: "新建成的老年助餐点数",
    unit: "家",
    decimals: 0,
    kind: "flow",
    definition: "当月完工的老年助餐点数",
    measure: { count: "rows", ledger: "register:meal-site:progress", where: { field: "step", is: "完工" } },
  },
  {
    ...base,
    code: "meal_persontimes",
    name: "助餐人次",
    unit: "人次",
    decimals: 0,
    kind: "flow",
    definition: "当月登记的用餐人次",
    measure: { sum: "persontimes", ledger: "register:meal-site:meals" },
  },
]);
