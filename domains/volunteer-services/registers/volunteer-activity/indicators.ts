import { defineIndicators } from "@wuxin/declare";

const base = { system: "服务", capability: "CH-09" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "volunteer_persontimes",
    headline: 94,
    name: "志愿服务人次",
    unit: "人次",
    decimals: 0,
    kind: "flow",
    definition: "当月登记的参加志愿服务的人次",
    measure: { sum: "volunteers", ledger: "register:volunteer-activity:shifts" },
  },
  {
    ...base,
    code: "people_served",
    name: "服务群众人次",
    unit: "人次",
    decimals: 0,
    kind: "flow",
    definition: "当月登记的志愿服务对象人次",
    measure: { sum: "served", ledger: "register:volunteer-activity:shifts" },
  },
]);
